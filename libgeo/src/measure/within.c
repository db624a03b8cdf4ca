#include "geo/within.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "geo/measure.h"
#include "index/room.h"
#include "measure/within_query.h"

enum geo_status geo_within_query_new(struct geo_ctx *ctx, const struct geo_index *index,
                                     struct geo_within_query **query)
{
    struct geo_within_query *made = calloc(1, sizeof *made);
    if (made == NULL)
        return geo_no_memory(ctx);
    made->index = index;
    made->hint = SIZE_MAX;
    *query = made;
    return GEO_OK;
}

void geo_within_query_free(struct geo_within_query *query)
{
    if (query == NULL)
        return;
    for (size_t k = 0; k < WITHIN_LEVELS; k++) {
        within_chain_release(&query->level[k]);
        within_chain_release(&query->cell[k]);
        within_chain_release(&query->shard[k]);
    }
    within_chain_release(&query->patch.land);
    within_chain_release(&query->patch.rest);
    within_chain_release(&query->patch.work[0]);
    within_chain_release(&query->patch.work[1]);
    free(query->patch.near);
    free(query->patch.leg);
    free(query->tally);
    free(query->part);
    free(query->ring);
    free(query);
}

void geo_within_query_reset(struct geo_within_query *query)
{
    query->hint = SIZE_MAX;
}

static enum geo_status check(struct geo_ctx *ctx, const double *edge_m, size_t n,
                             double deviation_m)
{
    for (size_t k = 0; k < n; k++) {
        const bool fits = (edge_m[k] == 0 || edge_m[k] >= GEO_WITHIN_MIN_M) &&
                          edge_m[k] <= GEO_WITHIN_MAX_M && (k == 0 || edge_m[k] > edge_m[k - 1]);
        if (!fits)
            return geo_fail(ctx, GEO_EARG,
                            "distance %zu, %g m, is not 0 or from %g m to %g m and greater than "
                            "the one before",
                            k + 1, edge_m[k], GEO_WITHIN_MIN_M, GEO_WITHIN_MAX_M);
    }
    if (!(deviation_m >= GEO_DEVIATION_MIN_M && deviation_m <= GEO_DEVIATION_MAX_M))
        return geo_fail(ctx, GEO_EARG, "a deviation of %g m is not from %g m to %g m", deviation_m,
                        GEO_DEVIATION_MIN_M, GEO_DEVIATION_MAX_M);
    return GEO_OK;
}

/* Sets the tally up for edges of which [from, to) are open. */
static enum geo_status start(struct geo_ctx *ctx, struct geo_within_query *query,
                             const double *edge_m, size_t n, double deviation_m)
{
    GEO_TRY(GEO_ROOM(ctx, query->tally, query->tally_room, n + 1));
    GEO_TRY(GEO_ROOM(ctx, query->part, query->part_room, n + 1));
    query->edge_m = edge_m;
    query->n = n;
    query->deviation_m = deviation_m;
    for (size_t k = 0; k <= n; k++)
        query->tally[k] = 0;
    return GEO_OK;
}

static enum geo_status measure(struct geo_ctx *ctx, struct geo_within_query *query,
                               const struct geo_batch *batch, size_t i, size_t from, size_t to)
{
    const bool is_straight = query->index->edges == GEO_EDGES_LONLAT;
    const double gap_m = is_straight ? INFINITY : WITHIN_RING_SHARE * query->deviation_m;
    GEO_TRY(within_load(ctx, batch, i, gap_m, &query->level[0]));
    return within_tiles(ctx, query, from, to);
}

/* The parts as shares of what they add up to, so that they add up to the area. */
static void answer(const struct geo_within_query *query, double area_m2, double *within_m2)
{
    double all = 0, sum = 0;
    for (size_t k = 0; k <= query->n; k++)
        all += query->tally[k];
    for (size_t k = 0; k < query->n; k++) {
        sum += query->tally[k];
        within_m2[k] = all > 0 ? geo_min(area_m2 * (sum / all), area_m2) : 0;
    }
}

enum geo_status geo_within(struct geo_ctx *ctx, struct geo_within_query *query,
                           const struct geo_batch *batch, size_t i, const double *edge_m, size_t n,
                           double deviation_m, double *within_m2, double *area_m2)
{
    double area;
    struct within_box box;
    size_t from = 0, to = n;
    GEO_TRY(check(ctx, edge_m, n, deviation_m));
    GEO_TRY(geo_area(ctx, batch, i, query->index->edges, &area, NULL));
    GEO_TRY(start(ctx, query, edge_m, n, deviation_m));
    if (n > 0 && within_feature_box(batch, i, &box)) {
        const struct within_place place = within_place(box, query->index->edges);
        within_reach(query, &place, &from, &to);
        if (from == to)
            query->tally[to] = 1;
        else
            GEO_TRY(measure(ctx, query, batch, i, from, to));
    }
    answer(query, area, within_m2);
    *area_m2 = area;
    return GEO_OK;
}
