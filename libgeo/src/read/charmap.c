#include "read/charmap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/fail.h"

static struct geo_glyph glyph_of(utf8proc_int32_t point)
{
    utf8proc_uint8_t utf8[4];
    struct geo_glyph glyph = {0};
    utf8proc_ssize_t n = utf8proc_encode_char(point, utf8);
    if (n >= 1 && n <= 3) {
        memcpy(glyph.utf8, utf8, (size_t)n);
        glyph.n = (uint8_t)n;
    }
    return glyph;
}

/* The composed character of n code points; its n is 0 if they do not make one. */
static struct geo_glyph compose(const utf8proc_int32_t *point, size_t n)
{
    utf8proc_uint8_t text[16], *composed = NULL;
    utf8proc_ssize_t used = 0;
    utf8proc_int32_t one;
    struct geo_glyph glyph = {0};
    for (size_t i = 0; i < n; i++)
        used += utf8proc_encode_char(point[i], text + used);
    used = utf8proc_map(text, used, &composed,
                        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (used > 0 && utf8proc_iterate(composed, used, &one) == used)
        glyph = glyph_of(one);
    free(composed);
    return glyph;
}

/* Whether a character is as it is in normal form whatever stands before it. */
static bool is_loose(utf8proc_int32_t point)
{
    utf8proc_int32_t apart[8];
    utf8proc_ssize_t n = utf8proc_decompose_char(
        point, apart, 8, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), NULL);
    if (utf8proc_get_property(point)->combining_class != 0 || n < 1 || n > 8)
        return true;
    n = utf8proc_normalize_utf32(apart, n, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    return n != 1 || apart[0] != point;
}

static void set_one(struct geo_charmap *map, size_t byte, utf8proc_int32_t point)
{
    map->one[byte] = glyph_of(point);
    map->is_loose[byte] = is_loose(point);
}

/* Makes a byte a mark and returns its row. */
static struct geo_glyph *add_mark(struct geo_charmap *map, size_t byte)
{
    map->mark[byte] = (uint8_t)++map->mark_count;
    return map->pair[map->mark_count];
}

/* ---- by a converter ---- */

/* What a byte is to a converter: *point < 0 if it is no character. False if it has to do with what
 * comes after it. */
static bool ask(iconv_t from, unsigned char byte, utf8proc_int32_t *point)
{
    char bytes[2] = {(char)byte}, utf8[32], *in = bytes, *out = utf8;
    size_t in_left = 1, out_left = sizeof utf8;
    *point = -1;
    iconv(from, NULL, NULL, NULL, NULL);
    if (iconv(from, &in, &in_left, &out, &out_left) == (size_t)-1)
        return errno != EINVAL;
    if (iconv(from, NULL, NULL, &out, &out_left) == (size_t)-1 || out == utf8)
        return false;
    utf8proc_ssize_t n = out - utf8;
    return utf8proc_iterate((utf8proc_uint8_t *)utf8, n, point) == n && *point <= 0xFFFF;
}

static void pair_marks(struct geo_charmap *map, const utf8proc_int32_t point[256])
{
    for (size_t m = 0; m < 256 && map->mark_count < GEO_CHARMAP_MARKS; m++) {
        if (point[m] < 0 || utf8proc_get_property(point[m])->combining_class == 0)
            continue;
        struct geo_glyph *row = add_mark(map, m);
        for (size_t b = 0; b < 256; b++) {
            utf8proc_int32_t both[] = {point[b], point[m]};
            if (point[b] > 0 && !map->is_loose[b])
                row[b] = compose(both, 2);
        }
    }
}

enum geo_status geo_charmap_of_iconv(struct geo_ctx *ctx, iconv_t from, struct geo_charmap **map)
{
    utf8proc_int32_t point[256];
    *map = NULL;
    for (size_t b = 0; b < 256; b++)
        if (!ask(from, (unsigned char)b, &point[b]) ||
            (b >= ' ' && b <= '~' && point[b] != (utf8proc_int32_t)b))
            return GEO_OK;
    struct geo_charmap *made = calloc(1, sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    for (size_t b = 0; b < 256; b++)
        if (point[b] >= 0)
            set_one(made, b, point[b]);
    pair_marks(made, point);
    *map = made;
    return GEO_OK;
}

/* ---- VNI ---- */

/* Letters of one byte, in lower and upper case, 32 apart. The others are marks after their letter:
 * tones after any vowel, and circumflex or breve with and without a tone. After the table of
 * VNI Software, as xvnkb and the Vietnamese Unicode FAQ have it. */
static const struct {
    unsigned char byte;
    uint16_t lower, upper;
} vni_letter[] = {
    {0xE6, 0x1EC9, 0x1EC8}, {0xEC, 0xEC, 0xCC},   {0xED, 0xED, 0xCD},
    {0xEE, 0x1EF5, 0x1EF4}, {0xF1, 0x111, 0x110}, {0xF2, 0x1ECB, 0x1ECA},
    {0xF3, 0x129, 0x128},   {0xF4, 0x1A1, 0x1A0}, {0xF6, 0x1B0, 0x1AF},
};

enum { GRAVE = 0x300, ACUTE, CIRCUMFLEX, TILDE, BREVE = 0x306, HOOK = 0x309, DOT = 0x323 };

static const struct {
    unsigned char byte;
    const char *after; /* the letters it may follow; those of one byte as VNI has them */
    uint16_t first, second;
} vni_mark[] = {
    {0xF8, "aeouy\xF4\xF6", GRAVE, 0}, {0xF9, "aeouy\xF4\xF6", ACUTE, 0},
    {0xFB, "aeouy\xF4\xF6", HOOK, 0},  {0xF5, "aeouy\xF4\xF6", TILDE, 0},
    {0xEF, "aeouy\xF4\xF6", DOT, 0},   {0xE2, "aeo", CIRCUMFLEX, 0},
    {0xE0, "aeo", CIRCUMFLEX, GRAVE},  {0xE1, "aeo", CIRCUMFLEX, ACUTE},
    {0xE5, "aeo", CIRCUMFLEX, HOOK},   {0xE3, "aeo", CIRCUMFLEX, TILDE},
    {0xE4, "aeo", CIRCUMFLEX, DOT},    {0xEA, "a", BREVE, 0},
    {0xE8, "a", BREVE, GRAVE},         {0xE9, "a", BREVE, ACUTE},
    {0xFA, "a", BREVE, HOOK},          {0xFC, "a", BREVE, TILDE},
    {0xEB, "a", BREVE, DOT},
};

#define UPPER 0x20 /* the capital is so much less */

/* The character that a mark makes of the letter of a byte, whose own code point is given. */
static void set_pair(struct geo_glyph *row, size_t byte, utf8proc_int32_t letter, size_t m)
{
    utf8proc_int32_t points[] = {letter, vni_mark[m].first, vni_mark[m].second};
    row[byte] = compose(points, points[2] ? 3 : 2);
}

static void add_vni_mark(struct geo_charmap *map, const utf8proc_int32_t point[256], size_t m)
{
    for (size_t is_upper = 0; is_upper < 2; is_upper++) {
        size_t byte = vni_mark[m].byte - is_upper * UPPER;
        struct geo_glyph *row = add_mark(map, byte);
        map->is_stray[byte] = true;
        for (const char *after = vni_mark[m].after; *after; after++) {
            size_t b = (unsigned char)*after;
            set_pair(row, b, point[b], m);
            set_pair(row, b - UPPER, point[b - UPPER], m);
        }
    }
}

/* Other bytes are those of windows-1252, which the fonts leave as they are: quotes, dashes. */
enum geo_status geo_charmap_of_vni(struct geo_ctx *ctx, struct geo_charmap **map)
{
    utf8proc_int32_t point[256];
    iconv_t latin = iconv_open("UTF-8", "CP1252");
    struct geo_charmap *made = latin == (iconv_t)-1 ? NULL : calloc(1, sizeof *made);
    for (size_t b = 0; b < 256 && made; b++) {
        ask(latin, (unsigned char)b, &point[b]);
        made->is_stray[b] = point[b] < 0 || b >= 0xC0;
        point[b] = point[b] < 0 ? (utf8proc_int32_t)b : point[b];
    }
    if (latin != (iconv_t)-1)
        iconv_close(latin);
    if (!made)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < sizeof vni_letter / sizeof *vni_letter; i++) {
        size_t byte = vni_letter[i].byte;
        point[byte] = vni_letter[i].lower;
        point[byte - UPPER] = vni_letter[i].upper;
        made->is_stray[byte] = made->is_stray[byte - UPPER] = false;
    }
    for (size_t b = 0; b < 256; b++)
        set_one(made, b, point[b]);
    for (size_t m = 0; m < sizeof vni_mark / sizeof *vni_mark; m++)
        add_vni_mark(made, point, m);
    *map = made;
    return GEO_OK;
}

/* ---- conversion ---- */

size_t geo_charmap_convert(const struct geo_charmap *map, const char *text, size_t n, char *out,
                           size_t *used, bool *loose, size_t *strays)
{
    const unsigned char *in = (const unsigned char *)text;
    char *at = out;
    size_t i = 0;
    for (; i < n; i++) {
        size_t b = in[i], row = i + 1 < n ? map->mark[in[i + 1]] : 0;
        const struct geo_glyph *glyph = &map->one[b];
        if (row && map->pair[row][b].n) {
            glyph = &map->pair[row][b];
            i++;
        } else {
            *loose |= map->is_loose[b];
            *strays += map->is_stray[b];
        }
        if (!glyph->n)
            break;
        memcpy(at, glyph->utf8, sizeof glyph->utf8);
        at += glyph->n;
    }
    *used = (size_t)(at - out);
    return i;
}
