/* The bbox of a feature as RFC 7946 has it: where it goes across the antimeridian, west is greater
 * than east. */
#ifndef GEO_WRITE_BOUNDS_H
#define GEO_WRITE_BOUNDS_H

#include "geo/batch.h"

struct geo_bounds {
    bool any;                        /* whether the feature has vertices */
    double west, south, east, north; /* degrees */
};

/* One for each feature of a batch with continuous longitudes, as yet without latitudes.
 * The caller frees them. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_bounds_new(struct geo_ctx *ctx, const struct geo_batch *batch,
                               struct geo_bounds **bounds);

/* Adds the latitudes once the batch is cut: a geodesic may reach its highest one at the cut. */
void geo_bounds_add_latitudes(const struct geo_batch *batch, struct geo_bounds *bounds);

#endif
