/* The workloads' shapes as batches of libgeo. Failures end the program. */
#ifndef BENCH_BATCHES_H
#define BENCH_BATCHES_H

#include "bench/shapes.h"
#include "geo/batch.h"

struct geo_batch *bench_batch(void);

/** Appends a feature of one part with one ring: a polygon (closed) or a line. */
void bench_add(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_kind kind,
               const struct geo_lonlat *vertex, size_t n);

/** @return @p count rings of @p n vertices and 30 to 50 m radius all over Việt Nam. */
struct geo_batch *bench_parcels(struct geo_ctx *ctx, size_t count, size_t n, uint64_t seed);

/** A country of a hundred towns in 103-108°E, 9-23°N, where roads and parcels crowd. */
struct bench_country {
    struct geo_batch *parcels; /**< rings of 10 vertices and 20 to 120 m radius: nine of ten along
                                    their town's main street, in order, the rest anywhere */
    struct geo_batch *roads;   /**< lines of 50 segments that begin in towns */
};

/** @return a country of so many parcels and, in roads of 50, so many segments. */
struct bench_country bench_country(struct geo_ctx *ctx, size_t parcels, size_t segments,
                                   uint64_t seed);

void bench_country_free(struct bench_country *country);

#endif
