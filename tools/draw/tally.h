/* The values that the columns of a layer have, counted in bounded memory. */
#ifndef DRAW_TALLY_H
#define DRAW_TALLY_H

#include "geo/geo.h"
#include "steps/texts.h"

/* So many distinct values are told apart, those that come first; of so many bytes with the zero. */
enum { TALLY_VALUES_MAX = 512, TALLY_VALUE_ROOM = 256 };

/* Columns whose values are taken together, a blank between. */
struct tally {
    const char *column[2]; /* the second may be NULL */
    bool has[2];           /* a batch had the column */
    struct texts values;
    uint64_t features;
    uint64_t nulls; /* of them, those that have none of the values */
};

/* Counts the features of a batch that are not dropped. @return false: out of memory */
bool tally_see(struct tally *tally, const struct geo_batch *batch);

/* Writes the values of columns (indices; SIZE_MAX: not there) of feature i, a blank between two,
 * "" for what is null.
 * @return false if they are longer than a value may be */
bool tally_value(const struct geo_batch *batch, const size_t *column, size_t n, size_t i,
                 char value[TALLY_VALUE_ROOM]);

void tally_release(struct tally *tally);

#endif
