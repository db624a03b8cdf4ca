/* Several numbers at once: gcc and clang make of it what the machine has, with the same results. */
#ifndef GEO_INDEX_LANES_H
#define GEO_INDEX_LANES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef float geo_four __attribute__((vector_size(16)));
typedef int32_t geo_four_masks __attribute__((vector_size(16)));
typedef double geo_two __attribute__((vector_size(16)));
typedef int64_t geo_two_masks __attribute__((vector_size(16)));

static inline geo_four geo_four_load(const float *from)
{
    geo_four four;
    memcpy(&four, from, sizeof four);
    return four;
}

/* What is positive, else 0. */
static inline geo_four geo_four_positive(geo_four four)
{
    return (geo_four)((geo_four_masks)four & (four > 0));
}

/* Whether any is at most a limit. */
static inline bool geo_four_any_within(geo_four four, float limit)
{
    geo_four_masks within = four <= limit;
    uint64_t half[2];
    memcpy(half, &within, sizeof half);
    return (half[0] | half[1]) != 0;
}

static inline geo_two geo_two_load(const double *from)
{
    geo_two two;
    memcpy(&two, from, sizeof two);
    return two;
}

static inline geo_two geo_two_positive(geo_two two)
{
    return (geo_two)((geo_two_masks)two & (two > 0));
}

static inline geo_two geo_two_min(geo_two a, geo_two b)
{
    geo_two_masks less = a < b;
    return (geo_two)(((geo_two_masks)a & less) | ((geo_two_masks)b & ~less));
}

#endif
