/* Text of any encoding as UTF-8 in Unicode's normal form C.
 *
 * GDAL's own recoding loses the last character of TCVN and CP1258 text: the C library's decoders
 * keep it back, since a tone mark may follow, and give it only when their state is flushed. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/charmap.h"
#include "read/sample.h"
#include "read/text.h"

struct geo_decoder {
    bool is_utf8, prefers_utf8, fell_back;
    const struct geo_charmap *map; /* of an encoding of one byte a character */
    struct geo_charmap *own;       /* the map, unless it is another decoder's */
    iconv_t from;                  /* to UTF-8; used where neither is */
    char name[64];                 /* as iconv knows it */
    char *buffer;                  /* what came out */
    size_t room;
    size_t unfinished, strays;
};

static bool uses_iconv(const struct geo_decoder *decoder)
{
    return !decoder->is_utf8 && !decoder->map;
}

/* Opens the converter, and closes it again where a map can be made of it. */
static enum geo_status open_converter(struct geo_ctx *ctx, struct geo_decoder *decoder)
{
    if (!strcmp(decoder->name, GEO_VNI))
        return geo_charmap_of_vni(ctx, &decoder->own);
    decoder->from = decoder->name[0] ? iconv_open("UTF-8", decoder->name) : (iconv_t)-1;
    if (decoder->from == (iconv_t)-1)
        return GEO_ETEXT;
    enum geo_status status = geo_charmap_of_iconv(ctx, decoder->from, &decoder->own);
    if (status != GEO_OK || decoder->own)
        iconv_close(decoder->from);
    return status;
}

