/* Laws of the repair, on random polygons. The seed is fixed: a failure comes back. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include "base/geos.h"
#include "base/handles.h"
#include "dice.h"
#include "geo/repair.h"
#include "repair/feature.h"
#include "repair/simple.h"
#include "repair/sweep.h"

static int set_up(void **state)
{
    *state = geo_ctx_new();
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    geo_ctx_free(*state);
    return 0;
}

/* How vertices are thrown: on a grid of `cells` steps (0: anywhere) in a square of `size` degrees
 * around a place. */
struct throw
{
    size_t cells;
    double size_deg;
    struct geo_lonlat corner;
};

static struct geo_lonlat toss(struct dice *dice, const struct throw *throw)
{
    double x = dice_unit(dice), y = dice_unit(dice);
    if (throw->cells) {
        x = (double)dice_below(dice, throw->cells + 1) / (double) throw->cells;
        y = (double)dice_below(dice, throw->cells + 1) / (double) throw->cells;
    }
    return (struct geo_lonlat){throw->corner.lon + throw->size_deg * x,
                               throw->corner.lat + throw->size_deg * y};
}

/* A closed ring of n random vertices. */
static void add_soup(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice,
                     const struct throw *throw, size_t n)
{
    struct geo_lonlat *vertex;
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n + 1, &vertex));
    for (size_t i = 0; i < n; i++)
        vertex[i] = toss(dice, throw);
    vertex[n] = vertex[0];
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
}

/* A closed ring of n vertices in order of their direction from a centre; every radius at least 0.3
 * of the largest. It does not cross itself. */
static void add_star(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice,
                     struct geo_lonlat centre, double radius_deg, size_t n)
{
    struct geo_lonlat *vertex;
    double from = 6.283185307179586 * dice_unit(dice);
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n + 1, &vertex));
    for (size_t i = 0; i < n; i++) {
        double angle = from + 6.283185307179586 * (double)i / (double)n;
        double r = radius_deg * (0.3 + 0.7 * dice_unit(dice));
        vertex[i] = (struct geo_lonlat){centre.lon + r * cos(angle), centre.lat + r * sin(angle)};
    }
    vertex[n] = vertex[0];
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
}

static void end_polygon(struct geo_ctx *ctx, struct geo_batch *batch)
{
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
}

static void end_feature(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_shape shape)
{
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, shape, (int64_t)batch->n));
}

static const struct throw throws[] = {
    {0, 0.1, {105.3, 21.2}},   {3, 3, {105, 21}},
    {4, 0.4, {105.1, 21.1}},   {6, 0.0007, {105.6, 21.3}},
    {8, 1e-12, {105.6, 21.3}}, {5, 20, {170, -40}},
    {10, 1, {0, 0}},           {2, 100, {-160, -70}},
};
enum { THROWS = sizeof throws / sizeof *throws };

/* A random feature: one ring, a ring with holes, or several polygons, of few vertices. */
static void add_feature(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice)
{
    const struct throw *throw = &throws[dice_below(dice, THROWS)];
    size_t parts = dice_below(dice, 3) ? 1 : 1 + dice_below(dice, 3);
    for (size_t p = 0; p < parts; p++) {
        size_t holes = dice_below(dice, 2) ? 0 : dice_below(dice, 3);
        size_t most = holes + parts > 1 ? 3 : 8;
        add_soup(ctx, batch, dice, throw, 3 + dice_below(dice, most));
        for (size_t h = 0; h < holes; h++)
            add_soup(ctx, batch, dice, throw, 3 + dice_below(dice, 2));
        end_polygon(ctx, batch);
    }
    end_feature(ctx, batch, parts == 1 ? GEO_SHAPE_POLYGON : GEO_SHAPE_MULTIPOLYGON);
}

/* A polygon whose rings are made to be nested, as in a real map: a star, smaller stars in it, and
 * at times another polygon in a hole or beside. */
static void add_map(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice)
{
    struct geo_lonlat centre = {105.5, 21.3};
    size_t n = 3 + dice_below(dice, 40);
    add_star(ctx, batch, dice, centre, 1, n);
    if (dice_below(dice, 2))
        add_star(ctx, batch, dice, centre, 0.3 * dice_unit(dice), 3 + dice_below(dice, 30));
    end_polygon(ctx, batch);
    for (size_t more = dice_below(dice, 3); more > 0; more--) {
        struct geo_lonlat at = {centre.lon + 1.5 * dice_unit(dice) - 0.2,
                                centre.lat + dice_unit(dice)};
        if (dice_below(dice, 3) == 0)
            at = centre;
        add_star(ctx, batch, dice, at, 0.3 * dice_unit(dice), 3 + dice_below(dice, 10));
        end_polygon(ctx, batch);
    }
    end_feature(ctx, batch, GEO_SHAPE_MULTIPOLYGON);
}

