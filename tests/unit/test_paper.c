/* The sheet: where places lie on it, what its bar measures, how labels keep apart. Lengths are held
 * against GeographicLib's geodesics, shapes against GEOS. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include <cairo.h>
#include <geodesic.h>
#include <ogr_api.h>

#include "draw/paper.h"
#include "draw/paper_along.h"
#include "draw/paper_grid.h"
#include "draw/paper_path.h"
#include "draw/paper_place.h"
#include "draw/paper_scale.h"
#include "draw/paper_view.h"

static const struct area frame = {30, 40, 600, 500};

static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic g;
    geod_init(&g, 6378137, 1 / 298.257223563);
    return g;
}

static struct view open_view(const struct map_box *box)
{
    struct view view;
    assert_true(view_open(&view, box));
    view_fit(&view, frame, false);
    return view;
}

static double apart(struct spot a, struct spot b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

static const struct {
    struct map_box box;
    enum view_kind kind;
} extents[] = {
    {{105.3, 21.0, 105.9, 21.5}, VIEW_CONE},   /* a province */
    {{102, 8, 110, 23.5}, VIEW_CONE},          /* a country */
    {{179.5, -17, 180.4, -16.5}, VIEW_CONE},   /* across the antimeridian */
    {{-180.4, -17, -179.5, -16.5}, VIEW_CONE}, /* from the other side */
    {{105.6, 21.3, 105.6, 21.3}, VIEW_CONE},   /* one place */
    {{105.6, 21.3, 105.6004, 21.3002}, VIEW_CONE},
    {{-5, 60, 30, 71}, VIEW_CONE},
    {{100, -7, 120, 7}, VIEW_CYLINDER},
    {{-180, -90, 180, 84}, VIEW_CYLINDER}, /* the world */
    {{20, -90, 380, 90}, VIEW_CYLINDER},
    {{-180, 60, 180, 90}, VIEW_PLANE},
    {{-180, -90, 180, -60}, VIEW_PLANE},
    {{10, 79, 30, 81}, VIEW_PLANE},
};

enum { EXTENTS = sizeof extents / sizeof extents[0] };

static void the_projection_suits_the_extent(void **state)
{
    (void)state;
    for (size_t k = 0; k < EXTENTS; k++) {
        struct view view = open_view(&extents[k].box);
        assert_int_equal(view.kind, extents[k].kind);
        view_close(&view);
    }
}

static void the_whole_box_lies_in_the_frame_and_fills_it(void **state)
{
    (void)state;
    for (size_t k = 0; k < EXTENTS; k++) {
        const struct map_box *b = &extents[k].box;
        struct view view = open_view(b);
        double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
        for (int i = 0; i <= 40; i++)
            for (int j = 0; j <= 40; j++) {
                struct geo_lonlat place = {b->west + (b->east - b->west) * i / 40,
                                           b->south + (b->north - b->south) * j / 40};
                struct spot at = view_spot(&view, place);
                struct area all = area_inset(view.frame, -0.2);
                assert_true(area_has(&all, at));
                x0 = fmin(x0, at.x), x1 = fmax(x1, at.x);
                y0 = fmin(y0, at.y), y1 = fmax(y1, at.y);
            }
        if (b->east > b->west)
            assert_true(x1 - x0 > 0.9 * frame.width || y1 - y0 > 0.9 * frame.height);
        view_close(&view);
    }
}

/* A small circle on the ground is a circle on the sheet: all directions are stretched alike. */
static void the_map_is_conformal(void **state)
{
    (void)state;
    struct geod_geodesic g = wgs84();
    for (size_t k = 0; k < EXTENTS; k++) {
        const struct map_box *b = &extents[k].box;
        struct view view = open_view(b);
        for (int i = 1; i < 36; i++) {
            double lat = b->south + (b->north - b->south) * (i % 6 + 0.5) / 6;
            double lon = b->west + (b->east - b->west) * (i / 6 + 0.5) / 6;
            if (fabs(lat) > 84)
                continue;
            struct spot middle = view_spot(&view, (struct geo_lonlat){lon, lat});
            double least = INFINITY, most = 0;
            for (int azimuth = 0; azimuth < 360; azimuth += 20) {
                double to_lat, to_lon;
                geod_direct(&g, lat, lon, azimuth, 100, &to_lat, &to_lon, NULL);
                to_lon = lon + remainder(to_lon - lon, 360);
                double d = apart(middle, view_spot(&view, (struct geo_lonlat){to_lon, to_lat}));
                least = fmin(least, d);
                most = fmax(most, d);
            }
            assert_near(most / least, 1, 2e-4);
        }
        view_close(&view);
    }
}

