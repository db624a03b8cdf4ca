/* How the coordinates of a layer come to WGS 84: one operation for the whole layer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/crs.h"
#include "read/judge.h"
#include "read/tiles.h"
#include "read/vn2000.h"

/* What was stated is not known: what the numbers look like instead. */
static enum geo_status fail_unknown(struct geo_ctx *ctx, const struct geo_origin *origin,
                                    const char *definition, const double extent[4])
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
    struct geo_judgement j = {ctx, origin, extent, finding, 0};
    geo_judge_guess(&j, geo_judge_add(&j, GEO_CRS_UNUSABLE, GEO_SEVERITY_ERROR, ""));
    snprintf(finding->what, sizeof finding->what,
             "CRS '%.80s' is not known, or neither projected nor geographic", definition);
    return geo_origin_refuse(ctx, origin, finding);
}

/* A CRS that PROJ can use, horizontal, with its code if it has one. */
static enum geo_status parse(struct geo_ctx *ctx, const struct geo_origin *origin,
                             const char *definition, const double extent[4], PJ **crs)
{
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(ctx, definition, &expanded));
    geo_foreign_clear(ctx);
    PJ *made = geo_crs_create(geo_ctx_proj(ctx), expanded);
    free(expanded);
    if (!made)
        return fail_unknown(ctx, origin, definition, extent);
    geo_crs_identify(geo_ctx_proj(ctx), &made);
    *crs = made;
    return GEO_OK;
}

/* ---- the operation ---- */

