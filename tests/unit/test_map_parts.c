/* What a map is made of: outlines with fewer vertices, features drawn in part, the place of a map,
 * and JSON that may stand in a script. */
#include "shapes.h"

#include <stdio.h>

#include "draw/map_place.h"
#include "draw/map_sample.h"
#include "draw/map_thin.h"
#include "draw/page_data.h"

/* A ring of n vertices round a place, as wide as high on the ground. */
static void add_circle(struct room *room, double lon, double lat, double radius_deg, size_t n)
{
    struct geo_lonlat *vertex;
    const double scale = cos(lat * M_PI / 180);
    assert_ok(room->ctx, geo_batch_add_vertices(room->ctx, room->in, n + 1, &vertex));
    for (size_t v = 0; v <= n; v++) {
        const double angle = 2 * M_PI * (double)(v % n) / (double)n;
        vertex[v].lon = lon + radius_deg / scale * cos(angle);
        vertex[v].lat = lat + radius_deg * sin(angle);
    }
    assert_ok(room->ctx, geo_batch_end_ring(room->ctx, room->in));
}

static void end_polygon(struct room *room)
{
    const int64_t fid = (int64_t)room->in->n;
    assert_ok(room->ctx, geo_batch_end_part(room->ctx, room->in, GEO_KIND_POLYGON));
    assert_ok(room->ctx, geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_POLYGON, fid));
}

/* ---- thinning ---- */

/* The sagitta of a chord that spans k of n steps of a circle is r (1 - cos(pi k / n)): with the
 * tolerance, so many vertices at most are left out in a row. */
static void a_circle_keeps_what_its_tolerance_needs(void **state)
{
    struct room *room = *state;
    const double tolerance_deg = 1e-4, radius_deg = 0.1;
    const size_t n = 10000;
    add_circle(room, 105, 21, radius_deg, n);
    end_polygon(room);
    assert_ok(room->ctx, thin_batch(room->ctx, &room->in, tolerance_deg));
    const struct geo_batch *b = room->in;
    const double widest = acos(1 - tolerance_deg / radius_deg) * 2; /* of a chord, radians */
    assert_in_range(b->vertex_count, (size_t)(2 * M_PI / widest), 200);
    for (size_t v = 0; v + 1 < b->vertex_count; v++) {
        const double dx = (b->vertex[v + 1].lon - b->vertex[v].lon) * cos(21 * M_PI / 180);
        const double chord = hypot(dx, b->vertex[v + 1].lat - b->vertex[v].lat);
        const double sagitta = radius_deg - sqrt(radius_deg * radius_deg - chord * chord / 4);
        assert_true(sagitta <= tolerance_deg * 1.01);
    }
}

static void holes_and_small_rings_keep_a_triangle(void **state)
{
    struct room *room = *state;
    add_circle(room, 105, 21, 0.1, 400);
    add_circle(room, 105, 21, 1e-6, 50);
    end_polygon(room);
    add_circle(room, 106, 21, 1e-7, 30);
    end_polygon(room);
    assert_ok(room->ctx, thin_batch(room->ctx, &room->in, 0.01));
    const struct geo_batch *b = room->in;
    assert_int_equal(b->n, 2);
    assert_int_equal(b->ring_count, 3);
    for (size_t r = 0; r < b->ring_count; r++) {
        const size_t first = b->vertex_start[r], end = b->vertex_start[r + 1];
        assert_true(end - first >= 4);
        assert_near(b->vertex[first].lon, b->vertex[end - 1].lon, 0);
        assert_near(b->vertex[first].lat, b->vertex[end - 1].lat, 0);
    }
}

/* Splitting it at its farthest vertex takes one vertex off each time. */
static void a_spiral_does_not_take_quadratic_time(void **state)
{
    struct room *room = *state;
    const size_t n = 400000;
    struct geo_lonlat *vertex;
    assert_ok(room->ctx, geo_batch_add_vertices(room->ctx, room->in, n, &vertex));
    for (size_t v = 0; v < n; v++) {
        const double angle = (double)v * 0.5, r = exp(-(double)v * 2e-5);
        vertex[v] = (struct geo_lonlat){105 + r * cos(angle), 21 + r * sin(angle)};
    }
    assert_ok(room->ctx, geo_batch_end_ring(room->ctx, room->in));
    assert_ok(room->ctx, geo_batch_end_part(room->ctx, room->in, GEO_KIND_LINE));
    assert_ok(room->ctx, geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_LINE, 0));
    assert_ok(room->ctx, thin_batch(room->ctx, &room->in, 1e-3));
    assert_in_range(room->in->vertex_count, 1000, n);
}

