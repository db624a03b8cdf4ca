/* The area under an edge that is too long for the polynomials of a row. */
#ifndef GEO_MEASURE_AREA_EDGE_H
#define GEO_MEASURE_AREA_EDGE_H

#include "measure/area_ring.h"

/* The parallel that areas are measured from. */
struct geo_parallel {
    double lat_deg, sine, cosine;
};

struct geo_parallel geo_parallel(double lat_deg);

/* A vertex over that parallel. */
struct geo_authalic {
    double lat_deg;
    double rise;    /* the sine of its latitude less that of the parallel */
    double zone_m2; /* between both, a radian of longitude */
};

struct geo_authalic geo_authalic(struct geo_parallel ref, double lat_deg);

/* Signed area between the parallel and the geodesic from a to b, which is dlon_deg east of a, by the
 * fifth-order term; error_m2 is its estimate. */
double geo_fifth_order_area_m2(struct geo_parallel ref, const struct geo_authalic *a,
                               const struct geo_authalic *b, double dlon_deg, double *error_m2);

/* The same for edges that term is too coarse for: within 3e-6 m² up to 100 km below 80° of latitude,
 * 5e-5 m² up to 0.15 of the parallel's radius; beyond, by Karney's inverse, which rounds to 1e-4 m²
 * at the equator and 1e-2 m² at 80°. */
double geo_long_edge_area_m2(const struct geo_area_earth *earth, struct geo_parallel ref,
                             const struct geo_authalic *a, const struct geo_authalic *b,
                             double dlon_deg);

#endif
