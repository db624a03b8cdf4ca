/* Buffers as features: rings or discs with from_m, to_m, area_ha. */
#ifndef STEPS_BUFFER_H
#define STEPS_BUFFER_H

#include "geo/geo.h"

struct buffer_plan {
    const double
        *distance_m; /* n, growing; negative ones lie within polygons, 0 is their outline */
    size_t n;
    double deviation_m;
    bool full; /* discs, not rings */
    enum geo_edges edges;
    unsigned threads; /* of a dissolved buffer, as in struct geo_stream_options */
    /* Called with the share that is done of a dissolved buffer; NULL for none. */
    void (*progress)(void *data, double share);
    void *progress_data;
};

/* One feature a distance round all features of a batch together, without parts where nothing is
 * left of the polygons. The caller frees the batch. */
enum geo_status buffer_dissolved(struct geo_ctx *ctx, const struct buffer_plan *plan,
                                 const struct geo_batch *whole, struct geo_batch **rings);

/* The consumer that gathers the shapes of all features into a batch, which is borrowed. */
struct geo_consumer buffer_gatherer(struct geo_batch *whole);

/* The step that turns each feature into its rings, attributes kept; the plan is borrowed. */
struct geo_step buffer_step(const struct buffer_plan *plan);

#endif
