/* GeoJSON: documents, and lines. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "write/antimeridian.h"
#include "write/bounds.h"
#include "write/geometry_text.h"
#include "write/json_text.h"
#include "write/number.h"
#include "write/provenance.h"
#include "write/rounding.h"
#include "write/sink.h"

/* Every feature begins so; in lines, the member `geo` follows in the first one. */
#define FEATURE "{\"type\":\"Feature\""
#define COLLECTION "{\"type\":\"FeatureCollection\","

struct geojson {
    bool lines;
    bool begun; /* a feature has been written */
    char *head; /* the member `geo` without its fields */
    char
        *member; /* the whole of it, for the columns of the last batch before anything is written */
};

/* What stands between two features. */
static const char *separator(const struct geojson *self)
{
    return self->lines ? "\n" : ",\n";
}

static char *put_text(char *out, const char *text)
{
    size_t n = strlen(text);
    memcpy(out, text, n);
    return out + n;
}

/* ---- features ---- */

static const char *text_of(const struct geo_batch *batch, union geo_value value)
{
    return batch->text ? batch->text + value.text.at : "";
}

static char *put_cell(char *out, const struct geo_batch *batch, const struct geo_column *column,
                      size_t i)
{
    union geo_value value = column->value[i];
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_NULL:
        return put_text(out, "null");
    case GEO_TYPE_BOOL:
        return put_text(out, value.integer ? "true" : "false");
    case GEO_TYPE_INT:
        return geo_put_int(out, value.integer);
    case GEO_TYPE_REAL:
        return isfinite(value.real) ? geo_put_real(out, value.real) : put_text(out, "null");
    case GEO_TYPE_JSON:
        return geo_put_json_value(out, text_of(batch, value), value.text.n);
    default:
        return geo_put_json_text(out, text_of(batch, value), value.text.n);
    }
}

static size_t cell_room(const struct geo_column *column, size_t i)
{
    bool is_text = column->cell_type[i] >= GEO_TYPE_TEXT;
    return is_text ? GEO_JSON_TEXT_ROOM(column->value[i].text.n) : GEO_NUMBER_ROOM;
}

/* The names of the columns as JSON, each with its colon, made once a batch. */
struct keys {
    size_t n;
    size_t *end; /* of each in text */
    char *text;
};

static enum geo_status keys_new(struct geo_ctx *ctx, const struct geo_batch *batch,
                                struct keys *keys)
{
    size_t room = 1;
    for (size_t c = 0; c < batch->column_count; c++)
        room += GEO_JSON_TEXT_ROOM(strlen(batch->column[c].name)) + 1;
    *keys = (struct keys){batch->column_count,
                          malloc((batch->column_count + 1) * sizeof *keys->end), malloc(room)};
    if (!keys->end || !keys->text) {
        free(keys->end);
        free(keys->text);
        return geo_no_memory(ctx);
    }
    char *out = keys->text;
    for (size_t c = 0; c < keys->n; c++) {
        const char *name = batch->column[c].name;
        out = geo_put_json_text(out, name, strlen(name));
        *out++ = ':';
        keys->end[c] = (size_t)(out - keys->text);
    }
    return GEO_OK;
}

static void keys_free(struct keys *keys)
{
    free(keys->end);
    free(keys->text);
}

static char *put_properties(char *out, const struct geo_batch *batch, const struct keys *keys,
                            size_t i)
{
    size_t start = 0;
    out = put_text(out, ",\"properties\":{");
    for (size_t c = 0; c < keys->n; c++) {
        if (c)
            *out++ = ',';
        memcpy(out, keys->text + start, keys->end[c] - start);
        out = put_cell(out + keys->end[c] - start, batch, &batch->column[c], i);
        start = keys->end[c];
    }
    *out++ = '}';
    return out;
}

static char *put_bbox(char *out, const struct geo_bounds *bounds, int decimals)
{
    const double side[] = {bounds->west, bounds->south, bounds->east, bounds->north};
    if (!bounds->any)
        return out;
    out = put_text(out, ",\"bbox\":[");
    for (int s = 0; s < 4; s++) {
        out = geo_put_fixed(out, side[s], decimals);
        *out++ = s < 3 ? ',' : ']';
    }
    return out;
}

static size_t feature_room(const struct geo_batch *batch, const struct keys *keys, size_t i)
{
    enum { FIXED = 512 }; /* names of members, bbox */
    size_t room = FIXED + (keys->n ? keys->end[keys->n - 1] : 0) + geo_geometry_room(batch, i);
    for (size_t c = 0; c < keys->n; c++)
        room += cell_room(&batch->column[c], i) + 1;
    return room + (batch->id.cell_type ? cell_room(&batch->id, i) : 0);
}

/* What the features of a batch are encoded with. */
struct coding {
    struct keys keys;
    struct geo_bounds *bounds; /* one a feature; NULL: not wanted */
    struct geo_rounding rounding;
};

static char *put_feature(char *out, const struct geo_batch *batch, const struct coding *coding,
                         size_t i, int decimals)
{
    out = put_text(out, FEATURE);
    if (batch->id.cell_type && batch->id.cell_type[i] != GEO_TYPE_NULL) {
        out = put_text(out, ",\"id\":");
        out = put_cell(out, batch, &batch->id, i);
    }
    if (coding->bounds)
        out = put_bbox(out, &coding->bounds[i], decimals);
    out = put_properties(out, batch, &coding->keys, i);
    out = put_text(out, ",\"geometry\":");
    if (batch->shape[i] == GEO_SHAPE_NULL)
        out = put_text(out, "null");
    else
        out = geo_put_geometry(out, batch, i, decimals, GEO_NOTATION_JSON);
    *out++ = '}';
    return out;
}

