#include "measure/area_ring.h"

#include <math.h>

#include "measure/area_edge.h"
#include "measure/area_pair.h"
#include "measure/lonlat.h"

#define RADIANS (M_PI / 180)

/* Edges that share a row and a decision. */
#define CHUNK 64

/* Longest edge in longitude that is not left to the general method. */
#define WIDE_DEG 90

/* Sums over the edges of a chunk. */
struct sums {
    geo_pair area, error;
    geo_pair_mask near;
};

static inline void add_pair(struct sums *sum, const struct geo_area_row *row, enum geo_edges edges,
                            const struct geo_lonlat *a, const struct geo_lonlat *b,
                            const struct geo_lonlat *c)
{
    const double *z = row->zone, *bx = row->bow_x[edges], *by = row->bow_y[edges];
    struct geo_edge_pair edge = geo_edge_pair(row, a, b, c);
    geo_pair m = edge.m, mm = m * m;
    geo_pair xx = edge.x * edge.x, yy = edge.y * edge.y;
    geo_pair zone = m * ((z[0] + m * z[1]) + mm * ((z[2] + m * z[3]) + mm * (z[4] + m * z[5])));
    geo_pair bow_x = bx[0] + m * bx[1] + mm * bx[2];
    geo_pair bow_y = by[0] + m * by[1] + mm * by[2];
    geo_pair hh = row->east[0] * xx + row->north[0] * yy;

    sum->area += edge.x * (zone + (bow_x * xx + bow_y * yy));
    sum->error += geo_pair_magnitude(edge.x * hh * hh);
    sum->near &= geo_edge_pair_near(&edge);
}

/* The third-order term of n edges from vertex[0] to vertex[n], about the row's parallel. */
static double third_order_area_m2(const struct geo_area_row *row, enum geo_edges edges,
                                  const struct geo_lonlat *vertex, size_t n, double *error_m2)
{
    struct sums sum = {{0, 0}, {0, 0}, {-1, -1}};
    size_t i = 0;

    for (; i + 2 <= n; i += 2)
        add_pair(&sum, row, edges, &vertex[i], &vertex[i + 1], &vertex[i + 2]);
    if (i < n)
        add_pair(&sum, row, edges, &vertex[i], &vertex[i + 1], &vertex[i + 1]);

    *error_m2 = row->error[edges] * (sum.error[0] + sum.error[1]);
    if (!(sum.near[0] & sum.near[1]))
        *error_m2 = INFINITY;
    return sum.area[0] + sum.area[1];
}

/* What a walk along a ring has summed up. */
struct walk {
    const struct geo_area_earth *earth;
    double ref_lat_deg, budget_m2;
    double area_m2, error_m2, turn_deg;
    bool general; /* the ring is one for the general method */
};

static void add_straight_edges(struct walk *walk, const struct geo_lonlat *vertex, size_t n)
{
    for (size_t i = 0; i < n; i++)
        walk->area_m2 += geo_lonlat_area_m2(vertex[i], vertex[i + 1], walk->ref_lat_deg);
    walk->turn_deg += vertex[n].lon - vertex[0].lon;
}

/* Longitude from a to b, at most 180° either way; the differences in this order are exact. */
static double shorter_way(double a_deg, double b_deg)
{
    return b_deg - 360 * round((b_deg - a_deg) / 360) - a_deg;
}

/* The fifth-order term, or what is dearer where that may err by more than the budget. */
static void add_geodesic_edges(struct walk *walk, const struct geo_lonlat *vertex, size_t n)
{
    struct geo_parallel ref = geo_parallel(walk->ref_lat_deg);
    struct geo_authalic a, b = geo_authalic(ref, vertex[0].lat);

    walk->general |= fabs(vertex[0].lat) > GEO_ROW_TOP_DEG;
    for (size_t i = 0; i < n && !walk->general; i++) {
        double error_m2, dlon_deg = shorter_way(vertex[i].lon, vertex[i + 1].lon);
        a = b;
        b = geo_authalic(ref, vertex[i + 1].lat);
        double area_m2 = geo_fifth_order_area_m2(ref, &a, &b, dlon_deg, &error_m2);
        if (!(error_m2 < walk->budget_m2)) {
            area_m2 = geo_long_edge_area_m2(walk->earth, ref, &a, &b, dlon_deg);
            error_m2 = 0;
        }
        walk->area_m2 += area_m2;
        walk->error_m2 += error_m2;
        walk->turn_deg += dlon_deg;
        walk->general = fabs(dlon_deg) > WIDE_DEG || fabs(b.lat_deg) > GEO_ROW_TOP_DEG;
    }
}

