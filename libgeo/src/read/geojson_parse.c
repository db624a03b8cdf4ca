/* yajl, slice by slice, and where a text goes wrong. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "read/geojson.h"

/* Begins every record of a sequence (RFC 8142). */
#define RECORD_SEPARATOR 0x1E

/* No feature and no position is written in fewer bytes. */
#define FEATURE_BYTES 16
#define VERTEX_BYTES 4

/* Slices shorter than this end with an object, so that yajl stops where the batch is full. */
#define SLICE_MIN 1024

/* A token that goes on is given in ever longer slices, since yajl looks at all of it each time. */
#define STALL_MAX ((size_t)16 << 20)

/* ---- callbacks ---- */

static int pass(struct geo_geojson *reader, enum geo_status status)
{
    reader->moved = true;
    reader->status = status;
    return status == GEO_OK;
}

static int on_null(void *self)
{
    return pass(self, geo_geojson_scalar(self, (struct geo_scalar){GEO_TYPE_NULL, "null", 4}));
}

static int on_boolean(void *self, int value)
{
    struct geo_scalar scalar = {GEO_TYPE_BOOL, value ? "true" : "false", value ? 4 : 5};
    return pass(self, geo_geojson_scalar(self, scalar));
}

static int on_number(void *self, const char *text, size_t n)
{
    struct geo_geojson *reader = self;
    if (reader->mode == GEO_MODE_COORDINATES) {
        geo_draft_number(&reader->draft, text, n, reader->plain);
        return pass(reader, GEO_OK);
    }
    return pass(reader, geo_geojson_scalar(reader, (struct geo_scalar){GEO_TYPE_REAL, text, n}));
}

static int on_string(void *self, const unsigned char *text, size_t n)
{
    struct geo_scalar scalar = {GEO_TYPE_TEXT, (const char *)text, n};
    return pass(self, geo_geojson_scalar(self, scalar));
}

static int on_key(void *self, const unsigned char *text, size_t n)
{
    return pass(self, geo_geojson_key(self, (const char *)text, n));
}

static int on_start_map(void *self)
{
    return pass(self, geo_geojson_open_value(self, true));
}

static int on_end_map(void *self)
{
    return pass(self, geo_geojson_close_value(self, true));
}

static int on_start_array(void *self)
{
    return pass(self, geo_geojson_open_value(self, false));
}

static int on_end_array(void *self)
{
    return pass(self, geo_geojson_close_value(self, false));
}

enum geo_status geo_geojson_start(struct geo_geojson *reader)
{
    static const yajl_callbacks callbacks = {.yajl_null = on_null,
                                             .yajl_boolean = on_boolean,
                                             .yajl_number = on_number,
                                             .yajl_string = on_string,
                                             .yajl_start_map = on_start_map,
                                             .yajl_map_key = on_key,
                                             .yajl_end_map = on_end_map,
                                             .yajl_start_array = on_start_array,
                                             .yajl_end_array = on_end_array};
    if (reader->yajl)
        yajl_free(reader->yajl);
    reader->yajl = yajl_alloc(&callbacks, NULL, reader);
    if (!reader->yajl || !yajl_config(reader->yajl, yajl_allow_multiple_values, 1))
        return geo_no_memory(reader->ctx);
    reader->mode = GEO_MODE_GEOJSON;
    reader->nest = reader->depth = reader->stall = 0;
    reader->in_string = reader->is_escaped = false;
    reader->escape = (struct geo_geojson_escape){0};
    reader->frame_n = 1;
    reader->frame[0] = (struct geo_geojson_frame){.place = GEO_AT_TOP};
    reader->count = 0;
    reader->held = reader->any = reader->is_lines = reader->ended = false;
    return GEO_OK;
}

/* ---- failures ---- */

