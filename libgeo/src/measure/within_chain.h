/* Rings in a plane, cut by straight lines.
 *
 *  A ring counts for the land that it winds round, with its sign: a hole is a ring that runs
 *  clockwise. All that is asked of rings is the area of parts of them, so that a cut needs no
 *  topology: of a concave ring it may leave a ring that runs along the cut and back. */
#ifndef GEO_MEASURE_WITHIN_CHAIN_H
#define GEO_MEASURE_WITHIN_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/ctx.h"

struct within_spot {
    double x, y;
};

/* spot[first, first + n), the last one not repeating the first. */
struct within_ring {
    size_t first, n;
};

/* Zero is empty. */
struct within_chain {
    struct within_spot *spot;
    size_t spot_n, spot_room;
    struct within_ring *ring;
    size_t ring_n, ring_room;
};

/* Inside: x * px + y * py <= c. */
struct within_line {
    double x, y, c;
};

struct within_box {
    double x_lo, x_hi, y_lo, y_hi;
};

static inline void within_chain_clear(struct within_chain *chain)
{
    chain->spot_n = chain->ring_n = 0;
}

void within_chain_release(struct within_chain *chain);

/* Appends n spots to the open ring. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_chain_add(struct geo_ctx *ctx, struct within_chain *chain,
                                              const struct within_spot *spot, size_t n);

/* Ends the open ring; one of less than three spots is dropped. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_chain_end(struct geo_ctx *ctx, struct within_chain *chain);

/* Appends a copy of a ring. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_chain_copy(struct geo_ctx *ctx, struct within_chain *chain,
                                               const struct within_chain *from, size_t ring);

/* Appends what of a ring lies inside a line to one chain, what lies outside to another; neither is
 * `from`; NULL: not wanted. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_chain_cut(struct geo_ctx *ctx, const struct within_chain *from,
                                              size_t ring, struct within_line line,
                                              struct within_chain *inside,
                                              struct within_chain *outside);

/* Whether all of a ring lies inside a line. */
bool within_ring_is_inside(const struct within_chain *chain, size_t ring, struct within_line line);

/* Signed areas of a ring, of all rings. */
double within_ring_area(const struct within_chain *chain, size_t ring);
double within_chain_area(const struct within_chain *chain);

/* The box of a ring of at least one spot, of all rings of at least one. */
struct within_box within_ring_box(const struct within_chain *chain, size_t ring);
struct within_box within_chain_box(const struct within_chain *chain);

#endif
