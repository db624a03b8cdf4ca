/* The distance from points to a line of geodesics, by PROJ's geodesic.h alone: segments that chords
 * show to be too far are passed over, on the others the foot is slid along the geodesic until it
 * stands. Knows nothing of libgeo. */
#ifndef TESTS_COURSE_H
#define TESTS_COURSE_H

#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "geo/batch.h"

/* Segments that are looked at together. */
#define COURSE_BLOCK 24

struct course_segment {
    struct geo_lonlat a;
    struct geod_geodesicline line;
    double length_m, azi_deg;
    double from[3], way[3], way2; /* the chord, and its square */
    double sag_m;                 /* how far the geodesic may run from its chord */
};

struct course {
    struct geod_geodesic earth;
    size_t n;
    struct course_segment *segment;
    struct course_block {
        double middle[3], reach_m;
    } * block;
    size_t last; /* the segment that was nearest to the last point */
};

static inline void course_xyz(struct geo_lonlat p, double xyz[3])
{
    const double f = 1 / 298.257223563, e2 = f * (2 - f), radians = M_PI / 180;
    double s = sin(p.lat * radians), c = cos(p.lat * radians), n = 6378137 / sqrt(1 - e2 * s * s);

    xyz[0] = n * c * cos(p.lon * radians);
    xyz[1] = n * c * sin(p.lon * radians);
    xyz[2] = n * (1 - e2) * s;
}

static inline double course_apart(const double p[3], const double q[3])
{
    return sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) +
                (p[2] - q[2]) * (p[2] - q[2]));
}

static inline struct geo_lonlat course_direct(const struct course *course, struct geo_lonlat p,
                                              double azi_deg, double s_m)
{
    struct geo_lonlat q;

    geod_gendirect(&course->earth, p.lat, p.lon, azi_deg, GEOD_LONG_UNROLL, s_m, &q.lat, &q.lon,
                   NULL, NULL, NULL, NULL, NULL, NULL);
    return q;
}

static inline struct course_segment course_segment_of(const struct course *course,
                                                      struct geo_lonlat a, struct geo_lonlat b)
{
    struct course_segment s = {.a = a};
    double to[3];

    geod_inverseline(&s.line, &course->earth, a.lat, a.lon, b.lat, b.lon,
                     GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    s.length_m = s.line.s13;
    s.azi_deg = s.line.azi1;
    s.sag_m = s.length_m * s.length_m / (7.9 * 6335439); /* smallest radius of curvature */
    course_xyz(a, s.from);
    course_xyz(b, to);
    for (int k = 0; k < 3; k++) {
        s.way[k] = to[k] - s.from[k];
        s.way2 += s.way[k] * s.way[k];
    }
    return s;
}

static inline struct course course_new(const struct geo_lonlat *vertex, size_t n)
{
    struct course course = {.n = n - 1};

    geod_init(&course.earth, 6378137, 1 / 298.257223563);
    course.segment = calloc(n, sizeof *course.segment);
    course.block = calloc(n / COURSE_BLOCK + 1, sizeof *course.block);
    for (size_t i = 0; i + 1 < n; i++)
        course.segment[i] = course_segment_of(&course, vertex[i], vertex[i + 1]);
    for (size_t i = 0; i + 1 < n; i++) {
        struct course_block *block = &course.block[i / COURSE_BLOCK];
        const struct course_segment *s = &course.segment[i];
        if (i % COURSE_BLOCK == 0)
            for (int k = 0; k < 3; k++)
                block->middle[k] = s->from[k];
        double reach_m = course_apart(block->middle, s->from) + s->length_m;
        block->reach_m = fmax(block->reach_m, reach_m);
    }
    return course;
}

static inline void course_free(struct course *course)
{
    free(course->segment);
    free(course->block);
}

/* No point of the segment is nearer than this: a chord is shorter than any way on the surface.
 * *t: the place of the foot on the chord. */
static inline double course_bound(const struct course_segment *s, const double xyz[3], double *t)
{
    double d[3], along = 0, across2 = 0;

    for (int k = 0; k < 3; k++) {
        d[k] = xyz[k] - s->from[k];
        along += d[k] * s->way[k];
    }
    *t = s->way2 > 0 ? fmin(fmax(along / s->way2, 0), 1) : 0;
    for (int k = 0; k < 3; k++)
        across2 += (d[k] - *t * s->way[k]) * (d[k] - *t * s->way[k]);
    return sqrt(across2) - s->sag_m;
}

/* Distance to one segment: slides from t by the projection of the way to x. What is left when it
 * ends is less than the square of the last slide over twice the distance. */
static inline double course_to_segment(const struct course *course, const struct course_segment *s,
                                       struct geo_lonlat x, double t)
{
    double at = t * s->length_m, distance = INFINITY;

    for (int i = 0; i < 30; i++) {
        struct geo_lonlat p;
        double azi, to_x;
        geod_position(&s->line, at, &p.lat, &p.lon, &azi);
        geod_inverse(&course->earth, p.lat, p.lon, x.lat, x.lon, &distance, &to_x, NULL);
        double next = at + distance * cos((to_x - azi) * M_PI / 180);
        next = fmin(fmax(next, 0), s->length_m);
        if ((next - at) * (next - at) < 2e-9 * distance)
            break;
        at = next;
    }
    return distance;
}

/* Distance from x to the course, within 2 nm. */
static inline double course_distance(struct course *course, struct geo_lonlat x)
{
    double xyz[3], t;

    course_xyz(x, xyz);
    course_bound(&course->segment[course->last], xyz, &t);
    double best = course_to_segment(course, &course->segment[course->last], x, t);
    size_t first = course->last;
    for (size_t b = 0; b * COURSE_BLOCK < course->n; b++) {
        const struct course_block *block = &course->block[b];
        if (course_apart(xyz, block->middle) - block->reach_m >= best)
            continue;
        size_t end = (b + 1) * COURSE_BLOCK < course->n ? (b + 1) * COURSE_BLOCK : course->n;
        for (size_t i = b * COURSE_BLOCK; i < end; i++) {
            if (i == first || course_bound(&course->segment[i], xyz, &t) >= best)
                continue;
            double distance = course_to_segment(course, &course->segment[i], x, t);
            course->last = distance < best ? i : course->last;
            best = fmin(best, distance);
        }
    }
    return best;
}

#endif
