#include "steps/fix.h"

#include <string.h>

/* Geometries are mended by every stream: the word asks for what is done anyway. */
static const struct {
    const char *word;
    unsigned fix;
} known[] = {
    {"text", GEO_FIX_TEXT},
    {"crs", GEO_FIX_CRS},
    {"axes", GEO_FIX_AXES},
    {"geometry", 0},
    {"all", GEO_FIX_TEXT | GEO_FIX_CRS | GEO_FIX_AXES},
};

static bool read_word(struct job *job, const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].word) == n && !strncmp(word, known[i].word, n)) {
            job->fix |= known[i].fix;
            return true;
        }
    return job_fail(job, GEO_EARG, "--fix: '%.*s' is none of text, crs, axes, geometry, all",
                    (int)n, word);
}

bool fix_read(struct job *job, const char *words)
{
    while (words) {
        const char *end = strchr(words, ',');
        if (!read_word(job, words, end ? (size_t)(end - words) : strlen(words)))
            return false;
        words = end ? end + 1 : NULL;
    }
    return true;
}
