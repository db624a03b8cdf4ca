/* The course of a line or ring as geodesic legs, and how far a geodesic lies from the line that is
 * straight in longitude and latitude. Degrees and metres. */
#ifndef GEO_MEASURE_COURSE_H
#define GEO_MEASURE_COURSE_H

#include "base/handles.h"
#include "geo/batch.h"

/* Smallest radius of curvature of WGS 84: north-south, on the equator. */
#define GEO_EARTH_MIN_RADIUS_M (GEO_EARTH_A_M * (1 - GEO_EARTH_F) * (1 - GEO_EARTH_F))

/* Longest and shortest degree of a great circle on WGS 84. */
#define GEO_DEGREE_MAX_M 111694.0
#define GEO_DEGREE_MIN_M 110574.0

/* Geodesic curvature, per metre, of lines straight in longitude and latitude, at most, up to a
 * latitude of either sign. On a sphere it is sin(azi) (1 + cos²(azi)) tan(lat) / R, whose maximum
 * is 1.0887 tan(lat) / R; 1.1 and the smallest radius cover the ellipsoid. A curve of curvature k
 * and length L lies within k L² / 8 of the geodesic between its ends. */
double geo_lonlat_curvature(double lat_deg);

/* Highest absolute latitude on the geodesic between two points. */
double geo_geodesic_top_deg(const struct geod_geodesic *earth, struct geo_lonlat a,
                            struct geo_lonlat b);

/* A geodesic from a to b. Longitudes are continuous: b lies within 180° of a. */
struct geo_leg {
    struct geo_lonlat a, b;
    double azi_a_deg, azi_b_deg; /* forward, at either end */
    double length_m;
};

/* The legs of one line or ring; those shorter than 1 µm are left out. Zero is empty. */
struct geo_course {
    size_t n, room;
    struct geo_leg *leg;
    bool closed;
};

/* Appends the legs of n vertices: each geodesic edge is one; an edge straight in longitude and
 * latitude is cut into legs of at most longest_m. shift_deg is added to longitudes.
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_course_add(struct geo_ctx *ctx, struct geo_course *course,
                               const struct geo_lonlat *vertex, size_t n, enum geo_edges edges,
                               double longest_m, double shift_deg);
void geo_course_release(struct geo_course *course);

#endif
