/* The search on files: what whole systems are measured against. */
#include <math.h>
#include <stdlib.h>

#include "bench/batches.h"
#include "bench/contest.h"
#include "bench/kernels.h"
#include "geo/measure.h"
#include "geo/stream.h"

enum { BATCH = 1000 }; /* features between two resets of the hint, as in a stream */

struct search {
    struct geo_ctx *ctx;
    struct geo_batch *features, *corridors;
    struct geo_index *index;
    struct geo_near_query *query;
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
    }
}

static struct geo_batch *collect(struct geo_ctx *ctx, const char *path)
{
    const struct geo_read_options read = {0};
    const struct geo_stream_options options = {.threads = 1};
    struct geo_source *source;
    struct geo_batch *batch;
    struct geo_report report;
    bench_must(ctx, geo_source_open(ctx, &path, 1, &read, &source));
    bench_must(ctx, geo_stream_collect(ctx, source, &options, &batch, &report));
    geo_report_release(&report);
    geo_source_close(ctx, source);
    return batch;
}

void bench_kernel_files(struct geo_ctx *ctx, const char *zones, const char *corridors, int rounds)
{
    struct search search = {.ctx = ctx};
    search.features = collect(ctx, zones);
    search.corridors = collect(ctx, corridors);
    bench_must(ctx, geo_index_new(ctx, search.corridors, GEO_EDGES_GEODESIC, &search.index));
    bench_must(ctx, geo_near_query_new(ctx, search.index, &search.query));
    struct bench_contest contest = {.job = "nearest corridor",
                                    .unit = "us/zone",
                                    .scale = 1e6 / (double)search.features->n,
                                    .ours = nearest,
                                    .data = &search};
    bench_contest(&contest, rounds);
    geo_near_query_free(search.query);
    geo_index_free(search.index);
    geo_batch_free(search.features);
    geo_batch_free(search.corridors);
}

static void write_lines(struct geo_ctx *ctx, const char *path, struct geo_batch *batch)
{
    const struct geo_write_options options = {
        .path = path, .format = "geojsonl", .overwrite = true};
    struct geo_sink *sink;
    bench_must(ctx, geo_sink_open(ctx, &options, &sink));
    bench_must(ctx, geo_sink_encode(ctx, sink, batch));
    bench_must(ctx, geo_sink_emit(ctx, sink, batch));
    bench_must(ctx, geo_sink_finish(ctx, sink));
}

/* A column `id`, and a `name`, for what is written: peers want names. */
static void number(struct geo_ctx *ctx, struct geo_batch *batch)
{
    size_t id, name;
    bench_must(ctx, geo_batch_add_column(ctx, batch, "id", GEO_TYPE_INT, &id));
    bench_must(ctx, geo_batch_add_column(ctx, batch, "name", GEO_TYPE_TEXT, &name));
    for (size_t i = 0; i < batch->n; i++) {
        geo_batch_set_int(batch, id, i, (int64_t)i);
        bench_must(ctx, geo_batch_set_text(ctx, batch, name, i, GEO_TYPE_TEXT, "a", 1));
    }
}

void bench_write_country(struct geo_ctx *ctx, struct bench_size size, const char *parcels,
                         const char *segments)
{
    struct bench_country country = bench_country(ctx, size.features, 5 * size.features, 2);
    const struct geo_batch *roads = country.roads;
    struct geo_batch *pieces = bench_batch();
    for (size_t r = 0; r < roads->ring_count; r++)
        for (size_t v = roads->vertex_start[r]; v + 1 < roads->vertex_start[r + 1]; v++)
            bench_add(ctx, pieces, GEO_KIND_LINE, &roads->vertex[v], 2);
    number(ctx, country.parcels);
    number(ctx, pieces);
    write_lines(ctx, parcels, country.parcels);
    write_lines(ctx, segments, pieces);
    geo_batch_free(pieces);
    bench_country_free(&country);
}
