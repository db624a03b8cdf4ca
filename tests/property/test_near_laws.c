#include "near.h"

#include <stdlib.h>

#include "geo/measure.h"
#include "scene.h"

enum { SCENES = 600, SHAPES = 24 };

/* What two distances may differ by where their true values do not: twice the header's bound. */
static const struct {
    double up_to_m, differ_m;
} bounds[] = {{5e4, 2e-6}, {2e5, 2e-5}, {5e5, 2e-3}};

struct world {
    struct scene scene;
    struct geo_batch *a, *b;
};

static double allowed(double distance_m)
{
    for (size_t i = 0; i < 3; i++)
        if (distance_m < bounds[i].up_to_m)
            return bounds[i].differ_m;
    return 1e-2; /* beyond, the nearest in space is not always the nearest: compared loosely */
}

static double distance(struct world *world, const struct geo_batch *from, size_t i,
                       const struct geo_batch *to, enum geo_edges edges)
{
    struct geo_ctx *ctx = world->scene.ctx;
    struct geo_index *index;
    struct geo_near_query *query;
    struct geo_near near;
    size_t found;
    assert_ok(ctx, geo_index_new(ctx, to, edges, &index));
    assert_ok(ctx, geo_near_query_new(ctx, index, &query));
    assert_ok(ctx, geo_near(ctx, query, from, i, 1, INFINITY, &near, &found));
    assert_int_equal(found, 1);
    geo_near_query_free(query);
    geo_index_free(index);
    return near.distance_m;
}

/* Two shapes, at most some 300 km apart, one in each batch. */
static void make_two(struct world *world)
{
    struct scene *scene = &world->scene;
    const struct geo_lonlat centre = any_centre(scene);
    const double edge_m = edge_lengths_m[pick(scene, 4)];
    geo_batch_clear(world->a);
    geo_batch_clear(world->b);
    add_shape(scene, world->a, centre, edge_m);
    add_shape(scene, world->b, go(scene, centre, 360 * any(scene), 1e5 * any(scene)),
              edge_m * (0.1 + any(scene)));
}

static void distance_is_symmetric(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < SCENES; i++) {
        const enum geo_edges edges = i % 2 ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
        make_two(world);
        const double there_m = distance(world, world->a, 0, world->b, edges);
        const double back_m = distance(world, world->b, 0, world->a, edges);
        assert_near(there_m, back_m, allowed(there_m));
        assert_int_equal(there_m == 0, back_m == 0);
    }
}

/* From one shape to another it is no farther than by way of a point. (By way of a shape it may be:
 * one can walk through it for nothing.) */
static void distance_obeys_the_triangle_inequality(void **state)
{
    struct world *world = *state;
    struct geo_batch *point = geo_batch_new();
    assert_non_null(point);
    for (int i = 0; i < SCENES; i++) {
        const enum geo_edges edges = i % 2 ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
        make_two(world);
        const struct geo_lonlat way = go(&world->scene, world->a->vertex[0],
                                         360 * any(&world->scene), 5e4 * any(&world->scene));
        geo_batch_clear(point);
        add_ring(&world->scene, point, &way, 1);
        assert_ok(world->scene.ctx, geo_batch_end_part(world->scene.ctx, point, GEO_KIND_POINT));
        assert_ok(world->scene.ctx,
                  geo_batch_end_feature(world->scene.ctx, point, GEO_SHAPE_POINT, 0));
        const double direct_m = distance(world, world->a, 0, world->b, edges);
        const double to_m = distance(world, point, 0, world->a, edges);
        const double from_m = distance(world, point, 0, world->b, edges);
        assert_true(direct_m <= to_m + from_m + allowed(to_m + from_m));
    }
    geo_batch_free(point);
}

static void a_shift_in_longitude_changes_no_distance(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < SCENES; i++) {
        const enum geo_edges edges = i % 2 ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
        make_two(world);
        const double here_m = distance(world, world->a, 0, world->b, edges);
        const double shift_deg = 720 * any(&world->scene) - 360;
        for (size_t v = 0; v < world->a->vertex_count; v++)
            world->a->vertex[v].lon += shift_deg;
        for (size_t v = 0; v < world->b->vertex_count; v++)
            world->b->vertex[v].lon += shift_deg;
        /* The shift itself rounds longitudes by up to 6e-14 degrees, 6 nm. */
        assert_near(distance(world, world->a, 0, world->b, edges), here_m, allowed(here_m));
    }
}

static void order_of_places_has_every_feature_once_and_neighbours_together(void **state)
{
    struct world *world = *state;
    struct scene *scene = &world->scene;
    uint32_t order[SHAPES + 1];
    size_t seen[SHAPES + 1] = {0}, changes = 0;
    geo_batch_clear(world->a);
    assert_ok(scene->ctx, geo_place_order(scene->ctx, world->b, order)); /* of a batch long used, */
    struct geo_batch *fresh = geo_batch_new(); /* and of one that never held a shape */
    assert_non_null(fresh);
    assert_ok(scene->ctx, geo_place_order(scene->ctx, fresh, order));
    assert_ok(scene->ctx, geo_batch_end_feature(scene->ctx, fresh, GEO_SHAPE_NULL, 0));
    assert_ok(scene->ctx, geo_place_order(scene->ctx, fresh, order));
    assert_int_equal(order[0], 0);
    geo_batch_free(fresh);
    for (size_t i = 0; i < SHAPES; i++) /* two towns by turns, one across the antimeridian */
        add_shape(scene, world->a,
                  (struct geo_lonlat){i % 2 ? 20 + 0.1 * any(scene) : 179.9 + 0.2 * any(scene),
                                      i % 2 ? 40 + 0.1 * any(scene) : -17},
                  100);
    assert_ok(scene->ctx, geo_batch_end_feature(scene->ctx, world->a, GEO_SHAPE_NULL, SHAPES));
    assert_ok(scene->ctx, geo_place_order(scene->ctx, world->a, order));
    for (size_t i = 0; i <= SHAPES; i++) {
        assert_true(order[i] <= SHAPES);
        seen[order[i]]++;
    }
    for (size_t i = 0; i <= SHAPES; i++)
        assert_int_equal(seen[i], 1);
    for (size_t i = 1; i <= SHAPES; i++)
        changes += order[i] % 2 != order[i - 1] % 2;
    /* The town in the west, the eastern one in two halves (the antimeridian tears the plane), the
     * empty one. */
    assert_true(changes <= 3);
}

static int setup(void **state)
{
    static struct world world;
    world = (struct world){.scene = {.ctx = geo_ctx_new(), .random = 0x9e3779b97f4a7c15u},
                           .a = geo_batch_new(),
                           .b = geo_batch_new()};
    geod_init(&world.scene.earth, 6378137, 1 / 298.257223563);
    *state = &world;
    return !world.scene.ctx || !world.a || !world.b;
}

static int teardown(void **state)
{
    struct world *world = *state;
    geo_batch_free(world->a);
    geo_batch_free(world->b);
    geo_ctx_free(world->scene.ctx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_is_symmetric),
        cmocka_unit_test(distance_obeys_the_triangle_inequality),
        cmocka_unit_test(a_shift_in_longitude_changes_no_distance),
        cmocka_unit_test(order_of_places_has_every_feature_once_and_neighbours_together)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