static PJ_OBJ_LIST *list_operations(PJ_CONTEXT *proj, const PJ *from, const PJ *to,
                                    const double lonlat[4])
{
    PJ_OPERATION_FACTORY_CONTEXT *wanted = proj_create_operation_factory_context(proj, NULL);
    if (!wanted)
        return NULL;
    proj_operation_factory_context_set_spatial_criterion(
        proj, wanted, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        proj, wanted, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    proj_operation_factory_context_set_allow_ballpark_transformations(proj, wanted, 0);
    if (lonlat)
        proj_operation_factory_context_set_area_of_interest(proj, wanted, lonlat[0], lonlat[1],
                                                            lonlat[2], lonlat[3]);
    PJ_OBJ_LIST *list = proj_create_operations(proj, from, to, wanted);
    proj_operation_factory_context_destroy(wanted);
    return list;
}

/* The operation for the middle of the extent out of several. */
static int suggested(PJ_CONTEXT *proj, PJ_OBJ_LIST *list, const PJ *from, const double extent[4])
{
    double x = (extent[0] + extent[2]) / 2, y = (extent[1] + extent[3]) / 2;
    PJ_COORD middle =
        geo_crs_is_north_first(proj, from) ? proj_coord(y, x, 0, 0) : proj_coord(x, y, 0, 0);
    int i = proj_get_suggested_operation(proj, list, PJ_FWD, middle);
    return i < 0 ? 0 : i;
}

/* The best operation from a CRS to WGS 84, NULL if there is none but a ballpark one. */
static PJ *best_operation(PJ_CONTEXT *proj, const PJ *from, const PJ *to, const double extent[4])
{
    double lonlat[4];
    int which = 0;
    PJ_OBJ_LIST *list = list_operations(proj, from, to, NULL);
    if (list && extent && proj_list_get_count(list) > 1 &&
        geo_crs_lonlat(proj, from, extent, lonlat)) {
        PJ_OBJ_LIST *local = list_operations(proj, from, to, lonlat);
        if (local && proj_list_get_count(local) > 0) {
            proj_list_destroy(list);
            list = local;
            which = suggested(proj, list, from, extent);
        } else {
            proj_list_destroy(local);
        }
    }
    PJ *best = list && proj_list_get_count(list) > which ? proj_list_get(proj, list, which) : NULL;
    proj_list_destroy(list);
    if (best && proj_coordoperation_has_ballpark_transformation(proj, best)) {
        proj_destroy(best);
        return NULL;
    }
    return best;
}

/* ---- what is kept of it ---- */

/* Appends " (EPSG:6960)" for a step that changes the datum. */
static void append_code(const PJ *step, char *text, size_t room)
{
    const char *authority = proj_get_id_auth_name(step, 0), *code = proj_get_id_code(step, 0);
    size_t n = strlen(text);
    if (proj_get_type(step) != PJ_TYPE_CONVERSION && authority && code)
        snprintf(text + n, room - n, " (%s:%s)", authority, code);
}

/* "Inverse of Vietnam TM-3 zone 482 + VN-2000 to WGS 84 (2) (EPSG:6960)" */
static char *operation_text(PJ_CONTEXT *proj, const PJ *operation)
{
    char text[512];
    const char *name = proj_get_name(operation);
    snprintf(text, sizeof text, "%s", name && name[0] ? name : "unnamed operation");
    if (proj_get_type(operation) != PJ_TYPE_CONCATENATED_OPERATION) {
        append_code(operation, text, sizeof text);
        return strdup(text);
    }
    int n = proj_concatoperation_get_step_count(proj, operation);
    for (int i = 0; i < n; i++) {
        PJ *step = proj_concatoperation_get_step(proj, operation, i);
        if (step)
            append_code(step, text, sizeof text);
        proj_destroy(step);
    }
    return strdup(text);
}

/* A definition from which any context makes the operation again, x and longitude first. */
static char *definition(PJ_CONTEXT *proj, const PJ *operation)
{
    PJ *plain = proj_normalize_for_visualization(proj, operation);
    if (!plain)
        return NULL;
    const char *text = proj_as_proj_string(proj, plain, PJ_PROJ_5, NULL);
    if (!text || !text[0])
        text = proj_as_projjson(proj, plain, NULL);
    char *kept = text ? strdup(text) : NULL;
    proj_destroy(plain);
    return kept;
}

static double accuracy_m(PJ_CONTEXT *proj, const PJ *operation)
{
    if (proj_get_type(operation) == PJ_TYPE_CONVERSION)
        return 0; /* within one datum: exact */
    return proj_coordoperation_get_accuracy(proj, operation);
}

/* The operation for coordinates whose y stands before x; NULL if out of memory, or if it is not
 * stated as a PROJ string. The caller frees it. */
static char *swapped(const char *operation)
{
    static const char pipeline[] = "+proj=pipeline", swap[] = "+proj=axisswap +order=2,1";
    char *text = NULL;
    int n = -1;
    if (!operation)
        return strdup(swap);
    if (!strncmp(operation, pipeline, strlen(pipeline)))
        n = asprintf(&text, "%s +step %s%s", pipeline, swap, operation + strlen(pipeline));
    else if (!strncmp(operation, "+proj=", 6))
        n = asprintf(&text, "%s +step %s +step %s", pipeline, swap, operation);
    return n < 0 ? NULL : text;
}

/* Makes the operation that of an origin whose axes are swapped. */
static void swap_axes(char **operation, char **text)
{
    char *turned = swapped(*operation), *said = NULL;
    if (asprintf(&said, "axes swapped%s%s", **text ? ", then " : "", *text) < 0)
        said = NULL;
    free(*operation);
    free(*text);
    *operation = turned;
    *text = said;
}

/* Fills the origin from a chosen operation; NULL: there is nothing to do. */
static enum geo_status keep(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                            const PJ *operation)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    char *name = operation || proj_get_id_code(crs, 0) ? geo_crs_text(crs) : strdup("EPSG:4326");
    char *text = operation ? operation_text(proj, operation) : strdup("");
    char *made = operation ? definition(proj, operation) : NULL;
    bool is_moved = operation || origin->swap_axes;
    if (origin->swap_axes && text && (made || !operation))
        swap_axes(&made, &text);
    if (!name || !text || (is_moved && !made)) {
        free(name);
        free(text);
        free(made);
        return geo_no_memory(ctx);
    }
    free(origin->crs);
    free(origin->operation_text);
    free(origin->operation);
    origin->crs = name;
    origin->operation_text = text;
    origin->operation = made;
    origin->accuracy_m = operation ? accuracy_m(proj, operation) : 0;
    return GEO_OK;
}

bool geo_is_globe(const double extent[4])
{
    return extent[0] >= -180 && extent[2] <= 180 && extent[1] >= -90 && extent[3] <= 90;
}

/* Coordinates that cannot be those of a CRS: metres where it has degrees, degrees where it has
 * metres. */
static enum geo_status check_extent(struct geo_ctx *ctx, const struct geo_origin *origin,
                                    const PJ *crs, const char *unit, const double extent[4])
{
    if (!extent)
        return GEO_OK;
    bool is_metres = geo_crs_is_geographic(crs) &&
                     !(geo_is_lonlat(extent[0], extent[1]) && geo_is_lonlat(extent[2], extent[3]));
    bool is_degrees = unit[0] && geo_is_globe(extent);
    if (!is_metres && !is_degrees)
        return GEO_OK;
    struct geo_crs_finding finding = geo_judge_extent(ctx, origin, crs, extent);
    return geo_origin_refuse(ctx, origin, &finding);
}

