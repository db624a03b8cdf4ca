/* Columns, cells and notes of a batch. */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "geo/batch.h"

size_t geo_batch_find_column(const struct geo_batch *batch, const char *name)
{
    for (size_t c = 0; c < batch->column_count; c++)
        if (!strcmp(batch->column[c].name, name))
            return c;
    return SIZE_MAX;
}

static enum geo_status column_init(struct geo_ctx *ctx, struct geo_column *column, size_t room,
                                   enum geo_type type)
{
    size_t cells = room ? room : 1;
    *column = (struct geo_column){.type = type,
                                  .value = calloc(cells, sizeof *column->value),
                                  .cell_type = calloc(cells, sizeof *column->cell_type)};
    if (column->value && column->cell_type)
        return GEO_OK;
    free(column->value);
    free(column->cell_type);
    *column = (struct geo_column){0};
    return geo_no_memory(ctx);
}

/* The old column of a name makes way for ours: NAME_in, NAME_in2, … */
static enum geo_status make_way(struct geo_ctx *ctx, struct geo_batch *batch, size_t old)
{
    const char *name = batch->column[old].name;
    size_t room = strlen(name) + 24;
    char *renamed = malloc(room);
    if (!renamed)
        return geo_no_memory(ctx);
    snprintf(renamed, room, "%s_in", name);
    for (int k = 2; geo_batch_find_column(batch, renamed) != SIZE_MAX; k++)
        snprintf(renamed, room, "%s_in%d", name, k);
    enum geo_status status = geo_batch_note(
        ctx, batch, GEO_NOTE_INFO, -1, "column of the input renamed", "%s -> %s", name, renamed);
    free(batch->column[old].name);
    batch->column[old].name = renamed;
    return status;
}

enum geo_status geo_batch_add_column(struct geo_ctx *ctx, struct geo_batch *batch, const char *name,
                                     enum geo_type type, size_t *column)
{
    struct geo_column added;
    size_t old = geo_batch_find_column(batch, name);
    if (old != SIZE_MAX)
        GEO_TRY(make_way(ctx, batch, old));
    if (!geo_grow(&batch->column, batch->column_count + 1, sizeof *batch->column))
        return geo_no_memory(ctx);
    GEO_TRY(column_init(ctx, &added, batch->feature_room, type));
    added.name = strdup(name);
    if (!added.name) {
        free(added.value);
        free(added.cell_type);
        return geo_no_memory(ctx);
    }
    if (column)
        *column = batch->column_count;
    batch->column[batch->column_count++] = added;
    return GEO_OK;
}

enum geo_status geo_batch_add_result(struct geo_ctx *ctx, struct geo_batch *batch, const char *name,
                                     enum geo_type type, size_t *column)
{
    for (size_t c = 0; c < batch->column_count; c++)
        if (!strcasecmp(batch->column[c].name, name))
            GEO_TRY(make_way(ctx, batch, c));
    return geo_batch_add_column(ctx, batch, name, type, column);
}

enum geo_status geo_batch_want_id(struct geo_ctx *ctx, struct geo_batch *batch)
{
    return batch->id.value ? GEO_OK
                           : column_init(ctx, &batch->id, batch->feature_room, GEO_TYPE_TEXT);
}

enum geo_status geo_batch_copy_columns(struct geo_ctx *ctx, struct geo_batch *to,
                                       const struct geo_batch *from)
{
    for (size_t c = 0; c < from->column_count; c++) {
        const struct geo_column *column = &from->column[c];
        size_t at = 0;
        GEO_TRY(geo_batch_add_column(ctx, to, column->name, column->type, &at));
        to->column[at].width = column->width;
        to->column[at].precision = column->precision;
    }
    return GEO_OK;
}

/* ---- cells ---- */

static bool is_text(enum geo_type type)
{
    return type >= GEO_TYPE_TEXT;
}

enum geo_status geo_batch_add_text(struct geo_ctx *ctx, struct geo_batch *batch, const char *text,
                                   size_t n, size_t *at)
{
    if (batch->text_count + n > batch->text_room) {
        size_t room = geo_grown(batch->text_room, batch->text_count + n);
        if (!geo_grow(&batch->text, room, 1))
            return geo_no_memory(ctx);
        batch->text_room = room;
    }
    if (n)
        memcpy(batch->text + batch->text_count, text, n);
    *at = batch->text_count;
    batch->text_count += n;
    return GEO_OK;
}

enum geo_status geo_batch_copy_cell(struct geo_ctx *ctx, struct geo_batch *to,
                                    struct geo_column *column, size_t row,
                                    const struct geo_batch *from, const struct geo_column *source,
                                    size_t i)
{
    union geo_value value = source->value[i];
    enum geo_type type = source->cell_type[i];
    if (is_text(type)) {
        size_t at = 0;
        GEO_TRY(geo_batch_add_text(ctx, to, from->text + value.text.at, value.text.n, &at));
        value.text.at = at;
    }
    column->value[row] = value;
    column->cell_type[row] = (uint8_t)type;
    return GEO_OK;
}

void geo_batch_set_null(struct geo_batch *batch, size_t column, size_t i)
{
    batch->column[column].cell_type[i] = GEO_TYPE_NULL;
}

