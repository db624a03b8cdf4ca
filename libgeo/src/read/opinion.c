#include "read/opinion.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/fail.h"
#include "read/text.h"
#include "read/trial.h"

#define OPINION_MIN 6   /* texts that an opinion needs */
#define HALF_MIN 12     /* texts of a half, or of a column, that it is asked of too */
#define SUSPECT_MAX 20  /* one text in so many may have signs that no text has */
#define COLUMNS_MAX 254 /* asked one by one, which is all that a .dbf has */

/* Code pages that write the same languages, those of Windows first; what libuchardet takes for one
 * may be any. Those of the west write some of what the others do. */
enum { FAMILIES = 13, FAMILY_MAX = 7 };
static const char *const family[FAMILIES][FAMILY_MAX] = {
    {"CP1252", "ISO-8859-15"},
    {"CP1250", "CP1252", "ISO-8859-2", "ISO-8859-16"},
    {"CP1257", "CP1252", "ISO-8859-13", "ISO-8859-4", "ISO-8859-10"},
    {"CP1254", "CP1252", "ISO-8859-9", "ISO-8859-3"},
    {"CP1251", "KOI8-R", "KOI8-U", "CP866", "ISO-8859-5", "MAC-CYRILLIC", "CP855"},
    {"CP1253", "ISO-8859-7"},
    {"CP1255", "ISO-8859-8"},
    {"CP1256", "ISO-8859-6"},
    {"TIS-620", "CP874"},
    {"BIG5", "CP950"},
    {"GB18030", "GBK"},
    {"SHIFT_JIS", "CP932"},
    {"EUC-KR", "UHC"},
};

/* The texts that libuchardet is asked of: every step-th from first on to end, of a column or all. */
struct selection {
    size_t first, step, end;
    int column;
    bool is_of_column;
};

/* Its opinion, as iconv names it; "" if none. What it calls ISO-8859-1 is windows-1252, whose
 * letters are the same. @return the texts that it was asked of. */
static size_t ask(const struct geo_sample *sample, const bool *part, struct selection of,
                  char *name, size_t room)
{
    uchardet_t detector = uchardet_new();
    size_t asked = 0;
    name[0] = '\0';
    if (!detector)
        return 0;
    for (size_t i = of.first; i < of.end; i += of.step) {
        const struct geo_sample_cell *cell = &sample->cell[i];
        if ((part && !part[i]) || (of.is_of_column && cell->column != of.column))
            continue;
        uchardet_handle_data(detector, sample->bytes + cell->at, cell->n);
        uchardet_handle_data(detector, "\n", 1);
        asked++;
    }
    uchardet_data_end(detector);
    geo_encoding_name(uchardet_get_charset(detector), name, room);
    uchardet_delete(detector);
    if (!strcmp(name, "ISO-8859-1"))
        snprintf(name, room, "CP1252");
    if (geo_is_vietnamese(name)) /* which its words have ruled out */
        name[0] = '\0';
    return asked;
}

/* The family of an encoding; one of its own, FAMILIES, if it is in none. */
static size_t family_of(const char *name)
{
    for (size_t f = 0; f < FAMILIES; f++)
        for (size_t k = 0; k < FAMILY_MAX && family[f][k]; k++)
            if (!strcmp(family[f][k], name))
                return f;
    return FAMILIES;
}

/* ---- the members of a family ---- */

/* Readings of a family that the text may have, the best first. */
struct ranking {
    size_t n;
    struct geo_trial trial[FAMILY_MAX];
};

static bool is_usable(const struct geo_trial *trial)
{
    return trial->undecodable == 0 && trial->odd == 0 &&
           trial->suspect * SUSPECT_MAX <= trial->texts;
}

/* < 0: a reads better than b. */
static int compare(const struct geo_trial *a, const struct geo_trial *b)
{
    const size_t of_a[] = {a->suspect, a->leaning, a->rare};
    const size_t of_b[] = {b->suspect, b->leaning, b->rare};
    for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++)
        if (of_a[i] != of_b[i])
            return of_a[i] < of_b[i] ? -1 : 1;
    return 0;
}

static enum geo_status add_member(struct geo_ctx *ctx, const struct geo_sample *sample,
                                  const bool *part, const char *name, struct ranking *ranking)
{
    struct geo_trial trial;
    enum geo_status status = geo_try_encoding(ctx, sample, part, name, &trial, NULL);
    if (status == GEO_ETEXT)
        return GEO_OK;
    GEO_TRY(status);
    trial.reading.confidence = NAN;
    if (!is_usable(&trial))
        return GEO_OK;
    size_t at = ranking->n++;
    for (; at > 0 && compare(&trial, &ranking->trial[at - 1]) < 0; at--)
        ranking->trial[at] = ranking->trial[at - 1];
    ranking->trial[at] = trial;
    return GEO_OK;
}

