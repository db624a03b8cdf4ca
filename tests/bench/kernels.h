/* The contests of the kernels. Each prints rows (bench/contest.h). */
#ifndef BENCH_KERNELS_H
#define BENCH_KERNELS_H

#include <stddef.h>

#include "geo/ctx.h"

/** How much work, how often. */
struct bench_size {
    size_t features; /**< 100,000, or fewer where time is short */
    int rounds;
};

/** Areas and perimeters of rings of 10 and 100 vertices, against PROJ's geod_polygon_*. */
void bench_kernel_area(struct geo_ctx *ctx, struct bench_size size);

/** Nearest of as many segments as parcels, against GEOS in UTM zone 48. */
void bench_kernel_near(struct geo_ctx *ctx, struct bench_size size);

/** Nearest of the features of two files: one row, no peer. */
void bench_kernel_files(struct geo_ctx *ctx, const char *zones, const char *corridors, int rounds);

/** Writes the country of bench_kernel_near() with so many parcels, and five times as many segments
 *  a feature each, as GeoJSON lines. */
void bench_write_country(struct geo_ctx *ctx, struct bench_size size, const char *parcels,
                         const char *segments);

/** 18 buffers of lines of 10 to 500 km, against GEOS in UTM zone 48. */
void bench_kernel_buffer(struct geo_ctx *ctx, int rounds);

#endif
