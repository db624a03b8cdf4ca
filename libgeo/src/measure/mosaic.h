/* Polygons of which no two overlap, in the plane of longitude and latitude, and their unions. */
#ifndef GEO_MEASURE_MOSAIC_H
#define GEO_MEASURE_MOSAIC_H

#include "base/geos.h"

/* Zero is empty. */
struct geo_mosaic {
    size_t n, room;
    GEOSGeometry **polygon;
};

/* Adds the polygons of a valid geometry that overlaps nothing in the mosaic. Takes geometry, on
 * failure too. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_mosaic_add(struct geo_ctx *ctx, struct geo_mosaic *mosaic,
                               GEOSGeometry *geometry);

/* The union of both, in `into`; `from` is empty then, and may be released on failure too. Only
 * polygons whose boxes meet one of the other mosaic are worked on.
 * GEO_OK, GEO_ENOMEM, GEO_EDEFECT. */
enum geo_status geo_mosaic_unite(struct geo_ctx *ctx, struct geo_mosaic *into,
                                 struct geo_mosaic *from);

/* All polygons as one MultiPolygon; the mosaic is empty then. GEO_OK, GEO_EDEFECT. */
enum geo_status geo_mosaic_finish(struct geo_ctx *ctx, struct geo_mosaic *mosaic,
                                  GEOSGeometry **multi);
void geo_mosaic_release(struct geo_ctx *ctx, struct geo_mosaic *mosaic);

/* Mosaics that arrive one after another, united with their neighbours first, so that what lies
 * close together in the input is united while it is small. Zero is empty. */
struct geo_tower {
    size_t n, room;
    struct geo_level *level;
};

/* Takes what is in the mosaic, on failure too. GEO_OK, GEO_ENOMEM, GEO_EDEFECT. */
enum geo_status geo_tower_add(struct geo_ctx *ctx, struct geo_tower *tower,
                              struct geo_mosaic *mosaic);

/* The union of all that was added, into an empty mosaic; the tower is empty then. */
enum geo_status geo_tower_finish(struct geo_ctx *ctx, struct geo_tower *tower,
                                 struct geo_mosaic *mosaic);
void geo_tower_release(struct geo_ctx *ctx, struct geo_tower *tower);

#endif
