/* Every CRS comes to WGS 84 by the best operation there is, or is refused. */
#include "origin.h"

#include <math.h>

#include "base/handles.h"

static const double hanoi[] = {105, 20.5, 106, 21.5};
static const double grid[] = {533316, 2339850, 581263, 2386710};

/* One point through an origin's operation. */
static struct geo_lonlat transform(struct fixture *fixture, double x, double y)
{
    struct geo_lonlat result, *vertex;
    struct geo_batch *batch = geo_batch_new();
    assert_ok(fixture->ctx, geo_batch_add_vertices(fixture->ctx, batch, 1, &vertex));
    *vertex = (struct geo_lonlat){x, y};
    assert_ok(fixture->ctx, geo_batch_end_ring(fixture->ctx, batch));
    assert_ok(fixture->ctx, geo_batch_end_part(fixture->ctx, batch, GEO_KIND_POINT));
    assert_ok(fixture->ctx, geo_batch_end_feature(fixture->ctx, batch, GEO_SHAPE_POINT, 7));
    batch->origin = &fixture->origin;
    assert_ok(fixture->ctx, geo_batch_to_wgs84(fixture->ctx, batch));
    result = batch->dropped[0] ? (struct geo_lonlat){NAN, NAN} : batch->vertex[0];
    geo_batch_free(batch);
    return result;
}

/* Points of Vĩnh Phúc in VN-2000, to 0.1 mm, brought to WGS 84 with cs2cs of PROJ 9.1.1
 * (EPSG:6960). */
static const struct {
    const char *name;
    double lon, lat;
    double e_5897, n_5897, e_9208, n_9208, e_3405, n_3405;
} known[] = {
    {"Khai Quang", 105.6333236073, 21.3079026961, 565509.1574, 2357171.7728, 591447.0019,
     2357296.2216, 565489.5027, 2356464.5506},
    {"Ba Thien", 105.6797689077, 21.3261651959, 570319.1300, 2359213.7789, 596253.9778,
     2359345.9624, 570298.0321, 2358505.9440},
    {"CT.05 ramp", 105.7739210074, 21.2214552963, 580143.1212, 2347665.7309, 606096.7997,
     2347812.8332, 580119.0759, 2346961.3607},
    {"IC3 exit", 105.6708169075, 21.2815474960, 569411.4882, 2354269.9478, 595354.1283,
     2354400.4358, 569390.6626, 2353563.5961},
    {"south-west", 105.3226880081, 21.1523319958, 533316.5898, 2339850.8683, 559280.5592,
     2339923.7713, 533306.5938, 2339148.8428},
    {"north-east", 105.7865940079, 21.5740459959, 581263.1802, 2386710.4793, 607154.7484,
     2386861.6580, 581238.7988, 2385994.3946},
};

/* What the first batch of a layer that states no extent says: points at the corners of one. */
static enum geo_status check(struct fixture *fixture, const double extent[4])
{
    struct geo_lonlat *vertex;
    struct geo_batch *batch = geo_batch_new();
    for (int64_t i = 0; i < 2; i++) {
        assert_ok(fixture->ctx, geo_batch_add_vertices(fixture->ctx, batch, 1, &vertex));
        *vertex = (struct geo_lonlat){extent[2 * i], extent[2 * i + 1]};
        assert_ok(fixture->ctx, geo_batch_end_ring(fixture->ctx, batch));
        assert_ok(fixture->ctx, geo_batch_end_part(fixture->ctx, batch, GEO_KIND_POINT));
        assert_ok(fixture->ctx, geo_batch_end_feature(fixture->ctx, batch, GEO_SHAPE_POINT, i));
    }
    enum geo_status status = geo_origin_check_batch(fixture->ctx, &fixture->origin, batch);
    geo_batch_free(batch);
    return status;
}

static void vn_2000_comes_to_wgs_84_by_the_official_shift(void **state)
{
    struct fixture *fixture = *state;
    for (size_t z = 0; z < 3; z++) {
        static const char *const crs[] = {"EPSG:5897", "EPSG:9208", "EPSG:3405"};
        assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, crs[z], grid));
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            double e[] = {known[i].e_5897, known[i].e_9208, known[i].e_3405};
            double n[] = {known[i].n_5897, known[i].n_9208, known[i].n_3405};
            struct geo_lonlat got = transform(fixture, e[z], n[z]);
            assert_near(got.lon, known[i].lon, 1e-9);
            assert_near(got.lat, known[i].lat, 1e-9);
        }
    }
}

static void every_vn_2000_zone_takes_epsg_6960(void **state)
{
    static const int codes[] = {5896, 5897, 5898, 5899, 9205, 9206, 9207, 9208, 9209, 9210, 9211,
                                9212, 9213, 9214, 9215, 9216, 9217, 9218, 3405, 3406, 4756};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char crs[24];
        snprintf(crs, sizeof crs, "EPSG:%d", codes[i]);
        assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, crs,
                                                   codes[i] == 4756 ? hanoi : NULL));
        assert_string_equal(fixture->origin.crs, crs);
        assert_non_null(strstr(fixture->origin.operation_text, "(EPSG:6960)"));
        assert_near(fixture->origin.accuracy_m, 1, 0);
    }
}

