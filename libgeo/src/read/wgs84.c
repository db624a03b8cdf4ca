/* Batches brought to WGS 84 by the operation of their layer. */
#include <math.h>
#include <proj.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/input.h"
#include "read/tiles.h"

/* Vertices [first, end) of feature i. */
static void vertices_of(const struct geo_batch *batch, size_t i, size_t *first, size_t *end)
{
    *first = *end = 0;
    if (batch->part_start[i] == batch->part_start[i + 1])
        return;
    *first = batch->vertex_start[batch->ring_start[batch->part_start[i]]];
    *end = batch->vertex_start[batch->ring_start[batch->part_start[i + 1]]];
}

/* The first vertex of feature i that is no longitude and latitude, SIZE_MAX if all are. */
static size_t first_outside(const struct geo_batch *batch, size_t i)
{
    size_t first, end;
    vertices_of(batch, i, &first, &end);
    for (size_t v = first; v < end; v++)
        if (!geo_is_lonlat(batch->vertex[v].lon, batch->vertex[v].lat))
            return v;
    return SIZE_MAX;
}

static enum geo_status drop_outside(struct geo_ctx *ctx, struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        size_t v = batch->dropped[i] ? SIZE_MAX : first_outside(batch, i);
        if (v == SIZE_MAX)
            continue;
        struct geo_lonlat at = batch->vertex[v];
        batch->dropped[i] = 1;
        if (isfinite(at.lon) && isfinite(at.lat))
            GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                                   "coordinate is outside the range of longitude and latitude",
                                   "%.10g, %.10g", at.lon, at.lat));
        else
            GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                                   "coordinate cannot be brought to WGS 84", NULL));
    }
    return GEO_OK;
}

/* Vertices by the tiles of their layer, those that lie in none by the operation itself. */
static void transform(PJ *operation, const struct geo_tiles *tiles, struct geo_lonlat *vertex,
                      size_t n)
{
    const size_t stride = sizeof *vertex;
    if (!tiles)
        proj_trans_generic(operation, PJ_FWD, &vertex->lon, stride, n, &vertex->lat, stride, n,
                           NULL, 0, 0, NULL, 0, 0);
    for (size_t v = 0; tiles && v < n; v++)
        if (!geo_tiles_transform(tiles, &vertex[v]))
            transform(operation, NULL, &vertex[v], 1);
}

/* PROJ takes half a microsecond a vertex: the one that closes a ring goes where the first does. */
static void transform_ring(PJ *operation, const struct geo_tiles *tiles, struct geo_lonlat *vertex,
                           size_t n)
{
    if (n == 0)
        return;
    bool is_closed = n > 1 && memcmp(&vertex[0], &vertex[n - 1], sizeof *vertex) == 0;
    transform(operation, tiles, vertex, is_closed ? n - 1 : n);
    if (is_closed)
        vertex[n - 1] = vertex[0];
}

enum geo_status geo_batch_to_wgs84(struct geo_ctx *ctx, struct geo_batch *batch)
{
    const struct geo_origin *origin = batch->origin;
    if (origin && origin->operation && batch->vertex_count > 0) {
        PJ *operation = geo_ctx_pj(ctx, origin->operation);
        if (!operation)
            return geo_fail(ctx, GEO_ECRS,
                            "%s: operation to WGS 84 cannot be made: ", origin->name);
        for (size_t r = 0; r < batch->ring_count; r++)
            transform_ring(operation, origin->tiles, batch->vertex + batch->vertex_start[r],
                           batch->vertex_start[r + 1] - batch->vertex_start[r]);
    }
    return drop_outside(ctx, batch);
}