enum geo_status geo_geojson_add_place(struct geo_geojson *reader, enum geo_status status,
                                      size_t end)
{
    uint64_t line, column;
    char why[400];
    if (status == GEO_ENOMEM)
        return status;
    snprintf(why, sizeof why, "%s", geo_ctx_message(reader->ctx));
    geo_bytes_place(&reader->bytes, end > 0 ? end - 1 : 0, &line, &column);
    column -= end == 0 && column > 1; /* it was the last byte of the chunk before */
    return geo_fail(reader->ctx, status, "%s:%" PRIu64 ":%" PRIu64 ": %s", reader->path, line,
                    column, why);
}

static enum geo_status fail_at(struct geo_geojson *reader, size_t end, const char *why)
{
    return geo_geojson_add_place(reader, geo_fail(reader->ctx, GEO_EREAD, "%s", why), end);
}

/* What yajl says went wrong, without its kind ("lexical error: "), line end and full stop. */
static enum geo_status fail_json(struct geo_geojson *reader)
{
    unsigned char *text = yajl_get_error(reader->yajl, 0, NULL, 0);
    if (!text)
        return geo_no_memory(reader->ctx);
    const char *colon = strstr((char *)text, ": "), *why = colon ? colon + 2 : (char *)text;
    size_t n = strcspn(why, "\n");
    n -= n > 0 && why[n - 1] == '.';
    enum geo_status status = geo_fail(reader->ctx, GEO_EREAD, "not JSON: %.*s", (int)n, why);
    yajl_free_error(reader->yajl, text);
    return status;
}

/* yajl stopped when it had taken `used` bytes of the slice. */
static enum geo_status fail_parse(struct geo_geojson *reader, yajl_status stopped, size_t used)
{
    enum geo_status status =
        stopped == yajl_status_client_canceled ? reader->status : fail_json(reader);
    return geo_geojson_add_place(reader, status, reader->bytes.at + used);
}

/* ---- the end ---- */

/* Whether our tools may be at the other end of a pipe. */
static bool is_stream(const struct geo_geojson *reader)
{
    return geo_bytes_is_stream(&reader->bytes);
}

static bool is_stdin(const struct geo_geojson *reader)
{
    return !strcmp(reader->path, "-");
}

static enum geo_status fail_cut(struct geo_geojson *reader, const char *why)
{
    if (reader->streamed && is_stream(reader))
        return geo_fail(reader->ctx, GEO_EREAD,
                        "%s: the stream ends in the middle: the tool before this one failed",
                        reader->path);
    return fail_at(reader, reader->bytes.n, why);
}

static enum geo_status fail_empty(struct geo_geojson *reader)
{
    if (!reader->bytes.started && is_stdin(reader))
        return geo_fail(reader->ctx, GEO_EREAD, "-: nothing came: the tool before this one failed");
    return geo_fail(reader->ctx, GEO_EREAD, "%s: %s", reader->path,
                    reader->bytes.started ? "there is no object of GeoJSON in it"
                                          : "the file is empty");
}

enum geo_status geo_geojson_end(struct geo_geojson *reader)
{
    yajl_status stopped = yajl_complete_parse(reader->yajl);
    if (stopped == yajl_status_client_canceled)
        return fail_parse(reader, stopped, 0);
    if (reader->depth == 0 && !reader->any)
        return fail_empty(reader);
    if (stopped != yajl_status_ok || reader->depth > 0)
        return fail_cut(reader, "the input ends in the middle of a value");
    /* Our tools end the last line only when all went well. */
    bool are_lines = reader->is_lines || is_stream(reader);
    if (reader->streamed && are_lines && reader->bytes.last != '\n')
        return fail_cut(reader, "the last line is not ended: the tool that wrote it failed");
    return GEO_END;
}

/* Whether the input ends as it should. */
static enum geo_status finish(struct geo_geojson *reader)
{
    enum geo_status status = geo_geojson_end(reader);
    if (status != GEO_END)
        return status;
    const char *missing = reader->count > 0 ? geo_columns_missing(&reader->columns) : NULL;
    if (missing)
        return geo_columns_fail_missing(reader->ctx, &reader->columns, reader->path, missing);
    reader->ended = true;
    return GEO_END;
}

