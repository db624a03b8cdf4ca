#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/batches.h"
#include "bench/contest.h"
#include "bench/kernels.h"
#include "bench/planar.h"
#include "geo/measure.h"

enum { BATCH = 1000 }; /* features between two resets of the hint, as in a stream */

/* One thread, all geometries made before: only the searches are timed. */
struct search {
    struct geo_ctx *ctx;
    const struct geo_batch *features;
    struct geo_index *index;
    struct geo_near_query *query;
    double *ours_m, *peer_m;
    struct bench_plane plane;
    GEOSSTRtree *tree;
    GEOSGeometry **segment, **polygon;
    size_t segments;
    const GEOSPreparedGeometry *roads;
};

static void nearest(void *data)
{
    struct search *search = data;
    for (size_t i = 0; i < search->features->n; i++) {
        struct geo_near near;
        size_t found;
        if (i % BATCH == 0)
            geo_near_query_reset(search->query);
        bench_must(search->ctx, geo_near(search->ctx, search->query, search->features, i, 1,
                                         INFINITY, &near, &found));
        search->ours_m[i] = near.distance_m;
    }
}

static int distance(const void *a, const void *b, double *distance_m, void *data)
{
    return GEOSDistance_r(data, a, b, distance_m);
}

static void nearest_by_tree(void *data)
{
    struct search *search = data;
    GEOSContextHandle_t geos = search->plane.geos;
    for (size_t i = 0; i < search->features->n; i++) {
        const GEOSGeometry *polygon = search->polygon[i];
        const GEOSGeometry *near =
            GEOSSTRtree_nearest_generic_r(geos, search->tree, polygon, polygon, distance, geos);
        if (!near || !GEOSDistance_r(geos, polygon, near, &search->peer_m[i]))
            bench_agree(0, "GEOS failed at polygon %zu", i);
    }
}

/* Tells how far, not which road: less than the other two do. */
static void nearest_by_prepared(void *data)
{
    struct search *search = data;
    for (size_t i = 0; i < search->features->n; i++)
        if (!GEOSPreparedDistance_r(search->plane.geos, search->roads, search->polygon[i],
                                    &search->peer_m[i]))
            bench_agree(0, "GEOS failed at polygon %zu", i);
}

static void make_tree(struct search *search, const struct geo_batch *roads)
{
    GEOSContextHandle_t geos = search->plane.geos;
    search->segment = bench_room(roads->vertex_count, sizeof *search->segment);
    search->tree = GEOSSTRtree_create_r(geos, 10);
    for (size_t r = 0; r < roads->ring_count; r++) {
        for (size_t v = roads->vertex_start[r]; v + 1 < roads->vertex_start[r + 1]; v++) {
            GEOSGeometry *segment =
                bench_planar(&search->plane, GEO_KIND_LINE, &roads->vertex[v], 2);
            search->segment[search->segments++] = segment;
            GEOSSTRtree_insert_r(geos, search->tree, segment, segment);
        }
    }
}

static GEOSGeometry *all_roads(const struct bench_plane *plane, const struct geo_batch *roads)
{
    GEOSGeometry **line = bench_room(roads->n, sizeof *line);
    for (size_t i = 0; i < roads->n; i++) {
        size_t first = roads->vertex_start[i];
        line[i] = bench_planar(plane, GEO_KIND_LINE, &roads->vertex[first],
                               roads->vertex_start[i + 1] - first);
    }
    GEOSGeometry *all = bench_made(
        GEOSGeom_createCollection_r(plane->geos, GEOS_MULTILINESTRING, line, (unsigned)roads->n));
    free(line);
    return all;
}

static void make_polygons(struct search *search)
{
    const struct geo_batch *batch = search->features;
    search->polygon = bench_room(batch->n, sizeof *search->polygon);
    for (size_t i = 0; i < batch->n; i++) {
        size_t first = batch->vertex_start[i];
        search->polygon[i] = bench_planar(&search->plane, GEO_KIND_POLYGON, &batch->vertex[first],
                                          batch->vertex_start[i + 1] - first);
    }
}

static void start_ours(struct search *search, const struct geo_batch *corridors)
{
    search->ours_m = bench_room(search->features->n, sizeof *search->ours_m);
    bench_must(search->ctx,
               geo_index_new(search->ctx, corridors, GEO_EDGES_GEODESIC, &search->index));
    bench_must(search->ctx, geo_near_query_new(search->ctx, search->index, &search->query));
}

static void stop_ours(struct search *search)
{
    geo_near_query_free(search->query);
    geo_index_free(search->index);
    free(search->ours_m);
}

static void stop_peer(struct search *search)
{
    GEOSSTRtree_destroy_r(search->plane.geos, search->tree);
    for (size_t i = 0; i < search->segments; i++)
        GEOSGeom_destroy_r(search->plane.geos, search->segment[i]);
    for (size_t i = 0; i < search->features->n; i++)
        GEOSGeom_destroy_r(search->plane.geos, search->polygon[i]);
    free(search->segment);
    free(search->polygon);
    free(search->peer_m);
}

/* UTM shrinks by 4e-4 on its meridian and stretches by 1.5e-3 at 3.5° from it. */
static void check(struct search *search)
{
    for (size_t i = 0; i < search->features->n; i++)
        bench_agree(fabs(search->ours_m[i] - search->peer_m[i]) <= 2e-3 * search->ours_m[i] + 0.01,
                    "polygon %zu: %.9g m by geo_near, %.9g m by GEOS in UTM", i, search->ours_m[i],
                    search->peer_m[i]);
}

void bench_kernel_near(struct geo_ctx *ctx, struct bench_size size)
{
    struct bench_country country = bench_country(ctx, size.features, size.features, 2);
    struct search search = {.ctx = ctx, .features = country.parcels, .plane = bench_plane()};
    start_ours(&search, country.roads);
    search.peer_m = bench_room(search.features->n, sizeof *search.peer_m);
    make_tree(&search, country.roads);
    make_polygons(&search);
    GEOSGeometry *roads = all_roads(&search.plane, country.roads);
    search.roads = GEOSPrepare_r(search.plane.geos, roads);
    struct bench_contest contest = {.job = "nearest segment / GEOS STRtree in UTM",
                                    .unit = "us/polygon",
                                    .scale = 1e6 / (double)search.features->n,
                                    .ours = nearest,
                                    .peer = nearest_by_tree,
                                    .data = &search,
                                    .must = ">= 10"};
    bench_contest(&contest, size.rounds);
    check(&search);
    contest.job = "nearest segment / GEOS prepared distance";
    contest.peer = nearest_by_prepared;
    contest.must = "";
    bench_contest(&contest, size.rounds);
    check(&search);
    GEOSPreparedGeom_destroy_r(search.plane.geos, search.roads);
    GEOSGeom_destroy_r(search.plane.geos, roads);
    stop_peer(&search);
    stop_ours(&search);
    bench_plane_free(&search.plane);
    bench_country_free(&country);
}
