/* Unions of polygons in the plane of longitude and latitude, and their way back into a batch. */
#ifndef GEO_MEASURE_UNITE_H
#define GEO_MEASURE_UNITE_H

#include "base/geos.h"

/* Geometries held until they are united at once. Zero is empty. */
struct geo_heap {
    size_t n, room;
    GEOSGeometry **geometry;
};

/* Takes geometry (NULL: nothing), on failure too. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_heap_add(struct geo_ctx *ctx, struct geo_heap *heap, GEOSGeometry *geometry);

/* The union of all, by place; the heap is empty then. */
enum geo_status geo_heap_unite(struct geo_ctx *ctx, struct geo_heap *heap, GEOSGeometry **united);
void geo_heap_release(struct geo_ctx *ctx, struct geo_heap *heap);

/* Makes a polygon valid if it is not. Takes and replaces *polygon; on failure it is destroyed. */
enum geo_status geo_make_valid(struct geo_ctx *ctx, GEOSGeometry **polygon);

/* Appends the polygons of geometry to the open feature of out, exteriors counter-clockwise and
 * holes clockwise. out is untouched on failure. */
enum geo_status geo_append_oriented(struct geo_ctx *ctx, const GEOSGeometry *geometry,
                                    struct geo_batch *out);

/* `return geo_geos_failed(ctx);` */
enum geo_status geo_geos_failed(struct geo_ctx *ctx);

#endif
