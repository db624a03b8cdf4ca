#include "near.h"

#include <geodesic.h>

#include "geo/measure.h"

/* Figures of length and direction are GeodSolve's (GeographicLib 2.1.2) unless said. */

#define V(...)                                \
    (const struct geo_lonlat[]){__VA_ARGS__}, \
        sizeof((struct geo_lonlat[]){__VA_ARGS__}) / sizeof(struct geo_lonlat)
#define SQUARE(lo, hi) V({lo, lo}, {hi, lo}, {hi, hi}, {lo, hi}, {lo, lo})
#define CLOCKWISE(lo, hi) V({lo, lo}, {lo, hi}, {hi, hi}, {hi, lo}, {lo, lo})

struct world {
    struct geo_ctx *ctx;
    struct geo_batch *corridors, *features;
    enum geo_edges edges;
};

static void ring(struct world *world, struct geo_batch *batch, const struct geo_lonlat *v, size_t n)
{
    struct geo_lonlat *at;
    assert_ok(world->ctx, geo_batch_add_vertices(world->ctx, batch, n, &at));
    for (size_t i = 0; i < n; i++)
        at[i] = v[i];
    assert_ok(world->ctx, geo_batch_end_ring(world->ctx, batch));
}

static void part(struct world *world, struct geo_batch *batch, enum geo_kind kind,
                 const struct geo_lonlat *v, size_t n)
{
    ring(world, batch, v, n);
    assert_ok(world->ctx, geo_batch_end_part(world->ctx, batch, kind));
}

static void end(struct world *world, struct geo_batch *batch)
{
    assert_ok(world->ctx,
              geo_batch_end_feature(world->ctx, batch, GEO_SHAPE_COLLECTION, (int64_t)batch->n));
}

static void add(struct world *world, struct geo_batch *batch, enum geo_kind kind,
                const struct geo_lonlat *v, size_t n)
{
    part(world, batch, kind, v, n);
    end(world, batch);
}

static void clear(struct world *world)
{
    geo_batch_clear(world->corridors);
    geo_batch_clear(world->features);
}

/* The k nearest of feature 0. */
static size_t ask(struct world *world, size_t k, double max_m, struct geo_near *near)
{
    struct geo_index *index;
    struct geo_near_query *query;
    size_t found;
    assert_ok(world->ctx, geo_index_new(world->ctx, world->corridors, world->edges, &index));
    assert_ptr_equal(geo_index_corridors(index), world->corridors);
    assert_int_equal(geo_index_edges(index), world->edges);
    assert_ok(world->ctx, geo_near_query_new(world->ctx, index, &query));
    assert_ok(world->ctx, geo_near(world->ctx, query, world->features, 0, k, max_m, near, &found));
    geo_near_query_free(query);
    geo_index_free(index);
    return found;
}

static struct geo_near nearest(struct world *world)
{
    struct geo_near near;
    assert_int_equal(ask(world, 1, INFINITY, &near), 1);
    return near;
}

static void assert_meets(struct world *world, double lon, double lat, double chainage_m)
{
    struct geo_near near = nearest(world);
    assert_near(near.distance_m, 0, 0);
    assert_true(isnan(near.azimuth_deg));
    assert_near(near.foot.lon, lon, 1e-13);
    assert_near(near.foot.lat, lat, 1e-13);
    assert_memory_equal(&near.from, &near.foot, sizeof near.foot);
    if (isnan(chainage_m))
        assert_true(isnan(near.chainage_m));
    else
        assert_near(near.chainage_m, chainage_m, 1e-7);
}

