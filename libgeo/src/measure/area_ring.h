/* The area of a ring on the ellipsoid, and an estimate of its error. */
#ifndef GEO_MEASURE_AREA_RING_H
#define GEO_MEASURE_AREA_RING_H

#include "measure/area_table.h"

/* The surface that rings lie on. */
struct geo_area_earth {
    const struct geo_area_table *table;
    const struct geod_geodesic *geod;
    enum geo_edges edges;
};

/* Area of the side of a ring that is not larger than the other; n > 1 vertices, the last one
 * closing it; finite, latitudes in [-90, 90]. Edges for which the cheaper terms may err by more than
 * budget_m2 each are measured by dearer ones; what the terms may err by in all is added to
 * *error_m2. */
double geo_area_ring_m2(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                        size_t n, double budget_m2, double *error_m2);

/* Signed area that a ring of edges straight in longitude and latitude winds round, positive
 * counter-clockwise, longitudes taken as they are. earth->edges says so. */
double geo_area_signed_m2(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                          size_t n, double budget_m2);

#endif
