/* Distances by PROJ's geodesic.h alone: what a buffer is measured against. */
#ifndef TESTS_BUFFER_ORACLE_H
#define TESTS_BUFFER_ORACLE_H

#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/batch.h"

#define ORACLE_RADIANS (M_PI / 180)

/* Geodesic segments; an edge straight in longitude and latitude is cut into many. */
struct segment {
    struct geo_lonlat a;
    double azi_deg, length_m;
    double middle_m[3];
};

/* All segments, and the same course as a dense chain for the question of what lies inside. */
struct oracle {
    struct geod_geodesic earth;
    size_t n, chain_n;
    struct segment *segment;
    struct chain {
        struct geo_lonlat a, b;
    } * chain;
};

static inline void oracle_ecef(struct geo_lonlat p, double xyz[3])
{
    double f = 1 / 298.257223563, e2 = f * (2 - f);
    double s = sin(p.lat * ORACLE_RADIANS), c = cos(p.lat * ORACLE_RADIANS);
    double n = 6378137 / sqrt(1 - e2 * s * s);

    xyz[0] = n * c * cos(p.lon * ORACLE_RADIANS);
    xyz[1] = n * c * sin(p.lon * ORACLE_RADIANS);
    xyz[2] = n * (1 - e2) * s;
}

static inline struct geo_lonlat oracle_direct(const struct oracle *oracle, struct geo_lonlat p,
                                              double azi_deg, double distance_m)
{
    struct geo_lonlat q;

    geod_gendirect(&oracle->earth, p.lat, p.lon, azi_deg, GEOD_LONG_UNROLL, distance_m, &q.lat,
                   &q.lon, NULL, NULL, NULL, NULL, NULL, NULL);
    return q;
}

static inline struct segment oracle_segment(const struct oracle *oracle, struct geo_lonlat a,
                                            struct geo_lonlat b)
{
    struct segment s = {.a = a};

    geod_inverse(&oracle->earth, a.lat, a.lon, b.lat, b.lon, &s.length_m, &s.azi_deg, NULL);
    oracle_ecef(oracle_direct(oracle, a, s.azi_deg, s.length_m / 2), s.middle_m);
    return s;
}

/* Pieces of an edge: an edge straight in longitude and latitude is cut into geodesics that lie
 * within 1.1 tan(lat) L² / 8 R of it, here within gap_m. */
static inline size_t oracle_pieces(const struct oracle *oracle, struct geo_lonlat a,
                                   struct geo_lonlat b, enum geo_edges edges, double gap_m)
{
    double top = fmax(fabs(a.lat), fabs(b.lat)), low = fmin(fabs(a.lat), fabs(b.lat));
    double parallel_m = 111700 * fabs(b.lon - a.lon) * cos(low * ORACLE_RADIANS);
    double length_m =
        fmax(oracle_segment(oracle, a, b).length_m, hypot(parallel_m, 111700 * (b.lat - a.lat)));
    double curvature = 1.1 * tan(top * ORACLE_RADIANS) / 6335439;

    return edges == GEO_EDGES_GEODESIC
               ? 1
               : 1 + (size_t)(length_m / sqrt(8 * gap_m / (curvature + 1e-12)));
}

/* The last segment in links of 1 km at most: 4 cm from straight in longitude and latitude at 60°. */
static inline void oracle_add_chain(struct oracle *oracle)
{
    const struct segment *s = &oracle->segment[oracle->n - 1];
    size_t links = 1 + (size_t)(s->length_m / 1000);
    struct geo_lonlat from = s->a;

    oracle->chain = realloc(oracle->chain, (oracle->chain_n + links) * sizeof *oracle->chain);
    for (size_t k = 1; k <= links; k++) {
        struct geo_lonlat to =
            oracle_direct(oracle, s->a, s->azi_deg, s->length_m * (double)k / (double)links);
        oracle->chain[oracle->chain_n++] = (struct chain){from, to};
        from = to;
    }
}

static inline void oracle_add_edge(struct oracle *oracle, struct geo_lonlat a, struct geo_lonlat b,
                                   size_t pieces)
{
    struct geo_lonlat from = a;

    oracle->segment = realloc(oracle->segment, (oracle->n + pieces) * sizeof *oracle->segment);
    for (size_t k = 1; k <= pieces; k++) {
        double t = (double)k / (double)pieces;
        struct geo_lonlat to = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
        oracle->segment[oracle->n++] = oracle_segment(oracle, from, to);
        oracle_add_chain(oracle);
        from = to;
    }
}

