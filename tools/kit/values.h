/* The different values of a column, as texts, numbered in order of first appearance. */
#ifndef KIT_VALUES_H
#define KIT_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/batch.h"

/* Zero is empty; freed with values_release(). */
struct values {
    struct value {
        size_t number;
        size_t n; /* bytes of the text, which may hold zeros and ends with one */
        char text[];
    } * *value;
    size_t n, room;
    void *tree;         /* of all values, by their whole texts */
    struct value *next; /* what is looked up: a value once it is new */
    size_t next_room;   /* bytes for its text */
};

/* The number of a cell's value: that of the null is that of "", as is every one of column SIZE_MAX.
 * A new value has the number n before the call. O(log n). False: memory is out. */
bool values_find(struct values *values, const struct geo_batch *batch, size_t column, size_t i,
                 size_t *number);

/* The same of a value of other values. */
bool values_find_like(struct values *values, const struct value *value, size_t *number);

void values_release(struct values *values);

#endif
