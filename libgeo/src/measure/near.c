#include "geo/measure.h"

#include <stdlib.h>

#include "base/fail.h"
#include "measure/near_query.h"

enum geo_status geo_near_query_new(struct geo_ctx *ctx, const struct geo_index *index,
                                   struct geo_near_query **query)
{
    struct geo_near_query *made = calloc(1, sizeof *made);
    if (made == NULL)
        return geo_no_memory(ctx);
    made->index = index;
    made->hint = SIZE_MAX;
    *query = made;
    return GEO_OK;
}

void geo_near_query_free(struct geo_near_query *query)
{
    if (query == NULL)
        return;
    free(query->edges.piece);
    free(query->head);
    free(query->region);
    free(query->run_first);
    free(query->run_box);
    free(query->rival);
    free(query->meeting);
    free(query->pair);
    free(query->foot);
    free(query);
}

void geo_near_query_reset(struct geo_near_query *query)
{
    query->hint = SIZE_MAX;
}

enum geo_status geo_near(struct geo_ctx *ctx, struct geo_near_query *query,
                         const struct geo_batch *batch, size_t i, size_t k, double max_m,
                         struct geo_near *near, size_t *found)
{
    if (k == 0 || !(max_m >= 0))
        return geo_fail(ctx, GEO_EARG, "%zu corridors within %g m cannot be looked for", k, max_m);
    GEO_TRY(near_load(ctx, query, batch, i));
    GEO_TRY(near_start(ctx, query, k, max_m));
    if (query->k > 0 && query->edges.n > 0) {
        GEO_TRY(near_contain(ctx, query));
        GEO_TRY(near_search(ctx, query));
    }
    *found = near_pick(ctx, query, near);
    const struct geo_lonlat nowhere = {NAN, NAN};
    for (size_t j = *found; j < k; j++)
        near[j] = (struct geo_near){SIZE_MAX, NAN, NAN, nowhere, nowhere, NAN};
    return GEO_OK;
}
