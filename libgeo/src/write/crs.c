#include "write/crs.h"

#include <math.h>
#include <proj.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/vn2000.h"
#include "write/range.h"

#define WGS84 "OGC:CRS84"

static enum geo_status unknown(struct geo_ctx *ctx, const char *crs)
{
    return geo_fail(ctx, GEO_ECRS, "CRS '%s' is not known: ", crs);
}

/* Whether a CRS has two horizontal axes. */
static bool is_horizontal(const PJ *crs)
{
    static const PJ_TYPE others[] = {PJ_TYPE_GEOCENTRIC_CRS, PJ_TYPE_VERTICAL_CRS,
                                     PJ_TYPE_TEMPORAL_CRS, PJ_TYPE_ENGINEERING_CRS};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (proj_get_type(crs) == others[i])
            return false;
    return true;
}

static enum geo_status crs_of(struct geo_ctx *ctx, const char *text, PJ **crs)
{
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(ctx, text, &expanded));
    geo_foreign_clear(ctx);
    PJ *made = proj_create(geo_ctx_proj(ctx), expanded);
    free(expanded);
    if (!made)
        return unknown(ctx, text);
    if (!proj_is_crs(made) || !is_horizontal(made)) {
        proj_destroy(made);
        return geo_fail(ctx, GEO_ECRS, "'%s' is not a horizontal CRS", text);
    }
    *crs = made;
    return GEO_OK;
}

enum geo_status geo_crs_is_wgs84(struct geo_ctx *ctx, const char *crs, bool *is_wgs84)
{
    PJ *wgs84, *other;
    GEO_TRY(crs_of(ctx, WGS84, &wgs84));
    enum geo_status status = crs_of(ctx, crs, &other);
    if (status == GEO_OK) {
        *is_wgs84 = proj_is_equivalent_to_with_ctx(geo_ctx_proj(ctx), other, wgs84,
                                                   PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
        proj_destroy(other);
    }
    proj_destroy(wgs84);
    return status;
}

/* All operations from wgs84 to crs, best first for the area where crs is used. */
static PJ_OBJ_LIST *operations(PJ_CONTEXT *proj, const PJ *wgs84, const PJ *crs)
{
    double west, south, east, north;
    PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(proj, NULL);
    if (!factory)
        return NULL;
    if (proj_get_area_of_use(proj, crs, &west, &south, &east, &north, NULL) && west > -1000)
        proj_operation_factory_context_set_area_of_interest(proj, factory, west, south, east,
                                                            north);
    proj_operation_factory_context_set_spatial_criterion(
        proj, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_allow_ballpark_transformations(proj, factory, 0);
    PJ_OBJ_LIST *list = proj_create_operations(proj, wgs84, crs, factory);
    proj_operation_factory_context_destroy(factory);
    return list;
}

/* The definition of an operation that can be made here and is not a ballpark one, else NULL. */
static char *usable(PJ_CONTEXT *proj, PJ *operation, bool *out_of_memory)
{
    char *definition = NULL;
    if (proj_coordoperation_has_ballpark_transformation(proj, operation) ||
        !proj_coordoperation_is_instantiable(proj, operation))
        return NULL;
    PJ *normal = proj_normalize_for_visualization(proj, operation);
    const char *text = normal ? proj_as_proj_string(proj, normal, PJ_PROJ_5, NULL) : NULL;
    if (text) {
        definition = strdup(*text ? text : "+proj=noop");
        *out_of_memory = !definition;
    }
    proj_destroy(normal);
    return definition;
}

static char *best_operation(PJ_CONTEXT *proj, const PJ *wgs84, const PJ *crs, bool *out_of_memory)
{
    char *definition = NULL;
    PJ_OBJ_LIST *list = operations(proj, wgs84, crs);
    int n = list ? proj_list_get_count(list) : 0;
    for (int i = 0; !definition && !*out_of_memory && i < n; i++) {
        PJ *operation = proj_list_get(proj, list, i);
        if (operation)
            definition = usable(proj, operation, out_of_memory);
        proj_destroy(operation);
    }
    proj_list_destroy(list);
    return definition;
}

/* Whether two points close to the antimeridian, on either side, are far apart in the CRS. */
static bool tears_at_antimeridian(PJ *operation)
{
    double lon[] = {179.999997, 179.999999, -179.999999}, lat[] = {0, 0, 0};
    size_t size = sizeof *lon;
    proj_trans_generic(operation, PJ_FWD, lon, size, 3, lat, size, 3, NULL, 0, 0, NULL, 0, 0);
    double near = hypot(lon[1] - lon[0], lat[1] - lat[0]);
    double across = hypot(lon[2] - lon[1], lat[2] - lat[1]);
    return !(across <= 1000 * near); /* nor is it whole where it cannot be computed */
}

enum geo_status geo_crs_find_operation(struct geo_ctx *ctx, const char *crs, char **definition,
                                       bool *torn)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    PJ *wgs84, *other;
    GEO_TRY(crs_of(ctx, WGS84, &wgs84));
    enum geo_status status = crs_of(ctx, crs, &other);
    if (status != GEO_OK) {
        proj_destroy(wgs84);
        return status;
    }
    bool out_of_memory = false;
    char *found = best_operation(proj, wgs84, other, &out_of_memory);
    proj_destroy(wgs84);
    proj_destroy(other);
    if (out_of_memory)
        return geo_no_memory(ctx);
    if (!found)
        return geo_fail(ctx, GEO_ECRS, "no transformation from WGS 84 to '%s' is known", crs);
    PJ *operation = geo_ctx_pj(ctx, found);
    if (!operation) {
        free(found);
        return unknown(ctx, crs);
    }
    *torn = tears_at_antimeridian(operation);
    *definition = found;
    return GEO_OK;
}

/* Drops feature i if one of its vertices has no place in the CRS. */
static enum geo_status check_feature(struct geo_ctx *ctx, struct geo_batch *batch, size_t i)
{
    size_t n;
    const struct geo_lonlat *vertex = geo_feature_vertices(batch, i, &n);
    for (size_t v = 0; !batch->dropped[i] && v < n; v++)
        if (!isfinite(vertex[v].lon) || !isfinite(vertex[v].lat)) {
            batch->dropped[i] = 1;
            return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                                  "lies where the output's CRS is not defined", NULL);
        }
    return GEO_OK;
}

enum geo_status geo_crs_transform(struct geo_ctx *ctx, struct geo_batch *batch,
                                  const char *definition)
{
    PJ *operation = geo_ctx_pj(ctx, definition);
    struct geo_lonlat *v = batch->vertex;
    size_t n = batch->vertex_count, size = sizeof *v;
    if (!operation)
        return geo_fail(ctx, GEO_ECRS, "the operation to the output's CRS cannot be made: ");
    if (n)
        proj_trans_generic(operation, PJ_FWD, &v->lon, size, n, &v->lat, size, n, NULL, 0, 0, NULL,
                           0, 0);
    proj_errno_reset(operation);
    for (size_t p = 0; p < batch->part_count; p++) {
        if (batch->part_kind[p] != GEO_KIND_POLYGON)
            continue;
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++)
            v[batch->vertex_start[r + 1] - 1] = v[batch->vertex_start[r]];
    }
    for (size_t i = 0; i < batch->n; i++)
        GEO_TRY(check_feature(ctx, batch, i));
    return GEO_OK;
}
