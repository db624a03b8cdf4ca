/* Buffers against brute force: distances by PROJ's geodesic.h, validity by GEOS. */
#include "geo/measure.h"

#include "base/geos.h"
#include "base/handles.h"
#include "buffer_oracle.h"
#include "shapes.h"

/* What the kernel may use of the deviation; the rest is in reserve. */
#define KERNEL_SHARE 0.7

/* The buffer of everything in the room, as the only feature of `out`. */
static void buffer(struct room *room, enum geo_edges edges, double radius_m, double deviation_m)
{
    struct geo_buffer_options options = {
        .edges = edges, .radius_m = radius_m, .deviation_m = deviation_m, .threads = 1};

    geo_batch_clear(room->out);
    assert_ok(room->ctx, geo_buffer(room->ctx, room->in, 0, room->in->n, &options, room->out));
    shape_feature(room->ctx, room->out);
}

static double area_of(struct room *room)
{
    double area_m2, perimeter_m;
    assert_ok(room->ctx, geo_area(room->ctx, room->out, room->out->n - 1, GEO_EDGES_GEODESIC,
                                  &area_m2, &perimeter_m));
    return area_m2;
}

/* ---- what an output must be ---- */

static double ring_turn(const struct geo_lonlat *vertex, size_t n)
{
    double twice = 0;
    for (size_t v = 1; v + 1 < n; v++)
        twice += (vertex[v].lon - vertex[0].lon) * (vertex[v + 1].lat - vertex[0].lat) -
                 (vertex[v + 1].lon - vertex[0].lon) * (vertex[v].lat - vertex[0].lat);
    return twice;
}

static void assert_well_formed(struct room *room)
{
    const struct geo_batch *out = room->out;
    GEOSGeometry *polygons;

    for (size_t part = 0; part < out->part_count; part++)
        for (size_t r = out->ring_start[part]; r < out->ring_start[part + 1]; r++) {
            const struct geo_lonlat *vertex = out->vertex + out->vertex_start[r];
            size_t n = out->vertex_start[r + 1] - out->vertex_start[r];
            assert_true(n >= 4);
            assert_memory_equal(&vertex[0], &vertex[n - 1], sizeof *vertex);
            assert_int_equal(ring_turn(vertex, n) > 0, r == out->ring_start[part]);
        }
    assert_ok(room->ctx, geo_geos_from_features(room->ctx, out, 0, 1, &polygons));
    assert_int_equal(GEOSisValid_r(geo_ctx_geos(room->ctx), polygons), 1);
    GEOSGeom_destroy_r(geo_ctx_geos(room->ctx), polygons);
}

/* Seven points on an edge, read both ways: the worst distance from the radius. */
static double edge_deviation(const struct oracle *oracle, struct geo_lonlat a, struct geo_lonlat b,
                             double radius_m)
{
    double worst = 0, length_m, azi_deg;

    geod_inverse(&oracle->earth, a.lat, a.lon, b.lat, b.lon, &length_m, &azi_deg, NULL);
    for (int k = 0; k < 7; k++) {
        double t = k / 6.0;
        struct geo_lonlat straight = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
        struct geo_lonlat geodesic = oracle_direct(oracle, a, azi_deg, t * length_m);
        worst = fmax(worst, fabs(oracle_distance(oracle, straight) - radius_m));
        worst = fmax(worst, fabs(oracle_distance(oracle, geodesic) - radius_m));
    }
    return worst;
}

/* All edges of a small output, each k-th one of a large one and all that are long. */
static void assert_edges_keep(struct room *room, const struct oracle *oracle, double radius_m,
                              double deviation_m)
{
    const struct geo_batch *out = room->out;
    size_t stride = 1 + out->vertex_count / 300, seen = 0;

    for (size_t r = 0; r < out->ring_count; r++)
        for (size_t v = out->vertex_start[r] + 1; v < out->vertex_start[r + 1]; v++) {
            struct geo_lonlat a = out->vertex[v - 1], b = out->vertex[v];
            if (seen++ % stride == 0 || hypot(b.lon - a.lon, b.lat - a.lat) > 0.02)
                assert_near(edge_deviation(oracle, a, b, radius_m), 0, KERNEL_SHARE * deviation_m);
        }
}

