/* The guess at what an unknown word was meant to be. */
#include <string.h>

#include "kit/opt.h"

/* Levenshtein's distance, one row at a time. */
static size_t edits(const char *a, size_t n_a, const char *b)
{
    size_t row[OPT_NAME_MAX + 1];
    const size_t n_b = strlen(b);

    for (size_t j = 0; j <= n_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            const size_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[n_b];
}

const struct opt *opt_near_miss(const struct opt *table, const char *name, size_t length)
{
    const struct opt *nearest = NULL;
    size_t fewest = length > 5 ? 3 : 2; /* one edit for a short word, two for a longer one */

    if (length < 2 || length > OPT_NAME_MAX)
        return NULL;
    for (OPT_EACH(e, table)) {
        if (e.entry->kind == OPT_GROUP)
            continue;
        if (!strncmp(e.entry->name, name, length))
            return e.entry;
        const size_t n = edits(name, length, e.entry->name);
        if (n < fewest) {
            fewest = n;
            nearest = e.entry;
        }
    }
    return nearest;
}
