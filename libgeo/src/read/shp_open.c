/* Whether a shapefile that GDAL has opened is plain, and its files opened once more for us. */
#include <cpl_conv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "read/shp.h"

static void close_shp(struct geo_ctx *ctx, void *self)
{
    struct geo_shp *shp = self;
    const int file[] = {shp->shp, shp->shx, shp->dbf};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        if (file[i] >= 0)
            close(file[i]);
    geo_ogr_close(ctx, shp->ogr);
    pthread_mutex_destroy(&shp->lock);
    free(shp);
}

bool geo_shp_read(int file, uint64_t at, char *bytes, size_t n)
{
    while (n > 0) {
        errno = 0;
        ssize_t got = pread(file, bytes, n, (off_t)at);
        if (got <= 0 && errno != EINTR)
            return false;
        if (got > 0)
            bytes += got, at += (uint64_t)got, n -= (size_t)got;
    }
    return true;
}

/* ---- what is plain ---- */

/* Whether GDAL is to read a layer in the way it does by itself. */
static bool is_usual(const struct geo_read_options *options, const struct geo_ogr *ogr)
{
    bool has_options = options->open_options && options->open_options[0];
    return ogr->is_shapefile && !has_options && !ogr->left_out &&
           OGR_L_GetGeomType(ogr->layer) != wkbNone &&
           !CPLGetConfigOption("OGR_ORGANIZE_POLYGONS", NULL) &&
           !CPLGetConfigOption("OGR_DEBUG_ORGANIZE_POLYGONS", NULL) &&
           __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
}

/* A member as a descriptor, -1 if it is no file of this machine. */
static int open_member(const struct geo_ogr *ogr, const char *extension, uint64_t *bytes)
{
    struct stat found;
    char *path = geo_shapefile_member(ogr, extension);
    int file = path && strncmp(path, "/vsi", 4) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    free(path);
    if (file >= 0 && (fstat(file, &found) != 0 || !S_ISREG(found.st_mode))) {
        close(file);
        file = -1;
    }
    if (file >= 0)
        *bytes = (uint64_t)found.st_size;
    return file;
}

static bool is_known_type(uint32_t type)
{
    static const uint32_t plain[] = {GEO_SHP_POINT, GEO_SHP_LINE, GEO_SHP_POLYGON, GEO_SHP_POINTS};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (type == plain[i] || type == plain[i] + GEO_SHP_HEIGHTS ||
            type == plain[i] + GEO_SHP_MEASURES)
            return true;
    return false;
}

static bool open_shapes(struct geo_shp *shp)
{
    char head[100];
    uint64_t shx_bytes;
    shp->shp = open_member(shp->ogr, "shp", &shp->shp_bytes);
    shp->shx = open_member(shp->ogr, "shx", &shx_bytes);
    if (shp->shp < 0 || shp->shx < 0 || !geo_shp_read(shp->shp, 0, head, sizeof head))
        return false;
    shp->type = geo_shp_little(head + 32);
    if (!is_known_type(shp->type) || !geo_shp_read(shp->shx, 0, head, sizeof head) ||
        geo_shp_little(head + 32) != shp->type) /* the one that GDAL believes */
        return false;
    uint64_t stated = 2 * (uint64_t)geo_shp_big(head + 24);
    shp->is_height_due = shp->type > GEO_SHP_HEIGHTS;
    shp->count = OGR_L_GetFeatureCount(shp->ogr->layer, 0);
    return stated >= 100 && stated <= shx_bytes && shp->count >= 0 &&
           (stated - 100) / 8 == (uint64_t)shp->count;
}

/* ---- the table ---- */

/* Whether the description of a field agrees with what GDAL makes of it. */
static bool is_plain_field(const struct geo_dbf_field *field, OGRFieldDefnH known)
{
    OGRFieldType type = OGR_Fld_GetType(known);
    int width = (int)field->width;
    switch (field->type) {
    case 'C':
        return type == OFTString && width == OGR_Fld_GetWidth(known);
    case 'N':
    case 'F':
        return (type == OFTInteger || type == OFTInteger64 || type == OFTReal) &&
               OGR_Fld_GetSubType(known) == OFSTNone && width == OGR_Fld_GetWidth(known);
    case 'D':
        return type == OFTDate && width == 8;
    case 'L':
        return (type == OFTString || OGR_Fld_GetSubType(known) == OFSTBoolean) && width == 1;
    default:
        return false;
    }
}

static bool are_plain_fields(const struct geo_shp *shp)
{
    const struct geo_dbf *dbf = shp->ogr->dbf;
    OGRFeatureDefnH known = OGR_L_GetLayerDefn(shp->ogr->layer);
    for (size_t i = 0; i < dbf->field_count; i++)
        if (!is_plain_field(&dbf->field[i], OGR_FD_GetFieldDefn(known, (int)i)))
            return false;
    return true;
}

static bool open_table(struct geo_shp *shp)
{
    const struct geo_dbf *dbf = shp->ogr->dbf;
    char head[8];
    uint64_t bytes;
    shp->dbf = open_member(shp->ogr, "dbf", &bytes);
    return shp->dbf >= 0 && geo_shp_read(shp->dbf, 0, head, sizeof head) &&
           (int64_t)geo_shp_little(head + 4) == shp->count &&
           dbf->head + (uint64_t)shp->count * dbf->record <= bytes && are_plain_fields(shp);
}

enum geo_status geo_shp_take(struct geo_ctx *ctx, const struct geo_read_options *options,
                             struct geo_ogr *ogr, struct geo_input *input)
{
    if (!is_usual(options, ogr))
        return GEO_OK;
    struct geo_shp *shp = calloc(1, sizeof *shp);
    if (!shp)
        return geo_no_memory(ctx);
    *shp = (struct geo_shp){.ogr = ogr, .shp = -1, .shx = -1, .dbf = -1};
    pthread_mutex_init(&shp->lock, NULL);
    if (!open_shapes(shp) || !open_table(shp)) {
        shp->ogr = NULL; /* the input's, which stays as it is */
        close_shp(ctx, shp);
        return GEO_OK;
    }
    ogr->has_noted_height = true; /* the claims see to it */
    input->self = shp;
    input->next = NULL;
    input->claim = geo_shp_claim;
    input->load = geo_shp_load;
    input->close = close_shp;
    return GEO_OK;
}
