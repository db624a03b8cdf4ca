#include "read/vn2000.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/handles.h"

#define DEGREE (M_PI / 180)

const struct geo_vn2000_zone geo_vn2000_zone[GEO_VN2000_ZONES] = {
    {5896, 102},    {9205, 103},    {9206, 104},    {9207, 104.5},  {9208, 104.75}, {5897, 105},
    {9209, 105.5},  {9210, 105.75}, {9211, 106},    {9212, 106.25}, {9213, 106.5},  {9214, 107},
    {9215, 107.25}, {9216, 107.5},  {5899, 107.75}, {5898, 108},    {9217, 108.25}, {9218, 108.5}};

const double geo_vn2000_shift[7] = {-191.90441429, -39.30318279, -111.45032835, -0.00928836,
                                    0.01975479,    -0.00427372,  0.252906278};

/* ---- what a CRS says ---- */

/* Whether a name has a word in it, letters and digits compared only. */
static bool names(const char *name, const char *word)
{
    char plain[256];
    size_t n = 0;
    for (; name && *name && n + 1 < sizeof plain; name++)
        if (isalnum((unsigned char)*name))
            plain[n++] = (char)tolower((unsigned char)*name);
    plain[n] = '\0';
    return strstr(plain, word) != NULL;
}

static bool names_vn2000(const char *name)
{
    return names(name, "vn2000") || names(name, "vietnam2000");
}

static bool names_nothing(const char *name)
{
    return !name || !name[0] || names(name, "unknown") || names(name, "unnamed") ||
           names(name, "notspecified") || names(name, "undefined") || names(name, "custom");
}

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

/* Shifts are typed to 8 decimals or to 3; rotations so small must still show their sign. */
static enum geo_shift kind_of(const double v[7])
{
    bool is_zero = true, is_official = true, is_flipped = true;
    for (int i = 0; i < 7; i++) {
        double official = geo_vn2000_shift[i], tolerance = i < 3 ? 0.01 : i < 6 ? 1e-3 : 0.01;
        double turned = i >= 3 && i < 6 ? -official : official;
        is_zero = is_zero && v[i] == 0;
        is_official = is_official && near(v[i], turned, tolerance);
        is_flipped = is_flipped && near(v[i], official, tolerance);
    }
    return is_zero       ? GEO_SHIFT_ZERO
           : is_official ? GEO_SHIFT_OFFICIAL
           : is_flipped  ? GEO_SHIFT_FLIPPED
                         : GEO_SHIFT_OTHER;
}

static void inspect_shift(PJ_CONTEXT *proj, const PJ *bound, struct geo_vn2000 *vn)
{
    PJ *way = proj_crs_get_coordoperation(proj, bound);
    vn->shift = GEO_SHIFT_OTHER;
    if (way && proj_coordoperation_get_towgs84_values(proj, way, vn->towgs84, 7, 0))
        vn->shift = kind_of(vn->towgs84);
    proj_destroy(way);
}

/* A parameter of a projection in metres, degrees or by itself; NAN if it has none. */
static double parameter(PJ_CONTEXT *proj, const PJ *way, const char *name, double unit)
{
    double value = NAN, factor = 1;
    int i = proj_coordoperation_get_param_index(proj, way, name);
    if (i < 0 || !proj_coordoperation_get_param(proj, way, i, NULL, NULL, NULL, &value, NULL,
                                                &factor, NULL, NULL, NULL, NULL))
        return NAN;
    return value * factor / unit;
}

static bool is_metric(PJ_CONTEXT *proj, const PJ *crs)
{
    double metres = 0;
    PJ *system = proj_crs_get_coordinate_system(proj, crs);
    bool is_known = system && proj_cs_get_axis_info(proj, system, 0, NULL, NULL, NULL, &metres,
                                                    NULL, NULL, NULL);
    proj_destroy(system);
    return is_known && metres == 1;
}

static void inspect_grid(PJ_CONTEXT *proj, const PJ *crs, struct geo_vn2000 *vn)
{
    const char *method = NULL;
    PJ *way = proj_crs_get_coordoperation(proj, crs);
    if (way && proj_coordoperation_get_method_info(proj, way, &method, NULL, NULL) && method &&
        !strcmp(method, "Transverse Mercator")) {
        vn->meridian_deg = parameter(proj, way, "Longitude of natural origin", DEGREE);
        vn->scale = parameter(proj, way, "Scale factor at natural origin", 1);
        vn->false_easting_m = parameter(proj, way, "False easting", 1);
        vn->false_northing_m = parameter(proj, way, "False northing", 1);
        vn->is_tm =
            is_metric(proj, crs) && parameter(proj, way, "Latitude of natural origin", DEGREE) == 0;
    }
    proj_destroy(way);
}

