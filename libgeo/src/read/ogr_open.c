/* The data set behind a path, and the layer that is meant. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/ogr.h"

#define OPEN_FLAGS (GDAL_OF_VECTOR | GDAL_OF_READONLY)

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcasecmp(text + n - m, end);
}

/* Whether a path is a connection string, an address, or one of GDAL's virtual files. */
static bool is_connection(const char *path)
{
    size_t word = strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    return path[0] == '<' || !strncmp(path, "/vsi", 4) || (word > 1 && path[word] == ':');
}

/* What messages call an input: the path, but of a connection string, which may hold a password,
 * only its kind. */
static char *display_name(const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0 && strncmp(path, "/vsi", 4) && is_connection(path))
        return path[0] == '<' ? strdup("VRT") : strndup(path, strcspn(path, ":"));
    return strdup(path);
}

/* A file must be there and readable; GDAL does not say which it is not. */
static enum geo_status check_path(struct geo_ctx *ctx, const char *path, const char *name,
                                  bool *is_folder)
{
    struct stat found;
    if (stat(path, &found) != 0) {
        if (is_connection(path))
            return GEO_OK;
        return geo_fail(ctx, GEO_EREAD, "%s: %s", name, strerror(errno));
    }
    if (access(path, R_OK) != 0)
        return geo_fail(ctx, GEO_EREAD, "%s: %s", name, strerror(errno));
    if (S_ISREG(found.st_mode) && found.st_size == 0)
        return geo_fail(ctx, GEO_EREAD, "%s: the file is empty", name);
    *is_folder = S_ISDIR(found.st_mode);
    return GEO_OK;
}

static bool is_driver(GDALDriverH driver, const char *name)
{
    return driver && !strcmp(GDALGetDriverShortName(driver), name);
}

static GDALDriverH identify(const char *path)
{
    return GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, NULL, NULL);
}

/* ---- archives ---- */

static bool is_member_name(const char *name)
{
    static const char *const ends[] = {".shp", ".gpkg", ".fgb", ".tab", ".mif",
                                       ".kml", ".gml",  ".dxf", ".csv", ".geojson"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(name, ends[i]))
            return true;
    return false;
}

/* The only data set in an archive, wherever it lies in it; or the archive's top as a folder of
 * shapefiles. */
static enum geo_status only_member(struct geo_ctx *ctx, const char *root, const char *name,
                                   char **member)
{
    char **list = VSIReadDirRecursive(root);
    const char *first = NULL, *second = NULL;
    for (char **entry = list; entry && *entry; entry++)
        if (is_member_name(*entry)) {
            second = first && !second ? *entry : second;
            first = first ? first : *entry;
        }
    enum geo_status status = GEO_OK;
    if (!first)
        status =
            geo_fail(ctx, GEO_EREAD, "%s: the archive holds no data set that can be read", name);
    else if (second && identify(root))
        status = (*member = strdup(root)) ? GEO_OK : geo_no_memory(ctx);
    else if (second)
        status = geo_fail(ctx, GEO_EARG,
                          "%s: the archive holds several data sets (%s, %s …); name one, for "
                          "example %s/%s",
                          name, first, second, root, first);
    else if (asprintf(member, "%s/%s", root, first) < 0)
        status = geo_no_memory(ctx);
    CSLDestroy(list);
    return status;
}

/* Braces make GDAL take an archive of any extension for one. */
static enum geo_status locate_in_archive(struct geo_ctx *ctx, const char *path, const char *name,
                                         char **member)
{
    char *root = NULL;
    if (asprintf(&root, "/vsizip/{%s}", path) < 0)
        return geo_no_memory(ctx);
    enum geo_status status = only_member(ctx, root, name, member);
    free(root);
    return status;
}

/* ---- opening ---- */

