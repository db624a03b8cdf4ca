/* Laws of buffers on random points, lines and polygons. GEO_TEST_SCENES raises the number of
 * scenes, GEO_TEST_SEED changes them. */
#include <stdio.h>
#include <stdlib.h>

#include "base/geos.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "shapes.h"

enum { SCENES = 150, SEED = 20240719, RADII = 5 };

struct world {
    struct room *room;
    struct geo_buffer_options options;
    double size_m;
    uint64_t random;
};

static double any(struct world *world)
{
    world->random ^= world->random << 13;
    world->random ^= world->random >> 7;
    world->random ^= world->random << 17;
    return (double)(world->random >> 11) / 9007199254740992.0;
}

static size_t from_environment(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : otherwise;
}

static struct geo_lonlat place(struct geo_lonlat centre, double turn, double reach_m)
{
    return (struct geo_lonlat){centre.lon +
                                   reach_m * cos(turn) / 111320 / cos(centre.lat * M_PI / 180),
                               centre.lat + reach_m * sin(turn) / 111320};
}

/* A star, counter-clockwise (sign 1) or its hole (-1); some vertices are there twice. */
static void add_ring(struct world *world, struct geo_lonlat centre, double reach_m, double sign)
{
    struct geo_lonlat p[42];
    size_t n = 3 + (size_t)(any(world) * 16), k = 0;

    for (size_t i = 0; i < n; i++) {
        double turn = sign * 2 * M_PI * ((double)i + 0.6 * any(world)) / (double)n;
        p[k++] = place(centre, turn, reach_m * (0.4 + 0.6 * any(world)));
        if (any(world) < 0.1) {
            p[k] = p[k - 1];
            k++;
        }
    }
    p[k++] = p[0];
    shape_ring(world->room->ctx, world->room->in, p, k);
}

static void add_shape(struct world *world, struct geo_lonlat centre, enum geo_kind kind)
{
    struct geo_lonlat p[30] = {centre};
    size_t n = 2 + (size_t)(any(world) * 28);

    if (kind == GEO_KIND_POLYGON) {
        add_ring(world, centre, world->size_m, 1);
        if (any(world) < 0.5)
            add_ring(world, centre, 0.2 * world->size_m, -1);
    } else if (kind == GEO_KIND_LINE) {
        for (size_t i = 1; i < n; i++)
            p[i] = place(p[i - 1], 2 * M_PI * any(world),
                         world->size_m * (any(world) < 0.1 ? 0 : 0.3 * any(world)));
        shape_ring(world->room->ctx, world->room->in, p, n);
    } else {
        shape_ring(world->room->ctx, world->room->in, p, 1);
    }
    shape_part(world->room->ctx, world->room->in, kind);
    shape_feature(world->room->ctx, world->room->in);
}

static void make_scene(struct world *world)
{
    struct geo_lonlat centre = {360 * any(world) - 180, 140 * any(world) - 70};
    enum geo_kind kind = (enum geo_kind)(3 * any(world));
    size_t shapes = 1 + (size_t)(3 * any(world));

    geo_batch_clear(world->room->in);
    world->size_m = pow(10, 2 + 3 * any(world));
    world->options = (struct geo_buffer_options){
        .edges = any(world) < 0.5 ? GEO_EDGES_GEODESIC : GEO_EDGES_LONLAT,
        .deviation_m = world->size_m * pow(10, -2 - 3 * any(world)),
        .threads = 1};
    for (size_t i = 0; i < shapes; i++)
        add_shape(world, place(centre, 2 * M_PI * any(world), 1.5 * world->size_m * any(world)),
                  kind);
}

/* The buffer of all features; none left is an empty geometry. */
static GEOSGeometry *buffer(struct world *world, double radius_m)
{
    struct room *room = world->room;
    GEOSGeometry *polygons;

    world->options.radius_m = radius_m;
    geo_batch_clear(room->out);
    assert_ok(room->ctx,
              geo_buffer(room->ctx, room->in, 0, room->in->n, &world->options, room->out));
    shape_feature(room->ctx, room->out);
    assert_ok(room->ctx, geo_geos_from_features(room->ctx, room->out, 0, 1, &polygons));
    assert_int_equal(GEOSisValid_r(geo_ctx_geos(room->ctx), polygons), 1);
    return polygons;
}

