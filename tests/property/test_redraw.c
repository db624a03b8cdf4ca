/* Polygons that cross, overlap and touch at random, judged and drawn anew: against GEOS's IsValid
 * and MakeValid (STRUCTURE). The seed is fixed: a failure comes back. */
#include "near.h"

#include <stdlib.h>

#include "base/geos.h"
#include "base/handles.h"
#include "dice.h"
#include "repair/feature.h"
#include "repair/redraw.h"
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

/* ---- features ---- */

/* Where vertices are thrown: on a grid, so that they meet each other and lie on edges, or anywhere
 * (cells 0). */
struct field {
    size_t cells;
    double size_deg;
    struct geo_lonlat corner;
};

/* Steps that doubles hold exactly, so that what is on an edge is on it for both judges. */
static const struct field fields[] = {
    {4, 4, {105, 21}},  {4, 1, {105.5, 21.25}}, {8, 0.03125, {105.625, 21.25}},
    {8, 16, {20, -40}}, {16, 1, {0, 0}},        {0, 0.1, {105.3, 21.2}},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static struct geo_lonlat toss(struct dice *dice, const struct field *field)
{
    double x = dice_unit(dice), y = dice_unit(dice);
    if (field->cells) {
        x = (double)dice_below(dice, field->cells + 1) / (double)field->cells;
        y = (double)dice_below(dice, field->cells + 1) / (double)field->cells;
    }
    return (struct geo_lonlat){field->corner.lon + field->size_deg * x,
                               field->corner.lat + field->size_deg * y};
}

static void add_ring(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice,
                     const struct field *field, size_t n)
{
    struct geo_lonlat *vertex;
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n + 1, &vertex));
    for (size_t i = 0; i < n; i++)
        vertex[i] = toss(dice, field);
    vertex[n] = vertex[0];
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
}

/* Few rings of few vertices, which are valid often enough. */
static void add_feature(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice)
{
    const struct field *field = &fields[dice_below(dice, FIELDS)];
    size_t parts = 1 + dice_below(dice, 3), most = 2 + dice_below(dice, 7);
    for (size_t p = 0; p < parts; p++) {
        size_t holes = dice_below(dice, 3);
        add_ring(ctx, batch, dice, field, 3 + dice_below(dice, most));
        for (size_t h = 0; h < holes; h++)
            add_ring(ctx, batch, dice, field, 3 + dice_below(dice, 3));
        assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
    }
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_MULTIPOLYGON, (int64_t)batch->n));
}

/* Cells of a chessboard's black fields, each a ring of the same polygon or of its own; walls of
 * holes that touch in corners: what is pinched, and cut apart, as maps from rasters are. */
static void add_square(struct geo_ctx *ctx, struct geo_batch *batch, double x, double y,
                       double side)
{
    struct geo_lonlat *vertex;
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, 5, &vertex));
    vertex[0] = vertex[4] = (struct geo_lonlat){x, y};
    vertex[1] = (struct geo_lonlat){x, y + side};
    vertex[2] = (struct geo_lonlat){x + side, y + side};
    vertex[3] = (struct geo_lonlat){x + side, y};
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
}

static void add_board(struct geo_ctx *ctx, struct geo_batch *batch, struct dice *dice)
{
    enum { SIDE = 6 };
    add_square(ctx, batch, 0, 0, SIDE);
    for (int x = 0; x < SIDE; x++)
        for (int y = 0; y < SIDE; y++)
            if ((x + y) % 2 && dice_below(dice, 4) == 0)
                add_square(ctx, batch, x, y, 1);
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_MULTIPOLYGON, (int64_t)batch->n));
}

/* ---- judges ---- */

struct tally {
    size_t valid, mended, refused;
    size_t
        doubtful; /* with holes: rounding decides whether one touches its exterior from outside */
};

/* NULL: GEOS cannot do it. */
static GEOSGeometry *made_valid(struct geo_ctx *ctx, const GEOSGeometry *whole)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos);
    assert_non_null(params);
    assert_int_equal(GEOSMakeValidParams_setMethod_r(geos, params, GEOS_MAKE_VALID_STRUCTURE), 1);
    assert_int_equal(GEOSMakeValidParams_setKeepCollapsed_r(geos, params, 0), 1);
    GEOSGeometry *made = GEOSMakeValidWithParams_r(geos, whole, params);
    GEOSMakeValidParams_destroy_r(geos, params);
    return made;
}

static void print_feature(const struct geo_batch *batch)
{
    for (size_t p = 0; p < batch->part_count; p++)
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            print_error("part %zu:", p);
            for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1]; v++)
                print_error(" %.17g %.17g,", batch->vertex[v].lon, batch->vertex[v].lat);
            print_error("\n");
        }
}

