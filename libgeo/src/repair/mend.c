#include "repair/mend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/geos.h"
#include "base/handles.h"
#include "repair/redraw.h"
#include "repair/sweep.h"

/* The largest feature that GEOS mends, in vertices. */
enum { GEOS_MOST = 10000 };

/* GEOS's reasons, and what the note says. */
static const struct {
    const char *reason, *what;
} reasons[] = {
    {"Hole lies outside shell", GEO_STRAY_HOLE},
    {"Holes are nested", GEO_NESTED_HOLES},
    {"Nested shells", GEO_OVERLAP},
    {"Interior is disconnected", GEO_CUT_APART},
    {"Duplicate Rings", "polygon has a ring twice: mended"},
    {"Self-intersection", GEO_CROSSES},
    {"Ring Self-intersection", GEO_TOUCHES},
};

static const char *what_of(const char *reason)
{
    for (size_t i = 0; reason && i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(reason, reasons[i].reason))
            return reasons[i].what;
    return "polygon is invalid: mended";
}

static void destroy_all(GEOSContextHandle_t geos, GEOSGeometry **polygon, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(geos, polygon[i]);
}

/* The plane polygons of a feature as one MultiPolygon; NULL in *multi if GEOS refuses them. */
static enum geo_status gather(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                              const struct geo_ring_look *look, GEOSGeometry **multi)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1], n = 0;
    enum geo_status status = GEO_OK;
    GEOSGeometry **polygon = calloc(end - first, sizeof(GEOSGeometry *));
    if (!polygon)
        return geo_no_memory(ctx);
    for (size_t p = first; p < end && status == GEO_OK; p++) {
        if (!geo_part_is_plane(batch, p, look + (batch->ring_start[p] - batch->ring_start[first])))
            continue;
        status = geo_geos_from_part(ctx, batch, p, &polygon[n]);
        n += status == GEO_OK;
    }
    *multi = NULL;
    if (status == GEO_OK) /* GEOS takes the polygons, on failure too */
        *multi = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygon, (unsigned)n);
    else
        destroy_all(geos, polygon, n);
    free(polygon);
    return status == GEO_EDEFECT ? GEO_OK : status;
}

static void judge(GEOSContextHandle_t geos, const GEOSGeometry *multi, struct geo_verdict *verdict)
{
    char *reason = NULL;
    GEOSGeometry *place = NULL;
    struct geo_lonlat at;
    verdict->place = (struct geo_lonlat){NAN, NAN};
    verdict->valid = GEOSisValidDetail_r(geos, multi, 0, &reason, &place) == 1;
    verdict->what = what_of(reason);
    if (place && GEOSGeomGetX_r(geos, place, &at.lon) == 1 &&
        GEOSGeomGetY_r(geos, place, &at.lat) == 1)
        verdict->place = at;
    if (place)
        GEOSGeom_destroy_r(geos, place);
    GEOSFree_r(geos, reason);
}

/* A valid geometry, NULL if GEOS cannot make one. */
static GEOSGeometry *make_valid(GEOSContextHandle_t geos, const GEOSGeometry *multi)
{
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(geos);
    GEOSGeometry *made = NULL;
    if (params && GEOSMakeValidParams_setMethod_r(geos, params, GEOS_MAKE_VALID_STRUCTURE) &&
        GEOSMakeValidParams_setKeepCollapsed_r(geos, params, 0))
        made = GEOSMakeValidWithParams_r(geos, multi, params);
    if (params)
        GEOSMakeValidParams_destroy_r(geos, params);
    if (made && GEOSisValid_r(geos, made) != 1) {
        GEOSGeom_destroy_r(geos, made);
        made = NULL;
    }
    return made;
}

/* A feature that GEOS judges and mends. */
static enum geo_status mend_by_geos(struct geo_ctx *ctx, const struct geo_batch *batch,
                                    size_t feature, const struct geo_ring_look *look,
                                    struct geo_batch *made, struct geo_verdict *verdict)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSGeometry *multi = NULL, *mended = NULL;
    enum geo_status status = GEO_OK;
    *verdict = (struct geo_verdict){.what = what_of(NULL), .place = {NAN, NAN}};
    geo_foreign_clear(ctx);
    GEO_TRY(gather(ctx, batch, feature, look, &multi));
    if (multi) {
        judge(geos, multi, verdict);
        if (!verdict->valid)
            mended = make_valid(geos, multi);
        GEOSGeom_destroy_r(geos, multi);
    }
    if (mended) {
        verdict->mended = true;
        status = geo_geos_append(ctx, mended, made);
        GEOSGeom_destroy_r(geos, mended);
    }
    return status;
}

enum geo_status geo_mend(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                         const struct geo_ring_look *look, struct geo_batch *made,
                         struct geo_verdict *verdict)
{
    size_t first = batch->ring_start[batch->part_start[feature]];
    size_t end = batch->ring_start[batch->part_start[feature + 1]];
    bool is_small = batch->vertex_start[end] - batch->vertex_start[first] <= GEOS_MOST, done;
    GEO_TRY(geo_redraw(ctx, batch, feature, look, is_small ? NULL : made, verdict, &done));
    if (done && (verdict->valid || verdict->mended))
        return GEO_OK;
    return mend_by_geos(ctx, batch, feature, look, made, verdict);
}
