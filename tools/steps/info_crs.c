#include "steps/info_crs.h"

#include "steps/try.h"

static const enum finding_severity severity_of[] = {
    [GEO_SEVERITY_INFO] = FINDING_INFO,
    [GEO_SEVERITY_WARNING] = FINDING_WARNING,
    [GEO_SEVERITY_ERROR] = FINDING_ERROR,
};

/* A CRS that cannot be used for a reason that no finding names. */
static enum geo_status add_fault(struct info *info, const struct geo_origin *origin, bool is_unfit)
{
    const char *fault = geo_origin_info(origin).crs_fault;
    if (is_unfit || !fault[0])
        return GEO_OK;
    return findings_add(&info->findings, FINDING_ERROR, "the CRS cannot be used", fault, "")
               ? GEO_OK
               : GEO_ENOMEM;
}

enum geo_status info_judge_crs(struct geo_ctx *ctx, struct info *info,
                               const struct geo_origin *origin, bool *is_unfit)
{
    struct geo_crs_finding finding[GEO_CRS_FINDINGS_MAX];
    const struct info_extent *raw = &info->raw;
    const double extent[4] = {raw->min_x, raw->min_y, raw->max_x, raw->max_y};
    size_t n;
    *is_unfit = false;
    TRY(geo_crs_judge(ctx, origin, raw->min_x <= raw->max_x ? extent : NULL, finding, &n));
    for (size_t i = 0; i < n; i++) {
        *is_unfit = *is_unfit || finding[i].severity == GEO_SEVERITY_ERROR;
        if (!findings_add(&info->findings, severity_of[finding[i].severity], finding[i].what,
                          finding[i].evidence, finding[i].remedy))
            return GEO_ENOMEM;
    }
    TRY(add_fault(info, origin, *is_unfit));
    *is_unfit = *is_unfit || geo_origin_info(origin).crs_fault[0];
    return GEO_OK;
}
