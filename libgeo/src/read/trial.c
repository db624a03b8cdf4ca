#include "read/trial.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/fail.h"
#include "read/syllable.h"
#include "read/text.h"

/* A trial while it runs. */
struct run {
    const struct geo_sample *sample;
    struct geo_trial *trial;
    struct geo_decoder *decoder;
    struct geo_batch *batch; /* whose text the readings are */
    bool is_tcvn3;
    uint64_t *word; /* open addressing: hashes of the words so far */
    size_t word_room, word_count;
    size_t shown; /* texts in the reading's sample */
};

/* ---- words ---- */

/* What stands between words beside ASCII. */
static bool is_between(utf8proc_int32_t point)
{
    static const uint16_t between[] = {0xA0,   0xB0,   0xB2,   0xB3,   0xB7,   0xD7,   0x2013,
                                       0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026};
    if (point < 0x80)
        return !isalpha(point) && (point >= ' ' || point == '\t' || point == '\n' || point == '\r');
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        if (point == between[i])
            return true;
    return false;
}

static uint64_t hash_bytes(uint64_t hash, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash;
}

static void put(uint64_t *word, size_t room, uint64_t hash)
{
    size_t i = hash & (room - 1);
    while (word[i] && word[i] != hash)
        i = (i + 1) & (room - 1);
    word[i] = hash;
}

/* Whether a word is met for the first time; it is known afterwards. */
static enum geo_status meet(struct geo_ctx *ctx, struct run *run, uint64_t hash, bool *is_new)
{
    if (2 * run->word_count >= run->word_room) {
        size_t room = run->word_room ? 2 * run->word_room : 512;
        uint64_t *word = calloc(room, sizeof *word);
        if (!word)
            return geo_no_memory(ctx);
        for (size_t i = 0; i < run->word_room; i++)
            if (run->word[i])
                put(word, room, run->word[i]);
        free(run->word);
        run->word = word;
        run->word_room = room;
    }
    size_t i = hash & (run->word_room - 1);
    while (run->word[i] && run->word[i] != hash)
        i = (i + 1) & (run->word_room - 1);
    *is_new = !run->word[i];
    run->word_count += *is_new;
    run->word[i] = hash;
    return GEO_OK;
}

/* A word that is not all ASCII. */
static enum geo_status count_word(struct geo_ctx *ctx, struct run *run, const char *word, size_t n)
{
    struct geo_reading *reading = &run->trial->reading;
    uint64_t hash = hash_bytes(14695981039346656037u, word, n);
    bool is_new = false;
    GEO_TRY(meet(ctx, run, hash ? hash : 1, &is_new));
    enum geo_word kind = is_new ? geo_judge_word(word, n, run->is_tcvn3) : GEO_WORD_NEITHER;
    reading->valid += kind == GEO_WORD_SYLLABLE;
    reading->impossible += kind == GEO_WORD_IMPOSSIBLE;
    return GEO_OK;
}

/* ---- texts ---- */

/* Latin is 1, whatever is no letter of a script 0; blocks of 256 stand for other scripts, which is
 * enough to see two in a word. */
static utf8proc_int32_t script_of(utf8proc_int32_t point)
{
    if (point < 0x80 ? isalpha(point) : (point >= 0xC0 && point < 0x250) || point >> 8 == 0x1E)
        return 1;
    if (point < 0xC0 || (point >= 0x300 && point < 0x370) || point >= 0x2000)
        return 0;
    return point >> 8;
}

static bool is_odd(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:
        return point != '\t' && point != '\n' && point != '\r';
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
        return true;
    default:
        return point == 0xFFFD;
    }
}

/* Goes through the words of a text. */
static enum geo_status count_text(struct geo_ctx *ctx, struct run *run, const char *text, size_t n)
{
    size_t begin = 0, at = 0;
    bool is_marked = false, is_text_odd = false;
    utf8proc_int32_t point, script = 0;
    while (at <= n) {
        utf8proc_ssize_t used = 1;
        point = ' ';
        if (at < n)
            used = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at),
                                    &point);
        if (is_between(point)) {
            if (is_marked)
                GEO_TRY(count_word(ctx, run, text + begin, at - begin));
            is_marked = false;
            script = 0;
            begin = at + (size_t)used;
        } else {
            utf8proc_int32_t its = script_of(point);
            is_marked |= point >= 0x80 || point < ' ';
            is_text_odd |= is_odd(point) || (script && its && its != script);
            script = its ? its : script;
        }
        at += (size_t)used;
    }
    run->trial->odd += is_text_odd;
    return GEO_OK;
}

/* Adds a text to those that show how the sample reads. */
static void show(struct run *run, const char *text, size_t n)
{
    struct geo_reading *reading = &run->trial->reading;
    size_t used = strlen(reading->text), room = sizeof reading->text - used;
    if (run->shown == 3 || n + 3 > room)
        return;
    snprintf(reading->text + used, room, "%s%.*s", run->shown ? ", " : "", (int)n, text);
    run->shown++;
}

static enum geo_status read_cell(struct geo_ctx *ctx, struct run *run,
                                 const struct geo_sample_cell *cell)
{
    const char *bytes = run->sample->bytes + cell->at;
    size_t at = 0, length = 0;
    enum geo_status status =
        geo_decode(ctx, run->decoder, bytes, cell->n, run->batch, &at, &length);
    size_t cut = geo_decoder_unfinished(run->decoder);
    if (status == GEO_ETEXT && cell->is_full && cut > 0 && cut < cell->n)
        status = geo_decode(ctx, run->decoder, bytes, cell->n - cut, run->batch, &at, &length);
    if (status == GEO_ETEXT) {
        run->trial->undecodable++;
        run->trial->reading.impossible++;
        return GEO_OK;
    }
    GEO_TRY(status);
    const char *text = run->batch->text + at;
    run->trial->hash = hash_bytes(run->trial->hash * 31, text, length);
    show(run, text, length);
    return count_text(ctx, run, text, length);
}

static enum geo_status read_all(struct geo_ctx *ctx, struct run *run)
{
    /* Names of fields come last, for they show less. */
    for (int are_names = 0; are_names < 2; are_names++)
        for (size_t i = 0; i < run->sample->n; i++)
            if ((run->sample->cell[i].column == GEO_SAMPLE_NAMES) == are_names)
                GEO_TRY(read_cell(ctx, run, &run->sample->cell[i]));
    return GEO_OK;
}

enum geo_status geo_try_encoding(struct geo_ctx *ctx, const struct geo_sample *sample,
                                 const char *encoding, struct geo_trial *trial)
{
    struct geo_trial made = {.hash = 1};
    struct run run = {.sample = sample, .trial = &made};
    GEO_TRY(geo_decoder_new(ctx, encoding, &run.decoder));
    snprintf(made.reading.encoding, sizeof made.reading.encoding, "%s",
             geo_decoder_name(run.decoder));
    run.is_tcvn3 = !strcmp(made.reading.encoding, "TCVN");
    run.batch = geo_batch_new();
    enum geo_status status = run.batch ? read_all(ctx, &run) : geo_no_memory(ctx);
    geo_batch_free(run.batch);
    geo_decoder_free(run.decoder);
    free(run.word);
    if (status == GEO_OK)
        *trial = made;
    return status;
}
