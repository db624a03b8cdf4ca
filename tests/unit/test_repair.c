#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/handles.h"
#include "geo/repair.h"
#include "repair/feature.h"
#include "repair/simple.h"

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

/* ---- geometry as text: "A lon lat, lon lat; a hole | L a line | P a point" ---- */

static const char *read_ring(struct geo_ctx *ctx, struct geo_batch *batch, const char *text)
{
    for (;;) {
        struct geo_lonlat v, *vertex;
        char *end;
        v.lon = strtod(text, &end);
        if (end == text)
            break;
        v.lat = strtod(end, &end);
        assert_ok(ctx, geo_batch_add_vertices(ctx, batch, 1, &vertex));
        *vertex = v;
        text = *end == ',' ? end + 1 : end;
        if (*end != ',')
            break;
    }
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    return text;
}

static void read_feature(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_shape shape,
                         const char *text)
{
    while (*text) {
        enum geo_kind kind = *text == 'A'   ? GEO_KIND_POLYGON
                             : *text == 'L' ? GEO_KIND_LINE
                                            : GEO_KIND_POINT;
        do
            text = read_ring(ctx, batch, text + 1);
        while (*text == ';');
        assert_ok(ctx, geo_batch_end_part(ctx, batch, kind));
        while (*text == ' ' || *text == '|')
            text++;
    }
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, shape, (int64_t)batch->n));
}

static struct geo_batch *read(struct geo_ctx *ctx, enum geo_shape shape, const char *text)
{
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    read_feature(ctx, batch, shape, text);
    return batch;
}

static void write_ring(const struct geo_batch *batch, size_t ring, FILE *out)
{
    for (size_t v = batch->vertex_start[ring]; v < batch->vertex_start[ring + 1]; v++)
        fprintf(out, "%s%.10g %.10g", v > batch->vertex_start[ring] ? ", " : " ",
                batch->vertex[v].lon, batch->vertex[v].lat);
}

/* The feature in the same form; the caller frees it. */
static char *written(const struct geo_batch *batch, size_t i)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++) {
        fprintf(out, "%s%c", p > batch->part_start[i] ? " | " : "", "PLA"[batch->part_kind[p]]);
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            fputs(r > batch->ring_start[p] ? ";" : "", out);
            write_ring(batch, r, out);
        }
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

static void assert_written(const struct geo_batch *batch, size_t i, const char *expected)
{
    char *text = written(batch, i);
    assert_string_equal(text, expected);
    free(text);
}

/* ---- what has no area to lose ---- */

