/* Tiles of an operation: vertices go where PROJ itself takes them. */
#include "origin.h"

#include <math.h>
#include <proj.h>

#include "base/handles.h"
#include "read/tiles.h"

static void set_crs(struct fixture *fixture, const char *crs, const double extent[4])
{
    assert_ok(fixture->ctx, geo_origin_set_crs(fixture->ctx, &fixture->origin, crs, extent));
}

/* Where PROJ takes a point. */
static struct geo_lonlat by_proj(struct fixture *fixture, double x, double y)
{
    PJ *operation = geo_ctx_pj(fixture->ctx, fixture->origin.operation);
    assert_non_null(operation);
    PJ_COORD to = proj_trans(operation, PJ_FWD, proj_coord(x, y, 0, 0));
    return (struct geo_lonlat){to.xy.x, to.xy.y};
}

/* Multiples of the golden ratio fill the unit interval evenly. */
static double evenly(int i, double factor)
{
    return fmod(i * factor, 1);
}

static void vertices_go_where_proj_takes_them(void **state)
{
    static const struct {
        const char *crs;
        double extent[4];
    } rows[] = {
        {"EPSG:5897", {533316, 2339850, 581263, 2386710}},  /* a province */
        {"EPSG:5897", {1100000, 900000, 1190000, 2600000}}, /* far from its meridian */
        {"EPSG:9210", {440000, 930000, 600000, 1300000}},
        {"EPSG:3405", {300000, 2000000, 700000, 2500000}},
        {"EPSG:4756", {104, 20, 107, 23}}, /* degrees */
        {"EPSG:3857", {11650000, 2380000, 11850000, 2460000}},
        {"EPSG:2154", {100000, 6000000, 1200000, 7100000}},  /* conic */
        {"EPSG:32648", {200000, 7700000, 800000, 8000000}},  /* 70 degrees north */
        {"EPSG:2193", {1100000, 4750000, 1900000, 6200000}}, /* south */
        {"EPSG:3413", {-800000, -2600000, 0, -2000000}},     /* polar */
        {"+proj=utm +zone=48 +ellps=evrst30 +towgs84=282,726,254",
         {300000, 2000000, 700000, 2500000}},
    };
    struct fixture *fixture = *state;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const double *extent = rows[r].extent;
        set_crs(fixture, rows[r].crs, extent);
        assert_non_null(fixture->origin.tiles);
        for (int i = 0; i < 20000; i++) {
            double x = extent[0] + (extent[2] - extent[0]) * evenly(i, 0.6180339887498949);
            double y = extent[1] + (extent[3] - extent[1]) * evenly(i, 0.7548776662466927);
            struct geo_lonlat exact = by_proj(fixture, x, y), at = {x, y};
            assert_true(geo_tiles_transform(fixture->origin.tiles, &at));
            assert_near(at.lon, exact.lon, 1e-12);
            assert_near(at.lat, exact.lat, 1e-12);
        }
    }
}

static void a_place_is_the_same_whatever_layer_it_is_in(void **state)
{
    static const double small[] = {560000, 2350000, 565000, 2355000};
    static const double large[] = {200000, 900000, 900000, 2600000};
    struct geo_lonlat first[100];
    struct fixture *fixture = *state;
    for (int pass = 0; pass < 2; pass++) {
        set_crs(fixture, "EPSG:5897", pass ? large : small);
        for (int i = 0; i < 100; i++) {
            struct geo_lonlat at = {560000 + 50 * i + 0.123, 2350000 + 49 * i + 0.456};
            assert_true(geo_tiles_transform(fixture->origin.tiles, &at));
            if (pass == 0)
                first[i] = at;
            assert_memory_equal(&at, &first[i], sizeof at);
        }
    }
}

