#include <math.h>

#include "base/fail.h"
#include "geo/measure.h"
#include "measure/capsule.h"
#include "measure/round.h"
#include "measure/surface.h"
#include "measure/unite.h"

#define HIGHEST_LAT_DEG 89.0

/* How far an edge of a polygon may run from its course, as a share of the radius: what is within
 * r - 0.7 e of the ring is covered anyway, and e is less than r. */
#define POLYGON_SHARE 0.3

/* One call: what it works on, and what it holds. */
struct work {
    const struct geo_batch *batch;
    enum geo_edges edges;
    double radius_m;
    struct geo_capsule_plan plan;
    double lon0_deg; /* all parts are put on the turn that is nearest to this meridian */
    struct geo_course course;
    struct geo_outline outline;
    struct geo_tower tower;
    struct geo_heap heap;
};

int geo_buffer_decimals(double deviation_m)
{
    /* Half the diagonal of a cell. */
    return (int)ceil(log10(M_SQRT1_2 * GEO_DEGREE_MAX_M / (0.1 * deviation_m)));
}

static enum geo_status check_arguments(struct geo_ctx *ctx, double radius_m, double deviation_m)
{
    if (!(radius_m >= GEO_BUFFER_MIN_M && radius_m <= GEO_BUFFER_MAX_M))
        return geo_fail(ctx, GEO_EARG, "buffer radius %g m is outside %g m to %g m", radius_m,
                        GEO_BUFFER_MIN_M, GEO_BUFFER_MAX_M);
    if (!(deviation_m >= GEO_DEVIATION_MIN_M && deviation_m <= GEO_DEVIATION_MAX_M))
        return geo_fail(ctx, GEO_EARG, "deviation %g m is outside %g m to %g m", deviation_m,
                        GEO_DEVIATION_MIN_M, GEO_DEVIATION_MAX_M);
    if (deviation_m >= radius_m)
        return geo_fail(ctx, GEO_EARG, "deviation %g m is not less than the radius %g m",
                        deviation_m, radius_m);
    return GEO_OK;
}

static enum geo_status too_wide(struct geo_ctx *ctx, double span_deg)
{
    return geo_fail(ctx, GEO_EDOMAIN,
                    "the buffer spans %.6g degrees of longitude: more than half of the Earth",
                    span_deg);
}

/* Finds the reference meridian and the highest latitude; *empty where there is no part. */
static enum geo_status survey(struct geo_ctx *ctx, struct work *work, size_t first, size_t end,
                              double *top_deg, bool *empty)
{
    const struct geo_batch *batch = work->batch;
    struct geo_extent all = {0, INFINITY, -INFINITY};

    *empty = true;
    for (size_t i = first; i < end; i++) {
        if (batch->dropped[i])
            continue;
        for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++) {
            struct geo_extent one = geo_part_extent(ctx, batch, part, work->edges);
            if (*empty)
                work->lon0_deg = (one.west_deg + one.east_deg) / 2;
            *empty = false;
            double shift = geo_extent_shift_deg(one, work->lon0_deg);
            all.top_deg = fmax(all.top_deg, one.top_deg);
            all.west_deg = fmin(all.west_deg, one.west_deg + shift);
            all.east_deg = fmax(all.east_deg, one.east_deg + shift);
        }
    }
    *top_deg = all.top_deg + work->radius_m / GEO_DEGREE_MIN_M;
    if (*empty)
        return GEO_OK;
    if (!(*top_deg <= HIGHEST_LAT_DEG))
        return geo_fail(ctx, GEO_EDOMAIN,
                        "the buffer reaches latitude %.6g: within a degree of a pole", *top_deg);
    if (!(all.east_deg - all.west_deg <= 180))
        return too_wide(ctx, all.east_deg - all.west_deg);
    return GEO_OK;
}

static enum geo_status add_outline(struct geo_ctx *ctx, struct work *work)
{
    GEOSGeometry *polygon;

    GEO_TRY(geo_geos_polygon(ctx, work->outline.vertex, work->outline.n, &polygon));
    return geo_tower_add(ctx, &work->tower, polygon);
}