static const struct {
    enum geo_shape shape;
    const char *in, *out, *what; /* what: the note, NULL if none */
} rows[] = {
    /* as it should be */
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 1 1, 0 1, 0 0", "A 0 0, 1 0, 1 1, 0 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 0 1, 0 0", "A 0 0, 1 0, 0 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 4 0, 4 4, 0 4, 0 0; 1 1, 1 2, 2 2, 2 1, 1 1",
     "A 0 0, 4 0, 4 4, 0 4, 0 0; 1 1, 1 2, 2 2, 2 1, 1 1", NULL},
    {GEO_SHAPE_POINT, "P 105 21", "P 105 21", NULL},
    {GEO_SHAPE_POINT, "P 200 21", "P 200 21", NULL},
    {GEO_SHAPE_MULTIPOINT, "P 1 2 | P 1 2", "P 1 2 | P 1 2", NULL},
    {GEO_SHAPE_LINE, "L 0 0, 1 1, 1 0, 0 1", "L 0 0, 1 1, 1 0, 0 1", NULL},
    {GEO_SHAPE_NULL, "", "", NULL},
    {GEO_SHAPE_MULTIPOLYGON, "", "", NULL},
    /* straight on: a vertex on a side is no spike */
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 2 0, 2 2, 0 2, 0 1, 0 0",
     "A 0 0, 1 0, 2 0, 2 2, 0 2, 0 1, 0 0", NULL},
    /* closed, repeated, turned */
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 1 1, 0 1", "A 0 0, 1 0, 1 1, 0 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 0 0, 1 0, 1 1, 1 1, 1 1, 0 0, 0 0", "A 0 0, 1 0, 1 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 0 1, 1 1, 1 0, 0 0", "A 0 0, 1 0, 1 1, 0 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 4 0, 4 4, 0 4, 0 0; 1 1, 2 1, 2 2, 1 2, 1 1",
     "A 0 0, 4 0, 4 4, 0 4, 0 0; 1 1, 1 2, 2 2, 2 1, 1 1", NULL},
    {GEO_SHAPE_LINE, "L 0 0, 0 0, 1 1, 1 1, 0 0", "L 0 0, 1 1, 0 0", NULL},
    /* the antimeridian */
    {GEO_SHAPE_POLYGON, "A 179 0, -179 0, -179 1, 179 1, 179 0",
     "A 179 0, 181 0, 181 1, 179 1, 179 0", NULL},
    {GEO_SHAPE_POLYGON, "A -179 0, -179 1, 179 1, 179 0",
     "A -179 0, -179 1, -181 1, -181 0, -179 0", NULL},
    {GEO_SHAPE_LINE, "L 179 0, -179 1, -178 2, 178 0", "L 179 0, 181 1, 182 2, 178 0", NULL},
    {GEO_SHAPE_POLYGON, "A 170 0, -170 0, -170 9, 170 9, 170 0; -175 1, -175 2, -174 2, -175 1",
     "A 170 0, 190 0, 190 9, 170 9, 170 0; 185 1, 185 2, 186 2, 185 1", NULL},
    {GEO_SHAPE_POLYGON, "A 170 0, 180 0, -180 0, -170 0, 170 9, 170 0",
     "A 170 0, 180 0, 190 0, 170 9, 170 0", NULL},
    {GEO_SHAPE_MULTIPOLYGON, "A 179 0, -179 0, -179 1, 179 0 | A -178 0, -177 0, -177 1, -178 0",
     "A 179 0, 181 0, 181 1, 179 0 | A 182 0, 183 0, 183 1, 182 0", NULL},
    {GEO_SHAPE_MULTIPOLYGON, "A 179 0, 180 0, 180 1, 179 0 | A -180 0, -179 0, -180 1, -180 0",
     "A 179 0, 180 0, 180 1, 179 0 | A -180 0, -179 0, -180 1, -180 0", NULL},
    /* round a pole: the North one eastward, the South one westward */
    {GEO_SHAPE_POLYGON, "A 0 80, 120 80, -120 80, 0 80", "A 0 80, 120 80, 240 80, 360 80", NULL},
    {GEO_SHAPE_POLYGON, "A 0 80, -120 80, 120 80, 0 80", "A -360 80, -240 80, -120 80, 0 80", NULL},
    {GEO_SHAPE_POLYGON, "A 0 -80, 120 -80, -120 -80", "A 360 -80, 240 -80, 120 -80, 0 -80", NULL},
    {GEO_SHAPE_POLYGON, "A -180 -70, -90 -70, 0 -70, 90 -70, 180 -70",
     "A 180 -70, 90 -70, 0 -70, -90 -70, -180 -70", NULL},
    /* through a pole: as RFC 7946 has it, and with the seam elsewhere */
    {GEO_SHAPE_POLYGON, "A -180 -90, 180 -90, 180 -70, 60 -70, -60 -70, -180 -70, -180 -90",
     "A -180 -90, 180 -90, 180 -70, 60 -70, -60 -70, -180 -70, -180 -90", NULL},
    {GEO_SHAPE_POLYGON, "A 0 -70, -90 -70, -180 -70, -180 -90, 180 -90, 180 -70, 90 -70, 0 -70",
     "A 0 -70, -90 -70, -180 -70, -180 -90, 180 -90, 180 -70, 90 -70, 0 -70", NULL},
    {GEO_SHAPE_POLYGON, "A -180 -90, 0 -90, 180 -90, 180 -70, 60 -70, -60 -70, -180 -70, -180 -90",
     "A -180 -90, 0 -90, 180 -90, 180 -70, 60 -70, -60 -70, -180 -70, -180 -90", NULL},
    {GEO_SHAPE_POLYGON, "A 200 -80, 180 -80, 90 -80, 0 -80, 0 -90, -160 -90, 200 -80",
     "A 200 -80, 180 -80, 90 -80, 0 -80, 0 -90, 200 -90, 200 -80", NULL},
    {GEO_SHAPE_POLYGON, "A 180 80, -90 80, 0 80, 0 90, 180 80",
     "A 180 90, 180 80, 270 80, 360 80, 360 90, 180 90", NULL},
    /* collapsed */
    {GEO_SHAPE_POLYGON, "A 1 2, 3 4, 1 2", NULL, "geometry is collapsed to a point or a line"},
    {GEO_SHAPE_POLYGON, "A 1 2, 1 2, 1 2, 1 2", NULL, "geometry is collapsed to a point or a line"},
    {GEO_SHAPE_LINE, "L 1 2, 1 2", NULL, "geometry is collapsed to a point or a line"},
    {GEO_SHAPE_MULTIPOLYGON, "A 1 2, 3 4, 1 2; 0 0, 1 0, 1 1, 0 0 | A 0 0, 1 0, 1 1, 0 0",
     "A 0 0, 1 0, 1 1, 0 0", "collapsed ring or line: dropped"},
    {GEO_SHAPE_POLYGON, "A 0 0, 4 0, 4 4, 0 0; 2 1, 3 1, 2 1", "A 0 0, 4 0, 4 4, 0 0",
     "collapsed ring or line: dropped"},
    {GEO_SHAPE_COLLECTION, "P 1 2 | L 1 1 | A 0 0, 1 0, 1 1, 0 0", "P 1 2 | A 0 0, 1 0, 1 1, 0 0",
     "collapsed ring or line: dropped"},
    /* no area */
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 2 0, 0 0", NULL, "polygon has no area"},
    {GEO_SHAPE_POLYGON, "A 0 0, 1 1, 0 0, 1 1, 0 0", NULL, "polygon has no area"},
    /* no position */
    {GEO_SHAPE_POINT, "P nan 2", NULL,
     "coordinate is no number or its latitude is outside [-90, 90]"},
    {GEO_SHAPE_POLYGON, "A 0 0, 1 0, 1 inf, 0 0", NULL,
     "coordinate is no number or its latitude is outside [-90, 90]"},
    {GEO_SHAPE_LINE, "L 0 0, 1 90.1", NULL,
     "coordinate is no number or its latitude is outside [-90, 90]"},
    /* touching in single points is allowed */
    {GEO_SHAPE_POLYGON, "A 0 0, 4 0, 4 4, 0 4, 0 0; 0 0, 1 2, 2 1, 0 0",
     "A 0 0, 4 0, 4 4, 0 4, 0 0; 0 0, 1 2, 2 1, 0 0", NULL},
    {GEO_SHAPE_POLYGON, "A 0 0, 4 0, 4 4, 0 4, 0 0; 2 0, 1 2, 3 2, 2 0",
     "A 0 0, 4 0, 4 4, 0 4, 0 0; 2 0, 1 2, 3 2, 2 0", NULL},
    {GEO_SHAPE_MULTIPOLYGON, "A 0 0, 1 0, 1 1, 0 1, 0 0 | A 1 1, 2 1, 2 2, 1 2, 1 1",
     "A 0 0, 1 0, 1 1, 0 1, 0 0 | A 1 1, 2 1, 2 2, 1 2, 1 1", NULL},
    /* an island in a lake */
    {GEO_SHAPE_MULTIPOLYGON,
     "A 0 0, 9 0, 9 9, 0 9, 0 0; 1 1, 1 8, 8 8, 8 1, 1 1 | A 2 2, 3 2, 3 3, 2 2",
     "A 0 0, 9 0, 9 9, 0 9, 0 0; 1 1, 1 8, 8 8, 8 1, 1 1 | A 2 2, 3 2, 3 3, 2 2", NULL},
};

