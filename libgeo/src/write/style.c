#include "write/style.h"

#include <errno.h>
#include <fcntl.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/handles.h"

bool geo_style_is_row(const struct geo_sink *sink)
{
    return !strcmp(sink->format, "GPKG");
}

/* ---- a file ---- */

/* QGIS looks for the style of a/b.c.geojson in a/b.c.qml. NULL: out of memory. */
static char *style_path(const char *path)
{
    const char *name = strrchr(path, '/') + 1, *dot = strrchr(name, '.');
    size_t n = dot && dot > name ? (size_t)(dot - path) : strlen(path);
    char *made;
    return asprintf(&made, "%.*s.qml", (int)n, path) < 0 ? NULL : made;
}

static bool is_table(const char *format)
{
    static const char *const tables[] = {"csv", "XLSX", "ODS"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (!strcmp(format, tables[i]))
            return true;
    return false;
}

static enum geo_status check_path(struct geo_ctx *ctx, const struct geo_output *output,
                                  const char *path)
{
    if (!strcmp(path, output->target))
        return geo_fail(ctx, GEO_EARG, "%s is the name of its style: choose another",
                        output->shown);
    if (!output->overwrite && !faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW))
        return geo_fail(ctx, GEO_EARG, "%s exists: say --overwrite to replace it",
                        strrchr(path, '/') + 1);
    return GEO_OK;
}

enum geo_status geo_style_check(struct geo_ctx *ctx, const struct geo_sink *sink)
{
    const struct geo_output *output = &sink->output;
    if (!output->directory)
        return geo_fail(ctx, GEO_EARG, "%s: a style needs a file to stand beside: name one",
                        output->shown);
    if (is_table(sink->format))
        return geo_fail(ctx, GEO_EARG, "%s is a table, which has no style: write .geojson or .gpkg",
                        output->shown);
    if (geo_style_is_row(sink))
        return GEO_OK;
    char *path = style_path(output->target);
    enum geo_status status = path ? check_path(ctx, output, path) : geo_no_memory(ctx);
    free(path);
    return status;
}

static bool write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wbxe");
    if (!file)
        return false;
    bool done = fputs(text, file) >= 0;
    return fclose(file) == 0 && done;
}

enum geo_status geo_style_write(struct geo_ctx *ctx, const struct geo_sink *sink)
{
    enum geo_status status = GEO_OK;
    if (!sink->style || geo_style_is_row(sink))
        return GEO_OK;
    char *path = style_path(sink->output.path);
    if (!path)
        return geo_no_memory(ctx);
    if (!write_text(path, sink->style))
        status = geo_output_failed(ctx, &sink->output);
    free(path);
    return status;
}

/* ---- a row ---- */

/* The table as QGIS 3.22 makes it, but for `id`, which is the row's number. */
static const struct column {
    const char *name;
    OGRFieldType type;
    OGRFieldSubType subtype;
    int width;
    const char *preset;
} columns[] = {
    {"f_table_catalog", OFTString, OFSTNone, 256, NULL},
    {"f_table_schema", OFTString, OFSTNone, 256, NULL},
    {"f_table_name", OFTString, OFSTNone, 256, NULL},
    {"f_geometry_column", OFTString, OFSTNone, 256, NULL},
    {"styleName", OFTString, OFSTNone, 30, NULL},
    {"styleQML", OFTString, OFSTNone, 0, NULL},
    {"styleSLD", OFTString, OFSTNone, 0, NULL},
    {"useAsDefault", OFTInteger, OFSTBoolean, 0, NULL},
    {"description", OFTString, OFSTNone, 0, NULL},
    {"owner", OFTString, OFSTNone, 30, NULL},
    {"ui", OFTString, OFSTNone, 30, NULL},
    {"update_time", OFTDateTime, OFSTNone, 0, "CURRENT_TIMESTAMP"},
};

static OGRLayerH make_table(GDALDatasetH dataset)
{
    static const char *const options[] = {"FID=id", NULL};
    OGRLayerH table =
        GDALDatasetCreateLayer(dataset, "layer_styles", NULL, wkbNone, (char **)(uintptr_t)options);
    for (size_t c = 0; table && c < sizeof columns / sizeof *columns; c++) {
        OGRFieldDefnH field = OGR_Fld_Create(columns[c].name, columns[c].type);
        OGR_Fld_SetSubType(field, columns[c].subtype);
        OGR_Fld_SetWidth(field, columns[c].width);
        OGR_Fld_SetDefault(field, columns[c].preset);
        if (OGR_L_CreateField(table, field, FALSE) != OGRERR_NONE)
            table = NULL;
        OGR_Fld_Destroy(field);
    }
    return table;
}

/* What is not set is null, but for the time, which has a preset. */
static bool insert_row(OGRLayerH table, OGRLayerH layer, const char *qml)
{
    const struct {
        const char *name, *value;
    } cells[] = {
        {"f_table_catalog", ""},
        {"f_table_schema", ""},
        {"f_table_name", OGR_L_GetName(layer)},
        {"f_geometry_column", OGR_L_GetGeometryColumn(layer)},
        {"styleName", "default"},
        {"styleQML", qml},
        {"useAsDefault", "1"},
        {"description", "geo " GEO_VERSION},
        {"owner", ""},
    };
    OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(table));
    if (!row)
        return false;
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        OGR_F_SetFieldString(row, OGR_F_GetFieldIndex(row, cells[c].name), cells[c].value);
    OGR_F_FillUnsetWithDefault(row, FALSE, NULL);
    bool done = OGR_L_CreateFeature(table, row) == OGRERR_NONE;
    OGR_F_Destroy(row);
    return done;
}

enum geo_status geo_style_insert(struct geo_ctx *ctx, const struct geo_sink *sink,
                                 GDALDatasetH dataset, OGRLayerH layer)
{
    geo_gdal_begin(ctx);
    OGRLayerH table = make_table(dataset);
    bool done = table && insert_row(table, layer, sink->style);
    return geo_gdal_end(ctx) || !done ? geo_fail(ctx, GEO_EWRITE, "%s: ", sink->output.shown)
                                      : GEO_OK;
}
