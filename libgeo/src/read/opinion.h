/* The encodings of the rest of the world: libuchardet's opinion, and what speaks against it. */
#ifndef GEO_READ_OPINION_H
#define GEO_READ_OPINION_H

#include "read/detect.h"

/* Judges text that is not Vietnamese. libuchardet is asked of all of it, of every other text, of
 * both halves and of every column, as far as they have texts enough; where it always names one of
 * the code pages that write the same languages, those are compared: the one whose reading has the
 * fewest signs within words (B»ng), quotes for letters and letters that are rare is the text's. Code
 * pages that give the same text are one. Where two read differently and nothing decides, or texts
 * are too few, the verdict is ambiguous, and has the readings that are plausible.
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_ask_opinion(struct geo_ctx *ctx, const struct geo_sample *sample,
                                const bool *part, struct geo_verdict *verdict);

#endif
