/* Shapes across the antimeridian and round the poles, cut as RFC 7946, 3.1.9 says. */
#include "write_help.h"

#include <geos_c.h>
#include <math.h>

#include "base/geos.h"
#include "base/handles.h"
#include "write/antimeridian.h"

static void cut(struct fixture *f, enum geo_edges edges)
{
    assert_ok(f->ctx, geo_batch_cut(f->ctx, f->batch, edges));
}

static size_t parts_of(const struct geo_batch *batch, size_t i)
{
    return batch->part_start[i + 1] - batch->part_start[i];
}

static const struct geo_lonlat *ring_of(const struct geo_batch *batch, size_t ring, size_t *n)
{
    *n = batch->vertex_start[ring + 1] - batch->vertex_start[ring];
    return batch->vertex + batch->vertex_start[ring];
}

/* Twice the area in the plane, in square degrees; positive if counter-clockwise. */
static double doubled_area(const struct geo_batch *batch, size_t ring)
{
    size_t n;
    const struct geo_lonlat *v = ring_of(batch, ring, &n);
    double area = 0;
    for (size_t i = 0; i + 1 < n; i++)
        area += v[i].lon * v[i + 1].lat - v[i + 1].lon * v[i].lat;
    return area;
}

/* Every polygon of the batch is valid and wound as RFC 7946 wants it, closed, and within
 * [-180, 180]. Returns the area in square degrees. */
static double check_polygons(struct fixture *f)
{
    const struct geo_batch *b = f->batch;
    GEOSContextHandle_t geos = geo_ctx_geos(f->ctx);
    double area = 0;
    for (size_t p = 0; p < b->part_count; p++) {
        GEOSGeometry *polygon;
        assert_ok(f->ctx, geo_geos_from_part(f->ctx, b, p, &polygon));
        assert_int_equal(GEOSisValid_r(geos, polygon), 1);
        GEOSGeom_destroy_r(geos, polygon);
        for (size_t r = b->ring_start[p]; r < b->ring_start[p + 1]; r++) {
            size_t n;
            const struct geo_lonlat *v = ring_of(b, r, &n);
            assert_true(n >= 4 && v[0].lon == v[n - 1].lon && v[0].lat == v[n - 1].lat);
            assert_true((doubled_area(b, r) > 0) == (r == b->ring_start[p]));
            area += doubled_area(b, r) / 2;
        }
    }
    for (size_t v = 0; v < b->vertex_count; v++)
        assert_true(fabs(b->vertex[v].lon) <= 180 && fabs(b->vertex[v].lat) <= 90);
    return area;
}

static void points_are_wrapped(void **state)
{
    struct fixture *f = *state;
    static const double known[][2] = {{190, -170}, {-190, 170},  {180, 180}, {-180, -180},
                                      {540, -180}, {-540, -180}, {360, 0},   {179.5, 179.5}};
    for (size_t i = 0; i < COUNT(known); i++)
        add_point(f, known[i][0], 5);
    cut(f, GEO_EDGES_GEODESIC);
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_near(f->batch->vertex[i].lon, known[i][1], 0);
        assert_int_equal(f->batch->shape[i], GEO_SHAPE_POINT);
    }
}

static void what_lies_inside_stays_as_it_is(void **state)
{
    struct fixture *f = *state;
    static const double touching[] = {170, 0, 180, 0, 180, 10, 170, 10, 170, 0};
    add_polygon(f, touching, 5);
    const struct geo_lonlat *before = f->batch->vertex;
    cut(f, GEO_EDGES_GEODESIC);
    assert_ptr_equal(f->batch->vertex, before);
    assert_int_equal(f->batch->shape[0], GEO_SHAPE_POLYGON);
}

/* Latitudes by bisection with GeographicLib's GeodSolve 2.1.2. */
static void a_geodesic_line_is_cut_where_the_geodesic_crosses(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double line[4], lat;
    } known[] = {
        {{170, 10, 200, 40}, 22.40221059876367},
        {{170, 60, 190, 60}, 60.37897664463513},
        {{185, -20, 178, -25}, -23.63989049305275},
        {{100, 0, 260, 80}, 86.4992761046019},
    };
    for (size_t i = 0; i < COUNT(known); i++)
        add_line(f, known[i].line, 2);
    cut(f, GEO_EDGES_GEODESIC);
    for (size_t i = 0; i < COUNT(known); i++) {
        const struct geo_lonlat *v = f->batch->vertex + 4 * i;
        double side = known[i].line[0] < 180 ? 180 : -180;
        assert_int_equal(f->batch->shape[i], GEO_SHAPE_MULTILINE);
        assert_int_equal(parts_of(f->batch, i), 2);
        assert_near(v[1].lon, side, 0);
        assert_near(v[2].lon, -side, 0);
        assert_near(v[1].lat, known[i].lat, 1e-10);
        assert_near(v[2].lat, v[1].lat, 0);
    }
}

