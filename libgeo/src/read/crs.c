/* How the coordinates of a layer come to WGS 84: one operation for the whole layer. */
#include <math.h>
#include <proj_experimental.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/input.h"
#include "read/tiles.h"

/* Puts made in the place of *object. A NULL leaves it as it was. */
static void replace(PJ **object, PJ *made)
{
    if (!made)
        return;
    proj_destroy(*object);
    *object = made;
}

static bool is_geographic(const PJ *crs)
{
    PJ_TYPE type = proj_get_type(crs);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

/* The CRS of longitude and latitude or of the plane, without heights. */
static void make_horizontal(PJ_CONTEXT *proj, PJ **crs)
{
    if (proj_get_type(*crs) == PJ_TYPE_COMPOUND_CRS)
        replace(crs, proj_crs_get_sub_crs(proj, *crs, 0));
    PJ *system = proj_crs_get_coordinate_system(proj, *crs);
    if (system && proj_cs_get_axis_count(proj, system) == 3)
        replace(crs, proj_crs_demote_to_2D(proj, NULL, *crs));
    proj_destroy(system);
}

/* The EPSG's own object for a CRS that says the same in other words: a .prj file names no code. A
 * bound CRS states its own way to WGS 84, which the EPSG's has not. */
static void identify(PJ_CONTEXT *proj, PJ **crs)
{
    if (proj_get_id_code(*crs, 0) || proj_get_type(*crs) == PJ_TYPE_BOUND_CRS)
        return;
    int *confidence = NULL;
    PJ_OBJ_LIST *list = proj_identify(proj, *crs, "EPSG", NULL, &confidence);
    if (list && proj_list_get_count(list) > 0 && confidence[0] >= 90)
        replace(crs, proj_list_get(proj, list, 0));
    proj_int_list_destroy(confidence);
    proj_list_destroy(list);
}

/* What a definition means. People leave out the +type=crs of a PROJ string. */
static PJ *create_crs(PJ_CONTEXT *proj, const char *text)
{
    char *stated = NULL;
    if (text[0] != '+' || strstr(text, "type=crs"))
        return proj_create(proj, text);
    if (asprintf(&stated, "%s +type=crs", text) < 0)
        return NULL;
    PJ *crs = proj_create(proj, stated);
    free(stated);
    return crs;
}

/* A CRS that PROJ can use, horizontal, with its code if it has one. */
static enum geo_status parse(struct geo_ctx *ctx, const struct geo_origin *origin,
                             const char *definition, PJ **crs)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    geo_foreign_clear(ctx);
    PJ *made = create_crs(proj, definition);
    if (!made || !proj_is_crs(made)) {
        proj_destroy(made);
        return geo_fail(ctx, GEO_ECRS,
                        "%s: CRS '%.80s' is not known; say which with %s, for example %s EPSG:5897",
                        origin->name, definition, origin->crs_option, origin->crs_option);
    }
    make_horizontal(proj, &made);
    PJ_TYPE type = proj_get_type(made);
    if (type == PJ_TYPE_VERTICAL_CRS || type == PJ_TYPE_GEOCENTRIC_CRS ||
        type == PJ_TYPE_ENGINEERING_CRS || type == PJ_TYPE_TEMPORAL_CRS) {
        proj_destroy(made);
        return geo_fail(ctx, GEO_ECRS,
                        "%s: CRS '%.80s' is neither projected nor geographic; say which with %s, "
                        "for example %s EPSG:5897",
                        origin->name, definition, origin->crs_option, origin->crs_option);
    }
    identify(proj, &made);
    *crs = made;
    return GEO_OK;
}

/* "EPSG:5897", else the name of the CRS. */
static char *crs_text(const PJ *crs)
{
    char *text = NULL;
    const char *authority = proj_get_id_auth_name(crs, 0), *code = proj_get_id_code(crs, 0);
    if (authority && code)
        return asprintf(&text, "%s:%s", authority, code) < 0 ? NULL : text;
    const char *name = proj_get_name(crs);
    return strdup(name && name[0] ? name : "unknown");
}

/* ---- the place of the layer ---- */

/* Whether the first axis of a CRS runs north. */
static bool is_north_first(PJ_CONTEXT *proj, const PJ *crs)
{
    const char *direction = NULL;
    PJ *system = proj_crs_get_coordinate_system(proj, crs);
    bool is_north =
        system &&
        proj_cs_get_axis_info(proj, system, 0, NULL, NULL, &direction, NULL, NULL, NULL, NULL) &&
        direction && (!strcmp(direction, "north") || !strcmp(direction, "south"));
    proj_destroy(system);
    return is_north;
}

