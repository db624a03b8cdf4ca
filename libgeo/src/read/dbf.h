/* The table of a shapefile, as far as we read it ourselves: where its cells are, and what they hold.
 * GDAL takes 1,50 for 1 and letters for 0, and says nothing; so cells other than text are always
 * read here, whoever reads the shapes. */
#ifndef GEO_READ_DBF_H
#define GEO_READ_DBF_H

#include <cpl_vsi.h>

#include "geo/batch.h"

struct geo_ogr;
struct geo_decoder;

/* Where a field stands in a record. */
struct geo_dbf_field {
    size_t at, width;
    char type; /* C, N, F, D, L, or one that no column can hold */
};

struct geo_dbf {
    VSILFILE *file;
    size_t head, record; /* bytes of the header and of each record */
    char *bytes;         /* one record */
    size_t field_count;
    struct geo_dbf_field *field; /* in the order of the layer's definition */
};

/* dbf.c: the table of a layer, whose header must agree with its list of fields and with GDAL.
 * GEO_OK, GEO_EREAD, GEO_ENOMEM. */
enum geo_status geo_dbf_open(struct geo_ctx *ctx, const struct geo_ogr *ogr, struct geo_dbf **dbf);
void geo_dbf_close(struct geo_dbf *dbf); /* NULL is allowed */

/* dbf.c: the record of a row, valid until the next. GEO_OK, GEO_EREAD. */
enum geo_status geo_dbf_record(struct geo_ctx *ctx, const struct geo_ogr *ogr, int64_t fid,
                               const char **record);

/* dbf.c: whether fields of a type are read; others hold memos or bytes. */
bool geo_dbf_is_read(char type);

/* dbf_cells.c: a cell's text without the blanks around it; a zero byte ends it. */
const char *geo_dbf_trim(const char *cell, size_t width, size_t *n);

/* dbf_cells.c: the cell of column c, row i, in a record, unless the column is text. Where it is not
 * what its column holds, it stays null, with a note. */
enum geo_status geo_dbf_cell(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *record,
                             struct geo_batch *batch, size_t c, size_t i);

/* dbf_cells.c: all cells of a record as those of row i, text too. */
enum geo_status geo_dbf_cells(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                              struct geo_decoder *decoder, const char *record,
                              struct geo_batch *batch, size_t i);

/* dbf_cells.c: notes what stands behind a zero byte in a cell, which is not read. */
enum geo_status geo_dbf_note_rest(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                  const char *record, struct geo_batch *batch, size_t c, size_t i);

#endif