static void a_lonlat_line_is_cut_on_the_straight_line(void **state)
{
    struct fixture *f = *state;
    static const double line[] = {170, 10, 190, 20, 200, 20};
    add_line(f, line, 3);
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(parts_of(f->batch, 0), 2);
    static const double expected[] = {170, 10, 180, 15, -180, 15, -170, 20, -160, 20};
    for (size_t i = 0; i < 5; i++) {
        assert_near(f->batch->vertex[i].lon, expected[2 * i], 0);
        assert_near(f->batch->vertex[i].lat, expected[2 * i + 1], 1e-14);
    }
}

static void lines_that_touch_the_antimeridian(void **state)
{
    struct fixture *f = *state;
    static const double vertex_on_it[] = {170, 0, 180, 1, 190, 2};
    static const double comes_back[] = {170, 0, 180, 1, 170, 2};
    static const double along_it[] = {170, 0, 180, 0, 180, 5, 170, 5};
    static const double beyond[] = {181, 0, 200, 3};
    add_line(f, vertex_on_it, 3);
    add_line(f, comes_back, 3);
    add_line(f, along_it, 4);
    add_line(f, beyond, 2);
    cut(f, GEO_EDGES_LONLAT);
    static const size_t expected[] = {2, 1, 1, 1};
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_int_equal(parts_of(f->batch, i), expected[i]);
    assert_int_equal(f->batch->shape[0], GEO_SHAPE_MULTILINE);
    assert_int_equal(f->batch->shape[3], GEO_SHAPE_LINE);
    assert_near(f->batch->vertex[f->batch->vertex_count - 1].lon, -160, 0);
}

static void a_square_is_cut_in_two(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "name", GEO_TYPE_TEXT);
    add_square(f, 179.25, 10);
    add_square(f, 10, 10);
    set_text(f, name, 0, GEO_TYPE_TEXT, "Taveuni");
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(f->batch->shape[0], GEO_SHAPE_MULTIPOLYGON);
    assert_int_equal(f->batch->shape[1], GEO_SHAPE_POLYGON);
    assert_int_equal(parts_of(f->batch, 0), 2);
    assert_near(check_polygons(f), 2, 1e-12);
    assert_memory_equal(f->batch->text + f->batch->column[0].value[0].text.at, "Taveuni", 7);
    assert_int_equal(f->batch->column[0].cell_type[1], GEO_TYPE_NULL);
    assert_int_equal(f->batch->fid[1], 2);
}

static void a_hole_across_is_cut_with_its_polygon(void **state)
{
    struct fixture *f = *state;
    static const double outer[] = {-190, 0, -170, 0, -170, 20, -190, 20, -190, 0};
    static const double hole[] = {-185, 5, -185, 15, -175, 15, -175, 5, -185, 5};
    add_ring(f, outer, 5);
    add_ring(f, hole, 5);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(parts_of(f->batch, 0), 2);
    assert_int_equal(f->batch->ring_count, 2); /* the hole reaches the cut on both sides */
    assert_near(check_polygons(f), 400 - 100, 1e-10);
}

static void a_polygon_on_another_turn_keeps_its_holes(void **state)
{
    struct fixture *f = *state;
    static const double outer[] = {200, 0, 220, 0, 220, 20, 200, 20, 200, 0};
    static const double hole[] = {205, 5, 205, 15, 215, 15, 215, 5, 205, 5};
    add_ring(f, outer, 5);
    add_ring(f, hole, 5);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    cut(f, GEO_EDGES_GEODESIC);
    assert_int_equal(f->batch->shape[0], GEO_SHAPE_POLYGON);
    assert_int_equal(f->batch->ring_count, 2);
    assert_near(check_polygons(f), 400 - 100, 1e-10);
}

static void the_cut_of_a_polygon_lies_on_its_geodesic_edges(void **state)
{
    struct fixture *f = *state;
    static const double v[] = {170, 60, 190, 60, 190, 70, 170, 70, 170, 60};
    add_polygon(f, v, 5);
    cut(f, GEO_EDGES_GEODESIC);
    check_polygons(f);
    int found = 0;
    for (size_t i = 0; i < f->batch->vertex_count; i++)
        found += fabs(f->batch->vertex[i].lat - 60.37897664463513) < 1e-10;
    assert_true(found >= 2);
}

/* A ring round a pole, from a longitude on: a parallel in steps of 10 degrees. */
static void add_parallel(struct fixture *f, double from, double lat, int direction)
{
    double v[74];
    for (int i = 0; i <= 36; i++) {
        v[2 * i] = from + direction * 10.0 * i;
        v[2 * i + 1] = lat;
    }
    add_ring(f, v, 37);
}

static void rings_round_a_pole_are_closed_through_it(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double from, lat;
        int direction;
        double area; /* square degrees that it encloses on the map */
    } known[] = {
        {-180, 60, 1, 360 * 30},  {-175, 60, 1, 360 * 30}, {10, 60, 1, 360 * 30},
        {180, -70, -1, 360 * 20}, {33, -70, -1, 360 * 20}, {-180, -70, 1, 360 * 160},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        geo_batch_clear(f->batch);
        add_parallel(f, known[i].from, known[i].lat, known[i].direction);
        end_part(f, GEO_KIND_POLYGON);
        end_feature(f, GEO_SHAPE_POLYGON);
        cut(f, GEO_EDGES_LONLAT);
        assert_int_equal(f->batch->dropped[0], 0);
        assert_int_equal(parts_of(f->batch, 0), 1);
        assert_near(check_polygons(f), known[i].area, 1e-8);
    }
}

