/* What a map is made of: outlines with fewer vertices, geodesic edges, features drawn in part, the place of a map,
 * and JSON that may stand in a script. */
#include "shapes.h"

#include <geodesic.h>
#include <stdio.h>

#include "draw/map_edges.h"
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

/* Draws from 90,000 features in batches of so many; all must be the same. */
static void take_sample(struct room *room, struct sample *sample, int batch)
{
    assert_ok(room->ctx, sample_begin(room->ctx, sample, room->in, NULL, 0, GEO_EDGES_GEODESIC));
    for (int from = 0; from < 90000; from += batch) {
        geo_batch_clear(room->in);
        for (int i = 0; i < batch; i++)
            assert_ok(room->ctx,
                      geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_NULL, from + i));
        assert_ok(room->ctx, sample_take(room->ctx, sample, room->in));
        assert_in_range(sample->drawn->n, 1, 2 * SAMPLE_MAX);
    }
    assert_int_equal(sample->seen, 90000);
    assert_ok(room->ctx, sample_end(room->ctx, sample, 0));
}

/* Of a fair choice of 20,000 among 90,000 each residue class of m has 20,000 / m, give or take; five
 * standard deviations of the hypergeometric distribution. */
static void a_sample_is_full_and_has_of_all_that_repeats(void **state)
{
    struct room *room = *state;
    struct sample sample, other;
    take_sample(room, &sample, 1000);
    take_sample(room, &other, 7500);
    assert_int_equal(sample.drawn->n, SAMPLE_MAX);
    assert_int_equal(other.drawn->n, SAMPLE_MAX);
    for (size_t i = 0; i < sample.drawn->n; i++) {
        assert_int_equal(sample.drawn->fid[i], other.drawn->fid[i]);
        assert_true(i == 0 || sample.drawn->fid[i] > sample.drawn->fid[i - 1]);
    }
    for (size_t m = 2; m <= 16; m *= 2) {
        size_t n[16] = {0};
        const double part = 1.0 / (double)m, left = 70000.0 / 89999;
        const double deviation = sqrt(SAMPLE_MAX * part * (1 - part) * left);
        for (size_t i = 0; i < sample.drawn->n; i++)
            n[(size_t)sample.drawn->fid[i] % m]++;
        for (size_t k = 0; k < m; k++)
            assert_near((double)n[k], SAMPLE_MAX * part, 5 * deviation);
    }
    sample_release(&sample);
    sample_release(&other);
}

static void a_layer_that_fits_is_drawn_whole(void **state)
{
    struct room *room = *state;
    struct sample sample;
    assert_ok(room->ctx, sample_begin(room->ctx, &sample, room->in, NULL, 0, GEO_EDGES_GEODESIC));
    for (int i = 0; i < SAMPLE_MAX; i++)
        assert_ok(room->ctx, geo_batch_end_feature(room->ctx, room->in, GEO_SHAPE_NULL, i));
    assert_ok(room->ctx, sample_take(room->ctx, &sample, room->in));
    assert_ok(room->ctx, sample_end(room->ctx, &sample, 0));
    assert_int_equal(sample.drawn->n, SAMPLE_MAX);
    sample_release(&sample);
}

/* ---- edges ---- */

static const struct {
    struct geo_lonlat a, b;
    size_t least, most; /* vertices in between */
} spans[] = {
    {{105, 60}, {165, 60}, 10, 255},    /* a parallel */
    {{105, -60}, {165, -50}, 10, 255},  /* south of the equator */
    {{-20, -30}, {40, 30}, 10, 255},    /* over it: the middles are one place */
    {{150, 50}, {210, 55}, 10, 255},    /* over the antimeridian */
    {{0, 85}, {179, 86}, 10, 255},      /* close by the pole */
    {{105, 0}, {165, 0}, 0, 0},         /* the equator */
    {{105, -70}, {105, 80}, 0, 0},      /* a meridian */
    {{105, 21}, {105.01, 21.01}, 0, 0}, /* short */
    {{0, 80}, {180, 70}, 2, 2},         /* over the pole */
};

static void add_span(struct room *room, size_t k)
{
    const struct geo_lonlat ends[] = {spans[k].a, spans[k].b};
    geo_batch_clear(room->in);
    geo_batch_clear(room->out);
    shape_ring(room->ctx, room->in, ends, 2);
    shape_part(room->ctx, room->in, GEO_KIND_LINE);
    shape_feature(room->ctx, room->in);
}

/* A place is on a geodesic if the ways to its ends are as long as the geodesic. */
static double detour_m(const struct geod_geodesic *g, struct geo_lonlat a, struct geo_lonlat at,
                       struct geo_lonlat b)
{
    double whole, first, second;
    geod_inverse(g, a.lat, a.lon, b.lat, b.lon, &whole, NULL, NULL);
    geod_inverse(g, a.lat, a.lon, at.lat, at.lon, &first, NULL, NULL);
    geod_inverse(g, at.lat, at.lon, b.lat, b.lon, &second, NULL, NULL);
    return first + second - whole;
}

