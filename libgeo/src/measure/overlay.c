#include <math.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "measure/round.h"
#include "measure/surface.h"

/* How far a geodesic edge of a polygon may run from straight when polygons are united. */
#define GAP_M 1e-3

enum geo_status geo_difference(struct geo_ctx *ctx, const struct geo_batch *batch, size_t a,
                               size_t b, int decimals, struct geo_batch *out)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSGeometry *of = NULL, *less = NULL, *rest = NULL;
    enum geo_status status = geo_geos_from_features(ctx, batch, a, 1, &of);

    if (status == GEO_OK)
        status = geo_geos_from_features(ctx, batch, b, 1, &less);
    if (status == GEO_OK) {
        geo_foreign_clear(ctx);
        rest = GEOSDifferencePrec_r(geos, of, less, geo_cell_deg(decimals));
        status = rest ? geo_append_oriented(ctx, rest, out) : geo_geos_failed(ctx);
    }
    GEOSGeom_destroy_r(geos, of);
    GEOSGeom_destroy_r(geos, less);
    GEOSGeom_destroy_r(geos, rest);
    return status;
}

/* Where the polygons of a batch lie: the meridian of the first one, and whether all fit on one turn
 * of less than half of the Earth about it. */
struct place {
    double lon0_deg;
    bool one_turn;
};

static struct place place_of(struct geo_ctx *ctx, const struct geo_batch *batch)
{
    struct geo_extent all = {0, INFINITY, -INFINITY};
    double lon0 = 0;

    for (size_t i = 0; i < batch->n; i++)
        for (size_t part = batch->part_start[i];
             !batch->dropped[i] && part < batch->part_start[i + 1]; part++) {
            if (batch->part_kind[part] != GEO_KIND_POLYGON)
                continue;
            struct geo_extent one = geo_part_extent(ctx, batch, part, GEO_EDGES_LONLAT);
            if (all.west_deg > all.east_deg)
                lon0 = (one.west_deg + one.east_deg) / 2;
            double shift = geo_extent_shift_deg(one, lon0);
            all.west_deg = fmin(all.west_deg, one.west_deg + shift);
            all.east_deg = fmax(all.east_deg, one.east_deg + shift);
        }
    bool one_turn = all.east_deg - all.west_deg <= 180;
    return (struct place){one_turn ? lon0 : 0, one_turn};
}

static int shift_x(double *x, double *y, void *shift_deg)
{
    (void)y;
    *x += *(const double *)shift_deg;
    return 1;
}

/* What of a surface lies on the turn from 360 k - 180 to 360 k + 180, put between -180 and 180. */
static enum geo_status add_turn(struct geo_ctx *ctx, const GEOSGeometry *surface, double k,
                                struct geo_heap *heap)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    double west = 360 * k - 180, east = 360 * k + 180, back = -360 * k;
    struct geo_lonlat corner[] = {{west, -90}, {east, -90}, {east, 90}, {west, 90}, {west, -90}};
    GEOSGeometry *window, *inside, *moved = NULL;

    GEO_TRY(geo_geos_polygon(ctx, corner, 5, &window));
    inside = GEOSIntersection_r(geos, surface, window);
    GEOSGeom_destroy_r(geos, window);
    if (inside)
        moved = GEOSGeom_transformXY_r(geos, inside, shift_x, &back);
    GEOSGeom_destroy_r(geos, inside);
    return moved ? geo_heap_add(ctx, heap, moved) : geo_geos_failed(ctx);
}

/* Adds a surface in pieces that lie between -180 and 180. Destroys it. */
static enum geo_status add_wrapped(struct geo_ctx *ctx, GEOSGeometry *surface,
                                   struct geo_heap *heap)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    double west, east;

    if (GEOSisEmpty_r(geos, surface) != 0 || !GEOSGeom_getXMin_r(geos, surface, &west) ||
        !GEOSGeom_getXMax_r(geos, surface, &east) || (west >= -180 && east <= 180))
        return geo_heap_add(ctx, heap, surface);
    enum geo_status status = GEO_OK;
    for (double k = floor((west + 180) / 360); status == GEO_OK && 360 * k - 180 < east; k++)
        status = add_turn(ctx, surface, k, heap);
    GEOSGeom_destroy_r(geos, surface);
    return status;
}

static enum geo_status add_part(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                enum geo_edges edges, struct place place, struct geo_heap *heap)
{
    struct geo_extent extent = geo_part_extent(ctx, batch, part, GEO_EDGES_LONLAT);
    double shift_deg = geo_extent_shift_deg(extent, place.lon0_deg);
    double gap_m = edges == GEO_EDGES_GEODESIC ? GAP_M : INFINITY;
    GEOSGeometry *surface;

    GEO_TRY(geo_surface(ctx, batch, part, edges, gap_m, shift_deg, &surface));
    return place.one_turn ? geo_heap_add(ctx, heap, surface) : add_wrapped(ctx, surface, heap);
}

static enum geo_status dissolve(struct geo_ctx *ctx, const struct geo_batch *batch,
                                enum geo_edges edges, struct geo_heap *heap, struct geo_batch *out)
{
    struct place place = place_of(ctx, batch);
    GEOSGeometry *united;

    for (size_t i = 0; i < batch->n; i++)
        for (size_t part = batch->part_start[i];
             !batch->dropped[i] && part < batch->part_start[i + 1]; part++)
            if (batch->part_kind[part] == GEO_KIND_POLYGON)
                GEO_TRY(add_part(ctx, batch, part, edges, place, heap));
    GEO_TRY(geo_heap_unite(ctx, heap, &united));
    enum geo_status status = geo_append_oriented(ctx, united, out);
    GEOSGeom_destroy_r(geo_ctx_geos(ctx), united);
    return status;
}

enum geo_status geo_dissolve(struct geo_ctx *ctx, const struct geo_batch *batch,
                             enum geo_edges edges, struct geo_batch *out)
{
    struct geo_heap heap = {0};
    enum geo_status status = dissolve(ctx, batch, edges, &heap, out);

    geo_heap_release(ctx, &heap);
    return status;
}
