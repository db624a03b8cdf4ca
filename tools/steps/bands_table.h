/* The table of bands: hectares and share by group, corridor and band. */
#ifndef STEPS_BANDS_TABLE_H
#define STEPS_BANDS_TABLE_H

#include "kit/job.h"
#include "steps/bands.h"

/* Runs the main input through n steps, of which the last is that of the plan, tall and bare; sums
 * its rows for each value of the column `by` (NULL: all features) in order of first appearance, and
 * prints the table group, corridor (where the plan is grouped), band, n, ha, pct with the total
 * last. n counts the features that have land in the band. */
bool bands_table(struct job *job, const struct bands_plan *plan, const struct geo_step *step,
                 size_t n, const char *by);

#endif
