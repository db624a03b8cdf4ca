/* Batches written down in tests. */
#ifndef TESTS_SHAPES_H
#define TESTS_SHAPES_H

#include <stdlib.h>
#include <string.h>

#include "geo/batch.h"
#include "near.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a test of measures works in: a context, a batch to measure, one for results. */
struct room {
    struct geo_ctx *ctx;
    struct geo_batch *in, *out;
};

static inline int open_room(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    if (!room)
        return -1;
    room->ctx = geo_ctx_new();
    room->in = geo_batch_new();
    room->out = geo_batch_new();
    *state = room;
    return room->ctx && room->in && room->out ? 0 : -1;
}

static inline int close_room(void **state)
{
    struct room *room = *state;
    geo_batch_free(room->in);
    geo_batch_free(room->out);
    geo_ctx_free(room->ctx);
    free(room);
    return 0;
}

static inline void shape_ring(struct geo_ctx *ctx, struct geo_batch *batch,
                              const struct geo_lonlat *vertex, size_t n)
{
    struct geo_lonlat *to;

    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n, &to));
    memcpy(to, vertex, n * sizeof *vertex);
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
}

static inline void shape_part(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_kind kind)
{
    assert_ok(ctx, geo_batch_end_part(ctx, batch, kind));
}

static inline void shape_feature(struct geo_ctx *ctx, struct geo_batch *batch)
{
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_COLLECTION, (int64_t)batch->n));
}

/* A feature of one part of one ring. */
static inline void shape_simple(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_kind kind,
                                const struct geo_lonlat *vertex, size_t n)
{
    shape_ring(ctx, batch, vertex, n);
    shape_part(ctx, batch, kind);
    shape_feature(ctx, batch);
}

#endif