static int is_valid(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature)
{
    GEOSGeometry *multi;
    assert_ok(ctx, geo_geos_from_features(ctx, batch, feature, 1, &multi));
    int valid = GEOSisValid_r(geo_ctx_geos(ctx), multi);
    GEOSGeom_destroy_r(geo_ctx_geos(ctx), multi);
    return valid;
}

static void print_feature(const struct geo_batch *batch, size_t i)
{
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            print_error("part %zu ring %zu:", p - batch->part_start[i], r - batch->ring_start[p]);
            for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1]; v++)
                print_error(" %.17g %.17g,", batch->vertex[v].lon, batch->vertex[v].lat);
            print_error("\n");
        }
}

/* How often the sweep and GEOS said what. */
struct tally {
    size_t invalid, cleared, confirmed; /* by GEOS; by the sweep; valid but suspects */
};

static void compare_with_geos(struct geo_ctx *ctx, struct geo_batch *batch, struct tally *tally)
{
    struct geo_batch *one = geo_batch_new();
    struct geo_feature_look look = {0};
    struct geo_sweep sweep = {0};
    assert_non_null(one);
    for (size_t i = 0; i < batch->n; i++) {
        size_t collapsed;
        bool suspect;
        assert_ok(ctx, geo_feature_look(ctx, batch, i, &look));
        assert_ok(ctx, geo_feature_clean(ctx, batch, i, one, &collapsed));
        assert_ok(ctx, geo_feature_look(ctx, one, 0, &look));
        assert_true(look.clean);
        geo_feature_settle(geo_ctx_earth(ctx), one, 0, &look);
        assert_ok(ctx, geo_sweep_feature(ctx, &sweep, one, 0, look.ring, &suspect));
        int valid = is_valid(ctx, one, 0);
        tally->invalid += valid == 0;
        tally->cleared += !suspect;
        tally->confirmed += suspect && valid == 1;
        if (!suspect && valid != 1) {
            print_feature(one, 0);
            fail_msg("the sweep calls valid what GEOS calls invalid");
        }
    }
    geo_sweep_release(&sweep);
    free(look.ring);
    geo_batch_free(one);
}

static void the_sweep_never_calls_valid_what_is_not(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {20300518};
    struct tally soup = {0}, map = {0};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int round = 0; round < 100; round++) {
        geo_batch_clear(batch);
        for (int i = 0; i < 1000; i++)
            add_feature(ctx, batch, &dice);
        compare_with_geos(ctx, batch, &soup);
        geo_batch_clear(batch);
        for (int i = 0; i < 100; i++)
            add_map(ctx, batch, &dice);
        compare_with_geos(ctx, batch, &map);
    }
    /* Both answers occur, and suspects that GEOS acquits are few where nothing touches. */
    assert_true(soup.invalid > 10000 && soup.cleared > 10000 && soup.confirmed > 100);
    assert_true(map.invalid > 1000 && map.cleared > 1000);
    assert_int_equal(map.confirmed, 0);
    geo_batch_free(batch);
}

static void sweep_and_pairs_agree_on_a_ring(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {51};
    struct geo_batch *batch = geo_batch_new();
    struct geo_feature_look look = {0};
    struct geo_sweep sweep = {0};
    size_t simple = 0, n = 20000;
    assert_non_null(batch);
    for (size_t i = 0; i < n; i++) {
        bool suspect;
        geo_batch_clear(batch);
        if (i % 2)
            add_soup(ctx, batch, &dice, &throws[0], 3 + dice_below(&dice, 4));
        else
            add_star(ctx, batch, &dice, (struct geo_lonlat){105, 21}, 1, 3 + dice_below(&dice, 29));
        size_t vertices = batch->vertex_count;
        end_polygon(ctx, batch);
        /* A far triangle with a hole keeps the feature from being taken ring by ring. */
        add_star(ctx, batch, &dice, (struct geo_lonlat){120, 21}, 1, 30);
        add_star(ctx, batch, &dice, (struct geo_lonlat){120, 21}, 0.1, 5);
        end_polygon(ctx, batch);
        end_feature(ctx, batch, GEO_SHAPE_MULTIPOLYGON);
        assert_ok(ctx, geo_feature_look(ctx, batch, 0, &look));
        assert_ok(ctx, geo_sweep_feature(ctx, &sweep, batch, 0, look.ring, &suspect));
        assert_int_equal(suspect, !geo_ring_is_simple(batch->vertex, vertices));
        simple += !suspect;
    }
    assert_true(simple > n / 2 && simple < n);
    geo_sweep_release(&sweep);
    free(look.ring);
    geo_batch_free(batch);
}

