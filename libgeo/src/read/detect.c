/* How sure a reading is. Words are counted once each, however often they stand there, so that they
 * are nearly independent evidence. Every word of the lists of place names that were tried is a
 * syllable; the shares below leave room for foreign names and slips. */
#include "read/detect.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/fail.h"
#include "read/text.h"
#include "read/trial.h"

#define CERTAIN 0.999
#define SYLLABLES_IF_RIGHT 0.97 /* of the different words with marks */
#define SYLLABLES_IF_NOT 0.3    /* in text that is not Vietnamese */
#define OPINION_MIN 6           /* texts that libuchardet's opinion needs */

static const char *const vietnamese[] = {"TCVN", GEO_VNI, "CP1258", "VISCII"};
enum { VIETNAMESE = sizeof vietnamese / sizeof *vietnamese };

static double log_likelihood(const struct geo_reading *reading, double share)
{
    return (double)reading->valid * log(share) + (double)reading->impossible * log(1 - share);
}

static void add_reading(struct geo_verdict *verdict, const struct geo_reading *reading)
{
    for (size_t i = 0; i < verdict->n; i++)
        if (!strcmp(verdict->reading[i].encoding, reading->encoding))
            return;
    if (verdict->n < GEO_READINGS_MAX)
        verdict->reading[verdict->n++] = *reading;
}

/* ---- Vietnamese ---- */

/* Sorts by likelihood, the best first. */
static void rank(struct geo_trial *trial, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && log_likelihood(&trial[k].reading, SYLLABLES_IF_RIGHT) >
                                        log_likelihood(&trial[k - 1].reading, SYLLABLES_IF_RIGHT);
             k--) {
            struct geo_trial swap = trial[k];
            trial[k] = trial[k - 1];
            trial[k - 1] = swap;
        }
}

/* Sets the probabilities of n ranked trials, of which those that read alike count once. @return that
 * of text that is not Vietnamese. */
static double weigh(struct geo_trial *trial, size_t n)
{
    double best = log_likelihood(&trial[0].reading, SYLLABLES_IF_RIGHT);
    double other = exp(log_likelihood(&trial[0].reading, SYLLABLES_IF_NOT) - best), sum = other;
    for (size_t i = 0; i < n; i++) {
        struct geo_reading *reading = &trial[i].reading;
        reading->confidence = exp(log_likelihood(reading, SYLLABLES_IF_RIGHT) - best);
        for (size_t k = 0; k < i; k++)
            if (trial[k].hash == trial[i].hash)
                reading->confidence = 0;
        sum += reading->confidence;
    }
    for (size_t i = 0; i < n; i++)
        trial[i].reading.confidence /= sum;
    return other / sum;
}

/* ---- the rest of the world ---- */

/* libuchardet's opinion of every step-th text from first on, as iconv names it; "" if none. */
static void ask_uchardet(const struct geo_sample *sample, size_t first, size_t step, char *name,
                         size_t room)
{
    uchardet_t detector = uchardet_new();
    name[0] = '\0';
    if (!detector)
        return;
    for (size_t i = first; i < sample->n; i += step) {
        const struct geo_sample_cell *cell = &sample->cell[i];
        uchardet_handle_data(detector, sample->bytes + cell->at, cell->n);
        uchardet_handle_data(detector, "\n", 1);
    }
    uchardet_data_end(detector);
    geo_encoding_name(uchardet_get_charset(detector), name, room);
    uchardet_delete(detector);
}

/* The opinion as a trial; is_usable: all texts are what it says. What is called ISO-8859-1 is
 * windows-1252, whose letters are the same; Taiwan's BIG5 may be Microsoft's. */
static enum geo_status try_opinion(struct geo_ctx *ctx, const struct geo_sample *sample,
                                   size_t first, size_t step, struct geo_trial *trial,
                                   bool *is_usable)
{
    char name[64];
    *is_usable = false;
    ask_uchardet(sample, first, step, name, sizeof name);
    if (!strcmp(name, "ISO-8859-1"))
        snprintf(name, sizeof name, "CP1252");
    enum geo_status status = name[0] ? geo_try_encoding(ctx, sample, name, trial) : GEO_ETEXT;
    if (status == GEO_OK && trial->undecodable > 0 && !strcmp(name, "BIG5"))
        status = geo_try_encoding(ctx, sample, "CP950", trial);
    if (status == GEO_ETEXT)
        return GEO_OK;
    GEO_TRY(status);
    trial->reading.confidence = NAN;
    *is_usable = trial->undecodable == 0 && trial->odd == 0;
    return GEO_OK;
}