enum geo_status geo_decoder_new(struct geo_ctx *ctx, const char *encoding,
                                struct geo_decoder **decoder)
{
    struct geo_decoder *made = calloc(1, sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    geo_encoding_name(encoding ? encoding : "UTF-8", made->name, sizeof made->name);
    made->is_utf8 = !strcasecmp(made->name, "UTF-8");
    enum geo_status status = made->is_utf8 ? GEO_OK : open_converter(ctx, made);
    made->map = made->own;
    if (status == GEO_OK) {
        *decoder = made;
        return GEO_OK;
    }
    free(made);
    if (status != GEO_ETEXT)
        return status;
    return geo_fail(ctx, GEO_ETEXT,
                    "encoding '%s' is unknown (VNI and all that iconv --list has are known)",
                    encoding ? encoding : "");
}

enum geo_status geo_decoder_share(struct geo_ctx *ctx, const struct geo_decoder *of,
                                  struct geo_decoder **decoder)
{
    if (uses_iconv(of)) {
        GEO_TRY(geo_decoder_new(ctx, of->name, decoder));
        (*decoder)->prefers_utf8 = of->prefers_utf8;
        return GEO_OK;
    }
    struct geo_decoder *made = calloc(1, sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    made->is_utf8 = of->is_utf8;
    made->prefers_utf8 = of->prefers_utf8;
    made->map = of->map;
    memcpy(made->name, of->name, sizeof made->name);
    *decoder = made;
    return GEO_OK;
}

void geo_decoder_free(struct geo_decoder *decoder)
{
    if (!decoder)
        return;
    if (uses_iconv(decoder))
        iconv_close(decoder->from);
    free(decoder->own);
    free(decoder->buffer);
    free(decoder);
}

void geo_decoder_prefer_utf8(struct geo_decoder *decoder)
{
    decoder->prefers_utf8 = true;
}

bool geo_decoder_fell_back(const struct geo_decoder *decoder)
{
    return decoder->fell_back;
}

const char *geo_decoder_name(const struct geo_decoder *decoder)
{
    return decoder->name;
}

size_t geo_decoder_cut(const struct geo_decoder *decoder, const char *text, size_t n, bool is_full)
{
    size_t cut = decoder->unfinished;
    bool is_utf8 = decoder->is_utf8 || decoder->prefers_utf8;
    if (cut == 0)
        return 0;
    return is_full || (is_utf8 && !geo_is_plain_text(text, n - cut)) ? cut : 0;
}

size_t geo_decoder_strays(const struct geo_decoder *decoder)
{
    return decoder->strays;
}

/* What a look at text found. */
enum form { FORM_NFC, FORM_UNSURE, FORM_INVALID };

/* Code points that need no look into the tables: neither do they compose with what stands before
 * them nor are they decomposable for good. */
static bool is_composed(utf8proc_int32_t point)
{
    return point < 0x300 || (point >= 0x1EA0 && point <= 0x1EF9) ||
           (point >= 0x4E00 && point <= 0x9FFF);
}

/* Bytes from at that begin a character which the text is too short to finish. */
static size_t unfinished(const char *text, size_t n, size_t at)
{
    unsigned char lead = (unsigned char)text[at];
    size_t needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    if (lead > 0xF4 || n - at >= needs)
        return 0;
    for (size_t i = at + 1; i < n; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    return n - at;
}

static enum form look(struct geo_decoder *decoder, const char *text, size_t n)
{
    enum form form = FORM_NFC;
    size_t i = 0;
    while (i < n) {
        if ((unsigned char)text[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_int32_t point;
        utf8proc_ssize_t used =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(n - i), &point);
        if (used <= 0) {
            decoder->unfinished = unfinished(text, n, i);
            return FORM_INVALID;
        }
        if (!is_composed(point))
            form = FORM_UNSURE;
        i += (size_t)used;
    }
    return form;
}

/* Adds valid UTF-8 to the batch's text, composed. */
static enum geo_status add_composed(struct geo_ctx *ctx, const char *text, size_t n,
                                    struct geo_batch *batch, size_t *at, size_t *length)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t made =
        utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &composed,
                     (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (made < 0)
        return made == UTF8PROC_ERROR_NOMEM
                   ? geo_no_memory(ctx)
                   : geo_fail(ctx, GEO_ETEXT, "text has no normal form: %s", utf8proc_errmsg(made));
    enum geo_status status = geo_batch_add_text(ctx, batch, (char *)composed, (size_t)made, at);
    if (status == GEO_OK)
        *length = (size_t)made;
    free(composed);
    return status;
}

static enum geo_status reserve(struct geo_ctx *ctx, struct geo_decoder *decoder, size_t most)
{
    if (most <= decoder->room)
        return GEO_OK;
    if (!geo_grow(&decoder->buffer, most, 1))
        return geo_no_memory(ctx);
    decoder->room = most;
    return GEO_OK;
}

/* Converts into the decoder's buffer; used is set to the bytes that came out. */
static enum geo_status convert(struct geo_ctx *ctx, struct geo_decoder *decoder, const char *text,
                               size_t n, size_t *used)
{
    GEO_TRY(reserve(ctx, decoder, 6 * n + 16)); /* a byte gives at most a letter and its marks */
    char *in = (char *)(uintptr_t)text, *out = decoder->buffer;
    size_t in_left = n, out_left = decoder->room;
    iconv(decoder->from, NULL, NULL, NULL, NULL);
    if (iconv(decoder->from, &in, &in_left, &out, &out_left) == (size_t)-1) {
        if (errno == EINVAL)
            decoder->unfinished = in_left;
        return geo_fail(ctx, GEO_ETEXT, "byte 0x%02x of the text is not %s", (unsigned char)*in,
                        decoder->name);
    }
    if (iconv(decoder->from, NULL, NULL, &out, &out_left) == (size_t)-1)
        return geo_fail(ctx, GEO_ETEXT, "text is not %s", decoder->name);
    *used = (size_t)(out - decoder->buffer);
    return GEO_OK;
}

static enum geo_status decode_by_map(struct geo_ctx *ctx, struct geo_decoder *decoder,
                                     const char *text, size_t n, struct geo_batch *batch,
                                     size_t *at, size_t *length)
{
    size_t used = 0;
    bool is_loose = false;
    GEO_TRY(reserve(ctx, decoder, 3 * n + 3));
    size_t done = geo_charmap_convert(decoder->map, text, n, decoder->buffer, &used, &is_loose,
                                      &decoder->strays);
    if (done < n)
        return geo_fail(ctx, GEO_ETEXT, "byte 0x%02x of the text is not %s",
                        (unsigned char)text[done], decoder->name);
    if (is_loose)
        return add_composed(ctx, decoder->buffer, used, batch, at, length);
    GEO_TRY(geo_batch_add_text(ctx, batch, decoder->buffer, used, at));
    *length = used;
    return GEO_OK;
}

static enum geo_status add_utf8(struct geo_ctx *ctx, enum form form, const char *text, size_t n,
                                struct geo_batch *batch, size_t *at, size_t *length)
{
    if (form == FORM_INVALID)
        return geo_fail(ctx, GEO_ETEXT, "text is not UTF-8");
    if (form == FORM_UNSURE)
        return add_composed(ctx, text, n, batch, at, length);
    GEO_TRY(geo_batch_add_text(ctx, batch, text, n, at));
    *length = n;
    return GEO_OK;
}

enum geo_status geo_decode(struct geo_ctx *ctx, struct geo_decoder *decoder, const char *text,
                           size_t n, struct geo_batch *batch, size_t *at, size_t *length)
{
    decoder->unfinished = decoder->strays = 0;
    decoder->fell_back = false;
    if (decoder->prefers_utf8) {
        enum form form = look(decoder, text, n);
        if (form != FORM_INVALID)
            return add_utf8(ctx, form, text, n, batch, at, length);
        if (geo_decoder_cut(decoder, text, n, false) > 0)
            return geo_fail(ctx, GEO_ETEXT, "text is not UTF-8");
        decoder->unfinished = 0;
        decoder->fell_back = true;
    }
    if (decoder->map)
        return decode_by_map(ctx, decoder, text, n, batch, at, length);
    if (!decoder->is_utf8) {
        GEO_TRY(convert(ctx, decoder, text, n, &n));
        text = decoder->buffer;
    }
    return add_utf8(ctx, look(decoder, text, n), text, n, batch, at, length);
}
