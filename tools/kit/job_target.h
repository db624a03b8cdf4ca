#ifndef KIT_JOB_TARGET_H
#define KIT_JOB_TARGET_H

#include "kit/job.h"

/* Fails the job if its output is one of n inputs: --overwrite would put what is made of a layer in
 * the layer's place. */
bool job_spares(struct job *job, const char *const *path, size_t n);

#endif
