/* What is measured of each feature: areas, and whether corridors are within a distance. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "steps/plan.h"
#include "steps/rows.h"
#include "steps/try.h"

static bool load_one(struct plan *plan, const struct corridor_options *corridors,
                     struct plan_corridors *one)
{
    struct job *job = plan->job;
    struct corridor_options options = *corridors;
    options.path = (struct opt_texts){.n = 1, .at = {one->path}};
    return job_load(job, &options, &one->batch) &&
           job_try(job, geo_index_new(job->ctx, one->batch, plan->edges, &one->index));
}

bool plan_load(struct plan *plan, const struct corridor_options *corridors)
{
    for (size_t c = 0; c < plan->corridors_count; c++)
        if (!load_one(plan, corridors, &plan->corridors[c]))
            return false;
    return true;
}

/* Error of a share by area: this times the length of the distance's edge in a feature. */
#define DEVIATION_M 0.01

/* What one thread has: a query for each share. */
struct query {
    struct geo_near_query *near;
    struct geo_within_query *within;
};

struct state {
    const struct plan *plan;
    struct query *query; /* one a quantity */
    size_t q, column;    /* what is measured, and where it goes */
};

static void stop(void *data)
{
    struct state *s = data;
    for (size_t q = 0; s->query && q < s->plan->quantity_count; q++) {
        geo_near_query_free(s->query[q].near);
        geo_within_query_free(s->query[q].within);
    }
    free(s->query);
    free(s);
}

static enum geo_status start(struct geo_ctx *ctx, const void *data, void **state)
{
    const struct plan *plan = data;
    struct state *s = *state = calloc(1, sizeof *s);
    if (!s)
        return GEO_ENOMEM;
    s->plan = plan;
    s->query = calloc(plan->quantity_count + 1, sizeof *s->query);
    if (!s->query)
        return GEO_ENOMEM;
    for (size_t q = 0; q < plan->quantity_count; q++) {
        if (plan->quantity[q].kind == PLAN_AREA)
            continue;
        const struct geo_index *index = plan->corridors[plan->quantity[q].corridors].index;
        if (plan->quantity[q].kind == PLAN_SHARE_BY_COUNT)
            TRY(geo_near_query_new(ctx, index, &s->query[q].near));
        else
            TRY(geo_within_query_new(ctx, index, &s->query[q].within));
    }
    return GEO_OK;
}

static enum geo_status measure_area(struct geo_ctx *ctx, const struct state *s,
                                    struct geo_batch *batch, size_t i)
{
    const struct plan_quantity *quantity = &s->plan->quantity[s->q];
    double m2, area_m2;
    if (!rows_have_land(batch, i))
        return GEO_OK;
    if (s->query[s->q].within)
        TRY(geo_within(ctx, s->query[s->q].within, batch, i, &quantity->within_m, 1, DEVIATION_M,
                       &m2, &area_m2));
    else
        TRY(geo_area(ctx, batch, i, s->plan->edges, &m2, NULL));
    geo_batch_set_real(batch, s->column, i, m2 / 1e4);
    return GEO_OK;
}

/* Null where the feature has not what is to be measured. */
static enum geo_status measure(struct geo_ctx *ctx, void *state, struct geo_batch *batch, size_t i)
{
    const struct state *s = state;
    struct geo_near near;
    size_t found;
    if (batch->part_start[i] == batch->part_start[i + 1])
        return GEO_OK;
    if (!s->query[s->q].near)
        return measure_area(ctx, s, batch, i);
    TRY(geo_near(ctx, s->query[s->q].near, batch, i, 1, s->plan->quantity[s->q].within_m, &near,
                 &found));
    geo_batch_set_real(batch, s->column, i, found > 0);
    return GEO_OK;
}

static enum geo_status measure_quantity(struct geo_ctx *ctx, struct state *s,
                                        struct geo_batch *batch)
{
    char name[32];
    snprintf(name, sizeof name, "geo-plan %zu", s->q); /* no filter means it by chance */
    TRY(geo_batch_add_column(ctx, batch, name, GEO_TYPE_REAL, &s->column));
    return rows_measure(ctx, batch, NULL, "cannot be measured", measure, s);
}

static enum geo_status apply(struct geo_ctx *ctx, void *data, struct geo_batch *batch)
{
    struct state *s = data;
    for (s->q = 0; s->q < s->plan->quantity_count; s->q++) {
        if (s->query[s->q].near)
            geo_near_query_reset(s->query[s->q].near);
        if (s->query[s->q].within)
            geo_within_query_reset(s->query[s->q].within);
        TRY(measure_quantity(ctx, s, batch));
    }
    return GEO_OK;
}

struct geo_step plan_step(const struct plan *plan)
{
    return (struct geo_step){.plan = plan, .start = start, .apply = apply, .stop = stop};
}
