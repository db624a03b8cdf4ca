/* A sample read in one encoding: what the files detect.c and trial.c share. */
#ifndef GEO_READ_TRIAL_H
#define GEO_READ_TRIAL_H

#include "read/detect.h"

/* How one of the texts reads. */
struct geo_trial_cell {
    uint64_t hash;              /* of what was read */
    uint32_t valid, impossible; /* words with marks, as Vietnamese syllables */
    bool is_odd;                /* it is undecodable or odd */
    bool is_tried;
};

struct geo_trial {
    struct geo_reading reading;
    size_t texts;                     /* that were tried */
    size_t undecodable, odd, suspect; /* texts: see read/signs.h */
    size_t leaning, rare;             /* signs and letters: likewise */
    uint64_t hash;                    /* of all that was read */
};

/* Reads a sample. part: whether a text is to be read, for each of the sample; NULL: all are. cell:
 * room for what becomes of each text, or NULL. GEO_OK, GEO_ETEXT (no such encoding), GEO_ENOMEM. */
enum geo_status geo_try_encoding(struct geo_ctx *ctx, const struct geo_sample *sample,
                                 const bool *part, const char *encoding, struct geo_trial *trial,
                                 struct geo_trial_cell *cell);

#endif
