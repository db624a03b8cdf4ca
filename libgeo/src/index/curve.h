/* The true curve of a piece: a geodesic, or a straight line in longitude and latitude.
 *
 * A piece of a geodesic is taken as the section of the ellipsoid by the plane through its segment
 * and the normal at the middle: within 30 nm of the geodesic at 2 km. */
#ifndef GEO_INDEX_CURVE_H
#define GEO_INDEX_CURVE_H

#include "index/piece.h"

/* A point on a curve. */
struct geo_foot {
    double t; /* along the piece, in [0, 1] */
    struct geo_xyz at;
};

/* The point at t. */
struct geo_xyz geo_curve_at(const struct geo_piece *piece, enum geo_edges edges, double t);

/* The same in longitude and latitude; exact at the ends. Longitude as the piece has it. */
struct geo_lonlat geo_curve_lonlat(const struct geo_piece *piece, enum geo_edges edges, double t);

/* Length of the curve from its start to t. */
double geo_curve_length(const struct geo_piece *piece, enum geo_edges edges, double t);

/* The point nearest to p. The ends are not compared with each other: where the curve bends away
 * from a far p, the nearest may be an end that this does not find. */
struct geo_foot geo_curve_foot(const struct geo_piece *piece, enum geo_edges edges,
                               struct geo_xyz p);

/* Whether two curves cross each other properly, and where on the first. Curves that merely touch
 * may be said to cross or not. */
bool geo_curve_cross(const struct geo_piece *piece, const struct geo_piece *other,
                     enum geo_edges edges, double *t);

/* On which side of a piece a position near it lies: > 0 left, seen along it from above. */
double geo_curve_side(const struct geo_piece *piece, enum geo_edges edges, struct geo_lonlat p,
                      struct geo_xyz at);

#endif
