/* Fields of a layer as columns, and a feature's values as cells. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/ogr.h"

/* ---- the columns ---- */

/* The type of the column for field i; GEO_TYPE_NULL where none can hold it (bytes, and memos of a
 * .dbf, of which the record has but the place). */
static enum geo_type type_of(const struct geo_ogr *ogr, OGRFieldDefnH field, int i)
{
    if (ogr->dbf && !geo_dbf_is_read(ogr->dbf->field[i].type))
        return GEO_TYPE_NULL;
    switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
        return OGR_Fld_GetSubType(field) == OFSTBoolean ? GEO_TYPE_BOOL : GEO_TYPE_INT;
    case OFTInteger64:
        return GEO_TYPE_INT;
    case OFTReal:
        return GEO_TYPE_REAL;
    case OFTString:
        return OGR_Fld_GetSubType(field) == OFSTJSON ? GEO_TYPE_JSON : GEO_TYPE_TEXT;
    case OFTDate:
        return GEO_TYPE_DATE;
    case OFTTime:
        return GEO_TYPE_TIME;
    case OFTDateTime:
        return GEO_TYPE_DATETIME;
    case OFTIntegerList:
    case OFTInteger64List:
    case OFTRealList:
    case OFTStringList:
        return GEO_TYPE_JSON;
    default:
        return GEO_TYPE_NULL;
    }
}

/* The name of field i, decoded; the caller frees it. */
static enum geo_status decode_name(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFieldDefnH field,
                                   int i, char **name)
{
    char number[16];
    size_t at, length;
    struct geo_batch *scratch = geo_batch_new();
    if (!scratch)
        return geo_no_memory(ctx);
    snprintf(number, sizeof number, "%d", i + 1);
    struct geo_ogr_place place = {.field = number, .fid = -1};
    size_t width = ogr->is_shapefile ? 10 : 0; /* of a name in a .dbf */
    const char *stated = OGR_Fld_GetNameRef(field);
    enum geo_status status = geo_ogr_decode(ctx, ogr, ogr->decoder, stated, strlen(stated), width,
                                            place, scratch, &at, &length);
    if (status == GEO_OK) {
        *name = length ? strndup(scratch->text + at, length) : strdup("");
        if (!*name)
            status = geo_no_memory(ctx);
    }
    geo_batch_free(scratch);
    return status;
}

/* A name that no other field has: NAME_2, NAME_3, … */
static enum geo_status make_unique(struct geo_ctx *ctx, const struct geo_fields *fields,
                                   char **name)
{
    char *unique = NULL;
    if (geo_fields_find(fields, *name) == SIZE_MAX)
        return GEO_OK;
    for (int k = 2; !unique || geo_fields_find(fields, unique) != SIZE_MAX; k++) {
        free(unique);
        if (asprintf(&unique, "%s_%d", *name, k) < 0)
            return geo_no_memory(ctx);
    }
    free(*name);
    *name = unique;
    return GEO_OK;
}

static enum geo_status leave_out(struct geo_ctx *ctx, struct geo_ogr *ogr, const char *name)
{
    char *longer = NULL;
    if (asprintf(&longer, "%s%s%s", ogr->left_out ? ogr->left_out : "", ogr->left_out ? ", " : "",
                 name) < 0)
        return geo_no_memory(ctx);
    free(ogr->left_out);
    ogr->left_out = longer;
    return GEO_OK;
}

/* Adds the column of field i under its unique name, unless nothing can hold it. */
static enum geo_status add_field(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFieldDefnH field,
                                 int i, const char *name, struct geo_fields *fields)
{
    struct geo_ogr_column column = {.field = i,
                                    .ogr = OGR_Fld_GetType(field),
                                    .type = type_of(ogr, field, i),
                                    .width = OGR_Fld_GetWidth(field),
                                    .capitals = ogr->capitals ? ogr->capitals[i] : 0};
    if (column.type == GEO_TYPE_NULL)
        return leave_out(ctx, ogr, name);
    if (!geo_grow(&ogr->column, ogr->column_count + 1, sizeof *ogr->column))
        return geo_no_memory(ctx);
    GEO_TRY(
        geo_fields_add(ctx, fields, name, column.type, column.width, OGR_Fld_GetPrecision(field)));
    ogr->column[ogr->column_count++] = column;
    return GEO_OK;
}

