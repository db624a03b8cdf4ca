/* Buffers of wandering lines from 10 to 500 km against distances by GeographicLib: every edge of
 * every output, and points on either side of the bound all round. Of the 54 that are drawn to 1 mm,
 * which take most of the time, a third is taken, under a sanitizer 18 of all. GEO_TEST_SCENES: how
 * many of the 216 are taken, spread over all. */
#include <stdlib.h>

#include "base/geos.h"
#include "base/handles.h"
#include "course.h"
#include "geo/measure.h"
#include "shapes.h"

enum { LINES = 6, RADII = 3, LATS = 3, DEVIATIONS = 4, SCENES = LINES * RADII * LATS * DEVIATIONS };

static const struct {
    double extent_m, azi_deg;
    size_t n;
} lines[LINES] = {{1e4, 20, 51},  {1e4, 90, 51},   {1e5, 20, 201},
                  {1e5, 90, 201}, {5e5, 20, 1001}, {5e5, 90, 1001}};
static const double radii_m[RADII] = {500, 5000, 20000};
static const double lats[LATS] = {0, 21, 60};
static const double deviations_m[DEVIATIONS] = {1, 0.1, 0.01, 0.001};

/* Edges of the output by the bands of latitude that they cross, to find what lies within. */
enum { BANDS = 2048 };
struct bands {
    double south, height;
    size_t start[BANDS + 1];
    size_t *edge; /* by the vertex that ends it; those of band b from start[b] on */
};

struct table {
    struct room *room;
    struct course course;
    struct bands bands;
    double worst[DEVIATIONS]; /* share of the deviation */
    size_t edges, points;
    uint64_t random;
};

/* ---- lines ---- */

static double any(struct table *table)
{
    table->random ^= table->random << 13;
    table->random ^= table->random >> 7;
    table->random ^= table->random << 17;
    return (double)(table->random >> 11) / 9007199254740992.0;
}

/* A line that wanders about an azimuth, its middle near a place. */
static size_t make_line(struct table *table, size_t k, double lat, struct geo_lonlat *vertex)
{
    const struct course *course = &table->course;
    double step_m = lines[k].extent_m / (double)(lines[k].n - 1), wander = 0;
    struct geo_lonlat p = course_direct(course, (struct geo_lonlat){105.8, lat},
                                        lines[k].azi_deg + 180, lines[k].extent_m / 2);

    table->random = 88172645463325252u + k / 2 * 7 + k % 2;
    for (size_t i = 0; i < lines[k].n; i++) {
        vertex[i] = p;
        wander += 0.5 * (any(table) - 0.5) - 0.08 * wander;
        p = course_direct(course, p, lines[k].azi_deg + wander * 57.3, step_m);
    }
    return lines[k].n;
}

/* ---- what lies within the output ---- */

static size_t band_of(const struct bands *bands, double lat)
{
    double place = (lat - bands->south) / bands->height;
    return place <= 0 ? 0 : place >= BANDS - 1 ? BANDS - 1 : (size_t)place;
}

/* Counts the edges of each band (edge NULL), or puts them where next[] says. */
static void walk_edges(const struct geo_batch *out, const struct bands *bands, size_t *next,
                       size_t *edge)
{
    for (size_t r = 0; r < out->ring_count; r++)
        for (size_t v = out->vertex_start[r] + 1; v < out->vertex_start[r + 1]; v++) {
            double a = out->vertex[v - 1].lat, b = out->vertex[v].lat;
            size_t low = band_of(bands, fmin(a, b)), high = band_of(bands, fmax(a, b));
            for (size_t k = low; k <= high; k++) {
                if (edge)
                    edge[next[k]] = v;
                next[k]++;
            }
        }
}