static void assert_side(struct room *room, const struct oracle *oracle, struct geo_lonlat x,
                        double radius_m, double deviation_m)
{
    double distance_m = oracle_distance(oracle, x);

    if (distance_m < radius_m - deviation_m)
        assert_true(oracle_inside(room->out, x));
    if (distance_m > radius_m + deviation_m)
        assert_int_equal(oracle_inside(room->out, x),
                         room->in->part_kind[0] == GEO_KIND_POLYGON && oracle_within(oracle, x));
}

/* Points just inside and just outside, on both sides of segments and round their ends. */
static void assert_sides(struct room *room, const struct oracle *oracle, double radius_m,
                         double deviation_m)
{
    for (size_t i = 0; i < oracle->n; i += 1 + oracle->n / 60) {
        const struct segment *s = &oracle->segment[i];
        for (int k = 0; k < 12; k++) {
            double azi = k < 4 ? s->azi_deg + (k % 2 ? 90 : -90) : 45.0 * k + 7;
            double off = k < 8 ? radius_m - 2 * deviation_m : radius_m + 2 * deviation_m;
            struct geo_lonlat foot =
                oracle_direct(oracle, s->a, s->azi_deg, k < 4 ? s->length_m * (0.1 + 0.2 * k) : 0);
            assert_side(room, oracle, oracle_direct(oracle, foot, azi, fmax(off, 0)), radius_m,
                        deviation_m);
            assert_side(room, oracle, oracle_direct(oracle, foot, azi, radius_m + 2 * deviation_m),
                        radius_m, deviation_m);
        }
    }
}

static void assert_buffer(struct room *room, enum geo_edges edges, double radius_m,
                          double deviation_m)
{
    struct oracle oracle = oracle_new(room->in, edges, deviation_m / 50);

    buffer(room, edges, radius_m, deviation_m);
    assert_true(room->out->part_count > 0);
    assert_well_formed(room);
    assert_edges_keep(room, &oracle, radius_m, deviation_m);
    assert_sides(room, &oracle, radius_m, deviation_m);
    oracle_free(&oracle);
}

/* ---- shapes ---- */

/* An angle in [0, 360) that looks arbitrary and is always the same. */
static double angle(unsigned seed, unsigned i)
{
    return fmod(sin(seed * 12.9898 + i * 78.233) * 43758.5453 + 43759, 1) * 360;
}

static void add_line(struct room *room, struct geo_lonlat start, double length_m, unsigned n,
                     double bend_deg, unsigned seed)
{
    struct geo_batch *empty = geo_batch_new();
    struct oracle oracle = oracle_new(empty, GEO_EDGES_GEODESIC, 1);
    struct geo_lonlat p[100] = {start};
    double azi = angle(seed, 0);

    for (unsigned i = 1; i < n; i++) {
        azi += (angle(seed, i) / 360 - 0.5) * bend_deg;
        p[i] = oracle_direct(&oracle, p[i - 1], azi,
                             length_m / n * (0.1 + angle(seed, 100 + i) / 200));
    }
    shape_simple(room->ctx, room->in, n > 1 ? GEO_KIND_LINE : GEO_KIND_POINT, p, n);
    geo_batch_free(empty);
}

