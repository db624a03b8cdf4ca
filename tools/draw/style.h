/* The style of QGIS for what a run writes: made while the features pass by. */
#ifndef DRAW_STYLE_H
#define DRAW_STYLE_H

#include "draw/looks.h"

struct style {
    struct looks looks;
    struct geo_sink *sink;
};

/* Begins, for a sink opened with `style`; zero is no style. GEO_OK, GEO_ENOMEM */
enum geo_status style_begin(struct geo_ctx *ctx, struct style *style, struct geo_sink *sink);

/* The consumer that sees each batch and writes it to the sink. */
struct geo_consumer style_consumer(struct style *style);

/* After the last batch: gives the sink its style. GEO_OK, GEO_ENOMEM */
enum geo_status style_end(struct geo_ctx *ctx, struct style *style, bool is_vietnamese);

/* Frees all; zero is allowed. */
void style_release(struct style *style);

#endif
