/* A sample read in UTF-8 and in every encoding of Vietnamese, text by text: what detect.c and
 * mixture.c judge. */
#ifndef GEO_READ_EVIDENCE_H
#define GEO_READ_EVIDENCE_H

#include "read/trial.h"

enum { GEO_TRIED = 5, GEO_TRIED_UTF8 = 0 }; /* UTF-8 comes first */

struct geo_evidence {
    const struct geo_sample *sample;
    const bool *part; /* of the texts, which are judged; NULL: all */
    struct geo_trial trial[GEO_TRIED];
    struct geo_trial_cell *cell[GEO_TRIED]; /* of each text of the sample */
};

/* Of text that is all UTF-8, only that is tried. GEO_OK, GEO_ENOMEM; geo_evidence_release() in either
 * case. */
enum geo_status geo_gather_evidence(struct geo_ctx *ctx, const struct geo_sample *sample,
                                    const bool *part, struct geo_evidence *evidence);
void geo_evidence_release(struct geo_evidence *evidence);

/* Whether text i reads as Vietnamese in a tried encoding: every word of it with marks does. */
static inline bool geo_is_covered(const struct geo_trial_cell *cell)
{
    return cell->valid > 0 && cell->impossible == 0 && !cell->is_odd;
}

/* mixture.c: whether text that is certain to be in a tried encoding has a rest that is not: the
 * verdict's rest, and mixed instead of certain where the rest is sure enough. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_find_rest(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                              size_t tried, struct geo_verdict *verdict);

/* mixture.c: whether two of the tried encodings share the text: then it is mixed. */
enum geo_status geo_find_pair(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                              struct geo_verdict *verdict);

/* mixture.c: whether text that reads as opinion says hides Vietnamese. */
enum geo_status geo_find_hidden(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                const struct geo_reading *opinion, struct geo_verdict *verdict);

/* mixture.c: sets the verdict's rest to a part of the texts. */
void geo_set_rest(const struct geo_evidence *evidence, const bool *part,
                  const struct geo_reading *reading, struct geo_verdict *verdict);

#endif