/* A star about a centre, and a hole in it. */
static void add_star(struct room *room, struct geo_lonlat centre, double radius_m, unsigned n,
                     unsigned seed)
{
    struct geo_batch *empty = geo_batch_new();
    struct oracle oracle = oracle_new(empty, GEO_EDGES_GEODESIC, 1);
    struct geo_lonlat p[100];

    for (int hole = 0; hole < 2; hole++) {
        for (unsigned i = 0; i < n; i++) {
            double share = hole ? 0.2 + angle(seed, i) / 3600 : 0.5 + angle(seed, 50 + i) / 720;
            p[i] =
                oracle_direct(&oracle, centre, (hole ? 360.0 : -360.0) * i / n, radius_m * share);
        }
        p[n] = p[0];
        shape_ring(room->ctx, room->in, p, n + 1);
    }
    shape_part(room->ctx, room->in, GEO_KIND_POLYGON);
    shape_feature(room->ctx, room->in);
    geo_batch_free(empty);
}

/* ---- the bound ---- */

struct scene {
    char shape; /* p(oint), l(ine of few edges), w(iggle), s(tar) */
    enum geo_edges edges;
    double lat, size_m, radius_m, deviation_m;
};

static void add_scene(struct room *room, const struct scene *scene, unsigned seed)
{
    struct geo_lonlat at = {105.8, scene->lat};

    geo_batch_clear(room->in);
    if (scene->shape == 'p')
        add_line(room, at, 0, 1, 0, seed);
    else if (scene->shape == 'l')
        add_line(room, at, scene->size_m, 6, 300, seed);
    else if (scene->shape == 'w')
        add_line(room, at, scene->size_m, 60, 60, seed);
    else
        add_star(room, at, scene->size_m, 12, seed);
}

static void the_boundary_lies_within_the_deviation_of_the_radius(void **state)
{
    static const struct scene scenes[] = {
        {'p', GEO_EDGES_GEODESIC, 0, 0, 100, 0.001},
        {'p', GEO_EDGES_GEODESIC, 60, 0, 20000, 0.01},
        {'p', GEO_EDGES_LONLAT, -21, 0, 5000, 1},
        {'l', GEO_EDGES_GEODESIC, 21, 10000, 500, 0.01},
        {'l', GEO_EDGES_GEODESIC, 60, 200000, 20000, 0.01},
        {'l', GEO_EDGES_LONLAT, 60, 20000, 5000, 0.01},
        {'l', GEO_EDGES_LONLAT, 0, 3000, 100, 0.001},
        {'l', GEO_EDGES_GEODESIC, -80, 60000, 1000, 0.001},
        {'w', GEO_EDGES_GEODESIC, 21, 10000, 5000, 0.01},
        {'w', GEO_EDGES_LONLAT, 21, 10000, 500, 0.001},
        {'w', GEO_EDGES_GEODESIC, 0, 30000, 20000, 1},
        {'w', GEO_EDGES_GEODESIC, -60, 2000, 5000, 0.001},
        {'w', GEO_EDGES_LONLAT, 60, 50000, 1000, 0.1},
        {'s', GEO_EDGES_GEODESIC, 21, 5000, 500, 0.01},
        {'s', GEO_EDGES_GEODESIC, 60, 100000, 5000, 0.01},
        {'s', GEO_EDGES_LONLAT, 21, 30000, 1000, 0.01},
        {'s', GEO_EDGES_LONLAT, -60, 1000, 100, 0.001},
        {'s', GEO_EDGES_GEODESIC, 0, 2000, 20000, 1},
        {'s', GEO_EDGES_GEODESIC, 60, 300000, 100, 1},
        {'l', GEO_EDGES_GEODESIC, 45, 500000, 1000000, 100},
        {'l', GEO_EDGES_GEODESIC, 21, 1000, 100, 99},
        {'p', GEO_EDGES_GEODESIC, 21, 0, 0.1, 0.0001},
    };

    for (size_t i = 0; i < COUNT(scenes); i++) {
        print_message("scene %zu\n", i);
        add_scene(*state, &scenes[i], (unsigned)i + 1);
        assert_buffer(*state, scenes[i].edges, scenes[i].radius_m, scenes[i].deviation_m);
    }
}

