#include "repair/states.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"

enum { MOST_RINGS = 128 }; /* that may run round one place */

struct geo_state {
    uint64_t hash;
    size_t first; /* its windings, none of them 0, in the order of the rings */
    uint32_t n;
    bool inside;
};

static uint64_t hash_of(const struct geo_winding *winding, size_t n)
{
    uint64_t hash = 0x9E3779B97F4A7C15;
    for (size_t i = 0; i < n; i++) {
        hash ^= (uint64_t)winding[i].ring << 32 | (uint32_t)winding[i].turns;
        hash *= 0xBF58476D1CE4E5B9;
        hash ^= hash >> 29;
    }
    return hash;
}

/* Whether a place with these windings is inside; marks where it lies for the holes round it. */
static bool judge(struct geo_states *states, const struct geo_winding *winding, size_t n)
{
    bool inside = false;
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t exterior = states->exterior[winding[i].ring];
        bool in_exterior = winding[i].ring == exterior;
        for (end = i + 1; end < n && states->exterior[winding[end].ring] == exterior;)
            end++;
        for (size_t ring = i; ring < end; ring++)
            states->meets[winding[ring].ring] |= in_exterior ? GEO_HOLE_INSIDE : GEO_HOLE_OUTSIDE;
        inside |= in_exterior && end == i + 1;
    }
    return inside;
}

/* The windings of a state changed; returns how many they are. */
static size_t changed(const struct geo_states *states, uint32_t below,
                      const struct geo_winding *change, size_t n,
                      struct geo_winding made[2 * MOST_RINGS])
{
    const struct geo_state *from = &states->state[below];
    const struct geo_winding *old = states->winding + from->first;
    size_t count = 0, i = 0, j = 0;
    while (i < from->n || j < n) {
        struct geo_winding one;
        if (j == n || (i < from->n && old[i].ring < change[j].ring))
            one = old[i++];
        else
            one = (struct geo_winding){change[j].ring, 0};
        if (i < from->n && old[i].ring == one.ring)
            one.turns += old[i++].turns;
        for (; j < n && change[j].ring == one.ring; j++)
            one.turns += change[j].turns;
        if (one.turns != 0)
            made[count++] = one;
    }
    return count;
}

/* The slot where a state is, or where it is to be. */
static uint32_t *find(const struct geo_states *states, uint64_t hash,
                      const struct geo_winding *winding, size_t n)
{
    size_t at = hash & (states->slots - 1);
    for (; states->slot[at] != UINT32_MAX; at = (at + 1) & (states->slots - 1)) {
        const struct geo_state *state = &states->state[states->slot[at]];
        if (state->hash == hash && state->n == n &&
            (n == 0 || !memcmp(states->winding + state->first, winding, n * sizeof *winding)))
            break;
    }
    return &states->slot[at];
}

static enum geo_status grow_slots(struct geo_ctx *ctx, struct geo_states *states, size_t slots)
{
    if (!geo_grow(&states->slot, slots, sizeof *states->slot))
        return geo_no_memory(ctx);
    states->slots = slots;
    memset(states->slot, 0xFF, slots * sizeof *states->slot);
    for (size_t s = 0; s < states->states; s++) {
        const struct geo_state *state = &states->state[s];
        *find(states, state->hash, states->winding + state->first, state->n) = (uint32_t)s;
    }
    return GEO_OK;
}

static enum geo_status add(struct geo_ctx *ctx, struct geo_states *states, uint64_t hash,
                           const struct geo_winding *winding, size_t n)
{
    if (states->states == states->state_room) {
        size_t room = geo_grown(states->state_room, states->states + 1);
        if (!geo_grow(&states->state, room, sizeof *states->state))
            return geo_no_memory(ctx);
        states->state_room = room;
    }
    if (states->windings + n > states->winding_room) {
        size_t room = geo_grown(states->winding_room, states->windings + n);
        if (!geo_grow(&states->winding, room, sizeof *states->winding))
            return geo_no_memory(ctx);
        states->winding_room = room;
    }
    for (size_t i = 0; i < n; i++)
        states->winding[states->windings + i] = winding[i];
    states->state[states->states++] =
        (struct geo_state){hash, states->windings, (uint32_t)n, judge(states, winding, n)};
    states->windings += n;
    return 2 * states->states > states->slots ? grow_slots(ctx, states, 2 * states->slots) : GEO_OK;
}

enum geo_status geo_states_begin(struct geo_ctx *ctx, struct geo_states *states,
                                 const uint32_t *exterior, size_t rings)
{
    states->exterior = exterior;
    states->meets = calloc(rings + 1, sizeof *states->meets);
    if (!states->meets)
        return geo_no_memory(ctx);
    GEO_TRY(grow_slots(ctx, states, 1024));
    GEO_TRY(add(ctx, states, hash_of(NULL, 0), NULL, 0));
    *find(states, hash_of(NULL, 0), NULL, 0) = 0;
    return GEO_OK;
}

enum geo_status geo_states_above(struct geo_ctx *ctx, struct geo_states *states, uint32_t below,
                                 const struct geo_winding *change, size_t n, uint32_t *above)
{
    struct geo_winding made[2 * MOST_RINGS];
    *above = 0;
    if (states->state[below].n + n > MOST_RINGS) {
        states->too_deep = true;
        return GEO_OK;
    }
    size_t count = changed(states, below, change, n, made);
    uint64_t hash = hash_of(made, count);
    uint32_t *slot = find(states, hash, made, count);
    if (*slot == UINT32_MAX) {
        *slot = (uint32_t)states->states;
        *above = *slot;
        return add(ctx, states, hash, made, count);
    }
    *above = *slot;
    return GEO_OK;
}

bool geo_states_inside(const struct geo_states *states, uint32_t state)
{
    return states->state[state].inside;
}

int32_t geo_states_turns(const struct geo_states *states, uint32_t state, uint32_t ring)
{
    const struct geo_state *at = &states->state[state];
    const struct geo_winding *winding = states->winding + at->first;
    for (size_t i = 0; i < at->n; i++)
        if (winding[i].ring == ring)
            return winding[i].turns;
    return 0;
}

void geo_states_release(struct geo_states *states)
{
    free(states->meets);
    free(states->state);
    free(states->winding);
    free(states->slot);
    *states = (struct geo_states){0};
}
