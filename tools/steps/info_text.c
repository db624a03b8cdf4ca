#include "steps/info_text.h"

enum geo_status info_add_text(struct findings *findings, const struct geo_origin *origin)
{
    static const enum finding_severity severity[] = {
        [GEO_SEVERITY_INFO] = FINDING_INFO,
        [GEO_SEVERITY_WARNING] = FINDING_WARNING,
        [GEO_SEVERITY_ERROR] = FINDING_ERROR,
    };
    const struct geo_text_finding *found;
    size_t n = geo_text_findings(origin, &found);
    for (size_t i = 0; i < n; i++)
        if (!findings_add(findings, severity[found[i].severity], found[i].what, found[i].evidence,
                          found[i].remedy))
            return GEO_ENOMEM;
    const char *fault = geo_origin_info(origin).text_fault;
    for (size_t i = 0; i < n && fault[0]; i++)
        if (found[i].severity == GEO_SEVERITY_ERROR)
            return GEO_OK; /* it is said already */
    return !fault[0] || findings_add(findings, FINDING_ERROR, "text cannot be decoded", fault, "")
               ? GEO_OK
               : GEO_ENOMEM;
}
