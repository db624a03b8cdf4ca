/* Text of any encoding as UTF-8 in Unicode's normal form C.
 *
 * GDAL's own recoding loses the last character of TCVN and CP1258 text: the C library's decoders
 * keep it back, since a tone mark may follow, and give it only when their state is flushed. */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/input.h"

struct geo_decoder {
    iconv_t from; /* to UTF-8; unused where text is UTF-8 */
    bool is_utf8;
    char name[64]; /* as iconv knows it */
    char *buffer;  /* what iconv gave */
    size_t room;
    size_t unfinished;
};

static bool starts(const char *text, const char *with)
{
    return !strncasecmp(text, with, strlen(with));
}

/* The name iconv knows for what a .cpg file, a DBF or a person states: "1258", "ANSI 1258",
 * "ISO 88591", "UTF8", "TCVN3". */
static void iconv_name(const char *stated, char *name, size_t room)
{
    static const char *const families[] = {"ANSI", "OEM", "CP", "WINDOWS", "MS"};
    while (isspace((unsigned char)*stated))
        stated++;
    size_t n = strcspn(stated, "\r\n\t/");
    while (n > 0 && isspace((unsigned char)stated[n - 1]))
        n--;
    snprintf(name, room, "%.*s", (int)n, stated);

    const char *number = name;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (starts(name, families[i]))
            number = name + strlen(families[i]);
    number += strspn(number, " -_");
    bool is_number = *number && strspn(number, "0123456789") == strlen(number);
    const char *iso = strstr(name, "8859");
    char digits[32];
    if (!strcasecmp(name, "UTF8") || !strcasecmp(name, "UTF 8") ||
        (is_number && !strcmp(number, "65001"))) {
        snprintf(name, room, "UTF-8");
    } else if (iso && (iso == name || starts(name, "ISO"))) {
        iso += 4 + strspn(iso + 4, " -_");
        snprintf(digits, sizeof digits, "%.*s", (int)strspn(iso, "0123456789"), iso);
        snprintf(name, room, "ISO-8859-%s", digits[0] ? digits : "1");
    } else if (is_number) {
        snprintf(digits, sizeof digits, "%s", number);
        snprintf(name, room, "CP%s", digits);
    } else if (!strcasecmp(name, "TCVN3") || !strcasecmp(name, "ABC")) {
        snprintf(name, room, "TCVN");
    }
}

enum geo_status geo_decoder_new(struct geo_ctx *ctx, const char *encoding,
                                struct geo_decoder **decoder)
{
    struct geo_decoder *made = calloc(1, sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    iconv_name(encoding ? encoding : "UTF-8", made->name, sizeof made->name);
    made->is_utf8 = !strcasecmp(made->name, "UTF-8");
    if (!made->is_utf8) {
        made->from = made->name[0] ? iconv_open("UTF-8", made->name) : (iconv_t)-1;
        if (made->from == (iconv_t)-1) {
            free(made);
            return geo_fail(ctx, GEO_ETEXT, "encoding '%s' is unknown (iconv --list has the names)",
                            encoding ? encoding : "");
        }
    }
    *decoder = made;
    return GEO_OK;
}

void geo_decoder_free(struct geo_decoder *decoder)
{
    if (!decoder)
        return;
    if (!decoder->is_utf8)
        iconv_close(decoder->from);
    free(decoder->buffer);
    free(decoder);
}

const char *geo_decoder_name(const struct geo_decoder *decoder)
{
    return decoder->name;
}

size_t geo_decoder_unfinished(const struct geo_decoder *decoder)
{
    return decoder->unfinished;
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

/* Converts into the decoder's buffer; used is set to the bytes that came out. */
static enum geo_status convert(struct geo_ctx *ctx, struct geo_decoder *decoder, const char *text,
                               size_t n, size_t *used)
{
    size_t most = 6 * n + 16; /* a byte gives at most a letter and its marks */
    if (most > decoder->room) {
        if (!geo_grow(&decoder->buffer, most, 1))
            return geo_no_memory(ctx);
        decoder->room = most;
    }
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

enum geo_status geo_decode(struct geo_ctx *ctx, struct geo_decoder *decoder, const char *text,
                           size_t n, struct geo_batch *batch, size_t *at, size_t *length)
{
    decoder->unfinished = 0;
    if (!decoder->is_utf8) {
        GEO_TRY(convert(ctx, decoder, text, n, &n));
        text = decoder->buffer;
    }
    switch (look(decoder, text, n)) {
    case FORM_INVALID:
        return geo_fail(ctx, GEO_ETEXT, "text is not UTF-8");
    case FORM_UNSURE:
        return add_composed(ctx, text, n, batch, at, length);
    default:
        GEO_TRY(geo_batch_add_text(ctx, batch, text, n, at));
        *length = n;
        return GEO_OK;
    }
}
