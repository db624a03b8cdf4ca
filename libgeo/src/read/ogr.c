/* Any vector source that GDAL opens. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/ogr.h"
#include "read/shp.h"

void geo_ogr_close(struct geo_ctx *ctx, struct geo_ogr *ogr)
{
    if (!ogr)
        return;
    geo_gdal_begin(ctx);
    if (ogr->dataset)
        GDALClose(ogr->dataset);
    geo_gdal_end(ctx);
    geo_dbf_close(ogr->dbf);
    geo_decoder_free(ogr->decoder);
    free(ogr->column);
    free(ogr->capitals);
    free(ogr->left_out);
    free(ogr);
}

static void close_ogr(struct geo_ctx *ctx, void *self)
{
    geo_ogr_close(ctx, self);
}

/* ---- features ---- */

static enum geo_status note_left_out(struct geo_ctx *ctx, struct geo_ogr *ogr,
                                     struct geo_batch *batch)
{
    if (!ogr->left_out || ogr->has_noted_left_out)
        return GEO_OK;
    ogr->has_noted_left_out = true;
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1,
                          ogr->is_shapefile ? "memo and binary fields are left out"
                                            : "binary fields are left out",
                          "%.100s", ogr->left_out);
}

enum geo_status geo_ogr_add(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                            struct geo_batch *batch)
{
    GEO_TRY(geo_ogr_feature(ctx, ogr, OGR_F_GetGeometryRef(feature), OGR_F_GetFID(feature), batch));
    if (ogr->place_count > 0)
        GEO_TRY(geo_csv_check_place(ctx, ogr, feature, batch));
    return geo_ogr_cells(ctx, ogr, feature, batch, batch->n - 1);
}

static enum geo_status fill(struct geo_ctx *ctx, struct geo_ogr *ogr, struct geo_batch *batch)
{
    enum geo_status status = GEO_OK;
    while (status == GEO_OK && batch->n < GEO_BATCH_FEATURES &&
           batch->vertex_count < GEO_BATCH_VERTICES) {
        OGRFeatureH feature = OGR_L_GetNextFeature(ogr->layer);
        if (!feature)
            break;
        status = geo_ogr_add(ctx, ogr, feature, batch);
        OGR_F_Destroy(feature);
    }
    return status;
}

static enum geo_status next_ogr(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct geo_ogr *ogr = self;
    geo_gdal_begin(ctx);
    enum geo_status status = fill(ctx, ogr, batch);
    bool failed = geo_gdal_end(ctx);
    if (status != GEO_OK)
        return status;
    if (failed)
        return geo_fail(ctx, GEO_EREAD, "%s: cannot be read to its end: ", ogr->name);
    if (batch->n == 0)
        return GEO_END;
    if (!ogr->is_placed && batch->vertex_count > 0) {
        ogr->is_placed = true;
        GEO_TRY(geo_origin_check_batch(ctx, ogr->origin, batch));
    }
    return note_left_out(ctx, ogr, batch);
}

/* ---- what is known before the first feature ---- */

/* Whether a box is one: an empty or damaged file may state anything. */
static bool is_box(const OGREnvelope *box)
{
    if (box->MinX == 0 && box->MinY == 0 && box->MaxX == 0 && box->MaxY == 0)
        return false; /* a shapefile's, all of whose shapes are null */
    return isfinite(box->MinX) && isfinite(box->MinY) && isfinite(box->MaxX) &&
           isfinite(box->MaxY) && box->MinX <= box->MaxX && box->MinY <= box->MaxY;
}

/* The extent in the layer's CRS, if it is known, or may be found by a scan. */
static enum geo_status find_extent(struct geo_ctx *ctx, const struct geo_ogr *ogr, bool may_scan,
                                   double extent[4], bool *is_known)
{
    OGREnvelope box;
    geo_gdal_begin(ctx);
    *is_known = (may_scan || OGR_L_TestCapability(ogr->layer, OLCFastGetExtent)) &&
                OGR_L_GetFeatureCount(ogr->layer, 0) != 0 &&
                OGR_L_GetExtent(ogr->layer, &box, may_scan) == OGRERR_NONE && is_box(&box);
    if (may_scan)
        OGR_L_ResetReading(ogr->layer);
    if (geo_gdal_end(ctx))
        return geo_fail(ctx, GEO_EREAD, "%s: cannot be read: ", ogr->name);
    if (*is_known)
        extent[0] = box.MinX, extent[1] = box.MinY, extent[2] = box.MaxX, extent[3] = box.MaxY;
    return GEO_OK;
}

