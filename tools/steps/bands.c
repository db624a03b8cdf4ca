#include "steps/bands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/try.h"

/* What one thread has: a query for each group of corridors. */
struct state {
    const struct bands_plan *plan;
    struct geo_within_query **query;
    double *part_m2; /* of each group, its bands */
    uint32_t *order; /* of a batch's features */
    size_t order_room;
};

/* First columns of a batch of results. */
struct columns {
    size_t corridor, band; /* band, from_m, to_m; or the first of ha_…, pct_… */
};

static void stop(void *data)
{
    struct state *s = data;
    for (size_t g = 0; s->query && g < s->plan->group_count; g++)
        geo_within_query_free(s->query[g]);
    free(s->query);
    free(s->part_m2);
    free(s->order);
    free(s);
}

static enum geo_status start_queries(struct geo_ctx *ctx, struct state *s)
{
    const struct bands_plan *plan = s->plan;
    s->query = calloc(plan->group_count + 1, sizeof(struct geo_within_query *));
    s->part_m2 = calloc(plan->group_count * (plan->n + 1) + 1, sizeof *s->part_m2);
    if (!s->query || !s->part_m2)
        return GEO_ENOMEM;
    for (size_t g = 0; g < plan->group_count; g++)
        TRY(geo_within_query_new(ctx, plan->group[g].index, &s->query[g]));
    return GEO_OK;
}

static enum geo_status start(struct geo_ctx *ctx, const void *plan, void **state)
{
    struct state *s = calloc(1, sizeof *s);
    if (!s)
        return GEO_ENOMEM;
    s->plan = plan;
    enum geo_status status = start_queries(ctx, s);
    if (status != GEO_OK)
        stop(s);
    else
        *state = s;
    return status;
}

static enum geo_status add_tall_columns(struct geo_ctx *ctx, struct geo_batch *batch)
{
    TRY(geo_batch_add_result(ctx, batch, "band", GEO_TYPE_TEXT, NULL));
    TRY(geo_batch_add_result(ctx, batch, "from_m", GEO_TYPE_REAL, NULL));
    TRY(geo_batch_add_result(ctx, batch, "to_m", GEO_TYPE_REAL, NULL));
    TRY(geo_batch_add_result(ctx, batch, "ha", GEO_TYPE_REAL, NULL));
    return geo_batch_add_result(ctx, batch, "pct", GEO_TYPE_REAL, NULL);
}

static enum geo_status add_columns(struct geo_ctx *ctx, const struct bands_plan *plan,
                                   struct geo_batch *batch, struct columns *column)
{
    if (plan->grouped)
        TRY(geo_batch_add_result(ctx, batch, "corridor", GEO_TYPE_TEXT, &column->corridor));
    column->band = batch->column_count;
    if (plan->tall)
        return add_tall_columns(ctx, batch);
    for (size_t k = 0; k <= plan->n; k++) {
        char name[64];
        snprintf(name, sizeof name, "ha_%s", plan->suffix[k]);
        TRY(geo_batch_add_result(ctx, batch, name, GEO_TYPE_REAL, NULL));
        snprintf(name, sizeof name, "pct_%s", plan->suffix[k]);
        TRY(geo_batch_add_result(ctx, batch, name, GEO_TYPE_REAL, NULL));
    }
    return GEO_OK;
}

static bool has_land(const struct geo_batch *batch, size_t i)
{
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
        if (batch->part_kind[p] == GEO_KIND_POLYGON)
            return true;
    return false;
}

/* Bands of a feature: what lies within each edge and not within the one before, in all groups. */
static enum geo_status measure(struct geo_ctx *ctx, struct state *s, const struct geo_batch *batch,
                               size_t i, double *area_m2)
{
    const struct bands_plan *plan = s->plan;
    for (size_t g = 0; g < plan->group_count; g++) {
        double within_m2[OPT_LIST_MAX], last_m2 = 0;
        double *part_m2 = &s->part_m2[g * (plan->n + 1)];
        TRY(geo_within(ctx, s->query[g], batch, i, plan->edge_m, plan->n, plan->deviation_m,
                       within_m2, area_m2));
        for (size_t k = 0; k <= plan->n; k++) {
            const double next_m2 = k < plan->n ? within_m2[k] : *area_m2;
            part_m2[k] = next_m2 - last_m2;
            last_m2 = next_m2;
        }
    }
    return GEO_OK;
}

static void set_land(struct geo_batch *out, size_t row, size_t column, double part_m2,
                     double area_m2)
{
    geo_batch_set_real(out, column, row, part_m2 / 1e4);
    geo_batch_set_real(out, column + 1, row, area_m2 > 0 ? 100 * (part_m2 / area_m2) : NAN);
}

