/* Between batches and GEOS. Coordinates pass in bulk, unchanged. */
#ifndef GEO_BASE_GEOS_H
#define GEO_BASE_GEOS_H

#include <geos_c.h>

#include "geo/batch.h"

/* A ring of n vertices (closed, n >= 4) without holes as a GEOS polygon.
 * GEO_OK, GEO_ENOMEM, GEO_EDEFECT; the caller destroys it. */
enum geo_status geo_geos_polygon(struct geo_ctx *ctx, const struct geo_lonlat *vertex, size_t n,
                                 GEOSGeometry **polygon);

/* One polygon part of a batch with its holes. */
enum geo_status geo_geos_from_part(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                   GEOSGeometry **polygon);

/* All polygon parts of features [first, first + n) that are not dropped, as one MultiPolygon (its
 * parts may overlap). */
enum geo_status geo_geos_from_features(struct geo_ctx *ctx, const struct geo_batch *batch,
                                       size_t first, size_t n, GEOSGeometry **multi);

/* Appends every polygon in geometry (a polygon, multipolygon or collection) as a part to the open
 * feature of batch; points and lines in it are left out. */
enum geo_status geo_geos_append(struct geo_ctx *ctx, const GEOSGeometry *geometry,
                                struct geo_batch *batch);

#endif
