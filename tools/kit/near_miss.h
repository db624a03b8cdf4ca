/* The guess at what an unknown word was meant to be. */
#ifndef KIT_NEAR_MISS_H
#define KIT_NEAR_MISS_H

#include <stdbool.h>
#include <stddef.h>

struct near_miss {
    const char *word;
    size_t length; /* of the word; it need not end there */
    size_t fewest; /* a guess takes fewer edits than this */
};

/* Begins a guess at word[0..length-1]. */
struct near_miss near_miss_of(const char *word, size_t length);

/* Offers a known word; those offered before count. @return whether it is the best guess so far: it
 * begins with the word, or lies within a few edits. The first that begins so is not outdone. */
bool near_miss_is(struct near_miss *miss, const char *known);

#endif
