#include <math.h>

#include "base/fail.h"
#include "measure/within_query.h"

/* Edges that lie in a cell by less than this do not divide it. */
#define THIN_M 1e-6

#define RADIUS_M 6371008.8

/* Whether a leg passes through a convex cell. */
static bool crosses(const struct within_chain *cell, const struct within_leg *leg)
{
    const struct within_ring r = cell->ring[0];
    const struct within_spot *spot = &cell->spot[r.first];
    double start = 0, end = 1;
    for (size_t i = 0; i < r.n && start < end; i++) {
        const struct within_spot p = spot[i], q = spot[i + 1 < r.n ? i + 1 : 0];
        const double x = q.x - p.x, y = q.y - p.y, length = sqrt(x * x + y * y);
        if (length < THIN_M)
            continue;
        const double a = (x * (leg->a.y - p.y) - y * (leg->a.x - p.x)) / length - THIN_M;
        const double b = (x * (leg->b.y - p.y) - y * (leg->b.x - p.x)) / length - THIN_M;
        if (a <= 0 && b <= 0)
            return false;
        if (a < 0)
            start = fmax(start, a / (a - b));
        else if (b < 0)
            end = fmin(end, a / (a - b));
    }
    return start < end;
}

/* The middle of a convex cell, on the ellipsoid. */
static bool is_held(const struct geo_within_query *query, const struct within_chain *cell)
{
    const struct within_patch *patch = &query->patch;
    const struct within_ring r = cell->ring[0];
    double x = 0, y = 0;
    for (size_t i = 0; i < r.n; i++) {
        x += cell->spot[r.first + i].x / (double)r.n;
        y += cell->spot[r.first + i].y / (double)r.n;
    }
    struct geo_xyz at = geo_xyz_plus(patch->place.at, x, patch->frame.east);
    at = geo_xyz_plus(at, y, patch->frame.north);
    at = geo_xyz_plus(at, -(x * x + y * y) / (2 * RADIUS_M), patch->frame.up);
    const struct geo_lonlat p = geo_space_lonlat(at);
    return within_holds(query, p, at);
}

static enum geo_status sort_cell(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                                 size_t first, double *taken);

/* One side of a line through a cell. */
static enum geo_status sort_side(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                                 struct within_line line, size_t first, double *taken)
{
    const struct within_chain *cell = &query->cell[depth], *shard = &query->shard[depth];
    struct within_chain *next = &query->cell[depth + 1], *in = &query->shard[depth + 1];
    within_chain_clear(next);
    within_chain_clear(in);
    GEO_TRY(within_chain_cut(ctx, cell, 0, line, next, NULL));
    for (size_t ring = 0; ring < shard->ring_n; ring++)
        GEO_TRY(within_chain_cut(ctx, shard, ring, line, in, NULL));
    return sort_cell(ctx, query, depth + 1, first, taken);
}

/* Divides a cell by the legs from `first` on, and sorts its parts: held, or left. */
static enum geo_status sort_cell(struct geo_ctx *ctx, struct geo_within_query *query, size_t depth,
                                 size_t first, double *taken)
{
    const struct within_patch *patch = &query->patch;
    const struct within_chain *cell = &query->cell[depth], *shard = &query->shard[depth];
    if (shard->ring_n == 0 || cell->ring_n == 0)
        return GEO_OK;
    for (size_t i = first; i < patch->leg_n && depth + 1 < WITHIN_LEVELS; i++) {
        const struct within_leg *leg = &patch->leg[i];
        if (!leg->bounds || !crosses(cell, leg))
            continue;
        const double x = leg->b.y - leg->a.y, y = leg->a.x - leg->b.x;
        const struct within_line line = {x, y, x * leg->a.x + y * leg->a.y};
        const struct within_line back = {-line.x, -line.y, -line.c};
        GEO_TRY(sort_side(ctx, query, depth, line, i + 1, taken));
        return sort_side(ctx, query, depth, back, i + 1, taken);
    }
    if (is_held(query, cell)) {
        *taken += within_chain_area(shard);
        return GEO_OK;
    }
    for (size_t ring = 0; ring < shard->ring_n; ring++)
        GEO_TRY(within_chain_copy(ctx, &query->patch.rest, shard, ring));
    return GEO_OK;
}

enum geo_status within_take_land(struct geo_ctx *ctx, struct geo_within_query *query, double *taken)
{
    struct within_patch *patch = &query->patch;
    const struct within_box box = within_chain_box(&patch->land);
    const struct within_spot corner[] = {
        {box.x_lo, box.y_lo}, {box.x_hi, box.y_lo}, {box.x_hi, box.y_hi}, {box.x_lo, box.y_hi}};
    within_chain_clear(&query->cell[0]);
    within_chain_clear(&query->shard[0]);
    within_chain_clear(&patch->rest);
    GEO_TRY(within_chain_add(ctx, &query->cell[0], corner, 4));
    GEO_TRY(within_chain_end(ctx, &query->cell[0]));
    for (size_t ring = 0; ring < patch->land.ring_n; ring++)
        GEO_TRY(within_chain_copy(ctx, &query->shard[0], &patch->land, ring));
    GEO_TRY(sort_cell(ctx, query, 0, 0, taken));
    const struct within_chain land = patch->land;
    patch->land = patch->rest;
    patch->rest = land;
    return GEO_OK;
}
