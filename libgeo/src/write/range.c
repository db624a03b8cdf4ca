#include "write/range.h"

#include <math.h>

#include "base/fail.h"

static bool lies_within(const struct geo_lonlat *vertex, size_t n, double reach)
{
    bool within = true; /* without a branch, so that the loop is vectorised; false for NaN */
    for (size_t i = 0; i < n; i++)
        within &= (fabs(vertex[i].lon) <= reach) & (fabs(vertex[i].lat) <= 90);
    return within;
}

const struct geo_lonlat *geo_feature_vertices(const struct geo_batch *batch, size_t i, size_t *n)
{
    size_t part = batch->part_start[i], end = batch->part_start[i + 1];
    *n = 0;
    if (part == end)
        return NULL;
    size_t first = batch->vertex_start[batch->ring_start[part]];
    *n = batch->vertex_start[batch->ring_start[end]] - first;
    return batch->vertex + first;
}

double geo_range_turn(const struct geo_batch *batch, size_t ring)
{
    size_t first = batch->vertex_start[ring], end = batch->vertex_start[ring + 1];
    return end > first ? batch->vertex[end - 1].lon - batch->vertex[first].lon : 0;
}

bool geo_part_turns(const struct geo_batch *batch, size_t part)
{
    bool turns = false;
    if (batch->part_kind[part] == GEO_KIND_POLYGON)
        for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++)
            turns |= fabs(geo_range_turn(batch, r)) > 180;
    return turns;
}

bool geo_feature_is_inside(const struct geo_batch *batch, size_t i)
{
    size_t n;
    const struct geo_lonlat *vertex = geo_feature_vertices(batch, i, &n);
    bool inside = lies_within(vertex, n, 180);
    for (size_t p = batch->part_start[i]; inside && p < batch->part_start[i + 1]; p++)
        inside = !geo_part_turns(batch, p);
    return inside;
}

static enum geo_status drop_far(struct geo_ctx *ctx, struct geo_batch *batch, size_t i)
{
    size_t n;
    const struct geo_lonlat *vertex = geo_feature_vertices(batch, i, &n);
    if (lies_within(vertex, n, 540))
        return GEO_OK;
    while (lies_within(vertex, 1, 540))
        vertex++;
    batch->dropped[i] = 1;
    return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i], "coordinate out of range",
                          "longitude %.15g, latitude %.15g", vertex->lon, vertex->lat);
}

enum geo_status geo_batch_check_range(struct geo_ctx *ctx, struct geo_batch *batch,
                                      bool *all_inside)
{
    bool inside = lies_within(batch->vertex, batch->vertex_count, 180);
    for (size_t p = 0; inside && p < batch->part_count; p++)
        inside = !geo_part_turns(batch, p);
    *all_inside = inside;
    if (inside)
        return GEO_OK;
    *all_inside = true;
    for (size_t i = 0; i < batch->n; i++) {
        if (!batch->dropped[i])
            GEO_TRY(drop_far(ctx, batch, i));
        if (!batch->dropped[i])
            *all_inside &= geo_feature_is_inside(batch, i);
    }
    return GEO_OK;
}
