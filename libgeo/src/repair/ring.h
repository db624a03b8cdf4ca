/* One ring or line: what it is like, and how it is put right. */
#ifndef GEO_REPAIR_RING_H
#define GEO_REPAIR_RING_H

#include <geodesic.h>
#include <stdbool.h>

#include "geo/batch.h"

/* What a ring of n vertices is like. */
struct geo_ring_look {
    double west, south, east, north; /* its box */
    size_t lowest;                   /* the first of its vertices in the order of the sweep */
    bool sound;                      /* every value is finite and every latitude in [-90, 90] */
    bool repeats;                    /* two neighbours are the same position */
    bool jumps;                      /* two neighbours are more than 180° of longitude apart */
    bool closed;                     /* the last vertex repeats the first */
    bool round;                      /* the last vertex is the first after turns round a pole */
    bool at_pole;                    /* a vertex is a pole */
};

/* n >= 1. */
void geo_ring_look(const struct geo_lonlat *vertex, size_t n, struct geo_ring_look *look);

/* Makes neighbours differ by at most 180° of longitude, starting from the first vertex. An edge
 * along a pole keeps its longitudes: it has no length, whatever they are. */
void geo_ring_unroll(struct geo_lonlat *vertex, size_t n);

/* How many vertices geo_ring_clean() may add. */
enum { GEO_RING_MORE = 2 };

/* Closes an unrolled ring of n >= 1 vertices and drops repeated ones; a ring round a pole that
 * passes through the pole is closed along it. vertex has room for n + GEO_RING_MORE. Returns how
 * many vertices are left: fewer than 4 for a collapsed ring. */
size_t geo_ring_clean(struct geo_lonlat *vertex, size_t n);

/* Drops repeated neighbours of a line; returns how many vertices are left. */
size_t geo_line_clean(struct geo_lonlat *vertex, size_t n);

/* Moves a ring by whole turns. */
void geo_ring_turn(struct geo_lonlat *vertex, size_t n, double turns, struct geo_ring_look *look);

/* Makes a closed ring run counter-clockwise round the smaller part of the ellipsoid, or clockwise.
 */
void geo_ring_orient(const struct geod_geodesic *earth, struct geo_lonlat *vertex, size_t n,
                     const struct geo_ring_look *look, bool counter_clockwise);

/* Geodesic area of a closed ring, negative if the smaller part of the ellipsoid is on its right. */
double geo_ring_area_m2(const struct geod_geodesic *earth, const struct geo_lonlat *vertex,
                        size_t n);

#endif
