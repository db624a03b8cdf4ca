#include "read/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/text.h"

static const char *const tried[GEO_TRIED] = {"UTF-8", "TCVN", GEO_VNI, "CP1258", "VISCII"};

bool geo_is_vietnamese(const char *encoding)
{
    for (size_t k = GEO_TRIED_UTF8 + 1; k < GEO_TRIED; k++)
        if (!strcmp(encoding, tried[k]))
            return true;
    return false;
}

/* Nothing else is by chance, so that nothing else need be tried. */
static bool is_all_utf8(const struct geo_trial *utf8)
{
    return utf8->undecodable == 0 && utf8->odd == 0;
}

enum geo_status geo_gather_evidence(struct geo_ctx *ctx, const struct geo_sample *sample,
                                    const bool *part, struct geo_evidence *evidence)
{
    *evidence = (struct geo_evidence){.sample = sample, .part = part};
    for (size_t k = 0; k < GEO_TRIED; k++) {
        evidence->cell[k] = calloc(sample->n + 1, sizeof *evidence->cell[k]);
        if (!evidence->cell[k])
            return geo_no_memory(ctx);
        if (k > GEO_TRIED_UTF8 && is_all_utf8(&evidence->trial[GEO_TRIED_UTF8]))
            continue;
        GEO_TRY(
            geo_try_encoding(ctx, sample, part, tried[k], &evidence->trial[k], evidence->cell[k]));
    }
    return GEO_OK;
}

void geo_evidence_release(struct geo_evidence *evidence)
{
    for (size_t k = 0; k < GEO_TRIED; k++)
        free(evidence->cell[k]);
}
