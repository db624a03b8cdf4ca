/* Batches by hand, a folder of one's own, and files as text: for the tests of the write stage. */
#ifndef TESTS_WRITE_HELP_H
#define TESTS_WRITE_HELP_H

#include "near.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/write.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What every test has. */
struct fixture {
    struct geo_ctx *ctx;
    struct geo_batch *batch;
    char folder[64];
};

static inline int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    f->ctx = geo_ctx_new();
    f->batch = geo_batch_new();
    strcpy(f->folder, "/tmp/test_write_XXXXXX");
    *state = f;
    return f->ctx && f->batch && mkdtemp(f->folder) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    int failed = system(command);
    geo_batch_free(f->batch);
    geo_ctx_free(f->ctx);
    free(f);
    return failed;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* A path in the test's folder; four of them at a time. */
static inline const char *in_folder(struct fixture *f, const char *name)
{
    static char path[4][512];
    static int next;
    char *made = path[next++ % 4];
    snprintf(made, sizeof path[0], "%s/%s", f->folder, name);
    return made;
}

/* How many entries the folder has, hidden ones too. */
static inline int count_entries(const char *folder)
{
    DIR *directory = opendir(folder);
    int n = 0;
    assert_non_null(directory);
    while (readdir(directory))
        n++;
    closedir(directory);
    return n - 2;
}

/* A whole file as text, which the caller frees. */
static inline char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there", path);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) < (1 << 20) - 1);
    fclose(file);
    return text;
}

static inline void assert_contents(const char *path, const char *expected)
{
    char *text = contents(path);
    assert_string_equal(text, expected);
    free(text);
}

static inline void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* ---- geometry: rings of numbers, longitude and latitude in turn ---- */

static inline void add_ring(struct fixture *f, const double *lonlat, size_t n)
{
    struct geo_lonlat *vertex;
    assert_ok(f->ctx, geo_batch_add_vertices(f->ctx, f->batch, n, &vertex));
    memcpy(vertex, lonlat, n * sizeof *vertex);
    assert_ok(f->ctx, geo_batch_end_ring(f->ctx, f->batch));
}

static inline void end_part(struct fixture *f, enum geo_kind kind)
{
    assert_ok(f->ctx, geo_batch_end_part(f->ctx, f->batch, kind));
}

static inline void end_feature(struct fixture *f, enum geo_shape shape)
{
    assert_ok(f->ctx, geo_batch_end_feature(f->ctx, f->batch, shape, (int64_t)f->batch->n + 1));
}

static inline void add_point(struct fixture *f, double lon, double lat)
{
    add_ring(f, (const double[]){lon, lat}, 1);
    end_part(f, GEO_KIND_POINT);
    end_feature(f, GEO_SHAPE_POINT);
}

static inline void add_line(struct fixture *f, const double *lonlat, size_t n)
{
    add_ring(f, lonlat, n);
    end_part(f, GEO_KIND_LINE);
    end_feature(f, GEO_SHAPE_LINE);
}

static inline void add_polygon(struct fixture *f, const double *lonlat, size_t n)
{
    add_ring(f, lonlat, n);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
}

/* A square of a degree with its lower left corner at a place. */
static inline void add_square(struct fixture *f, double lon, double lat)
{
    const double v[] = {lon, lat, lon + 1, lat, lon + 1, lat + 1, lon, lat + 1, lon, lat};
    add_polygon(f, v, 5);
}

static inline size_t add_column(struct fixture *f, const char *name, enum geo_type type)
{
    size_t column;
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, name, type, &column));
    return column;
}

static inline void set_text(struct fixture *f, size_t column, size_t i, enum geo_type type,
                            const char *text)
{
    assert_ok(f->ctx, geo_batch_set_text(f->ctx, f->batch, column, i, type, text, strlen(text)));
}

/* ---- writing ---- */

static inline struct geo_sink *open_sink(struct fixture *f, const struct geo_write_options *options)
{
    struct geo_sink *sink = NULL;
    assert_ok(f->ctx, geo_sink_open(f->ctx, options, &sink));
    return sink;
}

static inline void put_batch(struct fixture *f, struct geo_sink *sink)
{
    assert_ok(f->ctx, geo_sink_encode(f->ctx, sink, f->batch));
    assert_ok(f->ctx, geo_sink_emit(f->ctx, sink, f->batch));
}

/* Writes the fixture's batch, and nothing else. */
static inline void write_batch(struct fixture *f, const struct geo_write_options *options)
{
    struct geo_sink *sink = open_sink(f, options);
    put_batch(f, sink);
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
}

static inline void assert_refused(struct fixture *f, const struct geo_write_options *options,
                                  enum geo_status expected, const char *words)
{
    struct geo_sink *sink = NULL;
    enum geo_status status = geo_sink_open(f->ctx, options, &sink);
    geo_sink_abandon(f->ctx, sink);
    assert_int_equal(status, expected);
    if (!strstr(geo_ctx_message(f->ctx), words))
        fail_msg("'%s' does not say '%s'", geo_ctx_message(f->ctx), words);
}

#endif
