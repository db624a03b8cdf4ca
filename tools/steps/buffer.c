#include "steps/buffer.h"

#include <math.h>
#include <stdlib.h>

#include "steps/rows.h"
#include "steps/try.h"

enum { FROM, TO, AREA, COLUMNS };

static const char *const ours[COLUMNS] = {"from_m", "to_m", "area_ha"};

static enum geo_status add_columns(struct geo_ctx *ctx, struct geo_batch *batch,
                                   size_t column[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++)
        TRY(geo_batch_add_result(ctx, batch, ours[c], GEO_TYPE_REAL, &column[c]));
    return GEO_OK;
}

/* Progress of one disc among several. */
struct stage {
    const struct buffer_plan *plan;
    size_t k;
};

static void show(void *data, double share)
{
    const struct stage *stage = data;
    const struct buffer_plan *plan = stage->plan;
    plan->progress(plan->progress_data, ((double)stage->k + share) / (double)plan->n);
}

/* The discs of features [first, first + n), one a distance, into an empty batch. */
static enum geo_status draw_discs(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                  unsigned threads, const struct geo_batch *batch, size_t first,
                                  size_t n, struct geo_batch *discs)
{
    for (size_t k = 0; k < plan->n; k++) {
        struct stage stage = {plan, k};
        struct geo_buffer_options options = {.edges = plan->edges,
                                             .radius_m = plan->distance_m[k],
                                             .deviation_m = plan->deviation_m,
                                             .threads = threads,
                                             .progress = plan->progress ? show : NULL,
                                             .progress_data = &stage};
        TRY(geo_buffer(ctx, batch, first, n, &options, discs));
        TRY(geo_batch_end_feature(ctx, discs, GEO_SHAPE_MULTIPOLYGON, (int64_t)k));
    }
    return GEO_OK;
}

/* Appends to the open feature of out the disc of distance k, less the one before it for a ring. */
static enum geo_status append_ring(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                   const struct geo_batch *discs, size_t k, struct geo_batch *out)
{
    if (k > 0 && !plan->full)
        return geo_difference(ctx, discs, k, k - 1, geo_buffer_decimals(plan->deviation_m), out);
    for (size_t p = discs->part_start[k]; p < discs->part_start[k + 1]; p++)
        TRY(geo_batch_copy_part(ctx, out, discs, p));
    return GEO_OK;
}

/* Where a ring begins: what lies within polygons begins nowhere. */
static double inner_m(const struct buffer_plan *plan, size_t k)
{
    if (k > 0 && !plan->full)
        return plan->distance_m[k - 1];
    return plan->distance_m[k] > 0 ? 0 : (double)NAN;
}

static enum geo_status set_measures(struct geo_ctx *ctx, const struct buffer_plan *plan, size_t k,
                                    struct geo_batch *out, size_t row, const size_t column[COLUMNS])
{
    double area_m2;
    TRY(geo_area(ctx, out, row, plan->edges, &area_m2, NULL));
    geo_batch_set_real(out, column[FROM], row, inner_m(plan, k));
    geo_batch_set_real(out, column[TO], row, plan->distance_m[k]);
    geo_batch_set_real(out, column[AREA], row, area_m2 / 1e4);
    return GEO_OK;
}

static enum geo_status draw_dissolved(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                      const struct geo_batch *whole, struct geo_batch *discs,
                                      struct geo_batch *out)
{
    size_t column[COLUMNS];
    TRY(add_columns(ctx, out, column));
    TRY(draw_discs(ctx, plan, plan->threads, whole, 0, whole->n, discs));
    for (size_t k = 0; k < plan->n && whole->part_count > 0; k++) {
        TRY(append_ring(ctx, plan, discs, k, out));
        TRY(geo_batch_end_feature(ctx, out, GEO_SHAPE_MULTIPOLYGON, (int64_t)k));
        TRY(set_measures(ctx, plan, k, out, k, column));
    }
    return GEO_OK;
}

enum geo_status buffer_dissolved(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                 const struct geo_batch *whole, struct geo_batch **rings)
{
    struct geo_batch *discs = geo_batch_new(), *out = geo_batch_new();
    enum geo_status status =
        discs && out ? draw_dissolved(ctx, plan, whole, discs, out) : GEO_ENOMEM;
    geo_batch_free(discs);
    if (status == GEO_OK)
        *rings = out;
    else
        geo_batch_free(out);
    return status;
}

static enum geo_status gather(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct geo_batch *whole = self;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
            TRY(geo_batch_copy_part(ctx, whole, batch, p));
        TRY(geo_batch_end_feature(ctx, whole, batch->shape[i], batch->fid[i]));
    }
    return GEO_OK;
}

struct geo_consumer buffer_gatherer(struct geo_batch *whole)
{
    return (struct geo_consumer){.self = whole, .take = gather};
}

/* ---- --separate ---- */

/* The rows of a batch under way. */
struct drawing {
    const struct buffer_plan *plan;
    struct geo_batch *discs, *out;
    size_t column[COLUMNS];
};

static enum geo_status draw_feature(struct geo_ctx *ctx, void *drawing, struct geo_batch *batch,
                                    size_t i)
{
    const struct drawing *d = drawing;
    const struct buffer_plan *plan = d->plan;
    struct geo_batch *discs = d->discs, *out = d->out;
    bool is_gone = false;
    if (batch->part_start[i] == batch->part_start[i + 1]) /* no geometry: nothing to measure */
        return geo_batch_copy_feature(ctx, out, batch, i, true, GEO_SHAPE_NULL);
    geo_batch_clear(discs);
    TRY(draw_discs(ctx, plan, 1, batch, i, 1, discs));
    for (size_t k = 0; k < plan->n; k++) {
        size_t row = out->n;
        TRY(append_ring(ctx, plan, discs, k, out));
        TRY(geo_batch_copy_feature(ctx, out, batch, i, false, GEO_SHAPE_MULTIPOLYGON));
        TRY(set_measures(ctx, plan, k, out, row, d->column));
        is_gone = is_gone || out->part_start[row] == out->part_start[row + 1];
    }
    if (is_gone)
        return geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                              "nothing is left of it at one distance or more", NULL);
    return GEO_OK;
}

static enum geo_status draw_each(struct geo_ctx *ctx, void *drawing, struct geo_batch *batch,
                                 struct geo_batch *out)
{
    struct drawing *d = drawing;
    d->out = out;
    TRY(add_columns(ctx, out, d->column));
    return rows_measure(ctx, batch, NULL, "buffer cannot be drawn", draw_feature, d);
}

static enum geo_status apply(struct geo_ctx *ctx, void *plan, struct geo_batch *batch)
{
    struct drawing d = {.plan = plan, .discs = geo_batch_new()};
    enum geo_status status = d.discs ? rows_remake(ctx, batch, draw_each, &d) : GEO_ENOMEM;
    geo_batch_free(d.discs);
    return status;
}

struct geo_step buffer_step(const struct buffer_plan *plan)
{
    return (struct geo_step){.plan = plan, .apply = apply};
}
