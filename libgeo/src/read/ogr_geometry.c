/* Geometries of GDAL as parts of a batch. Coordinates pass in bulk. */
#include <math.h>

#include "base/fail.h"
#include "read/ogr.h"

/* Arcs become chords of this angle: within 1e-5 of the radius. */
#define ARC_STEP_DEG 0.5

/* Appends a line's, ring's or point's vertices as a ring; an empty one appends nothing. */
static enum geo_status add_ring(struct geo_ctx *ctx, OGRGeometryH line, struct geo_batch *batch,
                                bool *is_empty)
{
    struct geo_lonlat *vertex;
    int n = OGR_G_IsEmpty(line) ? 0 : OGR_G_GetPointCount(line);
    *is_empty = n <= 0;
    if (n <= 0)
        return GEO_OK;
    GEO_TRY(geo_batch_add_vertices(ctx, batch, (size_t)n, &vertex));
    OGR_G_GetPoints(line, &vertex->lon, (int)sizeof *vertex, &vertex->lat, (int)sizeof *vertex,
                    NULL, 0);
    return geo_batch_end_ring(ctx, batch);
}

static enum geo_status add_simple(struct geo_ctx *ctx, OGRGeometryH line, enum geo_kind kind,
                                  struct geo_batch *batch)
{
    bool is_empty;
    GEO_TRY(add_ring(ctx, line, batch, &is_empty));
    return is_empty ? GEO_OK : geo_batch_end_part(ctx, batch, kind);
}

static enum geo_status add_polygon(struct geo_ctx *ctx, OGRGeometryH polygon,
                                   struct geo_batch *batch)
{
    int n = OGR_G_GetGeometryCount(polygon);
    bool is_empty;
    for (int i = 0; i < n; i++) {
        GEO_TRY(add_ring(ctx, OGR_G_GetGeometryRef(polygon, i), batch, &is_empty));
        if (i == 0 && is_empty)
            return GEO_OK; /* holes in nothing */
    }
    return n > 0 ? geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON) : GEO_OK;
}

static enum geo_status add_geometry(struct geo_ctx *ctx, OGRGeometryH geometry,
                                    struct geo_batch *batch);

static enum geo_status add_members(struct geo_ctx *ctx, OGRGeometryH collection,
                                   struct geo_batch *batch)
{
    int n = OGR_G_GetGeometryCount(collection);
    for (int i = 0; i < n; i++)
        GEO_TRY(add_geometry(ctx, OGR_G_GetGeometryRef(collection, i), batch));
    return GEO_OK;
}

/* A geometry without arcs. */
static enum geo_status add_geometry(struct geo_ctx *ctx, OGRGeometryH geometry,
                                    struct geo_batch *batch)
{
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
    case wkbPoint:
        return add_simple(ctx, geometry, GEO_KIND_POINT, batch);
    case wkbLineString:
    case wkbLinearRing:
        return add_simple(ctx, geometry, GEO_KIND_LINE, batch);
    case wkbPolygon:
    case wkbTriangle:
        return add_polygon(ctx, geometry, batch);
    default:
        return add_members(ctx, geometry, batch);
    }
}

static enum geo_shape shape_of(OGRwkbGeometryType type)
{
    switch (type) {
    case wkbPoint:
        return GEO_SHAPE_POINT;
    case wkbLineString:
    case wkbLinearRing:
        return GEO_SHAPE_LINE;
    case wkbPolygon:
    case wkbTriangle:
        return GEO_SHAPE_POLYGON;
    case wkbMultiPoint:
        return GEO_SHAPE_MULTIPOINT;
    case wkbMultiLineString:
        return GEO_SHAPE_MULTILINE;
    case wkbMultiPolygon:
    case wkbTIN:
    case wkbPolyhedralSurface:
        return GEO_SHAPE_MULTIPOLYGON;
    default:
        return GEO_SHAPE_COLLECTION;
    }
}

const char geo_ogr_no_heights[] = "heights and measures (Z, M) are not kept";

/* Says once a run that something of the layer's geometries is not kept. */
static enum geo_status note_once(struct geo_ctx *ctx, bool *has_noted, struct geo_batch *batch,
                                 int64_t fid, const char *what)
{
    if (*has_noted)
        return GEO_OK;
    *has_noted = true;
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, fid, what, NULL);
}

static enum geo_status add_linear(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRGeometryH geometry,
                                  int64_t fid, struct geo_batch *batch)
{
    GEO_TRY(add_geometry(ctx, geometry, batch));
    if (!ogr->has_noted_height && (OGR_G_Is3D(geometry) || OGR_G_IsMeasured(geometry)))
        GEO_TRY(note_once(ctx, &ogr->has_noted_height, batch, fid, geo_ogr_no_heights));
    return geo_batch_end_feature(ctx, batch,
                                 shape_of(OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))), fid);
}

static enum geo_status add_curved(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRGeometryH geometry,
                                  int64_t fid, struct geo_batch *batch)
{
    OGRGeometryH linear = OGR_G_GetLinearGeometry(geometry, ARC_STEP_DEG, NULL);
    if (!linear)
        return geo_no_memory(ctx);
    enum geo_status status = GEO_OK;
    if (OGR_G_HasCurveGeometry(geometry, 1))
        status = note_once(ctx, &ogr->has_noted_arc, batch, fid,
                           "arcs are drawn as chords of half a degree");
    if (status == GEO_OK)
        status = add_linear(ctx, ogr, linear, fid, batch);
    OGR_G_DestroyGeometry(linear);
    return status;
}

enum geo_status geo_drop_unless_finite(struct geo_ctx *ctx, struct geo_batch *batch, size_t first)
{
    for (size_t v = first; v < batch->vertex_count; v++) {
        if (isfinite(batch->vertex[v].lon) && isfinite(batch->vertex[v].lat))
            continue;
        batch->dropped[batch->n - 1] = 1;
        return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[batch->n - 1],
                              "coordinate is not finite", "vertex %zu", v - first + 1);
    }
    return GEO_OK;
}

enum geo_status geo_ogr_feature(struct geo_ctx *ctx, struct geo_ogr *ogr, OGRGeometryH geometry,
                                int64_t fid, struct geo_batch *batch)
{
    if (!geometry)
        return geo_batch_end_feature(ctx, batch, GEO_SHAPE_NULL, fid);
    size_t first = batch->vertex_count;
    if (OGR_G_HasCurveGeometry(geometry, 0))
        GEO_TRY(add_curved(ctx, ogr, geometry, fid, batch));
    else
        GEO_TRY(add_linear(ctx, ogr, geometry, fid, batch));
    return geo_drop_unless_finite(ctx, batch, first);
}
