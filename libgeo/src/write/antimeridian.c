#include "write/antimeridian.h"

#include <math.h>

#include "base/fail.h"
#include "base/geos.h"
#include "base/handles.h"
#include "write/crossing.h"
#include "write/range.h"

/* What cutting one batch needs. */
struct cutter {
    struct geo_ctx *ctx;
    const struct geo_batch *from;
    struct geo_batch *to;
    struct geo_batch *work; /* one part at a time, with its crossings */
    enum geo_edges edges;
};

/* ---- points and lines ---- */

/* Brings vertices of a strip to [-180, 180]. */
static void shift(struct geo_lonlat *vertex, size_t n, double strip)
{
    for (size_t i = 0; i < n; i++)
        vertex[i].lon = fmax(-180, fmin(180, vertex[i].lon - 360 * strip));
}

static enum geo_status add_run(struct cutter *cutter, const struct geo_lonlat *vertex, size_t n,
                               double strip, enum geo_kind kind)
{
    struct geo_lonlat *at;
    GEO_TRY(geo_batch_add_vertices(cutter->ctx, cutter->to, n, &at));
    for (size_t i = 0; i < n; i++)
        at[i] = vertex[i];
    shift(at, n, strip);
    GEO_TRY(geo_batch_end_ring(cutter->ctx, cutter->to));
    return geo_batch_end_part(cutter->ctx, cutter->to, kind);
}

static void clear_work(struct cutter *cutter)
{
    struct geo_batch *work = cutter->work;
    work->n = work->part_count = work->ring_count = work->vertex_count = 0;
}

static enum geo_status add_ring(struct cutter *cutter, size_t ring)
{
    const struct geo_batch *from = cutter->from;
    size_t first = from->vertex_start[ring];
    return geo_add_crossings(cutter->ctx, from->vertex + first,
                             from->vertex_start[ring + 1] - first, cutter->edges, cutter->work);
}

static enum geo_status cut_line(struct cutter *cutter, size_t part)
{
    clear_work(cutter);
    GEO_TRY(add_ring(cutter, cutter->from->ring_start[part]));
    const struct geo_lonlat *v = cutter->work->vertex;
    size_t n = cutter->work->vertex_count, start = 0;
    double strip = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double middle = (v[i].lon + v[i + 1].lon) / 2, next = geo_strip_of(middle);
        /* An edge along the antimeridian belongs to either side. */
        if (i > 0 && middle == geo_strip_border(strip))
            next = strip;
        if (i > 0 && next != strip) {
            GEO_TRY(add_run(cutter, v + start, i + 1 - start, strip, GEO_KIND_LINE));
            start = i;
        }
        strip = next;
    }
    return add_run(cutter, v + start, n - start, strip, GEO_KIND_LINE);
}

static enum geo_status cut_point(struct cutter *cutter, size_t part)
{
    const struct geo_batch *from = cutter->from;
    const struct geo_lonlat *at = from->vertex + from->vertex_start[from->ring_start[part]];
    double strip = fabs(at->lon) <= 180 ? 0 : geo_strip_of(at->lon);
    return add_run(cutter, at, 1, strip, GEO_KIND_POINT);
}

/* ---- polygons ---- */

/* The vertex of a ring on a border that lies nearest to a pole, so that the way from there to the
 * pole along the border meets the ring no more; SIZE_MAX: none. */
static size_t nearest_to_pole(const struct geo_lonlat *vertex, size_t n, double pole)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        if (fmod(vertex[i].lon - 180, 360) == 0 &&
            (best == SIZE_MAX || (vertex[i].lat - vertex[best].lat) * pole > 0))
            best = i;
    return best;
}

/* Makes the open ring of work, which goes round a pole, start and end on the border and run through
 * the pole. */
static enum geo_status close_at_pole(struct cutter *cutter, double turned, double pole)
{
    struct geo_batch *work = cutter->work;
    size_t first = work->ring_count ? work->vertex_start[work->ring_count] : 0;
    size_t n = work->vertex_count - first; /* the last one repeats the first, a turn later */
    size_t start = nearest_to_pole(work->vertex + first, n - 1, pole);
    struct geo_lonlat *out;
    if (start == SIZE_MAX || fabs(turned) != 360)
        return geo_fail(cutter->ctx, GEO_EDEFECT, "a ring goes round a pole more than once");
    GEO_TRY(geo_batch_add_vertices(cutter->ctx, work, n + 3, &out));
    struct geo_lonlat *v = work->vertex + first;
    for (size_t i = 0; i < n; i++) {
        size_t at = (start + i) % (n - 1);
        out[i] = v[at];
        out[i].lon += start + i < n - 1 ? 0 : turned;
    }
    out[n] = (struct geo_lonlat){out[n - 1].lon, pole};
    out[n + 1] = (struct geo_lonlat){out[0].lon, pole};
    out[n + 2] = out[0];
    for (size_t i = 0; i < n + 3; i++)
        v[i] = out[i];
    work->vertex_count = first + n + 3;
    return GEO_OK;
}

