#include "write/bounds.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "write/range.h"

static double wrapped(double lon)
{
    return fabs(lon) <= 180 ? lon : lon - 360 * floor((lon + 180) / 360);
}

static struct geo_bounds longitudes(const struct geo_lonlat *v, size_t n)
{
    struct geo_bounds bounds = {.any = n > 0, .west = INFINITY, .east = -INFINITY};
    for (size_t i = 0; i < n; i++) {
        bounds.west = fmin(bounds.west, v[i].lon);
        bounds.east = fmax(bounds.east, v[i].lon);
    }
    if (bounds.east - bounds.west >= 360) {
        bounds.west = -180;
        bounds.east = 180;
        return bounds;
    }
    /* What only touches the antimeridian lies on one side of it. */
    bool all_east = bounds.west == 180 && bounds.east > 180;
    bool all_west = bounds.east == -180 && bounds.west < -180;
    bounds.west = all_east ? -180 : wrapped(bounds.west);
    bounds.east = all_west ? 180 : wrapped(bounds.east);
    return bounds;
}

enum geo_status geo_bounds_new(struct geo_ctx *ctx, const struct geo_batch *batch,
                               struct geo_bounds **bounds)
{
    struct geo_bounds *made = malloc((batch->n + 1) * sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < batch->n; i++) {
        size_t n;
        const struct geo_lonlat *vertex = geo_feature_vertices(batch, i, &n);
        made[i] = longitudes(vertex, n);
    }
    *bounds = made;
    return GEO_OK;
}

void geo_bounds_add_latitudes(const struct geo_batch *batch, struct geo_bounds *bounds)
{
    for (size_t i = 0; i < batch->n; i++) {
        size_t n;
        const struct geo_lonlat *vertex = geo_feature_vertices(batch, i, &n);
        bounds[i].any = n > 0;
        bounds[i].south = INFINITY;
        bounds[i].north = -INFINITY;
        for (size_t v = 0; v < n; v++) {
            bounds[i].south = fmin(bounds[i].south, vertex[v].lat);
            bounds[i].north = fmax(bounds[i].north, vertex[v].lat);
        }
    }
}
