#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "read/crs.h"
#include "read/vn2000.h"

/* A projected CRS may stand in a bound one (a PROJ string with +towgs84) or a compound one. */
static bool is_projected(struct geo_ctx *ctx, const PJ *crs)
{
    PJ_TYPE type = proj_get_type(crs);

    if (type == PJ_TYPE_PROJECTED_CRS)
        return true;
    if (type != PJ_TYPE_BOUND_CRS && type != PJ_TYPE_COMPOUND_CRS)
        return false;
    PJ *inner = type == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(geo_ctx_proj(ctx), crs)
                                          : proj_crs_get_sub_crs(geo_ctx_proj(ctx), crs, 0);
    bool projected = inner && is_projected(ctx, inner);
    proj_destroy(inner);
    return projected;
}

/* Whether the first two axes are in metres. */
static bool in_metres(struct geo_ctx *ctx, const PJ *crs)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    PJ_TYPE type = proj_get_type(crs);
    bool metres = true;

    if (type != PJ_TYPE_PROJECTED_CRS) {
        PJ *inner = type == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(proj, crs)
                                              : proj_crs_get_sub_crs(proj, crs, 0);
        metres = inner && in_metres(ctx, inner);
        proj_destroy(inner);
        return metres;
    }
    PJ *axes = proj_crs_get_coordinate_system(proj, crs);
    for (int axis = 0; axis < 2; axis++) {
        double metres_per_unit = 0;
        metres = metres && axes &&
                 proj_cs_get_axis_info(proj, axes, axis, NULL, NULL, NULL, &metres_per_unit, NULL,
                                       NULL, NULL) &&
                 metres_per_unit == 1;
    }
    proj_destroy(axes);
    return metres;
}

/* NULL if it is not known. */
static enum geo_status crs_of(struct geo_ctx *ctx, const char *grid, PJ **crs)
{
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(ctx, grid, &expanded));
    *crs = geo_crs_create(geo_ctx_proj(ctx), expanded);
    free(expanded);
    return GEO_OK;
}

/* The operations PROJ knows from WGS 84 for the area in which the grid is used, best first; none of
 * them a ballpark. */
static PJ_OBJ_LIST *operations_to(struct geo_ctx *ctx, const PJ *crs)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(proj, NULL);
    PJ *wgs84 = proj_create(proj, "EPSG:4326");
    PJ_OBJ_LIST *list = NULL;
    double west, south, east, north;

    if (factory && wgs84) {
        if (proj_get_area_of_use(proj, crs, &west, &south, &east, &north, NULL) && west > -1000)
            proj_operation_factory_context_set_area_of_interest(proj, factory, west, south, east,
                                                                north);
        proj_operation_factory_context_set_spatial_criterion(
            proj, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
        proj_operation_factory_context_set_grid_availability_use(
            proj, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
        proj_operation_factory_context_set_allow_ballpark_transformations(proj, factory, 0);
        list = proj_create_operations(proj, wgs84, crs, factory);
    }
    proj_destroy(wgs84);
    proj_operation_factory_context_destroy(factory);
    return list;
}

/* The best operation from longitude and latitude to easting and northing. */
static enum geo_status make_operation(struct geo_ctx *ctx, const char *grid, PJ **operation)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    PJ *crs = NULL;

    GEO_TRY(crs_of(ctx, grid, &crs));
    if (!crs)
        return geo_fail(ctx, GEO_ECRS, "grid '%s': ", grid);
    if (!is_projected(ctx, crs) || !in_metres(ctx, crs)) {
        proj_destroy(crs);
        return geo_fail(ctx, GEO_ECRS, "grid '%s' is no projected CRS in metres", grid);
    }
    PJ_OBJ_LIST *list = operations_to(ctx, crs);
    proj_destroy(crs);
    PJ *best = list && proj_list_get_count(list) > 0 ? proj_list_get(proj, list, 0) : NULL;
    proj_list_destroy(list);
    PJ *normal = best ? proj_normalize_for_visualization(proj, best) : NULL;
    proj_destroy(best);
    if (!normal)
        return geo_fail(ctx, GEO_ECRS,
                        "grid '%s': no operation but a ballpark leads there from WGS 84", grid);
    *operation = normal;
    return GEO_OK;
}

/* A grid may be used this far beyond its area of use: a province lies where it lies. */
#define BEYOND_DEG 3.0

/* A plane edge this long between meridians this close is a tear: the other edge of the map. */
#define TEAR_M 1e7
#define TEAR_DEG 90.0

/* Whether a position lies in or near the area in which the grid is used; true if none is stated. */
static bool is_used_at(struct geo_ctx *ctx, const PJ *crs, struct geo_lonlat at)
{
    double west, south, east, north;
    if (!crs || !proj_get_area_of_use(geo_ctx_proj(ctx), crs, &west, &south, &east, &north, NULL) ||
        west < -999)
        return true;
    double centre = (west + (east < west ? east + 360 : east)) / 2;
    double half = fabs((east < west ? east + 360 : east) - west) / 2;
    return fabs(remainder(at.lon - centre, 360)) <= half + BEYOND_DEG &&
           at.lat >= south - BEYOND_DEG && at.lat <= north + BEYOND_DEG;
}

