#include "repair/stray.h"

#include <stdlib.h>

#include "base/fail.h"

#define NONE UINT32_MAX

/* What is known while the nodes are gone through. */
struct search {
    const struct geo_arrangement *arrangement;
    const uint32_t *exterior;
    uint32_t *met_at; /* of each ring: the last node that it was met at */
    bool *touches;    /* of each ring: its exterior */
    uint32_t where;
};

static bool is_stray(const struct search *search, uint32_t ring)
{
    return search->arrangement->states.meets[ring] == GEO_HOLE_OUTSIDE;
}

/* Whether a ring runs round the places on one side of a span only: on its spikes, and where it runs
 * there and back, it does not. */
static bool bounds(const struct search *search, const struct geo_span *span, uint32_t ring)
{
    const struct geo_arrangement *arrangement = search->arrangement;
    int32_t above = geo_states_turns(&arrangement->states, span->state, ring), below = above;
    for (uint32_t w = span->first; w < span[1].first; w++)
        if (arrangement->winding[w].ring == ring)
            below -= arrangement->winding[w].turns;
    return (above != 0) != (below != 0);
}

/* A span at node v: marks its rings, or looks whether the exteriors of stray holes are marked. */
static void meet(struct search *search, uint32_t s, uint32_t v, bool look)
{
    const struct geo_span *span = &search->arrangement->span[s];
    for (uint32_t w = span->first; w < span[1].first; w++) {
        uint32_t ring = search->arrangement->winding[w].ring;
        if (!bounds(search, span, ring))
            continue;
        if (!look) {
            search->met_at[ring] = v;
        } else if (is_stray(search, ring)) {
            search->touches[ring] |= search->met_at[search->exterior[ring]] == v;
            search->where = search->where == NONE ? v : search->where;
        }
    }
}

static void meet_all(struct search *search, uint32_t v, bool look)
{
    const struct geo_arrangement *arrangement = search->arrangement;
    for (uint32_t i = arrangement->in[v]; i < arrangement->in[v + 1]; i++)
        meet(search, arrangement->ending[i], v, look);
    for (uint32_t s = arrangement->out[v]; s < arrangement->out[v + 1]; s++)
        meet(search, s, v, look);
}

enum geo_status geo_find_strays(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                uint32_t *exterior, size_t rings, uint32_t *where, bool *promoted)
{
    struct search search = {.arrangement = arrangement, .exterior = exterior, .where = NONE};
    size_t strays = 0;
    for (size_t r = 0; r < rings; r++)
        strays += is_stray(&search, (uint32_t)r);
    *where = NONE;
    *promoted = false;
    if (strays == 0)
        return GEO_OK;
    search.met_at = malloc(rings * sizeof *search.met_at);
    search.touches = calloc(rings, sizeof *search.touches);
    bool all = search.met_at && search.touches;
    for (size_t r = 0; all && r < rings; r++)
        search.met_at[r] = NONE;
    for (uint32_t v = 0; all && v < arrangement->nodes; v++) {
        meet_all(&search, v, false);
        meet_all(&search, v, true);
    }
    for (uint32_t r = 0; all && r < rings; r++) {
        bool has_area = arrangement->states.meets[exterior[r]] & GEO_HOLE_INSIDE;
        if (!is_stray(&search, r) || search.touches[r] || !has_area)
            continue;
        exterior[r] = r;
        *promoted = true;
    }
    *where = search.where;
    free(search.met_at);
    free(search.touches);
    return all ? GEO_OK : geo_no_memory(ctx);
}
