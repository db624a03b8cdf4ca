#include "base/geos.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/handles.h"

static enum geo_status geos_failed(struct geo_ctx *ctx)
{
    return geo_fail(ctx, GEO_EDEFECT, "GEOS: %s",
                    geo_foreign_text(ctx)[0] ? geo_foreign_text(ctx) : "no memory");
}

static GEOSGeometry *ring_of(GEOSContextHandle_t geos, const struct geo_lonlat *vertex, size_t n)
{
    GEOSCoordSequence *sequence =
        GEOSCoordSeq_copyFromBuffer_r(geos, &vertex->lon, (unsigned)n, 0, 0);
    return sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : NULL;
}

enum geo_status geo_geos_polygon(struct geo_ctx *ctx, const struct geo_lonlat *vertex, size_t n,
                                 GEOSGeometry **polygon)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    geo_foreign_clear(ctx);
    GEOSGeometry *ring = ring_of(geos, vertex, n);
    GEOSGeometry *made = ring ? GEOSGeom_createPolygon_r(geos, ring, NULL, 0) : NULL;
    if (!made)
        return geos_failed(ctx);
    *polygon = made;
    return GEO_OK;
}

static void destroy_all(GEOSContextHandle_t geos, GEOSGeometry **geometry, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(geos, geometry[i]);
    free(geometry);
}

enum geo_status geo_geos_from_part(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                   GEOSGeometry **polygon)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    size_t first = batch->ring_start[part], n = batch->ring_start[part + 1] - first, made = 0;
    GEOSGeometry **ring = calloc(n + 1, sizeof(GEOSGeometry *));
    if (!ring)
        return geo_no_memory(ctx);
    geo_foreign_clear(ctx);
    for (; made < n; made++) {
        size_t at = batch->vertex_start[first + made];
        ring[made] = ring_of(geos, batch->vertex + at, batch->vertex_start[first + made + 1] - at);
        if (!ring[made]) {
            destroy_all(geos, ring, made);
            return geos_failed(ctx);
        }
    }
    /* GEOS takes the rings, on failure too. */
    GEOSGeometry *whole = n ? GEOSGeom_createPolygon_r(geos, ring[0], ring + 1, (unsigned)(n - 1))
                            : GEOSGeom_createEmptyPolygon_r(geos);
    free(ring);
    if (!whole)
        return geos_failed(ctx);
    *polygon = whole;
    return GEO_OK;
}

static size_t count_polygons(const struct geo_batch *batch, size_t first, size_t n)
{
    size_t count = 0;
    for (size_t i = first; i < first + n; i++)
        for (size_t p = batch->part_start[i]; !batch->dropped[i] && p < batch->part_start[i + 1];
             p++)
            count += batch->part_kind[p] == GEO_KIND_POLYGON;
    return count;
}

enum geo_status geo_geos_from_features(struct geo_ctx *ctx, const struct geo_batch *batch,
                                       size_t first, size_t n, GEOSGeometry **multi)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    size_t made = 0;
    GEOSGeometry **polygon = calloc(count_polygons(batch, first, n) + 1, sizeof(GEOSGeometry *));
    if (!polygon)
        return geo_no_memory(ctx);
    for (size_t i = first; i < first + n; i++)
        for (size_t p = batch->part_start[i]; !batch->dropped[i] && p < batch->part_start[i + 1];
             p++) {
            if (batch->part_kind[p] != GEO_KIND_POLYGON)
                continue;
            enum geo_status status = geo_geos_from_part(ctx, batch, p, &polygon[made]);
            if (status != GEO_OK) {
                destroy_all(geos, polygon, made);
                return status;
            }
            made++;
        }
    GEOSGeometry *whole =
        GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygon, (unsigned)made);
    free(polygon);
    if (!whole)
        return geos_failed(ctx);
    *multi = whole;
    return GEO_OK;
}

static enum geo_status append_ring(struct geo_ctx *ctx, const GEOSGeometry *ring,
                                   struct geo_batch *batch)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned n;
    struct geo_lonlat *vertex;
    if (!sequence || !GEOSCoordSeq_getSize_r(geos, sequence, &n))
        return geos_failed(ctx);
    GEO_TRY(geo_batch_add_vertices(ctx, batch, n, &vertex));
    if (!GEOSCoordSeq_copyToBuffer_r(geos, sequence, &vertex->lon, 0, 0))
        return geos_failed(ctx);
    return geo_batch_end_ring(ctx, batch);
}

static enum geo_status append_polygon(struct geo_ctx *ctx, const GEOSGeometry *polygon,
                                      struct geo_batch *batch)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    if (GEOSisEmpty_r(geos, polygon) != 0)
        return GEO_OK;
    GEO_TRY(append_ring(ctx, GEOSGetExteriorRing_r(geos, polygon), batch));
    int holes = GEOSGetNumInteriorRings_r(geos, polygon);
    for (int h = 0; h < holes; h++)
        GEO_TRY(append_ring(ctx, GEOSGetInteriorRingN_r(geos, polygon, h), batch));
    return geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON);
}

enum geo_status geo_geos_append(struct geo_ctx *ctx, const GEOSGeometry *geometry,
                                struct geo_batch *batch)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    int type = GEOSGeomTypeId_r(geos, geometry);
    if (type == GEOS_POLYGON)
        return append_polygon(ctx, geometry, batch);
    if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION)
        return GEO_OK;
    int n = GEOSGetNumGeometries_r(geos, geometry);
    for (int i = 0; i < n; i++)
        GEO_TRY(geo_geos_append(ctx, GEOSGetGeometryN_r(geos, geometry, i), batch));
    return GEO_OK;
}