static enum geo_status rank_family(struct geo_ctx *ctx, const struct geo_sample *sample,
                                   const bool *part, size_t its, const char *alone,
                                   struct ranking *ranking)
{
    *ranking = (struct ranking){0};
    if (its == FAMILIES)
        return add_member(ctx, sample, part, alone, ranking);
    for (size_t k = 0; k < FAMILY_MAX && family[its][k]; k++)
        GEO_TRY(add_member(ctx, sample, part, family[its][k], ranking));
    return GEO_OK;
}

/* Adds the best readings that differ. @return whether there is but one. */
static bool add_best(const struct ranking *ranking, struct geo_verdict *verdict)
{
    size_t added = 0;
    for (size_t i = 0; i < ranking->n && compare(&ranking->trial[i], &ranking->trial[0]) == 0;
         i++) {
        bool is_new = true;
        for (size_t k = 0; k < i; k++)
            is_new = is_new && ranking->trial[k].hash != ranking->trial[i].hash;
        if (is_new)
            geo_add_reading(verdict, &ranking->trial[i].reading);
        added += is_new;
    }
    return added == 1;
}

/* ---- the opinion ---- */

/* Whether a selection of at least so many texts is said to be of another family. */
static bool contradicts(const struct geo_sample *sample, const bool *part, struct selection of,
                        size_t min, const char *name)
{
    char other[64];
    size_t asked = ask(sample, part, of, other, sizeof other), its = family_of(name);
    if (asked < min || !other[0])
        return false;
    return its == FAMILIES ? strcmp(name, other) != 0 : family_of(other) != its;
}

/* Whether it is said to be of the same. */
static bool confirms(const struct geo_sample *sample, const bool *part, struct selection of,
                     const char *name)
{
    char other[64];
    ask(sample, part, of, other, sizeof other);
    return other[0] && !contradicts(sample, part, of, 0, name);
}

static bool is_agreed(const struct geo_sample *sample, const bool *part, const char *name)
{
    size_t n = sample->n, columns = sample->column_count;
    for (size_t first = 0; first < 2; first++)
        if (!confirms(sample, part, (struct selection){first, 2, n, 0, false}, name))
            return false;
    for (size_t half = 0; half < 2; half++) {
        struct selection of = {half * (n / 2), 1, half ? n : n / 2, 0, false};
        if (contradicts(sample, part, of, HALF_MIN, name))
            return false;
    }
    for (size_t c = 1; columns > 2 && c < columns && c < COLUMNS_MAX; c++) {
        struct selection of = {0, 1, n, (int)c - 1, true};
        if (sample->taken[c] >= HALF_MIN && contradicts(sample, part, of, HALF_MIN, name))
            return false;
    }
    return true;
}

/* What is plausible where there is no opinion, or not enough to go by. */
static enum geo_status add_plausible(struct geo_ctx *ctx, const struct geo_sample *sample,
                                     const bool *part, struct geo_verdict *verdict)
{
    struct ranking ranking;
    char name[64];
    for (size_t k = 0; k < 2; k++) {
        struct selection of = {k, k + 1, sample->n, 0, false};
        ask(sample, part, of, name, sizeof name);
        GEO_TRY(rank_family(ctx, sample, part, family_of(name), name, &ranking));
        if (name[0])
            add_best(&ranking, verdict);
    }
    GEO_TRY(rank_family(ctx, sample, part, FAMILIES, "CP1252", &ranking));
    if (ranking.n > 0 && ranking.trial[0].suspect == 0)
        geo_add_reading(verdict, &ranking.trial[0].reading);
    return GEO_OK;
}

enum geo_status geo_ask_opinion(struct geo_ctx *ctx, const struct geo_sample *sample,
                                const bool *part, struct geo_verdict *verdict)
{
    struct ranking ranking;
    char name[64];
    struct selection all = {0, 1, sample->n, 0, false};
    size_t asked = ask(sample, part, all, name, sizeof name);
    if (!name[0] || asked < OPINION_MIN || !is_agreed(sample, part, name))
        return add_plausible(ctx, sample, part, verdict);
    GEO_TRY(rank_family(ctx, sample, part, family_of(name), name, &ranking));
    if (add_best(&ranking, verdict))
        verdict->certainty = GEO_TEXT_CERTAIN;
    return GEO_OK;
}
