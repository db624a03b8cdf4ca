#include "steps/bands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/rows.h"
#include "steps/try.h"

/* What one thread has: a query for each group of corridors. */
struct state {
    const struct bands_plan *plan;
    struct geo_within_query **query;
    double *part_m2; /* of each group, its bands */
    struct rows_order order;

    /* Where the rows of a batch go, and the first of their columns. */
    struct geo_batch *out;
    size_t corridor, band; /* band, from_m, to_m; or the first of ha_…, pct_… */
};

static void stop(void *data)
{
    struct state *s = data;
    for (size_t g = 0; s->query && g < s->plan->group_count; g++)
        geo_within_query_free(s->query[g]);
    free(s->query);
    free(s->part_m2);
    rows_release(&s->order);
    free(s);
}

static enum geo_status start(struct geo_ctx *ctx, const void *data, void **state)
{
    const struct bands_plan *plan = data;
    struct state *s = *state = calloc(1, sizeof *s);
    if (!s)
        return GEO_ENOMEM;
    s->plan = plan;
    s->query = calloc(plan->group_count + 1, sizeof(struct geo_within_query *));
    s->part_m2 = calloc(plan->group_count * (plan->n + 1) + 1, sizeof *s->part_m2);
    if (!s->query || !s->part_m2)
        return GEO_ENOMEM;
    for (size_t g = 0; g < plan->group_count; g++)
        TRY(geo_within_query_new(ctx, plan->group[g].index, &s->query[g]));
    return GEO_OK;
}

static enum geo_status add_tall_columns(struct geo_ctx *ctx, struct geo_batch *batch)
{
    TRY(geo_batch_add_result(ctx, batch, "band", GEO_TYPE_TEXT, NULL));
    TRY(geo_batch_add_result(ctx, batch, "from_m", GEO_TYPE_REAL, NULL));
    TRY(geo_batch_add_result(ctx, batch, "to_m", GEO_TYPE_REAL, NULL));
    TRY(geo_batch_add_result(ctx, batch, "ha", GEO_TYPE_REAL, NULL));
    return geo_batch_add_result(ctx, batch, "pct", GEO_TYPE_REAL, NULL);
}

static enum geo_status add_columns(struct geo_ctx *ctx, struct state *s)
{
    const struct bands_plan *plan = s->plan;
    if (plan->grouped)
        TRY(geo_batch_add_result(ctx, s->out, "corridor", GEO_TYPE_TEXT, &s->corridor));
    s->band = s->out->column_count;
    if (plan->tall)
        return add_tall_columns(ctx, s->out);
    for (size_t k = 0; k <= plan->n; k++) {
        char name[64];
        snprintf(name, sizeof name, "ha_%s", plan->suffix[k]);
        TRY(geo_batch_add_result(ctx, s->out, name, GEO_TYPE_REAL, NULL));
        snprintf(name, sizeof name, "pct_%s", plan->suffix[k]);
        TRY(geo_batch_add_result(ctx, s->out, name, GEO_TYPE_REAL, NULL));
    }
    return GEO_OK;
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
static enum geo_status set_keys(struct geo_ctx *ctx, const struct state *s, size_t row,
                                size_t group, size_t k)
{
    const struct bands_plan *plan = s->plan;
    struct geo_batch *out = s->out;
    const struct value *value = plan->group[group].value;
    const char *band = plan->band[k];
    if (plan->grouped)
        TRY(geo_batch_set_text(ctx, out, s->corridor, row, GEO_TYPE_TEXT, value->text, value->n));
    if (!plan->tall)
        return GEO_OK;
    TRY(geo_batch_set_text(ctx, out, s->band, row, GEO_TYPE_TEXT, band, strlen(band)));
    geo_batch_set_real(out, s->band + 1, row, k ? plan->edge_m[k - 1] : 0);
    geo_batch_set_real(out, s->band + 2, row, k < plan->n ? plan->edge_m[k] : NAN);
    return GEO_OK;
}

/* Fills the rows of a feature: its own one, or new ones in another batch. */
static enum geo_status fill(struct geo_ctx *ctx, const struct state *s, const struct geo_batch *in,
                            size_t i, bool with_land, double area_m2)
{
    const struct bands_plan *plan = s->plan;
    struct geo_batch *out = s->out;
    const size_t bands = plan->n + 1, rows = plan->tall ? bands : 1;
    for (size_t at = 0; at < plan->group_count * rows; at++) {
        const size_t group = at / rows, row = in == out ? i : out->n;
        const double *part_m2 = &s->part_m2[group * bands];
        if (in != out)
            TRY(geo_batch_copy_feature(ctx, out, in, i, !plan->bare, GEO_SHAPE_NULL));
        TRY(set_keys(ctx, s, row, group, at % rows));
        if (with_land && plan->tall)
            set_land(out, row, s->band + 3, part_m2[at % rows], area_m2);
        for (size_t k = 0; with_land && !plan->tall && k < bands; k++)
            set_land(out, row, s->band + 2 * k, part_m2[k], area_m2);
    }
    return GEO_OK;
}

static enum geo_status measure_and_fill(struct geo_ctx *ctx, void *state, struct geo_batch *batch,
                                        size_t i)
{
    struct state *s = state;
    const bool with_land = rows_have_land(batch, i);
    double area_m2 = 0;
    if (with_land)
        TRY(measure(ctx, s, batch, i, &area_m2));
    return fill(ctx, s, batch, i, with_land, area_m2);
}

/* Says which features have a shape, but no land. */
static enum geo_status tell_landless(struct geo_ctx *ctx, struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i] && batch->part_start[i] < batch->part_start[i + 1] &&
            !rows_have_land(batch, i))
            TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                               "points and lines have no area: their bands are null", NULL));
    return GEO_OK;
}

static enum geo_status measure_all(struct geo_ctx *ctx, void *state, struct geo_batch *in,
                                   struct geo_batch *out)
{
    struct state *s = state;
    s->out = out;
    TRY(add_columns(ctx, s));
    TRY(tell_landless(ctx, in));
    return rows_measure(ctx, in, in == out ? &s->order : NULL, "bands cannot be measured",
                        measure_and_fill, s);
}

static enum geo_status apply(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    struct state *s = state;
    for (size_t g = 0; g < s->plan->group_count; g++)
        geo_within_query_reset(s->query[g]);
    if (s->plan->grouped || s->plan->tall)
        return rows_remake(ctx, batch, measure_all, s);
    return measure_all(ctx, s, batch, batch);
}

struct geo_step bands_step(const struct bands_plan *plan)
{
    return (struct geo_step){.plan = plan, .start = start, .apply = apply, .stop = stop};
}
