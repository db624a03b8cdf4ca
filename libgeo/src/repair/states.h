/* What a place on a map of rings lies in. */
#ifndef GEO_REPAIR_STATES_H
#define GEO_REPAIR_STATES_H

#include <stdbool.h>

#include "geo/batch.h"

/* How often a ring runs round a place, counter-clockwise; or by how much that rises across an edge
 * from below to above. */
struct geo_winding {
    uint32_t ring;
    int32_t turns;
};

struct geo_state;

/* The states that occur, each once. State 0 is outside of everything. Zero at first. */
struct geo_states {
    const uint32_t
        *exterior;  /* of each ring: the exterior of its polygon, itself for an exterior */
    uint8_t *meets; /* of each ring: GEO_HOLE_..., of all its places */
    struct geo_state *state;
    struct geo_winding *winding; /* of all states */
    uint32_t *slot;              /* a hash table of states */
    size_t states, windings, slots;
    size_t state_room, winding_room;
    bool too_deep; /* a place lies in more rings than can be handled */
};

/* Where places that a ring runs round lie: in the exterior of its polygon, or outside. */
enum { GEO_HOLE_INSIDE = 1, GEO_HOLE_OUTSIDE = 2 };

/* The rings' exteriors are borrowed. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_states_begin(struct geo_ctx *ctx, struct geo_states *states,
                                 const uint32_t *exterior, size_t rings);

/* The state above an edge, given the one below; `change` is in the order of the rings.
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_states_above(struct geo_ctx *ctx, struct geo_states *states, uint32_t below,
                                 const struct geo_winding *change, size_t n, uint32_t *above);

/* Whether the place is inside: of any exterior that runs round it, either way, none of whose holes
 * does. */
bool geo_states_inside(const struct geo_states *states, uint32_t state);

/* How often a ring runs round the place. */
int32_t geo_states_turns(const struct geo_states *states, uint32_t state, uint32_t ring);

void geo_states_release(struct geo_states *states);

#endif