static void a_band_round_a_pole_loses_its_inner_cap(void **state)
{
    struct fixture *f = *state;
    static const double hole[] = {179, 62, 179, 64, 181, 64, 181, 62, 179, 62};
    add_parallel(f, 20, 60, 1);
    add_parallel(f, 20, 80, -1); /* the hole runs the other way */
    add_ring(f, hole, 5);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(f->batch->dropped[0], 0);
    assert_near(check_polygons(f), 360 * 20 - 4, 1e-8);
}

/* A ring that wavers across the antimeridian on its way round the pole. */
static void a_wavering_ring_round_a_pole_is_cut_into_valid_parts(void **state)
{
    struct fixture *f = *state;
    static const double v[] = {-170, 60,  -60, 62,  60, 61,  170, 60,  185,
                               63,   175, 66,  182, 68, 175, 70,  190, 60};
    add_polygon(f, v, 9);
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(f->batch->dropped[0], 0);
    /* The trapezoids under the edges up to the pole. */
    double area = 0;
    for (size_t i = 0; i + 1 < 9; i++)
        area += (v[2 * i + 2] - v[2 * i]) * (90 - (v[2 * i + 1] + v[2 * i + 3]) / 2);
    assert_near(check_polygons(f), area, 1e-8);
}

static void a_ring_that_goes_round_twice_is_skipped_with_a_note(void **state)
{
    struct fixture *f = *state;
    double v[2 * 37];
    for (int i = 0; i <= 36; i++) {
        v[2 * i] = -360 + 20.0 * i;
        v[2 * i + 1] = 60 + i * (36 - i) / 100.0;
    }
    add_polygon(f, v, 37);
    add_square(f, 0, 0);
    cut(f, GEO_EDGES_LONLAT);
    assert_int_equal(f->batch->dropped[0], 1);
    assert_int_equal(f->batch->dropped[1], 0);
    assert_int_equal(f->batch->note_count, 1);
    assert_int_equal(f->batch->note[0].kind, GEO_NOTE_SKIPPED);
    assert_int_equal(f->batch->note[0].fid, 1);
}

static void coordinates_out_of_range_are_skipped_with_a_note(void **state)
{
    struct fixture *f = *state;
    static const double bad[][2] = {{541, 0}, {0, 91}, {NAN, 0}, {0, INFINITY}};
    for (size_t i = 0; i < COUNT(bad); i++)
        add_point(f, bad[i][0], bad[i][1]);
    add_point(f, 540, 90);
    cut(f, GEO_EDGES_GEODESIC);
    assert_int_equal(f->batch->note_count, COUNT(bad));
    assert_string_equal(f->batch->note[0].detail, "longitude 541, latitude 0");
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(f->batch->dropped[i], 1);
        assert_int_equal(f->batch->note[i].kind, GEO_NOTE_SKIPPED);
    }
    assert_int_equal(f->batch->dropped[COUNT(bad)], 0);
}

static void parts_of_a_collection_are_cut_each_for_itself(void **state)
{
    struct fixture *f = *state;
    static const double line[] = {179, 0, 181, 0}, triangle[] = {179, 5, 181, 5, 180, 8, 179, 5};
    add_ring(f, line, 1);
    end_part(f, GEO_KIND_POINT);
    add_ring(f, line, 2);
    end_part(f, GEO_KIND_LINE);
    add_ring(f, triangle, 4);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_COLLECTION);
    cut(f, GEO_EDGES_GEODESIC);
    static const uint8_t kinds[] = {GEO_KIND_POINT, GEO_KIND_LINE, GEO_KIND_LINE, GEO_KIND_POLYGON,
                                    GEO_KIND_POLYGON};
    assert_int_equal(f->batch->shape[0], GEO_SHAPE_COLLECTION);
    assert_int_equal(parts_of(f->batch, 0), COUNT(kinds));
    assert_memory_equal(f->batch->part_kind, kinds, sizeof kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(points_are_wrapped),
        TEST(what_lies_inside_stays_as_it_is),
        TEST(a_geodesic_line_is_cut_where_the_geodesic_crosses),
        TEST(a_lonlat_line_is_cut_on_the_straight_line),
        TEST(lines_that_touch_the_antimeridian),
        TEST(a_square_is_cut_in_two),
        TEST(a_hole_across_is_cut_with_its_polygon),
        TEST(a_polygon_on_another_turn_keeps_its_holes),
        TEST(the_cut_of_a_polygon_lies_on_its_geodesic_edges),
        TEST(rings_round_a_pole_are_closed_through_it),
        TEST(a_band_round_a_pole_loses_its_inner_cap),
        TEST(a_wavering_ring_round_a_pole_is_cut_into_valid_parts),
        TEST(a_ring_that_goes_round_twice_is_skipped_with_a_note),
        TEST(coordinates_out_of_range_are_skipped_with_a_note),
        TEST(parts_of_a_collection_are_cut_each_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