/* ---- slices ---- */

/* Up to the end of the next object, so that no slice of the head holds two features. */
static size_t head_slice(struct geo_geojson *reader, const unsigned char *from, size_t left)
{
    for (size_t i = 0; i < left; i++) {
        if (from[i] == RECORD_SEPARATOR)
            return i;
        if (reader->is_escaped)
            reader->is_escaped = false;
        else if (from[i] == '"')
            reader->in_string = !reader->in_string;
        else if (reader->in_string)
            reader->is_escaped = from[i] == '\\';
        else if (from[i] == '}')
            return i + 1;
    }
    return left;
}

/* Bytes which cannot hold more features and vertices than the batch still takes. */
static size_t batch_slice(const struct geo_geojson *reader, const unsigned char *from, size_t left)
{
    const struct geo_batch *batch = reader->batch;
    size_t vertices = batch->vertex_count + reader->draft.capture.vertex_n;
    size_t n = (GEO_BATCH_FEATURES - batch->n) * FEATURE_BYTES;
    size_t most =
        vertices < GEO_BATCH_VERTICES ? (GEO_BATCH_VERTICES - vertices) * VERTEX_BYTES : 0;
    n = n < most ? n : most;
    if (n < SLICE_MIN) {
        const unsigned char *end = memchr(from, '}', left);
        n = end ? (size_t)(end - from) + 1 : left;
    }
    return n < reader->stall ? reader->stall : n;
}

static size_t next_slice(struct geo_geojson *reader, const unsigned char *from, size_t left)
{
    if (!reader->batch && !reader->scanning)
        return head_slice(reader, from, left);
    size_t n = reader->scanning || reader->is_part ? left : batch_slice(reader, from, left);
    n = n < left ? n : left;
    const unsigned char *record = memchr(from, RECORD_SEPARATOR, n);
    return record ? (size_t)(record - from) : n;
}

static enum geo_status parse_slice(struct geo_geojson *reader)
{
    struct geo_bytes *bytes = &reader->bytes;
    const unsigned char *from = bytes->chunk + bytes->at;
    if (*from == RECORD_SEPARATOR) {
        if (reader->depth > 0)
            return fail_at(reader, bytes->at + 1, "a record begins before the last one ended");
        bytes->at++;
        return GEO_OK;
    }
    size_t n = next_slice(reader, from, bytes->n - bytes->at);
    size_t lone = geo_geojson_lone_surrogate(&reader->escape, from, n);
    if (lone < n)
        return fail_at(reader, bytes->at + lone + 1, "half of a surrogate pair stands alone");
    reader->moved = false;
    yajl_status stopped = yajl_parse(reader->yajl, from, n);
    if (stopped != yajl_status_ok)
        return fail_parse(reader, stopped, yajl_get_bytes_consumed(reader->yajl));
    bytes->at += n;
    size_t more = 2 * (n > reader->stall ? n : reader->stall);
    reader->stall = reader->moved ? 0 : more < STALL_MAX ? more : STALL_MAX;
    return GEO_OK;
}

/* Hands on the feature that was read with the head. */
static enum geo_status release_held(struct geo_geojson *reader)
{
    reader->held = false;
    enum geo_status status = geo_geojson_commit(reader);
    return status == GEO_OK ? GEO_OK : geo_geojson_add_place(reader, status, reader->bytes.at);
}

enum geo_status geo_geojson_step(struct geo_geojson *reader)
{
    struct geo_bytes *bytes = &reader->bytes;
    if (reader->held)
        return release_held(reader);
    if (reader->ended)
        return GEO_END;
    if (bytes->at == bytes->n) {
        enum geo_status status = geo_bytes_fill(reader->ctx, bytes, reader->stall);
        if (status == GEO_END)
            return finish(reader);
        if (status != GEO_OK || bytes->n == 0)
            return status;
    }
    return parse_slice(reader);
}
