/* What lies within distances of corridors, on random zones and real ones and random corridors: against
 * buffers drawn to a millimetre, intersected by GEOS and measured by GeographicLib. GEO_TEST_SCENES
 * raises the number of random zones, GEO_TEST_SEED changes all scenes. */
#include "geo/within.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/geos.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "geo/stream.h"
#include "scene.h"
#include "shapes.h"

enum { SCENES = 150, SEED = 7, EDGES = 4 };

/* What GeographicLib's sums round to for a zone of thousands of vertices. */
#define ROUNDING_M2 2e-2
/* How truly the buffers are drawn. */
#define DRAWN_M 1e-3

struct world {
    struct scene scene;
    struct room *room; /* in: the corridors; out: buffers */
    struct geo_batch *zone;
    enum geo_edges edges;
    double edge_m[EDGES], deviation_m;
    double within_m2[EDGES], area_m2;
};

static size_t from_environment(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : otherwise;
}

/* From nearer than the zone is long to much farther. */
static double any_apart(struct scene *scene, double size_m)
{
    return size_m * pow(10, 2 * any(scene) - 1.5);
}

/* Corridors about a zone, and what is asked of them. */
static void strew(struct world *world, struct geo_lonlat centre, double size_m, double apart_m)
{
    struct scene *scene = &world->scene;
    geo_batch_clear(world->room->in);
    for (size_t i = 0; i <= pick(scene, 4); i++)
        add_shape(scene, world->room->in, go(scene, centre, 360 * any(scene), apart_m),
                  fmin(apart_m, 3e4) * (0.2 + any(scene)));
    world->edges = any(scene) < 0.5 ? GEO_EDGES_GEODESIC : GEO_EDGES_LONLAT;
    world->deviation_m = any(scene) < 0.5 ? 1e-2 : 0.3;
    double radius_m = 0;
    for (size_t k = 0; k < EDGES; k++) {
        radius_m += fmax(1, (apart_m + size_m) * any(scene) * 0.7);
        world->edge_m[k] = radius_m;
    }
}

/* Zones of 30 m to 30 km. */
static void make_scene(struct world *world)
{
    struct scene *scene = &world->scene;
    const struct geo_lonlat centre = {300 * any(scene) - 150, 120 * any(scene) - 60};
    const double size_m = 30 * pow(10, 3 * any(scene)), apart_m = any_apart(scene, size_m);
    geo_batch_clear(world->zone);
    add_star(scene, world->zone, centre, size_m, -1);
    if (any(scene) < 0.4)
        add_star(scene, world->zone, centre, 0.3 * size_m, 1);
    assert_ok(scene->ctx, geo_batch_end_part(scene->ctx, world->zone, GEO_KIND_POLYGON));
    assert_ok(scene->ctx, geo_batch_end_feature(scene->ctx, world->zone, GEO_SHAPE_POLYGON, 0));
    strew(world, centre, size_m, apart_m);
}

static void measure(struct world *world, double *within_m2)
{
    struct geo_ctx *ctx = world->room->ctx;
    struct geo_index *index;
    struct geo_within_query *query;
    assert_ok(ctx, geo_index_new(ctx, world->room->in, world->edges, &index));
    assert_ok(ctx, geo_within_query_new(ctx, index, &query));
    assert_ok(ctx, geo_within(ctx, query, world->zone, 0, world->edge_m, EDGES, world->deviation_m,
                              within_m2, &world->area_m2));
    geo_within_query_free(query);
    geo_index_free(index);
}

/* ---- the other way ---- */

/* Vertices every few metres from a on, without b. */
static void add_dense_edge(struct world *world, struct geo_batch *dense, struct geo_lonlat a,
                           struct geo_lonlat b)
{
    struct geod_geodesicline line;
    geod_inverseline(&line, &world->scene.earth, a.lat, a.lon, b.lat, b.lon, 0);
    const size_t n = (size_t)fmax(1, line.s13 / 20);
    for (size_t i = 0; i < n; i++) {
        const double t = (double)i / (double)n;
        struct geo_lonlat p = {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)}, *to;
        if (i > 0 && world->edges == GEO_EDGES_GEODESIC)
            geod_genposition(&line, GEOD_LONG_UNROLL, line.s13 * t, &p.lat, &p.lon, NULL, NULL,
                             NULL, NULL, NULL, NULL);
        assert_ok(world->room->ctx, geo_batch_add_vertices(world->room->ctx, dense, 1, &to));
        *to = p;
    }
}

