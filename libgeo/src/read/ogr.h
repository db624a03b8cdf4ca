/* A layer read by GDAL: what the files ogr*.c, shapefile.c, shp*.c and csv.c share. */
#ifndef GEO_READ_OGR_H
#define GEO_READ_OGR_H

#include <gdal.h>
#include <ogr_api.h>

#include "read/capitals.h"
#include "read/dbf.h"
#include "read/detect.h"
#include "read/input.h"
#include "read/text.h"

/* A column and the field it comes from. */
struct geo_ogr_column {
    int field;        /* index in the layer's definition */
    OGRFieldType ogr; /* how GDAL holds it */
    enum geo_type type;
    int width;
    enum geo_capitals capitals; /* what is to be restored of its text */
};

struct geo_ogr {
    GDALDatasetH dataset;
    OGRLayerH layer;
    bool is_shapefile, is_mapinfo, is_csv;
    struct geo_dbf *dbf;                /* of a shapefile, NULL otherwise */
    bool is_raw;                        /* GDAL gives the text's bytes as they are in the file, */
    char dxf_encoding[64];              /* of a drawing in this encoding, "" otherwise */
    const char *name, *encoding_option; /* of the origin, borrowed */
    struct geo_decoder *decoder;
    bool is_lenient;             /* what cannot be decoded is shown as far as it can */
    struct geo_origin *origin;   /* of the input, borrowed */
    enum geo_capitals *capitals; /* of each field, NULL if none is to be restored */
    size_t column_count;
    struct geo_ogr_column *column;
    char *left_out; /* names of fields that no column can hold, NULL if there are none */
    int place[8];   /* fields of a CSV that its geometries come from */
    int place_count;
    bool is_placed; /* its coordinates have been held against its CRS */
    bool has_noted_left_out, has_noted_height, has_noted_arc;
};

/* ogr_open.c: the data set behind a path. name is for messages and the origin (no password in it);
 * the caller frees it. GEO_OK, GEO_EREAD, GEO_EARG, GEO_ENOMEM. */
enum geo_status geo_ogr_dataset(struct geo_ctx *ctx, const char *path,
                                const struct geo_read_options *options, struct geo_ogr *ogr,
                                char **name);

/* ogr_open.c: the layer asked for, or the only one. The name gets ":layer" where there are more. */
enum geo_status geo_ogr_layer(struct geo_ctx *ctx, const struct geo_read_options *options,
                              struct geo_ogr *ogr, char **name);

/* ogr_fields.c: the layer's fields as columns, and a feature's values as cells of row i. */
enum geo_status geo_ogr_describe(struct geo_ctx *ctx, const struct geo_read_options *options,
                                 struct geo_ogr *ogr, struct geo_fields *fields);
enum geo_status geo_ogr_cells(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                              struct geo_batch *batch, size_t i);

/* encoding.c: the layer's decoder, by the options, else by what the layer states, else by what its
 * text is found to be; the findings and the note of the origin. */
enum geo_status geo_ogr_set_encoding(struct geo_ctx *ctx, const struct geo_read_options *options,
                                     struct geo_ogr *ogr, struct geo_origin *origin);

/* ogr_text.c: text of n bytes through a decoder of the layer's encoding (its own, or a thread's) into
 * the text of a batch. width is that of the field, 0 if it has none: text that fills it may end in
 * the middle of a character, which is left out. place is where the text stands, for messages
 * ("field 'ten', feature 3"). */
struct geo_ogr_place {
    const char *field;
    int64_t fid; /* -1: the text is the field's name */
    enum geo_capitals capitals;
};
enum geo_status geo_ogr_decode(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                               struct geo_decoder *decoder, const char *text, size_t n,
                               size_t width, struct geo_ogr_place place, struct geo_batch *batch,
                               size_t *at, size_t *length);

/* layer_sample.c: text of the layer that is not plain, its fields' names too, from at most so many
 * rows spread over it, a multiple of 1024; from more if they are all plain. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_layer_sample(struct geo_ctx *ctx, const struct geo_ogr *ogr, uint64_t most,
                                 struct geo_sample *sample);

/* layer_capitals.c: finds the columns of a sample in TCVN that are in a font of capitals, says so,
 * and, if they may be fixed, has them restored. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_layer_capitals(struct geo_ctx *ctx, const struct geo_sample *sample,
                                   bool may_fix, struct geo_ogr *ogr, struct geo_origin *origin);

/* ogr_list.c: a list field as a JSON array in the text of a batch. */
enum geo_status geo_ogr_list(struct geo_ctx *ctx, OGRFeatureH feature, int field, OGRFieldType type,
                             struct geo_batch *batch, size_t *at, size_t *length);

/* ogr.c: appends a feature of GDAL. */
enum geo_status geo_ogr_add(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRFeatureH feature,
                            struct geo_batch *batch);

/* ogr.c: frees all that it holds. NULL is allowed. */
void geo_ogr_close(struct geo_ctx *ctx, struct geo_ogr *ogr);

/* ogr_geometry.c: appends a feature with the geometry's parts (NULL: no geometry); its cells are
 * null. */
enum geo_status geo_ogr_feature(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRGeometryH geometry,
                                int64_t fid, struct geo_batch *batch);

/* ogr_geometry.c: that something of the layer's geometries is not kept, which is said once a run. */
extern const char geo_ogr_no_heights[];

/* ogr_geometry.c: drops the batch's last feature if one of its vertices, which start at first, is not
 * finite. */
enum geo_status geo_drop_unless_finite(struct geo_ctx *ctx, struct geo_batch *batch, size_t first);

/* shapefile.c: whether the members of a shapefile are there, whole, and of one length. */
enum geo_status geo_shapefile_check(struct geo_ctx *ctx, const struct geo_ogr *ogr);

/* shapefile.c: the path of a layer's .shp, .shx or .dbf (extension), in lower or upper case, which the
 * caller frees; NULL if it is not there, or memory is out. */
char *geo_shapefile_member(const struct geo_ogr *ogr, const char *extension);

/* shapefile.c: whether a layer's .prj names a code, as Esri's do not: GDAL finds one all the same. */
bool geo_shapefile_names_code(const struct geo_ogr *ogr);

/* shapefile.c: the encoding that a layer's .cpg or language id (by: which of them) states, NULL if
 * neither does. Borrowed from the layer. */
const char *geo_shapefile_encoding(OGRLayerH layer, const char **by);

/* dxf.c: the encoding of a drawing that GDAL does not decode well, "" if it does. Text that is
 * UTF-8 comes before it. */
void geo_dxf_encoding(const char *path, char *encoding, size_t room);

/* mapinfo.c: whether the shapes of a table are there. */
enum geo_status geo_mapinfo_check(struct geo_ctx *ctx, const struct geo_ogr *ogr);

/* csv.c: the names of columns that hold geometries, as GDAL's open options have them. */
extern const char geo_csv_x[], geo_csv_y[], geo_csv_wkt[];

/* csv.c: finds the fields that the geometries come from, unless open options name them. */
void geo_csv_find_places(const struct geo_read_options *options, struct geo_ogr *ogr);
bool geo_csv_is_place(const struct geo_ogr *ogr, int field);

/* csv.c: drops the batch's last feature if it has no geometry although its places are not empty. */
enum geo_status geo_csv_check_place(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                    OGRFeatureH feature, struct geo_batch *batch);

/* csv.c: types of the columns of a CSV, from all of its cells, and the number of its features. */
enum geo_status geo_csv_types(struct geo_ctx *ctx, struct geo_ogr *ogr, int64_t *count);

#endif
