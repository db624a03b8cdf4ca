/* The table of a shapefile: its header, and its records one by one. */
#include "read/dbf.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/shp.h"

#define FIELD_BYTES 32      /* of the description of a field, and of the header before them */
#define BACK_LINK_BYTES 263 /* which a table of Visual FoxPro has after its list of fields */

bool geo_dbf_is_read(char type)
{
    return type != '\0' && strchr("CNFDL", type) != NULL;
}

void geo_dbf_close(struct geo_dbf *dbf)
{
    if (!dbf)
        return;
    if (dbf->file)
        VSIFCloseL(dbf->file);
    free(dbf->field);
    free(dbf->bytes);
    free(dbf);
}

static bool is_fox(const char *head)
{
    return head[0] >= 0x30 && head[0] <= 0x32;
}

/* Whether the header ends where its list of fields does: one that is stated shorter or longer than
 * it is moves all records, and loses fields or makes some up. */
static bool ends_with_list(const char *head, size_t n, size_t list, char next)
{
    if (list >= n || head[list] != '\r')
        return list == n && next != '\r'; /* some programs write no mark at its end */
    size_t rest = n - list - 1;
    if (is_fox(head) && rest == BACK_LINK_BYTES)
        return true;
    for (size_t i = list + 1; i < n; i++)
        if (head[i] != '\0')
            return false;
    return true;
}

/* Sets the fields from the whole header and the byte after it. */
static enum geo_status lay_out(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *head,
                               char next, struct geo_dbf *dbf)
{
    size_t at = 1, n = 0, list = FIELD_BYTES; /* the first byte marks deleted records */
    for (; list + FIELD_BYTES <= dbf->head && head[list] != '\r'; list += FIELD_BYTES, n++) {
        size_t width = (unsigned char)head[list + 16];
        dbf->field[n] = (struct geo_dbf_field){.at = at, .width = width, .type = head[list + 11]};
        at += width;
    }
    dbf->field_count = n;
    if (at != dbf->record)
        return geo_fail(ctx, GEO_EREAD,
                        "%s: the header of its .dbf is damaged: %zu fields take %zu bytes, but "
                        "records are stated to have %zu, and the header %zu; copy it anew",
                        ogr->name, n, at, dbf->record, dbf->head);
    if (!ends_with_list(head, dbf->head, list, next))
        return geo_fail(ctx, GEO_EREAD,
                        "%s: the header of its .dbf is damaged: %zu fields take %zu bytes of it, "
                        "but it is stated to have %zu; copy it anew",
                        ogr->name, n, list + 1, dbf->head);
    size_t known = (size_t)OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr->layer));
    if (n != known)
        return geo_fail(ctx, GEO_EREAD,
                        "%s: the header of its .dbf is damaged: it lists %zu fields, of which %zu "
                        "can be read; copy it anew",
                        ogr->name, n, known);
    return GEO_OK;
}

static enum geo_status read_head(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                 struct geo_dbf *dbf)
{
    char start[FIELD_BYTES], next = '\0', *head = NULL;
    if (!dbf->file || VSIFReadL(start, sizeof start, 1, dbf->file) != 1)
        return geo_fail(ctx, GEO_EREAD, "%s: its .dbf cannot be read", ogr->name);
    dbf->head = geo_shp_little(start + 8) & 0xFFFF;
    dbf->record = geo_shp_little(start + 8) >> 16;
    dbf->bytes = malloc(dbf->record + 1);
    dbf->field = calloc(dbf->head / FIELD_BYTES + 1, sizeof *dbf->field);
    head = malloc(dbf->head + sizeof start);
    enum geo_status status = GEO_OK;
    if (!dbf->bytes || !dbf->field || !head)
        status = geo_no_memory(ctx);
    else if (dbf->head < FIELD_BYTES || VSIFSeekL(dbf->file, 0, SEEK_SET) != 0 ||
             VSIFReadL(head, dbf->head, 1, dbf->file) != 1)
        status = geo_fail(ctx, GEO_EREAD,
                          "%s: the header of its .dbf is damaged: it is stated to have %zu bytes; "
                          "copy it anew",
                          ogr->name, dbf->head);
    if (status == GEO_OK && VSIFReadL(&next, 1, 1, dbf->file) != 1)
        next = '\0'; /* there are no records */
    if (status == GEO_OK)
        status = lay_out(ctx, ogr, head, next, dbf);
    free(head);
    return status;
}

enum geo_status geo_dbf_open(struct geo_ctx *ctx, const struct geo_ogr *ogr, struct geo_dbf **dbf)
{
    struct geo_dbf *made = calloc(1, sizeof *made);
    char *path = geo_shapefile_member(ogr, "dbf");
    if (!made || !path) {
        free(made);
        free(path);
        return geo_no_memory(ctx);
    }
    made->file = VSIFOpenL(path, "rb");
    free(path);
    enum geo_status status = read_head(ctx, ogr, made);
    if (status == GEO_OK)
        *dbf = made;
    else
        geo_dbf_close(made);
    return status;
}

enum geo_status geo_dbf_record(struct geo_ctx *ctx, const struct geo_ogr *ogr, int64_t fid,
                               const char **record)
{
    const struct geo_dbf *dbf = ogr->dbf;
    vsi_l_offset at = dbf->head + (vsi_l_offset)fid * dbf->record;
    if (VSIFSeekL(dbf->file, at, SEEK_SET) != 0 ||
        VSIFReadL(dbf->bytes, dbf->record, 1, dbf->file) != 1)
        return geo_fail(ctx, GEO_EREAD, "%s: its .dbf cannot be read to its end", ogr->name);
    *record = dbf->bytes;
    return GEO_OK;
}
