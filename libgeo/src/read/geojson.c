#include "read/geojson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/fail.h"

bool geo_geojson_takes(const char *path, const struct geo_read_options *options)
{
    static const char *const known[] = {"geojson", "geojsonl", "geojsons", "geojsonseq", "ndjson"};
    const char *dot = strrchr(path, '.');
    struct stat found;
    if (!strcmp(path, "-"))
        return true;
    if (options && options->open_options && options->open_options[0])
        return false;
    if (stat(path, &found) == 0 && (S_ISFIFO(found.st_mode) || S_ISCHR(found.st_mode)))
        return true;
    if (!dot || strchr(dot, '/'))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcasecmp(dot + 1, known[i]))
            return true;
    return false;
}

/* ---- batches ---- */

const char geo_geojson_no_heights[] = "heights (Z) were left out";

static enum geo_status note(struct geo_geojson *reader, int64_t fid)
{
    const struct geo_draft *draft = &reader->draft;
    struct geo_batch *batch = reader->batch;
    if (draft->fault) {
        batch->dropped[batch->n - 1] = 1;
        GEO_TRY(geo_batch_note(reader->ctx, batch, GEO_NOTE_SKIPPED, fid, draft->fault, "%s",
                               draft->detail));
    }
    if (draft->remark)
        GEO_TRY(geo_batch_note(reader->ctx, batch, GEO_NOTE_INFO, fid, draft->remark, NULL));
    if (draft->has_heights && !reader->told_heights) {
        reader->told_heights = true;
        GEO_TRY(
            geo_batch_note(reader->ctx, batch, GEO_NOTE_INFO, -1, geo_geojson_no_heights, NULL));
    }
    return GEO_OK;
}

enum geo_status geo_geojson_commit(struct geo_geojson *reader)
{
    struct geo_draft *draft = &reader->draft;
    struct geo_batch *batch = reader->batch;
    reader->in_head = false;
    if (!batch && !reader->scanning) {
        reader->held = true;
        return GEO_OK;
    }
    int64_t fid = reader->count++;
    if (batch) {
        if (!draft->fault)
            GEO_TRY(geo_draft_add_parts(reader->ctx, draft, batch));
        enum geo_shape shape = draft->fault ? GEO_SHAPE_NULL : draft->shape;
        GEO_TRY(geo_batch_end_feature(reader->ctx, batch, shape, fid));
    }
    GEO_TRY(geo_columns_put(reader->ctx, &reader->columns, draft, batch));
    return batch ? note(reader, fid) : GEO_OK;
}

static bool is_full(const struct geo_batch *batch)
{
    return batch->n >= GEO_BATCH_FEATURES || batch->vertex_count >= GEO_BATCH_VERTICES;
}

enum geo_status geo_geojson_check_place(struct geo_geojson *reader, struct geo_batch *batch)
{
    if (reader->has_checked_place || batch->vertex_count == 0)
        return GEO_OK;
    reader->has_checked_place = true;
    return geo_origin_check_batch(reader->ctx, reader->origin, batch);
}

static enum geo_status next(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct geo_geojson *reader = self;
    reader->ctx = ctx;
    reader->batch = batch;
    enum geo_status status = geo_columns_attach(ctx, &reader->columns, batch);
    while (status == GEO_OK && !is_full(batch))
        status = geo_geojson_step(reader);
    reader->batch = NULL;
    if (status != GEO_OK && (status != GEO_END || batch->n == 0))
        return status;
    return geo_geojson_check_place(reader, batch);
}

/* ---- opening ---- */

static void close_reader(struct geo_ctx *ctx, void *self)
{
    struct geo_geojson *reader = self;
    (void)ctx;
    if (reader->yajl)
        yajl_free(reader->yajl);
    if (reader->plain)
        freelocale(reader->plain);
    geo_geojson_release_lines(reader);
    geo_bytes_close(&reader->bytes);
    geo_draft_release(&reader->draft);
    geo_columns_release(&reader->columns);
    free(reader->crs_json);
    free(reader->crs);
    free(reader->operation);
    free(reader);
}

