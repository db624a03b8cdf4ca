/* The sample of a layer's text: of a shapefile from its .dbf, which takes no more than reading it;
 * of other layers by GDAL. Rows are spread evenly over the table, and so are the texts that are
 * taken of them, so that the sample, and with it the encoding, is the same however the table is read
 * afterwards, and the end of a table counts as much as its beginning. */
#include <cpl_vsi.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/dbf.h"
#include "read/ogr.h"
#include "read/shp.h"

#define FIELD_BYTES 32 /* of the description of a field in a .dbf */
#define BLOCK_ROWS 1024

struct table {
    struct geo_sample *sample;
    VSILFILE *file;
    const char *head; /* all of the header */
    uint64_t rows;
    size_t head_bytes, record_bytes;
    char *block;         /* BLOCK_ROWS records */
    uint64_t seen, most; /* rows so far, and in the end */
    size_t column_max;   /* texts of a column in the end */
};

/* The texts that a column may have when so many rows of all are seen. */
static size_t share(size_t column_max, uint64_t seen, uint64_t most)
{
    return seen < most ? (size_t)((column_max * seen + most - 1) / most) : column_max;
}

static enum geo_status add_names(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                 struct geo_sample *sample)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(ogr->layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i));
        struct geo_sample_cell cell = {.n = strlen(name), .column = GEO_SAMPLE_NAMES, .fid = -1};
        cell.is_full = ogr->is_shapefile && geo_fills_field(cell.n, 10);
        GEO_TRY(geo_sample_add(ctx, sample, cell, name));
    }
    return GEO_OK;
}

/* ---- a .dbf ---- */

static enum geo_status add_record(struct geo_ctx *ctx, const struct table *table,
                                  const char *record, int64_t fid)
{
    const char *field = table->head + FIELD_BYTES;
    size_t at = 1; /* the first byte marks deleted records */
    int column = 0;
    if (record[0] == '*' || geo_is_plain_text(record, table->record_bytes))
        return GEO_OK;
    for (; field + FIELD_BYTES <= table->head + table->head_bytes && *field != '\r';
         field += FIELD_BYTES, column++) {
        size_t width = (unsigned char)field[16], n;
        if (at + width > table->record_bytes)
            break;
        const char *text = geo_dbf_trim(record + at, width, &n);
        struct geo_sample_cell cell = {
            .n = n, .column = column, .fid = fid, .is_full = geo_fills_field(n, width)};
        if (field[11] == 'C')
            GEO_TRY(geo_sample_add(ctx, table->sample, cell, text));
        at += width;
    }
    return GEO_OK;
}

static enum geo_status add_block(struct geo_ctx *ctx, struct table *table, uint64_t first)
{
    uint64_t left = table->rows - first;
    size_t n = left < BLOCK_ROWS ? (size_t)left : BLOCK_ROWS;
    uint64_t at = table->head_bytes + first * table->record_bytes;
    if (VSIFSeekL(table->file, at, SEEK_SET) != 0)
        return GEO_OK; /* the reader says what is wrong with the file */
    n = VSIFReadL(table->block, table->record_bytes, n, table->file);
    for (size_t i = 0; i < n; i++) {
        table->sample->column_max = share(table->column_max, ++table->seen, table->most);
        GEO_TRY(
            add_record(ctx, table, table->block + i * table->record_bytes, (int64_t)(first + i)));
    }
    return GEO_OK;
}

/* Blocks one after the other, from the first that is not all plain on. */
static enum geo_status add_first_blocks(struct geo_ctx *ctx, struct table *table, uint64_t blocks,
                                        uint64_t most)
{
    size_t before = table->sample->n;
    for (uint64_t k = 0, found = 0; k < blocks && found < most; k++) {
        GEO_TRY(add_block(ctx, table, k * BLOCK_ROWS));
        found += table->sample->n > before;
    }
    return GEO_OK;
}

