/* A set of texts that counts. */
#ifndef STEPS_TEXTS_H
#define STEPS_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero is the empty set. About 60 bytes a text, beside the text. */
struct texts {
    char *text; /* one after the other, each ended by a zero */
    size_t used, room;
    struct texts_entry {
        size_t at; /* in text */
        uint64_t count;
    } * entry; /* in order of first appearance */
    size_t n, entry_room;
    size_t *slot; /* entry + 1, by hash; 0: free */
    size_t slots; /* a power of 2 */
};

/* Counts a text once more. @return how often it was there before; UINT64_MAX: out of memory */
uint64_t texts_add(struct texts *texts, const char *text);

/* @return text i, in order of first appearance. */
const char *texts_at(const struct texts *texts, size_t i);

/* @return whether the text is there. */
bool texts_has(const struct texts *texts, const char *text);

void texts_release(struct texts *texts);

#endif
