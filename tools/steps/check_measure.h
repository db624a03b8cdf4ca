/* One rule and one feature: what the files that measure share. */
#ifndef STEPS_CHECK_MEASURE_H
#define STEPS_CHECK_MEASURE_H

#include "steps/check.h"

struct measure {
    struct check_worker *worker;
    const struct check_feature *feature;
    const struct rule *rule;
    const struct check_layer *layer;
    size_t at;       /* of the layer */
    double shifts_m; /* what the operations to WGS 84 add between the two */
};

/* How true the feature lies towards one of the layer that is known to other_m, metres. */
double check_accuracy(const struct measure *m, double other_m);

/* The k nearest features of the layer that lie within max_m, into the worker's `found`. */
enum geo_status check_nearest(struct geo_ctx *ctx, const struct measure *m, size_t k, double max_m,
                              size_t *found);

/* Land of the layer that lies in the feature, square metres or a share of it, as it is drawn and with
 * the shapes shifted either way. */
enum geo_status check_overlap(struct geo_ctx *ctx, const struct measure *m, struct range *range);

/* The share of the feature within the rule's distance, and the verdict by the distance that holds the
 * share that is asked for. */
enum geo_status check_share(struct geo_ctx *ctx, const struct measure *m, struct finding *finding);

#endif
