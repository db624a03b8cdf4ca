/* The steps and consumers that every tool shares. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "geo/repair.h"
#include "geo/stream.h"

static enum geo_status to_wgs84(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    (void)state;
    return geo_batch_to_wgs84(ctx, batch);
}

struct geo_step geo_step_to_wgs84(void)
{
    return (struct geo_step){.apply = to_wgs84};
}

static enum geo_status repair(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    (void)state;
    return geo_batch_repair(ctx, batch);
}

struct geo_step geo_step_repair(void)
{
    return (struct geo_step){.apply = repair};
}

static enum geo_status encode(struct geo_ctx *ctx, void *sink, struct geo_batch *batch)
{
    return geo_sink_encode(ctx, sink, batch);
}

struct geo_step geo_step_encode(const struct geo_sink *sink)
{
    return (struct geo_step){.plan = sink, .apply = encode};
}

static enum geo_status emit(struct geo_ctx *ctx, void *sink, struct geo_batch *batch)
{
    return geo_sink_emit(ctx, sink, batch);
}

struct geo_consumer geo_sink_consumer(struct geo_sink *sink)
{
    return (struct geo_consumer){.self = sink, .take = emit};
}

/* ---- a whole source as one batch ---- */

/* Columns of a later input or batch that the first one had not. */
static enum geo_status meet_columns(struct geo_ctx *ctx, struct geo_batch *whole,
                                    const struct geo_batch *batch)
{
    for (size_t c = whole->column_count; c < batch->column_count; c++) {
        const struct geo_column *column = &batch->column[c];
        GEO_TRY(geo_batch_add_column(ctx, whole, column->name, column->type, NULL));
    }
    for (size_t c = 0; c < batch->column_count; c++)
        whole->column[c].type = geo_type_widen(whole->column[c].type, batch->column[c].type);
    return GEO_OK;
}

static enum geo_status gather(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct geo_batch *whole = self;
    GEO_TRY(meet_columns(ctx, whole, batch));
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i])
            GEO_TRY(geo_batch_copy_feature(ctx, whole, batch, i, true, GEO_SHAPE_NULL));
    return GEO_OK;
}

enum geo_status geo_stream_collect(struct geo_ctx *ctx, struct geo_source *source,
                                   const struct geo_stream_options *options,
                                   struct geo_batch **batch, struct geo_report *report)
{
    struct geo_step step[] = {geo_step_to_wgs84(), geo_step_repair()};
    *report = (struct geo_report){0};
    struct geo_batch *whole = geo_batch_new();
    if (!whole)
        return geo_no_memory(ctx);
    struct geo_consumer consumer = {.self = whole, .take = gather};
    enum geo_status status =
        geo_stream_run(ctx, source, step, sizeof step / sizeof *step, &consumer, options, report);
    if (status != GEO_OK)
        geo_batch_free(whole);
    else
        *batch = whole;
    return status;
}
