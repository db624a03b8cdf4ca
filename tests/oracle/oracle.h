/* Distances by brute force on GeographicLib's geodesics (PROJ's geodesic.c), sharing no code with
 * libgeo: what the integration tests judge the tools by. Shapes are read from WKT, a line each. */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include <geodesic.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct point {
    double lon, lat;
};

struct edge {
    struct point a, b;
    struct geod_geodesicline line;
    double length_m;
    size_t shape, ring;
};

struct shapes {
    struct edge *edge;
    size_t n, count; /* edges, shapes */
    bool polygon;
};

static struct geod_geodesic earth;

static double inverse(struct point p, struct point q)
{
    double s12;
    geod_inverse(&earth, p.lat, p.lon, q.lat, q.lon, &s12, NULL, NULL);
    return s12;
}

static inline struct point direct(struct point p, double azimuth_deg, double s12)
{
    struct point q;
    geod_direct(&earth, p.lat, p.lon, azimuth_deg, s12, &q.lat, &q.lon, NULL);
    return q;
}

static struct point along(const struct edge *e, double s)
{
    struct point p;
    geod_position(&e->line, s, &p.lat, &p.lon, NULL);
    return p;
}

static void add_edge(struct shapes *all, struct point a, struct point b, size_t ring)
{
    all->edge = reallocarray(all->edge, all->n + 1, sizeof *all->edge);
    if (!all->edge)
        abort();
    struct edge *e = &all->edge[all->n++];
    *e = (struct edge){.a = a, .b = b, .shape = all->count, .ring = ring};
    geod_inverseline(&e->line, &earth, a.lat, a.lon, b.lat, b.lon,
                     GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    e->length_m = e->line.s13;
}

/* One WKT geometry: every list of positions between parentheses is a ring or line. */
static void read_wkt(struct shapes *all, const char *text)
{
    static size_t ring;
    struct point last = {0, 0};
    bool open = false, is_point = strncmp(text, "POINT", 5) == 0;
    while (*text) {
        char *end;
        if (*text == ')')
            open = false;
        double lon = strtod(text, &end);
        if (end == text) {
            text++;
            continue;
        }
        double lat = strtod(end, &end);
        struct point p = {lon, lat};
        text = end;
        if (open)
            add_edge(all, last, p, ring);
        else
            ring++;
        if (is_point)
            add_edge(all, p, p, ring);
        last = p;
        open = true;
    }
    all->count++;
}

/* A file of WKT, one geometry a line; lines without a parenthesis are passed over. */
static struct shapes read_shapes(const char *path)
{
    struct shapes all = {0};
    char *line = NULL;
    size_t room = 0;
    FILE *in = fopen(path, "r");
    if (!in) {
        perror(path);
        exit(2);
    }
    while (getline(&line, &room, in) > 0) {
        char *at = strpbrk(line, "PLM"), *quote = at ? strchr(at, '"') : NULL;
        if (!at || !strchr(line, '('))
            continue;
        if (quote) /* the first field of a CSV file; what follows are attributes */
            *quote = '\0';
        all.polygon = all.polygon || strstr(at, "POLYGON");
        read_wkt(&all, at);
    }
    free(line);
    fclose(in);
    return all;
}

/* Least distance from a point to an edge, if it can be less than `best`: samples, then golden
 * section between the neighbours of the nearest one. */
static double distance_to_edge(struct point p, const struct edge *e, double best)
{
    enum { SAMPLES = 8 };
    const double golden = 0.61803398874989484820;
    double nearest = INFINITY, at = 0, step = e->length_m / SAMPLES;
    for (int i = 0; i <= SAMPLES; i++) {
        double d = inverse(p, along(e, i * step));
        if (d < nearest)
            nearest = d, at = i * step;
    }
    if (nearest - step > best || e->length_m == 0)
        return nearest;
    double a = fmax(at - step, 0), b = fmin(at + step, e->length_m);
    double x = b - golden * (b - a), y = a + golden * (b - a);
    double dx = inverse(p, along(e, x)), dy = inverse(p, along(e, y));
    while (b - a > 1e-4) { /* flat at the foot: 1e-4 m along gives 1e-12 m across */
        if (dx < dy) {
            b = y, y = x, dy = dx;
            x = b - golden * (b - a), dx = inverse(p, along(e, x));
        } else {
            a = x, x = y, dx = dy;
            y = a + golden * (b - a), dy = inverse(p, along(e, y));
        }
    }
    return fmin(nearest, fmin(dx, dy));
}

static inline double distance_to_shapes(struct point p, const struct shapes *all)
{
    double best = INFINITY;
    for (size_t i = 0; i < all->n; i++)
        best = fmin(best, distance_to_edge(p, &all->edge[i], best));
    return best;
}

/* Whether a point lies in the polygons of all shapes from first on, by parity in the plane of
 * longitude and latitude. */
static bool lies_in(struct point p, const struct shapes *all, size_t shape)
{
    bool in = false;
    for (size_t i = 0; i < all->n; i++) {
        const struct edge *e = &all->edge[i];
        if (e->shape != shape || (e->a.lat > p.lat) == (e->b.lat > p.lat))
            continue;
        double lon = e->a.lon + (p.lat - e->a.lat) / (e->b.lat - e->a.lat) * (e->b.lon - e->a.lon);
        in ^= p.lon < lon;
    }
    return in;
}

#endif
