#include "measure/course.h"

#include <math.h>

#include "base/fail.h"
#include "base/grow.h"
#include "measure/lonlat.h"

#define RADIANS (M_PI / 180)
#define SHORTEST_LEG_M 1e-6

/* Azimuths are multiples of this, so that sums of them and right angles are exact and one ray has
 * one end, whichever leg it is taken from. 1e-12° is 16 nm at 1000 km. */
#define AZIMUTH_GRAIN_DEG 0x1p-40

double geo_lonlat_curvature(double lat_deg)
{
    return 1.1 * tan(fabs(lat_deg) * RADIANS) / GEO_EARTH_MIN_RADIUS_M;
}

/* Clairaut: sin(azi) cos(beta) is constant along a geodesic, beta being the reduced latitude, and
 * at the highest one the azimuth is east or west. */
double geo_geodesic_top_deg(const struct geod_geodesic *earth, struct geo_lonlat a,
                            struct geo_lonlat b)
{
    double top = fmax(fabs(a.lat), fabs(b.lat));
    double azi_a, azi_b;

    geod_inverse(earth, a.lat, a.lon, b.lat, b.lon, NULL, &azi_a, &azi_b);
    if (cos(azi_a * RADIANS) * cos(azi_b * RADIANS) >= 0)
        return top;
    double beta = atan((1 - GEO_EARTH_F) * tan(a.lat * RADIANS));
    double beta_top = acos(fmin(1, cos(beta) * fabs(sin(azi_a * RADIANS))));
    return fmax(top, atan(tan(beta_top) / (1 - GEO_EARTH_F)) / RADIANS);
}

static enum geo_status add_leg(struct geo_ctx *ctx, struct geo_course *course, struct geo_lonlat a,
                               struct geo_lonlat b)
{
    struct geo_leg leg = {.a = a, .b = b};

    geod_inverse(geo_ctx_earth(ctx), a.lat, a.lon, b.lat, b.lon, &leg.length_m, &leg.azi_a_deg,
                 &leg.azi_b_deg);
    if (leg.length_m < SHORTEST_LEG_M)
        return GEO_OK;
    leg.azi_a_deg = round(leg.azi_a_deg / AZIMUTH_GRAIN_DEG) * AZIMUTH_GRAIN_DEG;
    leg.azi_b_deg = round(leg.azi_b_deg / AZIMUTH_GRAIN_DEG) * AZIMUTH_GRAIN_DEG;
    if (course->n == course->room) {
        size_t room = geo_grown(course->room, course->n + 1);
        if (!geo_grow(&course->leg, room, sizeof *course->leg))
            return geo_no_memory(ctx);
        course->room = room;
    }
    course->leg[course->n++] = leg;
    return GEO_OK;
}

/* Where the last leg ended: a leg that was left out must not tear the course. */
static struct geo_lonlat end_of(const struct geo_course *course, struct geo_lonlat start)
{
    return course->n ? course->leg[course->n - 1].b : start;
}

enum geo_status geo_course_add(struct geo_ctx *ctx, struct geo_course *course,
                               const struct geo_lonlat *vertex, size_t n, enum geo_edges edges,
                               double longest_m, double shift_deg)
{
    struct geo_lonlat start = {vertex[0].lon + shift_deg, vertex[0].lat};

    for (size_t v = 1; v < n; v++) {
        struct geo_lonlat a = vertex[v - 1], b = vertex[v];
        double pieces = 1;
        if (edges == GEO_EDGES_LONLAT)
            pieces = fmax(1, ceil(geo_lonlat_length_m(a, b) / longest_m));
        for (double k = 1; k <= pieces; k++) {
            struct geo_lonlat to =
                k == pieces ? (struct geo_lonlat){b.lon + shift_deg, b.lat}
                            : (struct geo_lonlat){a.lon + shift_deg + k / pieces * (b.lon - a.lon),
                                                  a.lat + k / pieces * (b.lat - a.lat)};
            GEO_TRY(add_leg(ctx, course, end_of(course, start), to));
        }
    }
    return GEO_OK;
}

void geo_course_release(struct geo_course *course)
{
    free(course->leg);
    *course = (struct geo_course){0};
}
