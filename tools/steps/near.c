#include "steps/near.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/rows.h"
#include "steps/try.h"

/* Our columns, in order. */
enum { RANK, ID, NAME, M, AZI, LON, LAT, KM, COLUMNS };

/* What one thread has: a query for all corridors and one for each column of --each. */
struct state {
    const struct near_plan *plan;
    struct geo_near_query *query, **each;
    struct geo_near *near; /* k results */
    struct rows_order order;

    /* Where the rows of a batch go, our columns there and the first one of --each. */
    struct geo_batch *out;
    size_t column[COLUMNS], each_column;
};

static const struct {
    const char *name;
    enum geo_type type;
} ours[COLUMNS] = {{"near_rank", GEO_TYPE_INT},  {"near_id", GEO_TYPE_INT},
                   {"near_name", GEO_TYPE_TEXT}, {"near_m", GEO_TYPE_REAL},
                   {"near_azi", GEO_TYPE_REAL},  {"near_lon", GEO_TYPE_REAL},
                   {"near_lat", GEO_TYPE_REAL},  {"near_km", GEO_TYPE_REAL}};

static void stop(void *data)
{
    struct state *s = data;
    for (size_t e = 0; s->each && e < s->plan->each_count; e++)
        geo_near_query_free(s->each[e]);
    geo_near_query_free(s->query);
    free(s->each);
    free(s->near);
    rows_release(&s->order);
    free(s);
}

static enum geo_status start(struct geo_ctx *ctx, const void *data, void **state)
{
    const struct near_plan *plan = data;
    struct state *s = *state = calloc(1, sizeof *s);
    if (!s)
        return GEO_ENOMEM;
    s->plan = plan;
    s->near = calloc(plan->k, sizeof *s->near);
    s->each = calloc(plan->each_count + 1, sizeof(struct geo_near_query *));
    if (!s->near || !s->each)
        return GEO_ENOMEM;
    TRY(geo_near_query_new(ctx, plan->index, &s->query));
    for (size_t e = 0; e < plan->each_count; e++)
        TRY(geo_near_query_new(ctx, plan->each[e].index, &s->each[e]));
    return GEO_OK;
}

static enum geo_status add_columns(struct geo_ctx *ctx, struct state *s)
{
    const struct near_plan *plan = s->plan;
    for (int c = plan->ranked ? RANK : ID; c < COLUMNS; c++) {
        enum geo_type type = c == ID ? plan->id_type : ours[c].type;
        TRY(geo_batch_add_result(ctx, s->out, ours[c].name, type, &s->column[c]));
    }
    s->each_column = s->out->column_count;
    for (size_t e = 0; e < plan->each_count; e++)
        TRY(geo_batch_add_result(ctx, s->out, plan->each[e].name, GEO_TYPE_REAL, NULL));
    return GEO_OK;
}

static enum geo_status set_identity(struct geo_ctx *ctx, const struct near_plan *plan,
                                    struct geo_batch *batch, size_t row,
                                    const size_t column[COLUMNS], size_t corridor)
{
    const struct geo_batch *c = plan->corridors;
    char number[24];
    const struct geo_column *id = near_identity(plan, corridor);
    if (id)
        TRY(geo_batch_copy_cell(ctx, batch, &batch->column[column[ID]], row, c, id, corridor));
    else if (plan->id_type == GEO_TYPE_INT)
        geo_batch_set_int(batch, column[ID], row, c->fid[corridor]);
    else /* beside texts a number is one, too */
        TRY(geo_batch_set_text(
            ctx, batch, column[ID], row, GEO_TYPE_TEXT, number,
            (size_t)snprintf(number, sizeof number, "%" PRId64, c->fid[corridor])));
    if (plan->name == SIZE_MAX)
        return GEO_OK;
    return geo_batch_copy_cell(ctx, batch, &batch->column[column[NAME]], row, c,
                               &c->column[plan->name], corridor);
}

