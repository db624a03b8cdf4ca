#include "repair/feature.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"

/* Fewest vertices of a ring of each kind. */
static const size_t fewest[] = {[GEO_KIND_POINT] = 1, [GEO_KIND_LINE] = 2, [GEO_KIND_POLYGON] = 4};

static size_t vertex_count(const struct geo_batch *batch, size_t ring)
{
    return batch->vertex_start[ring + 1] - batch->vertex_start[ring];
}

/* ---- look ---- */

static void look_at_ring(struct geo_batch *batch, size_t ring, enum geo_kind kind,
                         struct geo_feature_look *look, struct geo_ring_look *at)
{
    size_t n = vertex_count(batch, ring);
    if (n < fewest[kind])
        look->clean = false;
    if (n == 0)
        return;
    struct geo_lonlat *vertex = batch->vertex + batch->vertex_start[ring];
    geo_ring_look(vertex, n, at);
    if (at->jumps && at->sound && kind != GEO_KIND_POINT) {
        geo_ring_unroll(vertex, n);
        geo_ring_look(vertex, n, at);
    }
    if (!at->sound)
        look->sound = false;
    if (kind != GEO_KIND_POINT && at->repeats)
        look->clean = false;
    if (kind == GEO_KIND_POLYGON && !at->closed && !(at->round && !at->at_pole))
        look->clean = false;
}

enum geo_status geo_feature_look(struct geo_ctx *ctx, struct geo_batch *batch, size_t feature,
                                 struct geo_feature_look *look)
{
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1];
    look->sound = look->clean = true;
    if (first == end)
        return GEO_OK;
    size_t first_ring = batch->ring_start[first], rings = batch->ring_start[end] - first_ring;
    if (rings > look->room) {
        if (!geo_grow(&look->ring, rings, sizeof *look->ring))
            return geo_no_memory(ctx);
        look->room = rings;
    }
    for (size_t p = first; p < end; p++) {
        if (batch->ring_start[p] == batch->ring_start[p + 1])
            look->clean = false;
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++)
            look_at_ring(batch, r, batch->part_kind[p], look, &look->ring[r - first_ring]);
    }
    return GEO_OK;
}

/* ---- clean ---- */

/* Appends a clean ring; *kept: false if it was collapsed and is left out. */
static enum geo_status clean_ring(struct geo_ctx *ctx, const struct geo_batch *batch, size_t ring,
                                  enum geo_kind kind, struct geo_batch *to, bool *kept)
{
    size_t n = vertex_count(batch, ring), left = n, room = n + GEO_RING_MORE;
    struct geo_lonlat *vertex;
    *kept = false;
    if (n == 0)
        return GEO_OK;
    GEO_TRY(geo_batch_add_vertices(ctx, to, room, &vertex));
    memcpy(vertex, batch->vertex + batch->vertex_start[ring], n * sizeof *vertex);
    if (kind == GEO_KIND_POLYGON)
        left = geo_ring_clean(vertex, n);
    else if (kind == GEO_KIND_LINE)
        left = geo_line_clean(vertex, n);
    *kept = left >= fewest[kind];
    to->vertex_count -= *kept ? room - left : room;
    return *kept ? geo_batch_end_ring(ctx, to) : GEO_OK;
}

/* Appends a clean part; without its first ring there is none. */
static enum geo_status clean_part(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                  struct geo_batch *to, size_t *collapsed)
{
    enum geo_kind kind = batch->part_kind[part];
    bool kept = false;
    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        GEO_TRY(clean_ring(ctx, batch, r, kind, to, &kept));
        *collapsed += !kept;
        if (!kept && r == batch->ring_start[part])
            return GEO_OK;
    }
    if (batch->ring_start[part] == batch->ring_start[part + 1])
        return GEO_OK;
    return geo_batch_end_part(ctx, to, kind);
}

enum geo_status geo_feature_clean(struct geo_ctx *ctx, const struct geo_batch *batch,
                                  size_t feature, struct geo_batch *to, size_t *collapsed)
{
    *collapsed = 0;
    geo_batch_clear(to);
    for (size_t p = batch->part_start[feature]; p < batch->part_start[feature + 1]; p++)
        GEO_TRY(clean_part(ctx, batch, p, to, collapsed));
    return geo_batch_end_feature(ctx, to, batch->shape[feature], batch->fid[feature]);
}