static void check_row(struct geo_ctx *ctx, size_t row)
{
    struct geo_batch *batch = read(ctx, rows[row].shape, rows[row].in);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, rows[row].what ? 1 : 0);
    if (rows[row].what)
        assert_string_equal(batch->note[0].what, rows[row].what);
    assert_int_equal(batch->dropped[0], !rows[row].out);
    if (rows[row].out) {
        assert_int_equal(batch->shape[0], rows[row].shape);
        assert_written(batch, 0, rows[row].out);
        assert_ok(ctx, geo_batch_repair(ctx, batch));
        assert_written(batch, 0, rows[row].out);
        assert_int_equal(batch->note_count, rows[row].what ? 1 : 0);
    } else {
        assert_int_equal(batch->note[0].kind, GEO_NOTE_SKIPPED);
    }
    geo_batch_free(batch);
}

static void rings_and_lines_become_what_they_should_be(void **state)
{
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        print_message("%s\n", rows[row].in);
        check_row(*state, row);
    }
}

/* ---- what is mended ---- */

/* Areas: GeographicLib, `Planimeter -w -p 10` with one vertex "lon lat" a line. */
#define BOW_LEFT_M2 287772.92817     /* 105 21, 105.005 21.005, 105 21.01 */
#define BOW_RIGHT_M2 287772.92824    /* 105.01 21, 105.01 21.01, 105.005 21.005 */
#define EIGHT_M2 2590048.07933       /* 105 21, 105.03 21.03, 105.03 21, 105 21.015; clockwise */
#define EIGHT_LEFT_M2 863290.27839   /* 105 21, 105.01 21.01, 105 21.015 */
#define EIGHT_RIGHT_M2 3453164.19100 /* 105.01 21.01, 105.03 21, 105.03 21.03 */
#define SQUARE_M2 115075237.69511    /* SQUARE */
#define SQUARE_2_M2 115075237.69513  /* SQUARE, 0.1 degrees farther east */
#define HOLE_M2 4603613.04045        /* HOLE */
#define FAR_HOLE_M2 4603613.04044    /* FAR_HOLE */
#define INNER_HOLE_M2 287730.52844   /* INNER_HOLE */
#define EDGE_HOLE_M2 4604216.15929   /* EDGE_HOLE */
/* 105 21, 105.02 21, 105.02 21.02, 105.04 21.02, 105.04 21, 105.1 21, 105.1 21.1, 105 21.1 */
#define EDGE_LEFT_M2 110475348.72688
#define CUT_HOLE_M2 34524064.67944   /* CUT_HOLE */
#define VEE_M2 57552598.04208        /* 105 21, 105.1 21, 105.1 21.1, 105.05 21, 105 21.1 */
#define VEE_HALF_M2 28778411.90733   /* 105 21, 105.05 21, 105 21.1, and its mirror image */
#define CAP_M2 1634782820860.68750   /* 0 80, 120 80, 240 80 */
#define WIDE_BOW_M2 5736725581.19913 /* 179 22, 179 21, 180 21.5, and its mirror image */
#define WEST_M2 22947517705.06500    /* 179 21, -179 21, -179 22, 179 22 */
#define EAST_M2 17210177991.44653    /* -179.5 21, -178 21, -178 22, -179.5 22 */
/* 179 22, 179 21, 180.5 21, 181 21, 182 21, 182 22, 181 22, 180.5 22 */
#define BOTH_M2 34419961459.53751

