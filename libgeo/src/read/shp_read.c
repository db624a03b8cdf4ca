/* Ranges of a plain shapefile, claimed by one thread and loaded by any. */
#include <errno.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/shp.h"

#define INDEX_BYTES 8  /* of a shape in the .shx */
#define SHAPE_HEAD 8   /* bytes before each shape in the .shp: its number and its length */
#define GAP_BYTES 4096 /* between shapes that are read together */
#define VERTEX_BYTES 16

/* A shape in the file, and where it is in the buffer. */
struct place {
    uint64_t at;
    size_t n; /* bytes with its head; 0: it is not in the file */
    size_t in_buffer;
};

/* A range while it is loaded. */
struct range {
    struct geo_shp *shp;
    const struct geo_claim *claim;
    struct geo_decoder *decoder;
    const char *records;
    const char *shapes;
    struct place place[GEO_BATCH_FEATURES];
};

static enum geo_status fail_read(struct geo_ctx *ctx, const struct geo_shp *shp)
{
    return geo_fail(ctx, GEO_EREAD, "%s: cannot be read to its end: %s", shp->ogr->name,
                    errno ? strerror(errno) : "it has become shorter");
}

/* Where n shapes from the row first on are. */
static enum geo_status read_index(struct geo_ctx *ctx, const struct geo_shp *shp, int64_t first,
                                  size_t n, struct place *place)
{
    char index[GEO_BATCH_FEATURES * INDEX_BYTES];
    if (!geo_shp_read(shp->shx, 100 + INDEX_BYTES * (uint64_t)first, index, n * INDEX_BYTES))
        return fail_read(ctx, shp);
    for (size_t i = 0; i < n; i++) {
        uint64_t at = 2 * (uint64_t)geo_shp_big(index + INDEX_BYTES * i);
        uint64_t length = SHAPE_HEAD + 2 * (uint64_t)geo_shp_big(index + INDEX_BYTES * i + 4);
        bool is_there = at <= shp->shp_bytes && length <= shp->shp_bytes - at;
        place[i] = (struct place){.at = at, .n = is_there ? (size_t)length : 0};
    }
    return GEO_OK;
}

/* ---- the claim ---- */

/* Finds the feature that the note on heights belongs to, the first that has any, by asking GDAL. */
static void look_for_heights(struct geo_ctx *ctx, struct geo_shp *shp, struct geo_claim *claim)
{
    pthread_mutex_lock(&shp->lock);
    geo_gdal_begin(ctx); /* what fails here fails again when the range is loaded */
    for (int64_t fid = claim->first; shp->is_height_due && fid < claim->first + claim->n; fid++) {
        OGRFeatureH feature = OGR_L_GetFeature(shp->ogr->layer, fid);
        OGRGeometryH geometry = feature ? OGR_F_GetGeometryRef(feature) : NULL;
        if (geometry && (OGR_G_Is3D(geometry) || OGR_G_IsMeasured(geometry))) {
            claim->note_fid = fid;
            shp->is_height_due = false;
        }
        if (feature)
            OGR_F_Destroy(feature);
    }
    geo_gdal_end(ctx);
    pthread_mutex_unlock(&shp->lock);
}

/* A batch's worth of rows: as many features or as many bytes as it may have vertices. */
enum geo_status geo_shp_claim(struct geo_ctx *ctx, void *self, struct geo_claim *claim)
{
    struct geo_shp *shp = self;
    struct place place[GEO_BATCH_FEATURES];
    int64_t left = shp->count - shp->next;
    size_t most = left < GEO_BATCH_FEATURES ? (size_t)left : GEO_BATCH_FEATURES, n = 0;
    if (most == 0)
        return GEO_END;
    GEO_TRY(read_index(ctx, shp, shp->next, most, place));
    for (size_t bytes = 0; n < most && bytes < GEO_BATCH_VERTICES * VERTEX_BYTES; n++)
        bytes += place[n].n;
    claim->is_loaded = false;
    claim->first = shp->next;
    claim->n = (int64_t)n;
    claim->note_fid = -1;
    shp->next += claim->n;
    if (shp->is_height_due)
        look_for_heights(ctx, shp, claim);
    return GEO_OK;
}

/* ---- the load: bytes ---- */

/* Whether a shape continues what is read at once, which ends at a place in the file. */
static bool continues(const struct place *place, uint64_t end)
{
    return place->at >= end && place->at - end <= GAP_BYTES;
}

/* Reads the shapes i … of a range that stand near each other in the file as one block, and moves i
 * and the buffer on. Without a buffer it only counts the bytes. */
static enum geo_status read_block(struct geo_ctx *ctx, struct range *range, size_t *i, char *buffer,
                                  size_t *used)
{
    size_t first = *i;
    uint64_t start = range->place[first].at, end = start;
    for (; *i < (size_t)range->claim->n; ++*i) {
        struct place *place = &range->place[*i];
        if (place->n == 0)
            continue;
        if (end == start)
            start = end = place->at;
        else if (!continues(place, end))
            break;
        place->in_buffer = *used + (size_t)(place->at - start);
        end = place->at + place->n;
    }
    if (buffer && !geo_shp_read(range->shp->shp, start, buffer + *used, (size_t)(end - start)))
        return fail_read(ctx, range->shp);
    *used += (size_t)(end - start);
    return GEO_OK;
}

