#include "steps/rows.h"

#include <stdlib.h>

#include "steps/try.h"

bool rows_have_land(const struct geo_batch *batch, size_t i)
{
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
        if (batch->part_kind[p] == GEO_KIND_POLYGON)
            return true;
    return false;
}

static enum geo_status skip(struct geo_ctx *ctx, struct geo_batch *batch, size_t i,
                            const char *what)
{
    batch->dropped[i] = 1;
    return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i], what, "%s",
                          geo_ctx_message(ctx));
}

void rows_release(struct rows_order *order)
{
    free(order->row);
    *order = (struct rows_order){0};
}

static enum geo_status set_order(struct geo_ctx *ctx, const struct geo_batch *batch,
                                 struct rows_order *order)
{
    if (batch->n > order->room) {
        uint32_t *row = reallocarray(order->row, batch->n, sizeof *row);
        if (!row)
            return GEO_ENOMEM;
        order->row = row;
        order->room = batch->n;
    }
    return geo_place_order(ctx, batch, order->row);
}

enum geo_status rows_measure(struct geo_ctx *ctx, struct geo_batch *batch, struct rows_order *order,
                             const char *what,
                             enum geo_status (*measure)(struct geo_ctx *ctx, void *state,
                                                        struct geo_batch *batch, size_t i),
                             void *state)
{
    if (order)
        TRY(set_order(ctx, batch, order));
    for (size_t place = 0; place < batch->n; place++) {
        const size_t i = order ? order->row[place] : place;
        enum geo_status status = batch->dropped[i] ? GEO_OK : measure(ctx, state, batch, i);
        if (geo_status_scope(status) == GEO_SCOPE_FEATURE)
            status = skip(ctx, batch, i, what);
        TRY(status);
    }
    return GEO_OK;
}

enum geo_status rows_remake(struct geo_ctx *ctx, struct geo_batch *batch,
                            enum geo_status (*fill)(struct geo_ctx *ctx, void *state,
                                                    struct geo_batch *batch, struct geo_batch *out),
                            void *state)
{
    struct geo_batch *out = geo_batch_new();
    if (!out)
        return GEO_ENOMEM;
    enum geo_status status = geo_batch_copy_columns(ctx, out, batch);
    if (status == GEO_OK)
        status = fill(ctx, state, batch, out);
    if (status == GEO_OK)
        geo_batch_swap(batch, out);
    geo_batch_free(out);
    return status;
}
