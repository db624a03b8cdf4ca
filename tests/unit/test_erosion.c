/* Buffers of radius 0 and less against brute force: distances by PROJ's geodesic.h. */
#include "geo/measure.h"

#include "base/geos.h"
#include "base/handles.h"
#include "buffer_oracle.h"
#include "shapes.h"

/* What the kernel may use of the deviation: 0.1 for the land, 0.7 for its boundary's buffer. */
#define KERNEL_SHARE 0.8

static void erode(struct room *room, enum geo_edges edges, double depth_m, double deviation_m)
{
    struct geo_buffer_options options = {
        .edges = edges, .radius_m = -depth_m, .deviation_m = deviation_m, .threads = 2};
    GEOSGeometry *polygons;

    geo_batch_clear(room->out);
    assert_ok(room->ctx, geo_buffer(room->ctx, room->in, 0, room->in->n, &options, room->out));
    shape_feature(room->ctx, room->out);
    assert_ok(room->ctx, geo_geos_from_features(room->ctx, room->out, 0, 1, &polygons));
    assert_int_equal(GEOSisValid_r(geo_ctx_geos(room->ctx), polygons), 1);
    GEOSGeom_destroy_r(geo_ctx_geos(room->ctx), polygons);
}

/* Seven points on every edge of the output, read both ways. */
static void assert_edges_keep(struct room *room, const struct oracle *land, double depth_m,
                              double deviation_m)
{
    const struct geo_batch *out = room->out;
    size_t stride = 1 + out->vertex_count / 400;

    for (size_t v = 1; v < out->vertex_count; v += stride) {
        struct geo_lonlat a = out->vertex[v - 1], b = out->vertex[v];
        double length_m, azi_deg;
        for (size_t r = 0; r < out->ring_count; r++)
            if (v == out->vertex_start[r])
                a = b;
        geod_inverse(&land->earth, a.lat, a.lon, b.lat, b.lon, &length_m, &azi_deg, NULL);
        for (int k = 0; k < 7; k++) {
            double t = k / 6.0;
            struct geo_lonlat straight = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
            struct geo_lonlat geodesic = oracle_direct(land, a, azi_deg, t * length_m);
            assert_near(oracle_distance(land, straight), depth_m, KERNEL_SHARE * deviation_m);
            assert_near(oracle_distance(land, geodesic), depth_m, KERNEL_SHARE * deviation_m);
        }
    }
}

/* Points on both sides of the boundary, and about the depth. */
static void assert_sides(struct room *room, const struct oracle *land, double depth_m,
                         double deviation_m)
{
    for (size_t i = 0; i < land->n; i += 1 + land->n / 200)
        for (int k = 0; k < 24; k++) {
            const struct segment *s = &land->segment[i];
            double off_m = depth_m + (k % 4 < 2 ? 2 : -2) * deviation_m;
            struct geo_lonlat foot =
                oracle_direct(land, s->a, s->azi_deg, s->length_m * (k / 4) / 5.0);
            struct geo_lonlat x =
                oracle_direct(land, foot, s->azi_deg + (k % 2 ? 90 : -90), fabs(off_m));
            double from_m = oracle_distance(land, x);
            bool on_land = oracle_within(land, x);
            if (from_m > depth_m + deviation_m)
                assert_int_equal(oracle_inside(room->out, x), on_land);
            else if (from_m < depth_m - deviation_m)
                assert_false(oracle_inside(room->out, x));
        }
}

static void assert_eroded(struct room *room, const struct oracle *land, enum geo_edges edges,
                          double depth_m, double deviation_m)
{
    erode(room, edges, depth_m, deviation_m);
    assert_true(room->out->part_count > 0);
    assert_edges_keep(room, land, depth_m, deviation_m);
    assert_sides(room, land, depth_m, deviation_m);
}

/* A star of n spikes with a hole, of a size in degrees of latitude. */
static void add_star(struct room *room, struct geo_lonlat centre, double size_deg, unsigned n)
{
    struct geo_lonlat p[40];

    for (int hole = 0; hole < 2; hole++) {
        for (unsigned i = 0; i < n; i++) {
            double turn = (hole ? -2 : 2) * M_PI * i / n;
            double reach = size_deg * (hole ? 0.1 : i % 2 ? 0.6 : 1);
            p[i] = (struct geo_lonlat){centre.lon +
                                           reach * cos(turn) / cos(centre.lat * ORACLE_RADIANS),
                                       centre.lat + reach * sin(turn)};
        }
        p[n] = p[0];
        shape_ring(room->ctx, room->in, p, n + 1);
    }
    shape_part(room->ctx, room->in, GEO_KIND_POLYGON);
    shape_feature(room->ctx, room->in);
}