static void two_points_are_as_far_apart_as_the_inverse_says(void **state)
{
    struct world *world = *state;
    const struct geo_lonlat p = {105.123456789, 21.000000001}, q = {-74.25, -35.5};
    struct geod_geodesic earth;
    double s_m, azimuth_deg;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, p.lat, p.lon, q.lat, q.lon, &s_m, &azimuth_deg, NULL);
    add(world, world->features, GEO_KIND_POINT, &p, 1);
    add(world, world->corridors, GEO_KIND_POINT, &q, 1);
    struct geo_near near = nearest(world);
    assert_near(near.distance_m, s_m, 0);
    assert_near(near.azimuth_deg, azimuth_deg < 0 ? azimuth_deg + 360 : azimuth_deg, 0);
    assert_memory_equal(&near.from, &p, sizeof p);
    assert_memory_equal(&near.foot, &q, sizeof q);
    assert_true(isnan(near.chainage_m));
}

static void foot_chainage_and_azimuth_agree_with_geodsolve(void **state)
{
    struct world *world = *state;
    part(world, world->corridors, GEO_KIND_LINE, V({105, 21}, {105.4, 21.3}, {105.9, 21.1}));
    part(world, world->corridors, GEO_KIND_LINE, V({106, 21.1}, {106.4, 21.2}));
    end(world, world->corridors);
    const struct {
        struct geo_lonlat from, foot;
        double distance_m, azimuth_deg, chainage_m;
    } rows[] = {
        {{105.57355527198845, 21.22099008470547},
         {105.57733035614716, 21.22929938563276},
         1000,
         23.07242833278022,
         53191.962103530 + 20000},
        {{106.04151214669035, 21.12912751614047},
         {106.04648786758139, 21.11167745607697},
         2000,
         165.02064636896116,
         53191.962103530 + 56440.946743561 + 5000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        geo_batch_clear(world->features);
        add(world, world->features, GEO_KIND_POINT, &rows[i].from, 1);
        struct geo_near near = nearest(world);
        assert_near(near.distance_m, rows[i].distance_m, 1e-7);
        assert_near(near.azimuth_deg, rows[i].azimuth_deg, 1e-8);
        assert_near(near.chainage_m, rows[i].chainage_m, 1e-6);
        assert_near(near.foot.lon, rows[i].foot.lon, 1e-12);
        assert_near(near.foot.lat, rows[i].foot.lat, 1e-12);
    }
}

static void chainage_along_a_parallel_is_an_arc_of_it(void **state)
{
    struct world *world = *state;
    /* a cos(lat) / sqrt(1 - e2 sin(lat)^2) * arc, worked out with 40 digits */
    const double arc_of_half_a_degree_at_30_north_m = 48243.140125448250;
    world->edges = GEO_EDGES_LONLAT;
    add(world, world->corridors, GEO_KIND_LINE, V({100, 30}, {101, 30}));
    add(world, world->features, GEO_KIND_LINE, V({100.5, 29.9}, {100.5, 30.1}));
    assert_meets(world, 100.5, 30, nearest(world).chainage_m);
    assert_near(nearest(world).chainage_m, arc_of_half_a_degree_at_30_north_m, 1e-6);
}

static void lines_that_cross_or_touch_meet_at_that_point(void **state)
{
    struct world *world = *state;
    for (int edges = 0; edges < 2; edges++) {
        world->edges = (enum geo_edges)edges;
        clear(world);
        add(world, world->corridors, GEO_KIND_LINE, V({-1, 0}, {1, 0}));
        add(world, world->features, GEO_KIND_LINE, V({0, -1}, {0, 1}));
        assert_meets(world, 0, 0, 111319.490793274);
        geo_batch_clear(world->features); /* a vertex on the line, twice: the first counts */
        add(world, world->features, GEO_KIND_LINE, V({0.5, 1}, {0.5, 0}, {0, 0}, {0, 1}));
        assert_meets(world, 0, 0, 111319.490793274);
        geo_batch_clear(world->features); /* the line's own vertex */
        add(world, world->features, GEO_KIND_LINE, V({1, -1}, {1, 1}));
        assert_meets(world, 1, 0, 2 * 111319.490793274);
    }
}

static void a_tenth_of_a_micrometre_is_nothing(void **state)
{
    struct world *world = *state;
    add(world, world->corridors, GEO_KIND_LINE, V({104, 0}, {106, 0}));
    add(world, world->features, GEO_KIND_POINT, V({105, 5e-13})); /* 0.055 µm */
    assert_meets(world, 105, 0, 111319.490793274);
    world->features->vertex[0].lat = 2e-12; /* 0.22 µm */
    assert_near(nearest(world).distance_m, 2.2e-7, 1e-8);
    assert_true(nearest(world).distance_m > 0);
}

static void what_lies_in_a_polygon_meets_it(void **state)
{
    struct world *world = *state;
    for (int edges = 0; edges < 2; edges++) {
        world->edges = (enum geo_edges)edges;
        clear(world);
        add(world, world->corridors, GEO_KIND_LINE, V({104.4, 20.2}, {104.5, 20.3}));
        part(world, world->features, GEO_KIND_POLYGON, SQUARE(0, 1));
        part(world, world->features, GEO_KIND_POLYGON,
             V({104, 20}, {105, 20}, {105, 21}, {104, 21}, {104, 20}));
        end(world, world->features);
        assert_meets(world, 104.4, 20.2, 0);
        struct geo_batch *swap = world->corridors;
        world->corridors = world->features, world->features = swap;
        assert_meets(world, 104.4, 20.2, NAN);
    }
}

static void the_first_vertex_of_a_later_part_counts_where_the_first_part_is_outside(void **state)
{
    struct world *world = *state;
    part(world, world->corridors, GEO_KIND_LINE, V({-3, 0}, {-2, 0}));
    part(world, world->corridors, GEO_KIND_LINE, V({0, 0}, {3, 0}));
    end(world, world->corridors);
    add(world, world->features, GEO_KIND_POLYGON, SQUARE(-1, 1));
    assert_meets(world, 0, 0, 111319.490793274);
    world->corridors->vertex[0].lon = 4; /* now the first part comes through the polygon */
    assert_meets(world, 1, 0, 3 * 111319.490793274);
}

static void a_hole_keeps_what_lies_in_it_away(void **state)
{
    struct world *world = *state;
    world->edges = GEO_EDGES_LONLAT;
    ring(world, world->features, SQUARE(-5, 5));
    ring(world, world->features, CLOCKWISE(-1, 1));
    assert_ok(world->ctx, geo_batch_end_part(world->ctx, world->features, GEO_KIND_POLYGON));
    end(world, world->features);
    add(world, world->corridors, GEO_KIND_POINT, V({0, 0}));
    struct geo_near near = nearest(world);
    assert_near(near.distance_m, 110574.388557799, 1e-6);
    assert_near(fabs(near.from.lat), 1, 1e-12); /* on one of the two parallels */
    world->corridors->vertex[0].lon = 2;
    assert_meets(world, 2, 0, NAN);
    struct geo_batch *swap = world->corridors;
    world->corridors = world->features, world->features = swap;
    assert_meets(world, 2, 0, NAN);
    world->features->vertex[0].lon = 0;
    assert_near(nearest(world).distance_m, 110574.388557799, 1e-6);
}

static void the_antimeridian_is_nothing_special(void **state)
{
    struct world *world = *state;
    const double there_m = 41643.695325021;
    for (int edges = 0; edges < 2; edges++) {
        world->edges = (enum geo_edges)edges;
        clear(world);
        add(world, world->features, GEO_KIND_POINT, V({179.9, 21.5}));
        add(world, world->corridors, GEO_KIND_LINE, V({180.2, 21.25}, {180.4, 21.25}));
        struct geo_near near = nearest(world);
        assert_near(near.distance_m, there_m, 1e-6);
        assert_near(near.azimuth_deg, 131.60437149586349, 1e-8);
        assert_near(near.foot.lon, -179.8, 1e-12);
        world->corridors->vertex[0].lon -= 360, world->corridors->vertex[1].lon -= 360;
        assert_near(nearest(world).distance_m, there_m, 1e-6);
        clear(world); /* a polygon across it, and points on either side, written either way */
        add(world, world->corridors, GEO_KIND_POLYGON,
            V({179, 10}, {181, 10}, {181, 12}, {179, 12}, {179, 10}));
        add(world, world->features, GEO_KIND_POINT, V({179.5, 11}));
        const double lons[] = {179.5, -180.5, 180.5, -179.5, 180, -180};
        for (size_t i = 0; i < sizeof lons / sizeof *lons; i++) {
            world->features->vertex[0].lon = lons[i];
            assert_meets(world, fabs(lons[i]) > 180 ? lons[i] - copysign(360, lons[i]) : lons[i],
                         11, NAN);
        }
    }
}

static void a_polygon_across_the_antimeridian_holds_corridors_on_both_sides(void **state)
{
    struct world *world = *state;
    struct geo_near near[4];
    const double lons[] = {179.5, -179.5, 180, -180};
    for (size_t i = 0; i < 4; i++)
        add(world, world->corridors, GEO_KIND_POINT, V({lons[i], 11}));
    add(world, world->features, GEO_KIND_POLYGON,
        V({-181, 10}, {-179, 10}, {-179, 12}, {-181, 12}, {-181, 10}));
    assert_int_equal(ask(world, 4, 0, near), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(near[i].corridor, i);
        assert_near(near[i].distance_m, 0, 0);
    }
}

static void an_edge_may_end_at_a_pole(void **state)
{
    struct world *world = *state;
    for (int edges = 0; edges < 2; edges++) {
        world->edges = (enum geo_edges)edges;
        clear(world);
        add(world, world->corridors, GEO_KIND_LINE, V({0, 89}, {0, 90}));
        add(world, world->features, GEO_KIND_POINT, V({180, 89.5}));
        assert_near(nearest(world).distance_m, 55846.975448276, 1e-6);
        assert_near(nearest(world).foot.lat, 90, 0);
        world->features->vertex[0] = (struct geo_lonlat){77, 90};
        assert_near(nearest(world).distance_m, 0, 0);
        world->features->vertex[0] = (struct geo_lonlat){0, 89.3};
        assert_meets(world, 0, 89.3, 33508.118547273);
    }
}

static void a_polygon_may_go_round_a_pole(void **state)
{
    struct world *world = *state;
    for (int south = 0; south < 2; south++) {
        const double side = south ? -1 : 1; /* counter-clockwise: westward about the south pole */
        clear(world);
        add(world, world->corridors, GEO_KIND_POLYGON,
            V({0, side * 80}, {side * 45, side * 80}, {side * 90, side * 80},
              {side * 180, side * 80}, {side * 270, side * 80}, {side * 360, side * 80}));
        add(world, world->features, GEO_KIND_POINT, V({45, side * 87}));
        assert_meets(world, 45, side * 87, NAN);
        world->features->vertex[0] = (struct geo_lonlat){-100, side * 90};
        assert_near(nearest(world).distance_m, 0, 0);
        world->features->vertex[0] = (struct geo_lonlat){side * 45, side * 70};
        assert_near(nearest(world).distance_m, 1116159.144166679, 1e-6);
        world->features->vertex[0] = (struct geo_lonlat){45, side * -87};
        assert_true(nearest(world).distance_m > 1e7);
        geo_batch_clear(world->features);
        add(world, world->features, GEO_KIND_POLYGON, /* it holds the corridor */
            V({0, side * 60}, {side * 120, side * 60}, {side * 240, side * 60},
              {side * 360, side * 60}));
        assert_near(nearest(world).distance_m, 0, 0);
    }
}

/* Shapes that are no more than a point, or an edge, are as far as that. */
static void degenerate_shapes_are_the_points_they_hold(void **state)
{
    struct world *world = *state;
    const struct {
        enum geo_kind kind;
        const struct geo_lonlat *v;
        size_t n;
    } rows[] = {
        {GEO_KIND_LINE, V({105, 21}, {105, 21})},
        {GEO_KIND_LINE, V({105, 21}, {105, 21}, {105, 20}, {105, 20}, {105, 20})},
        {GEO_KIND_POLYGON, V({105, 21}, {105, 21}, {105, 21}, {105, 21})},
        {GEO_KIND_POLYGON, V({105, 21}, {105, 20.5}, {105, 20}, {105, 20.5}, {105, 21})},
    };
    for (int i = 0; i < 2 * 4; i++) {
        clear(world);
        struct geo_batch *one = i % 2 ? world->features : world->corridors;
        add(world, one, rows[i / 2].kind, rows[i / 2].v, rows[i / 2].n);
        add(world, i % 2 ? world->corridors : world->features, GEO_KIND_POINT, V({105, 22}));
        assert_near(nearest(world).distance_m, 110723.608683, 1e-6);
    }
}

static void an_edge_may_be_longer_than_a_hundred_degrees(void **state)
{
    struct world *world = *state;
    add(world, world->corridors, GEO_KIND_LINE, V({0, 0}, {120, 0}));
    add(world, world->features, GEO_KIND_POINT, V({60, 1}));
    assert_near(nearest(world).distance_m, 110574.388558, 1e-6);
    assert_near(nearest(world).foot.lon, 60, 1e-9);
    assert_near(nearest(world).chainage_m, 6679169.447596, 1e-6);
    clear(world);
    add(world, world->corridors, GEO_KIND_POLYGON, V({0, 0}, {120, 0}, {60, 60}, {0, 0}));
    add(world, world->features, GEO_KIND_POINT, V({60, -1}));
    assert_near(nearest(world).distance_m, 110574.388558, 1e-6);
}

static void nothing_is_near_where_there_is_nothing(void **state)
{
    struct world *world = *state;
    struct geo_near near[2];
    add(world, world->features, GEO_KIND_POINT, V({105, 21}));
    assert_int_equal(ask(world, 2, INFINITY, near), 0);
    assert_int_equal(near[1].corridor, SIZE_MAX);
    end(world, world->corridors); /* an empty geometry */
    add(world, world->corridors, GEO_KIND_POINT, V({105, 21}));
    world->corridors->dropped[1] = 1;
    assert_int_equal(ask(world, 1, INFINITY, near), 0);
    world->corridors->dropped[1] = 0;
    assert_int_equal(ask(world, 2, INFINITY, near), 1);
    assert_int_equal(near[0].corridor, 1);
    geo_batch_clear(world->features);
    end(world, world->features);
    assert_int_equal(ask(world, 1, INFINITY, near), 0);
}

static void ties_go_to_the_first_corridor(void **state)
{
    struct world *world = *state;
    struct geo_near near[4];
    add(world, world->corridors, GEO_KIND_LINE, V({107, 22}, {108, 22}));
    for (int i = 0; i < 3; i++) /* east, west, east; and shifted by 0.03 µm */
        add(world, world->corridors, GEO_KIND_LINE,
            V({i % 2 ? 104 : 106 - 3e-13 * i, 20}, {i % 2 ? 104 : 106 - 3e-13 * i, 22}));
    add(world, world->features, GEO_KIND_POINT, V({105, 21}));
    assert_int_equal(ask(world, 4, INFINITY, near), 4);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(near[i].corridor, i + 1);
    assert_int_equal(near[3].corridor, 0);
    assert_int_equal(nearest(world).corridor, 1);
}

static void of_equal_feet_the_first_along_the_corridor_is_chosen(void **state)
{
    struct world *world = *state;
    add(world, world->corridors, GEO_KIND_LINE,
        V({1, -1}, {1, 1}, {-1, 1}, {-1, -1})); /* the equator is nearest at 1 and at -1 */
    add(world, world->features, GEO_KIND_LINE, V({-0.5, 0}, {0.5, 0}));
    assert_near(nearest(world).foot.lon, 1, 1e-12);
    assert_near(nearest(world).chainage_m, 110574.388557799, 1e-6);
}

static void as_many_as_asked_within_the_range(void **state)
{
    struct world *world = *state;
    struct geo_near near[5];
    for (int i = 5; i > 0; i--)
        add(world, world->corridors, GEO_KIND_LINE, V({105, 21 + 0.01 * i}, {106, 21 + 0.01 * i}));
    add(world, world->features, GEO_KIND_POINT, V({105, 21}));
    assert_int_equal(ask(world, 3, INFINITY, near), 3);
    assert_int_equal(near[0].corridor, 4);
    assert_int_equal(near[2].corridor, 2);
    const double third_m = near[2].distance_m;
    assert_int_equal(ask(world, 5, third_m, near), 3);
    assert_int_equal(near[3].corridor, SIZE_MAX);
    assert_int_equal(ask(world, 5, third_m - 1e-6, near), 2);
    assert_int_equal(ask(world, 5, 0, near), 0);
}

static void bad_arguments_are_refused(void **state)
{
    struct world *world = *state;
    struct geo_index *index = NULL;
    struct geo_near_query *query;
    struct geo_near near = {.corridor = 42};
    size_t found = 42;
    add(world, world->corridors, GEO_KIND_POINT, V({105, 21}));
    add(world, world->features, GEO_KIND_LINE, V({105, 21}, {105, 90.5}));
    assert_int_equal(geo_index_new(world->ctx, world->features, world->edges, &index), GEO_EDOMAIN);
    assert_null(index);
    assert_ok(world->ctx, geo_index_new(world->ctx, world->corridors, world->edges, &index));
    assert_ok(world->ctx, geo_near_query_new(world->ctx, index, &query));
    struct geo_batch *bad = world->features;
    assert_int_equal(geo_near(world->ctx, query, bad, 0, 1, INFINITY, &near, &found), GEO_EDOMAIN);
    assert_string_equal(geo_ctx_message(world->ctx),
                        "feature 0 has a vertex at longitude 105, latitude 90.5");
    bad->vertex[1] = (struct geo_lonlat){NAN, 20};
    assert_int_equal(geo_near(world->ctx, query, bad, 0, 1, INFINITY, &near, &found), GEO_EDOMAIN);
    bad->vertex[1] = (struct geo_lonlat){105, 20};
    assert_int_equal(geo_near(world->ctx, query, bad, 0, 0, INFINITY, &near, &found), GEO_EARG);
    assert_int_equal(geo_near(world->ctx, query, bad, 0, 1, NAN, &near, &found), GEO_EARG);
    assert_int_equal(geo_near(world->ctx, query, bad, 0, 1, -1, &near, &found), GEO_EARG);
    assert_int_equal(near.corridor, 42);
    assert_int_equal(found, 42);
    geo_near_query_free(query);
    geo_index_free(index);
    geo_near_query_free(NULL);
    geo_index_free(NULL);
}

/* Corridors and zones strewn over a province, for orders to be tried. */
static void strew(struct world *world, size_t corridors, size_t features)
{
    uint32_t random = 12345;
    for (size_t i = 0; i < corridors + features; i++) {
        struct geo_lonlat v[40];
        const size_t n = i < corridors ? 30 : 40;
        for (size_t j = 0; j < n; j++) {
            random = random * 1664525 + 1013904223;
            double u = (random >> 8) / 16777216.0,
                   angle = 6.283185307 * (double)j / (double)(n - 1);
            v[j] = j == 0          ? (struct geo_lonlat){105 + u, 21 + fmod(40 * u, 1)}
                   : i < corridors ? (struct geo_lonlat){v[j - 1].lon + 0.01 * u,
                                                         v[j - 1].lat + 0.006 * (u - 0.4)}
                                   : (struct geo_lonlat){v[0].lon + 0.01 * (cos(angle) - 1),
                                                         v[0].lat + 0.01 * sin(angle)};
        }
        v[n - 1] = i < corridors ? v[n - 1] : v[0];
        add(world, i < corridors ? world->corridors : world->features,
            i < corridors ? GEO_KIND_LINE : GEO_KIND_POLYGON, v, n);
    }
}

static void answers_do_not_depend_on_what_was_asked_before(void **state)
{
    enum { N = 500 };
    static struct geo_near forward[N], near, three[3];
    struct world *world = *state;
    struct geo_index *index;
    struct geo_near_query *query;
    size_t found, met = 0;
    strew(world, 60, N);
    assert_ok(world->ctx, geo_index_new(world->ctx, world->corridors, world->edges, &index));
    assert_ok(world->ctx, geo_near_query_new(world->ctx, index, &query));
    for (size_t i = 0; i < N; i++) {
        assert_ok(world->ctx, geo_near(world->ctx, query, world->features, i, 1, INFINITY,
                                       &forward[i], &found));
        met += forward[i].distance_m == 0;
    }
    assert_in_range(met, N / 20, N - N / 20); /* both kinds of answers are among them */
    for (size_t i = 0; i < 2 * N; i++) {
        const size_t j = i * 271 % N; /* the second time round without a hint */
        if (i >= N)
            geo_near_query_reset(query);
        assert_ok(world->ctx,
                  geo_near(world->ctx, query, world->features, j, 1, INFINITY, &near, &found));
        assert_memory_equal(&near, &forward[j], sizeof near);
        assert_ok(world->ctx,
                  geo_near(world->ctx, query, world->features, j, 3, INFINITY, three, &found));
        assert_memory_equal(&three[0], &forward[j], sizeof near);
        assert_true(three[1].distance_m + 1e-7 >= three[0].distance_m);
        assert_true(three[2].distance_m + 1e-7 >= three[1].distance_m);
    }
    geo_near_query_free(query);
    geo_index_free(index);
}

static int setup(void **state)
{
    static struct world world;
    world = (struct world){geo_ctx_new(), geo_batch_new(), geo_batch_new(), GEO_EDGES_GEODESIC};
    *state = &world;
    return !world.ctx || !world.corridors || !world.features;
}

static int teardown(void **state)
{
    struct world *world = *state;
    geo_batch_free(world->features);
    geo_batch_free(world->corridors);
    geo_ctx_free(world->ctx);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_points_are_as_far_apart_as_the_inverse_says),
        TEST(foot_chainage_and_azimuth_agree_with_geodsolve),
        TEST(chainage_along_a_parallel_is_an_arc_of_it),
        TEST(lines_that_cross_or_touch_meet_at_that_point),
        TEST(a_tenth_of_a_micrometre_is_nothing),
        TEST(what_lies_in_a_polygon_meets_it),
        TEST(the_first_vertex_of_a_later_part_counts_where_the_first_part_is_outside),
        TEST(a_hole_keeps_what_lies_in_it_away),
        TEST(the_antimeridian_is_nothing_special),
        TEST(a_polygon_across_the_antimeridian_holds_corridors_on_both_sides),
        TEST(an_edge_may_end_at_a_pole),
        TEST(a_polygon_may_go_round_a_pole),
        TEST(degenerate_shapes_are_the_points_they_hold),
        TEST(an_edge_may_be_longer_than_a_hundred_degrees),
        TEST(nothing_is_near_where_there_is_nothing),
        TEST(ties_go_to_the_first_corridor),
        TEST(of_equal_feet_the_first_along_the_corridor_is_chosen),
        TEST(as_many_as_asked_within_the_range),
        TEST(bad_arguments_are_refused),
        TEST(answers_do_not_depend_on_what_was_asked_before)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
