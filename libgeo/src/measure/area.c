#include <float.h>
#include <math.h>

#include "base/fail.h"
#include "geo/measure.h"
#include "measure/area_length.h"
#include "measure/area_pair.h"
#include "measure/area_ring.h"

/* What the error estimates of a feature may add up to. */
#define TOLERANCE_M2 1e-4
#define TOLERANCE 1e-9

/* Squares, so that a comparison says it. */
#define LON_MAX2 DBL_MAX
#define LAT_MAX2 (90.0 * 90)

static enum geo_status check(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                             size_t start, size_t end)
{
    geo_pair_mask good = {-1, -1};

    for (size_t v = start; v < end; v++) { /* all of them: without branches that costs little */
        geo_pair p = geo_pair_of(&batch->vertex[v]);
        good &= p * p <= (geo_pair){LON_MAX2, LAT_MAX2};
    }
    if (good[0] & good[1])
        return GEO_OK;
    size_t v = start;
    struct geo_lonlat p = batch->vertex[v];
    while (p.lon * p.lon <= LON_MAX2 && p.lat * p.lat <= LAT_MAX2)
        p = batch->vertex[++v];
    return geo_fail(ctx, GEO_EDOMAIN,
                    "feature %lld: vertex %zu: %.12g, %.12g is no longitude and latitude",
                    (long long)batch->fid[i], v - start, p.lon, p.lat);
}

/* Each estimate of an error is added to *error_m2. */
static double polygon_area_m2(const struct geo_area_earth *earth, const struct geo_batch *batch,
                              size_t part, double budget_m2, double *error_m2)
{
    double sum_m2 = 0;

    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        const struct geo_lonlat *vertex = &batch->vertex[batch->vertex_start[r]];
        size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
        double ring_m2 = n > 1 ? geo_area_ring_m2(earth, vertex, n, budget_m2, error_m2) : 0;
        sum_m2 += r == batch->ring_start[part] ? ring_m2 : -ring_m2;
    }
    return sum_m2 > 0 ? sum_m2 : 0;
}

static double parts_area_m2(const struct geo_area_earth *earth, const struct geo_batch *batch,
                            size_t first, size_t end, double budget_m2, double *error_m2)
{
    double sum_m2 = 0;

    *error_m2 = 0;
    for (size_t part = first; part < end; part++)
        if (batch->part_kind[part] == GEO_KIND_POLYGON)
            sum_m2 += polygon_area_m2(earth, batch, part, budget_m2, error_m2);
    return sum_m2;
}

/* First by the cheapest terms; where their errors add up to more than the tolerance, once more, each
 * edge having its share of it. */
static double feature_area_m2(const struct geo_area_earth *earth, const struct geo_batch *batch,
                              size_t first, size_t end, size_t n)
{
    double error_m2;
    double area_m2 = parts_area_m2(earth, batch, first, end, INFINITY, &error_m2);
    double tolerance_m2 = TOLERANCE * (area_m2 - error_m2);

    if (!(tolerance_m2 > TOLERANCE_M2))
        tolerance_m2 = TOLERANCE_M2;
    if (error_m2 <= tolerance_m2)
        return area_m2;
    return parts_area_m2(earth, batch, first, end, tolerance_m2 / (double)n, &error_m2);
}

static double feature_length_m(const struct geo_area_earth *earth, const struct geo_batch *batch,
                               size_t first, size_t end)
{
    double length_m = 0;

    for (size_t part = first; part < end; part++)
        for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
            size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
            if (n > 1)
                length_m += geo_edges_length_m(earth, &batch->vertex[batch->vertex_start[r]], n);
        }
    return length_m;
}

enum geo_status geo_area(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                         enum geo_edges edges, double *area_m2, double *perimeter_m)
{
    struct geo_area_earth earth = {NULL, geo_ctx_earth(ctx), edges};
    size_t first = batch->part_start[i];
    size_t end = batch->part_start[i + 1];
    size_t from = 0, to = 0; /* a batch of empty geometries has no arrays of rings */

    if (first < end) {
        from = batch->vertex_start[batch->ring_start[first]];
        to = batch->vertex_start[batch->ring_start[end]];
    }
    GEO_TRY(check(ctx, batch, i, from, to));
    GEO_TRY(geo_area_table(ctx, &earth.table));
    *area_m2 = feature_area_m2(&earth, batch, first, end, to - from);
    if (perimeter_m)
        *perimeter_m = feature_length_m(&earth, batch, first, end);
    return GEO_OK;
}
