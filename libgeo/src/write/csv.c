/* CSV (RFC 4180): a header, then a feature a line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "write/antimeridian.h"
#include "write/geometry_text.h"
#include "write/number.h"
#include "write/rounding.h"
#include "write/sink.h"
#include "write/table.h"

/* Where the geometry goes: two columns of numbers for points, else one of text. */
enum place { IN_WKT, IN_LONLAT };

struct csv {
    char separator;
    const char *end; /* of a line */
    bool begun;      /* the header is written; until then it is that of the last batch */
    struct geo_names names;
    enum place place;
};

/* ---- one row ---- */

static bool needs_quotes(const char *text, size_t n, char separator)
{
    bool needs = n == 0 || text[0] == ' ' || text[n - 1] == ' '; /* "" is a text, nothing is null */
    for (size_t i = 0; i < n; i++)
        needs |= (text[i] == separator) | (text[i] == '"') | (text[i] == '\n') | (text[i] == '\r');
    return needs;
}

static char *put_text(char *out, const char *text, size_t n, char separator)
{
    if (!needs_quotes(text, n, separator)) {
        memcpy(out, text, n);
        return out + n;
    }
    *out++ = '"';
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"')
            *out++ = '"';
        *out++ = text[i];
    }
    *out++ = '"';
    return out;
}

static char *put_real(char *out, double x)
{
    if (fabs(x) < 1e15 && x == (double)(int64_t)x)
        return geo_put_int(out, (int64_t)x);
    return geo_put_real(out, x);
}

static char *put_cell(char *out, const struct geo_batch *batch, const struct geo_column *column,
                      size_t i, char separator)
{
    union geo_value value = column->value[i];
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_NULL:
        return out;
    case GEO_TYPE_BOOL:
        return stpcpy(out, value.integer ? "true" : "false");
    case GEO_TYPE_INT:
        return geo_put_int(out, value.integer);
    case GEO_TYPE_REAL:
        return isfinite(value.real) ? put_real(out, value.real) : out;
    default:
        return put_text(out, batch->text ? batch->text + value.text.at : "", value.text.n,
                        separator);
    }
}

static char *put_lonlat(char *out, const struct geo_batch *batch, size_t i, int decimals,
                        char separator)
{
    size_t part = batch->part_start[i];
    const struct geo_lonlat *at = NULL;
    if (batch->part_start[i + 1] == part + 1 && batch->part_kind[part] == GEO_KIND_POINT)
        at = &batch->vertex[batch->vertex_start[batch->ring_start[part]]];
    if (at)
        out = geo_put_fixed(out, at->lon, decimals);
    *out++ = separator;
    return at ? geo_put_fixed(out, at->lat, decimals) : out;
}

/* WKT has commas, and no quotes. */
static char *put_wkt(char *out, const struct geo_batch *batch, size_t i, int decimals)
{
    if (batch->shape[i] == GEO_SHAPE_NULL)
        return out;
    *out++ = '"';
    out = geo_put_geometry(out, batch, i, decimals, GEO_NOTATION_WKT);
    *out++ = '"';
    return out;
}

static size_t row_room(const struct geo_batch *batch, const struct geo_table *table, size_t i)
{
    size_t room = 2 * GEO_NUMBER_ROOM + geo_geometry_room(batch, i);
    for (size_t c = 0; c < table->n; c++) {
        const struct geo_column *column = table->column[c];
        bool is_text = column && column->cell_type[i] >= GEO_TYPE_TEXT;
        room += is_text ? 2 * column->value[i].text.n + 4 : GEO_NUMBER_ROOM;
    }
    return room;
}

static char *put_row(char *out, const struct csv *self, const struct geo_batch *batch,
                     const struct geo_table *table, enum place place, size_t i, int decimals)
{
    char *start = out;
    for (size_t c = 0; c < table->n; c++) {
        if (table->column[c])
            out = put_cell(out, batch, table->column[c], i, self->separator);
        *out++ = self->separator;
    }
    out = place == IN_LONLAT ? put_lonlat(out, batch, i, decimals, self->separator)
                             : put_wkt(out, batch, i, decimals);
    if (out == start) /* a line of nothing would be no row */
        out = stpcpy(out, "\"\"");
    return stpcpy(out, self->end);
}

static enum geo_status append_row(struct geo_ctx *ctx, const struct csv *self,
                                  struct geo_batch *batch, const struct geo_table *table,
                                  enum place place, size_t i, struct geo_rounding *rounding)
{
    char *byte;
    int decimals;
    GEO_TRY(geo_rounding_decimals(ctx, rounding, batch, i, &decimals));
    GEO_TRY(geo_batch_reserve_bytes(ctx, batch, row_room(batch, table, i), &byte));
    char *end = put_row(byte, self, batch, table, place, i, decimals);
    batch->byte_count += (size_t)(end - byte);
    return GEO_OK;
}

static enum geo_status put_rows(struct geo_ctx *ctx, const struct geo_sink *sink,
                                struct geo_batch *batch, const struct geo_table *table,
                                enum place place)
{
    struct geo_rounding rounding = {.decimals = sink->decimals};
    enum geo_status status = GEO_OK;
    batch->byte_count = 0;
    for (size_t i = 0; status == GEO_OK && i < batch->n; i++)
        if (!batch->dropped[i])
            status = append_row(ctx, sink->self, batch, table, place, i, &rounding);
    geo_rounding_release(&rounding);
    return status;
}

/* ---- the table ---- */