/* What the bar shows along the middle latitude is what GeographicLib measures there. */
static void lengths_are_true_along_the_middle_latitude(void **state)
{
    (void)state;
    struct geod_geodesic g = wgs84();
    for (size_t k = 0; k < EXTENTS; k++) {
        struct view view = open_view(&extents[k].box);
        for (double away = -0.4; away <= 0.4; away += 0.2) {
            double lon = view.lon + away * (extents[k].box.east - extents[k].box.west);
            struct spot a = view_spot(&view, (struct geo_lonlat){lon, view.lat});
            struct spot b = view_spot(&view, (struct geo_lonlat){lon + 1e-3, view.lat});
            double length_m;
            geod_inverse(&g, view.lat, lon, view.lat, lon + 1e-3, &length_m, NULL, NULL);
            assert_near(apart(a, b) / view.points_a_metre / length_m, 1, 1e-5);
        }
        view_close(&view);
    }
}

/* The bar of a province, laid anywhere on its map in any direction. */
static void a_provinces_bar_is_true_everywhere(void **state)
{
    (void)state;
    struct geod_geodesic g = wgs84();
    const struct map_box box = {105.3, 21.0, 105.9, 21.5};
    struct view view = open_view(&box);
    struct scale_bar bar = scale_bar_for(150 / view.points_a_metre);
    double half = bar.length_m * view.points_a_metre / 2;
    assert_true(2 * half > 60 && 2 * half <= 150);
    for (int k = 0; k < 60; k++) {
        struct spot at = {frame.x + frame.width * (k % 6 + 1) / 7,
                          frame.y + frame.height * (k / 6 + 1) / 11};
        double x = cos(k) * half, y = sin(k) * half, length_m;
        struct geo_lonlat a = view_place(&view, (struct spot){at.x - x, at.y - y});
        struct geo_lonlat b = view_place(&view, (struct spot){at.x + x, at.y + y});
        geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, &length_m, NULL, NULL);
        assert_near(length_m / bar.length_m, 1, 2e-5);
    }
    assert_true(view_stretch(&view) < 2e-5);
    view_close(&view);
}

static void a_place_comes_back_from_its_spot(void **state)
{
    (void)state;
    for (size_t k = 0; k < EXTENTS; k++) {
        const struct map_box *b = &extents[k].box;
        struct view view = open_view(b);
        for (int i = 0; i < 25; i++) {
            double lat = b->south + (b->north - b->south) * (i % 5 + 0.5) / 5;
            double lon = b->west + (b->east - b->west) * (i / 5 + 0.5) / 5;
            if (fabs(lat) > 84.9)
                continue;
            struct spot spot = view_spot(&view, (struct geo_lonlat){lon, lat});
            struct geo_lonlat back = view_place(&view, spot);
            assert_near(back.lon, lon, 1e-8);
            assert_near(back.lat, lat, 1e-8);
        }
        view_close(&view);
    }
}

static void longitudes_run_on_across_the_antimeridian(void **state)
{
    (void)state;
    const struct map_box box = {170, -30, 200, 10};
    struct view view = open_view(&box);
    struct spot before = view_spot(&view, (struct geo_lonlat){170, -10});
    for (int lon = 171; lon <= 200; lon++) {
        struct spot at = view_spot(&view, (struct geo_lonlat){lon, -10});
        assert_true(at.x > before.x && at.x - before.x < 30);
        before = at;
    }
    view_close(&view);
}

static void the_scale_of_a_sheet_is_a_round_number(void **state)
{
    (void)state;
    for (size_t k = 0; k < EXTENTS; k++) {
        struct view view;
        assert_true(view_open(&view, &extents[k].box));
        view_fit(&view, frame, true);
        double n = view_scale(&view), unit = pow(10, floor(log10(n * (1 + 1e-9))) - 1);
        assert_near(remainder(n / unit, 1), 0, 1e-6);
        /* one metre on the ground in points of paper, 72 an inch of 25.4 mm */
        assert_near(view.points_a_metre * n * 0.0254 / 72, 1, 1e-12);
        view_close(&view);
    }
}