/* The middle half of the first features, which one in a wrong place does not move. */
static enum geo_status find_middle(struct geo_ctx *ctx, const struct geo_ogr *ogr, double extent[4],
                                   bool *is_known)
{
    double *x = calloc(GEO_BATCH_FEATURES, sizeof *x), *y = calloc(GEO_BATCH_FEATURES, sizeof *y);
    OGRFeatureH feature;
    OGREnvelope box;
    size_t n = 0;
    geo_gdal_begin(ctx);
    OGR_L_ResetReading(ogr->layer);
    for (int i = 0; x && y && i < GEO_BATCH_FEATURES; i++) {
        feature = OGR_L_GetNextFeature(ogr->layer);
        if (!feature)
            break;
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (geometry && !OGR_G_IsEmpty(geometry)) {
            OGR_G_GetEnvelope(geometry, &box);
            x[n] = (box.MinX + box.MaxX) / 2, y[n++] = (box.MinY + box.MaxY) / 2;
        }
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(ogr->layer);
    geo_gdal_end(ctx); /* what cannot be read is found when it is */
    *is_known = x && y && geo_middle_box(x, y, n, extent);
    bool is_made = x && y;
    free(x);
    free(y);
    return is_made ? GEO_OK : geo_no_memory(ctx);
}

static enum geo_status fail_no_crs(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                   struct geo_origin *origin)
{
    double extent[4];
    bool is_known;
    GEO_TRY(find_extent(ctx, ogr, false, extent, &is_known));
    if (!is_known)
        GEO_TRY(find_middle(ctx, ogr, extent, &is_known));
    return geo_origin_refuse_none(ctx, origin, is_known ? extent : NULL);
}

/* The CRS that the layer states as WKT, NULL if it states none. CPLFree() frees it. */
static enum geo_status stated_crs(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                  const struct geo_origin *origin, char **crs)
{
    static const char *const format[] = {"FORMAT=WKT2_2019", NULL};
    char *wkt = NULL;
    geo_gdal_begin(ctx);
    OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(ogr->layer);
    if (reference)
        OSRExportToWktEx(reference, &wkt, format);
    if (geo_gdal_end(ctx)) {
        CPLFree(wkt);
        return geo_fail(ctx, GEO_ECRS,
                        "%s: its CRS cannot be read; say which with %s: ", origin->name,
                        origin->crs_option);
    }
    *crs = wkt;
    return GEO_OK;
}

/* Takes the CRS unless it does not fit the extent. One feature in a wrong place is no fault of the
 * layer's: refused is what the middle half of the first features does not fit either. */
static enum geo_status take_crs(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *crs,
                                struct geo_origin *origin, const double extent[4])
{
    char said[1024];
    double middle[4];
    bool is_known;
    enum geo_status status = geo_origin_take_crs(ctx, origin, crs, extent);
    if (status != GEO_ECRS || !extent)
        return status;
    snprintf(said, sizeof said, "%s", geo_ctx_message(ctx));
    GEO_TRY(find_middle(ctx, ogr, middle, &is_known));
    status = is_known ? geo_origin_take_crs(ctx, origin, crs, middle) : status;
    return status == GEO_ECRS ? geo_fail(ctx, GEO_ECRS, "%s", said) : status;
}

static enum geo_status set_crs(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *crs,
                               struct geo_origin *origin, bool *has_extent)
{
    double extent[4];
    GEO_TRY(find_extent(ctx, ogr, false, extent, has_extent));
    GEO_TRY(take_crs(ctx, ogr, crs, origin, *has_extent ? extent : NULL));
    if (*has_extent || !origin->operation)
        return GEO_OK;
    GEO_TRY(find_extent(ctx, ogr, true, extent, has_extent));
    return *has_extent ? take_crs(ctx, ogr, crs, origin, extent) : GEO_OK;
}

/* The CRS that the layer is taken with; *chosen stays NULL where none is known. */
static enum geo_status choose_crs(struct geo_ctx *ctx, const struct geo_read_options *options,
                                  const struct geo_ogr *ogr, struct geo_origin *origin,
                                  char **chosen)
{
    double extent[4];
    bool is_known = false;
    char *stated = NULL;
    if (!options->src_crs)
        GEO_TRY(stated_crs(ctx, ogr, origin, &stated));
    enum geo_status status = GEO_OK;
    if (stated && origin->any_crs && ogr->is_shapefile)
        origin->is_uncoded = !geo_shapefile_names_code(ogr);
    if (origin->fix)
        status = find_extent(ctx, ogr, true, extent, &is_known);
    if (status == GEO_OK)
        status = geo_origin_choose_crs(ctx, origin, stated, options->src_crs,
                                       is_known ? extent : NULL, chosen);
    CPLFree(stated);
    return status;
}

static enum geo_status find_crs(struct geo_ctx *ctx, const struct geo_read_options *options,
                                struct geo_ogr *ogr, struct geo_origin *origin)
{
    char *chosen = NULL;
    if (OGR_L_GetGeomType(ogr->layer) == wkbNone)
        return GEO_OK;
    enum geo_status status = choose_crs(ctx, options, ogr, origin, &chosen);
    if (status == GEO_OK)
        status = chosen ? set_crs(ctx, ogr, chosen, origin, &ogr->is_placed)
                        : fail_no_crs(ctx, ogr, origin);
    free(chosen);
    return geo_origin_forgive(ctx, origin, status);
}

/* A GDAL that was told the types of a CSV knows them better than its cells. */
static bool wants_types(const struct geo_read_options *options, const struct geo_ogr *ogr)
{
    return ogr->is_csv &&
           !CSLFetchNameValue((char **)(uintptr_t)options->open_options, "AUTODETECT_TYPE");
}

static enum geo_status find_fields(struct geo_ctx *ctx, const struct geo_read_options *options,
                                   struct geo_ogr *ogr, struct geo_input *input)
{
    GEO_TRY(geo_ogr_set_encoding(ctx, options, ogr, &input->origin));
    if (ogr->is_csv)
        geo_csv_find_places(options, ogr);
    GEO_TRY(geo_ogr_describe(ctx, options, ogr, &input->fields));
    if (OGR_L_TestCapability(ogr->layer, OLCFastFeatureCount))
        input->count = OGR_L_GetFeatureCount(ogr->layer, 1);
    if (!wants_types(options, ogr))
        return GEO_OK;
    GEO_TRY(geo_csv_types(ctx, ogr, &input->count));
    for (size_t c = 0; c < ogr->column_count; c++)
        input->fields.field[c].type = ogr->column[c].type;
    return GEO_OK;
}

static enum geo_status describe_origin(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                       struct geo_origin *origin)
{
    origin->edges = -1;
    origin->driver = strdup(GDALGetDriverShortName(GDALGetDatasetDriver(ogr->dataset)));
    origin->layer = strdup(OGR_L_GetName(ogr->layer));
    origin->encoding = strdup(geo_decoder_name(ogr->decoder));
    if (!origin->crs)
        origin->crs = strdup("");
    if (!origin->operation_text)
        origin->operation_text = strdup("");
    if (origin->driver && origin->layer && origin->encoding && origin->crs &&
        origin->operation_text)
        return GEO_OK;
    return geo_no_memory(ctx);
}

/* All that GDAL has to say of an opened data set. */
static enum geo_status describe(struct geo_ctx *ctx, const struct geo_read_options *options,
                                struct geo_ogr *ogr, struct geo_input *input)
{
    GEO_TRY(geo_ogr_layer(ctx, options, ogr, &input->origin.name));
    ogr->name = input->origin.name;
    ogr->origin = &input->origin;
    ogr->encoding_option = input->origin.encoding_option;
    if (ogr->is_shapefile) {
        GEO_TRY(geo_shapefile_check(ctx, ogr));
        GEO_TRY(geo_dbf_open(ctx, ogr, &ogr->dbf));
    }
    if (ogr->is_mapinfo)
        GEO_TRY(geo_mapinfo_check(ctx, ogr));
    geo_gdal_begin(ctx);
    enum geo_status status = find_fields(ctx, options, ogr, input);
    bool failed = geo_gdal_end(ctx);
    if (status == GEO_OK && failed)
        status = geo_fail(ctx, GEO_EREAD, "%s: cannot be read: ", ogr->name);
    if (status == GEO_OK)
        status = find_crs(ctx, options, ogr, &input->origin);
    if (status == GEO_OK)
        status = describe_origin(ctx, ogr, &input->origin);
    return status;
}

enum geo_status geo_ogr_open(struct geo_ctx *ctx, const char *path,
                             const struct geo_read_options *options, struct geo_input *input)
{
    *input = (struct geo_input){.count = -1, .next = next_ogr, .close = close_ogr};
    struct geo_ogr *ogr = calloc(1, sizeof *ogr);
    if (!ogr)
        return geo_no_memory(ctx);
    input->self = ogr;
    char *name = NULL;
    enum geo_status status = geo_ogr_dataset(ctx, path, options, ogr, &name);
    if (status == GEO_OK)
        status = geo_origin_begin(ctx, &input->origin, name, options);
    free(name);
    if (status == GEO_OK)
        status = describe(ctx, options, ogr, input);
    if (status == GEO_OK)
        status = geo_shp_take(ctx, options, ogr, input);
    if (status != GEO_OK) {
        geo_ogr_close(ctx, ogr);
        geo_fields_release(&input->fields);
        geo_origin_release(&input->origin);
        *input = (struct geo_input){0};
    }
    return status;
}
