/* A stated CRS is judged by its own text and by the extent of the coordinates. */
#include "layers.h"

#include "geo/crs.h"
#include "read/input.h"

#define SPHEROID "SPHEROID[\"WGS_1984\",6378137.0,298.257223563]"
#define TM(name, datum, shift, meridian, k)                                                       \
    "PROJCS[\"" name "\",GEOGCS[\"GCS\",DATUM[\"" datum "\"," SPHEROID shift                      \
    "],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION["                \
    "\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\"" \
    ",0.0],PARAMETER[\"Central_Meridian\"," meridian "],PARAMETER[\"Scale_Factor\"," k            \
    "],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
#define ZERO ",TOWGS84[0,0,0,0,0,0,0]"
/* Decision 05/2007/QD-BTNMT, as +towgs84 wants it, and as people copy it. */
#define RIGHT                                                                                \
    ",TOWGS84[-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0." \
    "252906278]"
#define FLIPPED                                                                               \
    ",TOWGS84[-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0." \
    "252906278]"
#define WGS84                                                \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"," SPHEROID \
    "],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"

static const double grid[] = {533316, 2339850, 581263, 2386710};
static const double turned_grid[] = {2339850, 533316, 2386710, 581263};
static const double degrees[] = {105.3, 21.1, 105.8, 21.6};
static const double turned_degrees[] = {21.1, 105.3, 21.6, 105.8};
static const double web[] = {11725000, 2410000, 11777000, 2460000};
static const double west[] = {100000, 2339850, 140000, 2386710};
static const double hanoi_1972[] = {18533316, 2339850, 18581263, 2386710};

enum { NONE = -1 };

/* What is stated, where the coordinates lie, and what is found first. */
static const struct {
    const char *stated;
    const double *extent;
    int fault;
    enum geo_severity severity;
    const char *crs;
    bool swap_axes;
} known[] = {
    {TM("a", "D_Vietnam_2000", RIGHT, "104.75", "0.9999"), grid, NONE, 0, "", false},
    {TM("a", "D_Vietnam_2000", "", "104.75", "0.9999"), grid, GEO_CRS_NO_SHIFT, GEO_SEVERITY_INFO,
     "EPSG:9208", false},
    {TM("a", "D_Vietnam_2000", ZERO, "104.75", "0.9999"), grid, GEO_CRS_NO_SHIFT,
     GEO_SEVERITY_WARNING, "EPSG:9208", false},
    {TM("VN2000_104_45", "D_unknown", "", "104.75", "0.9999"), grid, GEO_CRS_NO_SHIFT,
     GEO_SEVERITY_WARNING, "EPSG:9208", false},
    {TM("unknown", "D_unknown", ZERO, "106.0", "0.9999"), NULL, GEO_CRS_NO_SHIFT,
     GEO_SEVERITY_WARNING, "EPSG:9211", false},
    {TM("custom", "D_WGS_1984", "", "106.0", "0.9999"), NULL, GEO_CRS_NO_SHIFT,
     GEO_SEVERITY_WARNING, "EPSG:9211", false},
    {TM("a", "D_Vietnam_2000", FLIPPED, "104.75", "0.9999"), grid, GEO_CRS_FLIPPED,
     GEO_SEVERITY_WARNING, "EPSG:9208", false},
    {TM("VN2000", "D_Vietnam_2000", RIGHT, "104.75", "0.9996"), grid, GEO_CRS_SCALE,
     GEO_SEVERITY_WARNING, "EPSG:9208", false},
    {TM("VN2000_3deg", "D_Vietnam_2000", ZERO, "105.0", "0.9996"), grid, GEO_CRS_SCALE,
     GEO_SEVERITY_WARNING, "EPSG:5897", false},
    {TM("VN2000", "D_Vietnam_2000", RIGHT, "105.0", "0.9996"), grid, GEO_CRS_SCALE,
     GEO_SEVERITY_WARNING, "", false},
    {TM("VN_2000_UTM_zone_48N", "D_Vietnam_2000", RIGHT, "105.0", "0.9996"), grid, NONE, 0, "",
     false},
    {"EPSG:32648", grid, NONE, 0, "", false},
    {"EPSG:5897", grid, NONE, 0, "", false},
    {"EPSG:5897", turned_grid, GEO_CRS_SWAPPED_METRES, GEO_SEVERITY_ERROR, "", true},
    {TM("a", "D_unknown", RIGHT, "104.75", "0.9999"), turned_grid, GEO_CRS_SWAPPED_METRES,
     GEO_SEVERITY_ERROR, "", true},
    {WGS84, degrees, NONE, 0, "", false},
    {WGS84, turned_degrees, GEO_CRS_SWAPPED_DEGREES, GEO_SEVERITY_ERROR, "", true},
    {"EPSG:4756", (const double[]){21.1, 85, 21.6, 86}, GEO_CRS_OUTSIDE, GEO_SEVERITY_ERROR, "",
     false},
    {WGS84, grid, GEO_CRS_METRES, GEO_SEVERITY_ERROR, "", false},
    {WGS84, web, GEO_CRS_METRES, GEO_SEVERITY_ERROR, "EPSG:3857", false},
    {WGS84, hanoi_1972, GEO_CRS_METRES, GEO_SEVERITY_ERROR, "EPSG:2044", false},
    {"EPSG:5897", degrees, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR, "", false},
    {"EPSG:32648", degrees, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR, "EPSG:4326", false},
    {"EPSG:32648", turned_degrees, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR, "EPSG:4326", true},
    {"EPSG:5897", web, GEO_CRS_WEB_NUMBERS, GEO_SEVERITY_ERROR, "EPSG:3857", false},
    {"EPSG:5897", hanoi_1972, GEO_CRS_WEB_NUMBERS, GEO_SEVERITY_ERROR, "EPSG:2044", false},
    {"EPSG:3857", web, GEO_CRS_WEB, GEO_SEVERITY_INFO, "", false},
    {"EPSG:2177", grid, GEO_CRS_OUTSIDE, GEO_SEVERITY_ERROR, "", false}, /* Poland */
    {"EPSG:5897", (const double[]){14, 50, 24, 54}, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR,
     "EPSG:4326", false}, /* degrees of Poland: no VN-2000 */
    {"EPSG:2180", (const double[]){50, 14, 54, 24}, GEO_CRS_DEGREES, GEO_SEVERITY_ERROR,
     "EPSG:4326", true},
    {"EPSG:6933", (const double[]){-17357881, -7342218, 17357881, 7296555}, GEO_CRS_OUTSIDE,
     GEO_SEVERITY_WARNING, "", false}, /* the world, in a plane as wide as Web Mercator's */
    {WGS84, (const double[]){183, -18, 190, -15}, NONE, 0, "", false},
    {WGS84, (const double[]){-190, -18, 190, 15}, NONE, 0, "", false},
    {"EPSG:3460", (const double[]){2100000, 3950000, 2300000, 4060000}, NONE, 0, "",
     false}, /* Fiji */
    {WGS84, (const double[]){105, 21, 106, 121}, GEO_CRS_METRES, GEO_SEVERITY_WARNING, "", false},
    {"EPSG:5897", west, GEO_CRS_OUTSIDE, GEO_SEVERITY_ERROR, "",
     false}, /* 1.5 degrees to the west of its area */
    {"EPSG:5897", (const double[]){240000, 2339850, 290000, 2386710}, GEO_CRS_OUTSIDE,
     GEO_SEVERITY_WARNING, "", false}, /* half a degree */
    {"", grid, GEO_CRS_MISSING, GEO_SEVERITY_ERROR, "", false},
    {"", degrees, GEO_CRS_MISSING, GEO_SEVERITY_ERROR, "", false},
    {"", web, GEO_CRS_MISSING, GEO_SEVERITY_ERROR, "EPSG:3857", false},
    {"nonsense", NULL, GEO_CRS_UNUSABLE, GEO_SEVERITY_ERROR, "", false},
};