/* The extent of the first feature, which stands for that of a layer that states none. */
static void measure_head(struct geo_geojson *reader)
{
    const struct geo_capture *capture = &reader->draft.capture;
    double *e = reader->head;
    e[0] = e[1] = INFINITY, e[2] = e[3] = -INFINITY;
    for (size_t v = 0; reader->held && v < capture->vertex_n; v++) {
        struct geo_lonlat at = capture->vertex[v];
        e[0] = fmin(e[0], at.lon), e[1] = fmin(e[1], at.lat);
        e[2] = fmax(e[2], at.lon), e[3] = fmax(e[3], at.lat);
    }
}

/* Reads until the first feature is whole: all that the input says of itself stands before. */
static enum geo_status read_head(struct geo_geojson *reader)
{
    enum geo_status status = GEO_OK;
    reader->in_head = true;
    while (status == GEO_OK && !reader->held)
        status = geo_geojson_step(reader);
    reader->in_head = false;
    measure_head(reader);
    return status == GEO_END ? GEO_OK : status;
}

/* Reads all of the input for its columns, and goes back to the start. */
static enum geo_status scan(struct geo_geojson *reader)
{
    enum geo_status status = GEO_OK;
    reader->scanning = true;
    while (status == GEO_OK)
        status = geo_geojson_step(reader);
    reader->scanning = false;
    if (status != GEO_END)
        return status;
    GEO_TRY(geo_bytes_rewind(reader->ctx, &reader->bytes));
    return geo_geojson_start(reader);
}

static enum geo_status prepare(struct geo_geojson *reader, const struct geo_read_options *options)
{
    struct geo_ctx *ctx = reader->ctx;
    bool is_fixed = options->fixed_columns;
    GEO_TRY(geo_geojson_start(reader));
    if (is_fixed && geo_bytes_is_stream(&reader->bytes))
        GEO_TRY(geo_bytes_keep(ctx, &reader->bytes));
    GEO_TRY(read_head(reader));
    if (is_fixed && !reader->streamed)
        return scan(reader);
    geo_bytes_forget(&reader->bytes);
    const char *missing = reader->streamed ? geo_columns_missing(&reader->columns) : NULL;
    if (missing)
        return geo_columns_fail_missing(ctx, &reader->columns, reader->path, missing);
    return GEO_OK;
}

static enum geo_status new_reader(struct geo_ctx *ctx, const struct geo_origin *origin,
                                  const struct geo_read_options *options, size_t chunk,
                                  struct geo_geojson **made)
{
    struct geo_geojson *reader = calloc(1, sizeof *reader);
    if (!reader)
        return geo_no_memory(ctx);
    reader->ctx = ctx;
    reader->bytes.fd = reader->bytes.spool = -1;
    reader->edges = -1;
    reader->ignore_crs = options->src_crs != NULL;
    reader->origin = origin;
    reader->path = origin->name;
    reader->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    enum geo_status status = reader->plain ? GEO_OK : geo_no_memory(ctx);
    if (status == GEO_OK)
        status = geo_columns_init(ctx, &reader->columns, options->select);
    if (status == GEO_OK)
        status = geo_bytes_open(ctx, &reader->bytes, reader->path, chunk);
    if (status == GEO_OK)
        status = prepare(reader, options);
    if (status != GEO_OK)
        close_reader(ctx, reader);
    else
        *made = reader;
    return status;
}

/* "zones" of "plan/zones.geojson" */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? strndup(name, (size_t)(dot - name)) : strdup(name);
}

static enum geo_status check_options(struct geo_ctx *ctx, const char *path, const char *stem,
                                     const struct geo_read_options *options)
{
    const char *encoding = options->encoding;
    if (encoding && strcasecmp(encoding, "UTF-8") && strcasecmp(encoding, "UTF8"))
        return geo_fail(ctx, GEO_EARG, "%s: GeoJSON is always UTF-8, not %s", path, encoding);
    if (options->layer && strcmp(options->layer, stem))
        return geo_fail(ctx, GEO_EARG, "%s: there is no layer '%s', only '%s'", path,
                        options->layer, stem);
    if (options->open_options && options->open_options[0])
        return geo_fail(ctx, GEO_EARG, "%s: GeoJSON on standard input takes no open options", path);
    return GEO_OK;
}

