/* Whether the coordinates of an input are those of its CRS, as far as that shows: what cannot be is
 * refused, what is doubtful is said. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/crs.h"
#include "read/judge.h"

enum geo_status geo_origin_refuse(struct geo_ctx *ctx, const struct geo_origin *origin,
                                  const struct geo_crs_finding *finding)
{
    const char *evidence = finding->evidence;
    return geo_fail(ctx, GEO_ECRS, "%s: %s%s%s%s: %s", origin->name, finding->what,
                    evidence[0] ? " (" : "", evidence, evidence[0] ? ")" : "", finding->remedy);
}

enum geo_status geo_origin_warn(struct geo_ctx *ctx, struct geo_origin *origin,
                                const struct geo_crs_finding *finding)
{
    char more[sizeof finding->remedy + 300];
    snprintf(more, sizeof more, "%s; geo-info %.200s shows why", finding->remedy, origin->name);
    return geo_origin_note(ctx, origin, finding->what, more);
}

enum geo_status geo_origin_refuse_none(struct geo_ctx *ctx, struct geo_origin *origin,
                                       const double extent[4])
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
    size_t n;
    GEO_TRY(geo_crs_judge(ctx, origin, extent, finding, &n));
    return geo_origin_refuse(ctx, origin, finding); /* no CRS is stated: the one there is */
}

struct geo_crs_finding geo_judge_extent(struct geo_ctx *ctx, const struct geo_origin *origin,
                                        const PJ *crs, const double extent[4])
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX] = {{.severity = GEO_SEVERITY_INFO}};
    struct geo_judgement j = {ctx, origin, extent, finding, 0};
    size_t worst = 0;
    geo_judge_place(&j, crs);
    for (size_t i = 1; i < j.n; i++)
        if (finding[i].severity > finding[worst].severity)
            worst = i;
    return finding[worst];
}

/* ---- coordinates that are known only when they are read ---- */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool geo_middle_box(double *x, double *y, size_t n, double extent[4])
{
    if (n == 0)
        return false;
    qsort(x, n, sizeof *x, compare_numbers);
    qsort(y, n, sizeof *y, compare_numbers);
    size_t first = n / 4, last = n - 1 - n / 4;
    extent[0] = x[first], extent[1] = y[first], extent[2] = x[last], extent[3] = y[last];
    return true;
}

/* The middle half of a batch by the first vertices of its features. */
static enum geo_status middle_of(struct geo_ctx *ctx, const struct geo_batch *batch,
                                 double extent[4])
{
    double *x = calloc(batch->n, sizeof *x), *y = calloc(batch->n, sizeof *y);
    size_t n = 0;
    for (size_t i = 0; x && y && i < batch->n; i++) {
        if (batch->dropped[i] || batch->part_start[i] == batch->part_start[i + 1])
            continue;
        size_t v = batch->vertex_start[batch->ring_start[batch->part_start[i]]];
        x[n] = batch->vertex[v].lon, y[n++] = batch->vertex[v].lat;
    }
    bool is_known = x && y && geo_middle_box(x, y, n, extent);
    bool is_made = x && y;
    free(x);
    free(y);
    if (!is_made)
        return geo_no_memory(ctx);
    return is_known ? GEO_OK : GEO_END;
}

static void extent_of(const struct geo_batch *batch, double extent[4])
{
    const double none[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    memcpy(extent, none, sizeof none);
    for (size_t v = 0; v < batch->vertex_count; v++) {
        struct geo_lonlat at = batch->vertex[v];
        if (!isfinite(at.lon) || !isfinite(at.lat))
            continue;
        extent[0] = fmin(extent[0], at.lon), extent[1] = fmin(extent[1], at.lat);
        extent[2] = fmax(extent[2], at.lon), extent[3] = fmax(extent[3], at.lat);
    }
}

/* A warning as a note, whose text is constant. */
static enum geo_status note_warning(struct geo_ctx *ctx, struct geo_batch *batch,
                                    const struct geo_crs_finding *finding)
{
    static const char *const text[] = {"the layer lies outside the area where its CRS is used",
                                       "the layer reaches out of the area where its CRS is used"};
    const char *what = "x and y seem exchanged";
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        what = strcmp(finding->what, text[i]) ? what : text[i];
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1, what, "%s", finding->remedy);
}

/* Whether a place, as it stands in the file, can be none of the CRS's. */
static bool is_unfit(struct geo_ctx *ctx, const struct geo_origin *origin, const PJ *crs, double x,
                     double y)
{
    const double raw[4] = {x, y, x, y}, turned[4] = {y, x, y, x};
    return geo_judge_extent(ctx, origin, crs, origin->swap_axes ? turned : raw).severity ==
           GEO_SEVERITY_ERROR;
}

/* Refused is what both corners of the middle half show too: one feature in a wrong place is no fault
 * of the layer's. Nor is it where numbers are out of range, but no metres: those are named one by
 * one. */
static enum geo_status check_by(struct geo_ctx *ctx, const struct geo_origin *origin, const PJ *crs,
                                const double raw[4], struct geo_batch *batch)
{
    double turned[4], middle[4] = {0};
    geo_turn(raw, turned);
    struct geo_crs_finding finding =
        geo_judge_extent(ctx, origin, crs, origin->swap_axes ? turned : raw);
    if (finding.severity == GEO_SEVERITY_WARNING && finding.fault != GEO_CRS_METRES &&
        !origin->trust_prj)
        return note_warning(ctx, batch, &finding);
    if (finding.severity != GEO_SEVERITY_ERROR)
        return GEO_OK;
    enum geo_status status = middle_of(ctx, batch, middle);
    if (status != GEO_OK)
        return status == GEO_END ? GEO_OK : status;
    return is_unfit(ctx, origin, crs, middle[0], middle[1]) &&
                   is_unfit(ctx, origin, crs, middle[2], middle[3])
               ? geo_origin_refuse(ctx, origin, &finding)
               : GEO_OK;
}

enum geo_status geo_origin_check_batch(struct geo_ctx *ctx, const struct geo_origin *origin,
                                       struct geo_batch *batch)
{
    double extent[4];
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    if (origin->any_crs)
        return GEO_OK;
    extent_of(batch, extent);
    bool is_wgs84 = !origin->operation;
    if (!(extent[0] <= extent[2]) ||
        (is_wgs84 && geo_is_lonlat(extent[0], extent[1]) && geo_is_lonlat(extent[2], extent[3])))
        return GEO_OK;
    PJ *crs = geo_crs_create(proj, origin->definition ? origin->definition : "OGC:CRS84");
    if (!crs)
        return GEO_OK; /* whoever set it has made it */
    geo_crs_identify(proj, &crs);
    enum geo_status status = check_by(ctx, origin, crs, extent, batch);
    proj_destroy(crs);
    return status;
}
