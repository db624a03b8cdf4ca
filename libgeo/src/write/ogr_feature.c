/* Features as a layer of GDAL takes them. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "write/ogr.h"
#include "write/wkb.h"

/* ---- geometry ---- */

/* The shape that a feature has in the layer; false if the layer cannot take it. */
static bool shape_in_layer(const struct geo_ogr_geometry *layer, const struct geo_batch *batch,
                           size_t i, enum geo_shape *shape)
{
    static const enum geo_shape single[] = {GEO_SHAPE_POINT, GEO_SHAPE_LINE, GEO_SHAPE_POLYGON};
    enum geo_kind kind;
    bool none, uniform = geo_ogr_kind(batch, i, &kind, &none);
    *shape = batch->shape[i];
    if (none || layer->any)
        return true;
    if (!uniform || kind != layer->kind)
        return false;
    *shape = layer->multi ? single[kind] + (GEO_SHAPE_MULTIPOINT - GEO_SHAPE_POINT) : single[kind];
    return layer->multi || batch->part_start[i + 1] - batch->part_start[i] == 1;
}

static enum geo_status refuse(struct geo_ctx *ctx, struct geo_batch *batch, size_t i)
{
    batch->dropped[i] = 1;
    return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                          "the output holds geometries of another type", "%s",
                          geo_shape_name(batch->shape[i]));
}

static enum geo_status set_geometry(struct geo_ctx *ctx, struct geo_batch *batch, size_t i,
                                    enum geo_shape shape, OGRFeatureH feature)
{
    char *wkb;
    OGRGeometryH geometry = NULL;
    if (batch->shape[i] == GEO_SHAPE_NULL)
        return GEO_OK;
    GEO_TRY(geo_batch_reserve_bytes(ctx, batch, geo_wkb_room(batch, i), &wkb));
    size_t n = (size_t)(geo_put_wkb(wkb, batch, i, shape) - wkb);
    if (OGR_G_CreateFromWkbEx(wkb, NULL, &geometry, n) != OGRERR_NONE)
        return geo_no_memory(ctx);
    OGR_F_SetGeometryDirectly(feature, geometry);
    return GEO_OK;
}

/* ---- cells ---- */

/* One cell on its way into a feature. */
struct cell {
    struct geo_batch *batch;
    const struct geo_column *column;
    const char *name;
    size_t i;
    OGRFeatureH feature;
    const struct geo_ogr_field *field;
};

static enum geo_status tell(struct geo_ctx *ctx, const struct cell *cell, const char *what)
{
    char value[64];
    geo_batch_cell_text(cell->batch, cell->column, cell->i, value, sizeof value);
    return geo_batch_note(ctx, cell->batch, GEO_NOTE_INFO, cell->batch->fid[cell->i], what,
                          "%.40s = %s", cell->name, value);
}

/* A zero-terminated text for GDAL, in the batch's bytes, cut to what the field holds. */
static enum geo_status text_of(struct geo_ctx *ctx, const struct cell *cell, char **text, bool *cut)
{
    size_t n = geo_batch_cell_text(cell->batch, cell->column, cell->i, NULL, 0);
    size_t room = cell->field->text_room;
    *cut = room && n > room;
    if (*cut)
        n = room;
    GEO_TRY(geo_batch_reserve_bytes(ctx, cell->batch, n + 1, text));
    geo_batch_cell_text(cell->batch, cell->column, cell->i, *text, n + 1);
    return GEO_OK;
}

static enum geo_status set_text(struct geo_ctx *ctx, const struct cell *cell)
{
    char *text;
    bool cut;
    GEO_TRY(text_of(ctx, cell, &text, &cut));
    OGR_F_SetFieldString(cell->feature, cell->field->index, text);
    return cut ? tell(ctx, cell, "text longer than 254 bytes: cut") : GEO_OK;
}

/* Dates and times: GDAL reads the text. */
static bool set_time(struct geo_ctx *ctx, const struct cell *cell, enum geo_status *status)
{
    char *text;
    bool cut;
    if (cell->column->cell_type[cell->i] < GEO_TYPE_TEXT)
        return false;
    *status = text_of(ctx, cell, &text, &cut);
    if (*status != GEO_OK)
        return true;
    OGR_F_SetFieldString(cell->feature, cell->field->index, text);
    return OGR_F_IsFieldSetAndNotNull(cell->feature, cell->field->index);
}

