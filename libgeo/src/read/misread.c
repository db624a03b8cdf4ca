#include "read/misread.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utf8proc.h>

#include "base/fail.h"
#include "read/detect.h"
#include "read/text.h"
#include "read/text_notes.h"

#define ROWS 65536
#define TEXTS 512 /* different ones of a column */

/* ---- the way back ---- */

/* The byte that windows-1252 has for a character, -1 if none. The five bytes that it has not are
 * controls to many programs. */
static int byte_of(utf8proc_int32_t point)
{
    static const uint16_t upper[32] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
        0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    if (point < 0x80 || (point >= 0xA0 && point < 0x100))
        return (int)point;
    for (int i = 0; i < 32; i++)
        if (point == upper[i] || point == 0x80 + i)
            return 0x80 + i;
    return -1;
}

/* Writes the bytes of a text of n bytes, of which there are no more. False: it can have none. */
static bool write_bytes(const char *text, size_t n, char *bytes, size_t *count)
{
    size_t at = 0;
    *count = 0;
    while (at < n) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(n - at), &point);
        int byte = used > 0 ? byte_of(point) : -1;
        if (byte < 0)
            return false;
        bytes[(*count)++] = (char)byte;
        at += (size_t)used;
    }
    return true;
}

/* ---- whether it is worth going ---- */

/* The bytes that the texts may have come from, and how many can have come from none. */
struct search {
    struct geo_sample sample;
    size_t possible, impossible;
};

static enum geo_status add_text(struct geo_ctx *ctx, const char *text, size_t n, size_t column,
                                int64_t fid, struct search *search)
{
    struct geo_sample_cell cell = {.column = (int)column, .fid = fid};
    if (geo_is_plain_text(text, n))
        return GEO_OK;
    char *bytes = malloc(n + 1);
    if (!bytes)
        return geo_no_memory(ctx);
    bool is_possible = write_bytes(text, n, bytes, &cell.n);
    search->possible += is_possible;
    search->impossible += !is_possible;
    enum geo_status status =
        is_possible ? geo_sample_add(ctx, &search->sample, cell, bytes) : GEO_OK;
    free(bytes);
    return status;
}

static enum geo_status add_batch(struct geo_ctx *ctx, const struct geo_batch *batch,
                                 struct search *search)
{
    for (size_t c = 0; c < batch->column_count; c++) {
        const struct geo_column *column = &batch->column[c];
        for (size_t i = 0; i < batch->n; i++)
            if (column->cell_type[i] == GEO_TYPE_TEXT)
                GEO_TRY(add_text(ctx, batch->text + column->value[i].text.at,
                                 column->value[i].text.n, c, batch->fid[i], search));
    }
    return GEO_OK;
}

static enum geo_status read_rows(struct geo_ctx *ctx, const char *path,
                                 const struct geo_read_options *options, struct search *search)
{
    struct geo_read_options plain = *options;
    struct geo_source *source = NULL;
    struct geo_batch *batch = geo_batch_new();
    plain.where = plain.select = NULL;
    plain.fix = 0;
    plain.any_text = false;
    plain.any_crs = true;
    enum geo_status status = batch ? GEO_OK : geo_no_memory(ctx);
    if (status == GEO_OK)
        status = geo_source_open(ctx, &path, 1, &plain, &source);
    for (size_t rows = 0; status == GEO_OK && rows < ROWS; rows += batch->n) {
        status = geo_source_next(ctx, source, batch);
        if (status == GEO_OK)
            status = add_batch(ctx, batch, search);
    }
    geo_source_close(ctx, source);
    geo_batch_free(batch);
    return status == GEO_ENOMEM ? status : GEO_OK; /* else the reader says what is wrong */
}