#define SQUARE "105 21, 105.1 21, 105.1 21.1, 105 21.1, 105 21"
#define SQUARE_2 "105.1 21, 105.2 21, 105.2 21.1, 105.1 21.1, 105.1 21"
#define HOLE "105.02 21.02, 105.04 21.02, 105.04 21.04, 105.02 21.04, 105.02 21.02"
#define FAR_HOLE "105.2 21.02, 105.22 21.02, 105.22 21.04, 105.2 21.04, 105.2 21.02"
#define INNER_HOLE "105.025 21.025, 105.03 21.025, 105.03 21.03, 105.025 21.03, 105.025 21.025"
#define EDGE_HOLE "105.02 21, 105.04 21, 105.04 21.02, 105.02 21.02, 105.02 21"
#define CUT_HOLE "105 21, 105.05 21.02, 105.1 21.1, 105.02 21.05, 105 21"
#define BOW_TIE "105 21, 105.01 21.01, 105.01 21, 105 21.01, 105 21"

#define CROSSES "polygon crosses or overlaps itself: mended"
#define TOUCHES "polygon touches itself: mended"

static const struct {
    enum geo_shape shape, shape_after;
    const char *in, *what, *place;
    double before_m2, after_m2;
    size_t parts, rings;
} mended[] = {
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON, "A " BOW_TIE, CROSSES, "at 105.0050000 21.0050000",
     0, BOW_LEFT_M2 + BOW_RIGHT_M2, 2, 2},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON, "A 105 21, 105.03 21.03, 105.03 21, 105 21.015",
     CROSSES, "at 105.0100000 21.0100000", EIGHT_M2, EIGHT_LEFT_M2 + EIGHT_RIGHT_M2, 2, 2},
    /* a hole that is none becomes a polygon */
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON, "A " SQUARE ";" FAR_HOLE,
     "hole lies outside its polygon: mended", "at 105.2000000 21.0200000", SQUARE_M2 - FAR_HOLE_M2,
     SQUARE_M2 + FAR_HOLE_M2, 2, 2},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_POLYGON, "A " SQUARE ";" EDGE_HOLE, CROSSES,
     "at 105.0400000 21.0000000", SQUARE_M2 - EDGE_HOLE_M2, EDGE_LEFT_M2, 1, 1},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_POLYGON, "A " SQUARE ";" HOLE ";" INNER_HOLE,
     "holes lie in each other: mended", "at 105.0250000 21.0250000",
     SQUARE_M2 - HOLE_M2 - INNER_HOLE_M2, SQUARE_M2 - HOLE_M2, 1, 2},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_POLYGON, "A " SQUARE ";" HOLE ";" HOLE, CROSSES,
     "at 105.0200000 21.0400000", SQUARE_M2 - 2 * HOLE_M2, SQUARE_M2 - HOLE_M2, 1, 2},
    /* a hole that cuts its polygon in two */
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON, "A " SQUARE ";" CUT_HOLE,
     "polygon is cut apart by its own boundary: mended", "at 105.1000000 21.1000000",
     SQUARE_M2 - CUT_HOLE_M2, SQUARE_M2 - CUT_HOLE_M2, 2, 2},
    /* spikes, outward and inward */
    {GEO_SHAPE_POLYGON, GEO_SHAPE_POLYGON,
     "A 105 21, 105.1 21, 105.1 21.1, 105.15 21.1, 105.1 21.1, 105 21.1", TOUCHES,
     "at 105.1000000 21.1000000", SQUARE_M2, SQUARE_M2, 1, 1},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_POLYGON,
     "A 105 21, 105.1 21, 105.1 21.1, 105.05 21.05, 105.1 21.1, 105 21.1", TOUCHES,
     "at 105.1000000 21.1000000", SQUARE_M2, SQUARE_M2, 1, 1},
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON,
     "A 105 21, 105.1 21, 105.1 21.1, 105.05 21, 105 21.1", TOUCHES, "at 105.0500000 21.0000000",
     VEE_M2, 2 * VEE_HALF_M2, 2, 2},
    /* polygons of one feature */
    {GEO_SHAPE_MULTIPOLYGON, GEO_SHAPE_MULTIPOLYGON, "A " SQUARE " | A " SQUARE, CROSSES,
     "at 105.1000000 21.0000000", 2 * SQUARE_M2, SQUARE_M2, 1, 1},
    {GEO_SHAPE_MULTIPOLYGON, GEO_SHAPE_MULTIPOLYGON, "A " SQUARE " | A " HOLE,
     "polygons of one feature overlap: mended", "at 105.0200000 21.0200000", SQUARE_M2 + HOLE_M2,
     SQUARE_M2, 1, 1},
    {GEO_SHAPE_MULTIPOLYGON, GEO_SHAPE_MULTIPOLYGON, "A " SQUARE " | A " SQUARE_2, CROSSES,
     "at 105.1000000 21.1000000", SQUARE_M2 + SQUARE_2_M2, SQUARE_M2 + SQUARE_2_M2, 1, 1},
    /* what else the feature has stays with it */
    {GEO_SHAPE_COLLECTION, GEO_SHAPE_COLLECTION, "P 105 21 | A " BOW_TIE " | L 105 21, 106 22",
     CROSSES, "at 105.0050000 21.0050000", 0, BOW_LEFT_M2 + BOW_RIGHT_M2, 4, 4},
    {GEO_SHAPE_MULTIPOLYGON, GEO_SHAPE_MULTIPOLYGON, "A 0 80, 120 80, 240 80 | A " BOW_TIE, CROSSES,
     "at 105.0050000 21.0050000", CAP_M2, CAP_M2 + BOW_LEFT_M2 + BOW_RIGHT_M2, 3, 3},
    /* the antimeridian, and overlaps that show on one turn only */
    {GEO_SHAPE_POLYGON, GEO_SHAPE_MULTIPOLYGON, "A 179 21, -179 22, -179 21, 179 22", CROSSES,
     "at 180.0000000 21.5000000", 0, 2 * WIDE_BOW_M2, 2, 2},
    {GEO_SHAPE_MULTIPOLYGON, GEO_SHAPE_MULTIPOLYGON,
     "A 179 21, -179 21, -179 22, 179 22 | A -179.5 21, -178 21, -178 22, -179.5 22", CROSSES,
     "at -179.0000000 21.0000000", WEST_M2 + EAST_M2, BOTH_M2, 1, 1},
};

