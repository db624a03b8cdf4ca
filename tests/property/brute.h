/* The distance between shapes by brute force, on GeographicLib's geodesics (geodesic.h) alone:
 * every vertex against every edge, by sampling and golden section. Knows nothing of libgeo but the
 * batch that the shapes stand in. */
#ifndef TESTS_BRUTE_H
#define TESTS_BRUTE_H

#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "geo/batch.h"

enum { BRUTE_EDGES = 400, BRUTE_SAMPLES = 32 };

struct brute_edge {
    struct geo_lonlat from, to; /* neighbouring longitudes */
    double length_m;
    struct geod_geodesicline line;
    bool is_area; /* of a polygon */
    struct geo_lonlat sample[BRUTE_SAMPLES + 1];
};

struct brute_shape {
    size_t n;
    struct brute_edge edge[BRUTE_EDGES];
};

struct brute {
    struct geod_geodesic earth;
    enum geo_edges edges;
};

static inline double brute_inverse(const struct brute *brute, struct geo_lonlat p,
                                   struct geo_lonlat q)
{
    double s_m;
    geod_inverse(&brute->earth, p.lat, p.lon, q.lat, q.lon, &s_m, NULL, NULL);
    return s_m;
}

/* The point at t of an edge, its longitude near that of the start. */
static inline struct geo_lonlat brute_at(const struct brute *brute, const struct brute_edge *edge,
                                         double t)
{
    if (brute->edges == GEO_EDGES_LONLAT)
        return (struct geo_lonlat){edge->from.lon + t * (edge->to.lon - edge->from.lon),
                                   edge->from.lat + t * (edge->to.lat - edge->from.lat)};
    struct geo_lonlat p;
    geod_position(&edge->line, t * edge->line.s13, &p.lat, &p.lon, NULL);
    p.lon = edge->from.lon + remainder(p.lon - edge->from.lon, 360);
    return p;
}

static inline void brute_add_edge(const struct brute *brute, struct brute_shape *shape,
                                  struct geo_lonlat p, struct geo_lonlat q, bool is_area)
{
    struct brute_edge *edge = &shape->edge[shape->n++];
    edge->from = p;
    edge->to = (struct geo_lonlat){p.lon + remainder(q.lon - p.lon, 360), q.lat};
    edge->is_area = is_area;
    geod_inverseline(&edge->line, &brute->earth, p.lat, p.lon, q.lat, q.lon, 0);
    edge->length_m = brute->edges == GEO_EDGES_GEODESIC ? edge->line.s13 : 0;
    for (int i = 0; i <= BRUTE_SAMPLES; i++) {
        edge->sample[i] = brute_at(brute, edge, (double)i / BRUTE_SAMPLES);
        if (i > 0 && brute->edges == GEO_EDGES_LONLAT)
            edge->length_m += brute_inverse(brute, edge->sample[i - 1], edge->sample[i]);
    }
}

/* Takes feature i of a batch; a point is an edge without length. */
static inline void brute_take(const struct brute *brute, const struct geo_batch *batch, size_t i,
                              struct brute_shape *shape)
{
    shape->n = 0;
    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
        for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
            const struct geo_lonlat *v = &batch->vertex[batch->vertex_start[r]];
            const size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
            const bool is_area = batch->part_kind[part] == GEO_KIND_POLYGON;
            if (n == 1)
                brute_add_edge(brute, shape, v[0], v[0], false);
            for (size_t j = 0; j + 1 < n; j++)
                brute_add_edge(brute, shape, v[j], v[j + 1], is_area);
        }
}

/* Shortest distance from p to an edge, if it may be less than best: eight samples, then golden
 * section about the least. */