/* ---- furniture ---- */

static void bars_are_1_2_or_5_and_zeros(void **state)
{
    (void)state;
    static const struct {
        double longest, length;
    } rows[] = {{1, 1},   {1.99, 1},      {2, 2},         {4.99, 2},        {5, 5},      {9.99, 5},
                {10, 10}, {12345, 10000}, {25000, 20000}, {999999, 500000}, {0.07, 0.05}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        assert_near(scale_bar_for(rows[k].longest).length_m, rows[k].length, 1e-9 * rows[k].length);
}

static void thousands_stand_apart(void **state)
{
    (void)state;
    char text[40];
    static const struct {
        double number;
        const char *en, *vi;
    } rows[] = {{999, "999", "999"},
                {1600, "1,600", "1.600"},
                {240000, "240,000", "240.000"},
                {39000000, "39,000,000", "39.000.000"}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        scale_number(rows[k].number, false, text, sizeof text);
        assert_string_equal(text, rows[k].en);
        scale_number(rows[k].number, true, text, sizeof text);
        assert_string_equal(text, rows[k].vi);
    }
}

static void degrees_are_named_as_maps_name_them(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        bool is_lon;
        double step;
        const char *en, *vi;
    } rows[] = {
        {105.5 * 3600, true, 600, "105°30′E", "105°30′Đ"},
        {-105.5 * 3600, true, 600, "105°30′W", "105°30′T"},
        {21 * 3600, false, 3600, "21°N", "21°B"},
        {-21 * 3600, false, 3600, "21°S", "21°N"},
        {21 * 3600 + 59, false, 1, "21°00′59″N", "21°00′59″B"},
        {190 * 3600, true, 3600, "170°W", "170°T"},
        {-190 * 3600, true, 3600, "170°E", "170°Đ"},
        {180 * 3600, true, 3600, "180°", "180°"},
        {-180 * 3600, true, 3600, "180°", "180°"},
        {360 * 3600, true, 3600, "0°", "0°"},
        {0, false, 3600, "0°", "0°"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        char text[40];
        grid_label(rows[k].seconds, rows[k].is_lon, rows[k].step, false, text, sizeof text);
        assert_string_equal(text, rows[k].en);
        grid_label(rows[k].seconds, rows[k].is_lon, rows[k].step, true, text, sizeof text);
        assert_string_equal(text, rows[k].vi);
    }
}

static void steps_of_degrees_are_round(void **state)
{
    (void)state;
    static const double rows[][2] = {{0.2, 1},   {1, 1},       {3, 5},         {200, 300},
                                     {301, 600}, {1801, 3600}, {40000, 54000}, {1e9, 108000}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        assert_near(grid_step(rows[k][0]), rows[k][1], 0);
}

/* ---- labels ---- */

/* A repeatable sequence in [0, 1). */
static double dice(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static OGRGeometryH polygon_of(const struct spot *at, size_t n)
{
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
    for (size_t i = 0; i < n; i++)
        OGR_G_AddPoint_2D(ring, at[i].x, at[i].y);
    OGR_G_CloseRings(ring);
    OGR_G_AddGeometryDirectly(polygon, ring);
    return polygon;
}

static OGRGeometryH polygon_of_box(const struct label_box *b)
{
    struct spot at[4];
    for (int k = 0; k < 4; k++) {
        double x = (k == 1 || k == 2 ? 1 : -1) * b->width / 2, y = (k > 1 ? 1 : -1) * b->height / 2;
        double c = cos(b->angle), s = sin(b->angle);
        at[k] = (struct spot){b->middle.x + c * x - s * y, b->middle.y + s * x + c * y};
    }
    return polygon_of(at, 4);
}

static bool geos_says_they_meet(const struct label_box *a, const struct label_box *b)
{
    OGRGeometryH p = polygon_of_box(a), q = polygon_of_box(b);
    bool meet = OGR_G_Intersects(p, q);
    OGR_G_DestroyGeometry(p);
    OGR_G_DestroyGeometry(q);
    return meet;
}

static struct label_box random_box(uint64_t *seed)
{
    struct label_box box = {.width = 5 + 90 * dice(seed), .height = 5 + 15 * dice(seed)};
    box.middle =
        (struct spot){frame.x + frame.width * dice(seed), frame.y + frame.height * dice(seed)};
    box.angle = dice(seed) < 0.5 ? 0 : M_PI * (dice(seed) - 0.5);
    return box;
}

static void boxes_meet_where_GEOS_says_so(void **state)
{
    (void)state;
    uint64_t seed = 7;
    size_t meetings = 0;
    for (int k = 0; k < 3000; k++) {
        struct label_box a = random_box(&seed), b = random_box(&seed);
        b.middle = (struct spot){a.middle.x + 80 * (dice(&seed) - 0.5),
                                 a.middle.y + 60 * (dice(&seed) - 0.5)};
        bool meet = boxes_meet(&a, &b);
        meetings += meet;
        assert_int_equal(meet, geos_says_they_meet(&a, &b));
    }
    assert_in_range(meetings, 500, 2500);
}

static void no_label_meets_another_or_leaves_the_frame(void **state)
{
    (void)state;
    struct placer placer;
    uint64_t seed = 11;
    assert_true(placer_begin(&placer, frame));
    for (int k = 0; k < 4000; k++) {
        struct label_box box = random_box(&seed);
        if (placer_cost(&placer, &box) < INFINITY)
            assert_true(placer_take(&placer, &box));
    }
    assert_true(placer.n > 100);
    struct spot corners[4] = {{30, 40}, {630, 40}, {630, 540}, {30, 540}};
    OGRGeometryH all = polygon_of(corners, 4);
    for (size_t i = 0; i < placer.n; i++) {
        OGRGeometryH box = polygon_of_box(&placer.taken[i]);
        assert_true(OGR_G_Contains(all, box));
        OGR_G_DestroyGeometry(box);
        for (size_t k = 0; k < i; k++)
            assert_false(geos_says_they_meet(&placer.taken[i], &placer.taken[k]));
    }
    OGR_G_DestroyGeometry(all);
    placer_end(&placer);
}

static void a_label_along_a_line_does_not_meet_it(void **state)
{
    (void)state;
    uint64_t seed = 3;
    size_t found = 0;
    for (int k = 0; k < 200; k++) {
        struct placer placer;
        struct spot at[20];
        struct spots line = {.n = 20, .at = at};
        struct label_box box;
        double x = 0, y = 0, turn = 6.28 * dice(&seed);
        for (int i = 0; i < 20; i++, turn += 0.5 * (dice(&seed) - 0.5)) {
            at[i] = (struct spot){330 + x, 290 + y};
            x += 15 * cos(turn);
            y += 15 * sin(turn);
        }
        assert_true(placer_begin(&placer, frame));
        if (along_find(&placer, &line, 60, 8, 1.5, &box)) {
            found++;
            assert_true(fabs(box.angle) <= M_PI / 2 + 1e-9); /* not upside down */
            OGRGeometryH course = OGR_G_CreateGeometry(wkbLineString);
            for (int i = 0; i < 20; i++)
                OGR_G_AddPoint_2D(course, at[i].x, at[i].y);
            OGRGeometryH label = polygon_of_box(&box);
            double gap = OGR_G_Distance(course, label);
            assert_true(gap > 0.5 && gap < 6);
            OGR_G_DestroyGeometry(label);
            OGR_G_DestroyGeometry(course);
        }
        placer_end(&placer);
    }
    assert_true(found > 150);
}

/* ---- paths ---- */

/* Twice the signed area of Cairo's path. */
static double path_area(cairo_t *cr, const struct area *window)
{
    cairo_path_t *path = cairo_copy_path(cr);
    struct spot first = {0, 0}, last = {0, 0};
    double sum = 0;
    struct area all = area_inset(*window, -0.01);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        if (path->data[i].header.type == CAIRO_PATH_CLOSE_PATH) {
            sum += last.x * first.y - first.x * last.y;
            continue;
        }
        struct spot at = {path->data[i + 1].point.x, path->data[i + 1].point.y};
        assert_true(area_has(&all, at));
        if (path->data[i].header.type == CAIRO_PATH_MOVE_TO)
            first = at;
        else
            sum += last.x * at.y - at.x * last.y;
        last = at;
    }
    cairo_path_destroy(path);
    return fabs(sum);
}

/* A star of n spikes round a place, some of it outside of the window. */
static struct geo_batch *star(struct geo_ctx *ctx, uint64_t *seed)
{
    enum { N = 24 };
    struct geo_batch *batch = geo_batch_new();
    struct geo_lonlat *v, middle = {105 + dice(seed), 20.7 + dice(seed)};
    double size = pow(10, -1 + 3 * dice(seed));
    assert_non_null(batch);
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, N + 1, &v));
    for (int k = 0; k < N; k++) {
        double r = size * (0.2 + 0.8 * dice(seed)), angle = 2 * M_PI * k / N;
        v[k] = (struct geo_lonlat){middle.lon + r * cos(angle), middle.lat + 0.5 * r * sin(angle)};
    }
    v[N] = v[0];
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_POLYGON, 1));
    return batch;
}

