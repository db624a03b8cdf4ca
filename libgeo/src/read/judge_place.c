/* Where coordinates lie if a CRS is theirs, beside where it is used. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/handles.h"
#include "read/crs.h"
#include "read/judge.h"
#include "read/text_notes.h"
#include "read/vn2000.h"

static bool is_lonlat(const double e[4])
{
    return geo_is_lonlat(e[0], e[1]) && geo_is_lonlat(e[2], e[3]);
}

/* A box moved by whole turns to where another lies; with all longitudes, where that has them. */
static void bring_near(const double box[4], const double to[4], double moved[4])
{
    memcpy(moved, box, 4 * sizeof *moved);
    if (moved[2] < moved[0])
        moved[2] += 360; /* it runs over the antimeridian */
    double turns = rint((to[0] + to[2] - moved[0] - moved[2]) / 720);
    moved[0] += 360 * turns, moved[2] += 360 * turns;
    if (to[2] - to[0] >= 359)
        moved[0] = to[0], moved[2] = to[2];
}

/* How far two boxes lie apart in degrees, 0 where they meet. */
static double gap_deg(const double box[4], const double b[4])
{
    double a[4];
    bring_near(box, b, a);
    double x = fmax(a[0] - b[2], b[0] - a[2]), y = fmax(a[1] - b[3], b[1] - a[3]);
    return fmax(fmax(x, y), 0);
}

/* How far a box reaches out of another in degrees, 0 if it does not. */
static double overhang_deg(const double box[4], const double b[4])
{
    double a[4];
    bring_near(box, b, a);
    double x = fmax(b[0] - a[0], a[2] - b[2]), y = fmax(b[1] - a[1], a[3] - b[3]);
    return fmax(fmax(x, y), 0);
}

/* Where a CRS is used; that of VN-2000 for all that is VN-2000. False if nobody says. */
static bool find_area(PJ_CONTEXT *proj, const PJ *crs, const struct geo_vn2000 *vn, double area[4],
                      const char **name)
{
    static const double viet_nam[4] = {102.14, 8.33, 109.53,
                                       23.4}; /* EPSG:4756, EPSG extent 3328 */
    if (proj_get_area_of_use(proj, crs, &area[0], &area[1], &area[2], &area[3], name) &&
        area[0] > -1000 && area[0] <= area[2])
        return true;
    memcpy(area, viet_nam, sizeof viet_nam);
    *name = "Viet Nam";
    return geo_vn2000_is(vn);
}

/* How far the coordinates lie outside the area of use if they are taken so; INFINITY if nowhere. */
static double distance_out(PJ_CONTEXT *proj, const PJ *crs, const double extent[4],
                           const double area[4], double lonlat[4])
{
    if (!geo_crs_lonlat(proj, crs, extent, lonlat))
        return INFINITY;
    return gap_deg(lonlat, area);
}

/* What rests on the area of use alone gives way to who vouches for the CRS. */
static enum geo_severity severity_by_area(const struct geo_judgement *j)
{
    return j->origin->trust_prj ? GEO_SEVERITY_WARNING : GEO_SEVERITY_ERROR;
}

static void say_swapped(struct geo_judgement *j, bool is_geographic, enum geo_severity severity,
                        const char *place)
{
    struct geo_crs_finding *finding =
        geo_judge_add(j, is_geographic ? GEO_CRS_SWAPPED_DEGREES : GEO_CRS_SWAPPED_METRES, severity,
                      is_geographic ? "latitude stands before longitude"
                                    : "x is north and y east, as surveyors write");
    const double *e = j->extent;
    bool is_main = !strcmp(j->origin->crs_option, "-s");
    geo_say(finding->evidence, sizeof finding->evidence,
            "x runs from %.10g to %.10g, y from %.10g to %.10g: exchanged they lie %s", e[0], e[2],
            e[1], e[3], place);
    geo_say(finding->remedy, sizeof finding->remedy, "%s",
            j->origin->swap_axes ? "leave out --swap-axes"
            : is_main            ? "--swap-axes, or geo-export --fix axes"
                                 : "write it anew by geo-export --fix axes");
    finding->swap_axes = true;
}

static void say_other_plane(struct geo_judgement *j)
{
    geo_judge_guess(
        j, geo_judge_add(j, GEO_CRS_WEB_NUMBERS, GEO_SEVERITY_ERROR, "numbers of another CRS"));
}

static void say_outside(struct geo_judgement *j, const double lonlat[4], const double area[4],
                        double gap, const char *name)
{
    struct geo_crs_finding *finding =
        geo_judge_add(j, GEO_CRS_OUTSIDE, gap > 1 ? severity_by_area(j) : GEO_SEVERITY_WARNING,
                      gap > 0 ? "the layer lies outside the area where its CRS is used"
                              : "the layer reaches out of the area where its CRS is used");
    if (isfinite(gap))
        geo_say(finding->evidence, sizeof finding->evidence,
                "it lies at %.4g…%.4g° east, %.4g…%.4g° north; the CRS is for %.4g…%.4g, %.4g…%.4g "
                "(%.80s)",
                lonlat[0], lonlat[2], lonlat[1], lonlat[3], area[0], area[2], area[1], area[3],
                name);
    else
        geo_judge_say_extent(finding, j->extent);
    geo_say(finding->remedy, sizeof finding->remedy,
            "%sanother zone or CRS: %s, or geo-info --reference LAYER of the same place%s",
            gap > 1 ? "" : "nothing if it is right; ", j->origin->crs_option,
            gap > 1 && !j->origin->trust_prj ? "; --trust-prj if it is right all the same" : "");
}