/* Whether the plane keeps a ring whole: it is closed there, and no edge leaps across the map. */
static bool is_whole(const PJ_COORD *at, const struct geo_lonlat *vertex, size_t n)
{
    for (size_t v = 1; v < n; v++)
        if (hypot(at[v].xy.x - at[v - 1].xy.x, at[v].xy.y - at[v - 1].xy.y) > TEAR_M &&
            fabs(vertex[v].lon - vertex[v - 1].lon) < TEAR_DEG)
            return false;
    return hypot(at[n - 1].xy.x - at[0].xy.x, at[n - 1].xy.y - at[0].xy.y) < 1;
}

/* Area of a ring in the plane, relative to its first vertex. */
static double shoelace_m2(const PJ_COORD *at, size_t n)
{
    double sum = 0;

    for (size_t v = 1; v + 1 < n; v++)
        sum += (at[v].xy.x - at[0].xy.x) * (at[v + 1].xy.y - at[0].xy.y) -
               (at[v + 1].xy.x - at[0].xy.x) * (at[v].xy.y - at[0].xy.y);
    return fabs(sum) / 2;
}

static enum geo_status ring_area(struct geo_ctx *ctx, PJ *operation, const struct geo_batch *batch,
                                 size_t i, size_t ring, PJ_COORD *at, double *area_m2)
{
    const struct geo_lonlat *vertex = batch->vertex + batch->vertex_start[ring];
    size_t n = batch->vertex_start[ring + 1] - batch->vertex_start[ring];

    for (size_t v = 0; v < n; v++)
        at[v] = proj_coord(vertex[v].lon, vertex[v].lat, 0, HUGE_VAL);
    proj_errno_reset(operation);
    if (proj_trans_array(operation, PJ_FWD, n, at) != 0)
        proj_errno_reset(operation);
    for (size_t v = 0; v < n; v++)
        if (!isfinite(at[v].xy.x) || !isfinite(at[v].xy.y))
            return geo_fail(ctx, GEO_EDOMAIN,
                            "feature %lld: vertex %.12g, %.12g cannot be projected to the grid",
                            (long long)batch->fid[i], vertex[v].lon, vertex[v].lat);
    if (n && !is_whole(at, vertex, n))
        return geo_fail(ctx, GEO_EDOMAIN, "feature %lld: the grid tears it",
                        (long long)batch->fid[i]);
    *area_m2 = shoelace_m2(at, n);
    return GEO_OK;
}

/* Sum over the rings of feature i; at holds as many coordinates as its longest ring. */
static enum geo_status feature_area(struct geo_ctx *ctx, PJ *operation,
                                    const struct geo_batch *batch, size_t i, PJ_COORD *at,
                                    double *area_m2)
{
    double sum = 0;

    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++) {
        double area = 0;
        if (batch->part_kind[part] != GEO_KIND_POLYGON)
            continue;
        for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
            double ring_m2 = 0;
            GEO_TRY(ring_area(ctx, operation, batch, i, r, at, &ring_m2));
            area += r == batch->ring_start[part] ? ring_m2 : -ring_m2;
        }
        sum += fmax(area, 0);
    }
    *area_m2 = sum;
    return GEO_OK;
}

static size_t longest_ring(const struct geo_batch *batch, size_t i)
{
    size_t longest = 0;

    for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
        for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
            size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
            longest = n > longest ? n : longest;
        }
    return longest;
}

static enum geo_status make_crs(struct geo_ctx *ctx, const char *grid, PJ **crs)
{
    GEO_TRY(crs_of(ctx, grid, crs));
    return *crs ? GEO_OK : geo_fail(ctx, GEO_ECRS, "grid '%s': ", grid);
}

enum geo_status geo_grid_area(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                              const char *grid, double *area_m2)
{
    PJ *operation, *crs;
    size_t part = batch->part_start[i], none = part == batch->part_start[i + 1];

    GEO_TRY(geo_ctx_pj_made(ctx, grid, make_operation, &operation));
    GEO_TRY(geo_ctx_pj_made(ctx, grid, make_crs, &crs));
    if (!none) {
        struct geo_lonlat at = batch->vertex[batch->vertex_start[batch->ring_start[part]]];
        if (!is_used_at(ctx, crs, at))
            return geo_fail(
                ctx, GEO_EDOMAIN,
                "feature %lld: %.7f, %.7f lies far outside the area in which %s is used",
                (long long)batch->fid[i], at.lon, at.lat, grid);
    }
    PJ_COORD *at = calloc(longest_ring(batch, i) + 1, sizeof *at);
    if (!at)
        return geo_no_memory(ctx);
    enum geo_status status = feature_area(ctx, operation, batch, i, at, area_m2);
    free(at);
    return status;
}
