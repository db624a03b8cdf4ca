/* The shapes of the workloads, in degrees; one degree of latitude is taken as 111,320 m. */
#ifndef BENCH_SHAPES_H
#define BENCH_SHAPES_H

#include <stddef.h>

#include "bench/random.h"
#include "geo/batch.h"

#define BENCH_DEGREE_M 111320.0

/** How a star-shaped ring looks. */
struct bench_star {
    struct geo_lonlat centre;
    size_t n;        /**< vertices, not closed */
    double radius_m; /**< the longest */
    double least;    /**< the shortest radius as a part of the longest, (0, 1] */
    double jitter;   /**< how far a vertex may lie ahead of its place, in parts of a step, [0, 1) */
};

/** Draws a ring, counter-clockwise and closed.
 *  @param[out] ring  n + 1 vertices
 *  @return the mean radius, metres */
double bench_star_ring(struct bench_random *random, const struct bench_star *star,
                       struct geo_lonlat *ring);

/** Draws a road of @p n vertices from @p start on, any way: steps of 50 to 350 m, turns of up to
 *  0.2 radians. */
void bench_road(struct bench_random *random, struct geo_lonlat start, size_t n,
                struct geo_lonlat *line);

/** Draws a corridor of @p n vertices from @p start on: steps of @p step_m that keep within 0.7
 *  radians of @p heading (radians, clockwise from north). */
void bench_corridor(struct bench_random *random, struct geo_lonlat start, double heading,
                    double step_m, size_t n, struct geo_lonlat *line);

#endif
