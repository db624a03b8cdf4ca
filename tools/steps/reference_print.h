/* The forms of a ranking in geo-info. */
#ifndef STEPS_REFERENCE_PRINT_H
#define STEPS_REFERENCE_PRINT_H

#include "steps/reference.h"

/* Print to standard output: lines as geo-info indents them; the member "reference". */
void reference_print_text(const struct geo_ranking *ranking);
void reference_print_json(const struct geo_ranking *ranking);

#endif
