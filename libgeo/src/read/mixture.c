/* Text in more than one encoding, as where tables of several makers were put into one: some of it
 * reads as Vietnamese in one, the rest in another. A word is a syllable in a wrong encoding by
 * chance, 3 times in 10; so a rest is sure where enough different words are syllables that are none
 * in the first encoding, and worth naming where less is. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/evidence.h"

#define SURE_WORDS 6 /* different syllables, as many as make a layer's encoding certain */
#define SURE_UTF8 2  /* of UTF-8, which nothing else is by chance */
#define MANY 10      /* a rest of one row in so many is not left to chance either */
#define PAIR_SHARE 8 /* of 10 texts, that two encodings have to read between them */

static bool is_in(const struct geo_evidence *evidence, size_t i)
{
    return !evidence->part || evidence->part[i];
}

/* ---- what is said of a rest ---- */

/* Whether the rest is columns as wholes: three in four texts of each, for some read alike in both,
 * and one in ten of the others at most. */
static bool is_by_columns(const struct geo_evidence *evidence, const bool *part)
{
    const struct geo_sample *sample = evidence->sample;
    bool is_rest = false, is_other = false;
    for (size_t c = 1; c < sample->column_count; c++) {
        size_t all = 0, rest = 0;
        for (size_t i = 0; i < sample->n; i++)
            if (sample->cell[i].column == (int)c - 1 && is_in(evidence, i)) {
                all++;
                rest += part[i];
            }
        bool has_most = 4 * rest >= 3 * all, has_few = 10 * rest <= all;
        if (!has_most && !has_few)
            return false;
        is_rest = is_rest || (all > 0 && has_most);
        is_other = is_other || (all > 0 && has_few);
    }
    return is_rest && is_other;
}

static bool is_shown(const struct geo_sample *sample, const struct geo_rest *rest, size_t i)
{
    for (size_t k = 0; rest->is_by_columns && k < rest->shown; k++)
        if (sample->cell[rest->cell[k]].column == sample->cell[i].column)
            return true;
    return false;
}

void geo_set_rest(const struct geo_evidence *evidence, const bool *part,
                  const struct geo_reading *reading, struct geo_verdict *verdict)
{
    struct geo_rest *rest = &verdict->rest;
    *rest = (struct geo_rest){.is_by_columns = is_by_columns(evidence, part)};
    if (reading)
        rest->reading = *reading;
    for (size_t i = 0; i < evidence->sample->n; i++) {
        if (!part[i])
            continue;
        rest->texts++;
        rest->rows += evidence->sample->cell[i].rows;
        if (rest->shown < GEO_REST_SHOWN && !is_shown(evidence->sample, rest, i))
            rest->cell[rest->shown++] = i;
    }
}

/* ---- a rest beside what is certain ---- */

/* Sets part to the texts that read as Vietnamese in encoding b and not in a. @return how many. */
static size_t select_rest(const struct geo_evidence *evidence, size_t a, size_t b, bool *part)
{
    size_t n = 0;
    for (size_t i = 0; i < evidence->sample->n; i++) {
        const struct geo_trial_cell *first = &evidence->cell[a][i];
        part[i] = is_in(evidence, i) && (first->impossible > 0 || first->is_odd) &&
                  geo_is_covered(&evidence->cell[b][i]);
        n += part[i];
    }
    return n;
}

static size_t count_bad(const struct geo_evidence *evidence, size_t tried)
{
    size_t n = 0;
    for (size_t i = 0; i < evidence->sample->n; i++) {
        const struct geo_trial_cell *cell = &evidence->cell[tried][i];
        n += is_in(evidence, i) && (cell->impossible > 0 || cell->is_odd);
    }
    return n;
}

static uint64_t count_rows(const struct geo_evidence *evidence, const bool *part)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < evidence->sample->n; i++)
        if (is_in(evidence, i) && (!part || part[i]))
            rows += evidence->sample->cell[i].rows;
    return rows;
}

/* Leaves of a part only the texts that have no Vietnamese word in the first encoding: what is
 * worth naming although it is not sure. @return how many. */
static size_t keep_striking(const struct geo_evidence *evidence, size_t a, bool *part)
{
    size_t n = 0;
    for (size_t i = 0; i < evidence->sample->n; i++) {
        part[i] = part[i] && evidence->cell[a][i].valid == 0;
        n += part[i];
    }
    return n;
}

/* The encoding that reads most of what the first does not. */
static size_t find_second(const struct geo_evidence *evidence, size_t a, bool *part, size_t *n)
{
    size_t best = a, most = 0;
    for (size_t b = 0; b < GEO_TRIED; b++) {
        size_t its = b == a ? 0 : select_rest(evidence, a, b, part);
        if (its > most) {
            most = its;
            best = b;
        }
    }
    *n = best == a ? 0 : select_rest(evidence, a, best, part);
    return best;
}

static enum geo_status judge_rest(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                  size_t a, bool *part, struct geo_verdict *verdict)
{
    struct geo_trial trial;
    size_t n, b = find_second(evidence, a, part, &n);
    if (n == 0)
        return GEO_OK;
    GEO_TRY(geo_try_encoding(ctx, evidence->sample, part, evidence->trial[b].reading.encoding,
                             &trial, NULL));
    size_t sure = b == GEO_TRIED_UTF8 ? SURE_UTF8 : SURE_WORDS;
    bool are_most = 2 * n >= count_bad(evidence, a);
    bool are_many = MANY * count_rows(evidence, part) >= count_rows(evidence, NULL);
    trial.reading.confidence = 1;
    if ((trial.reading.valid >= sure && (are_most || b == GEO_TRIED_UTF8)) || are_many)
        verdict->certainty = GEO_TEXT_MIXED;
    else if (keep_striking(evidence, a, part) == 0)
        return GEO_OK;
    geo_set_rest(evidence, part, &trial.reading, verdict);
    return GEO_OK;
}

