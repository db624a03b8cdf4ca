/* How true places are: 95 % radii, from options and columns. */
#ifndef STEPS_ACCURACY_H
#define STEPS_ACCURACY_H

#include "kit/job.h"

enum { COMBINE_RSS, COMBINE_SUM };

/* Metres, NAN if not given; columns NULL. */
struct accuracy_options {
    double of_all_m, of_corridors_m, of_area_m2;
    const char *field, *corridor_field;
    int combine;
};
extern const struct opt accuracy_options[];

/* @return the accuracy of feature i in metres: its cell of a column (SIZE_MAX: none), else all_m.
 * INFINITY where that is not known: an empty cell, one that is no number, or below 0. */
double accuracy_of(const struct geo_batch *batch, size_t column, size_t i, double all_m);

/* @return what the operations that brought two layers to WGS 84 add between them, metres; INFINITY if
 * that is not known. */
double accuracy_of_shifts(const struct datum *a, const struct datum *b);

#endif
