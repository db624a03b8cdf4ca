/* The rings of one feature of a batch, as the steps of the repair see them. */
#ifndef GEO_REPAIR_FEATURE_H
#define GEO_REPAIR_FEATURE_H

#include "repair/ring.h"

/* What a feature's rings are like. The array is kept from one feature to the next. */
struct geo_feature_look {
    struct geo_ring_look *ring; /* from the feature's first ring */
    size_t room;
    bool sound; /* all of them are */
    bool clean; /* no ring must change its number of vertices */
};

/* Looks at the rings of a feature, unrolling in place those that jump.
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_feature_look(struct geo_ctx *ctx, struct geo_batch *batch, size_t feature,
                                 struct geo_feature_look *look);

/* Makes `to` hold the feature alone with clean rings. *collapsed: how many rings and lines it lost.
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_feature_clean(struct geo_ctx *ctx, const struct geo_batch *batch,
                                  size_t feature, struct geo_batch *to, size_t *collapsed);

/* Brings the rings of a clean feature to one turn and orients them, in place. */
void geo_feature_settle(const struct geod_geodesic *earth, struct geo_batch *batch, size_t feature,
                        struct geo_feature_look *look);

/* Geodesic area of a clean feature's polygons: exteriors less holes, each ring by itself. */
double geo_feature_area_m2(const struct geod_geodesic *earth, const struct geo_batch *batch,
                           size_t feature);

#endif