/* Planimeter prints 1e-5 m²; the place of a crossing is rounded to about 1e-14 degrees. */
static double tolerance_m2(double area_m2)
{
    return 1e-3 + 1e-12 * area_m2;
}

static void check_mended(struct geo_ctx *ctx, size_t row)
{
    struct geo_batch *batch = read(ctx, mended[row].shape, mended[row].in);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, 1);

    const struct geo_note *note = &batch->note[0];
    assert_int_equal(note->kind, GEO_NOTE_REPAIRED);
    assert_string_equal(note->what, mended[row].what);
    assert_string_equal(note->detail, mended[row].place);
    assert_near(note->before_m2, mended[row].before_m2, tolerance_m2(mended[row].before_m2));
    assert_near(note->after_m2, mended[row].after_m2, tolerance_m2(mended[row].after_m2));
    assert_near(geo_feature_area_m2(geo_ctx_earth(ctx), batch, 0), note->after_m2, 0);

    assert_int_equal(batch->shape[0], mended[row].shape_after);
    assert_int_equal(batch->part_count, mended[row].parts);
    assert_int_equal(batch->ring_count, mended[row].rings);
    char *once = written(batch, 0);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->note_count, 1);
    assert_written(batch, 0, once);
    free(once);
    geo_batch_free(batch);
}

