/* Attribute filters in OGR SQL, on a table in memory. */
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/read.h"

/* A batch as a table of GDAL: the columns that the filter may mean, then the row's number. */
struct table {
    GDALDatasetH dataset;
    OGRLayerH layer;
    size_t column_count;
    size_t *column; /* of the batch, for each field */
};

static enum geo_status table_new(struct geo_ctx *ctx, size_t columns, struct table *table)
{
    GDALDriverH driver = GDALGetDriverByName("Memory");
    *table = (struct table){.column = calloc(columns + 1, sizeof *table->column)};
    if (driver)
        table->dataset = GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL);
    if (table->dataset)
        table->layer = GDALDatasetCreateLayer(table->dataset, "", NULL, wkbNone, NULL);
    return table->column && table->layer ? GEO_OK : geo_no_memory(ctx);
}

static void table_release(struct table *table)
{
    if (table->dataset)
        GDALClose(table->dataset);
    free(table->column);
}

/* Whether a filter may mean a column: its name is in it, in any case. */
static bool may_mean(const char *where, const char *name)
{
    return strcasestr(where, name) != NULL;
}

static OGRFieldType field_type(enum geo_type type)
{
    switch (type) {
    case GEO_TYPE_BOOL:
        return OFTInteger;
    case GEO_TYPE_INT:
        return OFTInteger64;
    case GEO_TYPE_REAL:
        return OFTReal;
    default:
        return OFTString;
    }
}

static bool add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    bool added = field && OGR_L_CreateField(layer, field, 0) == OGRERR_NONE;
    if (field)
        OGR_Fld_Destroy(field);
    return added;
}

static enum geo_status add_fields(struct geo_ctx *ctx, const struct geo_batch *batch,
                                  const char *where, struct table *table)
{
    for (size_t c = 0; c < batch->column_count; c++) {
        const struct geo_column *column = &batch->column[c];
        if (!may_mean(where, column->name))
            continue;
        if (!add_field(table->layer, column->name, field_type(column->type)))
            return geo_no_memory(ctx);
        table->column[table->column_count++] = c;
    }
    /* The last field has no name, so that no filter can mean it. */
    return add_field(table->layer, "", OFTInteger64) ? GEO_OK : geo_no_memory(ctx);
}

static enum geo_status set_field(struct geo_ctx *ctx, const struct geo_batch *batch,
                                 const struct geo_column *column, size_t i, OGRFeatureH row,
                                 int field)
{
    char text[256], *longer;
    union geo_value value = column->value[i];
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_NULL:
        OGR_F_SetFieldNull(row, field);
        return GEO_OK;
    case GEO_TYPE_BOOL:
    case GEO_TYPE_INT:
        if (column->type != GEO_TYPE_TEXT)
            OGR_F_SetFieldInteger64(row, field, value.integer);
        break;
    case GEO_TYPE_REAL:
        if (column->type != GEO_TYPE_TEXT)
            OGR_F_SetFieldDouble(row, field, value.real);
        break;
    default:
        break;
    }
    if (OGR_F_IsFieldSet(row, field))
        return GEO_OK;
    size_t n = geo_batch_cell_text(batch, column, i, text, sizeof text);
    if (n < sizeof text) {
        OGR_F_SetFieldString(row, field, text);
        return GEO_OK;
    }
    longer = malloc(n + 1);
    if (!longer)
        return geo_no_memory(ctx);
    geo_batch_cell_text(batch, column, i, longer, n + 1);
    OGR_F_SetFieldString(row, field, longer);
    free(longer);
    return GEO_OK;
}

static enum geo_status add_row(struct geo_ctx *ctx, const struct geo_batch *batch, size_t i,
                               const struct table *table)
{
    OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(table->layer));
    if (!row)
        return geo_no_memory(ctx);
    enum geo_status status = GEO_OK;
    for (size_t f = 0; f < table->column_count && status == GEO_OK; f++)
        status = set_field(ctx, batch, &batch->column[table->column[f]], i, row, (int)f);
    OGR_F_SetFieldInteger64(row, (int)table->column_count, (GIntBig)i);
    OGR_F_SetFID(row, batch->fid[i]);
    if (status == GEO_OK && OGR_L_CreateFeature(table->layer, row) != OGRERR_NONE)
        status = geo_no_memory(ctx);
    OGR_F_Destroy(row);
    return status;
}

/* Marks every feature as dropped but those that were kept and pass the filter. */
static void keep_passing(struct geo_batch *batch, const struct table *table)
{
    OGRFeatureH row;
    memset(batch->dropped, 1, batch->n);
    OGR_L_ResetReading(table->layer);
    while ((row = OGR_L_GetNextFeature(table->layer))) {
        batch->dropped[OGR_F_GetFieldAsInteger64(row, (int)table->column_count)] = 0;
        OGR_F_Destroy(row);
    }
}

/* GDAL's reason is one line; below it stands the filter again, with a mark. */
static enum geo_status refuse(struct geo_ctx *ctx, const char *where)
{
    char reason[400];
    snprintf(reason, sizeof reason, "%s", geo_foreign_text(ctx));
    char *mark = strstr(reason, ". Occurred around");
    if (mark)
        *mark = '\0';
    reason[strcspn(reason, "\n")] = '\0';
    return geo_fail(ctx, GEO_EARG, "filter \"%s\": %s", where, reason[0] ? reason : "is malformed");
}

static enum geo_status filter(struct geo_ctx *ctx, struct geo_batch *batch, const char *where,
                              struct table *table)
{
    GEO_TRY(table_new(ctx, batch->column_count, table));
    GEO_TRY(add_fields(ctx, batch, where, table));
    if (OGR_L_SetAttributeFilter(table->layer, where) != OGRERR_NONE)
        return refuse(ctx, where);
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i])
            GEO_TRY(add_row(ctx, batch, i, table));
    if (batch->n > 0)
        keep_passing(batch, table);
    return GEO_OK;
}

/* What GDAL takes without a word: no filter at all, and its pseudo-columns, which a table without
 * geometry has empty. */
static enum geo_status check(struct geo_ctx *ctx, const char *where)
{
    if (!where[strspn(where, " \t\r\n")])
        return geo_fail(ctx, GEO_EARG, "filter \"%s\" is empty", where);
    if (strcasestr(where, "OGR_GEOM") || strcasestr(where, "OGR_STYLE"))
        return geo_fail(ctx, GEO_EARG, "filter \"%s\": only columns and FID can be asked for",
                        where);
    return GEO_OK;
}

enum geo_status geo_batch_filter(struct geo_ctx *ctx, struct geo_batch *batch, const char *where)
{
    struct table table = {0};
    GEO_TRY(check(ctx, where));
    geo_gdal_begin(ctx);
    enum geo_status status = filter(ctx, batch, where, &table);
    table_release(&table);
    geo_gdal_end(ctx);
    return status;
}
