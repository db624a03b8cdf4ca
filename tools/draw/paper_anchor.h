/* The spot that a feature's label belongs to. */
#ifndef DRAW_PAPER_ANCHOR_H
#define DRAW_PAPER_ANCHOR_H

#include "draw/paper_path.h"

struct anchor {
    struct spot spot; /* within the feature's largest part */
    struct area box;  /* of that part; a point's has the size of a marker */
};

/* @return the size of the largest part, square points (0 for points); -1 if it is nowhere */
double anchor_find(struct tracer *tracer, const struct geo_batch *batch, size_t feature,
                   struct anchor *anchor);

/* Leaves the longest line of a feature in tracer->line. @return its length */
double anchor_longest_line(struct tracer *tracer, const struct geo_batch *batch, size_t feature);

#endif
