/* How streams run, as the common options say. */
#ifndef KIT_JOB_RUN_H
#define KIT_JOB_RUN_H

#include "kit/job.h"

struct geo_stream_options job_stream_options(const struct job *job);

#endif
