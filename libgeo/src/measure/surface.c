#include "measure/surface.h"

#include <math.h>

#include "base/fail.h"

#define RADIANS (M_PI / 180)

/* Halvings of an edge at most: those that run over a pole never become straight. */
#define HALVINGS 16

/* What a geodesic may rise over its ends and not be looked at. */
#define RISE_DEG 1e-3

/* Length of an edge at most, by the longest degree. */
static double longest_m(struct geo_lonlat a, struct geo_lonlat b)
{
    double low = a.lat * b.lat <= 0 ? 0 : fmin(fabs(a.lat), fabs(b.lat));

    return GEO_DEGREE_MAX_M * hypot(b.lat - a.lat, (b.lon - a.lon) * cos(low * RADIANS));
}

/* Highest absolute latitude on a geodesic: where it rises little over its ends, that much more. */
static double edge_top_deg(struct geo_ctx *ctx, struct geo_lonlat a, struct geo_lonlat b)
{
    double top = fmax(fabs(a.lat), fabs(b.lat)), length = longest_m(a, b);
    double rise = top + RISE_DEG >= 90 ? INFINITY
                                       : geo_lonlat_curvature(top + RISE_DEG) * length * length / 8;

    if (rise < RISE_DEG * GEO_DEGREE_MIN_M)
        return top + rise / GEO_DEGREE_MIN_M;
    return geo_geodesic_top_deg(geo_ctx_earth(ctx), a, b);
}

static void extend(struct geo_ctx *ctx, const struct geo_batch *batch, size_t ring,
                   enum geo_edges edges, struct geo_extent *extent)
{
    size_t first = batch->vertex_start[ring];

    for (size_t v = first; v < batch->vertex_start[ring + 1]; v++) {
        struct geo_lonlat p = batch->vertex[v];
        extent->west_deg = fmin(extent->west_deg, p.lon);
        extent->east_deg = fmax(extent->east_deg, p.lon);
        extent->top_deg = fmax(extent->top_deg, isfinite(p.lon + p.lat) ? fabs(p.lat) : INFINITY);
        if (edges == GEO_EDGES_GEODESIC && v > first)
            extent->top_deg = fmax(extent->top_deg, edge_top_deg(ctx, batch->vertex[v - 1], p));
    }
}

struct geo_extent geo_part_extent(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                  enum geo_edges edges)
{
    struct geo_extent extent = {0, INFINITY, -INFINITY};

    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++)
        extend(ctx, batch, r, edges, &extent);
    return extent;
}

double geo_extent_shift_deg(struct geo_extent extent, double lon0_deg)
{
    return 360 * round((lon0_deg - (extent.west_deg + extent.east_deg) / 2) / 360);
}

/* An edge that is being cut, from its southern (western) end to the other. */
struct edge {
    struct geod_geodesicline line; /* of a geodesic */
    bool straight;                 /* in longitude and latitude */
    double gap_m;
    struct geo_batch *scratch;
};

/* Whether the geodesic between two points may be farther than gap_m from straight. Bounds need no
 * geodesic: a length by the longest degree, a latitude by half that length. */
static bool bends(struct geo_lonlat a, struct geo_lonlat b, double gap_m)
{
    double length = longest_m(a, b);
    double top = fmax(fabs(a.lat), fabs(b.lat)) + length / 2 / GEO_DEGREE_MIN_M;

    if (a.lon == b.lon || gap_m == INFINITY)
        return false;
    return top >= 90 || geo_lonlat_curvature(top) * length * length / 8 > gap_m;
}

static enum geo_status add_vertex(struct geo_ctx *ctx, struct geo_batch *scratch,
                                  struct geo_lonlat p)
{
    struct geo_lonlat *vertex;

    GEO_TRY(geo_batch_add_vertices(ctx, scratch, 1, &vertex));
    *vertex = p;
    return GEO_OK;
}

/* Adds the points between two places on an edge, by halving. */
static enum geo_status halve(struct geo_ctx *ctx, const struct edge *edge, double from_m,
                             struct geo_lonlat from, double to_m, struct geo_lonlat to, int depth)
{
    struct geo_lonlat middle = {(from.lon + to.lon) / 2, (from.lat + to.lat) / 2};
    double middle_m = (from_m + to_m) / 2;

