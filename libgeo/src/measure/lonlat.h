/* Edges straight in longitude and latitude (RFC 7946) on WGS 84. Degrees in, metres out. */
#ifndef GEO_MEASURE_LONLAT_H
#define GEO_MEASURE_LONLAT_H

#include "geo/batch.h"

/* Signed area between the edge from a to b and the parallel lat0_deg, counted along the edge from
 * west to east and negative below the parallel. Relative error 1e-14. */
double geo_lonlat_area_m2(struct geo_lonlat a, struct geo_lonlat b, double lat0_deg);

/* Signed area between two parallels over one radian of longitude. */
double geo_lonlat_zone_m2(double lat_deg, double lat0_deg);

/* Length of the edge from a to b. Relative error 1e-12, or 1 nm. */
double geo_lonlat_length_m(struct geo_lonlat a, struct geo_lonlat b);

#endif
