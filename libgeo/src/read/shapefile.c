/* What GDAL does not say of a shapefile: a member that is missing, cut, or of another length. */
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "read/ogr.h"

#define HEAD_BYTES 32 /* of a member's header, as far as they are looked at */

/* One member of a shapefile. */
struct member {
    char *path;
    uint64_t size;
    unsigned char head[HEAD_BYTES];
};

/* The path of a layer's members without the extension; the caller frees it. */
static char *base_of(const struct geo_ogr *ogr)
{
    const char *path = GDALGetDescription(ogr->dataset);
    const char *dot = strrchr(path, '.');
    char *base = NULL;
    if (dot && (!strcasecmp(dot, ".shp") || !strcasecmp(dot, ".shx") || !strcasecmp(dot, ".dbf")))
        return strndup(path, (size_t)(dot - path));
    return asprintf(&base, "%s/%s", path, OGR_L_GetName(ogr->layer)) < 0 ? NULL : base;
}

/* Finds a member whose extension is in lower or upper case; path stays NULL if there is none. */
static void find_member(const char *base, const char *const extension[2], struct member *member)
{
    for (size_t i = 0; i < 2 && !member->path; i++) {
        VSIStatBufL found;
        if (asprintf(&member->path, "%s.%s", base, extension[i]) < 0)
            member->path = NULL;
        if (member->path && VSIStatL(member->path, &found) == 0) {
            member->size = (uint64_t)found.st_size;
            return;
        }
        free(member->path);
        member->path = NULL;
    }
}

char *geo_shapefile_member(const struct geo_ogr *ogr, const char *extension)
{
    char upper[8] = "";
    const char *const either[2] = {extension, upper};
    struct member member = {0};
    for (size_t i = 0; extension[i] && i + 1 < sizeof upper; i++)
        upper[i] = (char)toupper((unsigned char)extension[i]);
    char *base = base_of(ogr);
    if (base)
        find_member(base, either, &member);
    free(base);
    return member.path;
}

bool geo_shapefile_names_code(const struct geo_ogr *ogr)
{
    char text[4096] = "";
    char *path = geo_shapefile_member(ogr, "prj");
    VSILFILE *file = path ? VSIFOpenL(path, "rb") : NULL;
    if (file) {
        text[VSIFReadL(text, 1, sizeof text - 1, file)] = '\0';
        VSIFCloseL(file);
    }
    free(path);
    return strstr(text, "\"EPSG\"") != NULL;
}

static enum geo_status open_member(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *base,
                                   const char *const extension[2], struct member *member)
{
    find_member(base, extension, member);
    if (!member->path)
        return geo_fail(ctx, GEO_EREAD, "%s: %s.%s is missing: a shapefile needs it", ogr->name,
                        base, extension[0]);
    VSILFILE *file = VSIFOpenL(member->path, "rb");
    size_t got = file ? VSIFReadL(member->head, 1, HEAD_BYTES, file) : 0;
    if (file)
        VSIFCloseL(file);
    if (got != HEAD_BYTES)
        return geo_fail(ctx, GEO_EREAD, "%s: %s is truncated: it has no whole header", ogr->name,
                        member->path);
    return GEO_OK;
}

static uint32_t big_endian(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static uint32_t little_endian(const unsigned char *b)
{
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static enum geo_status check_size(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                  const struct member *member, uint64_t stated)
{
    if (member->size >= stated)
        return GEO_OK;
    return geo_fail(ctx, GEO_EREAD,
                    "%s: %s is truncated: %" PRIu64 " bytes of %" PRIu64 " are there", ogr->name,
                    member->path, member->size, stated);
}

/* The .shp and .shx state their length in words of 16 bits; the .shx has 8 bytes a shape. */
static enum geo_status check_shapes(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                    const struct member *shp, const struct member *shx,
                                    uint64_t *shapes)
{
    uint64_t index_bytes = 2 * (uint64_t)big_endian(shx->head + 24);
    GEO_TRY(check_size(ctx, ogr, shp, 2 * (uint64_t)big_endian(shp->head + 24)));
    GEO_TRY(check_size(ctx, ogr, shx, index_bytes));
    *shapes = index_bytes < 100 ? 0 : (index_bytes - 100) / 8;
    return GEO_OK;
}

static enum geo_status check_records(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                     const struct member *dbf, uint64_t *records)
{
    uint64_t header_bytes = little_endian(dbf->head + 8) & 0xFFFF;
    uint64_t record_bytes = little_endian(dbf->head + 8) >> 16;
    *records = little_endian(dbf->head + 4);
    return check_size(ctx, ogr, dbf, header_bytes + *records * record_bytes);
}

static enum geo_status check_all(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *base,
                                 struct member member[3])
{
    static const char *const extension[3][2] = {{"shp", "SHP"}, {"shx", "SHX"}, {"dbf", "DBF"}};
    uint64_t shapes, records;
    for (size_t i = 0; i < 3; i++)
        GEO_TRY(open_member(ctx, ogr, base, extension[i], &member[i]));
    GEO_TRY(check_shapes(ctx, ogr, &member[0], &member[1], &shapes));
    GEO_TRY(check_records(ctx, ogr, &member[2], &records));
    if (shapes == records)
        return GEO_OK;
    return geo_fail(ctx, GEO_EREAD, "%s: %s has %" PRIu64 " shapes, but %s has %" PRIu64 " records",
                    ogr->name, member[0].path, shapes, member[2].path, records);
}

/* A table alone: only its .dbf. */
static enum geo_status check_table(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *base,
                                   struct member *dbf)
{
    static const char *const extension[2] = {"dbf", "DBF"};
    uint64_t records;
    GEO_TRY(open_member(ctx, ogr, base, extension, dbf));
    return check_records(ctx, ogr, dbf, &records);
}

enum geo_status geo_shapefile_check(struct geo_ctx *ctx, const struct geo_ogr *ogr)
{
    struct member member[3] = {0};
    char *base = base_of(ogr);
    if (!base)
        return geo_no_memory(ctx);
    enum geo_status status = OGR_L_GetGeomType(ogr->layer) == wkbNone
                                 ? check_table(ctx, ogr, base, member)
                                 : check_all(ctx, ogr, base, member);
    for (size_t i = 0; i < 3; i++)
        free(member[i].path);
    free(base);
    return status;
}

/* Language id 87 is "ANSI, as the writer's machine has it": it states nothing. */
const char *geo_shapefile_encoding(OGRLayerH layer, const char **by)
{
    const char *stated = GDALGetMetadataItem(layer, "CPG_VALUE", "SHAPEFILE");
    *by = ".cpg";
    if (stated && stated[0])
        return stated;
    *by = "DBF's language id";
    const char *id = GDALGetMetadataItem(layer, "LDID_VALUE", "SHAPEFILE");
    if (!id || !strcmp(id, "87"))
        return NULL;
    stated = GDALGetMetadataItem(layer, "ENCODING_FROM_LDID", "SHAPEFILE");
    return stated && stated[0] ? stated : NULL;
}
