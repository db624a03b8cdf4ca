/* The features of a layer that are drawn: all of them up to a number, then each 2nd, 4th, 8th, …, so
 * that memory does not grow with the layer and the choice is even. */
#ifndef DRAW_MAP_SAMPLE_H
#define DRAW_MAP_SAMPLE_H

#include "geo/geo.h"

enum { SAMPLE_MAX = 20000 };

struct sample {
    struct geo_batch *drawn; /* NULL before sample_begin() */
    size_t columns;          /* of drawn */
    size_t *source;          /* which columns of the batches they are */
    uint64_t seen, stride;   /* features; each stride-th is drawn */
    size_t vertices_max;     /* drawn are simplified when they have more */
};

/* Begins: the columns are n of the batch's, by index. GEO_OK, GEO_ENOMEM */
enum geo_status sample_begin(struct geo_ctx *ctx, struct sample *sample,
                             const struct geo_batch *batch, const size_t *column, size_t n);

/* Takes its share of a batch's features that are not dropped. GEO_OK, GEO_ENOMEM */
enum geo_status sample_take(struct geo_ctx *ctx, struct sample *sample,
                            const struct geo_batch *batch);

/* Keeps the first n columns of what is drawn. GEO_OK, GEO_ENOMEM */
enum geo_status sample_cut(struct geo_ctx *ctx, struct sample *sample, size_t n);

void sample_release(struct sample *sample);

#endif