static inline double brute_to_edge(const struct brute *brute, struct geo_lonlat p,
                                   const struct brute_edge *edge, double best)
{
    double ends = brute_inverse(brute, p, edge->from) + brute_inverse(brute, p, edge->to);
    if (0.5 * (ends - edge->length_m) >= best) /* the triangle's inequality */
        return INFINITY;
    const int step = BRUTE_SAMPLES / 8;
    const double golden = 0.6180339887498949;
    double least = INFINITY, at = 0;
    for (int i = 0; i <= BRUTE_SAMPLES; i += step) {
        double d = brute_inverse(brute, p, edge->sample[i]);
        at = d < least ? (double)i / BRUTE_SAMPLES : at;
        least = fmin(least, d);
    }
    double a = fmax(at - 0.125, 0), b = fmin(at + 0.125, 1);
    double t = b - golden * (b - a), u = a + golden * (b - a);
    double ft = brute_inverse(brute, p, brute_at(brute, edge, t));
    double fu = brute_inverse(brute, p, brute_at(brute, edge, u));
    while ((b - a) * edge->length_m > 2e-7) {
        if (ft < fu) {
            b = u, u = t, fu = ft, t = b - golden * (b - a);
            ft = brute_inverse(brute, p, brute_at(brute, edge, t));
        } else {
            a = t, t = u, ft = fu, u = a + golden * (b - a);
            fu = brute_inverse(brute, p, brute_at(brute, edge, u));
        }
    }
    return fmin(least, fmin(ft, fu));
}

/* Ends and three inner points of one edge against the other. The inner points would show a least
 * distance between two inner points. */
static inline double brute_ends(const struct brute *brute, const struct brute_edge *e,
                                const struct brute_edge *f, double best)
{
    for (int i = 0; i <= 4; i++) {
        struct geo_lonlat p = e->sample[i * BRUTE_SAMPLES / 4];
        best = fmin(best, brute_to_edge(brute, p, f, best));
    }
    return best;
}

static inline double brute_cross(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat p,
                                 double turn)
{
    return (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - turn - a.lon);
}

/* Whether two edges cross, as chains of their samples. */
static inline bool brute_edges_cross(const struct brute_edge *e, const struct brute_edge *f)
{
    double turn = 360 * rint((f->from.lon - e->from.lon) / 360);
    for (int i = 0; i < BRUTE_SAMPLES; i++)
        for (int j = 0; j < BRUTE_SAMPLES; j++) {
            struct geo_lonlat a = e->sample[i], b = e->sample[i + 1];
            struct geo_lonlat c = f->sample[j], d = f->sample[j + 1];
            if ((brute_cross(a, b, c, turn) > 0) != (brute_cross(a, b, d, turn) > 0) &&
                (brute_cross(c, d, a, -turn) > 0) != (brute_cross(c, d, b, -turn) > 0))
                return true;
        }
    return false;
}

/* Whether p lies in the polygons of a shape that spans less than half the Earth and holds no pole:
 * crossings of a parallel through p with the chains of samples. */
static inline bool brute_holds(const struct brute_shape *shape, struct geo_lonlat p)
{
    bool holds = false;
    for (size_t i = 0; i < shape->n; i++) {
        const struct brute_edge *edge = &shape->edge[i];
        double x = edge->from.lon + remainder(p.lon - edge->from.lon, 360);
        for (int j = 0; edge->is_area && j < BRUTE_SAMPLES; j++) {
            struct geo_lonlat a = edge->sample[j], b = edge->sample[j + 1];
            if ((a.lat > p.lat) != (b.lat > p.lat) &&
                x < a.lon + (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat))
                holds = !holds;
        }
    }
    return holds;
}

/* Distance from a point to a shape, 0 within. */
static inline double brute_to_shape(const struct brute *brute, struct geo_lonlat p,
                                    const struct brute_shape *shape)
{
    double best = INFINITY;
    if (brute_holds(shape, p))
        return 0;
    for (size_t i = 0; i < shape->n; i++)
        best = fmin(best, brute_to_edge(brute, p, &shape->edge[i], best));
    return best;
}

/* Distance between two shapes, 0 where they meet. */
static inline double brute_distance(const struct brute *brute, const struct brute_shape *a,
                                    const struct brute_shape *b)
{
    double best = INFINITY;
    for (size_t i = 0; i < a->n; i++)
        if (brute_holds(b, a->edge[i].from))
            return 0;
    for (size_t j = 0; j < b->n; j++)
        if (brute_holds(a, b->edge[j].from))
            return 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++) {
            const struct brute_edge *e = &a->edge[i], *f = &b->edge[j];
            double apart =
                brute_inverse(brute, e->sample[BRUTE_SAMPLES / 2], f->sample[BRUTE_SAMPLES / 2]);
            double low = apart - 0.51 * (e->length_m + f->length_m);
            if (low >= best)
                continue;
            if (low <= 0 && brute_edges_cross(e, f))
                return 0;
            best = brute_ends(brute, e, f, best);
            best = brute_ends(brute, f, e, best);
        }
    return best;
}

#endif
