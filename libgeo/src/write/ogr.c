/* Every other format: GDAL writes it. */
#include "write/ogr.h"

#include <cpl_string.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/vn2000.h"
#include "write/antimeridian.h"
#include "write/checked.h"
#include "write/crs.h"
#include "write/range.h"
#include "write/style.h"

static enum geo_status cannot_write(struct geo_ctx *ctx, const struct geo_sink *sink)
{
    return geo_fail(ctx, GEO_EWRITE, "%s: ", sink->output.shown);
}

/* ---- opening ---- */

/* The definition of the output's CRS as GDAL takes it. */
static enum geo_status find_crs(struct geo_ctx *ctx, const char *dst_crs, struct geo_ogr *self,
                                char **definition)
{
    bool is_wgs84 = true;
    self->cut = true;
    if (dst_crs)
        GEO_TRY(geo_crs_is_wgs84(ctx, dst_crs, &is_wgs84));
    if (!is_wgs84)
        GEO_TRY(geo_crs_find_operation(ctx, dst_crs, &self->operation, &self->cut));
    return geo_vn2000_expand(ctx, is_wgs84 ? "EPSG:4326" : dst_crs, definition);
}

static enum geo_status set_crs(struct geo_ctx *ctx, const char *dst_crs, struct geo_ogr *self)
{
    char *definition = NULL;
    GEO_TRY(find_crs(ctx, dst_crs, self, &definition));
    geo_gdal_begin(ctx);
    self->crs = OSRNewSpatialReference(NULL);
    OGRErr error =
        self->crs ? OSRSetFromUserInput(self->crs, definition) : OGRERR_NOT_ENOUGH_MEMORY;
    free(definition);
    if (error == OGRERR_NONE)
        OSRSetAxisMappingStrategy(self->crs, OAMS_TRADITIONAL_GIS_ORDER);
    geo_gdal_end(ctx);
    return error == OGRERR_NONE
               ? GEO_OK
               : geo_fail(ctx, GEO_ECRS,
                          "CRS '%s' is not known: ", dst_crs ? dst_crs : "EPSG:4326");
}

/* The name of a file without its folder and extension. */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return strndup(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static enum geo_status set_layer(struct geo_ctx *ctx, const struct geo_write_options *options,
                                 const struct geo_sink *sink, struct geo_ogr *self)
{
    self->layer_name = options->layer ? strdup(options->layer) : stem_of(options->path);
    for (size_t o = 0; options->layer_options && options->layer_options[o]; o++)
        self->layer_options = CSLAddString(self->layer_options, options->layer_options[o]);
    if (!strcmp(sink->format, "ESRI Shapefile") &&
        !CSLFetchNameValue(self->layer_options, "ENCODING"))
        self->layer_options = CSLSetNameValue(self->layer_options, "ENCODING", "UTF-8");
    return self->layer_name ? GEO_OK : geo_no_memory(ctx);
}

static enum geo_status open_ogr(struct geo_ctx *ctx, const struct geo_write_options *options,
                                struct geo_sink *sink)
{
    struct geo_ogr *self = calloc(1, sizeof *self);
    if (!self)
        return geo_no_memory(ctx);
    sink->self = self;
    GEO_TRY(set_crs(ctx, options->dst_crs, self));
    GEO_TRY(set_layer(ctx, options, sink, self));
    char *path;
    GEO_TRY(geo_checked_path(ctx, sink->format, sink->output.path, &path));
    geo_gdal_begin(ctx);
    self->dataset = GDALCreate(GDALGetDriverByName(sink->format), path, 0, 0, 0, GDT_Unknown, NULL);
    geo_gdal_end(ctx);
    free(path);
    return self->dataset ? GEO_OK : cannot_write(ctx, sink);
}

/* ---- batches ---- */

static enum geo_status encode(struct geo_ctx *ctx, const struct geo_sink *sink,
                              struct geo_batch *batch)
{
    const struct geo_ogr *self = sink->self;
    bool all_inside;
    if (self->cut)
        GEO_TRY(geo_batch_cut(ctx, batch, sink->edges));
    else
        GEO_TRY(geo_batch_check_range(ctx, batch, &all_inside));
    return self->operation ? geo_crs_transform(ctx, batch, self->operation) : GEO_OK;
}

static enum geo_status write_features(struct geo_ctx *ctx, struct geo_sink *sink,
                                      struct geo_batch *batch, const struct geo_table *table)
{
    enum geo_status status = GEO_OK;
    geo_gdal_begin(ctx);
    for (size_t i = 0; status == GEO_OK && i < batch->n; i++)
        if (!batch->dropped[i])
            status = geo_ogr_write_feature(ctx, sink, batch, table, i);
    bool failed = geo_gdal_end(ctx);
    return status == GEO_OK && failed ? cannot_write(ctx, sink) : status;
}

static enum geo_status write_batch(struct geo_ctx *ctx, struct geo_sink *sink,
                                   struct geo_batch *batch)
{
    const struct geo_ogr *self = sink->self;
    struct geo_table table;
    GEO_TRY(geo_table_match(ctx, &self->names, batch, &table));
    enum geo_status status = write_features(ctx, sink, batch, &table);
    geo_table_free(&table);
    return status;
}

/* ---- features that wait ---- */

/* More do not wait, so that a table without any geometry does not fill the memory. */
enum { MOST_HELD = 65536 };

static bool has_geometry(const struct geo_batch *batch)
{
    bool any = false;
    for (size_t i = 0; i < batch->n; i++)
        any |= !batch->dropped[i] && batch->part_start[i + 1] > batch->part_start[i];
    return any;
}

static enum geo_status hold(struct geo_ctx *ctx, struct geo_ogr *self,
                            const struct geo_batch *batch)
{
    if (!self->held) {
        self->held = geo_batch_new();
        if (!self->held)
            return geo_no_memory(ctx);
        GEO_TRY(geo_batch_copy_columns(ctx, self->held, batch));
    }
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i])
            GEO_TRY(geo_batch_copy_feature(ctx, self->held, batch, i, true, GEO_SHAPE_NULL));
    return GEO_OK;
}

