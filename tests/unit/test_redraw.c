/* Polygons too large for GEOS: what is judged, and what is drawn anew. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include "base/geos.h"
#include "base/handles.h"
#include "geo/repair.h"
#include "repair/orient.h"

/* Beyond what GEOS mends. */
enum { MANY = 12000 };

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

/* ---- figures: "A lon lat, …; a hole | A another part", unclosed ---- */

static const char *read_ring(struct geo_ctx *ctx, struct geo_batch *batch, const char *text)
{
    for (;;) {
        struct geo_lonlat *vertex;
        char *end;
        assert_ok(ctx, geo_batch_add_vertices(ctx, batch, 1, &vertex));
        vertex->lon = strtod(text, &end);
        vertex->lat = strtod(end, &end);
        text = *end == ',' ? end + 1 : end;
        if (*end != ',')
            break;
    }
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    return text;
}

/* A circle far off, in so many steps that the feature is too large for GEOS. */
static void add_circle(struct geo_ctx *ctx, struct geo_batch *batch)
{
    struct geo_lonlat *vertex;
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, MANY, &vertex));
    for (int i = 0; i < MANY; i++) {
        double angle = 6.283185307179586 * i / MANY;
        vertex[i] = (struct geo_lonlat){40 + cos(angle), 40 + sin(angle)};
    }
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
}

static struct geo_batch *read(struct geo_ctx *ctx, const char *text)
{
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    while (*text) {
        do
            text = read_ring(ctx, batch, text + 1);
        while (*text == ';');
        assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
        while (*text == ' ' || *text == '|')
            text++;
    }
    add_circle(ctx, batch);
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_MULTIPOLYGON, 7));
    return batch;
}

static GEOSGeometry *whole(struct geo_ctx *ctx, const struct geo_batch *batch)
{
    GEOSGeometry *multi;
    assert_ok(ctx, geo_geos_from_features(ctx, batch, 0, 1, &multi));
    return multi;
}

/* What GEOS's MakeValid has for an area, in square degrees. */
static double made_valid_area(struct geo_ctx *ctx, const GEOSGeometry *multi)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos);
    double area;
    assert_non_null(params);
    assert_int_equal(GEOSMakeValidParams_setMethod_r(geos, params, GEOS_MAKE_VALID_STRUCTURE), 1);
    assert_int_equal(GEOSMakeValidParams_setKeepCollapsed_r(geos, params, 0), 1);
    GEOSGeometry *made = GEOSMakeValidWithParams_r(geos, multi, params);
    assert_non_null(made);
    assert_int_equal(GEOSArea_r(geos, made, &area), 1);
    GEOSGeom_destroy_r(geos, made);
    GEOSMakeValidParams_destroy_r(geos, params);
    return area;
}

#define SQUARE "A 0 0, 8 0, 8 8, 0 8"

/* what: NULL for what OGC allows. The parts and rings do not count the circle. */
static const struct {
    const char *in, *what;
    size_t parts, rings;
} rows[] = {
    /* holes that touch the shell in one point: a vertex, on an edge, in a vertex of both */
    {SQUARE "; 0 0, 1 2, 2 1", NULL, 1, 2},
    {SQUARE "; 4 0, 3 2, 5 2", NULL, 1, 2},
    {"A 0 0, 4 0, 8 0, 8 8, 0 8; 4 0, 3 2, 5 2", NULL, 1, 2},
    /* holes that touch each other, in a row and round a ring */
    {SQUARE "; 1 1, 1 2, 2 2, 2 1; 2 2, 2 3, 3 3, 3 2", NULL, 1, 3},
    {SQUARE "; 2 1, 1 2, 3 2; 3 2, 2 4, 4 4; 1 2, 1 5, 2 4", "cut", 2, 3},
    /* a hole that touches the shell twice */
    {SQUARE "; 0 0, 1 5, 8 8, 5 1", "cut", 2, 2},
    {SQUARE "; 4 0, 3 4, 4 8, 5 4", "cut", 2, 2},
    /* parts that touch, and an island that touches the shore */
    {SQUARE " | A 8 8, 9 8, 9 9", NULL, 2, 2},
    {SQUARE " | A 8 4, 9 3, 9 5", NULL, 2, 2},
    {SQUARE "; 1 1, 1 7, 7 7, 7 1 | A 1 1, 3 2, 2 3", NULL, 2, 3},
    /* pinched: from outside, from inside, three times in one vertex */
    {"A 0 0, 8 0, 8 8, 4 0, 0 8", "touch", 2, 2},
    {"A 0 0, 4 0, 3 2, 5 2, 4 0, 8 0, 8 8, 0 8", "touch", 1, 2},
    {"A 4 4, 0 3, 0 5, 4 4, 8 3, 8 5, 4 4, 3 8, 5 8", "touch", 3, 3},
    {"A 4 4, 0 0, 8 0, 4 4, 8 8, 0 8", "touch", 2, 2},
    /* an end of a spike on the other side, and one that misses it by rounding */
    {"A 0 0, 8 0, 8 8, 4 8, 4 0, 3 8, 0 8", "touch", 2, 2},
    {"A 0 0, 8 0, 8 8, 4 8, 4 -1e-16, 3 8, 0 8", "cross", 2, 2},
    {"A 0 0, 0.3 0.1, 0.8 0.8, 0.1 0.9, 0.15 0.05, 0 0.9", "touch or cross", 2, 2},
    /* crossings, overlaps, nestings */
    {"A 0 0, 8 8, 8 0, 0 8", "cross", 2, 2},
    {"A 0 0, 8 0, 8 8, 0 8, 0 0, 4 2, 4 6, 2 4", "touch or cross", 1, 1},
    {SQUARE " | A 4 4, 12 4, 12 12, 4 12", "cross", 1, 1},
    {SQUARE " | A 8 0, 9 0, 9 8, 8 8", "cross", 1, 1},
    {SQUARE " | A 2 2, 3 2, 3 3", "overlap", 1, 1},
    {SQUARE "; 2 2, 2 6, 6 6, 6 2; 3 3, 3 4, 4 4, 4 3", "holes lie in", 1, 2},
    {SQUARE "; 10 2, 10 3, 11 3", "outside its polygon", 2, 2},
    {SQUARE "; 8 2, 9 3, 9 1", "outside its polygon", 1, 1},
    {SQUARE "; 6 2, 6 4, 10 4, 10 2", "cross", 1, 1},
};