/* Segments of all rings of a batch. */
static inline struct oracle oracle_new(const struct geo_batch *batch, enum geo_edges edges,
                                       double gap_m)
{
    struct oracle oracle = {.n = 0};

    geod_init(&oracle.earth, 6378137, 1 / 298.257223563);
    for (size_t r = 0; r < batch->ring_count; r++) {
        size_t first = batch->vertex_start[r], end = batch->vertex_start[r + 1];
        if (end - first == 1)
            oracle_add_edge(&oracle, batch->vertex[first], batch->vertex[first], 1);
        for (size_t v = first + 1; v < end; v++) {
            struct geo_lonlat a = batch->vertex[v - 1], b = batch->vertex[v];
            oracle_add_edge(&oracle, a, b, oracle_pieces(&oracle, a, b, edges, gap_m));
        }
    }
    return oracle;
}

static inline void oracle_free(struct oracle *oracle)
{
    free(oracle->segment);
    free(oracle->chain);
}

/* Distance to one segment: slides along it by the projection of the way to x until that is nil. */
static inline double oracle_to_segment(const struct oracle *oracle, const struct segment *s,
                                       struct geo_lonlat x)
{
    double at = s->length_m / 2, distance = INFINITY, azi, to_x;
    struct geo_lonlat p;

    for (int i = 0; i < 30; i++) {
        geod_direct(&oracle->earth, s->a.lat, s->a.lon, s->azi_deg, at, &p.lat, &p.lon, &azi);
        geod_inverse(&oracle->earth, p.lat, p.lon, x.lat, x.lon, &distance, &to_x, NULL);
        double next = at + distance * cos((to_x - azi) * ORACLE_RADIANS);
        next = fmin(fmax(next, 0), s->length_m);
        if (fabs(next - at) < 1e-5)
            break;
        at = next;
    }
    return distance;
}

/* Distance from x to the nearest segment. A chord is shorter than any way on the surface. */
static inline double oracle_distance(const struct oracle *oracle, struct geo_lonlat x)
{
    double best = INFINITY, lowest = INFINITY, xyz[3];
    size_t likely = 0;

    oracle_ecef(x, xyz);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < oracle->n; i++) {
            const struct segment *s = &oracle->segment[i];
            double dx = xyz[0] - s->middle_m[0], dy = xyz[1] - s->middle_m[1],
                   dz = xyz[2] - s->middle_m[2];
            double bound = sqrt(dx * dx + dy * dy + dz * dz) - s->length_m / 2;
            if (pass == 0 && bound < lowest) {
                lowest = bound;
                likely = i;
            }
            if (pass == 1 && (i == likely || bound < best))
                best = fmin(best, oracle_to_segment(oracle, s, x));
            if (pass == 0 && i + 1 == oracle->n)
                best = oracle_to_segment(oracle, &oracle->segment[likely], x);
        }
    return best;
}

static inline bool oracle_crosses(struct geo_lonlat p, struct geo_lonlat q, struct geo_lonlat x)
{
    return (p.lat > x.lat) != (q.lat > x.lat) &&
           x.lon - p.lon < (q.lon - p.lon) * (x.lat - p.lat) / (q.lat - p.lat);
}

/* Whether x lies in the rings the oracle was made of. */
static inline bool oracle_within(const struct oracle *oracle, struct geo_lonlat x)
{
    bool inside = false;

    for (size_t i = 0; i < oracle->chain_n; i++)
        inside ^= oracle_crosses(oracle->chain[i].a, oracle->chain[i].b, x);
    return inside;
}

/* Whether x lies in the polygons of a batch, their edges straight in longitude and latitude. */
static inline bool oracle_inside(const struct geo_batch *batch, struct geo_lonlat x)
{
    bool inside = false;

    for (size_t r = 0; r < batch->ring_count; r++)
        for (size_t v = batch->vertex_start[r] + 1; v < batch->vertex_start[r + 1]; v++)
            inside ^= oracle_crosses(batch->vertex[v - 1], batch->vertex[v], x);
    return inside;
}

#endif
