/* The features of a layer that are drawn: all of them up to a number, else those whose numbers hash
 * lowest. Memory does not grow with the layer, and no order of its features shows in the choice. */
#ifndef DRAW_MAP_SAMPLE_H
#define DRAW_MAP_SAMPLE_H

#include "geo/geo.h"

enum { SAMPLE_MAX = 20000 };

struct sample {
    struct geo_batch *drawn; /* NULL before sample_begin() */
    uint64_t *hash;          /* of each of them */
    size_t columns;          /* of drawn */
    size_t *source;          /* which columns of the batches they are */
    uint64_t seen, limit;    /* features; those that hash higher are not drawn */
    size_t vertices_max;     /* drawn are simplified when they have more */
    enum geo_edges edges;    /* as which they are drawn */
};

/* Begins: the columns are n of the batch's, by index. Edges get vertices in between as edges_copy()
 * says. GEO_OK, GEO_ENOMEM */
enum geo_status sample_begin(struct geo_ctx *ctx, struct sample *sample,
                             const struct geo_batch *batch, const size_t *column, size_t n,
                             enum geo_edges edges);

/* Takes its share, and a little more, of a batch's features that are not dropped. GEO_OK, GEO_ENOMEM */
enum geo_status sample_take(struct geo_ctx *ctx, struct sample *sample,
                            const struct geo_batch *batch);

/* After the last batch: keeps SAMPLE_MAX features, fewer if there are not as many, in their order,
 * and the first n columns. GEO_OK, GEO_ENOMEM */
enum geo_status sample_end(struct geo_ctx *ctx, struct sample *sample, size_t n);

void sample_release(struct sample *sample);

#endif
