#include "repair/ring.h"

#include <math.h>

#include "repair/orient.h"

/* Whether an edge runs along a pole. */
static bool along_pole(struct geo_lonlat a, struct geo_lonlat b)
{
    return a.lat == b.lat && fabs(a.lat) == 90;
}

/* Whole turns from the first vertex to the last one, if they are the same meridian. The rounding of
 * sums with 360 is far below a nanodegree. */
static bool turns_between(struct geo_lonlat first, struct geo_lonlat last, double *turns)
{
    double gap = last.lon - first.lon;
    *turns = rint(gap / 360);
    return first.lat == last.lat && fabs(gap - 360 * *turns) < 1e-9;
}

void geo_ring_look(const struct geo_lonlat *vertex, size_t n, struct geo_ring_look *look)
{
    struct geo_lonlat last = vertex[0];
    double west = last.lon, east = last.lon, south = last.lat, north = last.lat;
    double sum = last.lon + last.lat; /* not finite where any value is not */
    size_t lowest = 0;
    bool repeats = false, jumps = false;

    for (size_t i = 1; i < n; i++) {
        struct geo_lonlat v = vertex[i];
        double step = v.lon - last.lon;
        repeats |= step == 0 && v.lat == last.lat;
        jumps |= fabs(step) > 180;
        if (v.lon <= west && geo_before(v, vertex[lowest]))
            lowest = i;
        west = v.lon < west ? v.lon : west;
        east = v.lon > east ? v.lon : east;
        south = v.lat < south ? v.lat : south;
        north = v.lat > north ? v.lat : north;
        sum += v.lon + v.lat;
        last = v;
    }
    double turns;
    *look = (struct geo_ring_look){.west = west, .south = south, .east = east, .north = north};
    look->lowest = lowest;
    look->sound = isfinite(sum) && south >= -90 && north <= 90;
    look->repeats = repeats;
    look->jumps = jumps;
    look->closed = geo_same(vertex[0], last);
    look->round = !look->closed && turns_between(vertex[0], last, &turns) && turns != 0;
    look->at_pole = south == -90 || north == 90;
}

void geo_ring_unroll(struct geo_lonlat *vertex, size_t n)
{
    double shift = 0, last = vertex[0].lon;
    for (size_t i = 1; i < n; i++) {
        double lon = vertex[i].lon, step = lon - last;
        if (fabs(step) > 180 && !along_pole(vertex[i - 1], vertex[i]))
            shift -= 360 * rint(step / 360);
        if (shift != 0)
            vertex[i].lon = lon + shift;
        last = lon;
    }
}

size_t geo_line_clean(struct geo_lonlat *vertex, size_t n)
{
    size_t kept = 1;
    for (size_t i = 1; i < n; i++)
        if (!geo_same(vertex[i], vertex[kept - 1]))
            vertex[kept++] = vertex[i];
    return kept;
}

static void reverse(struct geo_lonlat *vertex, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        struct geo_lonlat t = vertex[i];
        vertex[i] = vertex[--j];
        vertex[j] = t;
    }
}

static void shift_lon(struct geo_lonlat *vertex, size_t n, double by_deg)
{
    for (size_t i = 0; i < n; i++)
        vertex[i].lon += by_deg;
}

/* Opens the ring at its vertex j, a pole, and joins the two meridians that meet there by an edge
 * along the pole. Returns the new number of vertices, one more. */
static size_t open_at_pole(struct geo_lonlat *vertex, size_t n, size_t j, double turns)
{
    size_t m = n - 1; /* without the one that closes it */
    shift_lon(vertex + j, m - j, -360 * turns);
    reverse(vertex, j);
    reverse(vertex + j, m - j);
    reverse(vertex, m);
    vertex[0].lon = vertex[1].lon;
    vertex[m] = (struct geo_lonlat){vertex[m - 1].lon, vertex[0].lat};
    vertex[m + 1] = vertex[0];
    return n + 1;
}

/* A ring that ends whole turns from its first vertex and passes through a pole does not go round
 * it: the turns belong to the pole, where they are no distance. */
