/* Text of a layer: which encoding, and where it went wrong. */
#include <cpl_string.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"

enum geo_status geo_ogr_set_encoding(struct geo_ctx *ctx, const struct geo_read_options *options,
                                     struct geo_ogr *ogr)
{
    const char *encoding = ogr->dxf_encoding[0] ? ogr->dxf_encoding : NULL;
    ogr->is_raw = ogr->is_shapefile || ogr->is_csv || encoding ||
                  !OGR_L_TestCapability(ogr->layer, OLCStringsAsUTF8);
    if (ogr->is_raw && options->encoding)
        encoding = options->encoding;
    if (!encoding && ogr->is_shapefile)
        encoding = geo_shapefile_encoding(ogr->layer);
    if (ogr->dxf_encoding[0])
        GEO_TRY(geo_decoder_new(ctx, NULL, &ogr->utf8));
    enum geo_status status = geo_decoder_new(ctx, encoding, &ogr->decoder);
    if (status != GEO_ETEXT)
        return status;
    return geo_fail(ctx, GEO_ETEXT, "%s: %s; say which with %s, for example %s CP1258", ogr->name,
                    geo_ctx_message(ctx), ogr->encoding_option, ogr->encoding_option);
}

/* What to do about text that is not what it is taken for: another of the encodings of Vietnamese
 * text than the one that has failed. */
static void write_hint(const struct geo_ogr *ogr, char *hint, size_t room)
{
    const char *other = strcmp(geo_decoder_name(ogr->decoder), "CP1258") ? "CP1258" : "TCVN3";
    hint[0] = '\0';
    if (ogr->is_raw)
        snprintf(hint, room, "; say which encoding with %s, for example %s %s",
                 ogr->encoding_option, ogr->encoding_option, other);
}

static enum geo_status fail_at(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                               struct geo_ogr_place place)
{
    char hint[200];
    write_hint(ogr, hint, sizeof hint);
    if (place.fid < 0)
        return geo_fail(ctx, GEO_ETEXT, "%s: name of field %s: %s%s", ogr->name, place.field,
                        geo_ctx_message(ctx), hint);
    return geo_fail(ctx, GEO_ETEXT, "%s: field '%s', feature %" PRId64 ": %s%s", ogr->name,
                    place.field, place.fid, geo_ctx_message(ctx), hint);
}

enum geo_status geo_ogr_decode(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                               struct geo_decoder *decoder, const char *text, size_t n,
                               size_t width, struct geo_ogr_place place, struct geo_batch *batch,
                               size_t *at, size_t *length)
{
    if (ogr->utf8 && geo_decode(ctx, ogr->utf8, text, n, batch, at, length) == GEO_OK)
        return GEO_OK;
    enum geo_status status = geo_decode(ctx, decoder, text, n, batch, at, length);
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
