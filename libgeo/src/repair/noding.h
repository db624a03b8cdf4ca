/* The edges of a feature's polygons, cut where they meet. */
#ifndef GEO_REPAIR_NODING_H
#define GEO_REPAIR_NODING_H

#include "repair/ring.h"

/* An edge of a ring, in the ring's direction. */
struct geo_edge {
    uint32_t from, to; /* positions */
    uint32_t ring;
};

/* A place where an edge is to be cut. */
struct geo_cut {
    double along; /* rises from the start of the edge to its end */
    uint32_t edge, position;
};

/* Positions may be equal. Zero at first. */
struct geo_noding {
    struct geo_lonlat *position;
    struct geo_edge *edge;
    struct geo_cut *cut;
    size_t positions, edges, cuts;
    size_t position_room, edge_room, cut_room;
    bool crosses;               /* edges cross each other: */
    struct geo_lonlat crossing; /* the first place where, in the order of the sweep */
};

/* Adds a clean ring. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_noding_add_ring(struct geo_ctx *ctx, struct geo_noding *noding,
                                    const struct geo_lonlat *vertex, size_t n, uint32_t ring);

/* Cuts edges at the vertices that lie on them, which changes nothing, and both of two edges that
 * cross. A vertex that misses the edge it crosses by no more than the rounding of coordinates lies
 * on it. Edges that have moved by that much may cross others: *cuts counts, and a second call finds
 * those. *intractable: edges lie so that too many pairs would have to be looked at. O(n log n)
 * for edges that are short. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_noding_cut(struct geo_ctx *ctx, struct geo_noding *noding, size_t *cuts,
                               bool *intractable);

void geo_noding_release(struct geo_noding *noding);

#endif