/* What is within the radius of one ring of a part: a point, a line, a ring of a polygon. */
static enum geo_status add_ring(struct geo_ctx *ctx, struct work *work, size_t ring, bool closed,
                                double shift_deg)
{
    const struct geo_lonlat *vertex = work->batch->vertex + work->batch->vertex_start[ring];
    size_t n = work->batch->vertex_start[ring + 1] - work->batch->vertex_start[ring];
    GEOSGeometry *united;

    work->course.n = 0;
    work->course.closed = closed;
    GEO_TRY(
        geo_course_add(ctx, &work->course, vertex, n, work->edges, work->plan.piece_m, shift_deg));
    for (size_t i = 0; i < work->course.n; i++) {
        GEO_TRY(geo_capsule(ctx, &work->plan, &work->course, i, &work->outline));
        GEO_TRY(add_outline(ctx, work));
    }
    if (work->course.n == 0) {
        struct geo_lonlat centre = {vertex[0].lon + shift_deg, vertex[0].lat};
        GEO_TRY(geo_circle(ctx, &work->plan, centre, &work->outline));
        GEO_TRY(add_outline(ctx, work));
    }
    GEO_TRY(geo_tower_finish(ctx, &work->tower, &united));
    return geo_heap_add(ctx, &work->heap, united);
}

static enum geo_status add_part(struct geo_ctx *ctx, struct work *work, size_t part)
{
    const struct geo_batch *batch = work->batch;
    bool closed = batch->part_kind[part] == GEO_KIND_POLYGON;
    struct geo_extent extent = geo_part_extent(ctx, batch, part, work->edges);
    double shift_deg = geo_extent_shift_deg(extent, work->lon0_deg);
    GEOSGeometry *surface;

    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++)
        GEO_TRY(add_ring(ctx, work, r, closed, shift_deg));
    if (!closed)
        return GEO_OK;
    GEO_TRY(geo_surface(ctx, batch, part, work->edges, POLYGON_SHARE * work->radius_m, shift_deg,
                        &surface));
    return geo_heap_add(ctx, &work->heap, surface);
}

static enum geo_status add_features(struct geo_ctx *ctx, struct work *work, size_t first,
                                    size_t end)
{
    const struct geo_batch *batch = work->batch;

    for (size_t i = first; i < end; i++)
        for (size_t part = batch->part_start[i];
             !batch->dropped[i] && part < batch->part_start[i + 1]; part++)
            GEO_TRY(add_part(ctx, work, part));
    return GEO_OK;
}

/* Rounds a union and appends it. */
static enum geo_status append_rounded(struct geo_ctx *ctx, const GEOSGeometry *united,
                                      double deviation_m, struct geo_batch *out)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    double west_deg, east_deg;
    GEOSGeometry *rounded;

    GEO_TRY(geo_round(ctx, united, geo_buffer_decimals(deviation_m), &rounded));
    enum geo_status status = GEO_OK;
    if (!GEOSGeom_getXMin_r(geos, rounded, &west_deg) ||
        !GEOSGeom_getXMax_r(geos, rounded, &east_deg))
        status = geo_geos_failed(ctx);
    else if (east_deg - west_deg > 180)
        status = too_wide(ctx, east_deg - west_deg);
    else
        status = geo_append_oriented(ctx, rounded, out);
    GEOSGeom_destroy_r(geos, rounded);
    return status;
}

static enum geo_status run(struct geo_ctx *ctx, struct work *work, size_t first, size_t n,
                           double deviation_m, struct geo_batch *out)
{
    GEOSGeometry *united;
    double top_deg;
    bool empty;

    GEO_TRY(survey(ctx, work, first, first + n, &top_deg, &empty));
    if (empty)
        return GEO_OK;
    work->plan = geo_capsule_plan(work->radius_m, deviation_m, top_deg);
    GEO_TRY(add_features(ctx, work, first, first + n));
    GEO_TRY(geo_heap_unite(ctx, &work->heap, &united));
    enum geo_status status = append_rounded(ctx, united, deviation_m, out);
    GEOSGeom_destroy_r(geo_ctx_geos(ctx), united);
    return status;
}

enum geo_status geo_buffer(struct geo_ctx *ctx, const struct geo_batch *batch, size_t first,
                           size_t n, enum geo_edges edges, double radius_m, double deviation_m,
                           struct geo_batch *out)
{
    struct work work = {.batch = batch, .edges = edges, .radius_m = radius_m};

    GEO_TRY(check_arguments(ctx, radius_m, deviation_m));
    enum geo_status status = run(ctx, &work, first, n, deviation_m, out);
    geo_course_release(&work.course);
    geo_outline_release(&work.outline);
    geo_tower_release(ctx, &work.tower);
    geo_heap_release(ctx, &work.heap);
    return status;
}
