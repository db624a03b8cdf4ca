#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "write/crs.h"
#include "write/drivers.h"
#include "write/number.h"
#include "write/sink.h"
#include "write/style.h"

enum { DECIMALS_IN_FILES = 7, DECIMALS_BETWEEN_TOOLS = 12 };

/* The formats that are written without GDAL, and the extensions that mean them. */
static const struct own_format {
    const char *name, *alias;
    const struct geo_family *family;
    const char *extension[4];
} own[] = {
    {"geojson", "geojson", &geo_geojson_family, {".geojson", ".json"}},
    {"geojsonl",
     "geojsonseq",
     &geo_geojson_family,
     {".geojsonl", ".geojsons", ".geojsonseq", ".ndjson"}},
    {"csv", "csv", &geo_csv_family, {".csv"}},
};
enum { OWN_COUNT = sizeof own / sizeof *own };

static const struct own_format *find_own(const char *format, const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    if (dot && strchr(dot, '/'))
        dot = NULL;
    for (size_t i = 0; i < OWN_COUNT; i++) {
        if (format && (!strcasecmp(format, own[i].name) || !strcasecmp(format, own[i].alias)))
            return &own[i];
        for (size_t e = 0; !format && dot && e < 4 && own[i].extension[e]; e++)
            if (!strcasecmp(dot, own[i].extension[e]))
                return &own[i];
    }
    return NULL;
}

/* Standard output and devices have no extension that means anything. */
static bool is_nameless(const char *path)
{
    return !path || !strcmp(path, "-") || !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6);
}

bool geo_write_needs_columns(const struct geo_write_options *options)
{
    if (!options->format && is_nameless(options->path))
        return false;
    const struct own_format *found = find_own(options->format, options->path);
    return !found || found->family->is_table;
}

static enum geo_status choose_format(struct geo_ctx *ctx, const struct geo_write_options *options,
                                     struct geo_sink *sink)
{
    const char *format = options->format;
    if (!format && is_nameless(options->path))
        format = "geojsonl";
    const struct own_format *found = find_own(format, options->path);
    if (found) {
        sink->format = found->name;
        sink->family = found->family;
        return GEO_OK;
    }
    GEO_TRY(geo_driver_find(ctx, format, options->path, &sink->format));
    sink->family = &geo_ogr_family;
    return GEO_OK;
}

/* Our own formats hold WGS 84 only and know no options of a driver. */
static enum geo_status check_own(struct geo_ctx *ctx, const struct geo_write_options *options,
                                 const struct geo_sink *sink)
{
    bool is_wgs84 = true;
    if (options->layer_options && options->layer_options[0])
        return geo_fail(ctx, GEO_EARG, "%s has no layer option '%s'", sink->format,
                        options->layer_options[0]);
    if (options->dst_crs)
        GEO_TRY(geo_crs_is_wgs84(ctx, options->dst_crs, &is_wgs84));
    return is_wgs84 ? GEO_OK
                    : geo_fail(ctx, GEO_EARG,
                               "%s is written in WGS 84 only: for %s write .gpkg, .fgb or .shp",
                               sink->format, options->dst_crs);
}

static enum geo_status check_options(struct geo_ctx *ctx, const struct geo_write_options *options,
                                     const struct geo_sink *sink)
{
    if (options->precision_set || options->precision)
        if (options->precision < 0 || options->precision > GEO_MAX_DECIMALS)
            return geo_fail(ctx, GEO_EARG, "precision %d is outside 0 to %d", options->precision,
                            GEO_MAX_DECIMALS);
    if (sink->family->has_bytes)
        return check_own(ctx, options, sink);
    return geo_driver_check_options(ctx, sink->format, options->layer_options);
}

static int decimals_of(const struct geo_write_options *options, const struct geo_sink *sink)
{
    bool is_between = !sink->output.directory && !strcmp(sink->format, "geojsonl");
    if (options->precision_set || options->precision)
        return options->precision;
    return is_between ? DECIMALS_BETWEEN_TOOLS : DECIMALS_IN_FILES;
}

static enum geo_status open_sink(struct geo_ctx *ctx, const struct geo_write_options *options,
                                 struct geo_sink *sink)
{
    GEO_TRY(choose_format(ctx, options, sink));
    GEO_TRY(check_options(ctx, options, sink));
    GEO_TRY(geo_output_open(ctx, options->path, options->overwrite, sink->family->has_bytes,
                            &sink->output));
    sink->edges = options->provenance.edges;
    sink->bbox = options->bbox;
    sink->excel = options->excel;
    sink->decimals = decimals_of(options, sink);
    if (options->style)
        GEO_TRY(geo_style_check(ctx, sink));
    return sink->family->open(ctx, options, sink);
}

static void close_sink(struct geo_ctx *ctx, struct geo_sink *sink)
{
    if (sink->family)
        sink->family->release(ctx, sink);
    geo_output_discard(&sink->output);
    free(sink->remarks);
    free(sink->style);
    free(sink);
}

enum geo_status geo_sink_open(struct geo_ctx *ctx, const struct geo_write_options *options,
                              struct geo_sink **sink)
{
    struct geo_sink *opened = calloc(1, sizeof *opened);
    if (!opened)
        return geo_no_memory(ctx);
    enum geo_status status = open_sink(ctx, options, opened);
    if (status == GEO_OK)
        *sink = opened;
    else
        close_sink(ctx, opened);
    return status;
}

const char *geo_sink_directory(const struct geo_sink *sink)
{
    return sink->output.directory;
}

enum geo_status geo_sink_encode(struct geo_ctx *ctx, const struct geo_sink *sink,
                                struct geo_batch *batch)
{
    return sink->family->encode(ctx, sink, batch);
}

enum geo_status geo_sink_emit(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch)
{
    return sink->family->emit(ctx, sink, batch);
}

enum geo_status geo_sink_set_style(struct geo_ctx *ctx, struct geo_sink *sink, const char *qml)
{
    char *copy = strdup(qml);
    if (!copy)
        return geo_no_memory(ctx);
    free(sink->style);
    sink->style = copy;
    return GEO_OK;
}

enum geo_status geo_sink_finish(struct geo_ctx *ctx, struct geo_sink *sink)
{
    enum geo_status status = sink->family->finish(ctx, sink);
    if (status == GEO_OK)
        status = geo_style_write(ctx, sink);
    if (status == GEO_OK)
        status = geo_output_commit(ctx, &sink->output);
    close_sink(ctx, sink);
    return status;
}

void geo_sink_abandon(struct geo_ctx *ctx, struct geo_sink *sink)
{
    if (sink)
        close_sink(ctx, sink);
}

const char *geo_sink_remarks(const struct geo_sink *sink)
{
    return sink->remarks ? sink->remarks : "";
}

enum geo_status geo_sink_remark(struct geo_ctx *ctx, struct geo_sink *sink, const char *text, ...)
{
    char *line, *all;
    va_list args;
    va_start(args, text);
    int n = vasprintf(&line, text, args);
    va_end(args);
    if (n < 0)
        return geo_no_memory(ctx);
    n = asprintf(&all, "%s%s%s", geo_sink_remarks(sink), sink->remarks ? "\n" : "", line);
    free(line);
    if (n < 0)
        return geo_no_memory(ctx);
    free(sink->remarks);
    sink->remarks = all;
    return GEO_OK;
}