/* What a row says of itself: the corridor, and the band of a tall table. */
static enum geo_status set_keys(struct geo_ctx *ctx, const struct bands_plan *plan,
                                struct geo_batch *out, size_t row, const struct columns *column,
                                size_t group, size_t k)
{
    const char *value = plan->group[group].value, *band = plan->band[k];
    if (plan->grouped)
        TRY(geo_batch_set_text(ctx, out, column->corridor, row, GEO_TYPE_TEXT, value,
                               strlen(value)));
    if (!plan->tall)
        return GEO_OK;
    TRY(geo_batch_set_text(ctx, out, column->band, row, GEO_TYPE_TEXT, band, strlen(band)));
    geo_batch_set_real(out, column->band + 1, row, k ? plan->edge_m[k - 1] : 0);
    geo_batch_set_real(out, column->band + 2, row, k < plan->n ? plan->edge_m[k] : NAN);
    return GEO_OK;
}

/* Fills the rows of a feature: its own one, or new ones in `out`. */
static enum geo_status fill(struct geo_ctx *ctx, const struct state *s, const struct geo_batch *in,
                            size_t i, bool with_land, double area_m2, struct geo_batch *out,
                            const struct columns *column)
{
    const struct bands_plan *plan = s->plan;
    const size_t bands = plan->n + 1, rows = plan->tall ? bands : 1;
    for (size_t at = 0; at < plan->group_count * rows; at++) {
        const size_t group = at / rows, row = in == out ? i : out->n;
        const double *part_m2 = &s->part_m2[group * bands];
        if (in != out)
            TRY(geo_batch_copy_feature(ctx, out, in, i, !plan->bare, GEO_SHAPE_NULL));
        TRY(set_keys(ctx, plan, out, row, column, group, at % rows));
        if (with_land && plan->tall)
            set_land(out, row, column->band + 3, part_m2[at % rows], area_m2);
        for (size_t k = 0; with_land && !plan->tall && k < bands; k++)
            set_land(out, row, column->band + 2 * k, part_m2[k], area_m2);
    }
    return GEO_OK;
}

static enum geo_status measure_and_fill(struct geo_ctx *ctx, struct state *s, struct geo_batch *in,
                                        size_t i, struct geo_batch *out,
                                        const struct columns *column)
{
    const bool with_land = has_land(in, i);
    double area_m2 = 0;
    enum geo_status status = with_land ? measure(ctx, s, in, i, &area_m2) : GEO_OK;
    if (geo_status_scope(status) == GEO_SCOPE_FEATURE) {
        in->dropped[i] = 1;
        return geo_batch_note(ctx, in, GEO_NOTE_SKIPPED, in->fid[i], "bands cannot be measured",
                              "%s", geo_ctx_message(ctx));
    }
    TRY(status);
    return fill(ctx, s, in, i, with_land, area_m2, out, column);
}

/* Says which features have a shape, but no land. */
static enum geo_status tell_landless(struct geo_ctx *ctx, struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i] && batch->part_start[i] < batch->part_start[i + 1] &&
            !has_land(batch, i))
            TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                               "points and lines have no area: their bands are null", NULL));
    return GEO_OK;
}

static enum geo_status order_places(struct geo_ctx *ctx, struct state *s,
                                    const struct geo_batch *batch)
{
    if (batch->n > s->order_room) {
        uint32_t *order = reallocarray(s->order, batch->n, sizeof *order);
        if (!order)
            return GEO_ENOMEM;
        s->order = order;
        s->order_room = batch->n;
    }
    return geo_place_order(ctx, batch, s->order);
}

static enum geo_status measure_all(struct geo_ctx *ctx, struct state *s, struct geo_batch *in,
                                   struct geo_batch *out)
{
    struct columns column = {SIZE_MAX, SIZE_MAX};
    TRY(add_columns(ctx, s->plan, out, &column));
    TRY(tell_landless(ctx, in));
    if (in == out) /* rows stay where they are: neighbours first */
        TRY(order_places(ctx, s, in));
    for (size_t place = 0; place < in->n; place++) {
        const size_t i = in == out ? s->order[place] : place;
        if (!in->dropped[i])
            TRY(measure_and_fill(ctx, s, in, i, out, &column));
    }
    return GEO_OK;
}

static enum geo_status apply(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    struct state *s = state;
    for (size_t g = 0; g < s->plan->group_count; g++)
        geo_within_query_reset(s->query[g]);
    if (!s->plan->grouped && !s->plan->tall)
        return measure_all(ctx, s, batch, batch);
    struct geo_batch *out = geo_batch_new();
    if (!out)
        return GEO_ENOMEM;
    enum geo_status status = geo_batch_copy_columns(ctx, out, batch);
    if (status == GEO_OK)
        status = measure_all(ctx, s, batch, out);
    if (status == GEO_OK)
        geo_batch_swap(batch, out);
    geo_batch_free(out);
    return status;
}

struct geo_step bands_step(const struct bands_plan *plan)
{
    return (struct geo_step){.plan = plan, .start = start, .apply = apply, .stop = stop};
}
