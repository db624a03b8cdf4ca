#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "bench/batches.h"
#include "bench/contest.h"
#include "bench/kernels.h"
#include "bench/planar.h"
#include "geo/measure.h"

enum { LINES = 6, RADII = 3, CASES = LINES * RADII };

static const double deviation_m = 0.01;
static const double radii_m[RADII] = {500, 5000, 20000};

struct buffers {
    struct geo_ctx *ctx;
    struct geo_batch *lines, *out;
    struct bench_plane plane;
    GEOSGeometry *planar[LINES];
    double peer_m2[CASES];
};

/* A winding line about 105.8°E 21°N that sets out at `azimuth` and forgets its turns slowly. */
static void add_line(struct geo_ctx *ctx, struct geo_batch *lines, double length_m, size_t n,
                     double azimuth)
{
    struct geod_geodesic earth;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    struct bench_random random;
    bench_seed(&random, (uint64_t)length_m + (uint64_t)azimuth);
    struct geo_lonlat *line = bench_room(n, sizeof *line);
    double turn = 0, lat, lon;
    geod_direct(&earth, 21, 105.8, azimuth + 180, length_m / 2, &lat, &lon, NULL);
    for (size_t i = 0; i < n; i++) {
        line[i] = (struct geo_lonlat){lon, lat};
        turn += bench_between(&random, -0.25, 0.25) - 0.08 * turn;
        geod_direct(&earth, lat, lon, azimuth + turn * (180 / BENCH_PI), length_m / (double)(n - 1),
                    &lat, &lon, NULL);
    }
    bench_add(ctx, lines, GEO_KIND_LINE, line, n);
    free(line);
}

static void add_lines(struct geo_ctx *ctx, struct geo_batch *lines)
{
    static const struct {
        double length_m;
        size_t n;
    } size[] = {{1e4, 51}, {1e5, 201}, {5e5, 1001}};
    for (size_t s = 0; s < sizeof size / sizeof *size; s++)
        for (double azimuth = 20; azimuth <= 90; azimuth += 70)
            add_line(ctx, lines, size[s].length_m, size[s].n, azimuth);
}

static void buffers(void *data)
{
    struct buffers *all = data;
    geo_batch_clear(all->out);
    for (size_t c = 0; c < CASES; c++) {
        const struct geo_buffer_options options = {
            .radius_m = radii_m[c % RADII], .deviation_m = deviation_m, .threads = 1};
        bench_must(all->ctx, geo_buffer(all->ctx, all->lines, c / RADII, 1, &options, all->out));
        bench_must(all->ctx,
                   geo_batch_end_feature(all->ctx, all->out, GEO_SHAPE_MULTIPOLYGON, (int64_t)c));
    }
}

/* As many segments to a quarter of a circle as keep its chords within the same deviation. */
static void buffers_by_geos(void *data)
{
    struct buffers *all = data;
    GEOSContextHandle_t geos = all->plane.geos;
    for (size_t c = 0; c < CASES; c++) {
        double r = radii_m[c % RADII];
        int quarter = (int)ceil(BENCH_PI / 4 / acos(1 - deviation_m / r));
        GEOSGeometry *buffer = bench_made(GEOSBuffer_r(geos, all->planar[c / RADII], r, quarter));
        GEOSArea_r(geos, buffer, &all->peer_m2[c]);
        GEOSGeom_destroy_r(geos, buffer);
    }
}

/* UTM's lengths err by 1e-3 at 2.6° from its meridian; GEOS straightens bends by 1 % of r. */
static void check(struct buffers *all)
{
    for (size_t c = 0; c < CASES; c++) {
        double ours_m2;
        bench_must(all->ctx, geo_area(all->ctx, all->out, c, GEO_EDGES_GEODESIC, &ours_m2, NULL));
        bench_agree(fabs(ours_m2 - all->peer_m2[c]) <= 5e-3 * ours_m2,
                    "buffer %zu: %.9g m² by geo_buffer, %.9g m² by GEOS in UTM", c, ours_m2,
                    all->peer_m2[c]);
    }
}

void bench_kernel_buffer(struct geo_ctx *ctx, int rounds)
{
    struct buffers all = {.ctx = ctx, .lines = bench_batch(), .out = bench_batch()};
    all.plane = bench_plane();
    add_lines(ctx, all.lines);
    for (size_t i = 0; i < LINES; i++) {
        size_t first = all.lines->vertex_start[i];
        all.planar[i] = bench_planar(&all.plane, GEO_KIND_LINE, &all.lines->vertex[first],
                                     all.lines->vertex_start[i + 1] - first);
    }
    struct bench_contest contest = {.job = "18 buffers within 1 cm / GEOS in UTM",
                                    .unit = "ms",
                                    .scale = 1e3,
                                    .ours = buffers,
                                    .peer = buffers_by_geos,
                                    .data = &all,
                                    .must = ""};
    bench_contest(&contest, rounds);
    check(&all);
    for (size_t i = 0; i < LINES; i++)
        GEOSGeom_destroy_r(all.plane.geos, all.planar[i]);
    bench_plane_free(&all.plane);
    geo_batch_free(all.lines);
    geo_batch_free(all.out);
}
