/* Pairs of boxes that meet. */
#ifndef GEO_REPAIR_PAIRS_H
#define GEO_REPAIR_PAIRS_H

#include "geo/batch.h"

struct geo_box {
    double west, south, east, north;
};

/* Called with two boxes that meet, each pair once, in an order that depends on the boxes alone.
 * Anything but GEO_OK ends the search. */
typedef enum geo_status geo_on_pair(struct geo_ctx *ctx, void *self, uint32_t a, uint32_t b);

/* Finds all pairs among n boxes, n < 2^32. *intractable: there are more than can be looked at in
 * a time that grows with n; the search ended early. GEO_OK, GEO_ENOMEM, or what `on` returned. */
enum geo_status geo_find_pairs(struct geo_ctx *ctx, const struct geo_box *box, size_t n,
                               geo_on_pair *on, void *self, bool *intractable);

#endif
