/* Which CRS a layer is taken with: the stated one, or what stands for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/crs.h"
#include "read/crs.h"
#include "read/judge.h"
#include "read/vn2000.h"

static enum geo_status set_text(struct geo_ctx *ctx, char **text, const char *value)
{
    char *copy = strdup(value);
    if (!copy)
        return geo_no_memory(ctx);
    free(*text);
    *text = copy;
    return GEO_OK;
}

enum geo_status geo_origin_note(struct geo_ctx *ctx, struct geo_origin *origin, const char *what,
                                const char *more)
{
    char *text = NULL;
    const char *before = origin->crs_note ? origin->crs_note : "";
    if (asprintf(&text, "%s%s%s: %s", before, before[0] ? "; " : "", what, more) < 0)
        return geo_no_memory(ctx);
    free(origin->crs_note);
    origin->crs_note = text;
    return GEO_OK;
}

/* ---- what the text of a CRS makes of it ---- */

/* VN-2000 that lacks its shift is taken with the official one. A datum that PROJ knows brings it
 * along: then there is nothing to do. */
static enum geo_status take_official(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                                     char **chosen)
{
    struct geo_vn2000 vn = geo_vn2000_inspect(geo_ctx_proj(ctx), crs);
    bool is_zero = vn.shift == GEO_SHIFT_ZERO;
    bool lacks = is_zero || (vn.shift == GEO_SHIFT_UNSTATED && !vn.is_datum);
    if (!geo_vn2000_is(&vn) || !lacks || (!vn.is_tm && !vn.is_geographic))
        return GEO_OK;
    char *official = vn.is_geographic ? strdup("EPSG:4756")
                                      : geo_vn2000_grid(vn.meridian_deg, vn.scale,
                                                        vn.false_easting_m, vn.false_northing_m);
    if (!official)
        return geo_no_memory(ctx);
    free(*chosen);
    *chosen = official;
    return geo_origin_note(ctx, origin,
                           is_zero ? "states VN-2000 with a datum shift of zero (224 m off)"
                                   : "states VN-2000 without a datum shift",
                           "taken with the official one, EPSG:6960; --trust-prj obeys the file");
}

/* Says what is likely wrong with a text that is obeyed all the same. */
static enum geo_status warn(struct geo_ctx *ctx, struct geo_origin *origin, const PJ *crs,
                            bool has_official)
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
    struct geo_judgement j = {ctx, origin, NULL, finding, 0};
    GEO_TRY(geo_judge_text(&j, crs));
    for (size_t i = 0; i < j.n; i++)
        if (finding[i].severity == GEO_SEVERITY_WARNING &&
            !(has_official && finding[i].fault == GEO_CRS_NO_SHIFT))
            GEO_TRY(geo_origin_warn(ctx, origin, &finding[i]));
    return GEO_OK;
}

static enum geo_status read_text(struct geo_ctx *ctx, struct geo_origin *origin, char **chosen)
{
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(ctx, *chosen, &expanded));
    PJ *crs = geo_crs_create(geo_ctx_proj(ctx), expanded);
    const char *before = *chosen;
    enum geo_status status = GEO_OK;
    free(expanded);
    if (!crs)
        return GEO_OK; /* said when it is set */
    if (!origin->is_said)
        status = take_official(ctx, origin, crs, chosen);
    if (status == GEO_OK && !origin->any_crs)
        status = warn(ctx, origin, crs, *chosen != before);
    proj_destroy(crs);
    return status;
}

/* ---- fixes ---- */

static bool is_about_axes(enum geo_crs_fault fault)
{
    return fault == GEO_CRS_SWAPPED_DEGREES || fault == GEO_CRS_SWAPPED_METRES;
}

static enum geo_status fix_one(struct geo_ctx *ctx, struct geo_origin *origin,
                               const struct geo_crs_finding *finding, char **chosen)
{
    bool may_crs = origin->fix & GEO_FIX_CRS, may_swap = origin->fix & GEO_FIX_AXES;
    char taken[64];
    if (finding->severity == GEO_SEVERITY_INFO)
        return GEO_OK;
    if (is_about_axes(finding->fault) ? !may_swap : !may_crs)
        return GEO_OK;
    if (!finding->crs[0] && !finding->swap_axes)
        return geo_fail(ctx, GEO_ECRS, "%s: %s (%s), and what is right cannot be told from it: %s",
                        origin->name, finding->what, finding->evidence, finding->remedy);
    if (finding->swap_axes) {
        origin->swap_axes = true;
        GEO_TRY(geo_origin_note(ctx, origin, finding->what, "fixed: x and y exchanged"));
    }
    if (!finding->crs[0])
        return GEO_OK;
    bool is_code = !strncmp(finding->crs, "EPSG:", 5);
    snprintf(taken, sizeof taken, "fixed: taken as %.40s",
             is_code ? finding->crs : "VN-2000 on its meridian");
    GEO_TRY(geo_origin_note(ctx, origin, finding->what, taken));
    return set_text(ctx, chosen, finding->crs);
}

static enum geo_status fix(struct geo_ctx *ctx, struct geo_origin *origin, const double extent[4],
                           char **chosen)
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
    size_t n;
    GEO_TRY(geo_crs_judge(ctx, origin, extent, finding, &n));
    for (size_t i = 0; i < n; i++)
        GEO_TRY(fix_one(ctx, origin, &finding[i], chosen));
    return GEO_OK;
}

enum geo_status geo_origin_choose_crs(struct geo_ctx *ctx, struct geo_origin *origin,
                                      const char *stated, const char *said, const double extent[4],
                                      char **chosen)
{
    const char *taken = said ? said : stated;
    char *text = NULL;
    GEO_TRY(set_text(ctx, &origin->stated, taken ? taken : ""));
    if (taken)
        GEO_TRY(set_text(ctx, &text, taken));
    origin->is_said = said != NULL;
    if (said)
        origin->fix &= ~GEO_FIX_CRS;
    enum geo_status status = GEO_OK;
    if (origin->fix)
        status = fix(ctx, origin, extent, &text);
    if (status == GEO_OK && text && !origin->trust_prj)
        status = read_text(ctx, origin, &text);
    if (status == GEO_OK)
        *chosen = text;
    else
        free(text);
    return status;
}

enum geo_status geo_origin_forgive(struct geo_ctx *ctx, struct geo_origin *origin,
                                   enum geo_status status)
{
    char *name = NULL;
    if (status != GEO_ECRS || !origin->any_crs)
        return status;
    GEO_TRY(set_text(ctx, &origin->crs_fault, geo_ctx_message(ctx)));
    if (origin->crs)
        return GEO_OK;
    PJ *crs = origin->stated && origin->stated[0]
                  ? geo_crs_create(geo_ctx_proj(ctx), origin->stated)
                  : NULL;
    if (crs) {
        geo_crs_identify(geo_ctx_proj(ctx), &crs);
        name = geo_crs_text(crs);
    }
    proj_destroy(crs);
    status = set_text(ctx, &origin->crs, name ? name : "none");
    free(name);
    return status;
}