static double area_by_GEOS(struct tracer *tracer)
{
    const struct area *w = &tracer->window;
    struct spot corners[4] = {{w->x, w->y},
                              {w->x + w->width, w->y},
                              {w->x + w->width, w->y + w->height},
                              {w->x, w->y + w->height}};
    OGRGeometryH window = polygon_of(corners, 4);
    OGRGeometryH ring = polygon_of(tracer->line.at, tracer->line.n);
    OGRGeometryH common = OGR_G_Intersection(window, ring);
    double area = OGR_G_Area(common);
    OGR_G_DestroyGeometry(common);
    OGR_G_DestroyGeometry(ring);
    OGR_G_DestroyGeometry(window);
    return area;
}

static void polygons_are_cut_as_GEOS_cuts_them(void **state)
{
    (void)state;
    struct geo_ctx *ctx = geo_ctx_new();
    const struct map_box box = {105.3, 21.0, 105.9, 21.5};
    struct view view = open_view(&box);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(surface);
    struct tracer tracer = tracer_on(&view);
    uint64_t seed = 5;
    for (int k = 0; k < 200; k++) {
        struct geo_batch *batch = star(ctx, &seed);
        tracer_ring(&tracer, batch, 0);
        double expected = area_by_GEOS(&tracer);
        cairo_new_path(cr);
        tracer_add(&tracer, cr, batch, 0, GEO_KIND_POLYGON, 0);
        /* Cairo keeps 1/256 of a point */
        assert_near(path_area(cr, &tracer.window) / 2, expected, 2 + 1e-4 * expected);
        geo_batch_free(batch);
    }
    assert_false(tracer.is_short);
    tracer_release(&tracer);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    view_close(&view);
    geo_ctx_free(ctx);
}