static size_t close_along_pole(struct geo_lonlat *vertex, size_t n, double turns)
{
    for (size_t i = 1; i < n; i++)
        if (along_pole(vertex[i - 1], vertex[i])) {
            shift_lon(vertex + i, n - i, -360 * turns);
            vertex[n - 1] = vertex[0];
            return n;
        }
    for (size_t i = 0; i + 1 < n; i++)
        if (fabs(vertex[i].lat) == 90)
            return open_at_pole(vertex, n, i, turns);
    return n;
}

size_t geo_ring_clean(struct geo_lonlat *vertex, size_t n)
{
    double turns;
    n = geo_line_clean(vertex, n);
    struct geo_lonlat first = vertex[0], last = vertex[n - 1];
    bool same = turns_between(first, last, &turns);
    if (n > 1 && (!same || (turns == 0 && !geo_same(first, last)))) {
        if (!along_pole(first, last))
            first.lon += 360 * turns;
        else
            turns = 0;
        vertex[n++] = first;
    }
    if (n >= 4 && turns != 0)
        n = close_along_pole(vertex, n, turns);
    return geo_line_clean(vertex, n);
}

void geo_ring_turn(struct geo_lonlat *vertex, size_t n, double turns, struct geo_ring_look *look)
{
    shift_lon(vertex, n, 360 * turns);
    look->west += 360 * turns;
    look->east += 360 * turns;
}

/* The area of a ring run through from its first vertex, in either direction. */
static double area_m2(const struct geod_geodesic *earth, const struct geo_lonlat *vertex, size_t n,
                      bool backwards)
{
    struct geod_polygon polygon;
    double sum_m2;
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i + 1 < n; i++) {
        const struct geo_lonlat *v = &vertex[backwards ? n - 1 - i : i];
        geod_polygon_addpoint(earth, &polygon, v->lat, v->lon);
    }
    geod_polygon_compute(earth, &polygon, 0, 1, &sum_m2, NULL);
    return sum_m2;
}

double geo_ring_area_m2(const struct geod_geodesic *earth, const struct geo_lonlat *vertex,
                        size_t n)
{
    return area_m2(earth, vertex, n, false);
}

static double plane_area(const struct geo_lonlat *vertex, size_t n)
{
    double twice = 0;
    for (size_t i = 1; i + 1 < n; i++)
        twice += (vertex[i].lon - vertex[0].lon) * (vertex[i + 1].lat - vertex[0].lat) -
                 (vertex[i + 1].lon - vertex[0].lon) * (vertex[i].lat - vertex[0].lat);
    return twice;
}

/* The turn at the lowest vertex of a ring that does not cross itself tells how it runs, exactly. */
static double plane_sense(const struct geo_lonlat *vertex, size_t n,
                          const struct geo_ring_look *look)
{
    size_t i = look->lowest;
    int turn = geo_orient(vertex[i == 0 ? n - 2 : i - 1], vertex[i], vertex[i + 1]);
    return turn != 0 ? turn : plane_area(vertex, n);
}

/* How a ring runs round the smaller part of the ellipsoid: 0 where that cannot be told. An edge
 * between antipodes, or of 180°, may be taken on either side: then both directions may have the
 * same sign. */
static double earth_sense(const struct geod_geodesic *earth, const struct geo_lonlat *vertex,
                          size_t n)
{
    double there_m2 = area_m2(earth, vertex, n, false), back_m2 = area_m2(earth, vertex, n, true);
    return there_m2 * back_m2 < 0 && fabs(there_m2) > 1 && fabs(back_m2) > 1 ? there_m2 : 0;
}

void geo_ring_orient(const struct geod_geodesic *earth, struct geo_lonlat *vertex, size_t n,
                     const struct geo_ring_look *look, bool counter_clockwise)
{
    double sense = 0;
    if (look->round || look->east - look->west >= 180)
        sense = earth_sense(earth, vertex, n);
    if (sense == 0 && !look->round)
        sense = plane_sense(vertex, n, look);
    if (counter_clockwise ? sense < 0 : sense > 0)
        reverse(vertex, n);
}
