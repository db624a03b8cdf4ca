#include "write/rounding.h"

#include <stdlib.h>

#include "base/fail.h"
#include "repair/orient.h"
#include "write/geometry_text.h"
#include "write/number.h"

enum { FEWEST_OF_RING = 4 };

/* Rounds a ring; returns how many vertices are left without repeated ones. */
static size_t round_ring(const struct geo_lonlat *vertex, size_t n, int decimals,
                         struct geo_lonlat *rounded, bool *moved)
{
    size_t left = 0;
    bool differs = false;
    for (size_t v = 0; v < n; v++) {
        struct geo_lonlat at = {geo_fixed_value(vertex[v].lon, decimals),
                                geo_fixed_value(vertex[v].lat, decimals)};
        differs |= (at.lon != vertex[v].lon) | (at.lat != vertex[v].lat);
        if (left == 0 || !geo_same(at, rounded[left - 1]))
            rounded[left++] = at;
    }
    *moved |= differs;
    return left;
}

/* Appends a ring as geo_put_geometry() writes it. */
static enum geo_status add_ring(struct geo_ctx *ctx, struct geo_rounding *rounding,
                                const struct geo_batch *batch, size_t ring, bool *moved)
{
    struct geo_batch *scratch = rounding->scratch;
    size_t first = batch->vertex_start[ring], n = batch->vertex_start[ring + 1] - first;
    struct geo_lonlat *rounded;
    GEO_TRY(geo_batch_add_vertices(ctx, scratch, n, &rounded));
    size_t left = round_ring(batch->vertex + first, n, rounding->decimals, rounded, moved);
    if (left < FEWEST_OF_RING)
        left = round_ring(batch->vertex + first, n, GEO_FINE_DECIMALS, rounded, moved);
    scratch->vertex_count -= n - left;
    return geo_batch_end_ring(ctx, scratch);
}

/* Makes the scratch hold the polygons of feature i as they would be written. */
static enum geo_status round_polygons(struct geo_ctx *ctx, struct geo_rounding *rounding,
                                      const struct geo_batch *batch, size_t i, bool *moved)
{
    *moved = false;
    geo_batch_clear(rounding->scratch);
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++) {
        if (batch->part_kind[p] != GEO_KIND_POLYGON)
            continue;
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++)
            GEO_TRY(add_ring(ctx, rounding, batch, r, moved));
        GEO_TRY(geo_batch_end_part(ctx, rounding->scratch, GEO_KIND_POLYGON));
    }
    return geo_batch_end_feature(ctx, rounding->scratch, batch->shape[i], batch->fid[i]);
}

static bool has_polygon(const struct geo_batch *batch, size_t i)
{
    bool any = false;
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
        any |= batch->part_kind[p] == GEO_KIND_POLYGON;
    return any;
}

enum geo_status geo_rounding_decimals(struct geo_ctx *ctx, struct geo_rounding *rounding,
                                      const struct geo_batch *batch, size_t i, int *decimals)
{
    bool moved, suspect = true;
    *decimals = rounding->decimals;
    if (rounding->decimals >= GEO_FINE_DECIMALS || !has_polygon(batch, i))
        return GEO_OK;
    if (!rounding->scratch && !(rounding->scratch = geo_batch_new()))
        return geo_no_memory(ctx);
    GEO_TRY(round_polygons(ctx, rounding, batch, i, &moved));
    if (!moved)
        return GEO_OK;
    GEO_TRY(geo_feature_look(ctx, rounding->scratch, 0, &rounding->look));
    if (rounding->look.clean && rounding->look.sound)
        GEO_TRY(geo_sweep_feature(ctx, &rounding->sweep, rounding->scratch, 0, rounding->look.ring,
                                  &suspect));
    if (suspect)
        *decimals = GEO_FINE_DECIMALS;
    return GEO_OK;
}

void geo_rounding_release(struct geo_rounding *rounding)
{
    geo_batch_free(rounding->scratch);
    geo_sweep_release(&rounding->sweep);
    free(rounding->look.ring);
    *rounding = (struct geo_rounding){0};
}