/* The zone, its edges as they run. */
static GEOSGeometry *dense_zone(struct world *world)
{
    struct geo_ctx *ctx = world->room->ctx;
    const struct geo_batch *zone = world->zone;
    struct geo_batch *dense = geo_batch_new();
    struct geo_lonlat *to;
    GEOSGeometry *polygon;
    for (size_t r = 0; r < zone->ring_count; r++) {
        const size_t end = zone->vertex_start[r + 1];
        for (size_t v = zone->vertex_start[r]; v + 1 < end; v++)
            add_dense_edge(world, dense, zone->vertex[v], zone->vertex[v + 1]);
        assert_ok(ctx, geo_batch_add_vertices(ctx, dense, 1, &to));
        *to = zone->vertex[end - 1];
        assert_ok(ctx, geo_batch_end_ring(ctx, dense));
    }
    assert_ok(ctx, geo_batch_end_part(ctx, dense, GEO_KIND_POLYGON));
    assert_ok(ctx, geo_geos_from_part(ctx, dense, 0, &polygon));
    geo_batch_free(dense);
    return polygon;
}

static double ring_measure(const struct world *world, const GEOSGeometry *line, bool closed)
{
    GEOSContextHandle_t geos = geo_ctx_geos(world->room->ctx);
    struct geod_polygon polygon;
    double area_m2, length_m;
    const int n = GEOSGeomGetNumPoints_r(geos, line);
    geod_polygon_init(&polygon, !closed);
    for (int i = 0; i < n - closed; i++) {
        double lon, lat;
        const GEOSCoordSequence *at = GEOSGeom_getCoordSeq_r(geos, line);
        GEOSCoordSeq_getXY_r(geos, at, (unsigned)i, &lon, &lat);
        geod_polygon_addpoint(&world->scene.earth, &polygon, lat, lon);
    }
    geod_polygon_compute(&world->scene.earth, &polygon, 0, 1, &area_m2, &length_m);
    return closed ? fabs(area_m2) : length_m;
}

static double area_of(const struct world *world, const GEOSGeometry *geometry)
{
    GEOSContextHandle_t geos = geo_ctx_geos(world->room->ctx);
    double sum = 0;
    if (GEOSGeomTypeId_r(geos, geometry) == GEOS_POLYGON) {
        if (GEOSisEmpty_r(geos, geometry))
            return 0;
        sum = ring_measure(world, GEOSGetExteriorRing_r(geos, geometry), true);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(geos, geometry); i++)
            sum -= ring_measure(world, GEOSGetInteriorRingN_r(geos, geometry, i), true);
    } else if (GEOSGeomTypeId_r(geos, geometry) >= GEOS_MULTIPOINT) {
        for (int i = 0; i < GEOSGetNumGeometries_r(geos, geometry); i++)
            sum += area_of(world, GEOSGetGeometryN_r(geos, geometry, i));
    }
    return sum;
}

/* The area of the zone within a radius. */
static double expected(struct world *world, const GEOSGeometry *zone, double radius_m)
{
    struct geo_ctx *ctx = world->room->ctx;
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    const struct geo_buffer_options options = {
        .edges = world->edges, .radius_m = radius_m, .deviation_m = DRAWN_M, .threads = 1};
    GEOSGeometry *buffer;
    geo_batch_clear(world->room->out);
    assert_ok(ctx,
              geo_buffer(ctx, world->room->in, 0, world->room->in->n, &options, world->room->out));
    shape_feature(ctx, world->room->out);
    assert_ok(ctx, geo_geos_from_features(ctx, world->room->out, 0, 1, &buffer));
    GEOSGeometry *within = GEOSIntersection_r(geos, zone, buffer);
    assert_non_null(within);
    const double area_m2 = area_of(world, within);
    GEOSGeom_destroy_r(geos, buffer);
    GEOSGeom_destroy_r(geos, within);
    return area_m2;
}

/* What is measured lies between what edges nearer and farther by the deviation bound. That is the
 * deviation times the edge's length inside the zone but where the edge grazes the zone's own. */
static void compare(struct world *world)
{
    GEOSGeometry *zone = dense_zone(world);
    measure(world, world->within_m2);
    for (size_t k = 0; k < EDGES; k++) {
        const double off_m = world->deviation_m + DRAWN_M;
        const double rounding_m2 = 1e-9 * world->area_m2 + ROUNDING_M2;
        const double least_m2 = expected(world, zone, world->edge_m[k] - off_m);
        const double most_m2 = expected(world, zone, world->edge_m[k] + off_m);
        assert_near(world->within_m2[k], fmax(world->within_m2[k], least_m2), rounding_m2);
        assert_near(world->within_m2[k], fmin(world->within_m2[k], most_m2), rounding_m2);
    }
    GEOSGeom_destroy_r(geo_ctx_geos(world->room->ctx), zone);
}

static struct world start(struct room *room)
{
    struct world world = {.room = room, .zone = geo_batch_new()};
    const size_t seed = from_environment("GEO_TEST_SEED", SEED);
    assert_non_null(world.zone);
    world.scene = (struct scene){.ctx = room->ctx, .random = 0x9e3779b97f4a7c15u * (seed + 1)};
    geod_init(&world.scene.earth, 6378137, 1 / 298.257223563);
    print_message("seed %zu\n", seed);
    return world;
}

