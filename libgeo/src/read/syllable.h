/* Vietnamese syllables: what tells Vietnamese text from what only looks like letters. */
#ifndef GEO_READ_SYLLABLE_H
#define GEO_READ_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>

/* What a word is worth as evidence. */
enum geo_word {
    GEO_WORD_NEITHER,    /* an abbreviation, such as QĐ */
    GEO_WORD_SYLLABLE,   /* a syllable that Vietnamese may have */
    GEO_WORD_IMPOSSIBLE, /* none */
};

/* Judges a word of n bytes, UTF-8 NFC. Capitals stand where writing has them: all, none or the first
 * letter; is_tcvn3: also before small letters with marks, since TCVN3 has no capitals with tones. */
enum geo_word geo_judge_word(const char *word, size_t n, bool is_tcvn3);

#endif
