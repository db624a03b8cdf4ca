/* The ellipsoid in Earth-centred space. Metres; x leaves through (0, 0), y through (90, 0), z
 * through the north pole. A double holds such a coordinate to 1 nm. */
#ifndef GEO_INDEX_SPACE_H
#define GEO_INDEX_SPACE_H

#include <math.h>
#include <stddef.h>

#include "base/handles.h"
#include "geo/batch.h"

/* Semi-minor axis, first eccentricity squared. */
#define GEO_EARTH_B_M (GEO_EARTH_A_M * (1 - GEO_EARTH_F))
#define GEO_EARTH_E2 (GEO_EARTH_F * (2 - GEO_EARTH_F))

/* Shapes closer than this meet: what rounding of coordinates between tools costs. */
#define GEO_MEET_M 1e-7

struct geo_xyz {
    double x, y, z;
};

/* As fmin() and fmax() without their care for NaN, which costs a call. */
static inline double geo_min(double a, double b)
{
    return a < b ? a : b;
}

static inline double geo_max(double a, double b)
{
    return a > b ? a : b;
}

static inline struct geo_xyz geo_xyz_plus(struct geo_xyz a, double t, struct geo_xyz d)
{
    return (struct geo_xyz){a.x + t * d.x, a.y + t * d.y, a.z + t * d.z};
}

static inline struct geo_xyz geo_xyz_minus(struct geo_xyz a, struct geo_xyz b)
{
    return (struct geo_xyz){a.x - b.x, a.y - b.y, a.z - b.z};
}

static inline double geo_xyz_dot(struct geo_xyz a, struct geo_xyz b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline struct geo_xyz geo_xyz_cross(struct geo_xyz a, struct geo_xyz b)
{
    return (struct geo_xyz){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static inline double geo_xyz_distance2(struct geo_xyz a, struct geo_xyz b)
{
    struct geo_xyz d = geo_xyz_minus(a, b);
    return geo_xyz_dot(d, d);
}

/* A frame for boxes: about an origin, its third axis up. Boxes along it are flat where the Earth
 * is, and floats near the origin are fine. */
struct geo_frame {
    struct geo_xyz origin, east, north, up;
};

struct geo_frame geo_frame_at(struct geo_xyz origin);

static inline struct geo_xyz geo_frame_turn(const struct geo_frame *frame, struct geo_xyz d)
{
    return (struct geo_xyz){geo_xyz_dot(d, frame->east), geo_xyz_dot(d, frame->north),
                            geo_xyz_dot(d, frame->up)};
}

/* The ellipsoid is a . geo_xyz_form(a) = 1; the form is also half the gradient there: the direction
 * of the outward normal. */
static inline struct geo_xyz geo_xyz_form(struct geo_xyz a)
{
    const double ia2 = 1 / (GEO_EARTH_A_M * GEO_EARTH_A_M),
                 ib2 = 1 / (GEO_EARTH_B_M * GEO_EARTH_B_M);
    return (struct geo_xyz){a.x * ia2, a.y * ia2, a.z * ib2};
}

/* A difference of longitudes, the shorter way round; ±180 keeps its sign. */
static inline double geo_lon_wrap(double lon)
{
    return fabs(lon) <= 180 ? lon : remainder(lon, 360);
}

/* The same longitude, near enough to the others that nothing is lost in counting turns. */
static inline double geo_lon_tame(double lon)
{
    return fabs(lon) <= 720 ? lon : remainder(lon, 360);
}

/* The same longitude in [-180, 180). */
static inline double geo_lon_home(double lon)
{
    double home = geo_lon_wrap(lon);
    return home >= 180 ? home - 360 : home;
}

/* Sine and cosine of an angle in degrees, to 1 ulp, exact at multiples of 90; |deg| <= 1e9. */
void geo_sincos_deg(double deg, double *sine, double *cosine);

/* Positions on the surface of n vertices (latitudes in [-90, 90], longitudes finite). */
void geo_space_place(const struct geo_lonlat *vertex, size_t n, struct geo_xyz *at);

/* Longitude in [-180, 180] and latitude of a position on the surface. */
struct geo_lonlat geo_space_lonlat(struct geo_xyz at);

/* Length of the geodesic between two positions on the surface, from their chord and the curvature
 * of the surface along it. Against Karney's inverse: 4 nm up to 20 km, 10 nm up to 50 km, growing
 * with the fifth power from there (0.3 µm at 100 km, 0.8 mm at 500 km). */
double geo_space_length(struct geo_xyz p, struct geo_xyz q);

/* Azimuth at p of the geodesic to q, degrees in [-180, 180]: that of the section through p's normal
 * and q, less what the geodesic turns away from it. Off a pole, against Karney's inverse: 1e-9
 * degrees from 500 m to 12 km; nearer, the rounding of the positions is felt, 2 nm across. */
double geo_space_azimuth(struct geo_xyz p, struct geo_xyz q);

#endif