static void what_is_invalid_is_mended_and_said(void **state)
{
    for (size_t row = 0; row < sizeof mended / sizeof *mended; row++) {
        print_message("%s\n", mended[row].in);
        check_mended(*state, row);
    }
}

/* Rings through and round a pole: what comes out must have the area that went in. Planimeter as
 * above, without its sign. */
static const struct {
    const char *in;
    double area_m2;
} polar[] = {
    {"A -180 -90, 180 -90, 180 -70, 60 -70, -60 -70, -180 -70, -180 -90", 6713754694841.5},
    {"A -180 -70, -60 -70, 60 -70, 180 -70, 180 -90, -180 -90", 6713754694841.5},
    {"A 60 -70, -60 -70, -180 -70, -180 -90, 180 -90, 180 -70, 60 -70", 6713754694841.5},
    {"A -180 -70, -60 -70, 60 -70, 180 -70", 6713754694841.5},
    {"A 0 -80, 90 -80, 180 -80, 200 -80, 200 -90, 0 -90", 1466492061775.65625},
    {"A 0 -80, 90 -80, 180 -80, -160 -80, -160 -90, 0 -90", 1466492061775.65625},
    {"A 0 -90, 0 -80, 90 -80, 180 -80, -160 -80, 0 -90", 1466492061775.65625},
    {"A 0 -80, 90 -80, 180 -80, -160 -80, 77 -90, 0 -80", 1466492061775.65625},
    {"A -180 70, -90 70, 0 70, 90 70, 180 70", 10175187229321.71875},
};

static void a_pole_costs_no_area(void **state)
{
    struct geo_ctx *ctx = *state;
    for (size_t row = 0; row < sizeof polar / sizeof *polar; row++) {
        struct geo_batch *batch = read(ctx, GEO_SHAPE_POLYGON, polar[row].in);
        print_message("%s\n", polar[row].in);
        assert_ok(ctx, geo_batch_repair(ctx, batch));
        assert_int_equal(batch->note_count, 0);
        const struct geo_lonlat *v = batch->vertex;
        assert_near(geo_ring_area_m2(geo_ctx_earth(ctx), v, batch->vertex_count),
                    polar[row].area_m2, 0.1);
        for (size_t i = 1; i < batch->vertex_count; i++)
            assert_true(fabs(v[i].lon - v[i - 1].lon) <= 180 ||
                        (v[i].lat == v[i - 1].lat && fabs(v[i].lat) == 90));
        geo_batch_free(batch);
    }
}

/* ---- batches ---- */