/* What GDAL is to open for a path: the path itself, or a place in the archive that it is. */
static enum geo_status locate(struct geo_ctx *ctx, const char *path, const char *name,
                              bool is_folder, char **place, GDALDriverH *driver)
{
    *place = NULL;
    *driver = identify(path);
    bool is_archive = !is_folder && (ends_with(path, ".zip") || ends_with(path, ".shz"));
    if (is_archive && (!*driver || is_driver(*driver, "ESRI Shapefile"))) {
        GEO_TRY(locate_in_archive(ctx, path, name, place));
        *driver = identify(*place);
    } else {
        *place = strdup(path);
        if (!*place)
            return geo_no_memory(ctx);
    }
    if (*driver || is_connection(path))
        return GEO_OK;
    return geo_fail(ctx, GEO_EREAD,
                    is_folder ? "%s: is a folder without layers; name a file or a folder of "
                                "shapefiles"
                              : "%s: is not a vector data set: its contents are of no format that "
                                "can be read (shapefile, GeoPackage, GeoJSON, …)",
                    name);
}

/* Whether the user says which columns of a CSV hold its points, or its WKT. */
static bool names_points(const char *const *user)
{
    char **options = (char **)(uintptr_t)user;
    return CSLFetchNameValue(options, "X_POSSIBLE_NAMES") ||
           CSLFetchNameValue(options, "Y_POSSIBLE_NAMES");
}

static bool names_wkt(const char *const *user)
{
    return CSLFetchNameValue((char **)(uintptr_t)user, "GEOM_POSSIBLE_NAMES") != NULL;
}

/* Open options that a driver needs to give us raw text and the geometry of tables. */
static char **driver_options(GDALDriverH driver, const char *const *user, bool are_points)
{
    const struct {
        const char *driver, *key, *value;
    } needs[] = {
        {"ESRI Shapefile", "ENCODING", ""},
        {"CSV", "EMPTY_STRING_AS_NULL", "YES"},
        {"CSV", "GEOM_POSSIBLE_NAMES", names_points(user) ? "" : geo_csv_wkt},
        {"CSV", "X_POSSIBLE_NAMES", are_points ? geo_csv_x : ""},
        {"CSV", "Y_POSSIBLE_NAMES", are_points ? geo_csv_y : ""},
    };
    char **options = CSLDuplicate((CSLConstList)user);
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (is_driver(driver, needs[i].driver) && !CSLFetchNameValue(options, needs[i].key))
            options = CSLSetNameValue(options, needs[i].key, needs[i].value);
    return options;
}

/* Makes GDAL give the text of a drawing as it is where it cannot decode it. */
static void prepare_dxf(const char *place, const struct geo_read_options *options,
                        struct geo_ogr *ogr)
{
    if (CPLGetConfigOption("DXF_ENCODING", NULL))
        return;
    if (options->encoding)
        snprintf(ogr->dxf_encoding, sizeof ogr->dxf_encoding, "%s", options->encoding);
    else
        geo_dxf_encoding(place, ogr->dxf_encoding, sizeof ogr->dxf_encoding);
    if (ogr->dxf_encoding[0])
        CPLSetThreadLocalConfigOption("DXF_ENCODING", "UTF-8");
}

static GDALDatasetH open_by(const char *place, GDALDriverH driver,
                            const struct geo_read_options *user, bool are_points)
{
    char **options = driver_options(driver, user->open_options, are_points);
    GDALDatasetH dataset = GDALOpenEx(place, OPEN_FLAGS, NULL, (const char *const *)options, NULL);
    CSLDestroy(options);
    return dataset;
}

/* GDAL prefers lon and lat to WKT, so that it hears of them only where there is no WKT. */
static GDALDatasetH open_csv(const char *place, GDALDriverH driver,
                             const struct geo_read_options *user)
{
    GDALDatasetH dataset = open_by(place, driver, user, names_points(user->open_options));
    if (!dataset || names_points(user->open_options) || names_wkt(user->open_options))
        return dataset;
    OGRLayerH layer = user->layer ? GDALDatasetGetLayerByName(dataset, user->layer)
                                  : GDALDatasetGetLayer(dataset, 0);
    if (!layer || OGR_L_GetGeomType(layer) != wkbNone)
        return dataset;
    GDALClose(dataset);
    return open_by(place, driver, user, true);
}

