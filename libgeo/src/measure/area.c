#include <math.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "measure/lonlat.h"

struct size {
    double area_m2, length_m;
};

static enum geo_status check(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                             size_t first, size_t end)
{
    for (size_t v = first; v < end; v++) {
        struct geo_lonlat p = batch->vertex[v];
        if (!isfinite(p.lon) || !(fabs(p.lat) <= 90))
            return geo_fail(ctx, GEO_EDOMAIN,
                            "feature %lld: vertex %zu: %.12g, %.12g is no longitude and latitude",
                            (long long)batch->fid[i], v - first, p.lon, p.lat);
    }
    return GEO_OK;
}

/* A closed ring, or a line if its area does not count. */
static struct size geodesic_size(const struct geod_geodesic *earth, const struct geo_lonlat *vertex,
                                 size_t n, bool closed)
{
    struct geod_polygon polygon;
    struct size size = {0, 0};

    geod_polygon_init(&polygon, !closed);
    for (size_t v = 0; v < n - closed; v++)
        geod_polygon_addpoint(earth, &polygon, vertex[v].lat, vertex[v].lon);
    geod_polygon_compute(earth, &polygon, 0, 1, closed ? &size.area_m2 : NULL, &size.length_m);
    size.area_m2 = fabs(size.area_m2);
    return size;
}

/* Area on the side of the ring that is not larger than the other. A ring that runs 360° round a
 * pole bounds the zone between itself and the reference parallel, and with it the polar cap. */
static double lonlat_ring_area_m2(const struct geo_lonlat *vertex, size_t n)
{
    double lat0 = vertex[0].lat;
    double all = 4 * M_PI * geo_lonlat_zone_m2(90, 0);
    double sum = 0;

    for (size_t v = 1; v < n; v++)
        sum += geo_lonlat_area_m2(vertex[v - 1], vertex[v], lat0);
    double turns = round((vertex[n - 1].lon - vertex[0].lon) / 360);
    double area = fabs(turns * 2 * M_PI * geo_lonlat_zone_m2(90, lat0) - sum);
    return area > all / 2 ? all - area : area;
}

static struct size lonlat_size(const struct geo_lonlat *vertex, size_t n, bool closed)
{
    struct size size = {closed ? lonlat_ring_area_m2(vertex, n) : 0, 0};

    for (size_t v = 1; v < n; v++)
        size.length_m += geo_lonlat_length_m(vertex[v - 1], vertex[v]);
    return size;
}

static struct size part_size(const struct geod_geodesic *earth, const struct geo_batch *batch,
                             size_t part, enum geo_edges edges)
{
    struct size sum = {0, 0};
    bool closed = batch->part_kind[part] == GEO_KIND_POLYGON;

    if (batch->part_kind[part] == GEO_KIND_POINT)
        return sum;
    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        const struct geo_lonlat *vertex = batch->vertex + batch->vertex_start[r];
        size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
        if (n < 2)
            continue;
        struct size ring = edges == GEO_EDGES_GEODESIC ? geodesic_size(earth, vertex, n, closed)
                                                       : lonlat_size(vertex, n, closed);
        sum.area_m2 += r == batch->ring_start[part] ? ring.area_m2 : -ring.area_m2;
        sum.length_m += ring.length_m;
    }
    return sum;
}

enum geo_status geo_area(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                         enum geo_edges edges, double *area_m2, double *perimeter_m)
{
    struct size sum = {0, 0};
    size_t first = batch->part_start[i];
    size_t end = batch->part_start[i + 1];

    if (first < end) /* a batch of empty geometries has no arrays of rings */
        GEO_TRY(check(ctx, batch, i, batch->vertex_start[batch->ring_start[first]],
                      batch->vertex_start[batch->ring_start[end]]));
    for (size_t part = first; part < end; part++) {
        struct size size = part_size(geo_ctx_earth(ctx), batch, part, edges);
        sum.area_m2 += fmax(size.area_m2, 0);
        sum.length_m += size.length_m;
    }
    *area_m2 = sum.area_m2;
    *perimeter_m = sum.length_m;
    return GEO_OK;
}