static void a_star_is_left_as_it_is_bit_for_bit(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {7};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int i = 0; i < 2000; i++) {
        struct geo_lonlat centre = {-150 + 300 * dice_unit(&dice), -60 + 120 * dice_unit(&dice)};
        add_star(ctx, batch, &dice, centre, 5 * dice_unit(&dice), 3 + dice_below(&dice, 100));
        end_polygon(ctx, batch);
        end_feature(ctx, batch, GEO_SHAPE_POLYGON);
    }
    size_t n = batch->vertex_count;
    struct geo_lonlat *before = malloc(n * sizeof *before);
    assert_non_null(before);
    memcpy(before, batch->vertex, n * sizeof *before);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, 0);
    assert_int_equal(batch->vertex_count, n);
    assert_memory_equal(batch->vertex, before, n * sizeof *before);
    free(before);
    geo_batch_free(batch);
}

/* Repairs a batch twice; every feature that is left is valid, the second time changes nothing. */
static void repair_twice(struct geo_ctx *ctx, struct geo_batch *batch)
{
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i] && is_valid(ctx, batch, i) != 1) {
            print_feature(batch, i);
            fail_msg("a repaired feature is not valid");
        }
    size_t notes = batch->note_count, n = batch->vertex_count;
    struct geo_lonlat *before = malloc((n + 1) * sizeof *before);
    assert_non_null(before);
    memcpy(before, batch->vertex, n * sizeof *before);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, notes);
    assert_int_equal(batch->vertex_count, n);
    assert_memory_equal(batch->vertex, before, n * sizeof *before);
    free(before);
}

static void any_soup_is_valid_afterwards_and_stays_as_it_is(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {1977};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int round = 0; round < 30; round++) {
        geo_batch_clear(batch);
        for (int i = 0; i < 500; i++)
            add_feature(ctx, batch, &dice);
        for (int i = 0; i < 20; i++) {
            add_soup(ctx, batch, &dice, &throws[dice_below(&dice, THROWS)],
                     20 + dice_below(&dice, 80));
            end_polygon(ctx, batch);
            end_feature(ctx, batch, GEO_SHAPE_POLYGON);
            add_map(ctx, batch, &dice);
        }
        repair_twice(ctx, batch);
    }
    geo_batch_free(batch);
}

/* Rings all over the Earth, poles and antimeridian included, as they may come: unclosed, with
 * repeated vertices, jumping. What goes round a pole is not judged in the plane. */
static void the_whole_earth_is_settled_at_once(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {90};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int i = 0; i < 5000; i++) {
        struct geo_lonlat *vertex;
        size_t n = 1 + dice_below(&dice, 9);
        assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n, &vertex));
        for (size_t k = 0; k < n; k++) {
            vertex[k].lon = -180 + 60 * (double)dice_below(&dice, 7);
            vertex[k].lat = -90 + 30 * (double)dice_below(&dice, 7);
        }
        assert_ok(ctx, geo_batch_end_ring(ctx, batch));
        end_polygon(ctx, batch);
        end_feature(ctx, batch, GEO_SHAPE_POLYGON);
    }
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    size_t notes = batch->note_count, n = batch->vertex_count;
    struct geo_lonlat *before = malloc((n + 1) * sizeof *before);
    assert_non_null(before);
    memcpy(before, batch->vertex, n * sizeof *before);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, notes);
    assert_int_equal(batch->vertex_count, n);
    assert_memory_equal(batch->vertex, before, n * sizeof *before);
    free(before);
    geo_batch_free(batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sweep_never_calls_valid_what_is_not),
        cmocka_unit_test(sweep_and_pairs_agree_on_a_ring),
        cmocka_unit_test(a_star_is_left_as_it_is_bit_for_bit),
        cmocka_unit_test(any_soup_is_valid_afterwards_and_stays_as_it_is),
        cmocka_unit_test(the_whole_earth_is_settled_at_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