static enum geo_status describe_field(struct geo_ctx *ctx, const struct geo_read_options *options,
                                      struct geo_ogr *ogr, int i, struct geo_fields *fields,
                                      char ***ignored)
{
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(ogr->layer), i);
    char *name = NULL;
    GEO_TRY(decode_name(ctx, ogr, field, i, &name));
    enum geo_status status = make_unique(ctx, fields, &name);
    if (status == GEO_OK && geo_select_has(options->select, name))
        status = add_field(ctx, ogr, field, i, name, fields);
    else if (status == GEO_OK)
        *ignored = CSLAddString(*ignored, OGR_Fld_GetNameRef(field));
    free(name);
    return status;
}

/* A selected name that no column has, with the names of those there are. */
static enum geo_status fail_missing(struct geo_ctx *ctx, struct geo_ogr *ogr, const char *missing,
                                    size_t missing_n)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(ogr->layer);
    char names[GEO_NAMES_ROOM] = "";
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(fields, i);
        char *name = NULL;
        if (geo_csv_is_place(ogr, i) || type_of(ogr, field, i) == GEO_TYPE_NULL)
            continue;
        GEO_TRY(decode_name(ctx, ogr, field, i, &name));
        geo_names_add(names, name);
        free(name);
    }
    return geo_fail_column(ctx, ogr->name, missing, missing_n, names);
}

enum geo_status geo_ogr_describe(struct geo_ctx *ctx, const struct geo_read_options *options,
                                 struct geo_ogr *ogr, struct geo_fields *fields)
{
    int n = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr->layer));
    char **ignored = NULL;
    enum geo_status status = GEO_OK;
    for (int i = 0; i < n && status == GEO_OK; i++)
        if (!geo_csv_is_place(ogr, i))
            status = describe_field(ctx, options, ogr, i, fields, &ignored);
    if (status == GEO_OK && ignored && OGR_L_TestCapability(ogr->layer, OLCIgnoreFields))
        OGR_L_SetIgnoredFields(ogr->layer, (const char **)ignored);
    CSLDestroy(ignored);
    size_t missing_n = 0;
    const char *missing =
        status == GEO_OK ? geo_select_missing(options->select, fields, &missing_n) : NULL;
    return missing ? fail_missing(ctx, ogr, missing, missing_n) : status;
}

/* ---- the cells ---- */

/* "+07:00" for GDAL's quarters of an hour, of which 100 is UTC; "" where the zone is not known. */
static void write_zone(int zone, char *text, size_t room)
{
    int minutes = (zone - 100) * 15;
    if (zone <= 1)
        text[0] = '\0';
    else if (minutes == 0)
        snprintf(text, room, "Z");
    else
        snprintf(text, room, "%c%02d:%02d", minutes < 0 ? '-' : '+', abs(minutes) / 60,
                 abs(minutes) % 60);
}

/* ISO 8601 of a date, a time or both. */
static enum geo_status set_date(struct geo_ctx *ctx, OGRFeatureH feature, int field,
                                enum geo_type type, struct geo_batch *batch, size_t c, size_t i)
{
    int year, month, day, hour, minute, zone;
    float second;
    char date[40] = "", time[40] = "", zone_text[16], text[100];
    if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second,
                                    &zone))
        return GEO_OK;
    int ms = (int)(second * 1000 + 0.5F);
    write_zone(zone, zone_text, sizeof zone_text);
    if (type != GEO_TYPE_TIME)
        snprintf(date, sizeof date, "%04d-%02d-%02d%s", year, month, day,
                 type == GEO_TYPE_DATETIME ? "T" : "");
    if (type != GEO_TYPE_DATE)
        snprintf(time, sizeof time, ms % 1000 ? "%02d:%02d:%02d.%03d" : "%02d:%02d:%02d", hour,
                 minute, ms / 1000, ms % 1000);
    int n =
        snprintf(text, sizeof text, "%s%s%s", date, time, type == GEO_TYPE_DATE ? "" : zone_text);
    return geo_batch_set_text(ctx, batch, c, i, type, text, (size_t)n);
}