static void long_edges_are_drawn_as_geodesics(void **state)
{
    struct room *room = *state;
    struct geod_geodesic g;
    geod_init(&g, 6378137, 1 / 298.257223563);
    for (size_t k = 0; k < COUNT(spans); k++) {
        const struct geo_lonlat a = spans[k].a, b = spans[k].b;
        add_span(room, k);
        assert_ok(room->ctx, edges_copy(room->ctx, room->out, room->in, 0, GEO_EDGES_GEODESIC));
        const struct geo_lonlat *v = room->out->vertex;
        const size_t n = room->out->vertex_count;
        assert_in_range(n - 2, spans[k].least, spans[k].most);
        for (size_t i = 0; i < n; i++)
            assert_near(detour_m(&g, a, v[i], b), 0, 1e-6);
        for (size_t i = 1; i < n; i++) /* they run one way, on the turn of the ends */
            assert_true(a.lon <= v[i - 1].lon && v[i - 1].lon <= v[i].lon && v[i].lon <= b.lon);
        for (size_t i = 1; spans[k].most == 255 && i < n; i++) {
            const struct geo_lonlat middle = {(v[i].lon + v[i - 1].lon) / 2,
                                              (v[i].lat + v[i - 1].lat) / 2};
            double way_m, s_m;
            geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, &way_m, NULL, NULL);
            geod_inverse(&g, v[i].lat, v[i].lon, v[i - 1].lat, v[i - 1].lon, &s_m, NULL, NULL);
            const double detour = detour_m(&g, v[i - 1], middle, v[i]); /* 2 h h / s of a bow h */
            assert_true(sqrt(fmax(detour, 0) * s_m / 2) < 2e-4 * way_m);
        }
    }
}

static void straight_edges_stay_straight(void **state)
{
    struct room *room = *state;
    for (size_t k = 0; k < COUNT(spans); k++) {
        add_span(room, k);
        assert_ok(room->ctx, edges_copy(room->ctx, room->out, room->in, 0, GEO_EDGES_LONLAT));
        assert_int_equal(room->out->vertex_count, 2);
    }
}

static void edges_take_bounded_room(void **state)
{
    struct room *room = *state;
    const size_t n = 5000;
    struct geo_lonlat *vertex;
    assert_ok(room->ctx, geo_batch_add_vertices(room->ctx, room->in, n, &vertex));
    for (size_t v = 0; v < n; v++)
        vertex[v] = (struct geo_lonlat){v % 2 ? 150 : 0, v % 3 ? 60 : 50};
    assert_ok(room->ctx, geo_batch_end_ring(room->ctx, room->in));
    shape_part(room->ctx, room->in, GEO_KIND_LINE);
    shape_feature(room->ctx, room->in);
    assert_ok(room->ctx, edges_bend(room->ctx, &room->in));
    assert_int_equal(room->in->n, 1);
    assert_in_range(room->in->vertex_count, n + 1, 2 * n + 1024);
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

static void add_box(struct room *room, double west, double east)
{
    const struct geo_lonlat ring[] = {{west, 0}, {east, 0}, {east, 1}, {west, 1}, {west, 0}};
    shape_ring(room->ctx, room->in, ring, COUNT(ring));
    shape_part(room->ctx, room->in, GEO_KIND_POLYGON);
}

/* As RFC 7946, section 3.1.9, wants shapes to be written. */
static void a_zone_that_was_cut_at_the_antimeridian_is_one_place(void **state)
{
    struct room *room = *state;
    struct geo_batch *context = room->out;
    struct map_layer layer[] = {{.looks = {.role = ROLE_CONTEXT}, .drawn = context},
                                {.looks = {.role = ROLE_ZONES}, .drawn = room->in}};
    struct map map = {.layer = layer, .layers = 2};
    add_box(room, 179, 180);
    add_box(room, -180, -178);
    shape_feature(room->ctx, room->in);
    add_box(room, -177, -176);
    shape_feature(room->ctx, room->in);
    room->in = context;
    add_box(room, -180, -100);
    add_box(room, 100, 180);
    shape_feature(room->ctx, context);
    room->in = layer[1].drawn;
    assert_int_equal(map_place(&map), GEO_OK);
    assert_near(map.box.west, 179, 0);
    assert_near(map.box.east, 184, 0);
    assert_near(room->in->vertex[5].lon, 180, 0);
    assert_near(context->vertex[0].lon, 180, 0);
    assert_near(context->vertex[5].lon, 100, 0);
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
        cmocka_unit_test_setup_teardown(a_sample_is_full_and_has_of_all_that_repeats, open_room,
                                        close_room),
        cmocka_unit_test_setup_teardown(a_layer_that_fits_is_drawn_whole, open_room, close_room),
        cmocka_unit_test_setup_teardown(long_edges_are_drawn_as_geodesics, open_room, close_room),
        cmocka_unit_test_setup_teardown(straight_edges_stay_straight, open_room, close_room),
        cmocka_unit_test_setup_teardown(edges_take_bounded_room, open_room, close_room),
        cmocka_unit_test_setup_teardown(a_zone_that_was_cut_at_the_antimeridian_is_one_place,
                                        open_room, close_room),
        cmocka_unit_test_setup_teardown(a_map_begins_after_its_widest_gap, open_room, close_room),
        cmocka_unit_test_setup_teardown(nothing_has_no_place, open_room, close_room),
        cmocka_unit_test(what_would_end_a_script_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
