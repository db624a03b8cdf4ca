#include "draw/style.h"

#include <stdlib.h>

#include "draw/qml.h"
#include "steps/try.h"

enum geo_status style_begin(struct geo_ctx *ctx, struct style *style, struct geo_sink *sink)
{
    style->sink = sink;
    return looks_begin(ctx, &style->looks, NULL);
}

static enum geo_status take(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct style *style = self;
    TRY(looks_see(ctx, &style->looks, batch));
    return geo_sink_emit(ctx, style->sink, batch);
}

struct geo_consumer style_consumer(struct style *style)
{
    return (struct geo_consumer){.self = style, .take = take};
}

enum geo_status style_end(struct geo_ctx *ctx, struct style *style, bool is_vietnamese)
{
    TRY(looks_settle(ctx, &style->looks, -1));
    char *qml = qml_text(&style->looks, is_vietnamese);
    if (!qml)
        return GEO_ENOMEM;
    enum geo_status status = geo_sink_set_style(ctx, style->sink, qml);
    free(qml);
    return status;
}

void style_release(struct style *style)
{
    looks_release(&style->looks);
}
