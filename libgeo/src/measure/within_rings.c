#include <math.h>

#include "base/fail.h"
#include "measure/course.h"
#include "measure/within_query.h"

#define RADIANS (3.14159265358979323846 / 180)
/* Pieces of an edge at most: one over a pole never becomes straight. */
#define PIECES_MAX 1e5

static void extend(struct within_box *box, struct geo_lonlat p)
{
    box->x_lo = geo_min(box->x_lo, p.lon);
    box->x_hi = geo_max(box->x_hi, p.lon);
    box->y_lo = geo_min(box->y_lo, p.lat);
    box->y_hi = geo_max(box->y_hi, p.lat);
}

/* The pole that a ring goes round: 90 or -90; 0 if it does not. */
static double pole_lat(const struct geo_lonlat *vertex, size_t n)
{
    if (n == 0 || fabs(vertex[n - 1].lon - vertex[0].lon) <= 180)
        return 0;
    double sum = 0;
    for (size_t v = 0; v < n; v++)
        sum += vertex[v].lat;
    return sum < 0 ? -90 : 90;
}

static void extend_part(struct within_box *box, const struct geo_batch *batch, size_t part)
{
    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        const struct geo_lonlat *vertex = &batch->vertex[batch->vertex_start[r]];
        const size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
        for (size_t v = 0; v < n; v++)
            extend(box, vertex[v]);
        const double pole = pole_lat(vertex, n);
        if (pole != 0)
            extend(box, (struct geo_lonlat){vertex[0].lon, pole});
    }
}

bool within_feature_box(const struct geo_batch *batch, size_t i, struct within_box *box)
{
    *box = (struct within_box){INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
        if (batch->part_kind[part] == GEO_KIND_POLYGON)
            extend_part(box, batch, part);
    return box->x_lo <= box->x_hi;
}

/* Whether a gap is not reached, by bounds that cost little; tan(x) <= x / 45° up to 45°. */
static bool is_short(struct geo_lonlat a, struct geo_lonlat b, double gap_m)
{
    const double span = fabs(b.lat - a.lat) + fabs(b.lon - a.lon);
    const double top = geo_max(fabs(a.lat), fabs(b.lat)) + span, length = GEO_DEGREE_MAX_M * span;
    return top < 45 && 1.1 * top / 45 * length * length < 8 * gap_m * GEO_EARTH_MIN_RADIUS_M;
}

double within_count_pieces(struct geo_lonlat a, struct geo_lonlat b, double gap_m)
{
    if (gap_m == INFINITY || a.lon == b.lon || is_short(a, b, gap_m))
        return 1;
    const double low = a.lat * b.lat <= 0 ? 0 : geo_min(fabs(a.lat), fabs(b.lat));
    const double length =
        GEO_DEGREE_MAX_M * hypot(b.lat - a.lat, (b.lon - a.lon) * cos(low * RADIANS));
    const double top = geo_max(fabs(a.lat), fabs(b.lat)) + length / 2 / GEO_DEGREE_MIN_M;
    const double n = ceil(length * sqrt(geo_lonlat_curvature(geo_min(top, 89.9)) / 8 / gap_m));
    return geo_min(n, PIECES_MAX);
}

static enum geo_status add_vertex(struct geo_ctx *ctx, struct within_chain *rings, double lon,
                                  double lat)
{
    const struct within_spot spot = {lon, lat};
    return within_chain_add(ctx, rings, &spot, 1);
}

/* Adds a geodesic from its start on, without its end. */
static enum geo_status add_edge(struct geo_ctx *ctx, struct within_chain *rings,
                                struct geo_lonlat a, struct geo_lonlat b, double gap_m)
{
    const double n = within_count_pieces(a, b, gap_m);
    struct geod_geodesicline line;
    GEO_TRY(add_vertex(ctx, rings, a.lon, a.lat));
    if (n > 1)
        geod_inverseline(&line, geo_ctx_earth(ctx), a.lat, a.lon, b.lat, b.lon,
                         GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    for (double k = 1; k < n; k++) {
        struct geo_lonlat p;
        geod_genposition(&line, GEOD_LONG_UNROLL, line.s13 * k / n, &p.lat, &p.lon, NULL, NULL,
                         NULL, NULL, NULL, NULL);
        GEO_TRY(add_vertex(ctx, rings, p.lon, p.lat));
    }
    return GEO_OK;
}

static enum geo_status add_ring(struct geo_ctx *ctx, struct within_chain *rings,
                                const struct geo_lonlat *vertex, size_t n, double gap_m)
{
    const double pole = pole_lat(vertex, n);
    for (size_t v = 0; v + 1 < n; v++)
        GEO_TRY(add_edge(ctx, rings, vertex[v], vertex[v + 1], gap_m));
    if (pole != 0) { /* to the pole, along it, and back */
        GEO_TRY(add_vertex(ctx, rings, vertex[n - 1].lon, vertex[n - 1].lat));
        GEO_TRY(add_vertex(ctx, rings, vertex[n - 1].lon, pole));
        GEO_TRY(add_vertex(ctx, rings, vertex[0].lon, pole));
    }
    return within_chain_end(ctx, rings);
}

static void reverse(struct within_chain *rings, size_t ring)
{
    const struct within_ring r = rings->ring[ring];
    for (size_t i = r.first, j = r.first + r.n - 1; i < j; i++, j--) {
        const struct within_spot swap = rings->spot[i];
        rings->spot[i] = rings->spot[j];
        rings->spot[j] = swap;
    }
}

static enum geo_status add_part(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                double gap_m, struct within_chain *rings)
{
    const size_t first = batch->ring_start[part];
    for (size_t r = first; r < batch->ring_start[part + 1]; r++) {
        const size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r], made = rings->ring_n;
        if (n == 0)
            continue;
        GEO_TRY(add_ring(ctx, rings, &batch->vertex[batch->vertex_start[r]], n, gap_m));
        if (rings->ring_n > made && (within_ring_area(rings, made) > 0) != (r == first))
            reverse(rings, made);
    }
    return GEO_OK;
}

enum geo_status within_load(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                            double gap_m, struct within_chain *rings)
{
    within_chain_clear(rings);
    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
        if (batch->part_kind[part] == GEO_KIND_POLYGON)
            GEO_TRY(add_part(ctx, batch, part, gap_m, rings));
    return GEO_OK;
}
