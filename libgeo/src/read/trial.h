/* A sample read in one encoding: what the files detect.c and trial.c share. */
#ifndef GEO_READ_TRIAL_H
#define GEO_READ_TRIAL_H

#include "read/detect.h"

struct geo_trial {
    struct geo_reading reading;
    size_t undecodable; /* texts */
    size_t odd;    /* texts with characters that no text has: controls, two scripts in a word */
    uint64_t hash; /* of all that was read */
};

/* GEO_OK, GEO_ETEXT (no such encoding), GEO_ENOMEM. */
enum geo_status geo_try_encoding(struct geo_ctx *ctx, const struct geo_sample *sample,
                                 const char *encoding, struct geo_trial *trial);

#endif