/* Where the rays of a capsule are far from straight in longitude and latitude. */
static void wide_buffers_of_long_edges_near_a_pole_are_right(void **state)
{
    static const struct {
        struct geo_lonlat line[3];
        enum geo_edges edges;
        double radius_m, deviation_m;
    } rows[] = {{{{0, 80}, {60, 80}, {60, 81}}, GEO_EDGES_LONLAT, 300000, 20},
                {{{0, -84}, {90, -84}, {20, -83}}, GEO_EDGES_LONLAT, 200000, 20},
                {{{0, 77}, {40, 79}, {10, 78}}, GEO_EDGES_GEODESIC, 800000, 1},
                {{{0, 80}, {20, 81}, {0, 81}}, GEO_EDGES_LONLAT, 800000, 20}};
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        geo_batch_clear(room->in);
        shape_simple(room->ctx, room->in, GEO_KIND_LINE, rows[i].line, 3);
        assert_buffer(room, rows[i].edges, rows[i].radius_m, rows[i].deviation_m);
        assert_int_equal(room->out->ring_count, 1);
    }
}

static void lines_that_turn_back_cross_and_stand_still_are_no_harm(void **state)
{
    static const struct geo_lonlat back[] = {{105, 21}, {105.01, 21}, {105, 21}, {105, 21.005}};
    static const struct geo_lonlat cross[] = {
        {105, 21}, {105.02, 21.02}, {105.02, 21}, {105, 21.02}};
    static const struct geo_lonlat still[] = {{105, 21}, {105, 21}, {105.01, 21}, {105.01, 21}};
    static const struct geo_lonlat tiny[] = {{105, 21}, {105 + 1e-12, 21}, {105.01, 21.003}};
    static const struct geo_lonlat nowhere[] = {{105, 21}, {105, 21}};
    static const struct geo_lonlat straight[] = {
        {105, 21}, {105, 21.01}, {105, 21.02}, {105, 21.03}};
    static const struct {
        const struct geo_lonlat *vertex;
        size_t n;
    } lines[] = {{back, 4}, {cross, 4}, {still, 4}, {tiny, 3}, {nowhere, 2}, {straight, 4}};
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(lines); i++)
        for (int edges = 0; edges < 2; edges++) {
            geo_batch_clear(room->in);
            shape_simple(room->ctx, room->in, GEO_KIND_LINE, lines[i].vertex, lines[i].n);
            assert_buffer(room, edges ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC, 500, 0.01);
            assert_int_equal(room->out->part_count, 1);
        }
}

static void rings_that_enclose_nothing_are_buffered_as_lines(void **state)
{
    static const struct geo_lonlat spot[] = {{105, 21}, {105, 21}, {105, 21}, {105, 21}};
    static const struct geo_lonlat flat[] = {{105, 21}, {105, 21.02}, {105, 21.01}, {105, 21}};
    static const struct geo_lonlat back[] = {{105, 21}, {105.02, 21.01}, {105, 21}, {105, 21}};
    static const struct geo_lonlat whip[] = {{105, 21},    {105.01, 21}, {105.01, 21.01},
                                             {105, 21.01}, {105, 21},    {105, 21}};
    static const struct {
        const struct geo_lonlat *vertex;
        size_t n;
    } rings[] = {{spot, 4}, {flat, 4}, {back, 4}, {whip, 6}};
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(rings); i++)
        for (int edges = 0; edges < 2; edges++) {
            geo_batch_clear(room->in);
            shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, rings[i].vertex, rings[i].n);
            assert_buffer(room, edges ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC, 500, 0.01);
            assert_int_equal(room->out->ring_count, 1);
        }
}

static void edges_longer_than_a_hundred_degrees_are_no_harm(void **state)
{
    static const struct geo_lonlat far[] = {{-70, 5}, {50, 10}, {50, 30}};
    struct room *room = *state;

    for (int edges = 0; edges < 2; edges++) {
        geo_batch_clear(room->in);
        shape_simple(room->ctx, room->in, GEO_KIND_LINE, far, 3);
        assert_buffer(room, edges ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC, 50000, 100);
        assert_int_equal(room->out->ring_count, 1);
    }
}