static enum geo_status tell(struct geo_ctx *ctx, const struct geo_reading *reading, bool may_fix,
                            struct geo_input *input)
{
    struct geo_origin *origin = &input->origin;
    struct geo_text_finding *finding = geo_add_text_finding(origin, GEO_SEVERITY_WARNING);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what,
            "text was decoded as windows-1252 before it was stored, but is %s", reading->encoding);
    geo_say(finding->evidence, sizeof finding->evidence, "taken back to its bytes it reads '%s'",
            reading->text);
    geo_say(finding->remedy, sizeof finding->remedy, "geo-export --fix text");
    if (!may_fix)
        return geo_add_text_note(ctx, origin, finding->what, finding->remedy);
    GEO_TRY(geo_add_text_note(ctx, origin, finding->what, "fixed: restored"));
    return geo_decoder_new(ctx, reading->encoding, &input->misread);
}

/* Vietnamese that was stored rightly has characters that windows-1252 lacks in most of its texts;
 * what it has may look like VISCII, in which it reads as it is. */
static enum geo_status judge(struct geo_ctx *ctx, const struct search *search, bool may_fix,
                             struct geo_input *input)
{
    struct geo_verdict verdict;
    bool is_wrong;
    if (search->possible == 0 || search->impossible > search->possible)
        return GEO_OK;
    GEO_TRY(geo_detect(ctx, &search->sample, &verdict));
    GEO_TRY(geo_doubt(ctx, &search->sample, "ISO-8859-1", &verdict, &is_wrong));
    return is_wrong ? tell(ctx, &verdict.reading[0], may_fix, input) : GEO_OK;
}

enum geo_status geo_find_misread(struct geo_ctx *ctx, const char *path,
                                 const struct geo_read_options *options, struct geo_input *input)
{
    struct search search = {.sample.column_max = TEXTS};
    struct stat found;
    if (strcmp(input->origin.encoding, "UTF-8") != 0 || stat(path, &found) != 0 ||
        !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)))
        return GEO_OK;
    enum geo_status status = read_rows(ctx, path, options, &search);
    if (status == GEO_OK)
        status = judge(ctx, &search, options->fix & GEO_FIX_TEXT, input);
    geo_sample_release(&search.sample);
    return status;
}

/* ---- restoring ---- */

static enum geo_status restore(struct geo_ctx *ctx, struct geo_decoder *decoder, size_t c, size_t i,
                               char *bytes, struct geo_batch *batch)
{
    struct geo_column *column = &batch->column[c];
    size_t n = column->value[i].text.n, at = 0, count = 0, length = 0;
    const char *text = batch->text + column->value[i].text.at;
    if (geo_is_plain_text(text, n) || !write_bytes(text, n, bytes, &count))
        return GEO_OK;
    enum geo_status status = geo_decode(ctx, decoder, bytes, count, batch, &at, &length);
    if (status == GEO_ETEXT)
        return GEO_OK;
    GEO_TRY(status);
    text = batch->text + column->value[i].text.at;
    if (length == n && !memcmp(batch->text + at, text, n))
        return GEO_OK;
    column->value[i].text.at = at;
    column->value[i].text.n = length;
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                          "text that was decoded as windows-1252 is restored", "field '%s'",
                          column->name);
}

static enum geo_status restore_all(struct geo_ctx *ctx, struct geo_decoder *decoder,
                                   struct geo_batch *batch)
{
    enum geo_status status = GEO_OK;
    for (size_t c = 0; c < batch->column_count; c++)
        for (size_t i = 0; status == GEO_OK && i < batch->n; i++) {
            if (batch->column[c].cell_type[i] != GEO_TYPE_TEXT)
                continue;
            char *bytes = malloc(batch->column[c].value[i].text.n + 1);
            status = bytes ? restore(ctx, decoder, c, i, bytes, batch) : geo_no_memory(ctx);
            free(bytes);
        }
    return status;
}

enum geo_status geo_restore_batch(struct geo_ctx *ctx, const struct geo_input *input,
                                  struct geo_batch *batch)
{
    struct geo_decoder *decoder = NULL;
    if (!input->misread)
        return GEO_OK;
    GEO_TRY(geo_decoder_share(ctx, input->misread, &decoder));
    enum geo_status status = restore_all(ctx, decoder, batch);
    geo_decoder_free(decoder);
    return status;
}
