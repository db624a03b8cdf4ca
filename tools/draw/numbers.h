/* How the numbers of a column are spread, in bounded memory: counted in bins whose edges have three
 * significant digits, so that classes made of bins have short limits and exact counts. */
#ifndef DRAW_NUMBERS_H
#define DRAW_NUMBERS_H

#include "geo/geo.h"

struct numbers {
    uint64_t *count; /* of each bin; NULL: none seen */
    uint64_t n;
    bool has_others; /* a cell was neither a number nor null */
};

/* Numbers from <= x < to. */
struct number_class {
    double from, to;
    uint64_t count; /* 1 or more */
};

/* Counts a cell. @return false: out of memory */
bool numbers_see(struct numbers *numbers, const struct geo_column *column, size_t i);

/* Divides the numbers into at most `most` classes of about equal counts.
 * @return how many there are */
size_t numbers_divide(const struct numbers *numbers, size_t most, struct number_class *classes);

void numbers_release(struct numbers *numbers);

#endif