static void inspect_datum(PJ_CONTEXT *proj, const PJ *crs, struct geo_vn2000 *vn)
{
    double major = 0, flattening = 0;
    PJ *base = proj_crs_get_geodetic_crs(proj, crs);
    PJ *datum = base ? proj_crs_get_datum_forced(proj, base) : NULL;
    PJ *ellipsoid = base ? proj_get_ellipsoid(proj, base) : NULL;
    const char *name = datum ? proj_get_name(datum) : NULL;
    vn->is_named =
        vn->is_named || names_vn2000(name) || (base && names_vn2000(proj_get_name(base)));
    vn->is_datum = name && !strcmp(name, "Vietnam 2000");
    vn->is_datum_open = names_nothing(name);
    if (ellipsoid &&
        proj_ellipsoid_get_parameters(proj, ellipsoid, &major, NULL, NULL, &flattening))
        vn->is_ellipsoid = near(major, 6378137, 1e-3) && near(flattening, 298.257223563, 1e-6);
    proj_destroy(ellipsoid);
    proj_destroy(datum);
    proj_destroy(base);
}

struct geo_vn2000 geo_vn2000_inspect(PJ_CONTEXT *proj, const PJ *crs)
{
    struct geo_vn2000 vn = {.shift = GEO_SHIFT_UNSTATED};
    PJ *source = NULL;
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) {
        inspect_shift(proj, crs, &vn);
        source = proj_get_source_crs(proj, crs);
    }
    const PJ *plain = source ? source : crs;
    const char *name = proj_get_name(plain);
    PJ_TYPE type = proj_get_type(plain);
    vn.is_named = names_vn2000(name);
    vn.is_utm_named = names(name, "utm");
    vn.is_three_named = names(name, "tm3") || names(name, "3d") || names(name, "mui3") ||
                        names(name, "3tm") || names(name, "zone3");
    vn.is_geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (type == PJ_TYPE_PROJECTED_CRS)
        inspect_grid(proj, plain, &vn);
    inspect_datum(proj, plain, &vn);
    proj_destroy(source);
    return vn;
}

bool geo_vn2000_is_grid(const struct geo_vn2000 *vn)
{
    double quarters = 4 * vn->meridian_deg;
    return vn->is_tm && vn->is_ellipsoid && near(quarters, rint(quarters), 1e-6) &&
           vn->meridian_deg >= 102 && vn->meridian_deg <= 109.5 &&
           near(vn->false_easting_m, 500000, 1e-3) && near(vn->false_northing_m, 0, 1e-3) &&
           (near(vn->scale, 0.9999, 1e-9) || near(vn->scale, 0.9996, 1e-9));
}

bool geo_vn2000_is(const struct geo_vn2000 *vn)
{
    if (vn->is_named || vn->is_datum)
        return vn->is_ellipsoid;
    return vn->is_datum_open && geo_vn2000_is_grid(vn) &&
           (near(vn->scale, 0.9999, 1e-9) || vn->meridian_deg != 105);
}

/* ---- the official CRS ---- */

char *geo_vn2000_grid(double meridian_deg, double scale, double false_easting_m,
                      double false_northing_m)
{
    char *text = NULL;
    bool is_plain = near(false_easting_m, 500000, 1e-3) && near(false_northing_m, 0, 1e-3);
    int code = 0;
    for (size_t z = 0; is_plain && near(scale, 0.9999, 1e-9) && z < GEO_VN2000_ZONES; z++)
        if (near(meridian_deg, geo_vn2000_zone[z].meridian_deg, 1e-9))
            code = geo_vn2000_zone[z].code;
    if (is_plain && near(scale, 0.9996, 1e-9) && (meridian_deg == 105 || meridian_deg == 111))
        code = meridian_deg == 105 ? 3405 : 3406;
    if (code)
        return asprintf(&text, "EPSG:%d", code) < 0 ? NULL : text;
    int n = asprintf(
        &text,
        "PROJCRS[\"VN-2000 / TM %.10g\",BASEGEOGCRS[\"VN-2000\",DATUM[\"Vietnam 2000\","
        "ELLIPSOID[\"WGS 84\",6378137,298.257223563]],ID[\"EPSG\",4756]],CONVERSION[\"TM %.10g\","
        "METHOD[\"Transverse Mercator\"],PARAMETER[\"Latitude of natural origin\",0],"
        "PARAMETER[\"Longitude of natural origin\",%.15g],"
        "PARAMETER[\"Scale factor at natural origin\",%.15g],PARAMETER[\"False easting\",%.15g],"
        "PARAMETER[\"False northing\",%.15g]],CS[Cartesian,2],AXIS[\"easting (E)\",east],"
        "AXIS[\"northing (N)\",north],LENGTHUNIT[\"metre\",1]]",
        meridian_deg, meridian_deg, meridian_deg, scale, false_easting_m, false_northing_m);
    return n < 0 ? NULL : text;
}