static void sort_into_bands(const struct geo_batch *out, struct bands *bands)
{
    static size_t next[BANDS + 1];
    double north = -90;

    *bands = (struct bands){.south = 90};
    for (size_t v = 0; v < out->vertex_count; v++) {
        bands->south = fmin(bands->south, out->vertex[v].lat);
        north = fmax(north, out->vertex[v].lat);
    }
    bands->height = (north - bands->south) / BANDS;
    walk_edges(out, bands, bands->start + 1, NULL);
    for (size_t b = 0; b < BANDS; b++) {
        bands->start[b + 1] += bands->start[b];
        next[b] = bands->start[b];
    }
    bands->edge = calloc(bands->start[BANDS] + 1, sizeof *bands->edge);
    walk_edges(out, bands, next, bands->edge);
}

static bool lies_within(const struct table *table, struct geo_lonlat x)
{
    const struct geo_lonlat *vertex = table->room->out->vertex;
    const struct bands *bands = &table->bands;
    size_t b = band_of(bands, x.lat);
    bool within = false;

    for (size_t i = bands->start[b]; i < bands->start[b + 1]; i++) {
        struct geo_lonlat p = vertex[bands->edge[i] - 1], q = vertex[bands->edge[i]];
        if ((p.lat > x.lat) != (q.lat > x.lat))
            within ^= x.lon - p.lon < (q.lon - p.lon) * (x.lat - p.lat) / (q.lat - p.lat);
    }
    return within;
}

/* ---- the bound ---- */

struct scene {
    size_t line, deviation;
    double lat, radius_m, deviation_m;
};

static double off(struct table *table, const struct scene *scene, struct geo_lonlat x)
{
    table->points++;
    return fabs(course_distance(&table->course, x) - scene->radius_m);
}

/* How far the readings of an edge may lie apart at most: 1.1 tan(lat) / R is the curvature of lines
 * straight in longitude and latitude. */
static double readings_apart_m(struct geo_lonlat a, struct geo_lonlat b)
{
    double lat = fmax(fabs(a.lat), fabs(b.lat)) * M_PI / 180;
    double length_m = 111700 * hypot(b.lat - a.lat, b.lon - a.lon);
    return 1.1 * tan(lat) / 6335439 * length_m * length_m / 8;
}

/* The worst of seven points on an edge and its end, in both readings; one will do for both where
 * they lie closer together than a hundredth of the deviation. */
static double edge_off(struct table *table, const struct scene *scene, struct geo_lonlat a,
                       struct geo_lonlat b)
{
    double worst = off(table, scene, b), apart_m = readings_apart_m(a, b);
    bool is_one = apart_m < 0.01 * scene->deviation_m;
    double length_m, azi_deg;

    for (int k = 1; k <= 7; k++) {
        double t = k / 8.0;
        struct geo_lonlat straight = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
        worst = fmax(worst, off(table, scene, straight) + (is_one ? apart_m : 0));
    }
    if (is_one)
        return worst;
    geod_inverse(&table->course.earth, a.lat, a.lon, b.lat, b.lon, &length_m, &azi_deg, NULL);
    for (int k = 1; k <= 7; k++)
        worst = fmax(worst, off(table, scene,
                                course_direct(&table->course, a, azi_deg, k / 8.0 * length_m)));
    return worst;
}

static void check_edges(struct table *table, const struct scene *scene)
{
    const struct geo_batch *out = table->room->out;
    double worst = 0;

    for (size_t r = 0; r < out->ring_count; r++)
        for (size_t v = out->vertex_start[r] + 1; v < out->vertex_start[r + 1]; v++) {
            worst = fmax(worst, edge_off(table, scene, out->vertex[v - 1], out->vertex[v]));
            table->edges++;
        }
    assert_near(worst, 0, scene->deviation_m);
    double *most = &table->worst[scene->deviation];
    *most = fmax(*most, worst / scene->deviation_m);
}

/* A point is inside or outside as its distance has it, unless that is within the bound. */
static void check_side(struct table *table, const struct scene *scene, struct geo_lonlat from,
                       double azi_deg)
{
    for (int side = -1; side <= 1; side += 2) {
        double away_m = scene->radius_m + 2 * side * scene->deviation_m;
        struct geo_lonlat x = course_direct(&table->course, from, azi_deg, away_m);
        double beyond_m = course_distance(&table->course, x) - scene->radius_m;
        if (fabs(beyond_m) > scene->deviation_m)
            assert_int_equal(lies_within(table, x), beyond_m < 0);
        table->points++;
    }
}

