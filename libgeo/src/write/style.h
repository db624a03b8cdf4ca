/* The style of QGIS that goes with an output: a file beside it, or a row in a GeoPackage. */
#ifndef GEO_WRITE_STYLE_H
#define GEO_WRITE_STYLE_H

#include <gdal.h>

#include "write/sink.h"

/* @return whether the style is a row of the table layer_styles. */
bool geo_style_is_row(const struct geo_sink *sink);

/* Whether a sink that is about to be opened can have a style.
 * GEO_OK; GEO_EARG: no, or its file exists and would not be replaced; GEO_ENOMEM. */
enum geo_status geo_style_check(struct geo_ctx *ctx, const struct geo_sink *sink);

/* Writes the file among the members of the output, if the sink has a style that is one.
 * GEO_OK, GEO_EWRITE, GEO_ENOMEM. */
enum geo_status geo_style_write(struct geo_ctx *ctx, const struct geo_sink *sink);

/* Makes the style the default one of a layer. GEO_OK, GEO_EWRITE. */
enum geo_status geo_style_insert(struct geo_ctx *ctx, const struct geo_sink *sink,
                                 GDALDatasetH dataset, OGRLayerH layer);

#endif
