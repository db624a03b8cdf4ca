/* Buffers as features: rings or discs with from_m, to_m, area_ha. */
#ifndef STEPS_BUFFER_H
#define STEPS_BUFFER_H

#include "geo/geo.h"

struct buffer_plan {
    const double *distance_m; /* n, growing */
    size_t n;
    double deviation_m;
    bool full; /* discs, not rings */
    enum geo_edges edges;
};

/* One feature a distance round all features of a batch together. The caller frees the batch. */
enum geo_status buffer_dissolved(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                 const struct geo_batch *whole, struct geo_batch **rings);

/* The consumer that gathers the shapes of all features into a batch, which is borrowed. */
struct geo_consumer buffer_gatherer(struct geo_batch *whole);

/* The step that turns each feature into its rings, attributes kept; the plan is borrowed. */
struct geo_step buffer_step(const struct buffer_plan *plan);

#endif
