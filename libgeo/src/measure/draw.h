/* What lies within a radius of sections of a buffer's input. */
#ifndef GEO_MEASURE_DRAW_H
#define GEO_MEASURE_DRAW_H

#include "measure/capsule.h"
#include "measure/mosaic.h"
#include "measure/section.h"

struct geo_drawing {
    const struct geo_batch *batch;
    enum geo_edges edges;
    struct geo_capsule_plan plan; /* for courses */
    double gap_m;                 /* of geo_surface(), for land */
    struct geo_sections sections; /* in order */
};

/* Draws leaf k of the sections of a struct geo_drawing into an empty mosaic: a leaf of a crew.
 * GEO_OK, GEO_ENOMEM, GEO_EDEFECT. */
enum geo_status geo_draw_leaf(struct geo_ctx *ctx, const void *drawing, size_t leaf,
                              struct geo_mosaic *mosaic);

#endif
