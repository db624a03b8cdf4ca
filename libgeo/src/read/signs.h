/* What no text of people has: what tells a wrong reading from a right one in any language. */
#ifndef GEO_READ_SIGNS_H
#define GEO_READ_SIGNS_H

#include <stdbool.h>
#include <stddef.h>

/* Of one text. */
struct geo_signs {
    bool is_odd; /* it has controls, characters that are none, or two scripts in a word */
    bool is_suspect; /* it has signs within words (H©n, Хар╕в), or a capital after a small letter */
    size_t leaning; /* quotes and other signs before a word: many where letters are read as signs */
    size_t rare;    /* letters that are rare in their script */
};

/* Looks at a text of n bytes, valid UTF-8 NFC. */
struct geo_signs geo_signs_of(const char *text, size_t n);

#endif