/* What ogr2ogr writes beside a shapefile in EPSG:5897: no code, Esri's names. */
static void a_prj_without_a_code_is_recognised(void **state)
{
    struct fixture *fixture = *state;
    OGRSpatialReferenceH reference = OSRNewSpatialReference(NULL);
    char *wkt = NULL;
    static const char *const esri[] = {"FORMAT=WKT1_ESRI", NULL};
    assert_int_equal(OSRImportFromEPSG(reference, 5897), OGRERR_NONE);
    assert_int_equal(OSRExportToWktEx(reference, &wkt, esri), OGRERR_NONE);
    assert_null(strstr(wkt, "5897"));
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, wkt, grid));
    assert_string_equal(fixture->origin.crs, "EPSG:5897");
    assert_non_null(strstr(fixture->origin.operation_text, "(EPSG:6960)"));
    CPLFree(wkt);
    OSRRelease(reference);
}

static void wgs_84_in_any_order_of_axes_needs_no_operation(void **state)
{
    static const char *const same[] = {"EPSG:4326",
                                       "OGC:CRS84",

                                       "urn:ogc:def:crs:OGC:1.3:CRS84",
                                       "urn:ogc:def:crs:EPSG::4326",
                                       "EPSG:4979",
                                       "WGS84",
                                       "+proj=longlat +datum=WGS84",
                                       "EPSG:4326+5773"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, same[i], hanoi));
        assert_null(fixture->origin.operation);
        assert_string_equal(fixture->origin.operation_text, "");
        assert_near(fixture->origin.accuracy_m, 0, 0);
    }
    struct geo_lonlat got = transform(fixture, 105.5, 21.25);
    assert_near(got.lon, 105.5, 0);
    assert_near(got.lat, 21.25, 0);
}

static void a_projection_on_wgs_84_is_exact(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:32648", grid));
    assert_near(fixture->origin.accuracy_m, 0, 0);
    struct geo_lonlat got = transform(fixture, 500000, 0); /* central meridian, equator */
    assert_near(got.lon, 105, 1e-12);
    assert_near(got.lat, 0, 1e-12);
}