    if (depth == 0 || !bends(from, to, edge->gap_m))
        return GEO_OK;
    if (!edge->straight)
        geod_genposition(&edge->line, GEOD_LONG_UNROLL, middle_m, &middle.lat, &middle.lon, NULL,
                         NULL, NULL, NULL, NULL, NULL);
    GEO_TRY(halve(ctx, edge, from_m, from, middle_m, middle, depth - 1));
    GEO_TRY(add_vertex(ctx, edge->scratch, middle));
    return halve(ctx, edge, middle_m, middle, to_m, to, depth - 1);
}

static bool southwest_first(struct geo_lonlat a, struct geo_lonlat b)
{
    return a.lat < b.lat || (a.lat == b.lat && a.lon < b.lon);
}

/* Adds the points between a and b, always found from the same end. */
static enum geo_status cut(struct geo_ctx *ctx, struct geo_lonlat a, struct geo_lonlat b,
                           enum geo_edges edges, double gap_m, struct geo_batch *scratch)
{
    struct edge edge = {.straight = edges == GEO_EDGES_LONLAT, .gap_m = gap_m, .scratch = scratch};
    bool forward = southwest_first(a, b);
    struct geo_lonlat from = forward ? a : b, to = forward ? b : a;
    size_t first = scratch->vertex_count;

    if (!bends(a, b, gap_m))
        return GEO_OK;
    if (!edge.straight)
        geod_inverseline(&edge.line, geo_ctx_earth(ctx), from.lat, from.lon, to.lat, to.lon,
                         GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    GEO_TRY(halve(ctx, &edge, 0, from, edge.line.s13, to, HALVINGS));
    for (size_t i = first, j = scratch->vertex_count; !forward && i + 1 < j; i++, j--) {
        struct geo_lonlat swap = scratch->vertex[i];
        scratch->vertex[i] = scratch->vertex[j - 1];
        scratch->vertex[j - 1] = swap;
    }
    return GEO_OK;
}

/* A ring that ends 360° from its start: down to (up to) the pole on its side, and back over it. */
static enum geo_status close_over_pole(struct geo_ctx *ctx, struct geo_batch *scratch,
                                       const struct geo_lonlat *vertex, size_t n, double shift_deg)
{
    double sum = 0;

    for (size_t v = 0; v < n; v++)
        sum += vertex[v].lat;
    double pole = sum < 0 ? -90 : 90;
    GEO_TRY(add_vertex(ctx, scratch, (struct geo_lonlat){vertex[n - 1].lon + shift_deg, pole}));
    GEO_TRY(add_vertex(ctx, scratch, (struct geo_lonlat){vertex[0].lon + shift_deg, pole}));
    return add_vertex(ctx, scratch, (struct geo_lonlat){vertex[0].lon + shift_deg, vertex[0].lat});
}

static enum geo_status add_ring(struct geo_ctx *ctx, const struct geo_batch *batch, size_t ring,
                                enum geo_edges edges, double gap_m, double shift_deg,
                                struct geo_batch *scratch)
{
    const struct geo_lonlat *vertex = batch->vertex + batch->vertex_start[ring];
    size_t n = batch->vertex_start[ring + 1] - batch->vertex_start[ring];
    struct geo_lonlat last = {0, 0};

    for (size_t v = 0; v < n; v++) {
        struct geo_lonlat p = {vertex[v].lon + shift_deg, vertex[v].lat};
        if (v > 0)
            GEO_TRY(cut(ctx, last, p, edges, gap_m, scratch));
        GEO_TRY(add_vertex(ctx, scratch, p));
        last = p;
    }
    if (fabs(vertex[n - 1].lon - vertex[0].lon) > 180)
        GEO_TRY(close_over_pole(ctx, scratch, vertex, n, shift_deg));
    return geo_batch_end_ring(ctx, scratch);
}

enum geo_status geo_surface(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                            enum geo_edges edges, double gap_m, double shift_deg,
                            GEOSGeometry **surface)
{
    struct geo_batch *scratch = geo_batch_new();
    GEOSGeometry *made = NULL;
    enum geo_status status = scratch ? GEO_OK : geo_no_memory(ctx);

    for (size_t r = batch->ring_start[part]; status == GEO_OK && r < batch->ring_start[part + 1];
         r++)
        status = add_ring(ctx, batch, r, edges, gap_m, shift_deg, scratch);
    if (status == GEO_OK)
        status = geo_batch_end_part(ctx, scratch, GEO_KIND_POLYGON);
    if (status == GEO_OK)
        status = geo_geos_from_part(ctx, scratch, 0, &made);
    if (status == GEO_OK)
        status = geo_make_valid(ctx, &made);
    geo_batch_free(scratch);
    if (status == GEO_OK)
        *surface = made;
    return status;
}
