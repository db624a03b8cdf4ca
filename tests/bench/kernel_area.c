#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "bench/batches.h"
#include "bench/contest.h"
#include "bench/kernels.h"
#include "geo/measure.h"

struct rings {
    struct geo_ctx *ctx;
    struct geo_batch *batch;
    struct geod_geodesic earth;
    double *ours_m2, *ours_m, *peer_m2, *peer_m;
};

static void areas(void *data)
{
    struct rings *rings = data;
    for (size_t i = 0; i < rings->batch->n; i++)
        bench_must(rings->ctx, geo_area(rings->ctx, rings->batch, i, GEO_EDGES_GEODESIC,
                                        &rings->ours_m2[i], NULL));
}

static void areas_and_perimeters(void *data)
{
    struct rings *rings = data;
    for (size_t i = 0; i < rings->batch->n; i++)
        bench_must(rings->ctx, geo_area(rings->ctx, rings->batch, i, GEO_EDGES_GEODESIC,
                                        &rings->ours_m2[i], &rings->ours_m[i]));
}

/* It knows the perimeter only together with the area. */
static void polygons_by_proj(void *data)
{
    struct rings *rings = data;
    for (size_t i = 0; i < rings->batch->n; i++) {
        struct geod_polygon polygon;
        geod_polygon_init(&polygon, 0);
        for (size_t v = rings->batch->vertex_start[i]; v + 1 < rings->batch->vertex_start[i + 1];
             v++)
            geod_polygon_addpoint(&rings->earth, &polygon, rings->batch->vertex[v].lat,
                                  rings->batch->vertex[v].lon);
        geod_polygon_compute(&rings->earth, &polygon, 0, 1, &rings->peer_m2[i], &rings->peer_m[i]);
    }
}

/* Our bound, and the rounding of the inverse problem: 1e-4 m² for five edges. */
static void check(struct rings *rings, size_t vertices)
{
    areas_and_perimeters(rings);
    polygons_by_proj(rings);
    for (size_t i = 0; i < rings->batch->n; i++) {
        double area = fabs(rings->ours_m2[i] - rings->peer_m2[i]);
        double length = fabs(rings->ours_m[i] - rings->peer_m[i]);
        bench_agree(area <= 1e-9 * rings->peer_m2[i] + 2e-5 * (double)vertices &&
                        length <= 1e-9 * rings->peer_m[i] + 2e-8 * (double)vertices,
                    "ring %zu: %.9g m² and %.9g m by geo_area, %.9g and %.9g by PROJ", i,
                    rings->ours_m2[i], rings->ours_m[i], rings->peer_m2[i], rings->peer_m[i]);
    }
}

static void compare(struct geo_ctx *ctx, size_t count, size_t vertices, int rounds,
                    const char *area_job, const char *both_job, const char *must)
{
    struct rings rings = {.ctx = ctx, .batch = bench_parcels(ctx, count, vertices, 1)};
    geod_init(&rings.earth, 6378137, 1 / 298.257223563);
    rings.ours_m2 = bench_room(count, sizeof *rings.ours_m2);
    rings.ours_m = bench_room(count, sizeof *rings.ours_m);
    rings.peer_m2 = bench_room(count, sizeof *rings.peer_m2);
    rings.peer_m = bench_room(count, sizeof *rings.peer_m);
    check(&rings, vertices);
    struct bench_contest contest = {.job = area_job,
                                    .unit = "ns/vertex",
                                    .scale = 1e9 / (double)(count * vertices),
                                    .ours = areas,
                                    .peer = polygons_by_proj,
                                    .data = &rings,
                                    .must = must};
    bench_contest(&contest, rounds);
    contest.job = both_job;
    contest.ours = areas_and_perimeters;
    contest.must = "";
    bench_contest(&contest, rounds);
    geo_batch_free(rings.batch);
    free(rings.ours_m2);
    free(rings.ours_m);
    free(rings.peer_m2);
    free(rings.peer_m);
}

void bench_kernel_area(struct geo_ctx *ctx, struct bench_size size)
{
    compare(ctx, size.features, 10, size.rounds, "area, rings of 10 / PROJ geod_polygon",
            "area and perimeter, rings of 10 / PROJ", ">= 100");
    compare(ctx, size.features / 10, 100, size.rounds, "area, rings of 100 / PROJ geod_polygon",
            "area and perimeter, rings of 100 / PROJ", "");
}