static bool set_integer(const struct cell *cell)
{
    union geo_value value = cell->column->value[cell->i];
    enum geo_type type = cell->column->cell_type[cell->i];
    int64_t n = value.integer;
    if (type == GEO_TYPE_REAL) {
        if (!(fabs(value.real) < 0x1p63) || value.real != floor(value.real))
            return false;
        n = (int64_t)value.real;
    } else if (type != GEO_TYPE_INT && type != GEO_TYPE_BOOL) {
        return false;
    }
    if (cell->field->type == OFTInteger && (n < INT32_MIN || n > INT32_MAX))
        return false;
    OGR_F_SetFieldInteger64(cell->feature, cell->field->index, n);
    return true;
}

static bool set_real(const struct cell *cell)
{
    union geo_value value = cell->column->value[cell->i];
    enum geo_type type = cell->column->cell_type[cell->i];
    double x = type == GEO_TYPE_REAL ? value.real : (double)value.integer;
    if (type != GEO_TYPE_REAL && type != GEO_TYPE_INT)
        return false;
    if (cell->field->most > 0 && !(x > cell->field->least && x < cell->field->most))
        return false;
    OGR_F_SetFieldDouble(cell->feature, cell->field->index, x);
    return true;
}

static enum geo_status set_cell(struct geo_ctx *ctx, const struct cell *cell)
{
    enum geo_status status = GEO_OK;
    bool fits;
    switch (cell->field->type) {
    case OFTInteger:
    case OFTInteger64:
        fits = set_integer(cell);
        break;
    case OFTReal:
        fits = set_real(cell);
        break;
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        fits = set_time(ctx, cell, &status);
        break;
    default:
        return set_text(ctx, cell);
    }
    if (fits)
        return status;
    return tell(ctx, cell,
                cell->field->without_null
                    ? "value does not fit its column: written as 0, the format has no null"
                    : "value does not fit its column: left empty");
}

static enum geo_status set_null(struct geo_ctx *ctx, const struct cell *cell)
{
    OGR_F_SetFieldNull(cell->feature, cell->field->index);
    if (!cell->field->without_null)
        return GEO_OK;
    return geo_batch_note(ctx, cell->batch, GEO_NOTE_INFO, cell->batch->fid[cell->i],
                          "null written as 0: the format has none", "%.40s", cell->name);
}

static enum geo_status set_cells(struct geo_ctx *ctx, const struct geo_ogr *self,
                                 struct geo_batch *batch, const struct geo_table *table, size_t i,
                                 OGRFeatureH feature)
{
    for (size_t c = 0; c < table->n; c++) {
        struct cell cell = {batch, table->column[c], self->names.name[c],
                            i,     feature,          &self->field[c]};
        if (cell.field->index < 0)
            continue;
        bool is_null = !cell.column || cell.column->cell_type[i] == GEO_TYPE_NULL;
        GEO_TRY(is_null ? set_null(ctx, &cell) : set_cell(ctx, &cell));
    }
    return GEO_OK;
}

enum geo_status geo_ogr_write_feature(struct geo_ctx *ctx, struct geo_sink *sink,
                                      struct geo_batch *batch, const struct geo_table *table,
                                      size_t i)
{
    struct geo_ogr *self = sink->self;
    enum geo_shape shape;
    if (!shape_in_layer(&self->geometry, batch, i, &shape))
        return refuse(ctx, batch, i);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(self->layer));
    enum geo_status status =
        feature ? set_geometry(ctx, batch, i, shape, feature) : geo_no_memory(ctx);
    if (status == GEO_OK)
        status = set_cells(ctx, self, batch, table, i, feature);
    if (status == GEO_OK && OGR_L_CreateFeature(self->layer, feature) != OGRERR_NONE)
        status = geo_fail(ctx, GEO_EWRITE, "%s: ", sink->output.shown);
    OGR_F_Destroy(feature);
    return status;
}
