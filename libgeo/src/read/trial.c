#include "read/trial.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/fail.h"
#include "read/signs.h"
#include "read/syllable.h"
#include "read/text.h"

struct known_word {
    uint64_t hash; /* 0: the place is free */
    enum geo_word kind;
};

/* A trial while it runs. */
struct run {
    const struct geo_sample *sample;
    struct geo_trial *trial;
    struct geo_decoder *decoder;
    struct geo_batch *batch; /* whose text the readings are */
    bool is_tcvn3;
    struct geo_trial_cell *cell; /* the one at hand */
    struct known_word *word;     /* open addressing: the words so far */
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

/* The place of a word, free if it is not known. */
static struct known_word *find(struct known_word *word, size_t room, uint64_t hash)
{
    size_t i = hash & (room - 1);
    while (word[i].hash && word[i].hash != hash)
        i = (i + 1) & (room - 1);
    return &word[i];
}

static enum geo_status make_room(struct geo_ctx *ctx, struct run *run)
{
    if (2 * run->word_count < run->word_room)
        return GEO_OK;
    size_t room = run->word_room ? 2 * run->word_room : 512;
    struct known_word *word = calloc(room, sizeof *word);
    if (!word)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < run->word_room; i++)
        if (run->word[i].hash)
            *find(word, room, run->word[i].hash) = run->word[i];
    free(run->word);
    run->word = word;
    run->word_room = room;
    return GEO_OK;
}

/* A word that is not all ASCII. It counts once for the trial, and every time for its text. */
static enum geo_status count_word(struct geo_ctx *ctx, struct run *run, const char *word, size_t n)
{
    struct geo_reading *reading = &run->trial->reading;
    uint64_t hash = hash_bytes(14695981039346656037u, word, n);
    GEO_TRY(make_room(ctx, run));
    struct known_word *known = find(run->word, run->word_room, hash ? hash : 1);
    if (!known->hash) {
        *known = (struct known_word){hash ? hash : 1, geo_judge_word(word, n, run->is_tcvn3)};
        run->word_count++;
        reading->valid += known->kind == GEO_WORD_SYLLABLE;
        reading->impossible += known->kind == GEO_WORD_IMPOSSIBLE;
    }
    run->cell->valid += known->kind == GEO_WORD_SYLLABLE;
    run->cell->impossible += known->kind == GEO_WORD_IMPOSSIBLE;
    return GEO_OK;
}

/* ---- texts ---- */

/* Goes through the words of a text. */
static enum geo_status count_words(struct geo_ctx *ctx, struct run *run, const char *text, size_t n)
{
    size_t begin = 0, at = 0;
    bool is_marked = false;
    while (at <= n) {
        utf8proc_ssize_t used = 1;
        utf8proc_int32_t point = ' ';
        if (at < n)
            used = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at),
                                    &point);
        if (is_between(point)) {
            if (is_marked)
                GEO_TRY(count_word(ctx, run, text + begin, at - begin));
            is_marked = false;
            begin = at + (size_t)used;
        } else {
            is_marked |= point >= 0x80 || point < ' ';
        }
        at += (size_t)used;
    }
    return GEO_OK;
}

static enum geo_status count_text(struct geo_ctx *ctx, struct run *run, const char *text, size_t n)
{
    struct geo_trial *trial = run->trial;
    struct geo_signs signs = geo_signs_of(text, n);
    trial->odd += signs.is_odd;
    trial->suspect += signs.is_suspect;
    trial->leaning += signs.leaning;
    trial->rare += signs.rare;
    run->cell->is_odd = signs.is_odd;
    run->cell->hash = hash_bytes(1, text, n);
    trial->hash = trial->hash * 31 + run->cell->hash;
    return count_words(ctx, run, text, n);
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
    size_t cut = geo_decoder_cut(run->decoder, bytes, cell->n, cell->is_full);
    if (status == GEO_ETEXT && cut > 0 && cut < cell->n)
        status = geo_decode(ctx, run->decoder, bytes, cell->n - cut, run->batch, &at, &length);
    if (status == GEO_ETEXT) {
        run->trial->undecodable++;
        run->trial->reading.impossible++;
        run->cell->is_odd = true;
        return GEO_OK;
    }
    GEO_TRY(status);
    const char *text = run->batch->text + at;
    show(run, text, length);
    return count_text(ctx, run, text, length);
}

/* Names of fields come last, for they show less. */
static enum geo_status read_all(struct geo_ctx *ctx, struct run *run, const bool *part,
                                struct geo_trial_cell *cell)
{
    struct geo_trial_cell any;
    for (int are_names = 0; are_names < 2; are_names++)
        for (size_t i = 0; i < run->sample->n; i++) {
            if ((run->sample->cell[i].column == GEO_SAMPLE_NAMES) != are_names)
                continue;
            run->cell = cell ? &cell[i] : &any;
            *run->cell = (struct geo_trial_cell){.is_tried = !part || part[i]};
            if (run->cell->is_tried)
                GEO_TRY(read_cell(ctx, run, &run->sample->cell[i]));
            run->trial->texts += run->cell->is_tried;
        }
    return GEO_OK;
}

enum geo_status geo_try_encoding(struct geo_ctx *ctx, const struct geo_sample *sample,
                                 const bool *part, const char *encoding, struct geo_trial *trial,
                                 struct geo_trial_cell *cell)
{
    struct geo_trial made = {.hash = 1};
    struct run run = {.sample = sample, .trial = &made};
    GEO_TRY(geo_decoder_new(ctx, encoding, &run.decoder));
    snprintf(made.reading.encoding, sizeof made.reading.encoding, "%s",
             geo_decoder_name(run.decoder));
    run.is_tcvn3 = !strcmp(made.reading.encoding, "TCVN");
    run.batch = geo_batch_new();
    enum geo_status status = run.batch ? read_all(ctx, &run, part, cell) : geo_no_memory(ctx);
    geo_batch_free(run.batch);
    geo_decoder_free(run.decoder);
    free(run.word);
    if (status == GEO_OK)
        *trial = made;
    return status;
}
