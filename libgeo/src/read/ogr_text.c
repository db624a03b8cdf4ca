/* Text of a layer, and where it went wrong. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/text_notes.h"
#include "read/verdict_text.h"

/* What to do about one text that is not what all the others are. */
static void write_alone(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *text, size_t n,
                        char *hint, size_t room)
{
    struct geo_sample sample = {.column_max = 1};
    struct geo_verdict verdict = {0};
    const char *likely = "TCVN", *reads = "";
    if (geo_sample_add(ctx, &sample, (struct geo_sample_cell){.n = n}, text) == GEO_OK &&
        geo_detect(ctx, &sample, &verdict) == GEO_OK && verdict.n > 0) {
        likely = verdict.reading[0].encoding;
        reads = verdict.reading[0].text;
    }
    geo_sample_release(&sample);
    geo_say(hint, room,
            "; the rest of its text is %s: put it right where it was made, or take it for what it "
            "is with geo-export --fix text %s %s ('%s'), or another",
            geo_decoder_name(ogr->decoder), ogr->encoding_option, likely, reads);
}

/* What to do about text that is not what it is taken for. */
static void write_hint(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *text, size_t n,
                       char *hint, size_t room)
{
    const char *option = ogr->encoding_option, *failed = geo_decoder_name(ogr->decoder);
    struct geo_sample sample = {.column_max = 512};
    struct geo_verdict verdict = {0};
    struct geo_text_finding fault = {0};
    hint[0] = '\0';
    if (!ogr->is_raw)
        return;
    bool is_judged = ogr->is_shapefile && geo_layer_sample(ctx, ogr, 65536, &sample) == GEO_OK &&
                     geo_detect(ctx, &sample, &verdict) == GEO_OK;
    bool is_told = is_judged && verdict.certainty == GEO_TEXT_CERTAIN;
    if (is_judged && verdict.certainty == GEO_TEXT_MIXED) {
        geo_write_fault(ogr, &sample, &verdict, &fault);
        geo_say(hint, room, "; %s: %s; %s", fault.what, fault.evidence, fault.remedy);
    } else if (is_told && strcmp(verdict.reading[0].encoding, failed) != 0) {
        geo_say(hint, room, "; it reads as %s ('%s'): %s %s", verdict.reading[0].encoding,
                verdict.reading[0].text, option, verdict.reading[0].encoding);
    } else if (is_told) {
        write_alone(ctx, ogr, text, n, hint, room);
    } else {
        geo_say(hint, room, "; say which encoding with %s, for example %s %s", option, option,
                strcmp(failed, "CP1258") ? "CP1258" : "TCVN3");
    }
    geo_sample_release(&sample);
}

/* Text that cannot be decoded, with U+FFFD for what is no ASCII. */
static enum geo_status show_anyhow(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *text,
                                   size_t n, struct geo_ogr_place place, struct geo_batch *batch,
                                   size_t *at, size_t *length)
{
    static const char unknown[] = "\xEF\xBF\xBD";
    size_t used = 0;
    char *shown = malloc(n * (sizeof unknown - 1) + 1);
    if (!shown)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < n; i++) {
        bool is_ascii = (unsigned char)text[i] < 0x80;
        memcpy(shown + used, is_ascii ? text + i : unknown, is_ascii ? 1 : sizeof unknown - 1);
        used += is_ascii ? 1 : sizeof unknown - 1;
    }
    enum geo_status status = geo_batch_add_text(ctx, batch, shown, used, at);
    free(shown);
    GEO_TRY(status);
    *length = used;
    atomic_store(&ogr->origin->has_bad_text, true);
    if (place.fid < 0)
        return GEO_OK;
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                          "text that is not in the encoding it is taken for", "field '%s'",
                          place.field);
}

static enum geo_status fail_at(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *text,
                               size_t n, struct geo_ogr_place place)
{
    char message[200], hint[900];
    geo_say(message, sizeof message, "%s", geo_ctx_message(ctx));
    write_hint(ctx, ogr, text, n, hint, sizeof hint);
    if (place.fid < 0)
        return geo_fail(ctx, GEO_ETEXT, "%s: name of field %s: %s%s", ogr->name, place.field,
                        message, hint);
    return geo_fail(ctx, GEO_ETEXT, "%s: field '%s', feature %" PRId64 ": %s%s", ogr->name,
                    place.field, place.fid, message, hint);
}

/* What is to be said and done of text once it is decoded. */
static enum geo_status finish(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                              const struct geo_decoder *decoder, struct geo_ogr_place place,
                              struct geo_batch *batch, size_t at, size_t n)
{
    if (geo_decoder_strays(decoder) > 0 && place.fid >= 0)
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                               "bytes that are no letters of VNI are kept as windows-1252 has them",
                               "field '%s'", place.field));
    if (geo_decoder_fell_back(decoder) && place.fid >= 0 && !ogr->dxf_encoding[0])
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                               "text that is not UTF-8 is taken for the other encoding",
                               "field '%s'", place.field));
    if (place.capitals == GEO_CAPITALS_NONE || n == 0)
        return GEO_OK;
    switch (geo_restore_capitals(batch->text + at, n, place.capitals)) {
    case GEO_RESTORED_CAPITALS:
        return geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid, "capitals restored",
                              "field '%s'", place.field);
    case GEO_RESTORED_UNKNOWN:
        return geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                              "small letters that may stand for capitals are left as they are",
                              "field '%s'", place.field);
    default:
        return GEO_OK;
    }
}

enum geo_status geo_ogr_decode(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                               struct geo_decoder *decoder, const char *text, size_t n,
                               size_t width, struct geo_ogr_place place, struct geo_batch *batch,
                               size_t *at, size_t *length)
{
    enum geo_status status = geo_decode(ctx, decoder, text, n, batch, at, length);
    if (status == GEO_OK)
        return finish(ctx, ogr, decoder, place, batch, *at, *length);
    if (status != GEO_ETEXT)
        return status;
    size_t cut = geo_decoder_cut(decoder, text, n, geo_fills_field(n, width));
    if (cut == 0 || geo_decode(ctx, decoder, text, n - cut, batch, at, length) != GEO_OK)
        return ogr->is_lenient ? show_anyhow(ctx, ogr, text, n, place, batch, at, length)
                               : fail_at(ctx, ogr, text, n, place);
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                          "text ends within a character, which is left out", "field '%s'",
                          place.field);
}
