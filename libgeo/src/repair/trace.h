/* The polygons that an arrangement's borders bound. */
#ifndef GEO_REPAIR_TRACE_H
#define GEO_REPAIR_TRACE_H

#include "repair/arrangement.h"

/* A ring that passes through no node twice. */
struct geo_loop {
    uint32_t first, n; /* its borders in `walk`, from its lowest node */
    uint32_t cycle;    /* the round of borders it belongs to */
    uint32_t ring;     /* the input's ring if all its borders are of one, else UINT32_MAX */
    uint32_t lowest;   /* the first ring that any of its borders is of */
    bool is_exterior;
};

/* Zero at first. */
struct geo_trace {
    uint32_t *walk;
    struct geo_loop *loop; /* each exterior with its holes behind it */
    size_t loops, exteriors;
    size_t walked, loop_room;
};

/* Traces the polygons: OGC's, with rings that touch in single points and connected insides, and as
 * few as can be. Exteriors come in the order of the input's rings. *traced: false if they do not
 * fit together, which cannot be unless the arrangement is wrong. O(n log n). GEO_OK, GEO_ENOMEM. */
enum geo_status geo_trace_polygons(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                   struct geo_trace *trace, bool *traced);

/* Appends the polygons as parts to the open feature of a batch. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_trace_append(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                 const struct geo_trace *trace, struct geo_batch *batch);

void geo_trace_release(struct geo_trace *trace);

#endif
