#include "write/drivers.h"

#include <cpl_minixml.h>
#include <cpl_string.h>
#include <gdal.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"

static bool writes_files(GDALDriverH driver)
{
    return GDALGetMetadataItem(driver, GDAL_DCAP_VECTOR, NULL) &&
           GDALGetMetadataItem(driver, GDAL_DCAP_CREATE, NULL) &&
           GDALGetMetadataItem(driver, GDAL_DMD_EXTENSIONS, NULL);
}

/* Whether the name ends in one of the extensions of a driver. */
static bool has_extension(GDALDriverH driver, const char *name)
{
    char **extension =
        CSLTokenizeString2(GDALGetMetadataItem(driver, GDAL_DMD_EXTENSIONS, NULL), " ", 0);
    bool found = false;
    for (int i = 0; extension && extension[i]; i++) {
        size_t n = strlen(extension[i]), length = strlen(name);
        found |= length > n && name[length - n - 1] == '.' &&
                 !strcasecmp(name + length - n, extension[i]);
    }
    CSLDestroy(extension);
    return found;
}

enum geo_status geo_driver_find(struct geo_ctx *ctx, const char *format, const char *path,
                                const char **driver)
{
    if (format) {
        GDALDriverH named = GDALGetDriverByName(format);
        if (!named)
            return geo_fail(ctx, GEO_EARG, "format '%s' is not known", format);
        if (!writes_files(named))
            return geo_fail(ctx, GEO_EARG, "format %s cannot be written to a file", format);
        *driver = GDALGetDriverShortName(named);
        return GEO_OK;
    }
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (int i = 0; i < GDALGetDriverCount(); i++) {
        GDALDriverH candidate = GDALGetDriver(i);
        if (writes_files(candidate) && has_extension(candidate, name)) {
            *driver = GDALGetDriverShortName(candidate);
            return GEO_OK;
        }
    }
    return geo_fail(ctx, GEO_EARG,
                    "%s: no format is known for this name: end it in .geojson, .gpkg, … or say "
                    "--format",
                    path);
}

/* Whether the list of a driver, <LayerCreationOptionList><Option name=… />…, has a key. */
static bool has_option(const CPLXMLNode *list, const char *key, size_t n)
{
    const CPLXMLNode *root = CPLGetXMLNode((CPLXMLNode *)list, "=LayerCreationOptionList");
    for (const CPLXMLNode *node = root ? root->psChild : NULL; node; node = node->psNext) {
        const char *name = CPLGetXMLValue((CPLXMLNode *)node, "name", "");
        if (strlen(name) == n && !strncasecmp(name, key, n))
            return true;
    }
    return false;
}

enum geo_status geo_driver_check_options(struct geo_ctx *ctx, const char *driver,
                                         const char *const *option)
{
    const char *text =
        GDALGetMetadataItem(GDALGetDriverByName(driver), GDAL_DS_LAYER_CREATIONOPTIONLIST, NULL);
    CPLXMLNode *list = text ? CPLParseXMLString(text) : NULL;
    enum geo_status status = GEO_OK;
    for (; status == GEO_OK && option && *option; option++) {
        size_t n = strcspn(*option, "=");
        if (!(*option)[n] || !n)
            status =
                geo_fail(ctx, GEO_EARG, "layer option '%s' is not of the form KEY=VALUE", *option);
        else if (!has_option(list, *option, n))
            status =
                geo_fail(ctx, GEO_EARG, "%s has no layer option %.*s", driver, (int)n, *option);
    }
    CPLDestroyXMLNode(list);
    return status;
}
