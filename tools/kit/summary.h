/* Sums of a column of hectares by group: the table of --summary. */
#ifndef KIT_SUMMARY_H
#define KIT_SUMMARY_H

#include "kit/job.h"

/* Runs the main input through n steps, of which the last adds the column, sums it for each value of the column
 * `by` (NULL: all features) in order of first appearance, and prints the table group, n, ha, pct
 * with the total last. dissolve: land under several features of a group counts once, and so in the
 * total; the shapes are held in memory. */
bool summary_run(struct job *job, const struct geo_step *step, size_t n, const char *column,
                 const char *by, bool dissolve);

#endif
