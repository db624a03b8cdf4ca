/* A layer that rules measure to, with the accuracy of each of its features. */
#ifndef STEPS_CHECK_LAYER_H
#define STEPS_CHECK_LAYER_H

#include "steps/accuracy.h"

struct check_layer {
    const char *path; /* NULL: the corridors */
    struct geo_batch *shapes;
    struct geo_index *index;
    struct datum datum;
    double *accuracy_m;     /* of each feature; INFINITY: not known */
    double least_m, most_m; /* of those known; 0 if there are none */
    size_t unknown;         /* features whose accuracy is not known */
    /* For overlaps, NULL unless asked for: its polygons alone, and the outlines of the land that
     * they cover together, as lines. */
    struct geo_batch *land, *rims;
    struct geo_index *land_index, *rim_index;
};

/* Loads and indexes a layer. check_layer_release() frees it, on failure too. */
bool check_layer_load(struct job *job, const struct corridor_options *from,
                      const struct accuracy_options *accuracy, struct check_layer *layer);

/* Makes land and outlines. */
bool check_layer_outline(struct job *job, struct check_layer *layer);

void check_layer_release(struct check_layer *layer);

#endif