static void the_other_features_and_the_attributes_stay(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    size_t name;
    assert_non_null(batch);
    read_feature(ctx, batch, GEO_SHAPE_POLYGON, "A 0 0, 1 0, 1 1, 0 0");
    read_feature(ctx, batch, GEO_SHAPE_POLYGON, "A 5 5, 6 5, 5 5"); /* collapsed */
    read_feature(ctx, batch, GEO_SHAPE_POLYGON, "A 2 2, 2 2, 3 2, 3 3, 2 2");
    read_feature(ctx, batch, GEO_SHAPE_NULL, "");
    read_feature(ctx, batch, GEO_SHAPE_POLYGON, "A " BOW_TIE);
    read_feature(ctx, batch, GEO_SHAPE_POLYGON, "A 7 7, 9 9"); /* dropped before */
    read_feature(ctx, batch, GEO_SHAPE_LINE, "L 0 0, 1 1");
    batch->dropped[5] = 1;
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "name", GEO_TYPE_INT, &name));
    for (size_t i = 0; i < batch->n; i++)
        geo_batch_set_int(batch, name, i, (int64_t)(10 * i));

    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_int_equal(batch->n, 7);
    assert_int_equal(batch->note_count, 2);
    assert_int_equal(batch->note[0].fid, 1);
    assert_int_equal(batch->note[0].kind, GEO_NOTE_SKIPPED);
    assert_string_equal(batch->note[0].detail, "at 5.0000000 5.0000000");
    assert_int_equal(batch->note[1].fid, 4);
    for (size_t i = 0; i < batch->n; i++) {
        assert_int_equal(batch->dropped[i], i == 1 || i == 5);
        assert_int_equal(batch->fid[i], i);
        assert_int_equal(batch->column[name].value[i].integer, 10 * i);
    }
    assert_written(batch, 0, "A 0 0, 1 0, 1 1, 0 0");
    assert_written(batch, 2, "A 2 2, 3 2, 3 3, 2 2");
    assert_written(batch, 3, "");
    assert_int_equal(batch->part_start[5] - batch->part_start[4], 2);
    assert_written(batch, 6, "L 0 0, 1 1");
    geo_batch_free(batch);
}

static void a_batch_without_features_or_with_empty_parts_is_no_harm(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON)); /* a part without rings */
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_POLYGON, 0));
    assert_ok(ctx, geo_batch_end_ring(ctx, batch)); /* a ring without vertices */
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_LINE));
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_LINE, 1));
    assert_ok(ctx, geo_batch_repair(ctx, batch));
    assert_true(batch->dropped[0] && batch->dropped[1]);
    assert_int_equal(batch->note_count, 2);
    geo_batch_free(batch);
}

static void a_ring_is_simple_only_if_it_goes_round_once(void **state)
{
    static const struct {
        size_t n;
        struct geo_lonlat vertex[12];
        bool is_simple;
    } known[] = {
        {5, {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}, true},
        {5, {{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}, true},
        {5, {{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, false}, /* a bow tie */
        {9, {{3, 0}, {1, 1}, {0, 3}, {-1, 1}, {-3, 0}, {-1, -1}, {0, -3}, {1, -1}, {3, 0}}, true},
        /* a pentagram turns round its middle twice, and so does a triangle run through twice */
        {6, {{0, 10}, {6, -8}, {-10, 3}, {10, 3}, {-6, -8}, {0, 10}}, false},
        {7, {{0, 0}, {4, 0}, {0, 4}, {1, 0.5}, {3, 0.5}, {0.5, 3}, {0, 0}}, false},
        /* the middle of the vertices lies outside */
        {9, {{0, 0}, {9, 0}, {9, 9}, {8, 9}, {8, 8}, {8, 1}, {1, 1}, {0, 1}, {0, 0}}, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (geo_ring_is_simple(known[i].vertex, known[i].n) != known[i].is_simple)
            fail_msg("ring %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_is_simple_only_if_it_goes_round_once),
        cmocka_unit_test(rings_and_lines_become_what_they_should_be),
        cmocka_unit_test(what_is_invalid_is_mended_and_said),
        cmocka_unit_test(a_pole_costs_no_area),
        cmocka_unit_test(the_other_features_and_the_attributes_stay),
        cmocka_unit_test(a_batch_without_features_or_with_empty_parts_is_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