/* ---- "vn2000:105.00" ---- */

/* What follows "vn2000:", in any spelling of the name; NULL if it is another definition. */
static const char *meridian_of(const char *definition)
{
    static const char *const prefix[] = {"vn2000:", "vn-2000:", "vn_2000:"};
    for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++)
        if (!strncasecmp(definition, prefix[i], strlen(prefix[i])))
            return definition + strlen(prefix[i]);
    return NULL;
}

/* Passes over what stands for degrees or minutes. */
static const char *skip_unit(const char *text, const char *const unit[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strncasecmp(text, unit[i], strlen(unit[i])))
            return text + strlen(unit[i]);
    return text;
}

/* 105, 105.50, 105d30, 105-30, 105°30', 105 30. */
static bool read_meridian(const char *text, double *meridian_deg)
{
    static const char *const degree[] = {"°", "d", "-", " "}, *const minute[] = {"'", "′", "m"};
    char *end;
    if (!isdigit((unsigned char)text[0]))
        return false;
    long whole = strtol(text, &end, 10);
    double part = 0;
    const char *at = end;
    if (whole > 180)
        return false;
    if (*at == '.') {
        double tenth = 0.1;
        for (at++; isdigit((unsigned char)*at); at++, tenth /= 10)
            part += tenth * (*at - '0');
        at = skip_unit(at, degree, 1);
    } else if (*at) {
        at = skip_unit(end, degree, sizeof degree / sizeof *degree);
        if (at == end)
            return false;
        if (isdigit((unsigned char)*at)) {
            part = (double)strtol(at, &end, 10) / 60;
            at = skip_unit(end, minute, sizeof minute / sizeof *minute);
        }
    }
    *meridian_deg = (double)whole + part;
    return *at == '\0' && part < 1;
}

static bool is_meridian(double deg)
{
    return deg >= 102 && deg <= 109.5 && near(4 * deg, rint(4 * deg), 1e-6);
}

/* What may be meant by a meridian that is none: 105,00 and 105:00, 105.30 for 105°30'. "" if
 * nothing is. */
static void guess_meridian(const char *meridian, char *hint, size_t room)
{
    char text[16];
    double deg = 0;
    hint[0] = '\0';
    if (strlen(meridian) >= sizeof text)
        return;
    strcpy(text, meridian);
    for (char *at = text; *at; at++)
        *at = *at == ',' ? '.' : *at == ':' ? 'd' : *at;
    if (!read_meridian(text, &deg))
        return;
    double minutes = 100 * (deg - floor(deg));
    if (is_meridian(deg))
        snprintf(hint, room, "; do you mean vn2000:%s", text);
    else if (near(minutes, 30, 1e-6) || near(minutes, 15, 1e-6) || near(minutes, 45, 1e-6))
        snprintf(hint, room, "; do you mean vn2000:%.0fd%.0f", floor(deg), minutes);
}

static enum geo_status no_meridian(struct geo_ctx *ctx, const char *definition,
                                   const char *meridian)
{
    char hint[64];
    guess_meridian(meridian, hint, sizeof hint);
    return geo_fail(ctx, GEO_EARG,
                    "'%.40s' names no meridian of VN-2000, which are quarters of a degree from "
                    "102 to 109.5, as in vn2000:105.00, vn2000:104.75, vn2000:105d30%s",
                    definition, hint);
}

/* Words that PROJ would take for the CRS of degrees, or for nothing: "vn2000", "5897". */
static enum geo_status check_words(struct geo_ctx *ctx, const char *definition)
{
    static const char *const bare[] = {"vn2000", "vn-2000", "vn_2000", "vn 2000"};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        if (!strcasecmp(definition, bare[i]))
            return geo_fail(ctx, GEO_EARG,
                            "'%s' names no meridian: vn2000:105.00 is the grid on the meridian "
                            "105°00', EPSG:4756 longitude and latitude",
                            definition);
    size_t digits = strspn(definition, "0123456789");
    if (digits >= 4 && digits <= 6 && !definition[digits])
        return geo_fail(ctx, GEO_EARG, "'%s' is a number; do you mean EPSG:%s", definition,
                        definition);
    return GEO_OK;
}

enum geo_status geo_vn2000_expand(struct geo_ctx *ctx, const char *definition, char **expanded)
{
    const char *meridian = meridian_of(definition);
    double deg = NAN;
    GEO_TRY(check_words(ctx, definition));
    if (meridian) {
        if (!read_meridian(meridian, &deg) || !is_meridian(deg))
            return no_meridian(ctx, definition, meridian);
        deg = rint(4 * deg) / 4;
    }
    char *text = meridian ? geo_vn2000_grid(deg, 0.9999, 500000, 0) : strdup(definition);
    if (!text)
        return geo_no_memory(ctx);
    *expanded = text;
    return GEO_OK;
}