/* The extent in longitude and latitude, on the CRS's own datum: near enough to choose by. */
static bool lonlat_extent(PJ_CONTEXT *proj, const PJ *crs, const double extent[4], double lonlat[4])
{
    if (is_geographic(crs)) {
        memcpy(lonlat, extent, 4 * sizeof *lonlat);
        return true;
    }
    bool found = false;
    PJ *base = proj_crs_get_geodetic_crs(proj, crs);
    PJ *way = base ? proj_create_crs_to_crs_from_pj(proj, crs, base, NULL, NULL) : NULL;
    PJ *plain = way ? proj_normalize_for_visualization(proj, way) : NULL;
    if (plain)
        found = proj_trans_bounds(proj, plain, PJ_FWD, extent[0], extent[1], extent[2], extent[3],
                                  &lonlat[0], &lonlat[1], &lonlat[2], &lonlat[3], 21) &&
                geo_is_lonlat(lonlat[0], lonlat[1]) && geo_is_lonlat(lonlat[2], lonlat[3]);
    proj_destroy(plain);
    proj_destroy(way);
    proj_destroy(base);
    return found;
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
    PJ_COORD middle = is_north_first(proj, from) ? proj_coord(y, x, 0, 0) : proj_coord(x, y, 0, 0);
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
        lonlat_extent(proj, from, extent, lonlat)) {
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

/* Fills the origin from a chosen operation; NULL: there is nothing to do. */
static enum geo_status keep(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                            const PJ *operation)
{
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    char *name = operation || proj_get_id_code(crs, 0) ? crs_text(crs) : strdup("EPSG:4326");
    char *text = operation ? operation_text(proj, operation) : strdup("");
    char *made = operation ? definition(proj, operation) : NULL;
    if (!name || !text || (operation && !made)) {
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

/* The unit of a projected CRS, "" of any other. Whole countries fit into 180 kilometres, so that a
 * unit longer than the metre is passed over too. */
static void find_plane_unit(PJ_CONTEXT *proj, const PJ *crs, char *unit, size_t room)
{
    const char *name = NULL;
    double metres = 0;
    bool is_bound = proj_get_type(crs) == PJ_TYPE_BOUND_CRS;
    PJ *source = is_bound ? proj_get_source_crs(proj, crs) : NULL;
    const PJ *plain = is_bound ? source : crs;
    unit[0] = '\0';
    if (plain && proj_get_type(plain) == PJ_TYPE_PROJECTED_CRS) {
        PJ *system = proj_crs_get_coordinate_system(proj, plain);
        if (system &&
            proj_cs_get_axis_info(proj, system, 0, NULL, NULL, NULL, &metres, &name, NULL, NULL) &&
            metres <= 1 && name)
            snprintf(unit, room, "%s", strcmp(name, "metre") ? name : "metres");
        proj_destroy(system);
    }
    proj_destroy(source);
}

/* Numbers of metres in a CRS of degrees: the CRS is not that of the layer. */
static enum geo_status check_metres(struct geo_ctx *ctx, const struct geo_origin *origin,
                                    const PJ *crs, const char *name, const double extent[4])
{
    if (!extent || !is_geographic(crs) ||
        (geo_is_lonlat(extent[0], extent[1]) && geo_is_lonlat(extent[2], extent[3])))
        return GEO_OK;
    return geo_fail(
        ctx, GEO_ECRS,
        "%s: coordinates run from %.10g, %.10g to %.10g, %.10g, which are no longitudes "
        "and latitudes as %s has them; say which CRS it is with %s, for example %s "
        "EPSG:5897",
        origin->name, extent[0], extent[1], extent[2], extent[3], name, origin->crs_option,
        origin->crs_option);
}

bool geo_is_globe(const double extent[4])
{
    return extent[0] >= -180 && extent[2] <= 180 && extent[1] >= -90 && extent[3] <= 90;
}

/* Numbers of degrees in a CRS of metres. */
static enum geo_status check_degrees(struct geo_ctx *ctx, const struct geo_origin *origin,
                                     const char *unit, const char *name, const double extent[4])
{
    if (!extent || !unit[0] || !geo_is_globe(extent))
        return GEO_OK;
    return geo_fail(
        ctx, GEO_ECRS,
        "%s: coordinates lie within ±180 and ±90: degrees? but %s has %s; say which CRS "
        "it is with %s, for example %s EPSG:4326",
        origin->name, name, unit, origin->crs_option, origin->crs_option);
}

enum geo_status geo_origin_check_extent(struct geo_ctx *ctx, const struct geo_origin *origin,
                                        const double extent[4])
{
    return check_degrees(ctx, origin, origin->plane_unit, origin->crs, extent);
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
        char *name = crs_text(crs);
        enum geo_status status =
            geo_fail(ctx, GEO_ECRS,
                     "%s: no transformation from its CRS (%s) to WGS 84 is known but a guess that "
                     "may be hundreds of metres off; say which CRS it is with %s, for example %s "
                     "EPSG:5897",
                     origin->name, name ? name : "unknown", origin->crs_option, origin->crs_option);
        free(name);
        return status;
    }
    enum geo_status status = keep(ctx, origin, crs, best);
    proj_destroy(best);
    return status;
}

/* Whether coordinates may be those of a CRS. */
static enum geo_status check_extent(struct geo_ctx *ctx, const struct geo_origin *origin,
                                    const PJ *crs, const char *unit, const double extent[4])
{
    char *name = crs_text(crs);
    if (!name)
        return geo_no_memory(ctx);
    enum geo_status status = check_metres(ctx, origin, crs, name, extent);
    if (status == GEO_OK)
        status = check_degrees(ctx, origin, unit, name, extent);
    free(name);
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

enum geo_status geo_origin_set_crs(struct geo_ctx *ctx, struct geo_origin *origin, const char *crs,
                                   const double extent[4])
{
    char unit[sizeof origin->plane_unit];
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    PJ *from = NULL;
    GEO_TRY(parse(ctx, origin, crs, &from));
    find_plane_unit(proj, from, unit, sizeof unit);
    PJ *wgs84 = proj_create(proj, "EPSG:4326");
    enum geo_status status = wgs84 ? check_extent(ctx, origin, from, unit, extent)
                                   : geo_fail(ctx, GEO_ECRS, "PROJ has no data base of CRS: ");
    if (status == GEO_OK)
        status = find_operation(ctx, origin, from, wgs84, extent);
    if (status == GEO_OK)
        memcpy(origin->plane_unit, unit, sizeof unit);
    if (status == GEO_OK)
        status = make_tiles(ctx, origin, extent);
    proj_destroy(wgs84);
    proj_destroy(from);
    return status;
}