static bool has_name(const struct geo_table *table, const char *name)
{
    bool found = false;
    for (size_t c = 0; c < table->n; c++)
        found |= !strcmp(geo_table_name(table, c), name);
    return found;
}

static enum place place_of(const struct geo_batch *batch, const struct geo_table *table)
{
    size_t points = 0, others = 0;
    for (size_t i = 0; i < batch->n; i++) {
        points += !batch->dropped[i] && batch->shape[i] == GEO_SHAPE_POINT;
        others += !batch->dropped[i] && batch->shape[i] > GEO_SHAPE_POINT;
    }
    bool is_free = !has_name(table, "lon") && !has_name(table, "lat");
    return points && !others && is_free ? IN_LONLAT : IN_WKT;
}

static enum geo_status encode(struct geo_ctx *ctx, const struct geo_sink *sink,
                              struct geo_batch *batch)
{
    struct geo_table table;
    GEO_TRY(geo_batch_cut(ctx, batch, sink->edges));
    GEO_TRY(geo_table_new(ctx, batch, &table));
    enum geo_status status = put_rows(ctx, sink, batch, &table, place_of(batch, &table));
    geo_table_free(&table);
    return status;
}

/* The first name of wkt, wkt_2, … that no column has. */
static void name_wkt(const struct geo_names *names, char *name, size_t room)
{
    snprintf(name, room, "wkt");
    for (size_t c = 0, k = 2; c < names->n; c++)
        if (!strcmp(names->name[c], name)) {
            snprintf(name, room, "wkt_%zu", k++);
            c = SIZE_MAX; /* from the beginning */
        }
}

static enum geo_status write_header(struct geo_ctx *ctx, struct geo_sink *sink)
{
    const struct csv *self = sink->self;
    size_t room = 64;
    for (size_t c = 0; c < self->names.n; c++)
        room += 2 * strlen(self->names.name[c]) + 4;
    char wkt[32], *header = malloc(room);
    if (!header)
        return geo_no_memory(ctx);
    char *out = stpcpy(header, sink->excel ? "\xEF\xBB\xBF" : "");
    for (size_t c = 0; c < self->names.n; c++) {
        const char *name = self->names.name[c];
        out = put_text(out, name, strlen(name), self->separator);
        *out++ = self->separator;
    }
    name_wkt(&self->names, wkt, sizeof wkt);
    if (self->place == IN_WKT)
        out = stpcpy(out, wkt);
    else
        out += sprintf(out, "lon%clat", self->separator);
    out = stpcpy(out, self->end);
    enum geo_status status = geo_output_write(ctx, &sink->output, header, (size_t)(out - header));
    free(header);
    return status;
}

static enum geo_status set_header(struct geo_ctx *ctx, struct csv *self,
                                  const struct geo_batch *batch, const struct geo_table *table)
{
    struct geo_names names;
    GEO_TRY(geo_names_new(ctx, table, &names));
    geo_names_free(&self->names);
    self->names = names;
    self->place = place_of(batch, table);
    return GEO_OK;
}

/* Encodes a batch once more, as the header has it. */
static enum geo_status encode_again(struct geo_ctx *ctx, struct geo_sink *sink,
                                    struct geo_batch *batch)
{
    const struct csv *self = sink->self;
    struct geo_table table;
    for (size_t i = 0; self->place == IN_LONLAT && i < batch->n; i++)
        if (!batch->dropped[i] && batch->shape[i] > GEO_SHAPE_POINT)
            GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                                   "not a point: lon and lat left empty", NULL));
    GEO_TRY(geo_table_match(ctx, &self->names, batch, &table));
    enum geo_status status = put_rows(ctx, sink, batch, &table, self->place);
    geo_table_free(&table);
    return status;
}

static enum geo_status prepare(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch,
                               const struct geo_table *table)
{
    struct csv *self = sink->self;
    if (!self->begun)
        GEO_TRY(set_header(ctx, self, batch, table));
    if (!batch->byte_count)
        return GEO_OK;
    if (!self->begun)
        GEO_TRY(write_header(ctx, sink));
    self->begun = true;
    bool fits = place_of(batch, table) == self->place && geo_table_has_names(table, &self->names);
    return fits ? GEO_OK : encode_again(ctx, sink, batch);
}

static enum geo_status emit(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch)
{
    struct geo_table table;
    GEO_TRY(geo_table_new(ctx, batch, &table));
    enum geo_status status = prepare(ctx, sink, batch, &table);
    geo_table_free(&table);
    if (status == GEO_OK)
        status = geo_output_write(ctx, &sink->output, batch->byte, batch->byte_count);
    return status;
}

static enum geo_status finish(struct geo_ctx *ctx, struct geo_sink *sink)
{
    const struct csv *self = sink->self;
    return self->begun ? GEO_OK : write_header(ctx, sink);
}

static enum geo_status open_csv(struct geo_ctx *ctx, const struct geo_write_options *options,
                                struct geo_sink *sink)
{
    struct csv *self = calloc(1, sizeof *self);
    if (!self)
        return geo_no_memory(ctx);
    self->separator = options->excel ? ';' : ',';
    self->end = options->excel ? "\r\n" : "\n";
    sink->self = self;
    return GEO_OK;
}

static void release(struct geo_ctx *ctx, struct geo_sink *sink)
{
    (void)ctx;
    struct csv *self = sink->self;
    if (self)
        geo_names_free(&self->names);
    free(self);
}

const struct geo_family geo_csv_family = {.is_table = true,
                                          .has_bytes = true,
                                          .open = open_csv,
                                          .encode = encode,
                                          .emit = emit,
                                          .finish = finish,
                                          .release = release};
