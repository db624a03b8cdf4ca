/* Whether a CRS can be that of the coordinates: what its text and their extent say. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/crs.h"
#include "read/crs.h"
#include "read/input.h"
#include "read/vn2000.h"

/* Bytes of a text that is never cut within a character. */
#define ROOM(text) (sizeof(text))

struct judgement {
    struct geo_ctx *ctx;
    const struct geo_origin *origin;
    const double *extent; /* as the CRS takes it; NULL: not known */
    struct geo_crs_finding *finding;
    size_t n;
};

/* ---- findings ---- */

static void put(char *text, size_t room, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void put(char *text, size_t room, const char *format, va_list args)
{
    int n = vsnprintf(text, room, format, args);
    if (n < 0 || (size_t)n < room)
        return;
    size_t end = room - 1;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--; /* bytes that go on with a character */
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

static void say(char *text, size_t room, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(char *text, size_t room, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put(text, room, format, args);
    va_end(args);
}

static struct geo_crs_finding *add(struct judgement *j, enum geo_crs_fault fault,
                                   enum geo_severity severity, const char *what)
{
    struct geo_crs_finding *finding = &j->finding[j->n];
    if (j->n + 1 < GEO_CRS_FINDINGS_MAX)
        j->n++;
    *finding = (struct geo_crs_finding){.fault = fault, .severity = severity};
    say(finding->what, ROOM(finding->what), "%s", what);
    return finding;
}

static void say_extent(struct geo_crs_finding *finding, const double e[4])
{
    say(finding->evidence, ROOM(finding->evidence),
        "x runs from %.10g to %.10g, y from %.10g to %.10g", e[0], e[2], e[1], e[3]);
}

static void turn(const double extent[4], double turned[4])
{
    const double t[4] = {extent[1], extent[0], extent[3], extent[2]};
    memcpy(turned, t, sizeof t);
}

static bool is_lonlat(const double e[4])
{
    return geo_is_lonlat(e[0], e[1]) && geo_is_lonlat(e[2], e[3]);
}

/* Eastings of Hanoi 1972 with the zone's number before them, and northings of Viet Nam. */
static bool is_zone_grid(const double e[4])
{
    double zone = floor(e[0] / 1e6);
    return (zone == 18 || zone == 19) && floor(e[2] / 1e6) == zone && e[1] > 8.5e5 && e[3] < 2.65e6;
}

/* Beyond all eastings and northings of national grids, within the plane of Web Mercator. */
static bool is_web(const double e[4])
{
    double most = fmax(fmax(fabs(e[0]), fabs(e[2])), fmax(fabs(e[1]), fabs(e[3])));
    return most > 1.01e7 && most < 2.01e7 && !is_zone_grid(e);
}

/* Eastings of a zone with 500 km, and northings of Viet Nam. */
static bool is_vn_grid(const double e[4])
{
    return e[0] > 1e5 && e[2] < 9e5 && e[1] > 8.5e5 && e[3] < 2.65e6;
}

/* What the numbers look like, for a layer whose CRS is none of it: the remedy, and where only one
 * CRS can be meant, that CRS. */
static void guess(struct judgement *j, struct geo_crs_finding *finding)
{
    const char *option = j->origin->crs_option;
    double turned[4];
    if (!j->extent) {
        say(finding->remedy, ROOM(finding->remedy), "say which CRS it is: %s EPSG:…", option);
        return;
    }
    turn(j->extent, turned);
    say_extent(finding, j->extent);
    bool is_turned = !is_vn_grid(j->extent) && is_vn_grid(turned);
    if (is_web(j->extent)) {
        say(finding->crs, ROOM(finding->crs), "EPSG:3857");
        say(finding->remedy, ROOM(finding->remedy), "numbers of Web Mercator: %s EPSG:3857",
            option);
    } else if (is_zone_grid(j->extent)) {
        int zone = (int)(j->extent[0] / 1e6);
        say(finding->crs, ROOM(finding->crs), "EPSG:%d", 2026 + zone);
        say(finding->remedy, ROOM(finding->remedy),
            "eastings of Hanoi 1972 with the zone's number before them: %s EPSG:%d", option,
            2026 + zone);
    } else if (is_vn_grid(j->extent) || is_turned) {
        say(finding->remedy, ROOM(finding->remedy),
            "a grid of VN-2000 or UTM%s: %s vn2000:105.00 with the meridian of the province%s, or "
            "find it with geo-info --reference LAYER, a layer of the same place",
            is_turned ? ", x to the north" : "", option, is_turned ? ", and --swap-axes" : "");
    } else if (geo_is_globe(j->extent)) {
        say(finding->remedy, ROOM(finding->remedy), "longitude and latitude? %s EPSG:4326 (WGS 84)",
            option);
    } else if (geo_is_globe(turned)) {
        say(finding->remedy, ROOM(finding->remedy),
            "latitude and longitude? %s EPSG:4326 --swap-axes", option);
        finding->swap_axes = true;
    } else {
        say(finding->remedy, ROOM(finding->remedy),
            "a projected CRS: ask who made the file, or find it with geo-info --reference LAYER");
    }
}

/* ---- what the text says ---- */

static void judge_scale(struct judgement *j, const struct geo_vn2000 *vn, const char *official)
{
    bool is_utm = vn->meridian_deg == 105 && !vn->is_three_named;
    if (!geo_vn2000_is_grid(vn) || fabs(vn->scale - 0.9996) > 1e-9)
        return;
    if (is_utm && (vn->is_utm_named || !vn->is_named))
        return;
    struct geo_crs_finding *finding =
        add(j, GEO_CRS_SCALE, GEO_SEVERITY_WARNING,
            "scale k = 0.9996 on a meridian of the 3 degree zones, which have 0.9999");
    say(finding->evidence, ROOM(finding->evidence),
        "the CRS states k = 0.9996 on %.10g°; northings differ by 0.3 m for each km from the equator",
        vn->meridian_deg);
    if (is_utm)
        say(finding->remedy, ROOM(finding->remedy),
            "%s EPSG:3405 if it is UTM zone 48N, %s EPSG:5897 if it is the 3 degree zone: 700 m "
            "apart, which geo-info --reference LAYER shows",
            j->origin->crs_option, j->origin->crs_option);
    else
        say(finding->crs, ROOM(finding->crs), "%s", official);
}

static const char *shift_words(enum geo_shift shift)
{
    static const char *const words[] = {
        [GEO_SHIFT_UNSTATED] = "VN-2000 without its datum shift",
        [GEO_SHIFT_ZERO] = "VN-2000 with a datum shift of zero, which is 224 m off",
        [GEO_SHIFT_FLIPPED] = "VN-2000 with the signs of the three rotations changed, which is "
                              "0.75 m off",
        [GEO_SHIFT_OTHER] = "VN-2000 with a datum shift that is not the official one"};
    return words[shift];
}

static void say_shift(const struct geo_vn2000 *vn, struct geo_crs_finding *finding)
{
    const double *v = vn->towgs84, *o = geo_vn2000_shift;
    if (vn->shift == GEO_SHIFT_UNSTATED)
        say(finding->evidence, ROOM(finding->evidence), "%s",
            vn->is_datum ? "the CRS names VN-2000 and, as Esri's .prj do, no TOWGS84"
                         : "the CRS has neither TOWGS84 nor a datum that PROJ knows");
    else
        say(finding->evidence, ROOM(finding->evidence),
            "TOWGS84 is %.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g, officially "
            "%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g",
            v[0], v[1], v[2], v[3], v[4], v[5], v[6], o[0], o[1], o[2], -o[3], -o[4], -o[5], o[6]);
}

/* Whether the translations are the official ones within a few metres, as older ones are. */
static bool is_close(const struct geo_vn2000 *vn)
{
    bool is_near = true;
    for (int i = 0; i < 3; i++)
        is_near = is_near && fabs(vn->towgs84[i] - geo_vn2000_shift[i]) < 3;
    return is_near;
}

static void judge_shift(struct judgement *j, const struct geo_vn2000 *vn, bool is_coded,
                        const char *official)
{
    static const enum geo_crs_fault fault[] = {GEO_CRS_NO_SHIFT, GEO_CRS_NO_SHIFT,
                                               GEO_CRS_OTHER_SHIFT, GEO_CRS_FLIPPED,
                                               GEO_CRS_OTHER_SHIFT};
    if (vn->shift == GEO_SHIFT_OFFICIAL)
        return;
    if (vn->shift == GEO_SHIFT_UNSTATED && is_coded)
        return;
    bool is_harmless = (vn->shift == GEO_SHIFT_UNSTATED && vn->is_datum) ||
                       (vn->shift == GEO_SHIFT_OTHER && is_close(vn));
    struct geo_crs_finding *finding =
        add(j, fault[vn->shift], is_harmless ? GEO_SEVERITY_INFO : GEO_SEVERITY_WARNING,
            vn->is_datum && is_harmless ? "VN-2000 without a stated datum shift, as Esri writes it"
                                        : shift_words(vn->shift));
    say_shift(vn, finding);
    say(finding->crs, ROOM(finding->crs), "%s", official);
    if (fault[vn->shift] == GEO_CRS_NO_SHIFT)
        say(finding->remedy, ROOM(finding->remedy),
            "nothing: it is taken with the official one, EPSG:6960%s",
            is_harmless ? "" : "; geo-export --fix crs writes it so, --trust-prj obeys the file");
}

/* VN-2000's grid on the datum WGS 84: what older programs make of a shift of zero. */
static void judge_wgs84_grid(struct judgement *j, const struct geo_vn2000 *vn, const char *official)
{
    if (!geo_vn2000_is_grid(vn) || vn->is_named || vn->is_datum || vn->is_datum_open ||
        vn->shift != GEO_SHIFT_UNSTATED || (vn->scale > 0.9998) == false)
        return;
    struct geo_crs_finding *finding = add(j, GEO_CRS_NO_SHIFT, GEO_SEVERITY_WARNING,
                                          "the grid of VN-2000 on another datum, without a shift");
    say(finding->evidence, ROOM(finding->evidence),
        "k = 0.9999 and 500 km on %.10g° are VN-2000's, but the datum stated is not; taken as "
        "stated, VN-2000 lies 224 m off",
        vn->meridian_deg);
    say(finding->crs, ROOM(finding->crs), "%s", official);
}

static enum geo_status judge_text(struct judgement *j, const PJ *crs)
{
    struct geo_vn2000 vn = geo_vn2000_inspect(geo_ctx_proj(j->ctx), crs);
    bool is_grid = geo_vn2000_is_grid(&vn);
    size_t first = j->n;
    if (!vn.is_tm && !vn.is_geographic)
        return GEO_OK;
    double scale = is_grid && (vn.meridian_deg != 105 || vn.is_three_named) ? 0.9999 : vn.scale;
    char *official = vn.is_geographic ? strdup("EPSG:4756")
                                      : geo_vn2000_grid(vn.meridian_deg, scale, vn.false_easting_m,
                                                        vn.false_northing_m);
    if (!official)
        return geo_no_memory(j->ctx);
    if (geo_vn2000_is(&vn)) {
        judge_scale(j, &vn, official);
        judge_shift(j, &vn, proj_get_id_code(crs, 0) != NULL, official);
    } else {
        judge_wgs84_grid(j, &vn, official);
    }
    for (size_t i = first; i < j->n; i++) {
        struct geo_crs_finding *finding = &j->finding[i];
        if (!finding->remedy[0] && !strncmp(finding->crs, "EPSG:", 5))
            say(finding->remedy, ROOM(finding->remedy), "%s %s, or geo-export --fix crs",
                j->origin->crs_option, finding->crs);
        else if (!finding->remedy[0])
            say(finding->remedy, ROOM(finding->remedy), "geo-export --fix crs");
    }
    free(official);
    return GEO_OK;
}

/* ---- what the place says ---- */

/* How far two boxes lie apart in degrees, 0 where they meet. */
static double gap_deg(const double a[4], const double b[4])
{
    double x = fmax(a[0] - b[2], b[0] - a[2]), y = fmax(a[1] - b[3], b[1] - a[3]);
    return fmax(fmax(x, y), 0);
}

/* How far a box reaches out of another in degrees, 0 if it does not. */
static double overhang_deg(const double a[4], const double b[4])
{
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

static void say_swapped(struct judgement *j, bool is_geographic, const char *place)
{
    struct geo_crs_finding *finding =
        add(j, is_geographic ? GEO_CRS_SWAPPED_DEGREES : GEO_CRS_SWAPPED_METRES, GEO_SEVERITY_ERROR,
            is_geographic ? "latitude stands before longitude"
                          : "x is north and y east, as surveyors write");
    const double *e = j->extent;
    say(finding->evidence, ROOM(finding->evidence),
        "x runs from %.10g to %.10g, y from %.10g to %.10g: exchanged they lie %s", e[0], e[2],
        e[1], e[3], place);
    say(finding->remedy, ROOM(finding->remedy), "%s",
        j->origin->swap_axes ? "leave out --swap-axes" : "--swap-axes, or geo-export --fix axes");
    finding->swap_axes = true;
}

static void say_outside(struct judgement *j, const double lonlat[4], const double area[4],
                        double gap, const char *name)
{
    bool is_web_numbers = is_web(j->extent) || is_zone_grid(j->extent);
    struct geo_crs_finding *finding =
        add(j, is_web_numbers ? GEO_CRS_WEB_NUMBERS : GEO_CRS_OUTSIDE,
            gap > 1 || is_web_numbers ? GEO_SEVERITY_ERROR : GEO_SEVERITY_WARNING,
            is_web_numbers ? "numbers of another CRS"
            : gap > 0      ? "the layer lies outside the area where its CRS is used"
                           : "the layer reaches out of the area where its CRS is used");
    if (is_web_numbers) {
        guess(j, finding);
        return;
    }
    if (isfinite(gap))
        say(finding->evidence, ROOM(finding->evidence),
            "it lies at %.4g…%.4g° east, %.4g…%.4g° north; the CRS is for %.4g…%.4g, %.4g…%.4g "
            "(%.80s)",
            lonlat[0], lonlat[2], lonlat[1], lonlat[3], area[0], area[2], area[1], area[3], name);
    else
        say_extent(finding, j->extent);
    say(finding->remedy, ROOM(finding->remedy),
        "another zone or CRS: %s, or geo-info --reference LAYER, a layer of the same place",
        j->origin->crs_option);
}

static void judge_area(struct judgement *j, const PJ *crs, const struct geo_vn2000 *vn)
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
    say(place, sizeof place, "in its area of use (%.60s)", name ? name : "");
    turn(j->extent, turned);
    if (gap > 0 && distance_out(proj, crs, turned, area, elsewhere) == 0 &&
        overhang_deg(elsewhere, area) <= 0.5)
        say_swapped(j, geo_crs_is_geographic(crs), place);
    else
        say_outside(j, lonlat, area, gap, name ? name : "");
}

static void judge_geographic(struct judgement *j, const PJ *crs, const struct geo_vn2000 *vn)
{
    double turned[4];
    turn(j->extent, turned);
    if (is_lonlat(j->extent)) {
        judge_area(j, crs, vn);
    } else if (is_lonlat(turned)) {
        say_swapped(j, true, "on the globe");
    } else {
        guess(j,
              add(j, GEO_CRS_METRES, GEO_SEVERITY_ERROR, "projected numbers in a geographic CRS"));
    }
}

static void judge_degrees(struct judgement *j, const char *unit, const struct geo_vn2000 *vn)
{
    struct geo_crs_finding *finding =
        add(j, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR, "degrees in a projected CRS");
    const double *e = j->extent;
    const char *option = j->origin->crs_option;
    say(finding->evidence, ROOM(finding->evidence),
        "x runs from %.10g to %.10g, y from %.10g to %.10g, but the CRS has %s", e[0], e[2], e[1],
        e[3], unit);
    finding->swap_axes = fmax(fabs(e[1]), fabs(e[3])) > 90;
    say(finding->remedy, ROOM(finding->remedy), "%s EPSG:4326%s", option,
        finding->swap_axes ? " --swap-axes" : "");
    if (geo_vn2000_is(vn))
        say(finding->remedy, ROOM(finding->remedy),
            "%s EPSG:4326 if they are WGS 84, %s EPSG:4756 if they are VN-2000: 224 m apart%s",
            option, option, finding->swap_axes ? "; and --swap-axes" : "");
    else
        say(finding->crs, ROOM(finding->crs), "EPSG:4326");
}

/* Degrees, whichever comes first. */
static bool looks_like_degrees(const double e[4])
{
    double turned[4];
    turn(e, turned);
    return geo_is_globe(e) || geo_is_globe(turned);
}

static void judge_place(struct judgement *j, const PJ *crs)
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
        judge_degrees(j, unit, &vn);
    else
        judge_area(j, plain, &vn);
    if (code && !strcmp(code, "3857")) {
        struct geo_crs_finding *finding = add(j, GEO_CRS_WEB, GEO_SEVERITY_INFO, "Web Mercator");
        say(finding->evidence, ROOM(finding->evidence),
            "its plane is stretched by 1/cos(latitude)");
        say(finding->remedy, ROOM(finding->remedy),
            "nothing: all is measured on the ellipsoid, not in its plane");
    }
    proj_destroy(source);
}

/* ---- the judgement ---- */

static enum geo_status judge_crs(struct judgement *j)
{
    PJ_CONTEXT *proj = geo_ctx_proj(j->ctx);
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(j->ctx, j->origin->stated, &expanded));
    PJ *crs = geo_crs_create(proj, expanded);
    free(expanded);
    if (!crs) {
        guess(j, add(j, GEO_CRS_UNUSABLE, GEO_SEVERITY_ERROR, "the CRS stated is not known"));
        return GEO_OK;
    }
    enum geo_status status = judge_text(j, crs);
    geo_crs_identify(proj, &crs);
    if (status == GEO_OK && j->extent)
        judge_place(j, crs);
    proj_destroy(crs);
    return status;
}

/* Worst first; the text's before the place's. */
static void order(struct judgement *j)
{
    for (size_t i = 1; i < j->n; i++)
        for (size_t k = i; k > 0 && j->finding[k].severity > j->finding[k - 1].severity; k--) {
            struct geo_crs_finding other = j->finding[k];
            j->finding[k] = j->finding[k - 1];
            j->finding[k - 1] = other;
        }
}

enum geo_status geo_crs_judge(struct geo_ctx *ctx, const struct geo_origin *origin,
                              const double extent[4], struct geo_crs_finding *finding, size_t *n)
{
    struct judgement j = {ctx, origin, extent, finding, 0};
    double turned[4];
    *n = 0;
    if (!origin->stated)
        return GEO_OK;
    if (extent && origin->swap_axes) {
        turn(extent, turned);
        j.extent = turned;
    }
    if (!origin->stated[0])
        guess(&j, add(&j, GEO_CRS_MISSING, GEO_SEVERITY_ERROR, "no CRS is stated"));
    else
        GEO_TRY(judge_crs(&j));
    order(&j);
    *n = j.n;
    return GEO_OK;
}
