/* bench-counts KERNEL LINES: one fixed piece of work of one kernel, for callgrind, which is to
 * count bench_counted() alone; prints how many units it was. LINES are zones as GeoJSON lines. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/batches.h"
#include "bench/contest.h"
#include "geo/geo.h"

struct work {
    struct geo_ctx *ctx;
    struct geo_batch *batch, *out;
    struct geo_index *index;
    struct geo_near_query *query;
    struct geo_sink *sink;
    const char *lines;
};

struct kernel {
    const char *name, *unit;
    void (*prepare)(struct work *work);
    size_t (*run)(struct work *work); /* returns units */
    void (*finish)(struct work *work);
};

/* What callgrind counts; seen from outside so that it keeps its name. */
size_t bench_counted(const struct kernel *kernel, struct work *work);

__attribute__((noinline)) size_t bench_counted(const struct kernel *kernel, struct work *work)
{
    return kernel->run(work);
}

static void make_parcels(struct work *work)
{
    work->batch = bench_parcels(work->ctx, 2000, 10, 1);
}

static size_t run_area(struct work *work)
{
    double area_m2;
    for (size_t i = 0; i < work->batch->n; i++)
        bench_must(work->ctx,
                   geo_area(work->ctx, work->batch, i, GEO_EDGES_GEODESIC, &area_m2, NULL));
    return work->batch->vertex_count - work->batch->n;
}

static size_t run_perimeter(struct work *work)
{
    double area_m2, perimeter_m;
    for (size_t i = 0; i < work->batch->n; i++)
        bench_must(work->ctx,
                   geo_area(work->ctx, work->batch, i, GEO_EDGES_GEODESIC, &area_m2, &perimeter_m));
    return work->batch->vertex_count - work->batch->n;
}

static void make_country(struct work *work)
{
    struct bench_country country = bench_country(work->ctx, 2000, 20000, 2);
    work->batch = country.parcels;
    work->out = country.roads;
    bench_must(work->ctx,
               geo_index_new(work->ctx, country.roads, GEO_EDGES_GEODESIC, &work->index));
    bench_must(work->ctx, geo_near_query_new(work->ctx, work->index, &work->query));
}

static size_t run_near(struct work *work)
{
    geo_near_query_reset(work->query);
    for (size_t i = 0; i < work->batch->n; i++) {
        struct geo_near near;
        size_t found;
        bench_must(work->ctx,
                   geo_near(work->ctx, work->query, work->batch, i, 1, INFINITY, &near, &found));
    }
    return work->batch->n;
}

static size_t run_index(struct work *work)
{
    struct geo_index *index;
    bench_must(work->ctx, geo_index_new(work->ctx, work->out, GEO_EDGES_GEODESIC, &index));
    geo_index_free(index);
    return work->out->vertex_count - work->out->n;
}

static void make_line(struct work *work)
{
    struct bench_random random;
    struct geo_lonlat line[51];
    bench_seed(&random, 3);
    bench_corridor(&random, (struct geo_lonlat){105.8, 21}, 0.3, 200, 51, line);
    work->batch = bench_batch();
    work->out = bench_batch();
    bench_add(work->ctx, work->batch, GEO_KIND_LINE, line, 51);
}

static size_t run_buffer(struct work *work)
{
    const struct geo_buffer_options options = {.radius_m = 1000, .deviation_m = 0.01, .threads = 1};
    geo_batch_clear(work->out);
    bench_must(work->ctx, geo_buffer(work->ctx, work->batch, 0, 1, &options, work->out));
    return 1;
}

static size_t read_lines(struct work *work, struct geo_batch *into)
{
    const struct geo_read_options options = {0};
    struct geo_source *source;
    enum geo_status status;
    size_t n = 0;
    bench_must(work->ctx, geo_source_open(work->ctx, &work->lines, 1, &options, &source));
    while ((status = geo_source_next(work->ctx, source, work->batch)) == GEO_OK) {
        for (size_t i = 0; into && i < work->batch->n; i++) {
            if (!into->column_count)
                bench_must(work->ctx, geo_batch_copy_columns(work->ctx, into, work->batch));
            bench_must(work->ctx, geo_batch_copy_feature(work->ctx, into, work->batch, i, true,
                                                         GEO_SHAPE_NULL));
        }
        n += work->batch->n;
    }
    bench_must(work->ctx, status == GEO_END ? GEO_OK : status);
    geo_source_close(work->ctx, source);
    return n;
}

static void make_room(struct work *work)
{
    work->batch = bench_batch();
}

static size_t run_read(struct work *work)
{
    return read_lines(work, NULL);
}

static void make_zones(struct work *work)
{
    struct geo_batch *all = bench_batch();
    make_room(work);
    read_lines(work, all);
    geo_batch_free(work->batch);
    work->batch = all;
}

static size_t run_repair(struct work *work)
{
    bench_must(work->ctx, geo_batch_repair(work->ctx, work->batch));
    return work->batch->n;
}

static void make_sink(struct work *work)
{
    const struct geo_write_options options = {.path = "/dev/null", .format = "geojson"};
    make_zones(work);
    bench_must(work->ctx, geo_batch_repair(work->ctx, work->batch));
    bench_must(work->ctx, geo_sink_open(work->ctx, &options, &work->sink));
}

static size_t run_write(struct work *work)
{
    work->batch->byte_count = 0;
    bench_must(work->ctx, geo_sink_encode(work->ctx, work->sink, work->batch));
    bench_must(work->ctx, geo_sink_emit(work->ctx, work->sink, work->batch));
    return work->batch->n;
}

static void close_sink(struct work *work)
{
    bench_must(work->ctx, geo_sink_finish(work->ctx, work->sink));
}

static const struct kernel kernels[] = {
    {"area", "vertex", make_parcels, run_area, NULL},
    {"area-perimeter", "vertex", make_parcels, run_perimeter, NULL},
    {"index", "segment", make_country, run_index, NULL},
    {"near", "feature", make_country, run_near, NULL},
    {"buffer", "buffer", make_line, run_buffer, NULL},
    {"repair", "feature", make_zones, run_repair, NULL},
    {"read-geojson", "feature", make_room, run_read, NULL},
    {"write-geojson", "feature", make_sink, run_write, close_sink},
};

/* Once to warm up (tables, memory), once to be counted. */
static void run(const struct kernel *kernel, const char *lines)
{
    struct work work = {.ctx = geo_ctx_new(), .lines = lines};
    if (!work.ctx)
        bench_must(NULL, GEO_ENOMEM);
    kernel->prepare(&work);
    kernel->run(&work);
    printf("%s %zu\n", kernel->unit, bench_counted(kernel, &work));
    if (kernel->finish)
        kernel->finish(&work);
    geo_near_query_free(work.query);
    geo_index_free(work.index);
    geo_batch_free(work.batch);
    geo_batch_free(work.out);
    geo_ctx_free(work.ctx);
}

int main(int argc, char **argv)
{
    size_t n = sizeof kernels / sizeof *kernels;
    if (argc == 1) {
        for (size_t k = 0; k < n; k++)
            puts(kernels[k].name);
        return 0;
    }
    for (size_t k = 0; argc == 3 && k < n; k++) {
        if (!strcmp(argv[1], kernels[k].name)) {
            run(&kernels[k], argv[2]);
            return 0;
        }
    }
    fputs("usage: bench-counts [KERNEL LINES]\n", stderr);
    return 2;
}