/* Every feature follows a separator; the first one of all is written without it. */
static enum geo_status put_features(struct geo_ctx *ctx, const struct geo_sink *sink,
                                    struct geo_batch *batch, struct coding *coding)
{
    const struct geojson *self = sink->self;
    batch->byte_count = 0;
    for (size_t i = 0; i < batch->n; i++) {
        char *byte;
        int decimals;
        if (batch->dropped[i])
            continue;
        GEO_TRY(geo_rounding_decimals(ctx, &coding->rounding, batch, i, &decimals));
        GEO_TRY(geo_batch_reserve_bytes(ctx, batch, feature_room(batch, &coding->keys, i), &byte));
        char *out = put_text(byte, separator(self));
        out = put_feature(out, batch, coding, i, decimals);
        batch->byte_count += (size_t)(out - byte);
    }
    return GEO_OK;
}

static enum geo_status encode(struct geo_ctx *ctx, const struct geo_sink *sink,
                              struct geo_batch *batch)
{
    struct coding coding = {.rounding.decimals = sink->decimals};
    if (sink->bbox) /* before the shapes are cut, while it shows on which side they lie */
        GEO_TRY(geo_bounds_new(ctx, batch, &coding.bounds));
    enum geo_status status = geo_batch_cut(ctx, batch, sink->edges);
    if (status == GEO_OK && coding.bounds)
        geo_bounds_add_latitudes(batch, coding.bounds);
    if (status == GEO_OK)
        status = keys_new(ctx, batch, &coding.keys);
    if (status == GEO_OK) {
        status = put_features(ctx, sink, batch, &coding);
        keys_free(&coding.keys);
    }
    geo_rounding_release(&coding.rounding);
    free(coding.bounds);
    return status;
}

/* ---- the stream of them ---- */

static enum geo_status write_text(struct geo_ctx *ctx, struct geo_sink *sink, const char *text)
{
    return geo_output_write(ctx, &sink->output, text, strlen(text));
}

/* What stands before the first feature of a document, or its line's beginning. */
static enum geo_status begin(struct geo_ctx *ctx, struct geo_sink *sink)
{
    const struct geojson *self = sink->self;
    GEO_TRY(write_text(ctx, sink, self->lines ? FEATURE "," : COLLECTION "\n"));
    GEO_TRY(write_text(ctx, sink, self->member));
    return self->lines ? GEO_OK : write_text(ctx, sink, ",\n\"features\":[\n");
}

/* The member `geo` states the columns; as long as nothing is written, those of the last batch. */
static enum geo_status set_member(struct geo_ctx *ctx, struct geojson *self,
                                  const struct geo_batch *batch)
{
    char *member;
    GEO_TRY(geo_provenance_member(ctx, self->head, batch, &member));
    free(self->member);
    self->member = member;
    return GEO_OK;
}

static enum geo_status emit(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch)
{
    struct geojson *self = sink->self;
    size_t skipped = 0;
    if (!self->begun)
        GEO_TRY(set_member(ctx, self, batch));
    if (!batch->byte_count)
        return GEO_OK;
    if (!self->begun) {
        GEO_TRY(begin(ctx, sink));
        skipped = strlen(separator(self)) + (self->lines ? strlen(FEATURE) : 0);
        self->begun = true;
    }
    return geo_output_write(ctx, &sink->output, batch->byte + skipped, batch->byte_count - skipped);
}

static enum geo_status finish_empty(struct geo_ctx *ctx, struct geo_sink *sink)
{
    struct geojson *self = sink->self;
    if (!self->member)
        GEO_TRY(set_member(ctx, self, NULL));
    if (!self->lines) {
        GEO_TRY(begin(ctx, sink));
        return write_text(ctx, sink, "]}\n");
    }
    GEO_TRY(write_text(ctx, sink, COLLECTION));
    GEO_TRY(write_text(ctx, sink, self->member));
    return write_text(ctx, sink, ",\"features\":[]}\n");
}

static enum geo_status finish(struct geo_ctx *ctx, struct geo_sink *sink)
{
    const struct geojson *self = sink->self;
    if (!self->begun)
        return finish_empty(ctx, sink);
    return write_text(ctx, sink, self->lines ? "\n" : "\n]}\n");
}

static enum geo_status open_geojson(struct geo_ctx *ctx, const struct geo_write_options *options,
                                    struct geo_sink *sink)
{
    struct geojson *self = calloc(1, sizeof *self);
    if (!self)
        return geo_no_memory(ctx);
    sink->self = self;
    self->lines = !strcmp(sink->format, "geojsonl");
    return geo_provenance_head(ctx, &options->provenance, &self->head);
}

static void release(struct geo_ctx *ctx, struct geo_sink *sink)
{
    (void)ctx;
    struct geojson *self = sink->self;
    if (self) {
        free(self->head);
        free(self->member);
        free(self);
    }
}

const struct geo_family geo_geojson_family = {.has_bytes = true,
                                              .open = open_geojson,
                                              .encode = encode,
                                              .emit = emit,
                                              .finish = finish,
                                              .release = release};
