/* What --fix repairs. */
#ifndef STEPS_FIX_H
#define STEPS_FIX_H

#include "kit/job.h"

/* Reads the words of --fix ("crs,axes", "all"; NULL: not given) into job->fix.
 * Returns false, and fails the job, on an unknown one. */
bool fix_read(struct job *job, const char *words);

#endif