/* The CRS, where it is not simply that of GeoJSON. */
static enum geo_status set_crs(struct geo_ctx *ctx, const struct geo_geojson *reader,
                               const struct geo_read_options *options, struct geo_origin *origin)
{
    char *chosen = NULL;
    static const char wgs84[] = "OGC:CRS84";
    const char *stated = reader->crs ? reader->crs : wgs84;
    const double *extent = reader->head[0] <= reader->head[2] ? reader->head : NULL;
    enum geo_status status =
        geo_origin_choose_crs(ctx, origin, stated, options->src_crs, extent, &chosen);
    if (status == GEO_OK && (strcmp(chosen, wgs84) != 0 || origin->swap_axes))
        status = geo_origin_take_crs(ctx, origin, chosen, NULL);
    free(chosen);
    return geo_origin_forgive(ctx, origin, status);
}

/* What is known of every input, and the CRS. */
static enum geo_status describe(struct geo_ctx *ctx, const struct geo_geojson *reader,
                                const struct geo_read_options *options, struct geo_origin *origin)
{
    origin->driver = strdup("GeoJSON");
    origin->encoding = strdup("UTF-8");
    origin->crs = strdup("OGC:CRS84");
    origin->operation_text = strdup("");
    if (!origin->driver || !origin->encoding || !origin->crs || !origin->operation_text)
        return geo_no_memory(ctx);
    GEO_TRY(set_crs(ctx, reader, options, origin));
    origin->edges = reader->edges;
    origin->streamed = reader->streamed;
    if (origin->definition || options->src_crs || !reader->streamed)
        return GEO_OK;
    /* The tool before this one has brought it here. */
    origin->accuracy_m = reader->accuracy_m;
    if (!reader->operation)
        return GEO_OK;
    free(origin->operation_text);
    origin->operation_text = strdup(reader->operation);
    return origin->operation_text ? GEO_OK : geo_no_memory(ctx);
}

static enum geo_status open_input(struct geo_ctx *ctx, const char *path,
                                  const struct geo_read_options *options, size_t chunk,
                                  struct geo_input *input)
{
    struct geo_geojson *reader = NULL;
    GEO_TRY(geo_origin_begin(ctx, &input->origin, path, options));
    input->origin.layer = stem_of(path);
    if (!input->origin.layer)
        return geo_no_memory(ctx);
    GEO_TRY(check_options(ctx, path, input->origin.layer, options));
    GEO_TRY(new_reader(ctx, &input->origin, options, chunk, &reader));
    input->count = -1;
    input->self = reader;
    input->next = next;
    input->claim = geo_geojson_claim;
    input->load = geo_geojson_load;
    input->settle = geo_geojson_settle;
    input->close = close_reader;
    GEO_TRY(describe(ctx, reader, options, &input->origin));
    return geo_columns_fields(ctx, &reader->columns, &input->fields);
}

enum geo_status geo_geojson_open_by(struct geo_ctx *ctx, const char *path,
                                    const struct geo_read_options *options, size_t chunk,
                                    struct geo_input *input)
{
    *input = (struct geo_input){0};
    enum geo_status status = open_input(ctx, path, options, chunk, input);
    if (status == GEO_OK)
        return GEO_OK;
    if (input->self)
        close_reader(ctx, input->self);
    geo_fields_release(&input->fields);
    geo_origin_release(&input->origin);
    *input = (struct geo_input){0};
    return status;
}

enum geo_status geo_geojson_open(struct geo_ctx *ctx, const char *path,
                                 const struct geo_read_options *options, struct geo_input *input)
{
    return geo_geojson_open_by(ctx, path, options, GEO_GEOJSON_CHUNK, input);
}
