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

/* Words stand between commas, with blanks where people like them. */
bool fix_read(struct job *job, const char *words)
{
    job->is_asked_to_fix = words != NULL;
    while (words) {
        size_t n = strcspn(words, ","), first = strspn(words, " "), last = n;
        const char *next = words[n] ? words + n + 1 : NULL;
        while (last > first && words[last - 1] == ' ')
            last--;
        if (!read_word(job, words + first, last > first ? last - first : 0))
            return false;
        words = next;
    }
    if (job->common->trust_prj && (job->fix & GEO_FIX_CRS))
        return job_fail(job, GEO_EARG,
                        "--trust-prj obeys the CRS, --fix crs (or all) does not: leave out one, or "
                        "say --fix text,axes");
    return true;
}