static bool says(const char *what, const char *expected)
{
    if (!strcmp(expected, "touch or cross"))
        return strstr(what, "touch") || strstr(what, "cross");
    return strstr(what, expected) != NULL;
}

static void check_row(struct geo_ctx *ctx, size_t row)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    struct geo_batch *batch = read(ctx, rows[row].in);
    double area, expected;
    /* Closed first: GEOS takes nothing else. */
    struct geo_batch *closed = read(ctx, rows[row].in);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, rows[row].what ? 1 : 0);
    if (rows[row].what && !says(batch->note[0].what, rows[row].what))
        fail_msg("said: %s", batch->note[0].what);
    assert_int_equal(batch->part_count, rows[row].parts + 1);
    assert_int_equal(batch->ring_count, rows[row].rings + 1);

    GEOSGeometry *after = whole(ctx, batch);
    assert_int_equal(GEOSisValid_r(geos, after), 1);
    assert_int_equal(GEOSArea_r(geos, after, &area), 1);
    GEOSGeom_destroy_r(geos, after);
    struct geo_batch *before = geo_batch_new();
    assert_non_null(before);
    for (size_t p = 0; p < closed->part_count; p++) {
        for (size_t r = closed->ring_start[p]; r < closed->ring_start[p + 1]; r++) {
            size_t at = closed->vertex_start[r], n = closed->vertex_start[r + 1] - at;
            struct geo_lonlat *vertex;
            assert_ok(ctx, geo_batch_add_vertices(ctx, before, n + 1, &vertex));
            memcpy(vertex, closed->vertex + at, n * sizeof *vertex);
            vertex[n] = vertex[0];
            assert_ok(ctx, geo_batch_end_ring(ctx, before));
        }
        assert_ok(ctx, geo_batch_end_part(ctx, before, GEO_KIND_POLYGON));
    }
    assert_ok(ctx, geo_batch_end_feature(ctx, before, GEO_SHAPE_MULTIPOLYGON, 7));
    GEOSGeometry *multi = whole(ctx, before);
    assert_int_equal(GEOSisValid_r(geos, multi), rows[row].what ? 0 : 1);
    expected = made_valid_area(ctx, multi);
    assert_near(area, expected, 1e-9 * expected);
    GEOSGeom_destroy_r(geos, multi);

    size_t notes = batch->note_count, n = batch->vertex_count;
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, notes);
    assert_int_equal(batch->vertex_count, n);
    geo_batch_free(before);
    geo_batch_free(closed);
    geo_batch_free(batch);
}

static void large_polygons_are_judged_and_mended_as_geos_does(void **state)
{
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        print_message("%s\n", rows[row].in);
        check_row(*state, row);
    }
}

/* Near misses that doubles hold exactly: 1 is left of the line. */
static void the_side_of_a_line_is_told_exactly(void **state)
{
    const struct geo_lonlat a = {12, 12}, b = {24, 24};
    (void)state;
    assert_int_equal(geo_orient(a, b, (struct geo_lonlat){0.5, 0.5}), 0);
    assert_int_equal(geo_orient(a, b, (struct geo_lonlat){0.5, 0.5 + 0x1p-53}), 1);
    assert_int_equal(geo_orient(a, b, (struct geo_lonlat){0.5 + 0x1p-53, 0.5}), -1);
    assert_int_equal(geo_orient(a, b, a), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_side_of_a_line_is_told_exactly),
        cmocka_unit_test(large_polygons_are_judged_and_mended_as_geos_does),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
