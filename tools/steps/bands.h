/* The step that divides the land of each feature among distance bands. */
#ifndef STEPS_BANDS_H
#define STEPS_BANDS_H

#include "geo/geo.h"
#include "kit/job.h"
#include "kit/values.h"

/* Corridors that are measured together. */
struct bands_group {
    const struct value *value; /* of --corridor-by; NULL: all */
    struct geo_batch *corridors;
    struct geo_index *index;
};

struct bands_plan {
    const double *edge_m;              /* n, growing from above 0 */
    size_t n;                          /* there are n + 1 bands: the last one is beyond */
    char band[OPT_LIST_MAX + 1][48];   /* their names: 0_1km, …, beyond */
    char suffix[OPT_LIST_MAX + 1][48]; /* of their columns */
    double deviation_m;
    struct bands_group *group;
    size_t group_count, group_room;
    struct values values; /* of the groups */
    bool grouped;         /* a row for each group, which column `corridor` names */
    bool tall;            /* a row for each band */
    bool bare;            /* rows without shapes */
};

/* Do the bands of --bands end where bands can, growing? Fails the job. */
bool bands_check(struct job *job, const struct opt_lengths *bands);

/* Names the bands. short_names: columns b1, b2, … and beyond. */
void bands_name(struct bands_plan *plan, bool short_names);

/* Splits corridors by the values of a column (NULL: not), an index each. GEO_OK, GEO_EARG (no such
 * column, without a message), or what geo_index_new() returns. */
enum geo_status bands_split(struct geo_ctx *ctx, struct bands_plan *plan,
                            const struct geo_batch *corridors, const char *field,
                            enum geo_edges edges);

/* Frees what bands_split() made. */
void bands_release(struct bands_plan *plan);

/* The step; the plan is borrowed. */
struct geo_step bands_step(const struct bands_plan *plan);

#endif
