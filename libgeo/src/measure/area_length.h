/* Lengths of rings and lines on the ellipsoid. */
#ifndef GEO_MEASURE_AREA_LENGTH_H
#define GEO_MEASURE_AREA_LENGTH_H

#include "measure/area_ring.h"

/* Length of the edges between n > 1 vertices, finite and with latitudes in [-90, 90]. Error of each
 * edge 1e-9 of it, or 10 nm. */
double geo_edges_length_m(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                          size_t n);

#endif