/* All that the place says. */
static enum geo_status judge(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                             const double extent[4])
{
    if (!extent || origin->any_crs)
        return GEO_OK;
    struct geo_crs_finding finding = geo_judge_extent(ctx, origin, crs, extent);
    if (finding.severity == GEO_SEVERITY_ERROR)
        return geo_origin_refuse(ctx, origin, &finding);
    bool is_told = finding.severity == GEO_SEVERITY_WARNING && !origin->trust_prj;
    return is_told ? geo_origin_warn(ctx, origin, &finding) : GEO_OK;
}

static enum geo_status find_operation(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                                      const PJ *wgs84, const double extent[4])
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    if (proj_is_equivalent_to_with_ctx(proj, crs, wgs84,
                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
        return keep(ctx, origin, crs, NULL);
    geo_foreign_clear(ctx);
    PJ *best = best_operation(proj, crs, wgs84, extent);
    if (!best) {
        char *name = geo_crs_text(crs);
        enum geo_status status =
            geo_fail(ctx, GEO_ECRS,
                     "%s: no transformation from its CRS (%s) to WGS 84 is known but a guess that "
                     "may be hundreds of metres off; say which CRS it is with %s",
                     origin->name, name ? name : "unknown", origin->crs_option);
        free(name);
        return status;
    }
    enum geo_status status = keep(ctx, origin, crs, best);
    proj_destroy(best);
    return status;
}

/* Tiles of the origin's operation, where they are of use. */
static enum geo_status make_tiles(struct geo_ctx *ctx, struct geo_origin *origin,
                                  const double extent[4])
{
    geo_tiles_free(origin->tiles);
    origin->tiles = NULL;
    PJ *operation = extent && origin->operation ? geo_ctx_pj(ctx, origin->operation) : NULL;
    if (!operation)
        return GEO_OK;
    return geo_tiles_new(ctx, operation, origin->operation, origin->plane_unit, extent,
                         &origin->tiles);
}

/* Keeps the definition for what is known later. */
static enum geo_status keep_definition(struct geo_ctx *ctx, struct geo_origin *origin,
                                       const char *crs)
{
    char *copy = strdup(crs);
    if (!copy)
        return geo_no_memory(ctx);
    free(origin->definition);
    origin->definition = copy;
    return GEO_OK;
}

/* Both, the extent as the CRS takes it. */
static enum geo_status set(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *from,
                           bool is_judged, const double extent[4])
{
    char unit[sizeof origin->plane_unit];
    PJ *wgs84 = proj_create(geo_ctx_proj(ctx), "EPSG:4326");
    if (!wgs84)
        return geo_fail(ctx, GEO_ECRS, "PROJ has no data base of CRS: ");
    geo_crs_plane_unit(geo_ctx_proj(ctx), from, unit, sizeof unit);
    enum geo_status status = check_extent(ctx, origin, from, unit, extent);
    if (status == GEO_OK && is_judged)
        status = judge(ctx, origin, from, extent);
    if (status == GEO_OK)
        status = find_operation(ctx, origin, from, wgs84, extent);
    if (status == GEO_OK)
        memcpy(origin->plane_unit, unit, sizeof unit);
    proj_destroy(wgs84);
    return status;
}

static enum geo_status parse_and_set(struct geo_ctx *ctx, struct geo_origin *origin,
                                     const char *crs, bool is_judged, const double extent[4])
{
    double turned[4];
    PJ *from = NULL;
    bool is_turned = extent && origin->swap_axes;
    if (is_turned)
        geo_turn(extent, turned);
    GEO_TRY(parse(ctx, origin, crs, extent, &from));
    enum geo_status status = set(ctx, origin, from, is_judged, is_turned ? turned : extent);
    proj_destroy(from);
    if (status == GEO_OK)
        status = keep_definition(ctx, origin, crs);
    return status == GEO_OK ? make_tiles(ctx, origin, extent) : status;
}

enum geo_status geo_origin_set_crs(struct geo_ctx *ctx, struct geo_origin *origin, const char *crs,
                                   const double extent[4])
{
    return parse_and_set(ctx, origin, crs, false, extent);
}

enum geo_status geo_origin_take_crs(struct geo_ctx *ctx, struct geo_origin *origin, const char *crs,
                                    const double extent[4])
{
    return parse_and_set(ctx, origin, crs, true, extent);
}