/* ---- options ---- */

static void files_name_their_kind(void **state)
{
    (void)state;
    enum paper_kind kind;
    assert_true(paper_kind_of("a.b/map.svg", &kind) && kind == PAPER_SVG);
    assert_true(paper_kind_of("map.PDF", &kind) && kind == PAPER_PDF);
    assert_true(paper_kind_of(".png", &kind) && kind == PAPER_PNG);
    assert_false(paper_kind_of("map.html", &kind));
    assert_false(paper_kind_of("svg", &kind));
    assert_false(paper_kind_of(NULL, &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_projection_suits_the_extent),
        cmocka_unit_test(the_whole_box_lies_in_the_frame_and_fills_it),
        cmocka_unit_test(the_map_is_conformal),
        cmocka_unit_test(lengths_are_true_along_the_middle_latitude),
        cmocka_unit_test(a_provinces_bar_is_true_everywhere),
        cmocka_unit_test(a_place_comes_back_from_its_spot),
        cmocka_unit_test(longitudes_run_on_across_the_antimeridian),
        cmocka_unit_test(the_scale_of_a_sheet_is_a_round_number),
        cmocka_unit_test(bars_are_1_2_or_5_and_zeros),
        cmocka_unit_test(thousands_stand_apart),
        cmocka_unit_test(degrees_are_named_as_maps_name_them),
        cmocka_unit_test(steps_of_degrees_are_round),
        cmocka_unit_test(boxes_meet_where_GEOS_says_so),
        cmocka_unit_test(no_label_meets_another_or_leaves_the_frame),
        cmocka_unit_test(a_label_along_a_line_does_not_meet_it),
        cmocka_unit_test(polygons_are_cut_as_GEOS_cuts_them),
        cmocka_unit_test(files_name_their_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