/* A turn of 3e-11°, whose wedge of 50 pm is narrower than coordinates are fine. */
static void a_turn_that_coordinates_cannot_show_is_no_harm(void **state)
{
    struct geo_lonlat straight[] = {{105.5723389855405, 21.378964619760367},
                                    {105.57056572205846, 21.378970659005059},
                                    {105.56879245843115, 21.378976679511368},
                                    {105.56701919465903, 21.378982681279293},
                                    {105.56524593074252, 21.378988664308824}};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_LINE, straight, 5);
    assert_buffer(room, GEO_EDGES_GEODESIC, 100, 0.01);
    assert_int_equal(room->out->ring_count, 1);
}

static void rounding_keeps_a_scribble_valid(void **state)
{
    struct geo_lonlat scribble[400];
    struct room *room = *state;

    for (unsigned i = 0; i < COUNT(scribble); i++)
        scribble[i] = (struct geo_lonlat){105 + angle(1, i) / 3600, 21 + angle(2, i) / 3600};
    for (size_t n = 50; n <= COUNT(scribble); n *= 2) {
        geo_batch_clear(room->in);
        shape_simple(room->ctx, room->in, GEO_KIND_LINE, scribble, n);
        assert_buffer(room, GEO_EDGES_GEODESIC, 50, 10);
    }
}

/* ---- what follows from the definition ---- */

static void a_point_has_the_area_of_its_circle(void **state)
{
    struct room *room = *state;
    struct geo_lonlat at = {105.6, 21.3};
    struct geod_geodesic earth;
    struct geod_polygon circle;
    double area_m2;

    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_polygon_init(&circle, 0);
    for (int k = 0; k < 20000; k++) {
        double lat, lon;
        geod_direct(&earth, at.lat, at.lon, -360.0 * k / 20000, 5000, &lat, &lon, NULL);
        geod_polygon_addpoint(&earth, &circle, lat, lon);
    }
    geod_polygon_compute(&earth, &circle, 0, 1, &area_m2, NULL);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &at, 1);
    buffer(room, GEO_EDGES_GEODESIC, 5000, 0.01);
    /* At most 1 cm all round, and less as chords lie on both sides. */
    assert_near(area_of(room), area_m2, 0.01 * 2 * M_PI * 5000 / 2);
}

static void a_wider_buffer_holds_a_narrower_one(void **state)
{
    struct room *room = *state;
    GEOSContextHandle_t geos = geo_ctx_geos(room->ctx);
    GEOSGeometry *inner = NULL;

    add_line(room, (struct geo_lonlat){105.8, 21.2}, 20000, 40, 80, 3);
    for (double radius_m = 500; radius_m < 5000; radius_m *= 1.5) {
        GEOSGeometry *outer;
        buffer(room, GEO_EDGES_GEODESIC, radius_m, 0.01);
        assert_ok(room->ctx, geo_geos_from_features(room->ctx, room->out, 0, 1, &outer));
        if (inner)
            assert_int_equal(GEOSCovers_r(geos, outer, inner), 1);
        GEOSGeom_destroy_r(geos, inner);
        inner = outer;
    }
    GEOSGeom_destroy_r(geos, inner);
}

static void a_loop_has_a_hole_until_it_is_filled(void **state)
{
    struct geo_lonlat loop[] = {{105, 21}, {105.1, 21}, {105.1, 21.1}, {105, 21.1}, {105, 21}};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_LINE, loop, 5);
    assert_buffer(room, GEO_EDGES_GEODESIC, 2000, 0.01);
    assert_int_equal(room->out->ring_count, 2);
    assert_buffer(room, GEO_EDGES_GEODESIC, 5300, 0.01);
    assert_int_equal(room->out->ring_count, 1);
    geo_batch_clear(room->in);
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, loop, 5);
    assert_buffer(room, GEO_EDGES_GEODESIC, 2000, 0.01);
    assert_int_equal(room->out->ring_count, 1);
}