static void judge_area(struct geo_judgement *j, const PJ *crs, const struct geo_vn2000 *vn)
{
    PJ_CONTEXT *proj = geo_ctx_proj(j->ctx);
    double area[4], lonlat[4] = {0}, turned[4], elsewhere[4];
    const char *name = "";
    char place[96];
    if (!find_area(proj, crs, vn, area, &name))
        return;
    double gap = distance_out(proj, crs, j->extent, area, lonlat);
    if (gap == 0 && overhang_deg(lonlat, area) <= 0.5)
        return;
    geo_say(place, sizeof place, "in its area of use (%.60s)", name ? name : "");
    geo_turn(j->extent, turned);
    if (gap > 0 && distance_out(proj, crs, turned, area, elsewhere) == 0 &&
        overhang_deg(elsewhere, area) <= 0.5)
        say_swapped(j, geo_crs_is_geographic(crs), severity_by_area(j), place);
    else if (gap > 1 && geo_is_known_plane(j->extent))
        say_other_plane(j);
    else
        say_outside(j, lonlat, area, gap, name ? name : "");
}

static void judge_geographic(struct geo_judgement *j, const PJ *crs, const struct geo_vn2000 *vn)
{
    double turned[4];
    geo_turn(j->extent, turned);
    if (is_lonlat(j->extent)) {
        judge_area(j, crs, vn);
    } else if (is_lonlat(turned)) {
        say_swapped(j, true, GEO_SEVERITY_ERROR, "on the globe");
    } else if (geo_is_beyond_degrees(j->extent)) {
        geo_judge_guess(j, geo_judge_add(j, GEO_CRS_METRES, GEO_SEVERITY_ERROR,
                                         "projected numbers in a geographic CRS"));
    } else {
        geo_judge_guess(j, geo_judge_add(j, GEO_CRS_METRES, GEO_SEVERITY_WARNING,
                                         "numbers beyond longitude and latitude"));
    }
}

/* Whether degrees in a projected CRS stand latitude first: one is beyond 90, or they lie where the CRS
 * is used only so. */
static bool are_turned(struct geo_judgement *j, const PJ *crs, const struct geo_vn2000 *vn)
{
    double area[4], turned[4];
    const char *name;
    const double *e = j->extent;
    if (!geo_is_globe(e))
        return true;
    geo_turn(e, turned);
    return geo_is_globe(turned) && find_area(geo_ctx_proj(j->ctx), crs, vn, area, &name) &&
           gap_deg(e, area) > 0 && gap_deg(turned, area) == 0;
}

static void judge_degrees(struct geo_judgement *j, const PJ *crs, const char *unit,
                          const struct geo_vn2000 *vn)
{
    struct geo_crs_finding *finding =
        geo_judge_add(j, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR, "degrees in a projected CRS");
    const double *e = j->extent;
    double lonlat[4];
    char option[200];
    finding->swap_axes = are_turned(j, crs, vn);
    memcpy(lonlat, e, sizeof lonlat);
    if (finding->swap_axes)
        geo_turn(e, lonlat);
    geo_say(finding->evidence, sizeof finding->evidence,
            "x runs from %.10g to %.10g, y from %.10g to %.10g, but the CRS has %s", e[0], e[2],
            e[1], e[3], unit);
    geo_judge_option(j->origin, "EPSG:4326", finding->swap_axes, option, sizeof option);
    if (geo_vn2000_is(vn) && geo_is_in_viet_nam(lonlat)) {
        geo_say(finding->remedy, sizeof finding->remedy,
                "%s if they are WGS 84, or EPSG:4756 if they are VN-2000: 224 m apart", option);
        return;
    }
    geo_say(finding->remedy, sizeof finding->remedy, "%s", option);
    geo_say(finding->crs, sizeof finding->crs, "EPSG:4326");
}

/* Degrees, whichever comes first. */
static bool looks_like_degrees(const double e[4])
{
    double turned[4];
    geo_turn(e, turned);
    return geo_is_globe(e) || geo_is_globe(turned);
}

void geo_judge_place(struct geo_judgement *j, const PJ *crs)
{
    PJ_CONTEXT *proj = geo_ctx_proj(j->ctx);
    struct geo_vn2000 vn = geo_vn2000_inspect(proj, crs);
    const char *code = proj_get_id_code(crs, 0);
    char unit[32];
    PJ *source = proj_get_type(crs) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(proj, crs) : NULL;
    const PJ *plain = source ? source : crs;
    geo_crs_plane_unit(proj, crs, unit, sizeof unit);
    if (geo_crs_is_geographic(plain))
        judge_geographic(j, plain, &vn);
    else if (unit[0] && looks_like_degrees(j->extent))
        judge_degrees(j, plain, unit, &vn);
    else
        judge_area(j, plain, &vn);
    if (code && !strcmp(code, "3857")) {
        struct geo_crs_finding *finding =
            geo_judge_add(j, GEO_CRS_WEB, GEO_SEVERITY_INFO, "Web Mercator");
        geo_say(finding->evidence, sizeof finding->evidence,
                "its plane is stretched by 1/cos(latitude)");
        geo_say(finding->remedy, sizeof finding->remedy,
                "nothing: all is measured on the ellipsoid, not in its plane");
    }
    proj_destroy(source);
}
