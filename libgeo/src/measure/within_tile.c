#include <math.h>

#include "base/fail.h"
#include "index/room.h"
#include "measure/area_ring.h"
#include "measure/within_query.h"

/* So many vertices may meet many legs. */
#define SPOTS_MAX 128
/* A tile so small is a patch, whatever is about it. */
#define LEAST_M 0.5
/* What an edge straight in longitude and latitude may err by. */
#define EDGE_M2 1e-7

static enum geo_status ring_area(struct geo_ctx *ctx, struct geo_within_query *query,
                                 const struct geo_area_earth *earth,
                                 const struct within_chain *tile, size_t ring, double *area_m2)
{
    const struct within_ring r = tile->ring[ring];
    GEO_TRY(GEO_ROOM(ctx, query->ring, query->ring_room, r.n + 1));
    for (size_t i = 0; i <= r.n; i++) {
        const struct within_spot p = tile->spot[r.first + (i < r.n ? i : 0)];
        query->ring[i] = (struct geo_lonlat){p.x, p.y};
    }
    *area_m2 += geo_area_signed_m2(earth, query->ring, r.n + 1, EDGE_M2);
    return GEO_OK;
}

/* Area of a tile on the ellipsoid. */
static enum geo_status tile_area(struct geo_ctx *ctx, struct geo_within_query *query,
                                 const struct within_chain *tile, double *area_m2)
{
    struct geo_area_earth earth = {NULL, geo_ctx_earth(ctx), GEO_EDGES_LONLAT};
    double sum = 0;
    GEO_TRY(geo_area_table(ctx, &earth.table));
    for (size_t ring = 0; ring < tile->ring_n; ring++)
        GEO_TRY(ring_area(ctx, query, &earth, tile, ring, &sum));
    *area_m2 = geo_max(sum, 0);
    return GEO_OK;
}

static enum geo_status visit(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                             size_t from, size_t to);

/* One side of a line through a tile. */
static enum geo_status visit_side(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                                  struct within_line line, size_t from, size_t to)
{
    const struct within_chain *tile = &query->level[depth];
    struct within_chain *next = &query->level[depth + 1];
    within_chain_clear(next);
    for (size_t ring = 0; ring < tile->ring_n; ring++)
        GEO_TRY(within_chain_cut(ctx, tile, ring, line, next, NULL));
    return next->ring_n > 0 ? visit(ctx, query, depth + 1, from, to) : GEO_OK;
}

/* Halves a tile across its longer side. */
static enum geo_status halve(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                             struct within_box box, struct geo_lonlat middle, size_t from,
                             size_t to)
{
    double sine, cosine;
    geo_sincos_deg(middle.lat, &sine, &cosine);
    const bool is_wide = cosine * (box.x_hi - box.x_lo) > box.y_hi - box.y_lo;
    const struct within_line line =
        is_wide ? (struct within_line){1, 0, middle.lon} : (struct within_line){0, 1, middle.lat};
    const struct within_line back = {-line.x, -line.y, -line.c};
    GEO_TRY(visit_side(ctx, query, depth, line, from, to));
    return visit_side(ctx, query, depth, back, from, to);
}

static enum geo_status visit(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                             size_t from, size_t to)
{
    const struct within_chain *tile = &query->level[depth];
    const struct within_box box = within_chain_box(tile);
    const struct within_place place = within_place(box, GEO_EDGES_LONLAT);
    const bool must = place.half_m <= LEAST_M || depth + 1 == WITHIN_LEVELS;
    bool done = false;
    double area_m2 = 1; /* the whole is measured by nothing else */
    within_reach(query, &place, &from, &to);
    if (depth > 0 && (from == to || place.half_m <= WITHIN_PATCH_M))
        GEO_TRY(tile_area(ctx, query, tile, &area_m2));
    if (from == to) {
        query->tally[to] += area_m2;
        return GEO_OK;
    }
    if (must || (place.half_m <= WITHIN_PATCH_M && tile->spot_n <= SPOTS_MAX))
        GEO_TRY(within_patch(ctx, query, tile, &place, from, to, must, area_m2, &done));
    return done ? GEO_OK : halve(ctx, query, depth, box, place.lonlat, from, to);
}

enum geo_status within_tiles(struct geo_ctx *ctx, struct geo_within_query *query, size_t from,
                             size_t to)
{
    return query->level[0].ring_n > 0 ? visit(ctx, query, 0, from, to) : GEO_OK;
}
