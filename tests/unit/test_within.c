#include "geo/within.h"

#include <geodesic.h>
#include <math.h>

#include "geo/measure.h"
#include "shapes.h"

#define EDGES 3

/* Corridors are in `in`, the zone is feature 0 of `out`. */
static void add(struct room *room, struct geo_batch *batch, enum geo_kind kind,
                const struct geo_lonlat *vertex, size_t n)
{
    shape_ring(room->ctx, batch, vertex, n);
    shape_part(room->ctx, batch, kind);
    shape_feature(room->ctx, batch);
}

static void add_box(struct room *room, struct geo_batch *batch, double west, double south,
                    double east, double north)
{
    const struct geo_lonlat v[] = {
        {west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    add(room, batch, GEO_KIND_POLYGON, v, COUNT(v));
}

static enum geo_status ask(struct room *room, enum geo_edges edges, const double *edge_m, size_t n,
                           double deviation_m, double *within_m2, double *area_m2)
{
    struct geo_index *index;
    struct geo_within_query *query;
    assert_ok(room->ctx, geo_index_new(room->ctx, room->in, edges, &index));
    assert_ok(room->ctx, geo_within_query_new(room->ctx, index, &query));
    geo_within_query_reset(query);
    const enum geo_status status =
        geo_within(room->ctx, query, room->out, 0, edge_m, n, deviation_m, within_m2, area_m2);
    geo_within_query_free(query);
    geo_index_free(index);
    return status;
}

static double one(struct room *room, enum geo_edges edges, double edge_m, double *area_m2)
{
    double within_m2;
    assert_ok(room->ctx, ask(room, edges, &edge_m, 1, 1e-3, &within_m2, area_m2));
    return within_m2;
}

/* A geodesic circle of 0.01 mm from round, by GeographicLib. */
static double disc_m2(struct geo_lonlat centre, double radius_m)
{
    struct geod_geodesic earth;
    struct geod_polygon polygon;
    double area_m2;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_polygon_init(&polygon, 0);
    for (int i = 0; i < 20000; i++) {
        double lat, lon;
        geod_direct(&earth, centre.lat, centre.lon, -360.0 * i / 20000, radius_m, &lat, &lon, NULL);
        geod_polygon_addpoint(&earth, &polygon, lat, lon);
    }
    geod_polygon_compute(&earth, &polygon, 0, 1, &area_m2, NULL);
    return area_m2;
}

static void a_point_within_a_zone_takes_a_disc(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat at = {105.5, 21.2};
    double area_m2;
    add(room, room->in, GEO_KIND_POINT, &at, 1);
    add_box(room, room->out, 105.3, 21, 105.7, 21.4);
    const double radii_m[] = {1, 30, 1000, 15000};
    for (size_t k = 0; k < COUNT(radii_m); k++)
        assert_near(one(room, GEO_EDGES_GEODESIC, radii_m[k], &area_m2), disc_m2(at, radii_m[k]),
                    1e-3 * 2 * M_PI * radii_m[k]);
}

static void distances_alone_decide_exactly(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat at = {105, 21};
    const double edge_m[EDGES] = {1000, 40000, 90000};
    double within_m2[EDGES], area_m2, alone_m2;
    add(room, room->in, GEO_KIND_POINT, &at, 1);
    add_box(room, room->out, 105.4, 21, 105.5, 21.1);
    assert_ok(room->ctx, ask(room, GEO_EDGES_GEODESIC, edge_m, EDGES, 1e-2, within_m2, &area_m2));
    assert_ok(room->ctx, geo_area(room->ctx, room->out, 0, GEO_EDGES_GEODESIC, &alone_m2, NULL));
    assert_true(within_m2[0] == 0 && within_m2[1] == 0);
    assert_true(within_m2[2] == area_m2 && area_m2 == alone_m2);
}

static void edge_zero_is_the_overlap_of_polygons_each_land_once(void **state)
{
    struct room *room = *state;
    const double edge_m[] = {0, 10};
    double within_m2[2], area_m2, expected_m2;
    add_box(room, room->in, 105, 21, 105.006, 21.01);
    add_box(room, room->in, 105.004, 20.99, 105.009, 21.02);
    add_box(room, room->out, 105.003, 21.002, 105.02, 21.004);
    assert_ok(room->ctx, ask(room, GEO_EDGES_LONLAT, edge_m, 2, 1e-3, within_m2, &area_m2));
    geo_batch_clear(room->in);
    add_box(room, room->in, 105.003, 21.002, 105.009, 21.004);
    assert_ok(room->ctx, geo_area(room->ctx, room->in, 0, GEO_EDGES_LONLAT, &expected_m2, NULL));
    assert_near(within_m2[0], expected_m2, 0.3); /* 1 mm along 222 m */
    assert_near(within_m2[1] - within_m2[0], 10 * 221.46, 0.4);
}

static void a_hole_of_a_polygon_is_not_its_land(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat outer[] = {
        {105, 21}, {105.1, 21}, {105.1, 21.1}, {105, 21.1}, {105, 21}};
    const struct geo_lonlat hole[] = {
        {105.02, 21.02}, {105.02, 21.08}, {105.08, 21.08}, {105.08, 21.02}, {105.02, 21.02}};
    double area_m2;
    shape_ring(room->ctx, room->in, outer, COUNT(outer));
    shape_ring(room->ctx, room->in, hole, COUNT(hole));
    shape_part(room->ctx, room->in, GEO_KIND_POLYGON);
    shape_feature(room->ctx, room->in);
    add_box(room, room->out, 105.04, 21.04, 105.06, 21.06);
    assert_true(one(room, GEO_EDGES_LONLAT, 0, &area_m2) == 0);
    assert_true(one(room, GEO_EDGES_LONLAT, 5000, &area_m2) == area_m2);
}

static void turns_of_longitude_and_ways_of_winding_change_nothing(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat line[] = {{179.9, 10}, {180.1, 10.05}};
    const struct geo_lonlat ways[][5] = {
        {{179.95, 10}, {180.05, 10}, {180.05, 10.1}, {179.95, 10.1}, {179.95, 10}},
        {{-180.05, 10}, {-179.95, 10}, {-179.95, 10.1}, {-180.05, 10.1}, {-180.05, 10}},
        {{179.95, 10}, {179.95, 10.1}, {180.05, 10.1}, {180.05, 10}, {179.95, 10}}};
    double area_m2, first_m2 = 0;
    add(room, room->in, GEO_KIND_LINE, line, COUNT(line));
    for (size_t w = 0; w < COUNT(ways); w++) {
        geo_batch_clear(room->out);
        add(room, room->out, GEO_KIND_POLYGON, ways[w], 5);
        const double within_m2 = one(room, GEO_EDGES_GEODESIC, 2000, &area_m2);
        first_m2 = w == 0 ? within_m2 : first_m2;
        assert_true(within_m2 > 0.3 * area_m2 && within_m2 < 0.5 * area_m2);
        assert_near(within_m2, first_m2, 1);
    }
}

static void a_cap_round_a_pole_is_measured(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat pole = {0, 90};
    struct geo_lonlat ring[37];
    double area_m2;
    for (size_t i = 0; i < COUNT(ring); i++)
        ring[i] = (struct geo_lonlat){-180 + 10 * (double)i, 89.5};
    add(room, room->in, GEO_KIND_POINT, &pole, 1);
    add(room, room->out, GEO_KIND_POLYGON, ring, COUNT(ring));
    const double within_m2 = one(room, GEO_EDGES_LONLAT, 20000, &area_m2);
    assert_near(within_m2, disc_m2((struct geo_lonlat){0, 90}, 20000), 1e-3 * 2 * M_PI * 20000);
}

static void what_has_no_land_has_none_within(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat line[] = {{105, 21}, {105.1, 21}};
    double area_m2;
    add(room, room->in, GEO_KIND_LINE, line, COUNT(line));
    add(room, room->out, GEO_KIND_LINE, line, COUNT(line));
    assert_true(one(room, GEO_EDGES_GEODESIC, 1000, &area_m2) == 0 && area_m2 == 0);
    geo_batch_clear(room->out);
    shape_feature(room->ctx, room->out);
    assert_true(one(room, GEO_EDGES_GEODESIC, 1000, &area_m2) == 0 && area_m2 == 0);
    geo_batch_clear(room->in);
    geo_batch_clear(room->out);
    add_box(room, room->out, 105, 21, 105.1, 21.1);
    assert_true(one(room, GEO_EDGES_GEODESIC, 1000, &area_m2) == 0 && area_m2 > 1e8);
}

static void distances_out_of_range_are_refused(void **state)
{
    struct room *room = *state;
    const struct geo_lonlat at = {105, 21}, bad = {105, 91};
    const double refused[][2] = {{-1, 5}, {5, 5}, {5, 4}, {0.01, 5}, {5, 2e6}, {NAN, 5}};
    double within_m2[2] = {7, 7}, area_m2 = 7;
    add(room, room->in, GEO_KIND_POINT, &at, 1);
    add_box(room, room->out, 105, 21, 105.1, 21.1);
    for (size_t k = 0; k < COUNT(refused); k++)
        assert_int_equal(ask(room, GEO_EDGES_GEODESIC, refused[k], 2, 1e-2, within_m2, &area_m2),
                         GEO_EARG);
    const double deviations_m[] = {0, NAN, 1e-5, 1e4};
    for (size_t k = 0; k < COUNT(deviations_m); k++)
        assert_int_equal(ask(room, GEO_EDGES_GEODESIC, (const double[]){1, 2}, 2, deviations_m[k],
                             within_m2, &area_m2),
                         GEO_EARG);
    room->out->vertex[1] = bad;
    assert_int_equal(
        ask(room, GEO_EDGES_GEODESIC, (const double[]){1, 2}, 2, 1e-2, within_m2, &area_m2),
        GEO_EDOMAIN);
    assert_true(within_m2[0] == 7 && within_m2[1] == 7 && area_m2 == 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_point_within_a_zone_takes_a_disc),
                                       TEST(distances_alone_decide_exactly),
                                       TEST(edge_zero_is_the_overlap_of_polygons_each_land_once),
                                       TEST(a_hole_of_a_polygon_is_not_its_land),
                                       TEST(turns_of_longitude_and_ways_of_winding_change_nothing),
                                       TEST(a_cap_round_a_pole_is_measured),
                                       TEST(what_has_no_land_has_none_within),
                                       TEST(distances_out_of_range_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