/* What was drawn is valid. Whether it has the area that MakeValid's has, within what cutting edges
 * at rounded places changes. */
static bool is_alike(struct geo_ctx *ctx, const struct geo_batch *one, const struct geo_batch *made,
                     const GEOSGeometry *whole)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSGeometry *drawn, *theirs = made_valid(ctx, whole);
    double area, expected = 0;
    assert_ok(ctx, geo_geos_from_features(ctx, made, 0, 1, &drawn));
    assert_int_equal(GEOSArea_r(geos, drawn, &area), 1);
    assert_int_equal(!theirs || GEOSArea_r(geos, theirs, &expected) == 1, 1);
    if (GEOSisValid_r(geos, drawn) != 1) {
        print_feature(one);
        print_error("drawn:\n");
        print_feature(made);
        fail_msg("what was drawn is not valid");
    }
    GEOSGeom_destroy_r(geos, drawn);
    if (!theirs)
        return true;
    GEOSGeom_destroy_r(geos, theirs);
    return fabs(area - expected) <= 1e-11 + 1e-9 * expected;
}

static void compare(struct geo_ctx *ctx, const struct geo_batch *one,
                    const struct geo_feature_look *look, struct geo_batch *made,
                    struct tally *tally)
{
    struct geo_verdict verdict;
    GEOSGeometry *whole;
    bool done;
    geo_batch_clear(made);
    assert_ok(ctx, geo_redraw(ctx, one, 0, look->ring, made, &verdict, &done));
    assert_ok(ctx, geo_batch_end_feature(ctx, made, GEO_SHAPE_MULTIPOLYGON, 0));
    if (!done) {
        tally->refused++;
        return;
    }
    assert_ok(ctx, geo_geos_from_features(ctx, one, 0, 1, &whole));
    if (verdict.valid != (GEOSisValid_r(geo_ctx_geos(ctx), whole) == 1)) {
        print_feature(one);
        fail_msg("called %s", verdict.valid ? "valid" : verdict.what);
    }
    bool alike = verdict.valid || is_alike(ctx, one, made, whole);
    if (!alike && one->ring_count == one->part_count) {
        print_feature(one);
        fail_msg("its area is not MakeValid's");
    }
    tally->doubtful += !alike;
    tally->valid += verdict.valid;
    tally->mended += !verdict.valid;
    GEOSGeom_destroy_r(geo_ctx_geos(ctx), whole);
}

static void compare_all(struct geo_ctx *ctx, struct geo_batch *batch, struct tally *tally)
{
    struct geo_batch *one = geo_batch_new(), *made = geo_batch_new();
    struct geo_feature_look look = {0};
    assert_non_null(one);
    assert_non_null(made);
    for (size_t i = 0; i < batch->n; i++) {
        size_t collapsed;
        assert_ok(ctx, geo_feature_look(ctx, batch, i, &look));
        assert_ok(ctx, geo_feature_clean(ctx, batch, i, one, &collapsed));
        assert_ok(ctx, geo_feature_look(ctx, one, 0, &look));
        geo_feature_settle(geo_ctx_earth(ctx), one, 0, &look);
        compare(ctx, one, &look, made, tally);
    }
    free(look.ring);
    geo_batch_free(one);
    geo_batch_free(made);
}

static void verdicts_and_areas_are_those_of_geos(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {20300519};
    struct tally tally = {0};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int round = 0; round < 40; round++) {
        geo_batch_clear(batch);
        for (int i = 0; i < 500; i++)
            add_feature(ctx, batch, &dice);
        compare_all(ctx, batch, &tally);
    }
    print_message("%zu valid, %zu mended, %zu refused, %zu doubtful\n", tally.valid, tally.mended,
                  tally.refused, tally.doubtful);
    assert_true(tally.valid > 500 && tally.mended > 10000);
    assert_true(tally.refused == 0 && tally.doubtful < 40);
    geo_batch_free(batch);
}

static void boards_with_holes_are_cut_apart_as_geos_does(void **state)
{
    struct geo_ctx *ctx = *state;
    struct dice dice = {64};
    struct tally tally = {0};
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int i = 0; i < 2000; i++)
        add_board(ctx, batch, &dice);
    compare_all(ctx, batch, &tally);
    print_message("%zu valid, %zu mended, %zu refused, %zu doubtful\n", tally.valid, tally.mended,
                  tally.refused, tally.doubtful);
    assert_true(tally.valid > 10 && tally.mended > 1000);
    assert_int_equal(tally.refused + tally.doubtful, 0);
    geo_batch_free(batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_and_areas_are_those_of_geos),
        cmocka_unit_test(boards_with_holes_are_cut_apart_as_geos_does),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