static void add_chunk(struct walk *walk, const struct geo_lonlat *vertex, size_t n)
{
    const struct geo_area_row *row = geo_area_row(walk->earth->table, vertex[0].lat);
    double area_m2 = 0, error_m2 = INFINITY;

    if (row)
        area_m2 = third_order_area_m2(row, walk->earth->edges, vertex, n, &error_m2);
    if (error_m2 < (double)n * walk->budget_m2) {
        double dlon_deg = vertex[n].lon - vertex[0].lon;
        walk->area_m2 += area_m2;
        if (row->lat_deg != walk->ref_lat_deg)
            walk->area_m2 +=
                dlon_deg * RADIANS * geo_lonlat_zone_m2(row->lat_deg, walk->ref_lat_deg);
        walk->error_m2 += error_m2;
        walk->turn_deg += dlon_deg;
    } else if (walk->earth->edges == GEO_EDGES_LONLAT) {
        add_straight_edges(walk, vertex, n);
    } else {
        add_geodesic_edges(walk, vertex, n);
    }
}

/* Karney (2013), section 6, whose sums are made in twice the precision of a double. */
static double general_area_m2(const struct geod_geodesic *geod, const struct geo_lonlat *vertex,
                              size_t n)
{
    struct geod_polygon polygon;
    double area_m2;

    geod_polygon_init(&polygon, 0);
    for (size_t v = 0; v + 1 < n; v++)
        geod_polygon_addpoint(geod, &polygon, vertex[v].lat, vertex[v].lon);
    geod_polygon_compute(geod, &polygon, 0, 1, &area_m2, NULL);
    return fabs(area_m2);
}

/* A ring that runs 360° round a pole bounds the zone between itself and the reference parallel, and
 * with it the polar cap. */
static double enclosed_m2(const struct walk *walk)
{
    double all_m2 = 2 * walk->earth->table->hemisphere_m2;
    double area_m2 = fabs(walk->area_m2);

    if (fabs(walk->turn_deg) > 180) {
        double turns = round(walk->turn_deg / 360);
        double cap_m2 = 2 * M_PI * geo_lonlat_zone_m2(90, walk->ref_lat_deg);
        area_m2 = fabs(turns * cap_m2 - walk->area_m2);
    }
    return area_m2 > all_m2 / 2 ? all_m2 - area_m2 : area_m2;
}

double geo_area_ring_m2(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                        size_t n, double budget_m2, double *error_m2)
{
    const struct geo_area_row *row = geo_area_row(earth->table, vertex[0].lat);
    struct walk walk = {
        .earth = earth, .ref_lat_deg = row ? row->lat_deg : vertex[0].lat, .budget_m2 = budget_m2};

    for (size_t i = 0; i + 1 < n && !walk.general; i += CHUNK)
        add_chunk(&walk, &vertex[i], n - 1 - i < CHUNK ? n - 1 - i : CHUNK);
    if (walk.general)
        return general_area_m2(earth->geod, vertex, n);
    *error_m2 += walk.error_m2;
    return enclosed_m2(&walk);
}

double geo_area_signed_m2(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                          size_t n, double budget_m2)
{
    const struct geo_area_row *row = geo_area_row(earth->table, vertex[0].lat);
    struct walk walk = {
        .earth = earth, .ref_lat_deg = row ? row->lat_deg : vertex[0].lat, .budget_m2 = budget_m2};

    for (size_t i = 0; i + 1 < n; i += CHUNK)
        add_chunk(&walk, &vertex[i], n - 1 - i < CHUNK ? n - 1 - i : CHUNK);
    return -walk.area_m2;
}
