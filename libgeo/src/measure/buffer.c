#include <math.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/measure.h"
#include "measure/crew.h"
#include "measure/draw.h"
#include "measure/round.h"
#include "measure/surface.h"
#include "measure/unite.h"

#define HIGHEST_LAT_DEG 89.0

/* How far an edge of a polygon may run from its course: as a share of the radius where the ring is
 * buffered too, since what is within r - 0.7 e of it is covered anyway, and e is less than r. As a
 * share of the deviation where the boundary of the land is buffered (what capsules leave in
 * reserve) or written itself (it counts twice, as edges are read both ways). */
#define BURIED_SHARE 0.3
#define BUFFERED_SHARE 0.1
#define WRITTEN_SHARE 0.25

/* The union of the land, as a share of the work of an erosion. */
#define LAND_WORK 0.2

/* One call: what it works on. */
struct work {
    const struct geo_batch *batch;
    size_t first, end; /* features */
    const struct geo_buffer_options *options;
    double lon0_deg; /* all parts are put on the turn that is nearest to this meridian */
    double top_deg;  /* the highest absolute latitude of all */
    bool empty;
    double done, share; /* of the whole work: what is done, what is being done */
};

int geo_buffer_decimals(double deviation_m)
{
    /* Half the diagonal of a cell. */
    return (int)ceil(log10(M_SQRT1_2 * GEO_DEGREE_MAX_M / (0.1 * deviation_m)));
}

static enum geo_status check_arguments(struct geo_ctx *ctx, double radius_m, double deviation_m)
{
    double size_m = fabs(radius_m);

    if (!(size_m == 0 || (size_m >= GEO_BUFFER_MIN_M && size_m <= GEO_BUFFER_MAX_M)))
        return geo_fail(ctx, GEO_EARG, "buffer radius %g m is neither 0 nor of %g m to %g m",
                        radius_m, GEO_BUFFER_MIN_M, GEO_BUFFER_MAX_M);
    if (!(deviation_m >= GEO_DEVIATION_MIN_M && deviation_m <= GEO_DEVIATION_MAX_M))
        return geo_fail(ctx, GEO_EARG, "deviation %g m is outside %g m to %g m", deviation_m,
                        GEO_DEVIATION_MIN_M, GEO_DEVIATION_MAX_M);
    if (size_m > 0 && deviation_m >= size_m)
        return geo_fail(ctx, GEO_EARG, "deviation %g m is not less than the radius %g m",
                        deviation_m, size_m);
    return GEO_OK;
}

static enum geo_status too_wide(struct geo_ctx *ctx, double span_deg)
{
    return geo_fail(ctx, GEO_EDOMAIN,
                    "the buffer spans %.6g degrees of longitude: no more than 180 can be drawn",
                    span_deg);
}

/* Points and lines have no land. */
static bool counts(const struct work *work, size_t part)
{
    return work->options->radius_m > 0 || work->batch->part_kind[part] == GEO_KIND_POLYGON;
}

/* Finds the reference meridian and the highest latitude. */
static enum geo_status survey(struct geo_ctx *ctx, struct work *work)
{
    const struct geo_batch *batch = work->batch;
    struct geo_extent all = {0, INFINITY, -INFINITY};

    work->empty = true;
    for (size_t i = work->first; i < work->end; i++) {
        if (batch->dropped[i])
            continue;
        for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++) {
            if (!counts(work, part))
                continue;
            struct geo_extent one = geo_part_extent(ctx, batch, part, work->options->edges);
            if (work->empty)
                work->lon0_deg = (one.west_deg + one.east_deg) / 2;
            work->empty = false;
            double shift = geo_extent_shift_deg(one, work->lon0_deg);
            all.top_deg = fmax(all.top_deg, one.top_deg);
            all.west_deg = fmin(all.west_deg, one.west_deg + shift);
            all.east_deg = fmax(all.east_deg, one.east_deg + shift);
        }
    }
    double reach_deg = all.top_deg + fabs(work->options->radius_m) / GEO_DEGREE_MIN_M;
    work->top_deg = all.top_deg;
    if (work->empty)
        return GEO_OK;
    if (!(reach_deg <= HIGHEST_LAT_DEG))
        return geo_fail(ctx, GEO_EDOMAIN,
                        "the buffer reaches latitude %.6g: within a degree of a pole", reach_deg);
    if (!(all.east_deg - all.west_deg <= 180))
        return too_wide(ctx, all.east_deg - all.west_deg);
    return GEO_OK;
}

/* The sections of all features, in order. */
static enum geo_status cut(struct geo_ctx *ctx, const struct work *work, int kinds,
                           struct geo_sections *sections)
{
    const struct geo_batch *batch = work->batch;

    for (size_t i = work->first; i < work->end; i++)
        for (size_t part = batch->part_start[i];
             !batch->dropped[i] && part < batch->part_start[i + 1]; part++) {
            if (!counts(work, part))
                continue;
            struct geo_extent extent = geo_part_extent(ctx, batch, part, GEO_EDGES_LONLAT);
            double shift_deg = geo_extent_shift_deg(extent, work->lon0_deg);
            GEO_TRY(geo_sections_add_part(ctx, sections, batch, part, kinds, shift_deg));
        }
    return geo_sections_order(ctx, sections, batch);
}

static void show(void *data, double share)
{
    const struct work *work = data;
    work->options->progress(work->options->progress_data, work->done + share * work->share);
}