static bool is_json(const char *text, size_t n)
{
    yajl_handle parser = yajl_alloc(NULL, NULL, NULL);
    bool is_valid = parser &&
                    yajl_parse(parser, (const unsigned char *)text, n) == yajl_status_ok &&
                    yajl_complete_parse(parser) == yajl_status_ok;
    if (parser)
        yajl_free(parser);
    return is_valid;
}

static void put_text(struct geo_batch *batch, size_t c, size_t i, enum geo_type type, size_t at,
                     size_t length)
{
    batch->column[c].value[i].text.at = at;
    batch->column[c].value[i].text.n = length;
    batch->column[c].cell_type[i] = (uint8_t)type;
}

/* A string as its column's type has it: text, JSON, or a number of a CSV. */
static enum geo_status set_string(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                                  struct geo_batch *batch, size_t c, size_t i)
{
    const struct geo_ogr_column *column = &ogr->column[c];
    const char *text = OGR_F_GetFieldAsString(feature, column->field);
    enum geo_type type = column->type;
    size_t at, length;
    if (type != GEO_TYPE_TEXT && type != GEO_TYPE_JSON && !text[0])
        return GEO_OK;
    if (type == GEO_TYPE_INT) {
        geo_batch_set_int(batch, c, i, strtoll(text, NULL, 10));
        return GEO_OK;
    }
    if (type == GEO_TYPE_REAL) {
        geo_batch_set_real(batch, c, i, CPLAtof(text));
        return GEO_OK;
    }
    size_t width = ogr->is_shapefile ? (size_t)column->width : 0;
    struct geo_ogr_place place = {batch->column[c].name, batch->fid[i], column->capitals};
    GEO_TRY(geo_ogr_decode(ctx, ogr, ogr->decoder, text, strlen(text), width, place, batch, &at,
                           &length));
    if (type == GEO_TYPE_JSON && !is_json(batch->text + at, length))
        type = GEO_TYPE_TEXT;
    put_text(batch, c, i, type, at, length);
    return GEO_OK;
}

static enum geo_status set_cell(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                                struct geo_batch *batch, size_t c, size_t i)
{
    const struct geo_ogr_column *column = &ogr->column[c];
    size_t at, length;
    switch (column->ogr) {
    case OFTInteger:
        if (column->type == GEO_TYPE_BOOL)
            geo_batch_set_bool(batch, c, i, OGR_F_GetFieldAsInteger(feature, column->field) != 0);
        else
            geo_batch_set_int(batch, c, i, OGR_F_GetFieldAsInteger(feature, column->field));
        return GEO_OK;
    case OFTInteger64:
        geo_batch_set_int(batch, c, i, OGR_F_GetFieldAsInteger64(feature, column->field));
        return GEO_OK;
    case OFTReal:
        geo_batch_set_real(batch, c, i, OGR_F_GetFieldAsDouble(feature, column->field));
        return GEO_OK;
    case OFTString:
        return set_string(ctx, ogr, feature, batch, c, i);
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        return set_date(ctx, feature, column->field, column->type, batch, c, i);
    default:
        GEO_TRY(geo_ogr_list(ctx, feature, column->field, column->ogr, batch, &at, &length));
        put_text(batch, c, i, GEO_TYPE_JSON, at, length);
        return GEO_OK;
    }
}

enum geo_status geo_ogr_cells(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                              struct geo_batch *batch, size_t i)
{
    const char *record = NULL;
    if (ogr->dbf)
        GEO_TRY(geo_dbf_record(ctx, ogr, OGR_F_GetFID(feature), &record));
    for (size_t c = 0; c < ogr->column_count; c++) {
        if (record)
            GEO_TRY(geo_dbf_note_rest(ctx, ogr, record, batch, c, i));
        if (record && ogr->column[c].type != GEO_TYPE_TEXT)
            GEO_TRY(geo_dbf_cell(ctx, ogr, record, batch, c, i));
        else if (OGR_F_IsFieldSetAndNotNull(feature, ogr->column[c].field))
            GEO_TRY(set_cell(ctx, ogr, feature, batch, c, i));
    }
    return GEO_OK;
}