static void a_hole_of_a_polygon_shrinks_and_vanishes(void **state)
{
    struct room *room = *state;

    add_star(room, (struct geo_lonlat){105.8, 21}, 20000, 12, 5);
    assert_buffer(room, GEO_EDGES_GEODESIC, 1000, 0.01);
    assert_int_equal(room->out->ring_count, 2);
    assert_buffer(room, GEO_EDGES_GEODESIC, 7000, 0.01);
    assert_int_equal(room->out->ring_count, 1);
}

static void the_antimeridian_is_nothing_special(void **state)
{
    struct geo_lonlat across[] = {{179.95, 21}, {180.03, 21.02}, {180.05, 20.95}};
    struct geo_lonlat east = {179.99, -10}, west = {-179.99, -10};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_LINE, across, 3);
    assert_buffer(room, GEO_EDGES_GEODESIC, 3000, 0.01);
    assert_int_equal(room->out->part_count, 1);
    double area_m2 = area_of(room);
    geo_batch_clear(room->in);
    for (size_t v = 0; v < 3; v++)
        across[v].lon -= 74;
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, across, 3);
    buffer(room, GEO_EDGES_GEODESIC, 3000, 0.01);
    assert_near(area_of(room), area_m2, 0.01 * 35000);
    geo_batch_clear(room->in);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &east, 1);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &west, 1);
    buffer(room, GEO_EDGES_GEODESIC, 3000, 0.01);
    assert_int_equal(room->out->part_count, 1);
}

static void features_are_dissolved_and_dropped_ones_left_out(void **state)
{
    struct geo_lonlat at[] = {{105, 21}, {105.01, 21}, {105.5, 21}};
    struct room *room = *state;

    for (size_t i = 0; i < 3; i++)
        shape_simple(room->ctx, room->in, GEO_KIND_POINT, &at[i], 1);
    buffer(room, GEO_EDGES_GEODESIC, 1000, 0.01);
    assert_int_equal(room->out->part_count, 2);
    room->in->dropped[2] = 1;
    buffer(room, GEO_EDGES_GEODESIC, 1000, 0.01);
    assert_int_equal(room->out->part_count, 1);
    room->in->dropped[0] = room->in->dropped[1] = 1;
    buffer(room, GEO_EDGES_GEODESIC, 1000, 0.01);
    assert_int_equal(room->out->part_count, 0);
}

/* Points, lines and perhaps stars all over a degree. */
static void add_crowd(struct room *room, bool stars)
{
    for (unsigned i = 0; i < 150; i++) {
        struct geo_lonlat at = {105 + angle(i, 7) / 360, 21 + angle(i, 8) / 360};
        if (stars && i % 3 == 0)
            add_star(room, at, 3000, 12, i);
        else
            add_line(room, at, 20000, i % 3 == 1 ? 1 : 60, 90, i);
    }
}

static void many_shapes_give_the_same_bytes_on_any_number_of_threads(void **state)
{
    struct geo_buffer_options options = {.radius_m = 700, .deviation_m = 0.1, .threads = 1};
    struct room *room = *state;
    size_t n = 0;

    add_crowd(room, true);
    for (unsigned i = 0; i < 4; i++) {
        static const unsigned threads[] = {1, 2, 7, 0};
        size_t first = room->out->vertex_count;
        options.threads = threads[i];
        assert_ok(room->ctx, geo_buffer(room->ctx, room->in, 0, room->in->n, &options, room->out));
        n = i ? n : room->out->vertex_count;
        assert_int_equal(room->out->vertex_count - first, n);
        assert_memory_equal(room->out->vertex, room->out->vertex + first, n * sizeof(double[2]));
    }
}

static void the_buffer_of_a_crowd_is_right(void **state)
{
    add_crowd(*state, false);
    assert_buffer(*state, GEO_EDGES_GEODESIC, 300, 0.01);
}

