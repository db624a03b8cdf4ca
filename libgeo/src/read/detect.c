/* How sure a reading is. Words are counted once each, however often they stand there, so that they
 * are nearly independent evidence. Every word of the lists of place names that were tried is a
 * syllable; the shares below leave room for foreign names and slips. */
#include "read/detect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/evidence.h"
#include "read/opinion.h"

#define CERTAIN 0.999
#define PLAUSIBLE 0.05          /* what is offered where nothing is certain */
#define SYLLABLES_IF_RIGHT 0.97 /* of the different words with marks */
#define SYLLABLES_IF_NOT 0.3    /* in text that is not Vietnamese */

enum { VIETNAMESE = GEO_TRIED - 1 };

static double log_likelihood(const struct geo_reading *reading, double share)
{
    return (double)reading->valid * log(share) + (double)reading->impossible * log(1 - share);
}

void geo_add_reading(struct geo_verdict *verdict, const struct geo_reading *reading)
{
    for (size_t i = 0; i < verdict->n; i++)
        if (!strcmp(verdict->reading[i].encoding, reading->encoding))
            return;
    if (verdict->n < GEO_READINGS_MAX)
        verdict->reading[verdict->n++] = *reading;
}

/* ---- Vietnamese ---- */

/* The encodings of Vietnamese by likelihood, the best first, as numbers of the evidence. */
static void rank(const struct geo_evidence *evidence, size_t order[VIETNAMESE])
{
    for (size_t i = 0; i < VIETNAMESE; i++) {
        size_t its = GEO_TRIED_UTF8 + 1 + i, at = i;
        double likelihood = log_likelihood(&evidence->trial[its].reading, SYLLABLES_IF_RIGHT);
        for (; at > 0 && likelihood > log_likelihood(&evidence->trial[order[at - 1]].reading,
                                                     SYLLABLES_IF_RIGHT);
             at--)
            order[at] = order[at - 1];
        order[at] = its;
    }
}

/* Sets the probabilities of ranked trials, of which those that read alike count once. @return that
 * of text that is not Vietnamese. */
static double weigh(struct geo_evidence *evidence, const size_t order[VIETNAMESE])
{
    struct geo_reading *first = &evidence->trial[order[0]].reading;
    double best = log_likelihood(first, SYLLABLES_IF_RIGHT);
    double other = exp(log_likelihood(first, SYLLABLES_IF_NOT) - best), sum = other;
    for (size_t i = 0; i < VIETNAMESE; i++) {
        struct geo_trial *trial = &evidence->trial[order[i]];
        trial->reading.confidence = exp(log_likelihood(&trial->reading, SYLLABLES_IF_RIGHT) - best);
        for (size_t k = 0; k < i; k++)
            if (evidence->trial[order[k]].hash == trial->hash)
                trial->reading.confidence = 0;
        sum += trial->reading.confidence;
    }
    for (size_t i = 0; i < VIETNAMESE; i++)
        evidence->trial[order[i]].reading.confidence /= sum;
    return other / sum;
}

/* ---- the verdict ---- */

/* Text that is not Vietnamese: another language, or both. */
static enum geo_status judge_other(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                   struct geo_verdict *verdict)
{
    GEO_TRY(geo_ask_opinion(ctx, evidence->sample, evidence->part, verdict));
    bool is_told = verdict->certainty == GEO_TEXT_CERTAIN;
    return geo_find_hidden(ctx, evidence, is_told ? &verdict->reading[0] : NULL, verdict);
}

/* Text of which no encoding of Vietnamese is certain, other being the probability of none. */
static enum geo_status judge_uncertain(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                       double other, struct geo_verdict *verdict)
{
    const struct geo_trial *utf8 = &evidence->trial[GEO_TRIED_UTF8];
    if (utf8->undecodable == 0) {
        geo_add_reading(verdict, &utf8->reading);
        if (2 * utf8->odd <= utf8->texts || other >= CERTAIN) { /* odd, but valid */
            verdict->reading[0] = utf8->reading;
            verdict->certainty = GEO_TEXT_CERTAIN;
        }
        return GEO_OK;
    }
    GEO_TRY(geo_find_pair(ctx, evidence, verdict));
    if (verdict->certainty == GEO_TEXT_MIXED)
        return GEO_OK;
    if (other >= CERTAIN)
        return judge_other(ctx, evidence, verdict);
    struct geo_verdict beside = {0};
    if (other >= PLAUSIBLE)
        GEO_TRY(geo_ask_opinion(ctx, evidence->sample, evidence->part, &beside));
    for (size_t i = 0; i < beside.n; i++)
        geo_add_reading(verdict, &beside.reading[i]);
    return GEO_OK;
}

