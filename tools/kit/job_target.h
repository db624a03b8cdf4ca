/* What a job writes to: --output, or standard output. */
#ifndef KIT_JOB_TARGET_H
#define KIT_JOB_TARGET_H

#include <stdio.h>

#include "kit/job.h"

/* Fails the job if its output is one of n inputs: --overwrite would put what is made of a layer in
 * the layer's place. */
bool job_spares(struct job *job, const char *const *path, size_t n);

/* @return whether --output is missing or "-". */
bool job_is_to_stdout(const struct job *job);

/* Fails the job if --output exists and is not to be replaced. job_write_whole() asks, too; ask
 * first where it takes long until then. */
bool job_target_is_free(struct job *job);

/* Has `fill` write all of the output, which appears whole or not at all: beside its target, and
 * renamed at the end; an existing file needs --overwrite. Devices and pipes are written to.
 * fill returns false if it failed: with job_fail(), or without it if writing did (errno). */
bool job_write_whole(struct job *job, bool (*fill)(struct job *job, FILE *out, void *data),
                     void *data);

#endif
