/* The layer: its geometry type, and what its columns become. */
#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "write/ogr.h"
#include "write/ogr_name.h"

static bool is_one_of(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (!strcmp(*list, word))
            return true;
    return false;
}

static bool is_shapefile(const struct geo_sink *sink)
{
    return !strcmp(sink->format, "ESRI Shapefile");
}

/* ---- geometry ---- */

bool geo_ogr_kind(const struct geo_batch *batch, size_t i, enum geo_kind *kind, bool *none)
{
    size_t first = batch->part_start[i], end = batch->part_start[i + 1];
    *none = first == end;
    if (*none)
        return false;
    *kind = batch->part_kind[first];
    for (size_t p = first; p < end; p++)
        if (batch->part_kind[p] != *kind)
            return false;
    return true;
}

/* How many features of a batch are of each kind, and how many of several. */
struct tally {
    size_t of[3], mixed, multipoints;
};

static struct tally count_kinds(const struct geo_batch *batch)
{
    struct tally tally = {0};
    for (size_t i = 0; i < batch->n; i++) {
        enum geo_kind kind;
        bool none;
        if (batch->dropped[i])
            continue;
        if (geo_ogr_kind(batch, i, &kind, &none)) {
            tally.of[kind]++;
            tally.multipoints +=
                kind == GEO_KIND_POINT && batch->part_start[i + 1] - batch->part_start[i] > 1;
        } else if (!none) {
            tally.mixed++;
        }
    }
    return tally;
}

/* The first batch with geometries decides: the Multi… type of its only kind, so that later
 * multi-geometries fit. A format that holds one kind only takes the most frequent one (polygons, if
 * there is none), one that declares none takes all. */
static struct geo_ogr_geometry choose_geometry(const struct geo_sink *sink,
                                               const struct geo_batch *batch)
{
    static const char *const one_kind[] = {"ESRI Shapefile", "OpenFileGDB", NULL};
    static const char *const undeclared[] = {"KML", "LIBKML", "DXF", "MapInfo File", "GML", NULL};
    struct tally tally = count_kinds(batch);
    struct geo_ogr_geometry geometry = {0};
    size_t kinds = 0;
    for (enum geo_kind k = GEO_KIND_POINT; k <= GEO_KIND_POLYGON; k++) {
        kinds += tally.of[k] > 0;
        if (tally.of[k] >= tally.of[geometry.kind])
            geometry.kind = k;
    }
    if (is_one_of(undeclared, sink->format))
        geometry.any = true;
    else if (!is_one_of(one_kind, sink->format))
        geometry.any = kinds != 1 || tally.mixed;
    geometry.multi = geometry.kind != GEO_KIND_POINT || tally.multipoints;
    return geometry;
}

static OGRwkbGeometryType declared_type(const struct geo_ogr_geometry *geometry)
{
    static const OGRwkbGeometryType single[] = {wkbPoint, wkbLineString, wkbPolygon};
    static const OGRwkbGeometryType multi[] = {wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon};
    if (geometry->any)
        return wkbUnknown;
    return (geometry->multi ? multi : single)[geometry->kind];
}

/* ---- fields ---- */

/* Whether a driver states a word in one of its lists. */
static bool driver_has(const struct geo_sink *sink, const char *item, const char *word,
                       const char *unstated)
{
    const char *list = GDALGetMetadataItem(GDALGetDriverByName(sink->format), item, NULL);
    char **words = CSLTokenizeString2(list ? list : unstated, " ", 0);
    bool found = CSLFindString(words, word) >= 0;
    CSLDestroy(words);
    return found;
}

static bool has_type(const struct geo_sink *sink, OGRFieldType type)
{
    return driver_has(sink, GDAL_DMD_CREATIONFIELDDATATYPES, OGR_GetFieldTypeName(type),
                      "Integer Real String");
}

static bool has_subtype(const struct geo_sink *sink, OGRFieldSubType subtype)
{
    return driver_has(sink, GDAL_DMD_CREATIONFIELDDATASUBTYPES, OGR_GetFieldSubTypeName(subtype),
                      "");
}

/* What a type is to the driver: the nearest that it has. */
static OGRFieldType type_of(const struct geo_sink *sink, enum geo_type type)
{
    static const OGRFieldType wanted[] = {
        [GEO_TYPE_NULL] = OFTString,   [GEO_TYPE_BOOL] = OFTInteger,
        [GEO_TYPE_INT] = OFTInteger64, [GEO_TYPE_REAL] = OFTReal,
        [GEO_TYPE_TEXT] = OFTString,   [GEO_TYPE_DATE] = OFTDate,
        [GEO_TYPE_TIME] = OFTTime,     [GEO_TYPE_DATETIME] = OFTDateTime,
        [GEO_TYPE_JSON] = OFTString};
    if (has_type(sink, wanted[type]))
        return wanted[type];
    return wanted[type] == OFTInteger64 ? OFTReal : OFTString;
}

static void set_subtype(const struct geo_sink *sink, enum geo_type type, OGRFieldDefnH definition)
{
    OGRFieldSubType subtype = type == GEO_TYPE_BOOL   ? OFSTBoolean
                              : type == GEO_TYPE_JSON ? OFSTJSON
                                                      : OFSTNone;
    if (subtype != OFSTNone && has_subtype(sink, subtype))
        OGR_Fld_SetSubType(definition, subtype);
}

/* Numbers of a shapefile are text of a fixed width. One that a shapefile stated is kept; else 24
 * columns take what they can of the decimals. Of the whole part neither a digit nor the sign may be
 * lost. */