/* ---- settle ---- */

/* Moves rings [first, end) of a batch by the turns that bring the middle of the first one nearest
 * to a longitude. */
static void bring_near(struct geo_batch *batch, size_t first, size_t end, double lon,
                       struct geo_ring_look *look)
{
    double off = lon - (look->west + look->east) / 2;
    if (fabs(off) < 180 + 1e-9) /* a tie stays as it is, whatever the rounding */
        return;
    double turns = rint(off / 360);
    for (size_t r = first; r < end; r++)
        geo_ring_turn(batch->vertex + batch->vertex_start[r], vertex_count(batch, r), turns,
                      &look[r - first]);
}

static struct geo_ring_look *look_of(const struct geo_batch *batch, size_t feature, size_t part,
                                     struct geo_feature_look *look)
{
    return look->ring + (batch->ring_start[part] - batch->ring_start[batch->part_start[feature]]);
}

/* Brings the holes of a polygon to its exterior's turn. */
static void gather_holes(struct geo_batch *batch, size_t part, struct geo_ring_look *look)
{
    size_t first = batch->ring_start[part], end = batch->ring_start[part + 1];
    double lon = (look[0].west + look[0].east) / 2;
    for (size_t r = first + 1; r < end; r++) {
        struct geo_ring_look *hole = &look[r - first];
        if (hole->west < look[0].west || hole->east > look[0].east)
            bring_near(batch, r, r + 1, lon, hole);
    }
}

/* Brings all polygons to the turn of the first one, if any reaches over the antimeridian. */
static void gather_parts(struct geo_batch *batch, size_t feature, struct geo_feature_look *look)
{
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1];
    const struct geo_ring_look *anchor = NULL;
    bool beyond = false;
    for (size_t p = first; p < end; p++) {
        const struct geo_ring_look *at = look_of(batch, feature, p, look);
        if (batch->part_kind[p] != GEO_KIND_POLYGON)
            continue;
        beyond |= at->west < -180 || at->east > 180;
        anchor = anchor ? anchor : at;
    }
    for (size_t p = first; beyond && p < end; p++)
        if (batch->part_kind[p] == GEO_KIND_POLYGON)
            bring_near(batch, batch->ring_start[p], batch->ring_start[p + 1],
                       (anchor->west + anchor->east) / 2, look_of(batch, feature, p, look));
}

/* Orientation comes last: that of very wide rings is found from the longitudes as they stay. */
static void orient_part(const struct geod_geodesic *earth, struct geo_batch *batch, size_t part,
                        const struct geo_ring_look *look)
{
    size_t first = batch->ring_start[part];
    for (size_t r = first; r < batch->ring_start[part + 1]; r++)
        geo_ring_orient(earth, batch->vertex + batch->vertex_start[r], vertex_count(batch, r),
                        &look[r - first], r == first);
}

void geo_feature_settle(const struct geod_geodesic *earth, struct geo_batch *batch, size_t feature,
                        struct geo_feature_look *look)
{
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1];
    for (size_t p = first; p < end; p++)
        if (batch->part_kind[p] == GEO_KIND_POLYGON)
            gather_holes(batch, p, look_of(batch, feature, p, look));
    if (end - first > 1)
        gather_parts(batch, feature, look);
    for (size_t p = first; p < end; p++)
        if (batch->part_kind[p] == GEO_KIND_POLYGON)
            orient_part(earth, batch, p, look_of(batch, feature, p, look));
}

/* ---- area ---- */

double geo_feature_area_m2(const struct geod_geodesic *earth, const struct geo_batch *batch,
                           size_t feature)
{
    double area_m2 = 0;
    for (size_t p = batch->part_start[feature]; p < batch->part_start[feature + 1]; p++) {
        size_t first = batch->ring_start[p];
        if (batch->part_kind[p] != GEO_KIND_POLYGON)
            continue;
        for (size_t r = first; r < batch->ring_start[p + 1]; r++) {
            double ring_m2 = fabs(geo_ring_area_m2(earth, batch->vertex + batch->vertex_start[r],
                                                   vertex_count(batch, r)));
            area_m2 += r == first ? ring_m2 : -ring_m2;
        }
    }
    return area_m2;
}