static enum geo_status detect_other(struct geo_ctx *ctx, const struct geo_sample *sample,
                                    struct geo_verdict *verdict)
{
    static const size_t part[3][2] = {{0, 1}, {0, 2}, {1, 2}};
    struct geo_trial trial[3];
    bool is_usable[3];
    for (size_t i = 0; i < 3; i++) {
        GEO_TRY(try_opinion(ctx, sample, part[i][0], part[i][1], &trial[i], &is_usable[i]));
        if (is_usable[i])
            add_reading(verdict, &trial[i].reading);
    }
    if (is_usable[0] && is_usable[1] && is_usable[2] && trial[0].hash == trial[1].hash &&
        trial[0].hash == trial[2].hash && sample->n >= OPINION_MIN)
        verdict->certainty = GEO_TEXT_CERTAIN;
    return GEO_OK;
}

/* ---- the verdict ---- */

/* Whether text is UTF-8 as a whole, or enough of it that what is not cannot be another encoding. */
static bool is_utf8(const struct geo_sample *sample, const struct geo_trial *utf8, bool *is_mixed)
{
    size_t good = sample->n - utf8->undecodable;
    *is_mixed = utf8->undecodable > 0 && 10 * (good - utf8->odd) > sample->n;
    return utf8->undecodable == 0 && utf8->odd == 0;
}

static enum geo_status weigh_all(struct geo_ctx *ctx, const struct geo_sample *sample,
                                 const struct geo_trial *utf8, struct geo_verdict *verdict)
{
    struct geo_trial trial[VIETNAMESE];
    for (size_t i = 0; i < VIETNAMESE; i++)
        GEO_TRY(geo_try_encoding(ctx, sample, vietnamese[i], &trial[i]));
    rank(trial, VIETNAMESE);
    double other = weigh(trial, VIETNAMESE);
    if (trial[0].reading.confidence >= CERTAIN)
        verdict->certainty = GEO_TEXT_CERTAIN;
    for (size_t i = 0; i < VIETNAMESE; i++)
        if (trial[i].reading.confidence >= 1 - CERTAIN)
            add_reading(verdict, &trial[i].reading);
    if (verdict->certainty == GEO_TEXT_CERTAIN)
        return GEO_OK;
    if (utf8->undecodable == 0) {
        add_reading(verdict, &utf8->reading);
        if (2 * utf8->odd <= sample->n || other >= CERTAIN) { /* odd, but valid */
            verdict->reading[0] = utf8->reading;
            verdict->certainty = GEO_TEXT_CERTAIN;
        }
        return GEO_OK;
    }
    return other >= CERTAIN ? detect_other(ctx, sample, verdict) : GEO_OK;
}

enum geo_status geo_detect(struct geo_ctx *ctx, const struct geo_sample *sample,
                           struct geo_verdict *verdict)
{
    struct geo_verdict made = {.certainty = GEO_TEXT_PLAIN};
    struct geo_trial utf8;
    bool is_mixed;
    if (sample->n > 0) {
        GEO_TRY(geo_try_encoding(ctx, sample, "UTF-8", &utf8));
        utf8.reading.confidence = 1;
        made.certainty = GEO_TEXT_AMBIGUOUS;
        if (is_utf8(sample, &utf8, &is_mixed)) {
            made.certainty = GEO_TEXT_CERTAIN;
            add_reading(&made, &utf8.reading);
        } else if (is_mixed) {
            utf8.reading.confidence = NAN;
            add_reading(&made, &utf8.reading);
        } else {
            GEO_TRY(weigh_all(ctx, sample, &utf8, &made));
        }
    }
    *verdict = made;
    return GEO_OK;
}

enum geo_status geo_doubt(struct geo_ctx *ctx, const struct geo_sample *sample, const char *stated,
                          const struct geo_verdict *verdict, bool *is_wrong)
{
    struct geo_trial as_stated, as_found;
    bool is_known = false;
    *is_wrong = false;
    if (verdict->certainty != GEO_TEXT_CERTAIN)
        return GEO_OK;
    const char *found = verdict->reading[0].encoding;
    for (size_t i = 0; i < VIETNAMESE; i++)
        is_known = is_known || !strcmp(found, vietnamese[i]);
    if (!is_known && (strcmp(found, "UTF-8") != 0 || sample->n < 2))
        return GEO_OK;
    GEO_TRY(geo_try_encoding(ctx, sample, stated, &as_stated));
    GEO_TRY(geo_try_encoding(ctx, sample, found, &as_found));
    *is_wrong = as_stated.hash != as_found.hash;
    return GEO_OK;
}