/* Appends a ring of a polygon with its crossings, closed, to work, moved by whole turns. */
static enum geo_status add_closed(struct cutter *cutter, size_t ring, bool is_hole, double turns)
{
    struct geo_batch *work = cutter->work;
    size_t first = work->vertex_count;
    double turned = 360 * round(geo_range_turn(cutter->from, ring) / 360);
    GEO_TRY(add_ring(cutter, ring));
    if (turned != 0) /* the pole lies to the left of an exterior and to the right of a hole */
        GEO_TRY(close_at_pole(cutter, turned, (turned > 0) != is_hole ? 90 : -90));
    for (size_t i = first; i < work->vertex_count; i++)
        work->vertex[i].lon += 360 * turns;
    return geo_batch_end_ring(cutter->ctx, work);
}

static enum geo_status plain_polygon(struct cutter *cutter, size_t part, GEOSGeometry **polygon)
{
    const struct geo_batch *from = cutter->from;
    clear_work(cutter);
    for (size_t r = from->ring_start[part]; r < from->ring_start[part + 1]; r++)
        GEO_TRY(add_closed(cutter, r, r > from->ring_start[part], 0));
    GEO_TRY(geo_batch_end_part(cutter->ctx, cutter->work, GEO_KIND_POLYGON));
    return geo_geos_from_part(cutter->ctx, cutter->work, 0, polygon);
}

static enum geo_status cannot_cut(struct geo_ctx *ctx)
{
    return geo_fail(ctx, GEO_EDEFECT, "GEOS: %s", geo_foreign_text(ctx));
}

/* All holes of a polygon round a pole, as one. Exterior and holes that go round the pole start
 * anew at a border each, so they may lie two turns apart: the holes are taken on all of them. */
static enum geo_status all_holes(struct cutter *cutter, size_t part, GEOSGeometry **holes)
{
    GEOSContextHandle_t geos = geo_ctx_geos(cutter->ctx);
    const struct geo_batch *from = cutter->from;
    GEOSGeometry *multi;
    clear_work(cutter);
    for (size_t r = from->ring_start[part] + 1; r < from->ring_start[part + 1]; r++)
        for (int turns = -2; turns <= 2; turns++) {
            GEO_TRY(add_closed(cutter, r, true, turns));
            GEO_TRY(geo_batch_end_part(cutter->ctx, cutter->work, GEO_KIND_POLYGON));
        }
    GEO_TRY(geo_batch_end_feature(cutter->ctx, cutter->work, GEO_SHAPE_MULTIPOLYGON, 0));
    GEO_TRY(geo_geos_from_features(cutter->ctx, cutter->work, 0, 1, &multi));
    *holes = GEOSUnaryUnion_r(geos, multi);
    GEOSGeom_destroy_r(geos, multi);
    return *holes ? GEO_OK : cannot_cut(cutter->ctx);
}

/* A polygon round a pole: its exterior closed through the pole, less its holes. */
static enum geo_status pole_polygon(struct cutter *cutter, size_t part, GEOSGeometry **polygon)
{
    GEOSContextHandle_t geos = geo_ctx_geos(cutter->ctx);
    GEOSGeometry *whole, *holes;
    size_t exterior = cutter->from->ring_start[part];
    clear_work(cutter);
    GEO_TRY(add_closed(cutter, exterior, false, 0));
    GEO_TRY(
        geo_geos_polygon(cutter->ctx, cutter->work->vertex, cutter->work->vertex_count, &whole));
    *polygon = whole;
    if (exterior + 1 == cutter->from->ring_start[part + 1])
        return GEO_OK;
    enum geo_status status = all_holes(cutter, part, &holes);
    if (status == GEO_OK) {
        *polygon = GEOSDifference_r(geos, whole, holes);
        GEOSGeom_destroy_r(geos, holes);
        if (!*polygon)
            status = cannot_cut(cutter->ctx);
    }
    GEOSGeom_destroy_r(geos, whole);
    return status;
}

/* Twice the area of a ring in the plane of longitude and latitude, positive if counter-clockwise. */
static double doubled_area(const struct geo_lonlat *v, size_t n)
{
    double area = 0;
    for (size_t i = 1; i + 1 < n; i++)
        area += (v[i].lon - v[0].lon) * (v[i + 1].lat - v[0].lat) -
                (v[i + 1].lon - v[0].lon) * (v[i].lat - v[0].lat);
    return area;
}

/* Winds the rings of the parts from `first` on as RFC 7946 wants them: GEOS does the opposite. */
static void wind(struct geo_batch *batch, size_t first)
{
    for (size_t p = first; p < batch->part_count; p++)
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            struct geo_lonlat *v = batch->vertex + batch->vertex_start[r];
            size_t n = batch->vertex_start[r + 1] - batch->vertex_start[r];
            bool is_exterior = r == batch->ring_start[p];
            if ((doubled_area(v, n) > 0) == is_exterior)
                continue;
            for (size_t i = 0; i < n / 2; i++) {
                struct geo_lonlat t = v[i];
                v[i] = v[n - 1 - i];
                v[n - 1 - i] = t;
            }
        }
}

