/* Random numbers that are the same on every machine, and what GEOS does with random rings. */
#ifndef GEO_TEST_DICE_H
#define GEO_TEST_DICE_H

#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"

/* GEOS 3.11 leaks the rings it was building (PolygonBuilder::buildMaximalEdgeRings) where MakeValid
 * falls back to fewer digits, which random rings make it do. Two names for it: the compilers see the
 * stack differently. Nothing but GEOS is C++ here; the unit test of the repair goes through the same
 * calls without this. */
GEO_API const char *__lsan_default_suppressions(void);

GEO_API const char *__lsan_default_suppressions(void)
{
    return "leak:geos::operation::overlay::PolygonBuilder\nleak:libstdc++\n";
}

/* xorshift64*: the same numbers on every machine. */
struct dice {
    uint64_t state;
};

static inline uint64_t dice_roll(struct dice *dice)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return dice->state * UINT64_C(2685821657736338717);
}

static inline size_t dice_below(struct dice *dice, size_t n)
{
    return (size_t)(dice_roll(dice) % n);
}

static inline double dice_unit(struct dice *dice)
{
    return (double)(dice_roll(dice) >> 11) / 9007199254740992.0;
}

#endif