static enum geo_status set_row(struct geo_ctx *ctx, const struct state *s, size_t row,
                               const struct geo_near *near, size_t rank)
{
    struct geo_batch *batch = s->out;
    const size_t *column = s->column;
    if (s->plan->ranked)
        geo_batch_set_int(batch, column[RANK], row, (int64_t)rank);
    TRY(set_identity(ctx, s->plan, batch, row, column, near->corridor));
    geo_batch_set_real(batch, column[M], row, near->distance_m);
    geo_batch_set_real(batch, column[AZI], row, near->azimuth_deg);
    geo_batch_set_real(batch, column[LON], row, near->foot.lon);
    geo_batch_set_real(batch, column[LAT], row, near->foot.lat);
    geo_batch_set_real(batch, column[KM], row, near->chainage_m / 1e3);
    return GEO_OK;
}

/* The line from a feature to its foot; no geometry where they meet. */
static enum geo_status add_line(struct geo_ctx *ctx, struct geo_batch *out,
                                const struct geo_near *near)
{
    struct geo_lonlat *vertex;
    TRY(geo_batch_add_vertices(ctx, out, 2, &vertex));
    vertex[0] = near->from;
    vertex[1] = near->foot;
    /* The short way round: the foot may lie beyond the antimeridian. */
    vertex[1].lon -= 360 * round((near->foot.lon - near->from.lon) / 360);
    TRY(geo_batch_end_ring(ctx, out));
    return geo_batch_end_part(ctx, out, GEO_KIND_LINE);
}

static enum geo_status copy_row(struct geo_ctx *ctx, const struct near_plan *plan,
                                struct geo_batch *out, const struct geo_batch *batch, size_t i,
                                const struct geo_near *near)
{
    if (!plan->lines)
        return geo_batch_copy_feature(ctx, out, batch, i, true, GEO_SHAPE_NULL);
    bool drawn = near && near->distance_m > 0;
    if (drawn)
        TRY(add_line(ctx, out, near));
    return geo_batch_copy_feature(ctx, out, batch, i, false,
                                  drawn ? GEO_SHAPE_LINE : GEO_SHAPE_NULL);
}

static enum geo_status set_each(struct geo_ctx *ctx, struct state *s, const struct geo_batch *in,
                                size_t i, size_t row)
{
    for (size_t e = 0; e < s->plan->each_count; e++) {
        struct geo_near near;
        size_t found;
        TRY(geo_near(ctx, s->each[e], in, i, 1, s->plan->max_m, &near, &found));
        geo_batch_set_real(s->out, s->each_column + e, row, found ? near.distance_m : NAN);
    }
    return GEO_OK;
}

/* Measures a feature and fills its rows: its own one, or new ones in another batch. */
static enum geo_status measure(struct geo_ctx *ctx, void *state, struct geo_batch *in, size_t i)
{
    struct state *s = state;
    const struct near_plan *plan = s->plan;
    size_t found;
    TRY(geo_near(ctx, s->query, in, i, plan->k, plan->max_m, s->near, &found));
    for (size_t r = 0; r < found || r == 0; r++) {
        size_t row = in == s->out ? i : s->out->n;
        if (in != s->out)
            TRY(copy_row(ctx, plan, s->out, in, i, found ? &s->near[r] : NULL));
        if (found)
            TRY(set_row(ctx, s, row, &s->near[r], r + 1));
        TRY(set_each(ctx, s, in, i, row));
    }
    return GEO_OK;
}

static enum geo_status measure_all(struct geo_ctx *ctx, void *state, struct geo_batch *in,
                                   struct geo_batch *out)
{
    struct state *s = state;
    s->out = out;
    TRY(add_columns(ctx, s));
    return rows_measure(ctx, in, in == out ? &s->order : NULL, "distance cannot be measured",
                        measure, s);
}

static enum geo_status apply(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    struct state *s = state;
    geo_near_query_reset(s->query);
    for (size_t e = 0; e < s->plan->each_count; e++)
        geo_near_query_reset(s->each[e]);
    if (s->plan->ranked || s->plan->lines)
        return rows_remake(ctx, batch, measure_all, s);
    return measure_all(ctx, s, batch, batch);
}

struct geo_step near_step(const struct near_plan *plan)
{
    return (struct geo_step){.plan = plan, .start = start, .apply = apply, .stop = stop};
}