static void coordinates_have_the_decimals_that_the_deviation_needs(void **state)
{
    static const struct {
        double deviation_m;
        int decimals;
    } rows[] = {{1000, 3}, {1, 6}, {0.1, 7}, {0.01, 8}, {0.001, 9}, {0.0001, 10}};
    struct geo_lonlat at = {105.123456789012, 21.123456789012};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &at, 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int decimals = geo_buffer_decimals(rows[i].deviation_m);
        double cell_m = 111694 / pow(10, decimals);
        assert_int_equal(decimals, rows[i].decimals);
        assert_true(cell_m / sqrt(2) <= rows[i].deviation_m / 10);
        assert_true(10 * cell_m / sqrt(2) > rows[i].deviation_m / 10);
        buffer(room, GEO_EDGES_GEODESIC, 5000, rows[i].deviation_m);
        for (size_t v = 0; v < room->out->vertex_count; v++) {
            double cells = room->out->vertex[v].lon * pow(10, decimals);
            assert_near(cells, round(cells), 4e-16 * fabs(cells) + 1e-9);
        }
    }
}

static void what_cannot_be_buffered_is_refused(void **state)
{
    static const struct {
        double radius_m, deviation_m;
    } bad[] = {{0.05, 0.01}, {-1e7, 1},  {1e7, 0.01}, {NAN, 0.01}, {INFINITY, 1},
               {100, 1e-5},  {100, NAN}, {100, -1},   {100, 100},  {5000, 2000},
               {-1, 1},      {0, 0},     {-100, NAN}};
    struct geo_lonlat at = {105, 21}, pole = {0, 88.99}, nowhere = {NAN, 21};
    struct geo_lonlat wide[] = {{-90, 10}, {0, 10}, {91, 10}};
    struct geo_lonlat over[] = {{0, 75}, {179, 75}}, at_pole[] = {{10, 80}, {10, -90}};
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &at, 1);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &pole, 1);
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, wide, 3);
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, over, 2);
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, at_pole, 2);
    shape_simple(room->ctx, room->in, GEO_KIND_POINT, &nowhere, 1);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct geo_buffer_options options = {.radius_m = bad[i].radius_m,
                                             .deviation_m = bad[i].deviation_m};
        assert_int_equal(geo_buffer(room->ctx, room->in, 0, 1, &options, room->out), GEO_EARG);
    }
    for (size_t i = 1; i < room->in->n; i++) {
        struct geo_buffer_options options = {.radius_m = 5000, .deviation_m = 0.01};
        assert_int_equal(geo_buffer(room->ctx, room->in, i, 1, &options, room->out), GEO_EDOMAIN);
        assert_true(strlen(geo_ctx_message(room->ctx)) > 20);
    }
    assert_int_equal(room->out->part_count + room->out->ring_count + room->out->vertex_count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_boundary_lies_within_the_deviation_of_the_radius),
        TEST(wide_buffers_of_long_edges_near_a_pole_are_right),
        TEST(lines_that_turn_back_cross_and_stand_still_are_no_harm),
        TEST(rings_that_enclose_nothing_are_buffered_as_lines),
        TEST(edges_longer_than_a_hundred_degrees_are_no_harm),
        TEST(a_turn_that_coordinates_cannot_show_is_no_harm),
        TEST(rounding_keeps_a_scribble_valid),
        TEST(a_point_has_the_area_of_its_circle),
        TEST(a_wider_buffer_holds_a_narrower_one),
        TEST(a_loop_has_a_hole_until_it_is_filled),
        TEST(a_hole_of_a_polygon_shrinks_and_vanishes),
        TEST(the_antimeridian_is_nothing_special),
        TEST(features_are_dissolved_and_dropped_ones_left_out),
        TEST(many_shapes_give_the_same_bytes_on_any_number_of_threads),
        TEST(the_buffer_of_a_crowd_is_right),
        TEST(coordinates_have_the_decimals_that_the_deviation_needs),
        TEST(what_cannot_be_buffered_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