/* Round every segment and its ends, which is round every cap and in every hole. */
static void check_sides(struct table *table, const struct scene *scene)
{
    const struct course *course = &table->course;

    for (size_t i = 0; i < course->n; i++) {
        const struct course_segment *s = &course->segment[i];
        for (int k = 0; k < 4; k++) {
            double lat, lon, azi;
            geod_position(&s->line, k / 3.0 * s->length_m, &lat, &lon, &azi);
            struct geo_lonlat p = {s->a.lon + remainder(lon - s->a.lon, 360), lat};
            for (int turn = 0; turn < (k % 3 ? 2 : 8); turn++)
                check_side(table, scene, p, azi + 90 + (k % 3 ? 180 : 45) * turn);
        }
    }
}

static void assert_valid(struct room *room)
{
    GEOSContextHandle_t geos = geo_ctx_geos(room->ctx);
    GEOSGeometry *polygons;

    assert_ok(room->ctx, geo_geos_from_features(room->ctx, room->out, 0, 1, &polygons));
    assert_int_equal(GEOSisValid_r(geos, polygons), 1);
    GEOSGeom_destroy_r(geos, polygons);
}

static void check_scene(struct table *table, const struct scene *scene)
{
    struct geo_buffer_options options = {
        .radius_m = scene->radius_m, .deviation_m = scene->deviation_m, .threads = 1};
    static struct geo_lonlat vertex[2000];
    struct room *room = table->room;

    size_t n = make_line(table, scene->line, scene->lat, vertex);
    geo_batch_clear(room->in);
    geo_batch_clear(room->out);
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, vertex, n);
    assert_ok(room->ctx, geo_buffer(room->ctx, room->in, 0, 1, &options, room->out));
    shape_feature(room->ctx, room->out);
    assert_valid(room);

    table->course = course_new(vertex, n);
    sort_into_bands(room->out, &table->bands);
    check_edges(table, scene);
    check_sides(table, scene);
    free(table->bands.edge);
    course_free(&table->course);
}

static struct scene scene_of(size_t k)
{
    return (struct scene){.deviation = k % DEVIATIONS,
                          .deviation_m = deviations_m[k % DEVIATIONS],
                          .lat = lats[k / DEVIATIONS % LATS],
                          .radius_m = radii_m[k / DEVIATIONS / LATS % RADII],
                          .line = k / DEVIATIONS / LATS / RADII};
}

/* Whether scene k is taken; 35 has no factor in common with 216. */
static bool is_wanted(size_t k)
{
    const char *given = getenv("GEO_TEST_SCENES"), *sanitize = getenv("GEO_SANITIZE");
    size_t spread = k * 35 % SCENES, n = k / DEVIATIONS;

    if (given)
        return spread < strtoul(given, NULL, 10);
    if (sanitize && *sanitize)
        return spread < 18;
    return k % DEVIATIONS < 3 || (n / LATS / RADII + n / LATS + n) % 3 == 0;
}

static void every_edge_lies_within_the_deviation_of_the_radius(void **state)
{
    struct table table = {.room = *state};

    geod_init(&table.course.earth, 6378137, 1 / 298.257223563);
    for (size_t k = 0; k < SCENES; k++) {
        struct scene scene = scene_of(k);
        if (!is_wanted(k))
            continue;
        print_message("%.0f km, azimuth %.0f, at latitude %.0f, radius %.0f m, deviation %g m\n",
                      lines[scene.line].extent_m / 1e3, lines[scene.line].azi_deg, scene.lat,
                      scene.radius_m, scene.deviation_m);
        check_scene(&table, &scene);
    }
    assert_true(table.edges > 0);
    print_message("%zu edges, %zu points;", table.edges, table.points);
    for (size_t d = 0; d < DEVIATIONS; d++)
        print_message(" %.3f of %g m%s", table.worst[d], deviations_m[d],
                      d + 1 < DEVIATIONS ? "," : " at worst\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        every_edge_lies_within_the_deviation_of_the_radius, open_room, close_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
