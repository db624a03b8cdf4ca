#include "index/space.h"

#include <stdint.h>
#include <string.h>

#define RADIANS (3.14159265358979323846 / 180)

/* Kernels of fdlibm (k_sin.c, k_cos.c) for |x| <= pi/4. */
static inline double sine_kernel(double x)
{
    double z = x * x;
    double r = 8.33333333332248946124e-03 +
               z * (-1.98412698298579493134e-04 +
                    z * (2.75573137070700676789e-06 +
                         z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
    return x + x * z * (-1.66666666666666324348e-01 + z * r);
}

static inline double cosine_kernel(double x)
{
    double z = x * x;
    double r = 4.16666666666666019037e-02 +
               z * (-1.38888888888741095749e-03 +
                    z * (2.48015872894767294178e-05 +
                         z * (-2.75573143513906633035e-07 +
                              z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11))));
    return 1 - (0.5 * z - z * z * r);
}

static inline void sincos_deg(double deg, double *sine, double *cosine)
{
    /* Adding 1.5 * 2^52 rounds to an integer, whose low bits then are those of the double. */
    const double shift = 0x1.8p52;
    double shifted = deg * (1.0 / 90) + shift;
    double x = (deg - 90 * (shifted - shift)) * RADIANS;
    uint64_t quarter;
    memcpy(&quarter, &shifted, sizeof quarter);
    double s = sine_kernel(x), c = cosine_kernel(x);
    double u = quarter & 1 ? c : s, v = quarter & 1 ? s : c;
    *sine = quarter & 2 ? -u : u;
    *cosine = (quarter + 1) & 2 ? -v : v;
}

void geo_sincos_deg(double deg, double *sine, double *cosine)
{
    sincos_deg(deg, sine, cosine);
}

void geo_space_place(const struct geo_lonlat *vertex, size_t n, struct geo_xyz *at)
{
    for (size_t i = 0; i < n; i++) {
        double sin_lat, cos_lat, sin_lon, cos_lon;
        double lon = geo_lon_tame(vertex[i].lon);
        sincos_deg(vertex[i].lat, &sin_lat, &cos_lat);
        sincos_deg(lon, &sin_lon, &cos_lon);
        double normal = GEO_EARTH_A_M / sqrt(1 - GEO_EARTH_E2 * sin_lat * sin_lat);
        at[i].x = normal * cos_lat * cos_lon;
        at[i].y = normal * cos_lat * sin_lon;
        at[i].z = normal * (1 - GEO_EARTH_E2) * sin_lat;
    }
}

struct geo_frame geo_frame_at(struct geo_xyz origin)
{
    struct geo_lonlat p = geo_space_lonlat(origin);
    double sin_lon, cos_lon, sin_lat, cos_lat;
    sincos_deg(p.lon, &sin_lon, &cos_lon);
    sincos_deg(p.lat, &sin_lat, &cos_lat);
    return (struct geo_frame){origin,
                              {-sin_lon, cos_lon, 0},
                              {-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat},
                              {cos_lat * cos_lon, cos_lat * sin_lon, sin_lat}};
}

struct geo_lonlat geo_space_lonlat(struct geo_xyz at)
{
    double axis = sqrt(at.x * at.x + at.y * at.y);
    return (struct geo_lonlat){atan2(at.y, at.x) / RADIANS,
                               atan2(at.z, axis * (1 - GEO_EARTH_E2)) / RADIANS};
}

double geo_space_length(struct geo_xyz p, struct geo_xyz q)
{
    struct geo_xyz d = geo_xyz_minus(q, p), middle = geo_xyz_plus(p, 0.5, d);
    double chord2 = geo_xyz_dot(d, d);
    if (chord2 == 0)
        return 0;
    struct geo_xyz normal = geo_xyz_form(middle);
    double curvature = geo_xyz_dot(d, geo_xyz_form(d)) / chord2 *
                       sqrt(geo_xyz_dot(middle, normal) / geo_xyz_dot(normal, normal));
    double chord = sqrt(chord2), x = 0.5 * curvature * chord;
    if (x >= 0.02)
        return 2 / curvature * asin(geo_min(x, 1));
    double z = x * x;
    return chord * (1 + z * (1. / 6 + z * (3. / 40 + z * (15. / 336 + z * (105. / 3456)))));
}

double geo_space_azimuth(struct geo_xyz p, struct geo_xyz q)
{
    const double second_e2 = GEO_EARTH_E2 / (1 - GEO_EARTH_E2);
    struct geo_xyz d = geo_xyz_minus(q, p), normal = geo_xyz_form(p);
    double size2 = geo_xyz_dot(normal, normal), axis2 = p.x * p.x + p.y * p.y;
    /* East and north parts of d, both times the distance of p from the axis. */
    double east = p.x * d.y - p.y * d.x;
    double north =
        (axis2 / (GEO_EARTH_A_M * GEO_EARTH_A_M) * d.z - normal.z * (p.x * d.x + p.y * d.y)) /
        sqrt(size2);
    /* What the geodesic turns away from the section, to the second order of the distance (in radii
     * of curvature across the meridian, a^2 |normal|); the factor 1 + eta^2 makes it fit Karney's
     * inverse to 0.4 %. */
    double cos2 = (normal.x * normal.x + normal.y * normal.y) / size2, eta2 = second_e2 * cos2;
    double radius = GEO_EARTH_A_M * GEO_EARTH_A_M;
    double distance2 = geo_xyz_dot(d, d) / (radius * radius * size2);
    double sin_twice = 2 * east * north / (east * east + north * north);
    return (atan2(east, north) - eta2 * (1 + eta2) * distance2 * sin_twice / 12) / RADIANS;
}
