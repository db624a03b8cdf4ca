/* Encodings of one byte a character, or of a letter and a mark: 256 characters and the pairs they
 * make, made once and then looked up by any thread. */
#ifndef GEO_READ_CHARMAP_H
#define GEO_READ_CHARMAP_H

#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>

#include "geo/ctx.h"

#define GEO_CHARMAP_MARKS 40 /* at most so many bytes are marks that compose; VNI has 34 */

/* A character of at most U+FFFF. */
struct geo_glyph {
    char utf8[3];
    uint8_t n; /* bytes; 0: there is no such character */
};

struct geo_charmap {
    struct geo_glyph one[256]; /* what a byte is by itself */
    bool is_loose[256];        /* it may not be in normal form beside its neighbours */
    bool is_stray[256];        /* it is no letter of the encoding: a mark without its letter */
    uint8_t mark[256];         /* a mark's row of pair; 0: no mark */
    size_t mark_count;
    struct geo_glyph pair[GEO_CHARMAP_MARKS + 1][256]; /* mark and the letter before it, composed */
};

/* Asks a converter to UTF-8 for every byte. *map stays NULL if its encoding is not of this kind;
 * free() frees it. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_charmap_of_iconv(struct geo_ctx *ctx, iconv_t from, struct geo_charmap **map);

/* VNI for Windows, which no converter knows. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_charmap_of_vni(struct geo_ctx *ctx, struct geo_charmap **map);

/* Converts n bytes; out has room for 3 n + 1. *used: the bytes that came out. @return the first byte
 * that is no character, else n. */
size_t geo_charmap_convert(const struct geo_charmap *map, const char *text, size_t n, char *out,
                           size_t *used, bool *is_loose, size_t *strays);

#endif