static void set(struct geo_batch *batch, size_t column, size_t i, enum geo_type type,
                union geo_value value)
{
    batch->column[column].value[i] = value;
    batch->column[column].cell_type[i] = (uint8_t)type;
}

void geo_batch_set_bool(struct geo_batch *batch, size_t column, size_t i, bool value)
{
    set(batch, column, i, GEO_TYPE_BOOL, (union geo_value){.integer = value});
}

void geo_batch_set_int(struct geo_batch *batch, size_t column, size_t i, int64_t value)
{
    set(batch, column, i, GEO_TYPE_INT, (union geo_value){.integer = value});
}

void geo_batch_set_real(struct geo_batch *batch, size_t column, size_t i, double value)
{
    if (isfinite(value))
        set(batch, column, i, GEO_TYPE_REAL, (union geo_value){.real = value});
    else
        geo_batch_set_null(batch, column, i);
}

enum geo_status geo_batch_set_text(struct geo_ctx *ctx, struct geo_batch *batch, size_t column,
                                   size_t i, enum geo_type type, const char *text, size_t n)
{
    size_t at = 0;
    GEO_TRY(geo_batch_add_text(ctx, batch, text, n, &at));
    set(batch, column, i, type, (union geo_value){.text = {at, n}});
    return GEO_OK;
}

/* Bytes of text that fit in room without cutting a UTF-8 character. */
static size_t whole_characters(const char *text, size_t n, size_t room)
{
    if (n <= room)
        return n;
    while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
        room--;
    return room;
}

size_t geo_batch_cell_text(const struct geo_batch *batch, const struct geo_column *column, size_t i,
                           char *out, size_t room)
{
    char number[40] = "";
    const char *text = number;
    union geo_value value = column->value[i];
    size_t n;
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_NULL:
        break;
    case GEO_TYPE_BOOL:
        text = value.integer ? "true" : "false";
        break;
    case GEO_TYPE_INT:
        snprintf(number, sizeof number, "%" PRId64, value.integer);
        break;
    case GEO_TYPE_REAL:
        snprintf(number, sizeof number, "%.15g", value.real);
        if (strtod(number, NULL) != value.real)
            snprintf(number, sizeof number, "%.17g", value.real);
        break;
    default:
        text = batch->text ? batch->text + value.text.at : "";
    }
    n = is_text(column->cell_type[i]) ? value.text.n : strlen(text);
    if (room) {
        size_t fits = whole_characters(text, n, room - 1);
        memcpy(out, text, fits);
        out[fits] = '\0';
    }
    return n;
}

/* ---- notes ---- */

enum geo_status geo_batch_note(struct geo_ctx *ctx, struct geo_batch *batch,
                               enum geo_note_kind kind, int64_t fid, const char *what,
                               const char *format, ...)
{
    if (batch->note_count == batch->note_room) {
        size_t room = geo_grown(batch->note_room, batch->note_count + 1);
        if (!geo_grow(&batch->note, room, sizeof *batch->note))
            return geo_no_memory(ctx);
        batch->note_room = room;
    }
    struct geo_note *note = &batch->note[batch->note_count++];
    *note = (struct geo_note){.kind = kind, .what = what, .fid = fid};
    if (format) {
        va_list args;
        va_start(args, format);
        vsnprintf(note->detail, sizeof note->detail, format, args);
        va_end(args);
    }
    return GEO_OK;
}

/* ---- names ---- */

static const char *const type_names[] = {
    [GEO_TYPE_NULL] = "null", [GEO_TYPE_BOOL] = "bool",         [GEO_TYPE_INT] = "int",
    [GEO_TYPE_REAL] = "real", [GEO_TYPE_TEXT] = "text",         [GEO_TYPE_DATE] = "date",
    [GEO_TYPE_TIME] = "time", [GEO_TYPE_DATETIME] = "datetime", [GEO_TYPE_JSON] = "json"};

const char *geo_type_name(enum geo_type type)
{
    return (unsigned)type <= GEO_TYPE_JSON ? type_names[type] : "unknown";
}

enum geo_type geo_type_of_name(const char *name)
{
    for (int type = GEO_TYPE_NULL; type <= GEO_TYPE_JSON; type++)
        if (!strcmp(name, type_names[type]))
            return (enum geo_type)type;
    return GEO_TYPE_NULL;
}

enum geo_type geo_type_widen(enum geo_type a, enum geo_type b)
{
    if (a == b || b == GEO_TYPE_NULL)
        return a;
    if (a == GEO_TYPE_NULL)
        return b;
    bool is_number_a = a == GEO_TYPE_INT || a == GEO_TYPE_REAL;
    bool is_number_b = b == GEO_TYPE_INT || b == GEO_TYPE_REAL;
    return is_number_a && is_number_b ? GEO_TYPE_REAL : GEO_TYPE_TEXT;
}

const char *geo_shape_name(enum geo_shape shape)
{
    static const char *const names[] = {
        "null",       "Point",           "LineString",   "Polygon",
        "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"};
    return (unsigned)shape <= GEO_SHAPE_COLLECTION ? names[shape] : "unknown";
}