static enum geo_status read_blocks(struct geo_ctx *ctx, struct range *range, char *buffer,
                                   size_t *used)
{
    *used = 0;
    for (size_t i = 0; i < (size_t)range->claim->n;)
        GEO_TRY(read_block(ctx, range, &i, buffer, used));
    return GEO_OK;
}

/* Reads the range's records and shapes into the room for the batch's encoded bytes, which is not in
 * use yet. */
static enum geo_status read_bytes(struct geo_ctx *ctx, struct range *range, struct geo_batch *batch)
{
    const struct geo_shp *shp = range->shp;
    size_t n = (size_t)range->claim->n, record_bytes = n * shp->ogr->dbf->record, shape_bytes;
    char *buffer;
    GEO_TRY(read_index(ctx, shp, range->claim->first, n, range->place));
    GEO_TRY(read_blocks(ctx, range, NULL, &shape_bytes));
    GEO_TRY(geo_batch_reserve_bytes(ctx, batch, record_bytes + shape_bytes, &buffer));
    uint64_t at = shp->ogr->dbf->head + (uint64_t)range->claim->first * shp->ogr->dbf->record;
    if (!geo_shp_read(shp->dbf, at, buffer, record_bytes))
        return fail_read(ctx, shp);
    range->records = buffer;
    range->shapes = buffer + record_bytes;
    return read_blocks(ctx, range, buffer + record_bytes, &shape_bytes);
}

/* ---- the load: features ---- */

/* A feature whose shape is not plain, as GDAL reads it; its cells are null. */
static enum geo_status add_by_gdal(struct geo_ctx *ctx, struct geo_shp *shp, int64_t fid,
                                   struct geo_batch *batch)
{
    pthread_mutex_lock(&shp->lock);
    geo_gdal_begin(ctx);
    OGRFeatureH feature = OGR_L_GetFeature(shp->ogr->layer, fid);
    enum geo_status status = GEO_OK;
    if (feature)
        status = geo_ogr_feature(ctx, shp->ogr, OGR_F_GetGeometryRef(feature), fid, batch);
    if (feature)
        OGR_F_Destroy(feature);
    bool failed = geo_gdal_end(ctx) || !feature;
    pthread_mutex_unlock(&shp->lock);
    if (status == GEO_OK && failed)
        status = geo_fail(ctx, GEO_EREAD, "%s: cannot be read to its end: ", shp->ogr->name);
    return status;
}

/* Appends the parts of row i if it is plain. */
static enum geo_status add_shape(struct geo_ctx *ctx, const struct range *range, size_t i,
                                 struct geo_batch *batch, enum geo_shape *shape, bool *is_plain)
{
    const struct place *place = &range->place[i];
    const char *bytes = range->shapes + place->in_buffer;
    *is_plain =
        place->n > SHAPE_HEAD && SHAPE_HEAD + 2 * (uint64_t)geo_shp_big(bytes + 4) == place->n;
    if (!*is_plain)
        return GEO_OK;
    return geo_shp_shape(ctx, range->shp->type, bytes + SHAPE_HEAD, place->n - SHAPE_HEAD, batch,
                         shape, is_plain);
}

static enum geo_status add_row(struct geo_ctx *ctx, const struct range *range, size_t i,
                               struct geo_batch *batch)
{
    struct geo_shp *shp = range->shp;
    const char *record = range->records + i * shp->ogr->dbf->record;
    int64_t fid = range->claim->first + (int64_t)i;
    size_t first = batch->vertex_count;
    enum geo_shape shape = GEO_SHAPE_NULL;
    bool is_plain;
    if (record[0] == '*')
        return GEO_OK;
    if (fid == range->claim->note_fid)
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, fid, geo_ogr_no_heights, NULL));
    GEO_TRY(add_shape(ctx, range, i, batch, &shape, &is_plain));
    if (is_plain) {
        GEO_TRY(geo_batch_end_feature(ctx, batch, shape, fid));
        GEO_TRY(geo_drop_unless_finite(ctx, batch, first));
    } else {
        GEO_TRY(add_by_gdal(ctx, shp, fid, batch));
    }
    return geo_dbf_cells(ctx, shp->ogr, range->decoder, record, batch, batch->n - 1);
}

enum geo_status geo_shp_load(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                             struct geo_batch *batch)
{
    struct range range = {.shp = self, .claim = claim};
    GEO_TRY(geo_decoder_share(ctx, range.shp->ogr->decoder, &range.decoder));
    enum geo_status status = read_bytes(ctx, &range, batch);
    for (size_t i = 0; i < (size_t)claim->n && status == GEO_OK; i++)
        status = add_row(ctx, &range, i, batch);
    geo_decoder_free(range.decoder);
    return status;
}
