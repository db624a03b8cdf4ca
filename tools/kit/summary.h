/* Sums of a column of hectares by group: the table of --summary. */
#ifndef KIT_SUMMARY_H
#define KIT_SUMMARY_H

#include "kit/job.h"

struct summary;

/* @return no sums yet; NULL: no memory. The caller frees them with summary_free(). */
struct summary *summary_new(void);
void summary_free(struct summary *s);

/* Adds the features of a batch: their hectares in `column` to the groups of their values in `by`
 * (SIZE_MAX: one group without a name). GEO_OK, GEO_ENOMEM */
enum geo_status summary_add(struct summary *s, const struct geo_batch *batch, size_t column,
                            size_t by);

/* Adds the sums of `from`. false: no memory. */
bool summary_merge(struct summary *s, const struct summary *from);

/* @return how many features; their hectares */
uint64_t summary_total(const struct summary *s, double *ha);

/* Groups that a table leaves out. */
struct summary_rest {
    uint64_t groups, n;
    double ha;
};

/* @return the table group, n, ha, pct with a row for each group, or for the `most` with most land, in
 * order of first appearance; NULL: no memory. */
struct table *summary_table(const struct summary *s, size_t most, double total_ha,
                            struct summary_rest *rest);

/* Runs the main input through n steps, of which the last adds the column, sums it for each value of the column
 * `by` (NULL: all features) in order of first appearance, and prints the table group, n, ha, pct
 * with the total last. dissolve: land under several features of a group counts once, and so in the
 * total; the shapes are held in memory. */
bool summary_run(struct job *job, const struct geo_step *step, size_t n, const char *column,
                 const char *by, bool dissolve);

#endif
