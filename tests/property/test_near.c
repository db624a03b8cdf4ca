#include "near.h"

#include <stdio.h>
#include <stdlib.h>

#include "brute.h"
#include "geo/measure.h"
#include "scene.h"

/* GEO_TEST_SCENES raises the number of scenes, GEO_TEST_SEED changes them. */
enum { SCENES = 2400, CORRIDORS = 5, SEED = 20240607 };

static const double distances_m[] = {0, 0, 0, 0, 0, 0, 0, 1, 100, 1e3, 1e4, 5e4, 2e5, 5e5};

struct world {
    struct scene scene;
    struct brute brute;
    struct geo_batch *corridors, *feature;
    double worst_m[3]; /* error under 50 km, 200 km, 500 km */
    size_t zeros, scenes;
};

static void make_scene(struct world *world)
{
    struct scene *scene = &world->scene;
    const struct geo_lonlat centre = any_centre(scene);
    const double edge_m = edge_lengths_m[pick(scene, 4)], apart_m = distances_m[pick(scene, 14)];
    geo_batch_clear(world->corridors);
    geo_batch_clear(world->feature);
    for (int i = 0; i < CORRIDORS; i++)
        add_shape(scene, world->corridors,
                  go(scene, centre, 360 * any(scene), 3 * edge_m * any(scene)), edge_m);
    const double clear_m = apart_m > 0 ? apart_m * (0.5 + 0.5 * any(scene)) + 2 * edge_m : 0;
    add_shape(scene, world->feature, go(scene, centre, 360 * any(scene), clear_m),
              edge_m * pow(10, 0.7 - 2 * any(scene)));
}

static int ascending(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* What the header promises for a distance. */
static double promised(struct world *world, double actual_m, double expected_m)
{
    const int range = expected_m < 5e4 ? 0 : expected_m < 2e5 ? 1 : 2;
    world->worst_m[range] = fmax(world->worst_m[range], fabs(actual_m - expected_m));
    return range == 0 ? 1e-6 : range == 1 ? 1e-5 : 1e-3;
}

/* The answer agrees with itself: its points lie on the shapes, as far apart as it says. */
static void check_answer(struct world *world, const struct geo_near *near,
                         const struct brute_shape *feature, const struct brute_shape *corridor)
{
    const struct brute *brute = &world->brute;
    double apart_m, azimuth_deg;
    geod_inverse(&brute->earth, near->from.lat, near->from.lon, near->foot.lat, near->foot.lon,
                 &apart_m, &azimuth_deg, NULL);
    assert_near(apart_m, near->distance_m, 1e-8);
    assert_near(near->foot.lon, 0, 180);
    assert_near(brute_to_shape(brute, near->from, feature), 0, 1e-6);
    assert_near(brute_to_shape(brute, near->foot, corridor), 0, 1e-6);
    if (near->distance_m == 0)
        assert_true(isnan(near->azimuth_deg));
    else
        assert_near(remainder(near->azimuth_deg - azimuth_deg, 360), 0, 1e-9);
}

static void check_scene(struct world *world, struct geo_near_query *query)
{
    static struct brute_shape feature, corridor[CORRIDORS];
    struct geo_near near[CORRIDORS], fewer[CORRIDORS];
    double expected_m[CORRIDORS];
    size_t found;
    brute_take(&world->brute, world->feature, 0, &feature);
    for (size_t i = 0; i < CORRIDORS; i++) {
        brute_take(&world->brute, world->corridors, i, &corridor[i]);
        expected_m[i] = brute_distance(&world->brute, &feature, &corridor[i]);
    }
    assert_ok(world->scene.ctx, geo_near(world->scene.ctx, query, world->feature, 0, CORRIDORS,
                                         INFINITY, near, &found));
    assert_int_equal(found, CORRIDORS);
    for (size_t i = 0; i < CORRIDORS; i++) {
        double of_it_m = expected_m[near[i].corridor];
        assert_near(near[i].distance_m, of_it_m, promised(world, near[i].distance_m, of_it_m));
        assert_int_equal(near[i].distance_m == 0, of_it_m == 0);
        check_answer(world, &near[i], &feature, &corridor[near[i].corridor]);
        world->zeros += of_it_m == 0;
    }
    qsort(expected_m, CORRIDORS, sizeof *expected_m, ascending);
    for (size_t i = 0; i < CORRIDORS; i++)
        assert_near(near[i].distance_m, expected_m[i], 1e-3);
    for (size_t k = 1; k < CORRIDORS; k++) {
        assert_ok(world->scene.ctx,
                  geo_near(world->scene.ctx, query, world->feature, 0, k, INFINITY, fewer, &found));
        assert_int_equal(found, k);
        assert_memory_equal(fewer, near, k * sizeof *near);
    }
}

static size_t from_environment(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : otherwise;
}

static void check_scenes(struct world *world, enum geo_edges edges)
{
    const size_t scenes = from_environment("GEO_TEST_SCENES", SCENES) / 2;
    const size_t seed = from_environment("GEO_TEST_SEED", SEED);
    world->brute.edges = edges;
    world->scene.random = 0x9e3779b97f4a7c15u * (seed + 1);
    for (int k = 0; k < 3; k++)
        world->worst_m[k] = 0;
    world->zeros = 0;
    print_message("seed %zu\n", seed);
    for (size_t i = 0; i < scenes; i++) {
        struct geo_index *index;
        struct geo_near_query *query;
        world->scenes = i;
        make_scene(world);
        assert_ok(world->scene.ctx,
                  geo_index_new(world->scene.ctx, world->corridors, edges, &index));
        assert_ok(world->scene.ctx, geo_near_query_new(world->scene.ctx, index, &query));
        check_scene(world, query);
        geo_near_query_free(query);
        geo_index_free(index);
    }
    print_message(
        "%zu scenes, %zu pairs meet; worst error %.1e m under 50 km, %.1e m under 200 km, "
        "%.1e m under 500 km and a little\n",
        scenes, world->zeros, world->worst_m[0], world->worst_m[1], world->worst_m[2]);
}

static int setup(void **state)
{
    static struct world world;
    world = (struct world){
        .scene.ctx = geo_ctx_new(), .corridors = geo_batch_new(), .feature = geo_batch_new()};
    geod_init(&world.brute.earth, 6378137, 1 / 298.257223563);
    world.scene.earth = world.brute.earth;
    *state = &world;
    return !world.scene.ctx || !world.corridors || !world.feature;
}

static int teardown(void **state)
{
    struct world *world = *state;
    geo_batch_free(world->feature);
    geo_batch_free(world->corridors);
    geo_ctx_free(world->scene.ctx);
    return 0;
}

static void nearest_along_geodesics_agrees_with_brute_force(void **state)
{
    check_scenes(*state, GEO_EDGES_GEODESIC);
}

static void nearest_along_straight_lonlat_edges_agrees_with_brute_force(void **state)
{
    check_scenes(*state, GEO_EDGES_LONLAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_along_geodesics_agrees_with_brute_force),
        cmocka_unit_test(nearest_along_straight_lonlat_edges_agrees_with_brute_force)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
