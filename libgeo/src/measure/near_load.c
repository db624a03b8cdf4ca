#include "base/fail.h"
#include "index/room.h"
#include "measure/near_query.h"

static enum geo_status load_part(struct geo_ctx *ctx, struct geo_near_query *query,
                                 const struct geo_batch *batch, size_t i, size_t part)
{
    const enum geo_edges edges = query->index->edges;
    const size_t first = query->edges.n, first_ring = batch->ring_start[part];
    const bool is_polygon = batch->part_kind[part] == GEO_KIND_POLYGON;
    struct geo_region region = geo_region_start(i, first);
    double chainage_m = 0;
    for (size_t ring = first_ring; ring < batch->ring_start[part + 1]; ring++) {
        const size_t start = query->edges.n;
        GEO_TRY(geo_pieces_add_ring(ctx, &query->edges, batch, ring, i, edges, false, &chainage_m));
        if (is_polygon)
            geo_region_add_ring(&region, &query->edges.piece[start], query->edges.n - start,
                                ring == first_ring);
    }
    if (query->edges.n == first)
        return GEO_OK;
    GEO_TRY(GEO_ROOM(ctx, query->head, query->head_room, query->head_n + 1));
    query->head[query->head_n++] = (uint32_t)first;
    if (is_polygon) {
        GEO_TRY(GEO_ROOM(ctx, query->region, query->region_room, query->region_n + 1));
        query->region[query->region_n++] = region;
    }
    return GEO_OK;
}

enum geo_status near_load(struct geo_ctx *ctx, struct geo_near_query *query,
                          const struct geo_batch *batch, size_t i)
{
    query->edges.n = query->head_n = query->region_n = 0;
    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
        GEO_TRY(load_part(ctx, query, batch, i, part));
    return GEO_OK;
}