static enum geo_status open_place(struct geo_ctx *ctx, const char *place, const char *name,
                                  GDALDriverH driver, const struct geo_read_options *user,
                                  struct geo_ogr *ogr)
{
    if (is_driver(driver, "DXF"))
        prepare_dxf(place, user, ogr);
    geo_gdal_begin(ctx);
    GDALDatasetH dataset = is_driver(driver, "CSV") ? open_csv(place, driver, user)
                                                    : open_by(place, driver, user, false);
    bool failed = geo_gdal_end(ctx);
    if (ogr->dxf_encoding[0])
        CPLSetThreadLocalConfigOption("DXF_ENCODING", NULL);
    if (!dataset || failed) {
        if (dataset)
            GDALClose(dataset);
        return geo_fail(ctx, GEO_EREAD, "%s: cannot be opened: ", name);
    }
    ogr->dataset = dataset;
    ogr->is_shapefile = is_driver(GDALGetDatasetDriver(dataset), "ESRI Shapefile");
    ogr->is_mapinfo = is_driver(GDALGetDatasetDriver(dataset), "MapInfo File");
    ogr->is_csv = is_driver(GDALGetDatasetDriver(dataset), "CSV");
    return GEO_OK;
}

enum geo_status geo_ogr_dataset(struct geo_ctx *ctx, const char *path,
                                const struct geo_read_options *options, struct geo_ogr *ogr,
                                char **name)
{
    bool is_folder = false;
    char *place = NULL, *shown = display_name(path);
    GDALDriverH driver;
    if (!shown)
        return geo_no_memory(ctx);
    enum geo_status status = check_path(ctx, path, shown, &is_folder);
    if (status == GEO_OK) {
        geo_gdal_begin(ctx); /* what drivers say while they guess is no failure */
        status = locate(ctx, path, shown, is_folder, &place, &driver);
        geo_gdal_end(ctx);
    }
    if (status == GEO_OK)
        status = open_place(ctx, place, shown, driver, options, ogr);
    free(place);
    if (status == GEO_OK)
        *name = shown;
    else
        free(shown);
    return status;
}

/* ---- layers ---- */

/* The names of the first layers, separated by commas. */
static void list_layers(GDALDatasetH dataset, char *list, size_t room)
{
    int n = GDALDatasetGetLayerCount(dataset);
    size_t used = 0;
    list[0] = '\0';
    for (int i = 0; i < n && used < room; i++)
        used += (size_t)snprintf(list + used, room - used, "%s%s", i ? ", " : "",
                                 i < 20 ? OGR_L_GetName(GDALDatasetGetLayer(dataset, i)) : "…");
}

static enum geo_status choose(struct geo_ctx *ctx, const struct geo_read_options *options,
                              struct geo_ogr *ogr, const char *name)
{
    const char *wanted = options->layer;
    char list[600];
    int n = GDALDatasetGetLayerCount(ogr->dataset);
    if (wanted)
        ogr->layer = GDALDatasetGetLayerByName(ogr->dataset, wanted);
    else if (n == 1)
        ogr->layer = GDALDatasetGetLayer(ogr->dataset, 0);
    if (ogr->layer)
        return GEO_OK;
    list_layers(ogr->dataset, list, sizeof list);
    if (n == 0)
        return geo_fail(ctx, GEO_EREAD, "%s: holds no layer", name);
    if (wanted)
        return geo_fail(ctx, GEO_EARG, "%s: has no layer '%s'; its layers are: %s", name, wanted,
                        list);
    return geo_fail(ctx, GEO_EARG, "%s: has %d layers; say which with %s: %s", name, n,
                    options->layer_option ? options->layer_option : "-l", list);
}

enum geo_status geo_ogr_layer(struct geo_ctx *ctx, const struct geo_read_options *options,
                              struct geo_ogr *ogr, char **name)
{
    geo_gdal_begin(ctx);
    enum geo_status status = choose(ctx, options, ogr, *name);
    if (geo_gdal_end(ctx) && status == GEO_OK)
        status = geo_fail(ctx, GEO_EREAD, "%s: layer cannot be opened: ", *name);
    if (status != GEO_OK || GDALDatasetGetLayerCount(ogr->dataset) < 2)
        return status;
    char *longer = NULL;
    if (asprintf(&longer, "%s:%s", *name, OGR_L_GetName(ogr->layer)) < 0)
        return geo_no_memory(ctx);
    free(*name);
    *name = longer;
    return GEO_OK;
}