static void assert_covers(struct world *world, const GEOSGeometry *outer, const GEOSGeometry *inner)
{
    GEOSContextHandle_t geos = geo_ctx_geos(world->room->ctx);

    if (GEOSisEmpty_r(geos, inner) == 0)
        assert_int_equal(GEOSCovers_r(geos, outer, inner), 1);
}

static void a_wider_buffer_holds_a_narrower_one(struct world *world)
{
    GEOSContextHandle_t geos = geo_ctx_geos(world->room->ctx);
    double radius_m[RADII] = {-0.2 * world->size_m, -0.02 * world->size_m, 0, 0.1 * world->size_m,
                              world->size_m * (1 + 4 * any(world))};
    GEOSGeometry *inner = buffer(world, radius_m[0]);

    for (size_t k = 1; k < RADII; k++) {
        GEOSGeometry *outer = buffer(world, radius_m[k]);
        assert_covers(world, outer, inner);
        GEOSGeom_destroy_r(geos, inner);
        inner = outer;
    }
    assert_int_equal(GEOSisEmpty_r(geos, inner), 0);
    GEOSGeom_destroy_r(geos, inner);
}

static int move_east(double *x, double *y, void *shift_deg)
{
    (void)y;
    *x += *(const double *)shift_deg;
    return 1;
}

/* Longitudes of a buffer lie about those of its first feature. */
static void the_buffer_of_what_is_shifted_is_shifted(struct world *world, double sign)
{
    GEOSContextHandle_t geos = geo_ctx_geos(world->room->ctx);
    double radius_m = sign * world->size_m * (0.1 + any(world) * (sign < 0 ? 0 : 1));
    double gap_m = 3 * world->options.deviation_m, shift_deg = 360 * any(world) - 180;
    GEOSGeometry *wide = buffer(world, radius_m + gap_m), *slim = buffer(world, radius_m - gap_m);

    for (size_t v = 0; v < world->room->in->vertex_count; v++)
        world->room->in->vertex[v].lon += shift_deg;
    GEOSGeometry *moved = buffer(world, radius_m);
    GEOSGeometry *moved_wide = GEOSGeom_transformXY_r(geos, wide, move_east, &shift_deg);
    GEOSGeometry *moved_slim = GEOSGeom_transformXY_r(geos, slim, move_east, &shift_deg);
    assert_covers(world, moved_wide, moved);
    assert_covers(world, moved, moved_slim);
    GEOSGeometry *all[] = {wide, slim, moved, moved_wide, moved_slim};
    for (size_t i = 0; i < COUNT(all); i++)
        GEOSGeom_destroy_r(geos, all[i]);
}

static void check_scenes(struct room *room, void (*check)(struct world *world))
{
    struct world world = {.room = room};
    size_t scenes = from_environment("GEO_TEST_SCENES", SCENES);
    size_t seed = from_environment("GEO_TEST_SEED", SEED);

    world.random = 0x9e3779b97f4a7c15u * (seed + 1);
    print_message("seed %zu\n", seed);
    for (size_t i = 0; i < scenes; i++) {
        make_scene(&world);
        check(&world);
    }
}

static void shift_both(struct world *world)
{
    the_buffer_of_what_is_shifted_is_shifted(world, 1);
    if (world->room->in->part_kind[0] == GEO_KIND_POLYGON)
        the_buffer_of_what_is_shifted_is_shifted(world, -1);
}

static void buffers_grow_with_their_radius(void **state)
{
    check_scenes(*state, a_wider_buffer_holds_a_narrower_one);
}

static void buffers_shift_in_longitude(void **state)
{
    check_scenes(*state, shift_both);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(buffers_grow_with_their_radius),
                                       TEST(buffers_shift_in_longitude)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
