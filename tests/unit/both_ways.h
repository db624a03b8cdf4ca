/* A shapefile read directly and by GDAL, and whether that is the same, bit by bit. */
#ifndef TESTS_BOTH_WAYS_H
#define TESTS_BOTH_WAYS_H

#include "layers.h"

#include "read/input.h"

/* A driver's option that changes nothing, but has GDAL read the file. */
static const char *const by_gdal[] = {"ADJUST_GEOM_TYPE=FIRST_SHAPE", NULL};

/* All that a source gives, and how it ended. */
struct whole {
    struct geo_batch *batch;
    enum geo_status status;
    char message[1024];
};

static inline void append(struct geo_ctx *ctx, struct geo_batch *whole,
                          const struct geo_batch *batch)
{
    if (whole->column_count == 0)
        assert_ok(ctx, geo_batch_copy_columns(ctx, whole, batch));
    for (size_t i = 0; i < batch->n; i++)
        assert_ok(ctx, geo_batch_copy_feature(ctx, whole, batch, i, true, GEO_SHAPE_NULL));
    for (size_t i = 0; i < batch->note_count; i++) {
        const struct geo_note *note = &batch->note[i];
        assert_ok(
            ctx, geo_batch_note(ctx, whole, note->kind, note->fid, note->what, "%s", note->detail));
    }
}

static inline struct whole read_whole(struct geo_ctx *ctx, const char *path,
                                      const struct geo_read_options *options)
{
    struct whole whole = {.batch = geo_batch_new()};
    struct geo_source *source = NULL;
    struct geo_batch *batch = geo_batch_new();
    whole.status = geo_source_open(ctx, &path, 1, options, &source);
    while (whole.status == GEO_OK)
        if ((whole.status = geo_source_next(ctx, source, batch)) == GEO_OK)
            append(ctx, whole.batch, batch);
    snprintf(whole.message, sizeof whole.message, "%s", geo_ctx_message(ctx));
    geo_source_close(ctx, source);
    geo_batch_free(batch);
    return whole;
}

/* ---- the comparison ---- */

static inline bool is_same_bytes(const void *a, const void *b, size_t n)
{
    return n == 0 || !memcmp(a, b, n);
}

static inline bool is_same_geometry(const struct geo_batch *a, const struct geo_batch *b)
{
    return a->n == b->n && a->part_count == b->part_count && a->ring_count == b->ring_count &&
           a->vertex_count == b->vertex_count &&
           is_same_bytes(a->fid, b->fid, a->n * sizeof *a->fid) &&
           is_same_bytes(a->shape, b->shape, a->n) && is_same_bytes(a->dropped, b->dropped, a->n) &&
           is_same_bytes(a->part_start, b->part_start, (a->n + 1) * (a->n > 0) * sizeof(size_t)) &&
           is_same_bytes(a->part_kind, b->part_kind, a->part_count) &&
           is_same_bytes(a->ring_start, b->ring_start,
                         (a->part_count + 1) * (a->part_count > 0) * sizeof(size_t)) &&
           is_same_bytes(a->vertex_start, b->vertex_start,
                         (a->ring_count + 1) * (a->ring_count > 0) * sizeof(size_t)) &&
           is_same_bytes(a->vertex, b->vertex, a->vertex_count * sizeof *a->vertex);
}

static inline bool is_same_cell(const struct geo_batch *a, const struct geo_batch *b, size_t c,
                                size_t i)
{
    const struct geo_column *p = &a->column[c], *q = &b->column[c];
    if (p->cell_type[i] != q->cell_type[i])
        return false;
    if (p->cell_type[i] == GEO_TYPE_NULL)
        return true;
    if (p->cell_type[i] < GEO_TYPE_TEXT)
        return !memcmp(&p->value[i].integer, &q->value[i].integer, sizeof p->value[i].integer);
    return p->value[i].text.n == q->value[i].text.n &&
           is_same_bytes(a->text + p->value[i].text.at, b->text + q->value[i].text.at,
                         p->value[i].text.n);
}

static inline void assert_same_columns(const struct geo_batch *a, const struct geo_batch *b)
{
    assert_int_equal(a->column_count, b->column_count);
    for (size_t c = 0; c < a->column_count; c++) {
        assert_string_equal(a->column[c].name, b->column[c].name);
        assert_int_equal(a->column[c].type, b->column[c].type);
        assert_int_equal(a->column[c].width, b->column[c].width);
        assert_int_equal(a->column[c].precision, b->column[c].precision);
        for (size_t i = 0; i < a->n; i++)
            if (!is_same_cell(a, b, c, i))
                fail_msg("column '%s', row %zu", a->column[c].name, i);
    }
}

static inline void assert_same_notes(const struct geo_batch *a, const struct geo_batch *b)
{
    assert_int_equal(a->note_count, b->note_count);
    for (size_t i = 0; i < a->note_count; i++) {
        assert_int_equal(a->note[i].kind, b->note[i].kind);
        assert_int_equal(a->note[i].fid, b->note[i].fid);
        assert_string_equal(a->note[i].what, b->note[i].what);
        assert_string_equal(a->note[i].detail, b->note[i].detail);
    }
}

static inline void assert_same(const char *path, const struct whole *a, const struct whole *b)
{
    if (a->status != b->status)
        fail_msg("%s: %d (%s), by GDAL %d (%s)", path, a->status, a->message, b->status,
                 b->message);
    if (a->status == GEO_END && !is_same_geometry(a->batch, b->batch))
        fail_msg("%s: the geometries differ", path);
    if (a->status == GEO_END) {
        assert_same_columns(a->batch, b->batch);
        assert_same_notes(a->batch, b->batch);
    }
}

/* Reads a file both ways and compares; returns how many features there were. */
static inline size_t compare(struct geo_ctx *ctx, const char *path, struct geo_read_options options)
{
    struct whole direct = read_whole(ctx, path, &options);
    options.open_options = by_gdal;
    struct whole gdal = read_whole(ctx, path, &options);
    size_t n = direct.batch->n;
    assert_same(path, &direct, &gdal);
    geo_batch_free(direct.batch);
    geo_batch_free(gdal.batch);
    return n;
}

/* Whether a file would be read in two halves, that is, directly. */
static inline bool is_direct(struct geo_ctx *ctx, const char *path, const char *const *open_options)
{
    struct geo_read_options options = {.open_options = open_options};
    struct geo_input input;
    assert_ok(ctx, geo_ogr_open(ctx, path, &options, &input));
    bool is_split = input.load != NULL;
    input.close(ctx, input.self);
    geo_fields_release(&input.fields);
    geo_origin_release(&input.origin);
    return is_split;
}

#endif
