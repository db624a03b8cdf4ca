#include "measure/area_length.h"

#include <float.h>
#include <math.h>

#include "measure/area_pair.h"
#include "measure/lonlat.h"

/* Edges that share a row and a decision. */
#define CHUNK 64

/* Longest edge for the series, in degrees of longitude on its parallel: its error grows with the
 * fifth power, to some nm here. */
#define SHORT_EDGE_DEG 0.25

/* Squared length of geodesics to fourth order (area_table.h). */
static inline geo_pair geodesic_square(const struct geo_area_row *row,
                                       const struct geo_edge_pair *edge, geo_pair east,
                                       geo_pair north)
{
    geo_pair m = edge->m, mm = m * m;
    geo_pair xx = edge->x * edge->x, yy = edge->y * edge->y;
    geo_pair fxx = row->xx[0] + m * row->xx[1] + mm * row->xx[2];
    geo_pair fxy = row->xy[0] + m * row->xy[1] + mm * row->xy[2];
    geo_pair fyy = row->yy[0] + m * row->yy[1];

    return xx * (east + fxx * xx + fxy * yy) + yy * (north + fyy * yy);
}

/* Squared length of edges straight in longitude and latitude: the mean over the edge of the root of
 * the squared speed f(m) = east x² + north y², squared, is f + y² (f''/2 - f'²/4f) / 12. */
static inline geo_pair straight_square(const struct geo_area_row *row,
                                       const struct geo_edge_pair *edge, geo_pair east,
                                       geo_pair north)
{
    const double *e = row->east, *n = row->north;
    geo_pair m = edge->m;
    geo_pair xx = edge->x * edge->x, yy = edge->y * edge->y;
    geo_pair f = east * xx + north * yy;
    geo_pair east1 = e[1] + m * (2 * e[2] + m * (3 * e[3] + m * (4 * e[4])));
    geo_pair east2 = 2 * e[2] + m * (6 * e[3] + m * (12 * e[4]));
    geo_pair f1 = east1 * xx + (n[1] + m * (2 * n[2])) * yy;
    geo_pair f2 = east2 * xx + (2 * n[2] + m * (6 * n[3])) * yy;

    return f + yy / 12 * (f2 / 2 - f1 * f1 / (4 * (f + DBL_MIN))); /* edges without length: 0 */
}

struct sums {
    geo_pair length;
    geo_pair_mask near;
};

static inline void add_pair(struct sums *sum, const struct geo_area_row *row, enum geo_edges edges,
                            const struct geo_lonlat *a, const struct geo_lonlat *b,
                            const struct geo_lonlat *c)
{
    const double *e = row->east, *n = row->north;
    struct geo_edge_pair edge = geo_edge_pair(row, a, b, c);
    geo_pair m = edge.m, mm = m * m;
    geo_pair east = (e[0] + m * e[1]) + mm * ((e[2] + m * e[3]) + mm * (e[4] + m * e[5]));
    geo_pair north = (n[0] + m * n[1]) + mm * (n[2] + m * n[3]);
    geo_pair square = edges == GEO_EDGES_GEODESIC ? geodesic_square(row, &edge, east, north)
                                                  : straight_square(row, &edge, east, north);

    sum->length += (geo_pair){sqrt(square[0]), sqrt(square[1])};
    sum->near &= geo_edge_pair_near(&edge) & (square < SHORT_EDGE_DEG * SHORT_EDGE_DEG * east);
}

/* Length of n edges from vertex[0] to vertex[n]; NAN if one is too long or too far from the row. */
static double series_length(const struct geo_area_row *row, enum geo_edges edges,
                            const struct geo_lonlat *vertex, size_t n)
{
    struct sums sum = {{0, 0}, {-1, -1}};
    size_t i = 0;

    for (; i + 2 <= n; i += 2)
        add_pair(&sum, row, edges, &vertex[i], &vertex[i + 1], &vertex[i + 2]);
    if (i < n)
        add_pair(&sum, row, edges, &vertex[i], &vertex[i + 1], &vertex[i + 1]);
    return sum.near[0] & sum.near[1] ? sum.length[0] + sum.length[1] : NAN;
}

static double edge_length(const struct geo_area_earth *earth, struct geo_lonlat a,
                          struct geo_lonlat b)
{
    double length_m;

    if (earth->edges == GEO_EDGES_LONLAT)
        return geo_lonlat_length_m(a, b);
    geod_inverse(earth->geod, a.lat, a.lon, b.lat, b.lon, &length_m, NULL, NULL);
    return length_m;
}

static double chunk_length(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                           size_t n)
{
    const struct geo_area_row *row = geo_area_row(earth->table, vertex[0].lat);
    double length_m = row ? series_length(row, earth->edges, vertex, n) : NAN;

    if (!isnan(length_m))
        return length_m;
    if (n == 1)
        return edge_length(earth, vertex[0], vertex[1]);
    for (size_t i = 0; i < n; i++)
        length_m = (i ? length_m : 0) + chunk_length(earth, &vertex[i], 1);
    return length_m;
}

double geo_edges_length_m(const struct geo_area_earth *earth, const struct geo_lonlat *vertex,
                          size_t n)
{
    double length_m = 0;

    for (size_t i = 0; i + 1 < n; i += CHUNK)
        length_m += chunk_length(earth, &vertex[i], n - 1 - i < CHUNK ? n - 1 - i : CHUNK);
    return length_m;
}