static enum geo_status judge_vietnamese(struct geo_ctx *ctx, struct geo_evidence *evidence,
                                        struct geo_verdict *verdict)
{
    size_t order[VIETNAMESE];
    rank(evidence, order);
    double other = weigh(evidence, order);
    for (size_t i = 0; i < VIETNAMESE; i++)
        if (evidence->trial[order[i]].reading.confidence >= PLAUSIBLE)
            geo_add_reading(verdict, &evidence->trial[order[i]].reading);
    if (evidence->trial[order[0]].reading.confidence < CERTAIN)
        return judge_uncertain(ctx, evidence, other, verdict);
    verdict->certainty = GEO_TEXT_CERTAIN;
    return geo_find_rest(ctx, evidence, order[0], verdict);
}

static enum geo_status judge(struct geo_ctx *ctx, const struct geo_sample *sample, const bool *part,
                             struct geo_verdict *verdict);

/* Most is UTF-8: what is not is judged by itself. */
static enum geo_status judge_mixed_utf8(struct geo_ctx *ctx, struct geo_evidence *evidence,
                                        struct geo_verdict *verdict)
{
    size_t n = evidence->sample->n;
    struct geo_verdict rest = {0};
    bool *part = calloc(n + 1, sizeof *part);
    if (!part)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < n; i++)
        part[i] = evidence->cell[GEO_TRIED_UTF8][i].is_odd;
    enum geo_status status = judge(ctx, evidence->sample, part, &rest);
    bool is_told = rest.certainty == GEO_TEXT_CERTAIN;
    verdict->certainty = GEO_TEXT_MIXED;
    geo_add_reading(verdict, &evidence->trial[GEO_TRIED_UTF8].reading);
    geo_set_rest(evidence, part, is_told ? &rest.reading[0] : NULL, verdict);
    for (size_t i = 0; !is_told && i < rest.n; i++)
        geo_add_reading(verdict, &rest.reading[i]);
    free(part);
    return status;
}

static enum geo_status judge_evidence(struct geo_ctx *ctx, struct geo_evidence *evidence,
                                      struct geo_verdict *verdict)
{
    struct geo_trial *utf8 = &evidence->trial[GEO_TRIED_UTF8];
    size_t good = utf8->texts - utf8->undecodable;
    utf8->reading.confidence = 1;
    verdict->certainty = GEO_TEXT_AMBIGUOUS;
    if (utf8->undecodable == 0 && utf8->odd == 0) {
        verdict->certainty = GEO_TEXT_CERTAIN;
        geo_add_reading(verdict, &utf8->reading);
        return GEO_OK;
    }
    if (utf8->undecodable > 0 && 10 * (good - utf8->odd) > utf8->texts) /* more than by chance */
        return judge_mixed_utf8(ctx, evidence, verdict);
    return judge_vietnamese(ctx, evidence, verdict);
}

/* Judges the part of a sample. */
static enum geo_status judge(struct geo_ctx *ctx, const struct geo_sample *sample, const bool *part,
                             struct geo_verdict *verdict)
{
    struct geo_evidence evidence;
    enum geo_status status = geo_gather_evidence(ctx, sample, part, &evidence);
    if (status == GEO_OK)
        status = judge_evidence(ctx, &evidence, verdict);
    geo_evidence_release(&evidence);
    return status;
}

enum geo_status geo_detect(struct geo_ctx *ctx, const struct geo_sample *sample,
                           struct geo_verdict *verdict)
{
    struct geo_verdict made = {.certainty = GEO_TEXT_PLAIN};
    if (sample->n > 0)
        GEO_TRY(judge(ctx, sample, NULL, &made));
    *verdict = made;
    return GEO_OK;
}

enum geo_status geo_doubt(struct geo_ctx *ctx, const struct geo_sample *sample, const char *stated,
                          const struct geo_verdict *verdict, bool *is_wrong)
{
    struct geo_trial as_stated, as_found;
    *is_wrong = false;
    if (verdict->certainty != GEO_TEXT_CERTAIN)
        return GEO_OK;
    const char *found = verdict->reading[0].encoding;
    if (!geo_is_vietnamese(found) && (strcmp(found, "UTF-8") != 0 || sample->n < 2))
        return GEO_OK;
    GEO_TRY(geo_try_encoding(ctx, sample, NULL, stated, &as_stated, NULL));
    GEO_TRY(geo_try_encoding(ctx, sample, NULL, found, &as_found, NULL));
    *is_wrong = as_stated.hash != as_found.hash;
    return GEO_OK;
}
