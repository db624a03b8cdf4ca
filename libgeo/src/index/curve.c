#include "index/curve.h"

#define RADIANS (3.14159265358979323846 / 180)

/* Steps of Newton's method; two are usual. */
#define STEPS 20
/* Where a step along the curve is smaller than this, the foot is found. */
#define STEP_M 1e-9

/* A point of a curve with its first and second derivative, the parameter running from 0 to 1. */
struct motion {
    struct geo_xyz at, tangent, bend;
};

static struct motion move_geodesic(const struct geo_piece *piece, double t)
{
    struct geo_xyz up = geo_xyz_form(geo_xyz_plus(piece->a, 0.5, piece->d));
    struct geo_xyz on = geo_xyz_plus(piece->a, t, piece->d);
    /* on + z up lies on the ellipsoid: square z^2 + 2 half z + rest = 0. Both ends lie there too,
     * so that the rest has a form without cancellation. */
    double square = geo_xyz_dot(up, geo_xyz_form(up)), half = geo_xyz_dot(on, geo_xyz_form(up));
    double rest = -t * (1 - t) * geo_xyz_dot(piece->d, geo_xyz_form(piece->d));
    double z = -rest / (half + sqrt(half * half - square * rest));
    struct motion move = {.at = geo_xyz_plus(on, z, up)};
    struct geo_xyz normal = geo_xyz_form(move.at);
    double slope = geo_xyz_dot(normal, up);
    move.tangent = geo_xyz_plus(piece->d, -geo_xyz_dot(normal, piece->d) / slope, up);
    double fall = geo_xyz_dot(move.tangent, geo_xyz_form(move.tangent)) / slope;
    move.bend = (struct geo_xyz){-fall * up.x, -fall * up.y, -fall * up.z};
    return move;
}

static struct geo_lonlat between(const struct geo_piece *piece, double t)
{
    if (t >= 1)
        return piece->to;
    return (struct geo_lonlat){piece->from.lon + t * (piece->to.lon - piece->from.lon),
                               piece->from.lat + t * (piece->to.lat - piece->from.lat)};
}

static struct motion move_lonlat(const struct geo_piece *piece, double t)
{
    struct geo_lonlat p = between(piece, t);
    double dlon = (piece->to.lon - piece->from.lon) * RADIANS;
    double dlat = (piece->to.lat - piece->from.lat) * RADIANS;
    double sin_lon, cos_lon, sin_lat, cos_lat;
    geo_sincos_deg(p.lon, &sin_lon, &cos_lon);
    geo_sincos_deg(p.lat, &sin_lat, &cos_lat);
    double w2 = 1 - GEO_EARTH_E2 * sin_lat * sin_lat;
    double normal = GEO_EARTH_A_M / sqrt(w2), axis = normal * cos_lat;
    double meridian = normal * (1 - GEO_EARTH_E2) / w2;
    double meridian_slope = 3 * meridian * GEO_EARTH_E2 * sin_lat * cos_lat / w2;
    struct motion move = {
        .at = {axis * cos_lon, axis * sin_lon, normal * (1 - GEO_EARTH_E2) * sin_lat}};
    /* in the frame of the meridian: out from the axis, east, along the axis */
    double out = -meridian * sin_lat * dlat, east = axis * dlon;
    move.tangent = (struct geo_xyz){out * cos_lon - east * sin_lon, out * sin_lon + east * cos_lon,
                                    meridian * cos_lat * dlat};
    double bend_out =
        -(meridian_slope * sin_lat + meridian * cos_lat) * dlat * dlat - axis * dlon * dlon;
    double bend_east = -2 * meridian * sin_lat * dlat * dlon;
    double bend_up = (meridian_slope * cos_lat - meridian * sin_lat) * dlat * dlat;
    move.bend = (struct geo_xyz){bend_out * cos_lon - bend_east * sin_lon,
                                 bend_out * sin_lon + bend_east * cos_lon, bend_up};
    return move;
}

static struct motion move(const struct geo_piece *piece, enum geo_edges edges, double t)
{
    return edges == GEO_EDGES_GEODESIC ? move_geodesic(piece, t) : move_lonlat(piece, t);
}

struct geo_xyz geo_curve_at(const struct geo_piece *piece, enum geo_edges edges, double t)
{
    if (t <= 0)
        return piece->a;
    if (t >= 1)
        return geo_xyz_plus(piece->a, 1, piece->d);
    return move(piece, edges, t).at;
}

struct geo_lonlat geo_curve_lonlat(const struct geo_piece *piece, enum geo_edges edges, double t)
{
    if (t <= 0)
        return piece->from;
    if (t >= 1 || edges == GEO_EDGES_LONLAT)
        return between(piece, t);
    struct geo_lonlat p = geo_space_lonlat(geo_curve_at(piece, edges, t));
    p.lon = piece->from.lon + geo_lon_wrap(p.lon - piece->from.lon);
    return p;
}

