/* How streams run, as the common options say. */
#ifndef KIT_JOB_RUN_H
#define KIT_JOB_RUN_H

#include "kit/job.h"

struct geo_stream_options job_stream_options(const struct job *job);

/* Says what became of features: to the listener if there is one, else on standard error. */
void job_tell(struct job *job, const struct geo_report *report);

#endif