static void set_number_width(const struct geo_column *column, struct geo_ogr_field *field,
                             OGRFieldDefnH definition)
{
    enum { WIDEST_STATED = 32, WIDTH = 24 };
    int digits = WIDTH;
    double rounding = 0;
    if (column->width > 0 && column->width <= WIDEST_STATED && column->precision >= 0 &&
        column->precision <= column->width - 3) {
        OGR_Fld_SetWidth(definition, column->width);
        OGR_Fld_SetPrecision(definition, column->precision);
        digits = column->width - column->precision - (column->precision > 0);
        rounding = pow(10, -column->precision) / 2;
    }
    field->most = pow(10, digits) - rounding;
    field->least = -(pow(10, digits - 1) - rounding);
}

/* What a column holds. The width that a shapefile stated of a text is not kept: it is in bytes, of
 * which UTF-8 may need more than the encoding that it was read from. */
static void set_width(const struct geo_sink *sink, const struct geo_column *column,
                      struct geo_ogr_field *field, OGRFieldDefnH definition)
{
    enum { WIDEST_TEXT = 254 };
    static const char *const short_texts[] = {"ESRI Shapefile", "MapInfo File", NULL};
    if (field->type == OFTString && is_one_of(short_texts, sink->format))
        field->text_room = WIDEST_TEXT;
    if (!is_shapefile(sink))
        return;
    if (column->type == GEO_TYPE_BOOL)
        OGR_Fld_SetWidth(definition, 1);
    if (field->type == OFTReal)
        set_number_width(column, field, definition);
}

/* Whether a number that is not there reads back as 0. */
static bool is_without_null(const struct geo_sink *sink, OGRFieldType type)
{
    static const char *const known[] = {"MapInfo File", "OGR_GMT", "PCIDSK", "PDS4",
                                        "Selafin",      "netCDF",  NULL};
    bool is_number = type == OFTInteger || type == OFTInteger64 || type == OFTReal;
    return is_number && is_one_of(known, sink->format);
}

/* ---- the layer ---- */

/* Makes the layer's column for one of the batch. */
static enum geo_status add_field(struct geo_ctx *ctx, struct geo_sink *sink,
                                 struct geo_batch *batch, const struct geo_column *column,
                                 const char *name, struct geo_ogr_field *field)
{
    struct geo_ogr *self = sink->self;
    char chosen[GEO_OGR_NAME_ROOM];
    geo_ogr_choose_name(sink->format, self->layer, name, chosen);
    *field = (struct geo_ogr_field){.index = -1, .type = type_of(sink, column->type)};
    OGRFeatureDefnH layer = OGR_L_GetLayerDefn(self->layer);
    OGRFieldDefnH definition = OGR_Fld_Create(chosen, field->type);
    set_subtype(sink, column->type, definition);
    set_width(sink, column, field, definition);
    int before = OGR_FD_GetFieldCount(layer);
    geo_gdal_begin(ctx);
    OGRErr error = OGR_L_CreateField(self->layer, definition, TRUE);
    geo_gdal_end(ctx);
    OGR_Fld_Destroy(definition);
    if (error != OGRERR_NONE || OGR_FD_GetFieldCount(layer) == before)
        return geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1,
                              "column that the format does not take: left out", "%s", name);
    field->index = before;
    OGRFieldDefnH made = OGR_FD_GetFieldDefn(layer, before);
    field->type = OGR_Fld_GetType(made);
    field->without_null = is_without_null(sink, field->type);
    const char *given = OGR_Fld_GetNameRef(made);
    return strcmp(given, name) ? geo_sink_remark(ctx, sink, "%s -> %s", name, given) : GEO_OK;
}

static enum geo_status add_fields(struct geo_ctx *ctx, struct geo_sink *sink,
                                  struct geo_batch *batch, const struct geo_table *table)
{
    struct geo_ogr *self = sink->self;
    GEO_TRY(geo_names_new(ctx, table, &self->names));
    self->field = calloc(table->n + 1, sizeof *self->field);
    if (!self->field)
        return geo_no_memory(ctx);
    for (size_t c = 0; c < table->n; c++)
        GEO_TRY(add_field(ctx, sink, batch, table->column[c], geo_table_name(table, c),
                          &self->field[c]));
    return GEO_OK;
}

static enum geo_status start_transaction(struct geo_ctx *ctx, struct geo_sink *sink)
{
    struct geo_ogr *self = sink->self;
    if (!GDALDatasetTestCapability(self->dataset, ODsCTransactions))
        return GEO_OK;
    geo_gdal_begin(ctx);
    self->in_transaction = GDALDatasetStartTransaction(self->dataset, FALSE) == OGRERR_NONE;
    return geo_gdal_end(ctx) ? geo_fail(ctx, GEO_EWRITE, "%s: ", sink->output.shown) : GEO_OK;
}

enum geo_status geo_ogr_make_layer(struct geo_ctx *ctx, struct geo_sink *sink,
                                   struct geo_batch *batch)
{
    struct geo_ogr *self = sink->self;
    struct geo_table table;
    self->geometry = choose_geometry(sink, batch);
    geo_gdal_begin(ctx);
    self->layer = GDALDatasetCreateLayer(self->dataset, self->layer_name, self->crs,
                                         declared_type(&self->geometry), self->layer_options);
    if (geo_gdal_end(ctx) || !self->layer)
        return geo_fail(ctx, GEO_EWRITE, "%s: ", sink->output.shown);
    if (!OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(self->layer)))
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1,
                               "the format holds no geometry: left out", "%s", sink->format));
    GEO_TRY(geo_table_new(ctx, batch, &table));
    enum geo_status status = add_fields(ctx, sink, batch, &table);
    geo_table_free(&table);
    return status == GEO_OK ? start_transaction(ctx, sink) : status;
}