static void each_mistake_is_named(void **state)
{
    static const struct geo_read_options plain = {0};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct geo_ctx *ctx = geo_ctx_new();
        struct geo_origin origin = {0};
        struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
        size_t n;
        assert_ok(ctx, geo_origin_begin(ctx, &origin, "a.shp", &plain));
        origin.stated = strdup(known[i].stated);
        assert_ok(ctx, geo_crs_judge(ctx, &origin, known[i].extent, finding, &n));
        print_message("%zu: %s\n", i, n ? finding[0].what : "nothing");
        assert_int_equal(n > 0, known[i].fault != NONE);
        if (n > 0) {
            assert_int_equal(finding[0].fault, known[i].fault);
            assert_int_equal(finding[0].severity, known[i].severity);
            assert_string_equal(finding[0].crs, known[i].crs);
            assert_int_equal(finding[0].swap_axes, known[i].swap_axes);
            assert_true(finding[0].what[0] && finding[0].evidence[0] | !known[i].extent);
            assert_true(finding[0].remedy[0]);
        }
        geo_origin_release(&origin);
        geo_ctx_free(ctx);
    }
}

/* Who vouches for a CRS may use it anywhere, but not for numbers of another kind. */
static void a_trusted_crs_may_lie_elsewhere(void **state)
{
    static const struct {
        const double *extent;
        enum geo_severity severity;
    } rows[] = {{west, GEO_SEVERITY_WARNING},
                {turned_grid, GEO_SEVERITY_WARNING},
                {web, GEO_SEVERITY_ERROR},
                {degrees, GEO_SEVERITY_ERROR}};
    static const struct geo_read_options trusting = {.trust_prj = true};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct geo_ctx *ctx = geo_ctx_new();
        struct geo_origin origin = {0};
        struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
        size_t n;
        assert_ok(ctx, geo_origin_begin(ctx, &origin, "a.shp", &trusting));
        origin.stated = strdup("EPSG:5897");
        assert_ok(ctx, geo_crs_judge(ctx, &origin, rows[i].extent, finding, &n));
        assert_int_equal(n, 1);
        assert_int_equal(finding[0].severity, rows[i].severity);
        geo_origin_release(&origin);
        geo_ctx_free(ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_mistake_is_named),
                                       cmocka_unit_test(a_trusted_crs_may_lie_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
