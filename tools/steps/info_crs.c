#include "steps/info_crs.h"

#include <math.h>
#include <stdio.h>

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

/* A reference that says nothing is no evidence against a CRS. */
static enum geo_status add_nothing(struct info *info, const char *why)
{
    const struct geo_crs_hypothesis *stated = reference_stated(info->ranking);
    char evidence[160] = "", off[REFERENCE_LENGTH_BYTES];
    if (stated) {
        reference_length(stated->off_m, off);
        snprintf(evidence, sizeof evidence, "as stated it is %s off", off);
    }
    bool is_doubtful = info->ranking->is_apart || !stated || !stated->is_as_good;
    return findings_add(&info->findings, is_doubtful ? FINDING_WARNING : FINDING_INFO, why,
                        evidence, "a reference of the same place, whose outlines the layer shares")
               ? GEO_OK
               : GEO_ENOMEM;
}

/* What the reference says of the stated CRS. */
static enum geo_status judge_ranking(struct info *info, const struct reference_options *reference,
                                     bool *is_unfit)
{
    const char *nothing = reference_says_nothing(reference, info->ranking);
    if (info->ranking->n > 0 && nothing) {
        char why[200];
        snprintf(why, sizeof why, "the reference tells nothing: %s", nothing);
        return add_nothing(info, why);
    }
    const struct geo_ranking *ranking = info->ranking;
    const struct geo_crs_hypothesis *stated = reference_stated(ranking);
    const struct geo_crs_hypothesis *best = &ranking->hypothesis[0];
    char what[160], evidence[160], remedy[REFERENCE_OPTION_BYTES];
    char off[REFERENCE_LENGTH_BYTES], was[REFERENCE_LENGTH_BYTES];
    if (ranking->n == 0 || (stated && stated->is_as_good))
        return GEO_OK;
    *is_unfit = true;
    reference_length(best->off_m, off);
    reference_length(stated ? stated->off_m : INFINITY, was);
    snprintf(what, sizeof what, "on the reference it falls as %.96s", best->name);
    snprintf(evidence, sizeof evidence, "%s off it%s%s%s%s", off, stated ? ", as stated " : "",
             stated ? was : "", stated ? " off" : "",
             ranking->as_good > 1 ? "; others are as good" : "");
    reference_option(best, remedy);
    return findings_add(&info->findings, FINDING_ERROR, what, evidence, remedy) ? GEO_OK
                                                                                : GEO_ENOMEM;
}

enum geo_status info_judge_crs(struct geo_ctx *ctx, struct info *info,
                               const struct reference_options *reference,
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
    if (info->ranking)
        TRY(judge_ranking(info, reference, is_unfit));
    return GEO_OK;
}
