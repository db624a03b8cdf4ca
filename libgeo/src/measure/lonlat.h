/* Edges straight in longitude and latitude (RFC 7946) on WGS 84. Degrees in, metres out. */
#ifndef GEO_MEASURE_LONLAT_H
#define GEO_MEASURE_LONLAT_H

#include "geo/batch.h"

/* Signed area between the edge from a to b and the parallel lat0_deg, counted along the edge from
 * west to east and negative below the parallel. Relative error 1e-14. */
double geo_lonlat_area_m2(struct geo_lonlat a, struct geo_lonlat b, double lat0_deg);

/* Signed area between two parallels over one radian of longitude. */
double geo_lonlat_zone_m2(double lat_deg, double lat0_deg);

/* The sine of an angle. That of the C library depends on the CPU in its last bit; that of long
 * doubles, which all of lonlat.c takes, does not. */
double geo_lonlat_sine(double deg);

/* The sine of a latitude less that of another, without cancellation, and the same area by it: from
 * the parallel of sine0 to that of sine0 + rise. */
double geo_lonlat_rise(double lat_deg, double lat0_deg);
double geo_lonlat_rise_m2(double sine0, double rise);

/* Gauss-Legendre on [0, 1]. */
#define GEO_GAUSS_NODES 6
extern const double geo_gauss_node[GEO_GAUSS_NODES], geo_gauss_weight[GEO_GAUSS_NODES];

/* Length of the edge from a to b. Relative error 1e-12, or 1 nm. */
double geo_lonlat_length_m(struct geo_lonlat a, struct geo_lonlat b);

#endif