double geo_curve_length(const struct geo_piece *piece, enum geo_edges edges, double t)
{
    if (t <= 0)
        return 0;
    if (edges == GEO_EDGES_GEODESIC)
        return geo_space_length(piece->a, geo_curve_at(piece, edges, t));
    /* Gauss's rule of three points */
    const double step = sqrt(0.6);
    double length = 0;
    for (int i = -1; i <= 1; i++) {
        struct geo_xyz tangent = move_lonlat(piece, 0.5 * t * (1 + i * step)).tangent;
        length += (i == 0 ? 8 : 5) * sqrt(geo_xyz_dot(tangent, tangent));
    }
    return length * t / 18;
}

static double clamp(double t)
{
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

struct geo_foot geo_curve_foot(const struct geo_piece *piece, enum geo_edges edges,
                               struct geo_xyz p)
{
    const double length2 = geo_xyz_dot(piece->d, piece->d);
    if (length2 == 0)
        return (struct geo_foot){0, piece->a};
    double t = clamp(geo_xyz_dot(geo_xyz_minus(p, piece->a), piece->d) / length2);
    struct geo_xyz at = piece->a;
    for (int step = 0; step < STEPS; step++) {
        struct motion now = move(piece, edges, t);
        struct geo_xyz w = geo_xyz_minus(p, now.at);
        double speed2 = geo_xyz_dot(now.tangent, now.tangent);
        double slope = geo_xyz_dot(w, now.tangent), curve = speed2 - geo_xyz_dot(w, now.bend);
        /* Newton where the square of the distance is convex, else down the slope */
        double next = clamp(t + slope / (curve > 0.1 * speed2 ? curve : speed2));
        double moved = fabs(next - t);
        at = now.at;
        if (moved * moved * length2 < STEP_M * STEP_M)
            break;
        t = next;
    }
    if (t == 0 || t == 1)
        at = geo_curve_at(piece, edges, t);
    return (struct geo_foot){t, at};
}

/* For a piece of a geodesic: across it, to the left, in its middle. */
static struct geo_xyz leftward(const struct geo_piece *piece)
{
    return geo_xyz_cross(geo_xyz_form(geo_xyz_plus(piece->a, 0.5, piece->d)), piece->d);
}

static double side_lonlat(const struct geo_piece *piece, double lon, double lat)
{
    return (piece->to.lon - piece->from.lon) * (lat - piece->from.lat) -
           (piece->to.lat - piece->from.lat) * (lon - piece->from.lon);
}

double geo_curve_side(const struct geo_piece *piece, enum geo_edges edges, struct geo_lonlat p,
                      struct geo_xyz at)
{
    if (edges == GEO_EDGES_GEODESIC)
        return geo_xyz_dot(geo_xyz_minus(at, piece->a), leftward(piece));
    double turn = 360 * rint((p.lon - piece->from.lon) / 360);
    return side_lonlat(piece, p.lon - turn, p.lat);
}

static bool cross_geodesic(const struct geo_piece *piece, const struct geo_piece *other, double *t)
{
    struct geo_xyz left = leftward(piece), across = leftward(other);
    struct geo_xyz apart = geo_xyz_minus(other->a, piece->a);
    double a = geo_xyz_dot(apart, left), b = a + geo_xyz_dot(other->d, left);
    double c = -geo_xyz_dot(apart, across), d = c + geo_xyz_dot(piece->d, across);
    if ((a > 0) == (b > 0) || (c > 0) == (d > 0))
        return false;
    double where = c / (c - d);
    for (int i = 0; i < 3; i++) { /* the rise of the curve over its segment shifts it a little */
        struct geo_xyz at = move_geodesic(piece, where).at;
        where = clamp(where + geo_xyz_dot(geo_xyz_minus(at, other->a), across) / (c - d));
    }
    *t = where;
    return true;
}

static bool cross_lonlat(const struct geo_piece *piece, const struct geo_piece *other, double *t)
{
    double turn = 360 * rint((other->from.lon - piece->from.lon) / 360);
    double a = side_lonlat(piece, other->from.lon - turn, other->from.lat);
    double b = side_lonlat(piece, other->to.lon - turn, other->to.lat);
    double c = side_lonlat(other, piece->from.lon + turn, piece->from.lat);
    double d = side_lonlat(other, piece->to.lon + turn, piece->to.lat);
    if ((a > 0) == (b > 0) || (c > 0) == (d > 0))
        return false;
    *t = clamp(c / (c - d));
    return true;
}

bool geo_curve_cross(const struct geo_piece *piece, const struct geo_piece *other,
                     enum geo_edges edges, double *t)
{
    return edges == GEO_EDGES_GEODESIC ? cross_geodesic(piece, other, t)
                                       : cross_lonlat(piece, other, t);
}
