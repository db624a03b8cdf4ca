/* Text in TCVN3 whose font shows small letters as capitals, such as .VnTimeH: PHó THä, which reads
 * "PHú THọ", is PHÚ THỌ. The codes have no capitals with tones; only the ASCII letters tell. */
#ifndef GEO_READ_CAPITALS_H
#define GEO_READ_CAPITALS_H

#include <stdbool.h>
#include <stddef.h>

/* What the texts of a column say of it. */
enum geo_capitals {
    GEO_CAPITALS_NONE,
    GEO_CAPITALS_SOME, /* most, beside others in small letters */
    GEO_CAPITALS_ALL   /* none is in small letters */
};

/* Texts of a column by their words. Zero before the first. */
struct geo_capitals_count {
    size_t capital;         /* words such as PHú, and none such as Phú */
    size_t small;           /* a word such as Phú */
    size_t no_upper, upper; /* texts without any capital, and with one */
};

/* Counts a text of n bytes, UTF-8 NFC. */
void geo_count_capitals(struct geo_capitals_count *count, const char *text, size_t n);
enum geo_capitals geo_capitals_of(const struct geo_capitals_count *count);

/* Whether a column has small letters only, which a font of capitals would show as capitals: whether
 * it was in one cannot be known. */
bool geo_are_capitals_unknown(const struct geo_capitals_count *count);

/* What became of a text. */
enum geo_restored {
    GEO_RESTORED_NOTHING, /* it is as it was, rightly */
    GEO_RESTORED_CAPITALS,
    GEO_RESTORED_UNKNOWN /* a word may be capitals or not, such as Hà: it is as it was */
};

/* Makes words of a text capitals, in place, as its column has them. */
enum geo_restored geo_restore_capitals(char *text, size_t n, enum geo_capitals column);

#endif