/* Writes those that waited; what there is to say of them is said with the batch that came. */
static enum geo_status write_held(struct geo_ctx *ctx, struct geo_sink *sink,
                                  struct geo_batch *batch)
{
    struct geo_ogr *self = sink->self;
    struct geo_batch *held = self->held;
    if (!held)
        return GEO_OK;
    GEO_TRY(write_batch(ctx, sink, held));
    for (size_t k = 0; batch && k < held->note_count; k++) {
        const struct geo_note *note = &held->note[k];
        GEO_TRY(geo_batch_note(ctx, batch, note->kind, note->fid, note->what, "%s", note->detail));
    }
    geo_batch_free(held);
    self->held = NULL;
    return GEO_OK;
}

/* Whether a batch waits too: it has the columns of those that do, and no geometry. */
static bool may_wait(const struct geo_ogr *self, const struct geo_batch *batch)
{
    const struct geo_batch *held = self->held;
    if (self->layer || has_geometry(batch))
        return false;
    return !held || (held->n + batch->n <= MOST_HELD && held->column_count == batch->column_count);
}

static enum geo_status emit(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch)
{
    struct geo_ogr *self = sink->self;
    if (may_wait(self, batch))
        return hold(ctx, self, batch);
    if (!self->layer) {
        GEO_TRY(geo_ogr_make_layer(ctx, sink, batch));
        GEO_TRY(write_held(ctx, sink, batch));
    }
    return write_batch(ctx, sink, batch);
}

/* ---- the end ---- */

/* A layer without any geometry, and maybe without features. */
static enum geo_status make_bare_layer(struct geo_ctx *ctx, struct geo_sink *sink)
{
    struct geo_ogr *self = sink->self;
    if (!self->held && !(self->held = geo_batch_new()))
        return geo_no_memory(ctx);
    GEO_TRY(geo_ogr_make_layer(ctx, sink, self->held));
    return write_held(ctx, sink, NULL);
}

static enum geo_status finish(struct geo_ctx *ctx, struct geo_sink *sink)
{
    struct geo_ogr *self = sink->self;
    if (!self->layer)
        GEO_TRY(make_bare_layer(ctx, sink));
    if (sink->style && geo_style_is_row(sink))
        GEO_TRY(geo_style_insert(ctx, sink, self->dataset, self->layer));
    geo_gdal_begin(ctx);
    if (self->in_transaction)
        GDALDatasetCommitTransaction(self->dataset);
    self->in_transaction = false;
    GDALClose(self->dataset);
    self->dataset = NULL;
    return geo_gdal_end(ctx) ? cannot_write(ctx, sink) : GEO_OK;
}

static void release(struct geo_ctx *ctx, struct geo_sink *sink)
{
    struct geo_ogr *self = sink->self;
    if (!self)
        return;
    geo_gdal_begin(ctx);
    if (self->in_transaction)
        GDALDatasetRollbackTransaction(self->dataset);
    if (self->dataset)
        GDALClose(self->dataset);
    geo_gdal_end(ctx);
    OSRDestroySpatialReference(self->crs);
    CSLDestroy(self->layer_options);
    geo_batch_free(self->held);
    geo_names_free(&self->names);
    free(self->layer_name);
    free(self->operation);
    free(self->field);
    free(self);
}

const struct geo_family geo_ogr_family = {.is_table = true,
                                          .open = open_ogr,
                                          .encode = encode,
                                          .emit = emit,
                                          .finish = finish,
                                          .release = release};
