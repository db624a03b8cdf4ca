/* The distance within which a share of a polygon lies: of zones on the equator, where distances to it
 * are arcs of meridians and areas between parallels are those of PROJ's geodesic polygons. */
#include <geodesic.h>
#include <stdlib.h>

#include "geo/share.h"
#include "near.h"
#include "shapes.h"

#define DEVIATION_M 1e-3
#define RANGE_M 5e4
#define TOP_DEG 0.1
#define WIDTH_DEG 0.01

static void add_box(struct room *room, struct geo_batch *batch, double west, double south,
                    double east, double north)
{
    const struct geo_lonlat ring[] = {
        {west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    shape_simple(room->ctx, batch, GEO_KIND_POLYGON, ring, COUNT(ring));
}

static void add_equator(struct room *room)
{
    const struct geo_lonlat line[] = {{-0.5, 0}, {0.5, 0}};
    shape_simple(room->ctx, room->out, GEO_KIND_LINE, line, COUNT(line));
}

/* The distance for the first feature of `in` from the features of `out`. */
static enum geo_status distance(struct room *room, double share, double range_m, double deviation_m,
                                double *distance_m)
{
    struct geo_index *index;
    struct geo_within_query *query;
    assert_ok(room->ctx, geo_index_new(room->ctx, room->out, GEO_EDGES_GEODESIC, &index));
    assert_ok(room->ctx, geo_within_query_new(room->ctx, index, &query));
    enum geo_status status =
        geo_share_distance(room->ctx, query, room->in, 0, share, range_m, deviation_m, distance_m);
    geo_within_query_free(query);
    geo_index_free(index);
    return status;
}

static double distance_of(struct room *room, double share)
{
    double m = -1;
    assert_ok(room->ctx, distance(room, share, RANGE_M, DEVIATION_M, &m));
    return m;
}

/* Area from the equator up to a latitude, by PROJ. */
static double area_below(const struct geod_geodesic *earth, double lat)
{
    double lats[] = {0, 0, lat, lat}, lons[] = {0, WIDTH_DEG, WIDTH_DEG, 0}, area, perimeter;
    geod_polygonarea(earth, lats, lons, 4, &area, &perimeter);
    return area;
}

static double arc_that_holds(double share)
{
    struct geod_geodesic earth;
    double low = 0, high = TOP_DEG, arc_m;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    const double whole = area_below(&earth, TOP_DEG);
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        if (area_below(&earth, middle) < share * whole)
            low = middle;
        else
            high = middle;
    }
    geod_inverse(&earth, 0, 0, high, 0, &arc_m, NULL, NULL);
    return arc_m;
}

static void of_a_zone_on_the_equator_it_is_the_arc_up_to_the_parallel(void **state)
{
    static const double shares[] = {0.01, 0.1, 0.5, 0.9, 0.99, 1};
    struct room *room = *state;
    add_box(room, room->in, 0, 0, WIDTH_DEG, TOP_DEG);
    add_equator(room);
    for (size_t s = 0; s < COUNT(shares); s++)
        assert_near(distance_of(room, shares[s]), arc_that_holds(shares[s]), 2 * DEVIATION_M);
}

static void it_grows_with_the_share(void **state)
{
    struct room *room = *state;
    double last = 0;
    add_box(room, room->in, 0.2, 0.3, 0.25, 0.4);
    add_box(room, room->out, 0.22, 0.35, 0.23, 0.36);
    add_equator(room);
    for (double share = 0.1; share < 1; share += 0.1) {
        const double m = distance_of(room, share);
        assert_true(m >= last);
        last = m;
    }
    assert_true(last > 1000 && last < 10000);
}

static void what_lies_in_land_needs_no_distance(void **state)
{
    struct room *room = *state;
    add_box(room, room->in, 0, 0, 0.01, 0.01);
    add_box(room, room->out, -1, -1, 0.006, 1);
    assert_near(distance_of(room, 0), 0, 0);
    assert_near(distance_of(room, 0.5), 0, 0);
    /* The last 0.004 of a degree stand out: a tenth of the zone is 0.001° wide. */
    struct geod_geodesic earth;
    double m;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, 0.005, 0.006, 0.005, 0.007, &m, NULL, NULL);
    assert_near(distance_of(room, 0.7), m, 2 * DEVIATION_M);
}

static void without_area_it_is_nan_and_out_of_reach_infinite(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat point = {90, 0};
    add_box(room, room->in, 90, 0, 90.01, 0.01);
    add_equator(room);
    assert_true(isinf(distance_of(room, 0.5)));
    geo_batch_clear(room->in);
    add_box(room, room->in, 0, 0, WIDTH_DEG, TOP_DEG);
    const double half_m = arc_that_holds(0.5);
    double m;
    assert_ok(room->ctx, distance(room, 0.5, half_m + 0.1, DEVIATION_M, &m));
    assert_near(m, half_m, 2 * DEVIATION_M);
    assert_ok(room->ctx, distance(room, 0.5, half_m - 0.1, DEVIATION_M, &m));
    assert_true(isinf(m));
    geo_batch_clear(room->in);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &point, 1);
    assert_true(isnan(distance_of(room, 0.5)));
}

static void bad_arguments_leave_the_result(void **state)
{
    struct room *room = *state;
    double m = 7;
    add_box(room, room->in, 0, 0, 0.01, 0.01);
    add_equator(room);
    assert_int_equal(distance(room, 1.01, RANGE_M, DEVIATION_M, &m), GEO_EARG);
    assert_int_equal(distance(room, -0.1, RANGE_M, DEVIATION_M, &m), GEO_EARG);
    assert_int_equal(distance(room, (double)NAN, RANGE_M, DEVIATION_M, &m), GEO_EARG);
    assert_int_equal(distance(room, 0.5, RANGE_M, 0, &m), GEO_EARG);
    assert_int_equal(distance(room, 0.5, 0, DEVIATION_M, &m), GEO_EARG);
    assert_int_equal(distance(room, 0.5, 2e6, DEVIATION_M, &m), GEO_EARG);
    assert_near(m, 7, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(of_a_zone_on_the_equator_it_is_the_arc_up_to_the_parallel),
        TEST(it_grows_with_the_share),
        TEST(what_lies_in_land_needs_no_distance),
        TEST(without_area_it_is_nan_and_out_of_reach_infinite),
        TEST(bad_arguments_leave_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