/* ---- features drawn in part ---- */

static void a_sample_is_even_and_bounded(void **state)
{
    struct room *room = *state;
    struct sample sample;
    assert_ok(room->ctx, sample_begin(room->ctx, &sample, room->in, NULL, 0));
    for (int batch = 0; batch < 90; batch++) {
        geo_batch_clear(room->in);
        for (int i = 0; i < 1000; i++)
            assert_ok(room->ctx,
                      geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_NULL, batch * 1000 + i));
        assert_ok(room->ctx, sample_take(room->ctx, &sample, room->in));
        assert_in_range(sample.drawn->n, 1, SAMPLE_MAX);
    }
    assert_int_equal(sample.seen, 90000);
    assert_int_equal(sample.drawn->n, 11250);
    for (size_t i = 0; i < sample.drawn->n; i++)
        assert_int_equal(sample.drawn->fid[i], 8 * i);
    sample_release(&sample);
}

/* ---- the place of a map ---- */

static void check_box(struct room *room, const double *lon, size_t n, double west, double east)
{
    struct map_layer layer = {.looks = {.role = ROLE_ZONES}};
    struct map map = {.layer = &layer, .layers = 1};
    geo_batch_clear(room->in);
    for (size_t i = 0; i < n; i++) {
        add_circle(room, lon[i], 0, 1, 360);
        end_polygon(room);
    }
    layer.drawn = room->in;
    assert_int_equal(map_place(&map), GEO_OK);
    assert_near(map.box.west, west, 1e-9);
    assert_near(map.box.east, east, 1e-9);
    assert_near(map.box.south, -1, 1e-9);
    assert_near(map.box.north, 1, 1e-9);
}

static void a_map_begins_after_its_widest_gap(void **state)
{
    struct room *room = *state;
    check_box(room, (const double[]){105, 106}, 2, 104, 107);
    check_box(room, (const double[]){-179, 178}, 2, 177, 182);
    check_box(room, (const double[]){180.5}, 1, 179.5, 181.5);
    check_box(room, (const double[]){-180.5}, 1, 178.5, 180.5);
    check_box(room, (const double[]){-100, 100, 0}, 3, -101, 101);
    check_box(room, (const double[]){-100, 120}, 2, 119, 261);
}

static void nothing_has_no_place(void **state)
{
    struct room *room = *state;
    struct map_layer layer = {.drawn = room->in};
    struct map map = {.layer = &layer, .layers = 1};
    assert_int_equal(map_place(&map), GEO_END);
    assert_ok(room->ctx, geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_NULL, 0));
    assert_int_equal(map_place(&map), GEO_END);
}

/* ---- escaping ---- */

static void check_escape(const char *text, const char *expected)
{
    char *made;
    size_t n;
    FILE *out = open_memstream(&made, &n);
    assert_non_null(out);
    FILE *safe = page_escape(out);
    assert_non_null(safe);
    for (; *text; text++) { /* bytes that come one by one are held until they are known */
        putc(*text, safe);
        assert_int_equal(fflush(safe), 0);
    }
    assert_int_equal(fclose(safe), 0);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(made, expected);
    free(made);
}

static void what_would_end_a_script_is_escaped(void **state)
{
    (void)state;
    check_escape("a</script>b<!--", "a\\u003c/script>b\\u003c!--");
    check_escape("\xE2\x80\xA8|\xE2\x80\xA9", "\\u2028|\\u2029");
    check_escape("\xE2\x80\xA6 \xE2\x82\xAC \xE2\xE2\x80\xA8",
                 "\xE2\x80\xA6 \xE2\x82\xAC \xE2\\u2028");
    check_escape("\xE2\x80", "\xE2\x80");
    check_escape("\xE2\x80<", "\xE2\x80\\u003c");
    check_escape("Vĩnh Phúc", "Vĩnh Phúc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_circle_keeps_what_its_tolerance_needs, open_room,
                                        close_room),
        cmocka_unit_test_setup_teardown(holes_and_small_rings_keep_a_triangle, open_room,
                                        close_room),
        cmocka_unit_test_setup_teardown(a_spiral_does_not_take_quadratic_time, open_room,
                                        close_room),
        cmocka_unit_test_setup_teardown(a_sample_is_even_and_bounded, open_room, close_room),
        cmocka_unit_test_setup_teardown(a_map_begins_after_its_widest_gap, open_room, close_room),
        cmocka_unit_test_setup_teardown(nothing_has_no_place, open_room, close_room),
        cmocka_unit_test(what_would_end_a_script_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
