/* Whether a CRS can be that of the coordinates: what its text and their extent say. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/crs.h"
#include "read/judge.h"
#include "read/text_notes.h"
#include "read/vn2000.h"

struct geo_crs_finding *geo_judge_add(struct geo_judgement *j, enum geo_crs_fault fault,
                                      enum geo_severity severity, const char *what)
{
    struct geo_crs_finding *finding = &j->finding[j->n];
    if (j->n + 1 < GEO_CRS_FINDINGS_MAX)
        j->n++;
    *finding = (struct geo_crs_finding){.fault = fault, .severity = severity};
    geo_say(finding->what, sizeof finding->what, "%s", what);
    return finding;
}

static enum geo_status judge_crs(struct geo_judgement *j)
{
    PJ_CONTEXT *proj = geo_ctx_proj(j->ctx);
    char *expanded = NULL;
    GEO_TRY(geo_vn2000_expand(j->ctx, j->origin->stated, &expanded));
    PJ *crs = geo_crs_create(proj, expanded);
    free(expanded);
    if (!crs) {
        geo_judge_guess(j, geo_judge_add(j, GEO_CRS_UNUSABLE, GEO_SEVERITY_ERROR,
                                         "the CRS stated is not known"));
        return GEO_OK;
    }
    enum geo_status status = geo_judge_text(j, crs);
    geo_crs_identify(proj, &crs);
    if (status == GEO_OK && j->extent)
        geo_judge_place(j, crs);
    proj_destroy(crs);
    return status;
}

/* Worst first; the text's before the place's. */
static void order(struct geo_judgement *j)
{
    for (size_t i = 1; i < j->n; i++)
        for (size_t k = i; k > 0 && j->finding[k].severity > j->finding[k - 1].severity; k--) {
            struct geo_crs_finding other = j->finding[k];
            j->finding[k] = j->finding[k - 1];
            j->finding[k - 1] = other;
        }
}

enum geo_status geo_crs_judge(struct geo_ctx *ctx, const struct geo_origin *origin,
                              const double extent[4], struct geo_crs_finding *finding, size_t *n)
{
    struct geo_judgement j = {ctx, origin, extent, finding, 0};
    double turned[4];
    *n = 0;
    if (!origin->stated)
        return GEO_OK;
    if (extent && origin->swap_axes) {
        geo_turn(extent, turned);
        j.extent = turned;
    }
    if (!origin->stated[0])
        geo_judge_guess(&j,
                        geo_judge_add(&j, GEO_CRS_MISSING, GEO_SEVERITY_ERROR, "no CRS is stated"));
    else
        GEO_TRY(judge_crs(&j));
    order(&j);
    *n = j.n;
    return GEO_OK;
}