/* The rest is left to the operation. */
static void a_vertex_outside_the_extent_stays_as_it_is(void **state)
{
    static const double extent[] = {560000, 2350000, 565000, 2355000};
    static const struct geo_lonlat outside[] = {
        {100, 2350000}, {5e6, 2350000},      {560000, -1},   {560000, 9e9},
        {1e300, 1e300}, {INFINITY, 2350000}, {NAN, 2350000}, {560000, NAN},
    };
    struct fixture *fixture = *state;
    set_crs(fixture, "EPSG:5897", extent);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        struct geo_lonlat at = outside[i];
        assert_false(geo_tiles_transform(fixture->origin.tiles, &at));
        assert_memory_equal(&at, &outside[i], sizeof at);
    }
}

static void what_is_not_smooth_has_no_tiles(void **state)
{
    static const double extent[] = {0, 0, 1, 1};
    static const char *const definition[] = {
        "+proj=pipeline +step +proj=hgridshift +grids=x.tif",
        "+proj=pipeline +step +proj=cart +step +proj=deformation +t_epoch=2010",
        "+proj=pipeline +step +proj=gridshift +grids=x",
        "+proj=longlat +nadgrids=x.gsb",
        "+proj=tmercator",
        "+proj=igh",
        "{\"type\": \"Transformation\"}",
        "",
    };
    struct fixture *fixture = *state;
    PJ *noop = geo_ctx_pj(fixture->ctx, "+proj=noop");
    for (size_t i = 0; i < sizeof definition / sizeof *definition; i++) {
        struct geo_tiles *tiles;
        assert_ok(fixture->ctx,
                  geo_tiles_new(fixture->ctx, noop, definition[i], "", extent, &tiles));
        assert_null(tiles);
    }
}

static void a_layer_too_wide_or_without_an_extent_has_no_tiles(void **state)
{
    static const double world[] = {-20037508, -20037508, 20037508, 20037508};
    static const double strange[][4] = {
        {NAN, 0, 1, 1}, {0, 0, INFINITY, 1}, {0, -1e300, 1, 1e300}, {5, 0, -1e9, 1}};
    struct fixture *fixture = *state;
    set_crs(fixture, "EPSG:3857", world);
    assert_null(fixture->origin.tiles);
    set_crs(fixture, "EPSG:3857", NULL);
    assert_null(fixture->origin.tiles);
    PJ *noop = geo_ctx_pj(fixture->ctx, "+proj=noop");
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        struct geo_tiles *tiles;
        assert_ok(fixture->ctx,
                  geo_tiles_new(fixture->ctx, noop, "+proj=noop", "metres", strange[i], &tiles));
        assert_null(tiles);
    }
}

/* 79 degrees north a polynomial is 1e-10 degrees off; across the antimeridian there is none. */
static void a_tile_that_is_not_close_is_not_used(void **state)
{
    static const struct {
        const char *crs;
        double extent[4], x, y;
    } rows[] = {
        {"EPSG:5897", {530000, 8770000, 589000, 8780000}, 560000, 8775000},
        {"EPSG:32601", {200000, 5000000, 260000, 5010000}, 260000, 5005000},
        {"EPSG:3413", {-100000, -100000, 100000, 100000}, 1, 1},
    };
    struct fixture *fixture = *state;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        set_crs(fixture, rows[r].crs, rows[r].extent);
        struct geo_lonlat at = {rows[r].x, rows[r].y};
        if (!fixture->origin.tiles || !geo_tiles_transform(fixture->origin.tiles, &at))
            continue;
        struct geo_lonlat exact = by_proj(fixture, rows[r].x, rows[r].y);
        assert_near(at.lon, exact.lon, 1e-12);
        assert_near(at.lat, exact.lat, 1e-12);
    }
    static const double north[] = {530000, 8770000, 589000, 8780000};
    struct geo_lonlat at = {560000, 8775000};
    set_crs(fixture, "EPSG:5897", north);
    assert_false(geo_tiles_transform(fixture->origin.tiles, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(vertices_go_where_proj_takes_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_place_is_the_same_whatever_layer_it_is_in, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_vertex_outside_the_extent_stays_as_it_is, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_smooth_has_no_tiles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_layer_too_wide_or_without_an_extent_has_no_tiles, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_tile_that_is_not_close_is_not_used, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
