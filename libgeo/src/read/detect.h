/* Which encoding text is in that states none. */
#ifndef GEO_READ_DETECT_H
#define GEO_READ_DETECT_H

#include "read/sample.h"

enum { GEO_READINGS_MAX = 5, GEO_READING_TEXT = 96, GEO_REST_SHOWN = 5 };

/* How text reads in an encoding. */
struct geo_reading {
    char encoding[32];
    double confidence;           /* 0 to 1; NAN: libuchardet says so, and gives none */
    size_t valid, impossible;    /* different words with marks, as Vietnamese syllables */
    char text[GEO_READING_TEXT]; /* a few of its texts */
};

enum geo_certainty {
    GEO_TEXT_PLAIN,     /* ASCII: there is nothing to decide */
    GEO_TEXT_CERTAIN,   /* it is the first reading */
    GEO_TEXT_AMBIGUOUS, /* it may be any of the readings, if there are any */
    GEO_TEXT_MIXED      /* the first reading is that of a part, the rest reads otherwise */
};

/* Texts of the sample that do not read as the first reading does. */
struct geo_rest {
    struct geo_reading reading; /* what they read as; its encoding is "" where that is not known */
    size_t texts;
    uint64_t rows;                      /* that have them, of those looked at */
    bool is_by_columns;                 /* they are all the text of some columns */
    size_t shown, cell[GEO_REST_SHOWN]; /* the first of them, one a column where it is by columns */
};

/* Readings, the likeliest first. Text may be certain and still have a rest, too small to say what
 * it is; of mixed text whose rest may be several, the readings after the first are those. */
struct geo_verdict {
    enum geo_certainty certainty;
    size_t n;
    struct geo_reading reading[GEO_READINGS_MAX];
    struct geo_rest rest; /* its texts are 0 if there is none */
};

/* Judges a sample. Valid UTF-8 is UTF-8. Else the encodings of Vietnamese (TCVN3, VNI, windows-1258,
 * VISCII) are tried: a reading's likelihood is that of its different words with marks, of which 97
 * in 100 are syllables in the right one; text in a wrong one makes syllables of 3 in 10, other
 * languages of fewer. From a probability of 0.999 on a reading is certain, unless texts are left
 * that read as Vietnamese in another one. What is not Vietnamese with the same probability is left
 * to libuchardet, see read/opinion.h.
 * About 100,000 instructions a text of the sample. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_detect(struct geo_ctx *ctx, const struct geo_sample *sample,
                           struct geo_verdict *verdict);

/* Whether a stated encoding is not the one that the text is certain to be in: an encoding of
 * Vietnamese, or UTF-8, in which it reads otherwise. GEO_OK, GEO_ETEXT (no such encoding),
 * GEO_ENOMEM. */
enum geo_status geo_doubt(struct geo_ctx *ctx, const struct geo_sample *sample, const char *stated,
                          const struct geo_verdict *verdict, bool *is_wrong);

/* Adds a reading unless its encoding is there, or there is no room. */
void geo_add_reading(struct geo_verdict *verdict, const struct geo_reading *reading);

/* Whether an encoding is one of those of Vietnamese. */
bool geo_is_vietnamese(const char *encoding);

#endif
