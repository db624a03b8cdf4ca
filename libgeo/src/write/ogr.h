/* A layer that GDAL writes. */
#ifndef GEO_WRITE_OGR_H
#define GEO_WRITE_OGR_H

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "write/sink.h"
#include "write/table.h"

/* What a column of the table is in the layer. */
struct geo_ogr_field {
    int index; /* -1: the format did not take it */
    OGRFieldType type;
    double least, most; /* a number lies between; both 0: any */
    size_t text_room;   /* bytes of a text; 0: any */
    bool without_null;  /* a number that is not there reads back as 0 */
};

/* Which geometries the layer takes. */
struct geo_ogr_geometry {
    bool any;           /* all */
    enum geo_kind kind; /* else this one only, */
    bool multi;         /* as Multi… */
};

struct geo_ogr {
    GDALDatasetH dataset;
    OGRLayerH layer; /* NULL until the first feature is known */
    OGRSpatialReferenceH crs;
    char *layer_name;
    char **layer_options;
    char *operation; /* from WGS 84 to crs; NULL: it is that */
    bool cut;        /* shapes are cut at the antimeridian */
    bool in_transaction;
    struct geo_batch *held; /* features without geometry that wait for the first that has one, whose
                               type the layer gets; their columns even if there are none */
    struct geo_names names;
    struct geo_ogr_field *field; /* one a name */
    struct geo_ogr_geometry geometry;
};

/* Makes the layer for the columns and geometries of its first batch; remarks tell how names
 * were changed, notes what the format does not take. GEO_OK, GEO_EWRITE, GEO_ENOMEM. */
enum geo_status geo_ogr_make_layer(struct geo_ctx *ctx, struct geo_sink *sink,
                                   struct geo_batch *batch);

/* Writes feature i of a batch, whose columns are in table, or drops it with a note if the layer
 * cannot take its geometry. Stands between geo_gdal_begin() and geo_gdal_end().
 * GEO_OK, GEO_EWRITE, GEO_ENOMEM. */
enum geo_status geo_ogr_write_feature(struct geo_ctx *ctx, struct geo_sink *sink,
                                      struct geo_batch *batch, const struct geo_table *table,
                                      size_t i);

/* The kind of all parts of feature i; returns false if it has several kinds or none, and tells
 * which. */
bool geo_ogr_kind(const struct geo_batch *batch, size_t i, enum geo_kind *kind, bool *none);

#endif