enum geo_status geo_find_rest(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                              size_t tried, struct geo_verdict *verdict)
{
    bool *part = calloc(evidence->sample->n + 1, sizeof *part);
    if (!part)
        return geo_no_memory(ctx);
    enum geo_status status = judge_rest(ctx, evidence, tried, part, verdict);
    free(part);
    return status;
}

/* ---- two encodings of which none is certain ---- */

static size_t count_covered(const struct geo_evidence *evidence, size_t a, size_t b)
{
    size_t n = 0;
    for (size_t i = 0; i < evidence->sample->n; i++)
        n += is_in(evidence, i) &&
             (geo_is_covered(&evidence->cell[a][i]) || geo_is_covered(&evidence->cell[b][i]));
    return n;
}

/* The two that read the most between them, the first the more of them. @return how many. */
static size_t find_two(const struct geo_evidence *evidence, size_t *a, size_t *b)
{
    size_t most = 0;
    for (size_t i = 0; i < GEO_TRIED; i++)
        for (size_t k = i + 1; k < GEO_TRIED; k++) {
            size_t n = count_covered(evidence, i, k);
            if (n <= most)
                continue;
            bool is_first = count_covered(evidence, i, i) >= count_covered(evidence, k, k);
            most = n;
            *a = is_first ? i : k;
            *b = is_first ? k : i;
        }
    return most;
}

static enum geo_status judge_pair(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                  bool *part, struct geo_verdict *verdict)
{
    struct geo_trial of_a, of_b;
    size_t a = 0, b = 0, covered = find_two(evidence, &a, &b);
    if (10 * covered < PAIR_SHARE * evidence->trial[0].texts)
        return GEO_OK;
    for (size_t i = 0; i < evidence->sample->n; i++)
        part[i] = geo_is_covered(&evidence->cell[a][i]);
    GEO_TRY(geo_try_encoding(ctx, evidence->sample, part, evidence->trial[a].reading.encoding,
                             &of_a, NULL));
    select_rest(evidence, a, b, part);
    GEO_TRY(geo_try_encoding(ctx, evidence->sample, part, evidence->trial[b].reading.encoding,
                             &of_b, NULL));
    if (of_a.reading.valid < SURE_WORDS || of_b.reading.valid < SURE_WORDS)
        return GEO_OK;
    of_a.reading.confidence = of_b.reading.confidence = 1;
    verdict->certainty = GEO_TEXT_MIXED;
    verdict->n = 1;
    verdict->reading[0] = of_a.reading;
    geo_set_rest(evidence, part, &of_b.reading, verdict);
    return GEO_OK;
}

enum geo_status geo_find_pair(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                              struct geo_verdict *verdict)
{
    bool *part = calloc(evidence->sample->n + 1, sizeof *part);
    if (!part)
        return geo_no_memory(ctx);
    enum geo_status status = judge_pair(ctx, evidence, part, verdict);
    free(part);
    return status;
}

/* ---- Vietnamese beside another language ---- */

/* The encoding that reads the most words of texts as Vietnamese. */
static size_t find_best(const struct geo_evidence *evidence, bool *part, size_t *n)
{
    size_t best = GEO_TRIED_UTF8;
    for (size_t k = 0; k < GEO_TRIED; k++)
        if (evidence->trial[k].reading.valid > evidence->trial[best].reading.valid)
            best = k;
    *n = 0;
    for (size_t i = 0; i < evidence->sample->n; i++) {
        part[i] = is_in(evidence, i) && geo_is_covered(&evidence->cell[best][i]);
        *n += part[i];
    }
    return best;
}

/* Words of other languages are syllables by a smaller chance, 1 in 20 at most in the lists tried;
 * bytes at random by a greater one, but no opinion is had of those. */
static enum geo_status judge_hidden(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                    const struct geo_reading *opinion, bool *part,
                                    struct geo_verdict *verdict)
{
    struct geo_trial hidden, other;
    size_t n, best = find_best(evidence, part, &n);
    const char *encoding = evidence->trial[best].reading.encoding;
    if ((opinion ? MANY : MANY / 2) * n < evidence->trial[best].texts)
        return GEO_OK;
    GEO_TRY(geo_try_encoding(ctx, evidence->sample, part, encoding, &hidden, NULL));
    if (opinion)
        GEO_TRY(geo_try_encoding(ctx, evidence->sample, part, opinion->encoding, &other, NULL));
    if (hidden.reading.valid < SURE_WORDS || (opinion && other.hash == hidden.hash))
        return GEO_OK;
    hidden.reading.confidence = 1;
    verdict->certainty = GEO_TEXT_MIXED;
    geo_set_rest(evidence, part, &hidden.reading, verdict);
    return GEO_OK;
}

enum geo_status geo_find_hidden(struct geo_ctx *ctx, const struct geo_evidence *evidence,
                                const struct geo_reading *opinion, struct geo_verdict *verdict)
{
    bool *part = calloc(evidence->sample->n + 1, sizeof *part);
    if (!part)
        return geo_no_memory(ctx);
    enum geo_status status = judge_hidden(ctx, evidence, opinion, part, verdict);
    free(part);
    return status;
}
