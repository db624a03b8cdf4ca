#include "read/crs.h"

#include <math.h>
#include <proj_experimental.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/input.h"

/* Puts made in the place of *object. A NULL leaves it as it was. */
static void replace(PJ **object, PJ *made)
{
    if (!made)
        return;
    proj_destroy(*object);
    *object = made;
}

bool geo_crs_is_geographic(const PJ *crs)
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

void geo_crs_identify(PJ_CONTEXT *proj, PJ **crs)
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

static bool is_horizontal(const PJ *crs)
{
    PJ_TYPE type = proj_get_type(crs);
    return type != PJ_TYPE_VERTICAL_CRS && type != PJ_TYPE_GEOCENTRIC_CRS &&
           type != PJ_TYPE_ENGINEERING_CRS && type != PJ_TYPE_TEMPORAL_CRS;
}

PJ *geo_crs_create(PJ_CONTEXT *proj, const char *definition)
{
    PJ *made = create_crs(proj, definition);
    if (made && proj_is_crs(made)) {
        make_horizontal(proj, &made);
        if (is_horizontal(made))
            return made;
    }
    proj_destroy(made);
    return NULL;
}

char *geo_crs_text(const PJ *crs)
{
    char *text = NULL;
    const char *authority = proj_get_id_auth_name(crs, 0), *code = proj_get_id_code(crs, 0);
    if (authority && code)
        return asprintf(&text, "%s:%s", authority, code) < 0 ? NULL : text;
    const char *name = proj_get_name(crs);
    return strdup(name && name[0] ? name : "unknown");
}

bool geo_crs_is_north_first(PJ_CONTEXT *proj, const PJ *crs)
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

bool geo_crs_lonlat(PJ_CONTEXT *proj, const PJ *crs, const double extent[4], double lonlat[4])
{
    if (geo_crs_is_geographic(crs)) {
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

void geo_crs_plane_unit(PJ_CONTEXT *proj, const PJ *crs, char *unit, size_t room)
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
