/* A layer of the same place, against which the CRS of another is found. */
#ifndef STEPS_REFERENCE_H
#define STEPS_REFERENCE_H

#include "kit/job.h"

struct reference_options {
    const char *path, *layer, *crs;
    double accuracy_m; /* NAN: to be estimated */
};
extern const struct opt reference_options[];

/* Whether the options fit together; fails the job if not. */
bool reference_check(struct job *job, const struct reference_options *reference);

/* Ranks what the CRS of a layer may be. With job->status GEO_OK and no source open; fails the job
 * and returns false where a layer cannot be read. The caller frees *ranking. */
bool reference_rank(struct job *job, const struct reference_options *reference, char *operand,
                    struct geo_ranking **ranking);

enum { REFERENCE_OPTION_BYTES = 480 };

/* What to type for a hypothesis: "-s EPSG:9208 --swap-axes". */
void reference_option(const struct geo_crs_hypothesis *hypothesis,
                      char text[REFERENCE_OPTION_BYTES]);

/* "2.3 m", "26 km" */
enum { REFERENCE_LENGTH_BYTES = 32 };
void reference_length(double length_m, char text[REFERENCE_LENGTH_BYTES]);

/* The smallest distance, more than the metre to which VN-2000 itself is known, between the best and
 * one that is as good; INFINITY if there is none: nothing then needs telling apart. */
double reference_apart_m(const struct geo_ranking *ranking);

/* The hypothesis that the layer states; NULL if it is not among them. */
const struct geo_crs_hypothesis *reference_stated(const struct geo_ranking *ranking);

/* Why a reference says nothing of a CRS; NULL if it does. */
const char *reference_says_nothing(const struct reference_options *reference,
                                   const struct geo_ranking *ranking);

/* Makes the job open its input with the CRS that fits, and says so. Leaves it as it is, and says why,
 * where the stated one is as good or the reference says nothing. Fails the job with GEO_ECRS where
 * several fit. */
bool reference_fix(struct job *job, const struct reference_options *reference,
                   const struct geo_ranking *ranking, const char *operand);

#endif
