/* The polygons of the table of exact areas, made anew from their numbers wherever they are needed.
 * Only the four operations and floor() go into them: every machine makes the same ones. */
#ifndef TESTS_AREA_QUAD_POLYGON_H
#define TESTS_AREA_QUAD_POLYGON_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define POLYGONS 6000
#define CORNERS_MAX 24

struct ring {
    int n; /* vertices; the last one repeats the first */
    double lon[CORNERS_MAX + 1], lat[CORNERS_MAX + 1];
};

struct polygon {
    int rings;           /* the exterior and at most one hole */
    struct ring ring[2]; /* continuous: longitudes run on over the antimeridian */
    bool antimeridian;
};

/* Steele, Lea and Flood (2014), SplitMix: number `index` of stream `seed`, in [0, 1). */
static inline double chance(uint64_t seed, uint64_t index)
{
    uint64_t z = seed * 0xD1342543DE82EF95u + (index + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* Sine of a number of turns, near enough. */
static inline double turn_sine(double turns)
{
    double t = turns - floor(turns + 0.5);
    if (t > 0.25)
        t = 0.5 - t;
    if (t < -0.25)
        t = -0.5 - t;
    double x = 6.283185307179586 * t, term = x, sum = x;
    for (int k = 1; k < 12; k++) {
        term *= -x * x / (2 * k * (2 * k + 1));
        sum += term;
    }
    return sum;
}

static inline double turn_cosine(double turns)
{
    return turn_sine(turns + 0.25);
}

/* Where a polygon lies, in degrees, and what it is like. */
struct frame {
    double lon, lat;
    double radius; /* of latitude */
    double flat;   /* the ratio of its two axes */
    double turn;   /* of its long axis */
};

/* A star about the centre of the frame, shrunk by `scale`. */
static inline void make_ring(struct ring *ring, const struct frame *frame, int corners,
                             double scale, uint64_t seed, uint64_t stream)
{
    double stretch = 1 / turn_cosine(frame->lat / 360);

    for (int i = 0; i < corners; i++) {
        double depth = (corners < 6 ? 0.5 : 3.0 / corners) * chance(seed, stream + (uint64_t)i);
        double r = scale * frame->radius * (1 - depth);
        double u = r * turn_cosine((double)i / corners);
        double v = r * turn_sine((double)i / corners) * frame->flat;
        double c = turn_cosine(frame->turn), s = turn_sine(frame->turn);
        ring->lon[i] = frame->lon + (c * u - s * v) * stretch;
        ring->lat[i] = frame->lat + (s * u + c * v);
    }
    ring->lon[corners] = ring->lon[0];
    ring->lat[corners] = ring->lat[0];
    ring->n = corners + 1;
}

/* Polygon `seed`: edges of 1 m to 100 km, log-uniform, one in two thin (to 1:1000), one in three
 * with a hole (half of these leave a seam of a hundredth), one in six on the antimeridian, all
 * between the parallels of 84°. */
static inline struct polygon make_polygon(uint64_t seed)
{
    struct polygon polygon = {.antimeridian = chance(seed, 0) < 1 / 6.0};
    int corners = 3 + (int)(chance(seed, 1) * (CORNERS_MAX - 2));
    double edge_m =
        1e5 / 131072 * (double)(1 << (int)(17 * chance(seed, 2))) * (1 + chance(seed, 3));
    struct frame frame = {.radius = edge_m * corners / 6.28 / 111200, .turn = chance(seed, 4)};

    frame.flat = chance(seed, 5) < 0.5 ? 1 : 1 / (1 + 999 * chance(seed, 6) * chance(seed, 7));
    frame.lat = (2 * chance(seed, 8) - 1) * (84 - frame.radius);
    frame.lon = polygon.antimeridian ? 180 + frame.radius * (chance(seed, 9) - 0.5)
                                     : 360 * chance(seed, 9) - 180;
    make_ring(&polygon.ring[0], &frame, corners, 1, seed, 100);
    polygon.rings = 1;
    double hole = chance(seed, 10);
    if (hole < 1 / 3.0) {
        bool seam = hole < 1 / 6.0;
        make_ring(&polygon.ring[1], &frame, seam ? corners : 3 + corners / 2, seam ? 0.99 : 0.2,
                  seed, seam ? 100 : 200);
        polygon.rings = 2;
    }
    return polygon;
}

#endif
