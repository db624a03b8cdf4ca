/* Finds the polygons that may not be valid. */
#ifndef GEO_REPAIR_SWEEP_H
#define GEO_REPAIR_SWEEP_H

#include "repair/order.h"
#include "repair/ring.h"

struct geo_event;
struct geo_nesting;

/* Memory that is kept from one feature to the next. Zero at first. */
struct geo_sweep {
    const struct geo_lonlat *vertex; /* of the feature */
    struct geo_event *event;         /* its vertices, in order */
    struct geo_nesting *ring;        /* its rings */
    uint32_t *at;                    /* the chain of each edge */
    struct geo_order order;
    size_t events, rings, chains;
    size_t event_room, ring_room;
};

/* Whether a part is a polygon none of whose rings goes round a pole, so that it can be judged in
 * the plane. look is of the part's first ring. */
bool geo_part_is_plane(const struct geo_batch *batch, size_t part,
                       const struct geo_ring_look *look);

/* Tells whether the polygons of a feature together may be other than OGC's rules for a
 * MultiPolygon want them. It is never wrong in saying no; a yes is for GEOS to confirm: rings that
 * merely touch, or lie nearer to each other than double precision can tell, are suspects, too.
 * look has the feature's rings, which are clean. O(n log n).
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_sweep_feature(struct geo_ctx *ctx, struct geo_sweep *sweep,
                                  const struct geo_batch *batch, size_t feature,
                                  const struct geo_ring_look *look, bool *suspect);

void geo_sweep_release(struct geo_sweep *sweep);

#endif