/* Appends what of a polygon lies in a strip. */
static enum geo_status add_strip(struct cutter *cutter, const GEOSGeometry *polygon, double strip)
{
    GEOSContextHandle_t geos = geo_ctx_geos(cutter->ctx);
    struct geo_batch *to = cutter->to;
    double west = geo_strip_border(strip - 1), east = geo_strip_border(strip);
    const struct geo_lonlat corner[] = {
        {west, -100}, {east, -100}, {east, 100}, {west, 100}, {west, -100}};
    size_t part = to->part_count, vertex = to->vertex_count;
    GEOSGeometry *box;
    GEO_TRY(geo_geos_polygon(cutter->ctx, corner, 5, &box));
    GEOSGeometry *piece = GEOSIntersection_r(geos, polygon, box);
    GEOSGeom_destroy_r(geos, box);
    if (!piece)
        return cannot_cut(cutter->ctx);
    enum geo_status status = geo_geos_append(cutter->ctx, piece, to);
    GEOSGeom_destroy_r(geos, piece);
    if (status != GEO_OK)
        return status;
    if (to->vertex_count > vertex)
        shift(to->vertex + vertex, to->vertex_count - vertex, strip);
    wind(to, part);
    return GEO_OK;
}

static enum geo_status cut_polygon(struct cutter *cutter, size_t part)
{
    const struct geo_batch *from = cutter->from;
    size_t ring = from->ring_start[part], at = from->vertex_start[ring];
    bool turns = geo_part_turns(from, part);
    double west = from->vertex[at].lon, east = west;
    for (; at < from->vertex_start[ring + 1]; at++) {
        west = fmin(west, from->vertex[at].lon);
        east = fmax(east, from->vertex[at].lon);
    }
    if (!turns && west >= -180 && east <= 180)
        return geo_batch_copy_part(cutter->ctx, cutter->to, from, part);
    GEOSGeometry *polygon;
    GEO_TRY((turns ? pole_polygon : plain_polygon)(cutter, part, &polygon));
    enum geo_status status = GEO_OK;
    /* Closed at the border, a ring round a pole may start a turn away from where it did. */
    double first = geo_strip_of(west) - turns, last = geo_strip_of(east) + turns;
    for (double strip = first; status == GEO_OK && strip <= last; strip++)
        status = add_strip(cutter, polygon, strip);
    GEOSGeom_destroy_r(geo_ctx_geos(cutter->ctx), polygon);
    return status;
}

/* ---- features ---- */

static enum geo_status cut_parts(struct cutter *cutter, size_t i)
{
    const struct geo_batch *from = cutter->from;
    for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++)
        GEO_TRY((from->part_kind[p] == GEO_KIND_POINT  ? cut_point
                 : from->part_kind[p] == GEO_KIND_LINE ? cut_line
                                                       : cut_polygon)(cutter, p));
    return GEO_OK;
}

static enum geo_status cut_feature(struct cutter *cutter, struct geo_batch *batch, size_t i)
{
    struct geo_batch *to = cutter->to;
    size_t parts = to->part_count, rings = to->ring_count, vertices = to->vertex_count;
    enum geo_shape shape = batch->shape[i];
    enum geo_status status = cut_parts(cutter, i);
    if (status == GEO_ENOMEM)
        return status;
    if (status != GEO_OK || to->part_count == parts) {
        to->part_count = parts, to->ring_count = rings, to->vertex_count = vertices;
        batch->dropped[i] = 1;
        GEO_TRY(
            geo_batch_note(cutter->ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                           "cannot be cut at the antimeridian", "%s",
                           status == GEO_OK ? "nothing is left" : geo_ctx_message(cutter->ctx)));
    }
    if (shape <= GEO_SHAPE_POLYGON && to->part_count > parts + 1)
        shape += GEO_SHAPE_MULTIPOINT - GEO_SHAPE_POINT;
    return geo_batch_copy_feature(cutter->ctx, to, batch, i, false, shape);
}

static enum geo_status cut_features(struct cutter *cutter, struct geo_batch *batch)
{
    GEO_TRY(geo_batch_copy_columns(cutter->ctx, cutter->to, batch));
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            GEO_TRY(
                geo_batch_copy_feature(cutter->ctx, cutter->to, batch, i, false, GEO_SHAPE_NULL));
        else if (geo_feature_is_inside(batch, i))
            GEO_TRY(
                geo_batch_copy_feature(cutter->ctx, cutter->to, batch, i, true, GEO_SHAPE_NULL));
        else
            GEO_TRY(cut_feature(cutter, batch, i));
    }
    return GEO_OK;
}

enum geo_status geo_batch_cut(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_edges edges)
{
    bool all_inside;
    GEO_TRY(geo_batch_check_range(ctx, batch, &all_inside));
    if (all_inside)
        return GEO_OK;
    struct cutter cutter = {
        .ctx = ctx, .from = batch, .to = geo_batch_new(), .work = geo_batch_new(), .edges = edges};
    enum geo_status status =
        cutter.to && cutter.work ? cut_features(&cutter, batch) : geo_no_memory(ctx);
    if (status == GEO_OK)
        geo_batch_swap(batch, cutter.to);
    geo_batch_free(cutter.to);
    geo_batch_free(cutter.work);
    return status;
}
