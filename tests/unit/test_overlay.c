/* What is left of polygons less others, and unions: their areas must add up. */
#include "geo/measure.h"

#include "base/geos.h"
#include "base/handles.h"
#include "shapes.h"

static double area_of(struct room *room, const struct geo_batch *batch, size_t i,
                      enum geo_edges edges)
{
    double area_m2, perimeter_m;
    assert_ok(room->ctx, geo_area(room->ctx, batch, i, edges, &area_m2, &perimeter_m));
    return area_m2;
}

static void add_box(struct room *room, double west, double south, double east, double north)
{
    struct geo_lonlat box[] = {
        {west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, box, 5);
}

static void dissolve(struct room *room, enum geo_edges edges)
{
    GEOSGeometry *polygons;

    geo_batch_clear(room->out);
    assert_ok(room->ctx, geo_dissolve(room->ctx, room->in, edges, room->out));
    shape_feature(room->ctx, room->out);
    assert_ok(room->ctx, geo_geos_from_features(room->ctx, room->out, 0, 1, &polygons));
    assert_int_equal(GEOSisValid_r(geo_ctx_geos(room->ctx), polygons), 1);
    GEOSGeom_destroy_r(geo_ctx_geos(room->ctx), polygons);
}

static void rings_between_buffers_add_up_to_the_widest(void **state)
{
    static const double radius_m[] = {500, 1000, 3000, 5000};
    struct geo_lonlat line[] = {{105.7, 21.2}, {105.75, 21.25}, {105.72, 21.3}, {105.6, 21.28}};
    struct room *room = *state;
    struct geo_batch *buffers = geo_batch_new();

    shape_simple(room->ctx, room->in, GEO_KIND_LINE, line, 4);
    for (size_t i = 0; i < 4; i++) {
        struct geo_buffer_options options = {
            .radius_m = radius_m[i], .deviation_m = 0.01, .threads = 1};
        assert_ok(room->ctx, geo_buffer(room->ctx, room->in, 0, 1, &options, buffers));
        shape_feature(room->ctx, buffers);
    }
    double sum_m2 = area_of(room, buffers, 0, GEO_EDGES_LONLAT);
    for (size_t i = 1; i < 4; i++) {
        assert_ok(room->ctx, geo_difference(room->ctx, buffers, i, i - 1, geo_buffer_decimals(0.01),
                                            room->out));
        shape_feature(room->ctx, room->out);
        assert_int_equal(room->out->part_start[i] - room->out->part_start[i - 1], 1);
        sum_m2 += area_of(room, room->out, i - 1, GEO_EDGES_LONLAT);
    }
    assert_near(sum_m2, area_of(room, buffers, 3, GEO_EDGES_LONLAT), 1);
    geo_batch_free(buffers);
}

static void less_itself_nothing_is_left(void **state)
{
    struct room *room = *state;

    add_box(room, 105, 21, 105.1, 21.1);
    add_box(room, 105.05, 21, 105.2, 21.1);
    shape_feature(room->ctx, room->in);
    assert_ok(room->ctx, geo_difference(room->ctx, room->in, 0, 0, 8, room->out));
    shape_feature(room->ctx, room->out);
    assert_int_equal(room->out->part_count, 0);
    assert_ok(room->ctx, geo_difference(room->ctx, room->in, 0, 1, 8, room->out));
    shape_feature(room->ctx, room->out);
    add_box(room, 105, 21, 105.05, 21.1);
    assert_near(area_of(room, room->out, 1, GEO_EDGES_LONLAT),
                area_of(room, room->in, 3, GEO_EDGES_LONLAT), 0.1);
    assert_ok(room->ctx, geo_difference(room->ctx, room->in, 0, 2, 8, room->out));
    shape_feature(room->ctx, room->out);
    assert_near(area_of(room, room->out, 2, GEO_EDGES_LONLAT),
                area_of(room, room->in, 0, GEO_EDGES_LONLAT), 0.1);
}

static void land_under_two_polygons_counts_once(void **state)
{
    struct room *room = *state;

    add_box(room, 105, 21, 107, 22);
    add_box(room, 106, 21, 108, 22);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &(struct geo_lonlat){0, 0}, 1);
    dissolve(room, GEO_EDGES_LONLAT);
    geo_batch_clear(room->in);
    add_box(room, 105, 21, 108, 22);
    assert_int_equal(room->out->part_count, 1);
    assert_near(area_of(room, room->out, 0, GEO_EDGES_LONLAT),
                area_of(room, room->in, 0, GEO_EDGES_LONLAT), 1e-3);
}