/* Blocks spread evenly; if they are all plain, the first ones that are not. */
static enum geo_status add_blocks(struct geo_ctx *ctx, struct table *table, uint64_t rows)
{
    uint64_t blocks = (table->rows + BLOCK_ROWS - 1) / BLOCK_ROWS, most = rows / BLOCK_ROWS;
    size_t before = table->sample->n;
    uint64_t taken = blocks < most ? blocks : most;
    table->most = table->rows < rows ? table->rows : rows;
    for (uint64_t k = 0; k < taken; k++)
        GEO_TRY(add_block(ctx, table, k * blocks / taken * BLOCK_ROWS));
    if (table->sample->n > before || taken == blocks)
        return GEO_OK;
    return add_first_blocks(ctx, table, blocks, most);
}

static enum geo_status add_table(struct geo_ctx *ctx, const struct geo_ogr *ogr, uint64_t most,
                                 struct geo_sample *sample)
{
    char start[FIELD_BYTES], *head = NULL, *path = geo_shapefile_member(ogr, "dbf");
    struct table table = {.sample = sample,
                          .file = path ? VSIFOpenL(path, "rb") : NULL,
                          .column_max = sample->column_max};
    enum geo_status status = GEO_OK;
    free(path);
    if (table.file && VSIFReadL(start, sizeof start, 1, table.file) == 1) {
        table.rows = geo_shp_little(start + 4);
        table.head_bytes = geo_shp_little(start + 8) & 0xFFFF;
        table.record_bytes = geo_shp_little(start + 8) >> 16;
        head = table.head_bytes > sizeof start ? malloc(table.head_bytes) : NULL;
        table.block = malloc(BLOCK_ROWS * table.record_bytes + 1);
        table.head = head;
        if (head && table.block && table.record_bytes > 0 &&
            VSIFSeekL(table.file, 0, SEEK_SET) == 0 &&
            VSIFReadL(head, table.head_bytes, 1, table.file) == 1)
            status = add_blocks(ctx, &table, most);
    }
    sample->column_max = table.column_max;
    if (table.file)
        VSIFCloseL(table.file);
    free(table.block);
    free(head);
    return status;
}

/* ---- others ---- */

static enum geo_status add_feature(struct geo_ctx *ctx, OGRFeatureH feature, int fields,
                                   struct geo_sample *sample)
{
    OGRFeatureDefnH defn = OGR_F_GetDefnRef(feature);
    for (int i = 0; i < fields; i++) {
        if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(defn, i)) != OFTString)
            continue;
        const char *text = OGR_F_GetFieldAsString(feature, i);
        struct geo_sample_cell cell = {
            .n = strlen(text), .column = i, .fid = OGR_F_GetFID(feature)};
        GEO_TRY(geo_sample_add(ctx, sample, cell, text));
    }
    return GEO_OK;
}

static enum geo_status add_features(struct geo_ctx *ctx, const struct geo_ogr *ogr, uint64_t most,
                                    struct geo_sample *sample)
{
    int fields = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr->layer));
    enum geo_status status = GEO_OK;
    OGRFeatureH feature;
    size_t column_max = sample->column_max;
    int64_t count = OGR_L_GetFeatureCount(ogr->layer, 0);
    uint64_t rows = count > 0 && (uint64_t)count < most ? (uint64_t)count : most;
    OGR_L_ResetReading(ogr->layer);
    for (uint64_t i = 0; i < most && status == GEO_OK; i++) {
        if (!(feature = OGR_L_GetNextFeature(ogr->layer)))
            break;
        sample->column_max = count < 0 ? column_max : share(column_max, i + 1, rows);
        status = add_feature(ctx, feature, fields, sample);
        OGR_F_Destroy(feature);
    }
    sample->column_max = column_max;
    OGR_L_ResetReading(ogr->layer);
    return status;
}

enum geo_status geo_layer_sample(struct geo_ctx *ctx, const struct geo_ogr *ogr, uint64_t most,
                                 struct geo_sample *sample)
{
    GEO_TRY(add_names(ctx, ogr, sample));
    return ogr->is_shapefile ? add_table(ctx, ogr, most, sample)
                             : add_features(ctx, ogr, most, sample);
}