/* The union of all sections of a drawing, which are cut here; share: of the whole work. */
static enum geo_status draw(struct geo_ctx *ctx, struct work *work, struct geo_drawing *drawing,
                            int kinds, double share, GEOSGeometry **united)
{
    struct geo_mosaic mosaic = {0};
    enum geo_status status = cut(ctx, work, kinds, &drawing->sections);
    struct geo_crew crew = {.leaves = drawing->sections.leaves,
                            .threads = work->options->threads,
                            .draw = geo_draw_leaf,
                            .data = drawing,
                            .progress = work->options->progress ? show : NULL,
                            .progress_data = work};

    work->share = share;
    if (status == GEO_OK)
        status = geo_crew_unite(ctx, &crew, &mosaic);
    if (status == GEO_OK)
        status = geo_mosaic_finish(ctx, &mosaic, united);
    geo_mosaic_release(ctx, &mosaic);
    geo_sections_release(&drawing->sections);
    work->done += share;
    return status;
}

/* What is within the radius. */
static enum geo_status widen(struct geo_ctx *ctx, struct work *work, GEOSGeometry **wider)
{
    const struct geo_buffer_options *options = work->options;
    struct geo_drawing drawing = {.batch = work->batch,
                                  .edges = options->edges,
                                  .plan = geo_capsule_plan(options->radius_m, options->deviation_m,
                                                           options->edges, work->top_deg),
                                  .gap_m = BURIED_SHARE * options->radius_m};

    return draw(ctx, work, &drawing, GEO_SECTION_COURSE | GEO_SECTION_LAND, 1, wider);
}

/* The polygons themselves. */
static enum geo_status unite(struct geo_ctx *ctx, struct work *work, GEOSGeometry **land)
{
    const struct geo_buffer_options *options = work->options;
    bool is_all = options->radius_m == 0;
    struct geo_drawing drawing = {.batch = work->batch,
                                  .edges = options->edges,
                                  .gap_m = options->deviation_m *
                                           (is_all ? WRITTEN_SHARE : BUFFERED_SHARE)};

    return draw(ctx, work, &drawing, GEO_SECTION_LAND, is_all ? 1 : LAND_WORK, land);
}

/* What is within the radius of the boundary of polygons that are straight in longitude and
 * latitude. */
static enum geo_status draw_boundary(struct geo_ctx *ctx, struct work *work,
                                     const GEOSGeometry *land, struct geo_batch *rings,
                                     GEOSGeometry **strip)
{
    struct work boundary = *work;
    double radius_m = -work->options->radius_m;
    struct geo_drawing drawing = {.batch = rings,
                                  .edges = GEO_EDGES_LONLAT,
                                  .plan = geo_capsule_plan(radius_m, work->options->deviation_m,
                                                           GEO_EDGES_LONLAT, work->top_deg)};

    GEO_TRY(geo_geos_append(ctx, land, rings));
    GEO_TRY(geo_batch_end_feature(ctx, rings, GEO_SHAPE_MULTIPOLYGON, 0));
    boundary.batch = rings;
    boundary.first = 0;
    boundary.end = 1;
    return draw(ctx, &boundary, &drawing, GEO_SECTION_COURSE, 1 - LAND_WORK, strip);
}

/* The polygons less what is within the radius of their boundary. */
static enum geo_status erode(struct geo_ctx *ctx, struct work *work, GEOSGeometry **core)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSGeometry *land = NULL, *strip = NULL;
    struct geo_batch *rings = geo_batch_new();
    enum geo_status status = rings ? unite(ctx, work, &land) : geo_no_memory(ctx);

    if (status == GEO_OK)
        status = draw_boundary(ctx, work, land, rings, &strip);
    if (status == GEO_OK) {
        geo_foreign_clear(ctx);
        *core = GEOSDifference_r(geos, land, strip);
        status = *core ? GEO_OK : geo_geos_failed(ctx);
    }
    GEOSGeom_destroy_r(geos, land);
    GEOSGeom_destroy_r(geos, strip);
    geo_batch_free(rings);
    return status;
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
    if (GEOSisEmpty_r(geos, rounded) == 1)
        status = GEO_OK;
    else if (!GEOSGeom_getXMin_r(geos, rounded, &west_deg) ||
             !GEOSGeom_getXMax_r(geos, rounded, &east_deg))
        status = geo_geos_failed(ctx);
    else if (east_deg - west_deg > 180)
        status = too_wide(ctx, east_deg - west_deg);
    else
        status = geo_append_oriented(ctx, rounded, out);
    GEOSGeom_destroy_r(geos, rounded);
    return status;
}

enum geo_status geo_buffer(struct geo_ctx *ctx, const struct geo_batch *batch, size_t first,
                           size_t n, const struct geo_buffer_options *options,
                           struct geo_batch *out)
{
    struct work work = {.batch = batch, .first = first, .end = first + n, .options = options};
    GEOSGeometry *united;

    GEO_TRY(check_arguments(ctx, options->radius_m, options->deviation_m));
    GEO_TRY(survey(ctx, &work));
    if (work.empty)
        return GEO_OK;
    GEO_TRY(options->radius_m > 0    ? widen(ctx, &work, &united)
            : options->radius_m == 0 ? unite(ctx, &work, &united)
                                     : erode(ctx, &work, &united));
    enum geo_status status = append_rounded(ctx, united, options->deviation_m, out);
    GEOSGeom_destroy_r(geo_ctx_geos(ctx), united);
    return status;
}