static void the_place_decides_between_operations(void **state)
{
    /* NAD27 has another operation for Cuba than for the United States (EPSG:1175, EPSG:1173). */
    static const double cuba[] = {-82, 22, -80, 23}, kansas[] = {-99, 38, -97, 39};
    struct fixture *fixture = *state;
    char *first;
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:4267", cuba));
    first = strdup(fixture->origin.operation_text);
    assert_non_null(first);
    assert_ok(fixture->ctx,
              geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:4267", kansas));
    assert_string_not_equal(first, fixture->origin.operation_text);
    assert_true(fixture->origin.accuracy_m > 0);
    free(first);
}

static void a_worker_makes_the_operation_again(void **state)
{
    struct fixture *fixture = *state;
    struct geo_ctx *first = fixture->ctx;
    assert_ok(first, geo_origin_set_crs(first, &fixture->origin, "EPSG:5897", grid));
    fixture->ctx = geo_ctx_new();
    struct geo_lonlat got = transform(fixture, known[0].e_5897, known[0].n_5897);
    assert_near(got.lon, known[0].lon, 1e-9);
    geo_ctx_free(first);
}

static void what_leads_nowhere_is_refused(void **state)
{
    static const struct {
        const char *crs, *says;
    } refused[] = {
        {"nonsense", "is not known"},
        {"EPSG:999999", "is not known"},
        {"", "is not known"},
        {"EPSG:5773", "neither projected nor geographic"},
        {"EPSG:4978", "neither projected nor geographic"},
        {"+proj=tmerc +lon_0=105 +k=0.9999 +x_0=500000 +ellps=WGS84", "hundreds of metres"},
        {"PROJCS[\"x\",GEOGCS[\"GCS_x\",DATUM[\"D_x\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563"
         "]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION["
         "\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER["
         "\"Central_Meridian\",105.0],PARAMETER[\"Scale_Factor\",0.9999],UNIT[\"Meter\",1.0]]",
         "say which CRS it is with -s"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(geo_origin_set_crs(fixture->ctx, &fixture->origin, refused[i].crs, grid),
                         GEO_ECRS);
        assert_non_null(strstr(geo_ctx_message(fixture->ctx), refused[i].says));
        assert_non_null(strstr(geo_ctx_message(fixture->ctx), "zones.shp: "));
        assert_null(fixture->origin.crs);
    }
}

static void metres_are_no_degrees(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:4326", grid),
                     GEO_ECRS);
    assert_non_null(
        strstr(geo_ctx_message(fixture->ctx), "x runs from 533316 to 581263, y from 2339850"));
}

static void degrees_are_no_metres(void **state)
{
    static const double globe[] = {-180, -90, 180, 90}, wider[] = {-180, -90, 180, 90.5};
    static const struct {
        const char *crs;
        const double *extent;
        const char *says; /* NULL: nothing */
    } rows[] = {
        {"EPSG:5897", hanoi,
         "zones.shp: degrees in a projected CRS (x runs from 105 to 106, y from 20.5 to 21.5, but "
         "the CRS has metres): -s EPSG:4326 if they are WGS 84, or EPSG:4756 if they are VN-2000: "
         "224 m apart"},
        {"EPSG:5897", globe, "but the CRS has metres): -s EPSG:4326"},
        {"EPSG:2264", hanoi, "but the CRS has US survey foot): -s EPSG:4326"},
        {"+proj=tmerc +lon_0=105 +x_0=500000 +ellps=WGS84 +towgs84=-191.9,-39.3,-111.5", hanoi,
         "has metres"},
        {"EPSG:5897", wider, NULL},
        {"EPSG:4756", hanoi, NULL},
        {"EPSG:4326", hanoi, NULL},
        {"+proj=longlat +ellps=WGS84 +towgs84=-191.9,-39.3,-111.5", hanoi, NULL},
        {"+proj=laea +lat_0=21 +lon_0=105 +datum=WGS84 +units=km", hanoi, NULL},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum geo_status status =
            geo_origin_set_crs(fixture->ctx, &fixture->origin, rows[i].crs, rows[i].extent);
        assert_int_equal(status, rows[i].says ? GEO_ECRS : GEO_OK);
        if (rows[i].says)
            assert_non_null(strstr(geo_ctx_message(fixture->ctx), rows[i].says));
    }
}

static void what_is_known_later_is_checked_against_the_crs(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:5897", NULL));
    assert_ok(fixture->ctx, check(fixture, grid));
    assert_int_equal(check(fixture, hanoi), GEO_ECRS);
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:4756", NULL));
    assert_ok(fixture->ctx, check(fixture, hanoi));
}

static void messages_name_the_option_they_are_told(void **state)
{
    static const struct geo_read_options corridor = {.crs_option = "--corridor-crs"};
    static const struct {
        const char *crs;
        const double *extent;
    } refused[] = {{"nonsense", grid},
                   {"EPSG:5773", grid},
                   {"EPSG:4326", grid},
                   {"EPSG:5897", hanoi},
                   {"+proj=tmerc +lon_0=105 +k=0.9999 +x_0=500000 +ellps=WGS84", grid}};
    struct fixture *fixture = *state;
    geo_origin_release(&fixture->origin);
    assert_ok(fixture->ctx,
              geo_origin_begin(fixture->ctx, &fixture->origin, "zones.shp", &corridor));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(
            geo_origin_set_crs(fixture->ctx, &fixture->origin, refused[i].crs, refused[i].extent),
            GEO_ECRS);
        assert_non_null(strstr(geo_ctx_message(fixture->ctx), "--corridor-crs"));
        assert_null(strstr(geo_ctx_message(fixture->ctx), " -s"));
    }
}

static void a_towgs84_that_a_file_states_is_taken(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(fixture->ctx,
              geo_origin_set_crs(fixture->ctx, &fixture->origin,
                                 "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0 "
                                 "+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,"
                                 "0.00928836,-0.01975479,0.00427372,0.252906278 +units=m",
                                 grid));
    struct geo_lonlat got = transform(fixture, known[0].e_5897, known[0].n_5897);
    assert_near(got.lon, known[0].lon, 1e-9);
    assert_near(got.lat, known[0].lat, 1e-9);
}

static void a_feature_outside_the_earth_is_dropped(void **state)
{
    static const double outside[][2] = {{105, 90.001}, {541, 0}, {105, -91}, {NAN, 0}};
    struct fixture *fixture = *state;
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:4326", NULL));
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_true(isnan(transform(fixture, outside[i][0], outside[i][1]).lon));
    assert_near(transform(fixture, 540, -90).lon, 540, 0);
}

static void what_cannot_be_projected_is_dropped(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, "EPSG:5897", NULL));
    assert_true(isnan(transform(fixture, 1e12, 1e12).lon));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(vn_2000_comes_to_wgs_84_by_the_official_shift),
        TEST(every_vn_2000_zone_takes_epsg_6960),
        TEST(a_prj_without_a_code_is_recognised),
        TEST(wgs_84_in_any_order_of_axes_needs_no_operation),
        TEST(a_projection_on_wgs_84_is_exact),
        TEST(the_place_decides_between_operations),
        TEST(a_worker_makes_the_operation_again),
        TEST(what_leads_nowhere_is_refused),
        TEST(metres_are_no_degrees),
        TEST(degrees_are_no_metres),
        TEST(what_is_known_later_is_checked_against_the_crs),
        TEST(messages_name_the_option_they_are_told),
        TEST(a_towgs84_that_a_file_states_is_taken),
        TEST(a_feature_outside_the_earth_is_dropped),
        TEST(what_cannot_be_projected_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