static void neighbours_merge_along_a_geodesic_edge_whatever_its_direction(void **state)
{
    struct geo_lonlat west[] = {{105, 21}, {107, 22}, {105.5, 23}, {105, 21}};
    struct geo_lonlat east[] = {{107, 22}, {105, 21}, {106.5, 20.2}, {107, 22}};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, west, 4);
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, east, 4);
    dissolve(room, GEO_EDGES_GEODESIC);
    assert_int_equal(room->out->ring_count, 1);
    /* Within 1 mm along 870 km of outer edges. */
    assert_near(area_of(room, room->out, 0, GEO_EDGES_GEODESIC),
                area_of(room, room->in, 0, GEO_EDGES_GEODESIC) +
                    area_of(room, room->in, 1, GEO_EDGES_GEODESIC),
                870);
}

static void dropped_features_and_empty_batches_leave_nothing(void **state)
{
    struct room *room = *state;

    dissolve(room, GEO_EDGES_GEODESIC);
    assert_int_equal(room->out->part_count, 0);
    add_box(room, 105, 21, 106, 22);
    room->in->dropped[0] = 1;
    dissolve(room, GEO_EDGES_GEODESIC);
    assert_int_equal(room->out->part_count, 0);
}

static void polygons_on_different_turns_meet(void **state)
{
    struct room *room = *state;

    add_box(room, 179, -18, 181, -17);
    add_box(room, -180, -18, -178, -17);
    dissolve(room, GEO_EDGES_LONLAT);
    assert_int_equal(room->out->part_count, 1);
    geo_batch_clear(room->in);
    add_box(room, 0, -18, 3, -17);
    assert_near(area_of(room, room->out, 0, GEO_EDGES_LONLAT),
                area_of(room, room->in, 0, GEO_EDGES_LONLAT), 1e-2);
}

static void polygons_all_round_the_earth_count_once(void **state)
{
    static const double west[] = {-179.5, -100, 0, 100, 179, 181};
    struct room *room = *state;
    double sum_m2 = 0;

    for (size_t i = 0; i < COUNT(west); i++)
        add_box(room, west[i], 10, west[i] + 2, 11);
    dissolve(room, GEO_EDGES_LONLAT); /* 179 to 183 is covered once, three boxes lie apart */
    geo_batch_clear(room->in);
    add_box(room, 0, 10, 4 + 6, 11);
    sum_m2 = area_of(room, room->in, 0, GEO_EDGES_LONLAT);
    assert_near(area_of(room, room->out, 0, GEO_EDGES_LONLAT), sum_m2, 1e-2);
    for (size_t v = 0; v < room->out->vertex_count; v++)
        assert_true(fabs(room->out->vertex[v].lon) <= 180);
}

static void a_ring_round_a_pole_keeps_its_area(void **state)
{
    static const double lat[] = {-75, 80};
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(lat); i++)
        for (int edges = 0; edges < 2; edges++) {
            struct geo_lonlat ring[13];
            for (int k = 0; k <= 12; k++) /* the pole on the left: eastward in the north */
                ring[k] = (struct geo_lonlat){(lat[i] > 0 ? 30 : -30) * k - 10, lat[i]};
            geo_batch_clear(room->in);
            shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, 13);
            enum geo_edges how = edges ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
            dissolve(room, how);
            assert_near(area_of(room, room->out, 0, how), area_of(room, room->in, 0, how), 20000);
        }
}

static void many_cells_become_one(void **state)
{
    struct room *room = *state;
    double sum_m2 = 0;

    for (int x = 0; x < 20; x++)
        for (int y = 0; y < 20; y++) {
            add_box(room, 105 + x / 20.0, 21 + y / 20.0, 105 + (x + 1) / 20.0, 21 + (y + 1) / 20.0);
            sum_m2 += area_of(room, room->in, room->in->n - 1, GEO_EDGES_GEODESIC);
        }
    dissolve(room, GEO_EDGES_GEODESIC);
    assert_int_equal(room->out->ring_count, 1);
    assert_near(area_of(room, room->out, 0, GEO_EDGES_GEODESIC), sum_m2, 430);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rings_between_buffers_add_up_to_the_widest),
        TEST(less_itself_nothing_is_left),
        TEST(land_under_two_polygons_counts_once),
        TEST(neighbours_merge_along_a_geodesic_edge_whatever_its_direction),
        TEST(dropped_features_and_empty_batches_leave_nothing),
        TEST(polygons_on_different_turns_meet),
        TEST(polygons_all_round_the_earth_count_once),
        TEST(a_ring_round_a_pole_keeps_its_area),
        TEST(many_cells_become_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