static void areas_are_those_of_buffers(void **state)
{
    struct world world = start(*state);
    const size_t scenes = from_environment("GEO_TEST_SCENES", SCENES);
    for (size_t i = 0; i < scenes; i++) {
        make_scene(&world);
        compare(&world);
    }
    geo_batch_free(world.zone);
}

/* ---- real outlines: the provinces of all countries, as QGIS brings them along ---- */

enum { OUTLINES = 24, HOLED = 4, OUTLINE_VERTICES = 20 };

static struct geo_batch *read_provinces(struct geo_ctx *ctx)
{
    const struct geo_read_options read = {.layer = "states_provinces"};
    const struct geo_stream_options options = {.threads = 1};
    struct geo_source *source;
    struct geo_report report;
    struct geo_batch *provinces;
    char path[256] = "";
    const char *paths[] = {path};
    FILE *files = popen("dpkg -L qgis-common | grep 'world_map.gpkg$'", "r");
    assert_non_null(files);
    assert_non_null(fgets(path, sizeof path, files));
    assert_int_equal(pclose(files), 0);
    path[strcspn(path, "\n")] = '\0';
    assert_ok(ctx, geo_source_open(ctx, paths, 1, &read, &source));
    assert_ok(ctx, geo_stream_collect(ctx, source, &options, &provinces, &report));
    geo_report_release(&report);
    geo_source_close(ctx, source);
    return provinces;
}

/* From the middle of the box of a part to its corners, in the south. */
static double reach(const struct world *world, const struct geo_batch *batch, size_t part,
                    struct geo_lonlat *centre)
{
    struct geo_lonlat lo = {INFINITY, INFINITY}, hi = {-INFINITY, -INFINITY};
    double size_m;
    const size_t ring = batch->ring_start[part];
    for (size_t v = batch->vertex_start[ring]; v < batch->vertex_start[ring + 1]; v++) {
        lo.lon = fmin(lo.lon, batch->vertex[v].lon);
        lo.lat = fmin(lo.lat, batch->vertex[v].lat);
        hi.lon = fmax(hi.lon, batch->vertex[v].lon);
        hi.lat = fmax(hi.lat, batch->vertex[v].lat);
    }
    *centre = (struct geo_lonlat){(lo.lon + hi.lon) / 2, (lo.lat + hi.lat) / 2};
    geod_inverse(&world->scene.earth, centre->lat, centre->lon, lo.lat, lo.lon, &size_m, NULL,
                 NULL);
    return size_m;
}

/* Small enough to be drawn densely, with a coast or a border worth the name. */
static bool is_outline(const struct world *world, const struct geo_batch *batch, size_t part,
                       bool with_holes)
{
    struct geo_lonlat centre;
    const size_t ring = batch->ring_start[part], rings = batch->ring_start[part + 1] - ring;
    const size_t n = batch->vertex_start[ring + 1] - batch->vertex_start[ring];
    return (rings > 1) == with_holes && n >= OUTLINE_VERTICES &&
           reach(world, batch, part, &centre) < 4e4 && fabs(centre.lat) < 75;
}

static void compare_outline(struct world *world, const struct geo_batch *batch, size_t part)
{
    struct geo_ctx *ctx = world->room->ctx;
    struct geo_lonlat centre;
    const double size_m = reach(world, batch, part, &centre);
    geo_batch_clear(world->zone);
    assert_ok(ctx, geo_batch_copy_part(ctx, world->zone, batch, part));
    shape_feature(ctx, world->zone);
    strew(world, centre, size_m, any_apart(&world->scene, size_m));
    compare(world);
}

/* Every so many-th, so that they are about as many as wanted. */
static void compare_outlines(struct world *world, const struct geo_batch *batch, bool with_holes,
                             size_t wanted)
{
    size_t all = 0, k = 0;
    for (size_t part = 0; part < batch->part_count; part++)
        all += is_outline(world, batch, part, with_holes);
    assert_true(all >= wanted);
    for (size_t part = 0; part < batch->part_count; part++)
        if (is_outline(world, batch, part, with_holes) && k++ % (all / wanted) == 0)
            compare_outline(world, batch, part);
}

static void areas_of_provinces_are_those_of_buffers(void **state)
{
    struct world world = start(*state);
    struct geo_batch *provinces = read_provinces(world.room->ctx);
    compare_outlines(&world, provinces, false, OUTLINES);
    compare_outlines(&world, provinces, true, HOLED);
    geo_batch_free(provinces);
    geo_batch_free(world.zone);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(areas_are_those_of_buffers),
                                       TEST(areas_of_provinces_are_those_of_buffers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
