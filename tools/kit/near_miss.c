#include "kit/near_miss.h"

#include <string.h>

#include "kit/opt.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, with two neighbours swapped as one edit (optimal string alignment). */
static size_t edits(const char *a, size_t n_a, const char *b)
{
    size_t row[3][OPT_NAME_MAX + 1];
    const size_t n_b = strlen(b);

    for (size_t i = 0; i <= n_a; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        for (size_t j = 0; j <= n_b; j++) {
            if (i == 0 || j == 0) {
                now[j] = i + j;
                continue;
            }
            now[j] = least(last[j], now[j - 1]) + 1;
            now[j] = least(now[j], last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[n_a % 3][n_b];
}

struct near_miss near_miss_of(const char *word, size_t length)
{
    const bool is_too_short_or_long = length < 2 || length > OPT_NAME_MAX;
    const size_t fewest = length > 5 ? 3 : 2; /* one edit for a short word, two for a longer one */

    return (struct near_miss){word, length, is_too_short_or_long ? 0 : fewest};
}

bool near_miss_is(struct near_miss *miss, const char *known)
{
    if (miss->fewest == 0 || strlen(known) > OPT_NAME_MAX)
        return false;
    const bool begins_so = !strncmp(known, miss->word, miss->length);
    const size_t n = begins_so ? 0 : edits(miss->word, miss->length, known);
    if (n >= miss->fewest)
        return false;
    miss->fewest = n;
    return true;
}
