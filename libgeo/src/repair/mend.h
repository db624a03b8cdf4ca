/* Polygons judged and mended by GEOS. */
#ifndef GEO_REPAIR_MEND_H
#define GEO_REPAIR_MEND_H

#include "repair/ring.h"

/* What GEOS found. */
struct geo_verdict {
    bool valid;
    bool mended;             /* if not: GEOS could not */
    const char *what;        /* constant text of the note */
    struct geo_lonlat place; /* where; NAN if GEOS does not say */
};

/* Judges the plane polygons of a feature as one MultiPolygon; if they are not valid, adds what
 * MakeValid makes of them to the open feature of `made`: nothing at all if they have no area. look
 * has the feature's rings. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_mend(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                         const struct geo_ring_look *look, struct geo_batch *made,
                         struct geo_verdict *verdict);

#endif
