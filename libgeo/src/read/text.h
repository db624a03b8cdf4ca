/* Text of any encoding to UTF-8 NFC. */
#ifndef GEO_READ_TEXT_H
#define GEO_READ_TEXT_H

#include "geo/batch.h"

/* What messages and --encoding call the encoding that iconv does not know. */
#define GEO_VNI "VNI"

/* text_name.c: the name iconv knows, or GEO_VNI, for what a .cpg file, a DBF or a person states:
 * "1258", "ANSI 1258", "ISO 88591", "UTF8", "TCVN3". */
void geo_encoding_name(const char *stated, char *name, size_t room);

/* Decodes from an encoding (NULL or "UTF-8": checks only) to UTF-8 NFC into the text of a batch.
 * GEO_OK, GEO_ETEXT (the message has no place: the caller knows field and feature), GEO_ENOMEM. A
 * decoder is used by one thread at a time. */
struct geo_decoder;
enum geo_status geo_decoder_new(struct geo_ctx *ctx, const char *encoding,
                                struct geo_decoder **decoder);
void geo_decoder_free(struct geo_decoder *decoder); /* NULL is allowed */
enum geo_status geo_decode(struct geo_ctx *ctx, struct geo_decoder *decoder, const char *text,
                           size_t n, struct geo_batch *batch, size_t *at, size_t *length);

/* Makes a decoder take text that is UTF-8 for that, and only the rest for its own encoding. */
void geo_decoder_prefer_utf8(struct geo_decoder *decoder);

/* Whether the last text, by a decoder that prefers UTF-8, was taken for its own encoding. */
bool geo_decoder_fell_back(const struct geo_decoder *decoder);

/* Another thread's decoder of the same encoding, without the cost of making its table; it must not
 * outlive the first. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_decoder_share(struct geo_ctx *ctx, const struct geo_decoder *of,
                                  struct geo_decoder **decoder);

/* The encoding as iconv names it, or GEO_VNI; "UTF-8" where text is only checked. */
const char *geo_decoder_name(const struct geo_decoder *decoder);

/* Why the last geo_decode() failed: bytes at the end of its text that begin a character which the
 * text is too short to finish; 0 if anything else was wrong. Programs that count bytes cut text so:
 * where it fills its field, and, in UTF-8, where there are whole characters of several bytes before
 * the cut one, since no other text looks like that. */
size_t geo_decoder_cut(const struct geo_decoder *decoder, const char *text, size_t n, bool is_full);

/* Bytes of the last text that are no letters of VNI: they were kept as windows-1252 has them. */
size_t geo_decoder_strays(const struct geo_decoder *decoder);

#endif
