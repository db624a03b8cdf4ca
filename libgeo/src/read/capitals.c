#include "read/capitals.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

#define COLUMN_MIN 3 /* texts in capitals that make a column one of capitals */
#define MOST 4       /* times as many texts in capitals as in small letters */

enum word {
    WORD_SILENT,  /* says nothing, and is the same either way: KCN */
    WORD_CAPITAL, /* PHú */
    WORD_SMALL,   /* Phú, phu */
    WORD_UNCLEAR  /* Hà, ở */
};

/* The character at a place, and its bytes; text that is not UTF-8 goes byte by byte. */
static utf8proc_int32_t point_at(const char *text, size_t n, size_t at, size_t *bytes)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at), &point);
    *bytes = used > 0 ? (size_t)used : 1;
    return used > 0 ? point : 0xFFFD;
}

static bool is_letter(utf8proc_int32_t point)
{
    return point < 0x80 ? isalpha(point) : utf8proc_toupper(point) != utf8proc_tolower(point);
}

/* The end of the word that begins at a letter. */
static size_t word_end(const char *text, size_t n, size_t at)
{
    size_t bytes;
    while (at < n && is_letter(point_at(text, n, at, &bytes)))
        at += bytes;
    return at;
}

static enum word judge(const char *text, size_t begin, size_t end)
{
    size_t upper_later = 0, lower = 0, small_marked = 0, bytes;
    for (size_t at = begin; at < end; at += bytes) {
        utf8proc_int32_t point = point_at(text, end, at, &bytes);
        bool is_upper = utf8proc_tolower(point) != point;
        upper_later += is_upper && at > begin;
        lower += !is_upper && point < 0x80;
        small_marked += !is_upper && point >= 0x80;
    }
    if (lower > 0)
        return WORD_SMALL;
    if (small_marked == 0)
        return WORD_SILENT;
    return upper_later > 0 ? WORD_CAPITAL : WORD_UNCLEAR;
}

/* Counts the words of a text, by what they are. */
static void count_words(const char *text, size_t n, size_t count[4])
{
    size_t bytes;
    memset(count, 0, 4 * sizeof *count);
    for (size_t at = 0; at < n; at += bytes) {
        if (!is_letter(point_at(text, n, at, &bytes)))
            continue;
        size_t end = word_end(text, n, at);
        count[judge(text, at, end)]++;
        bytes = end - at;
    }
}

void geo_count_capitals(struct geo_capitals_count *count, const char *text, size_t n)
{
    size_t words[4], bytes;
    bool has_upper = false;
    for (size_t at = 0; at < n && !has_upper; at += bytes) {
        utf8proc_int32_t point = point_at(text, n, at, &bytes);
        has_upper = utf8proc_tolower(point) != point;
    }
    count->upper += has_upper;
    count->no_upper += !has_upper;
    count_words(text, n, words);
    count->capital += words[WORD_CAPITAL] > 0 && words[WORD_SMALL] == 0;
    count->small += words[WORD_SMALL] > 0;
}

enum geo_capitals geo_capitals_of(const struct geo_capitals_count *count)
{
    if (count->capital < COLUMN_MIN || count->capital < MOST * count->small)
        return GEO_CAPITALS_NONE;
    return count->small ? GEO_CAPITALS_SOME : GEO_CAPITALS_ALL;
}

bool geo_are_capitals_unknown(const struct geo_capitals_count *count)
{
    return count->upper == 0 && count->no_upper >= COLUMN_MIN;
}

/* The capitals of Vietnamese take as many bytes as the small letters. */
static void make_capitals(char *text, size_t begin, size_t end)
{
    size_t bytes;
    for (size_t at = begin; at < end; at += bytes) {
        utf8proc_uint8_t upper[4];
        utf8proc_int32_t point = point_at(text, end, at, &bytes);
        if (utf8proc_encode_char(utf8proc_toupper(point), upper) == (utf8proc_ssize_t)bytes)
            memcpy(text + at, upper, bytes);
    }
}

enum geo_restored geo_restore_capitals(char *text, size_t n, enum geo_capitals column)
{
    size_t words[4], bytes;
    enum geo_restored restored = GEO_RESTORED_NOTHING;
    count_words(text, n, words);
    bool are_all =
        words[WORD_SMALL] == 0 && (words[WORD_CAPITAL] > 0 || column == GEO_CAPITALS_ALL);
    for (size_t at = 0; at < n; at += bytes) {
        if (!is_letter(point_at(text, n, at, &bytes)))
            continue;
        size_t end = word_end(text, n, at);
        enum word word = judge(text, at, end);
        bytes = end - at;
        if (word == WORD_CAPITAL || (word == WORD_UNCLEAR && are_all)) {
            make_capitals(text, at, end);
            if (restored == GEO_RESTORED_NOTHING)
                restored = GEO_RESTORED_CAPITALS;
        } else if (word == WORD_UNCLEAR) {
            restored = GEO_RESTORED_UNKNOWN;
        }
    }
    return restored;
}