static void add_box(struct room *room, double west, double south, double east, double north)
{
    struct geo_lonlat box[] = {
        {west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, box, 5);
}

static void what_is_left_lies_at_least_so_deep_in_the_land(void **state)
{
    static const struct {
        double lat, size_deg, depth_m, deviation_m;
    } rows[] = {{21, 0.1, 500, 0.01}, {21, 0.1, 1500, 1},  {-60, 0.02, 50, 0.001},
                {75, 1, 5000, 0.1},   {0, 3, 20000, 0.01}, {21.3, 0.01, 100, 0.0001},
                {45, 0.1, 2, 0.01},   {60, 5, 100000, 100}};
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(rows); i++)
        for (int edges = GEO_EDGES_GEODESIC; edges <= GEO_EDGES_LONLAT; edges++) {
            print_message("row %zu, edges %d\n", i, edges);
            geo_batch_clear(room->in);
            add_star(room, (struct geo_lonlat){105.6, rows[i].lat}, rows[i].size_deg, 14);
            struct oracle land =
                oracle_new(room->in, (enum geo_edges)edges, rows[i].deviation_m / 50);
            assert_eroded(room, &land, (enum geo_edges)edges, rows[i].depth_m, rows[i].deviation_m);
            oracle_free(&land);
        }
}

static void land_in_several_polygons_has_no_boundary_within(void **state)
{
    struct room *room = *state;

    add_box(room, 105, 21, 105.3, 21.1);
    struct oracle land = oracle_new(room->in, GEO_EDGES_LONLAT, 0.01 / 50);
    geo_batch_clear(room->in);
    add_box(room, 105, 21, 105.1, 21.1);
    add_box(room, 105.1, 21, 105.2, 21.1);      /* touches the first */
    add_box(room, 105.15, 21, 105.3, 21.1);     /* overlaps the second */
    add_box(room, 105.05, 21.02, 105.1, 21.06); /* lies in the first */
    assert_eroded(room, &land, GEO_EDGES_LONLAT, 1000, 0.01);
    assert_int_equal(room->out->part_count, 1);
    oracle_free(&land);
}

static void radius_0_gives_the_land_itself_in_edges_that_are_read_both_ways(void **state)
{
    struct room *room = *state;

    for (int edges = GEO_EDGES_GEODESIC; edges <= GEO_EDGES_LONLAT; edges++) {
        geo_batch_clear(room->in);
        add_box(room, 100, 58, 103, 60);
        struct oracle land = oracle_new(room->in, (enum geo_edges)edges, 0.01 / 50);
        erode(room, (enum geo_edges)edges, 0, 0.01);
        assert_int_equal(room->out->ring_count, 1);
        assert_edges_keep(room, &land, 0, 0.01);
        assert_eroded(room, &land, (enum geo_edges)edges, 0, 0.5);
        oracle_free(&land);
    }
}

static void nothing_is_left_of_points_and_lines_nor_of_land_too_narrow(void **state)
{
    struct geo_lonlat line[] = {{105, 21}, {105.1, 21}, {0, 89.9}};
    struct room *room = *state;

    for (int k = 0; k < 2; k++) {
        shape_simple(room->ctx, room->in, GEO_KIND_LINE, line, 3);
        shape_simple(room->ctx, room->in, GEO_KIND_POINT, line, 1);
        erode(room, GEO_EDGES_GEODESIC, k ? 900 : 0, 0.01);
        assert_int_equal(room->out->part_count, 0);
    }
    add_box(room, 105, 21, 105.1, 21.02); /* 2214 m high */
    erode(room, GEO_EDGES_GEODESIC, 1120, 0.01);
    assert_int_equal(room->out->part_count, 0);
    erode(room, GEO_EDGES_GEODESIC, 1100, 0.01);
    assert_int_equal(room->out->part_count, 1);
}

static void land_near_a_pole_or_round_it_is_refused(void **state)
{
    struct geo_buffer_options options = {.radius_m = -100, .deviation_m = 0.01};
    struct room *room = *state;

    add_box(room, 0, 80, 10, 88.9995);
    add_box(room, -170, 80, 20, 81);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(geo_buffer(room->ctx, room->in, i, 1, &options, room->out), GEO_EDOMAIN);
        assert_int_equal(room->out->vertex_count, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_left_lies_at_least_so_deep_in_the_land),
        TEST(land_in_several_polygons_has_no_boundary_within),
        TEST(radius_0_gives_the_land_itself_in_edges_that_are_read_both_ways),
        TEST(nothing_is_left_of_points_and_lines_nor_of_land_too_narrow),
        TEST(land_near_a_pole_or_round_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
