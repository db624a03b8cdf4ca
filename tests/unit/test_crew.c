/* Unions on several threads: squares in a row, each overlapping the next. */
#include "measure/crew.h"

#include "base/fail.h"
#include "base/handles.h"
#include "shapes.h"

#define LEAVES 101

/* What is drawn: which leaf has none, and from which one on they fail. */
struct squares {
    size_t none, failing;
};

static enum geo_status draw(struct geo_ctx *ctx, const void *data, size_t leaf,
                            struct geo_mosaic *mosaic)
{
    const struct squares *squares = data;
    double west = 0.6 * (double)leaf;
    struct geo_lonlat ring[] = {{west, 0}, {west + 1, 0}, {west + 1, 1}, {west, 1}, {west, 0}};
    GEOSGeometry *polygon;

    if (leaf >= squares->failing)
        return geo_fail(ctx, GEO_EDOMAIN, "leaf %zu cannot be drawn", leaf);
    if (leaf == squares->none)
        return GEO_OK;
    GEO_TRY(geo_geos_polygon(ctx, ring, 5, &polygon));
    return geo_mosaic_add(ctx, mosaic, polygon);
}

struct shown {
    double last;
    size_t calls;
};

static void show(void *data, double share)
{
    struct shown *shown = data;
    assert_true(share > shown->last && share <= 1);
    shown->last = share;
    shown->calls++;
}

static GEOSGeometry *unite(struct geo_ctx *ctx, const struct geo_crew *crew)
{
    struct geo_mosaic mosaic = {0};
    GEOSGeometry *united;

    assert_ok(ctx, geo_crew_unite(ctx, crew, &mosaic));
    assert_ok(ctx, geo_mosaic_finish(ctx, &mosaic, &united));
    geo_mosaic_release(ctx, &mosaic);
    return united;
}

static void leaves_are_united_whatever_the_number_of_threads(void **state)
{
    struct room *room = *state;
    GEOSContextHandle_t geos = geo_ctx_geos(room->ctx);
    struct squares squares = {.none = 70, .failing = LEAVES};
    GEOSGeometry *first = NULL;
    double area;

    for (unsigned threads = 0; threads < 9; threads++) {
        struct shown shown = {0, 0};
        struct geo_crew crew = {.leaves = LEAVES,
                                .threads = threads,
                                .draw = draw,
                                .data = &squares,
                                .progress = show,
                                .progress_data = &shown};
        GEOSGeometry *united = unite(room->ctx, &crew);
        assert_int_equal(GEOSGetNumGeometries_r(geos, united), 2); /* torn where one is missing */
        assert_int_equal(GEOSisValid_r(geos, united), 1);
        assert_int_equal(GEOSArea_r(geos, united, &area), 1);
        assert_near(area, 2 + 0.6 * 98, 1e-9);
        assert_near(shown.last, 1, 0);
        assert_int_equal(shown.calls, 2 * LEAVES - 1);
        if (first)
            assert_int_equal(GEOSEqualsExact_r(geos, united, first, 0), 1);
        if (first)
            GEOSGeom_destroy_r(geos, united);
        else
            first = united;
    }
    GEOSGeom_destroy_r(geos, first);
}

static void one_leaf_or_none_needs_no_union(void **state)
{
    struct room *room = *state;
    GEOSContextHandle_t geos = geo_ctx_geos(room->ctx);
    struct squares squares = {.none = LEAVES, .failing = LEAVES};
    struct geo_crew crew = {.leaves = 1, .draw = draw, .data = &squares};

    for (crew.leaves = 0; crew.leaves < 2; crew.leaves++) {
        GEOSGeometry *united = unite(room->ctx, &crew);
        assert_int_equal(GEOSGetNumGeometries_r(geos, united), crew.leaves);
        GEOSGeom_destroy_r(geos, united);
    }
}

static void the_first_leaf_that_fails_is_what_the_caller_hears_of(void **state)
{
    struct room *room = *state;
    struct squares squares = {.none = LEAVES, .failing = 37};

    for (unsigned threads = 1; threads < 9; threads++) {
        struct geo_crew crew = {
            .leaves = LEAVES, .threads = threads, .draw = draw, .data = &squares};
        struct geo_mosaic mosaic = {0};
        assert_int_equal(geo_crew_unite(room->ctx, &crew, &mosaic), GEO_EDOMAIN);
        assert_string_equal(geo_ctx_message(room->ctx), "leaf 37 cannot be drawn");
        assert_int_equal(mosaic.n, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaves_are_united_whatever_the_number_of_threads),
        TEST(one_leaf_or_none_needs_no_union),
        TEST(the_first_leaf_that_fails_is_what_the_caller_hears_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
