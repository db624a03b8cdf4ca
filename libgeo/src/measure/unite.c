#include "measure/unite.h"

#include <math.h>

#include "base/fail.h"
#include "base/grow.h"
#include "base/handles.h"

enum geo_status geo_geos_failed(struct geo_ctx *ctx)
{
    return geo_fail(ctx, GEO_EDEFECT, "GEOS: %s", geo_foreign_text(ctx));
}

enum geo_status geo_heap_add(struct geo_ctx *ctx, struct geo_heap *heap, GEOSGeometry *geometry)
{
    if (!geometry)
        return GEO_OK;
    if (heap->n == heap->room) {
        size_t room = geo_grown(heap->room, heap->n + 1);
        if (!geo_grow(&heap->geometry, room, sizeof(GEOSGeometry *))) {
            GEOSGeom_destroy_r(geo_ctx_geos(ctx), geometry);
            return geo_no_memory(ctx);
        }
        heap->room = room;
    }
    heap->geometry[heap->n++] = geometry;
    return GEO_OK;
}

enum geo_status geo_heap_unite(struct geo_ctx *ctx, struct geo_heap *heap, GEOSGeometry **united)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);

    geo_foreign_clear(ctx);
    GEOSGeometry *all = GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, heap->geometry,
                                                    (unsigned)heap->n);
    heap->n = 0; /* the collection has taken them, on failure too */
    if (!all)
        return geo_geos_failed(ctx);
    GEOSGeometry *made = GEOSUnaryUnion_r(geos, all);
    GEOSGeom_destroy_r(geos, all);
    if (!made)
        return geo_geos_failed(ctx);
    *united = made;
    return GEO_OK;
}

void geo_heap_release(struct geo_ctx *ctx, struct geo_heap *heap)
{
    for (size_t i = 0; i < heap->n; i++)
        GEOSGeom_destroy_r(geo_ctx_geos(ctx), heap->geometry[i]);
    free(heap->geometry);
    *heap = (struct geo_heap){0};
}

enum geo_status geo_make_valid(struct geo_ctx *ctx, GEOSGeometry **polygon)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);

    geo_foreign_clear(ctx);
    if (GEOSisValid_r(geos, *polygon) == 1)
        return GEO_OK;
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos);
    GEOSGeometry *valid = NULL;
    if (params) {
        GEOSMakeValidParams_setMethod_r(geos, params, GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(geos, params, 0);
        valid = GEOSMakeValidWithParams_r(geos, *polygon, params);
        GEOSMakeValidParams_destroy_r(geos, params);
    }
    GEOSGeom_destroy_r(geos, *polygon);
    *polygon = valid;
    return valid ? GEO_OK : geo_geos_failed(ctx);
}

/* Twice the signed area in the plane, relative to the first vertex. */
static double signed_area(const struct geo_lonlat *vertex, size_t n)
{
    double sum = 0;

    for (size_t v = 1; v + 1 < n; v++)
        sum += (vertex[v].lon - vertex[0].lon) * (vertex[v + 1].lat - vertex[0].lat) -
               (vertex[v + 1].lon - vertex[0].lon) * (vertex[v].lat - vertex[0].lat);
    return sum;
}

static void orient_part(struct geo_batch *batch, size_t part)
{
    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        struct geo_lonlat *vertex = batch->vertex + batch->vertex_start[r];
        size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
        bool exterior = r == batch->ring_start[part];
        if ((signed_area(vertex, n) > 0) == exterior)
            continue;
        for (size_t v = 0; v < n / 2; v++) {
            struct geo_lonlat swap = vertex[v];
            vertex[v] = vertex[n - 1 - v];
            vertex[n - 1 - v] = swap;
        }
    }
}

enum geo_status geo_append_oriented(struct geo_ctx *ctx, const GEOSGeometry *geometry,
                                    struct geo_batch *out)
{
    size_t part_count = out->part_count;
    size_t ring_count = out->ring_count;
    size_t vertex_count = out->vertex_count;
    enum geo_status status = geo_geos_append(ctx, geometry, out);

    if (status != GEO_OK) {
        out->part_count = part_count;
        out->ring_count = ring_count;
        out->vertex_count = vertex_count;
        return status;
    }
    for (size_t part = part_count; part < out->part_count; part++)
        orient_part(out, part);
    return GEO_OK;
}
