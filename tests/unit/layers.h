/* Layers that GDAL writes for the tests of the readers, in a folder of their own. */
#ifndef TESTS_LAYERS_H
#define TESTS_LAYERS_H

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/read.h"
#include "near.h"

/* A context and a folder for each test. */
struct bench {
    struct geo_ctx *ctx;
    char folder[32];
    char path[96];
};

static inline int bench_open(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench)
        return -1;
    bench->ctx = geo_ctx_new();
    strcpy(bench->folder, "/tmp/geo-read-XXXXXX");
    *state = bench;
    return bench->ctx && mkdtemp(bench->folder) ? 0 : -1;
}

static inline int bench_close(void **state)
{
    struct bench *bench = *state;
    int failed = VSIRmdirRecursive(bench->folder);
    geo_ctx_free(bench->ctx);
    free(bench);
    return failed;
}

/* A path in the test's folder; valid until the next call. */
static inline const char *in_folder(struct bench *bench, const char *name)
{
    snprintf(bench->path, sizeof bench->path, "%s/%s", bench->folder, name);
    return bench->path;
}

/* A layer to be written. A field is "name:type", type being one of i(nteger) l(ong) r(eal) s(tring)
 * d(ate) t(ime) w(hen) b(inary) o(bool); a row is a WKT ("" for none) and the fields' texts. */
struct made_layer {
    const char *driver, *name;
    int epsg; /* 0: no CRS */
    OGRwkbGeometryType type;
    const char *options[4], *field[8];
    const char *row[8][9];
};

static inline OGRFieldType made_type(char letter)
{
    static const char letters[] = "ilrsdtwbo";
    static const OGRFieldType types[] = {OFTInteger, OFTInteger64, OFTReal,   OFTString, OFTDate,
                                         OFTTime,    OFTDateTime,  OFTBinary, OFTInteger};
    return types[strchr(letters, letter) - letters];
}

static inline int make_fields(OGRLayerH layer, const struct made_layer *made)
{
    int n = 0;
    for (; n < 8 && made->field[n]; n++) {
        char name[200];
        const char *colon = strchr(made->field[n], ':');
        snprintf(name, sizeof name, "%.*s", (int)(colon - made->field[n]), made->field[n]);
        OGRFieldDefnH field = OGR_Fld_Create(name, made_type(colon[1]));
        if (colon[1] == 'o')
            OGR_Fld_SetSubType(field, OFSTBoolean);
        if (colon[1] == 's')
            OGR_Fld_SetWidth(field, atoi(colon + 2));
        assert_int_equal(OGR_L_CreateField(layer, field, 1), OGRERR_NONE);
        OGR_Fld_Destroy(field);
    }
    return n;
}

static inline void make_row(OGRLayerH layer, const char *const *row, int fields)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    char *wkt = (char *)(uintptr_t)row[0];
    OGRGeometryH geometry = NULL;
    if (wkt[0]) {
        assert_int_equal(OGR_G_CreateFromWkt(&wkt, NULL, &geometry), OGRERR_NONE);
        OGR_F_SetGeometryDirectly(feature, geometry);
    }
    for (int f = 0; f < fields; f++)
        if (row[f + 1])
            OGR_F_SetFieldString(feature, f, row[f + 1]);
    assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

static inline void make_in(GDALDatasetH dataset, const struct made_layer *made)
{
    OGRSpatialReferenceH crs = NULL;
    if (made->epsg) {
        crs = OSRNewSpatialReference(NULL);
        assert_int_equal(OSRImportFromEPSG(crs, made->epsg), OGRERR_NONE);
        OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    }
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, made->name, crs, made->type,
                                             (char **)(uintptr_t)made->options);
    assert_non_null(layer);
    int fields = make_fields(layer, made);
    for (int r = 0; r < 8 && made->row[r][0]; r++)
        make_row(layer, made->row[r], fields);
    if (crs)
        OSRRelease(crs);
}

/* Writes n layers of one driver as a data set. */
static inline void make_layers(const char *path, const struct made_layer *made, size_t n)
{
    GDALDriverH driver = GDALGetDriverByName(made->driver);
    assert_non_null(driver);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(dataset);
    for (size_t i = 0; i < n; i++)
        make_in(dataset, &made[i]);
    GDALClose(dataset);
    CPLPopErrorHandler();
}

static inline void make_file(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

/* Puts bytes into a file that is there. */
static inline void patch_file(const char *path, long at, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

/* Opens paths and reads the first batch. */
static inline struct geo_source *read_first(struct geo_ctx *ctx, const char *const *path, size_t n,
                                            const struct geo_read_options *options,
                                            struct geo_batch *batch)
{
    struct geo_source *source = NULL;
    assert_ok(ctx, geo_source_open(ctx, path, n, options, &source));
    assert_ok(ctx, geo_source_next(ctx, source, batch));
    return source;
}

/* Fails unless opening, or else reading to the end, gives a status and a message with a text. */
static inline void assert_refused(struct geo_ctx *ctx, const char *path,
                                  const struct geo_read_options *options, enum geo_status status,
                                  const char *text)
{
    struct geo_source *source = NULL;
    struct geo_batch *batch = geo_batch_new();
    enum geo_status got = geo_source_open(ctx, &path, 1, options, &source);
    while (got == GEO_OK)
        got = geo_source_next(ctx, source, batch);
    if (got != status || !strstr(geo_ctx_message(ctx), text)) {
        print_error("%s: %s: %s\n", path, geo_status_text(got), geo_ctx_message(ctx));
        fail();
    }
    geo_source_close(ctx, source);
    geo_batch_free(batch);
}

/* Fails unless a cell reads as a text. */
static inline void assert_cell(const struct geo_batch *batch, const char *column, size_t i,
                               const char *text)
{
    char cell[600];
    size_t c = geo_batch_find_column(batch, column);
    if (c == SIZE_MAX)
        fail_msg("no column '%s'", column);
    geo_batch_cell_text(batch, &batch->column[c], i, cell, sizeof cell);
    assert_string_equal(cell, text);
}

static inline bool cell_is_null(const struct geo_batch *batch, const char *column, size_t i)
{
    size_t c = geo_batch_find_column(batch, column);
    assert_true(c != SIZE_MAX);
    return batch->column[c].cell_type[i] == GEO_TYPE_NULL;
}

/* A note of a batch by what it says, NULL if there is none. */
static inline const struct geo_note *find_note(const struct geo_batch *batch, const char *what)
{
    for (size_t i = 0; i < batch->note_count; i++)
        if (strstr(batch->note[i].what, what))
            return &batch->note[i];
    return NULL;
}

#endif
