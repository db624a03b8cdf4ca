/* Text of a layer, and where it went wrong. */
#include <inttypes.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/text_notes.h"

/* What to do about text that is not what it is taken for: the encoding that it reads in, else another
 * of those of Vietnamese than the one that has failed. */
static void write_hint(struct geo_ctx *ctx, const struct geo_ogr *ogr, char *hint, size_t room)
{
    const char *option = ogr->encoding_option, *failed = geo_decoder_name(ogr->decoder);
    struct geo_sample sample = {.column_max = 64};
    struct geo_verdict verdict = {0};
    hint[0] = '\0';
    if (!ogr->is_raw)
        return;
    if (!ogr->is_shapefile || geo_layer_sample(ctx, ogr, 4096, &sample) != GEO_OK ||
        geo_detect(ctx, &sample, &verdict) != GEO_OK)
        verdict.certainty = GEO_TEXT_AMBIGUOUS;
    if (verdict.certainty == GEO_TEXT_CERTAIN && strcmp(verdict.reading[0].encoding, failed) != 0)
        geo_say(hint, room, "; it reads as %s ('%s'): %s %s", verdict.reading[0].encoding,
                verdict.reading[0].text, option, verdict.reading[0].encoding);
    else
        geo_say(hint, room, "; say which encoding with %s, for example %s %s", option, option,
                strcmp(failed, "CP1258") ? "CP1258" : "TCVN3");
    geo_sample_release(&sample);
}

static enum geo_status fail_at(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                               struct geo_ogr_place place)
{
    char message[200], hint[260];
    geo_say(message, sizeof message, "%s", geo_ctx_message(ctx));
    write_hint(ctx, ogr, hint, sizeof hint);
    if (place.fid < 0)
        return geo_fail(ctx, GEO_ETEXT, "%s: name of field %s: %s%s", ogr->name, place.field,
                        message, hint);
    return geo_fail(ctx, GEO_ETEXT, "%s: field '%s', feature %" PRId64 ": %s%s", ogr->name,
                    place.field, place.fid, message, hint);
}

/* What is to be said and done of text once it is decoded. */
static enum geo_status finish(struct geo_ctx *ctx, const struct geo_decoder *decoder,
                              struct geo_ogr_place place, struct geo_batch *batch, size_t at,
                              size_t n)
{
    if (geo_decoder_strays(decoder) > 0 && place.fid >= 0)
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                               "bytes that are no letters of VNI are kept as windows-1252 has them",
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
    if (ogr->utf8 && geo_decode(ctx, ogr->utf8, text, n, batch, at, length) == GEO_OK)
        return GEO_OK;
    enum geo_status status = geo_decode(ctx, decoder, text, n, batch, at, length);
    if (status == GEO_OK)
        return finish(ctx, decoder, place, batch, *at, *length);
    if (status != GEO_ETEXT)
        return status;
    size_t cut = geo_decoder_unfinished(decoder);
    if (cut == 0 || width == 0 || n < width ||
        geo_decode(ctx, decoder, text, n - cut, batch, at, length) != GEO_OK)
        return fail_at(ctx, ogr, place);
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, place.fid,
                          "text fills its field and ends within a character, which is left out",
                          "field '%s'", place.field);
}
