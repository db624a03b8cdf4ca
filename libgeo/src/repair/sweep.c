/* A sweep line in order of longitude (latitude where equal, which is a shear by nothing). The edges
 * it meets are kept in order from below to above. It is enough to look at vertices: at each one,
 * the edges directly below and above must leave it strictly between them. Two edges that are
 * neighbours for a while are then in order where that begins and where it ends, and being straight
 * they do not meet between; hence the order is right everywhere and no two edges meet at all.
 * The edge below the first vertex of a ring tells which ring that one lies in. */
#include "repair/sweep.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/grow.h"
#include "repair/orient.h"
#include "repair/simple.h"

enum { PART_PAIRS_MOST = 8 }; /* parts whose boxes are compared pair by pair */

#define NOWHERE UINT32_MAX

struct geo_event {
    struct geo_lonlat v;
    uint32_t vertex, ring;
};

/* A ring as the sweep sees it. Its vertices are counted from the feature's first one, without the
 * one that closes it. */
struct geo_nesting {
    uint32_t first, n;
    uint32_t exterior; /* the exterior of its polygon, itself for an exterior */
    uint32_t outer;    /* the innermost ring it lies in, NOWHERE if there is none */
    bool seen;
    bool counter_clockwise;
};

bool geo_part_is_plane(const struct geo_batch *batch, size_t part, const struct geo_ring_look *look)
{
    size_t rings = batch->ring_start[part + 1] - batch->ring_start[part];
    if (batch->part_kind[part] != GEO_KIND_POLYGON)
        return false;
    for (size_t r = 0; r < rings; r++)
        if (look[r].round)
            return false;
    return true;
}

/* ---- the line ---- */

static bool lies_between(const struct geo_sweep *sweep, struct geo_lonlat v, uint32_t below,
                         uint32_t above)
{
    const struct geo_chain *chain = sweep->order.chain;
    return (below == 0 || geo_orient(chain[below].left, chain[below].right, v) > 0) &&
           (above == 0 || geo_orient(chain[above].left, chain[above].right, v) < 0);
}

/* The first vertex of a ring: what it lies in, and how it runs. */
static void place_ring(struct geo_sweep *sweep, uint32_t r, uint32_t below, bool counter_clockwise)
{
    struct geo_nesting *ring = &sweep->ring[r];
    const struct geo_chain *under = &sweep->order.chain[below];
    ring->seen = true;
    ring->counter_clockwise = counter_clockwise;
    if (below == 0)
        ring->outer = NOWHERE;
    else
        ring->outer = under->inside_above ? under->ring : sweep->ring[under->ring].outer;
}

/* Both edges of a vertex lie ahead: in from the vertex before it, out to the one after it. */
static bool begin(struct geo_sweep *sweep, const struct geo_event *event, uint32_t in,
                  struct geo_lonlat before, struct geo_lonlat after)
{
    uint32_t below, above, c = (uint32_t)sweep->chains;
    int side = geo_orient(event->v, before, after);
    if (side == 0 || !geo_order_locate(&sweep->order, event->v, &below, &above))
        return false;
    if (!sweep->ring[event->ring].seen)
        place_ring(sweep, event->ring, below, side < 0);

    bool ccw = sweep->ring[event->ring].counter_clockwise;
    struct geo_chain *chain = sweep->order.chain + c;
    chain[0] = (struct geo_chain){.left = event->v, .ring = event->ring};
    chain[1] = chain[0];
    chain[0].right = before;
    chain[0].inside_above = !ccw;
    chain[1].right = after;
    chain[1].inside_above = ccw;
    sweep->at[in] = c;
    sweep->at[event->vertex] = c + 1;
    sweep->chains += 2;

    uint32_t lower = side > 0 ? c : c + 1, upper = side > 0 ? c + 1 : c;
    geo_order_insert(&sweep->order, lower, below, above);
    geo_order_insert(&sweep->order, upper, lower, above);
    return true;
}

/* Both edges of a vertex lie behind: nothing may be between them. */
static bool finish(struct geo_sweep *sweep, const struct geo_event *event, uint32_t in)
{
    const struct geo_chain *chain = sweep->order.chain;
    uint32_t lower = sweep->at[in], upper = sweep->at[event->vertex];
    if (chain[lower].above != upper) {
        uint32_t t = lower;
        lower = upper;
        upper = t;
    }
    if (chain[lower].above != upper ||
        !lies_between(sweep, event->v, chain[lower].below, chain[upper].above))
        return false;
    geo_order_remove(&sweep->order, lower);
    geo_order_remove(&sweep->order, upper);
    return true;
}

static bool proceed(struct geo_sweep *sweep, uint32_t from, uint32_t to, struct geo_lonlat v,
                    struct geo_lonlat ahead)
{
    uint32_t c = sweep->at[from];
    struct geo_chain *chain = &sweep->order.chain[c];
    sweep->at[to] = c;
    chain->left = v;
    chain->right = ahead;
    return lies_between(sweep, v, chain->below, chain->above);
}

static bool pass(struct geo_sweep *sweep, const struct geo_event *event)
{
    const struct geo_nesting *ring = &sweep->ring[event->ring];
    uint32_t out = event->vertex, in = out == ring->first ? out + ring->n - 1 : out - 1;
    struct geo_lonlat before = sweep->vertex[in], after = sweep->vertex[out + 1];
    bool behind = geo_before(before, event->v);
    if (behind && geo_before(after, event->v))
        return finish(sweep, event, in);
    if (behind)
        return proceed(sweep, in, out, event->v, after);
    if (geo_before(after, event->v))
        return proceed(sweep, out, in, event->v, before);
    return begin(sweep, event, in, before, after);
}

/* A hole lies in its own exterior, directly; an exterior in nothing or in another one's hole. */
static bool is_nested_well(const struct geo_sweep *sweep)
{
    for (uint32_t r = 0; r < sweep->rings; r++) {
        uint32_t outer = sweep->ring[r].outer, exterior = sweep->ring[r].exterior;
        if (exterior != r ? outer != exterior
                          : outer != NOWHERE && sweep->ring[outer].exterior == outer)
            return false;
    }
    return true;
}

static int compare_events(const void *a, const void *b)
{
    const struct geo_event *p = a, *q = b;
    return geo_before(p->v, q->v) ? -1 : geo_before(q->v, p->v);
}

static bool is_plainly_valid(struct geo_sweep *sweep)
{
    qsort(sweep->event, sweep->events, sizeof *sweep->event, compare_events);
    for (size_t i = 1; i < sweep->events; i++)
        if (geo_same(sweep->event[i - 1].v, sweep->event[i].v))
            return false;
    sweep->order.chain[0] = (struct geo_chain){0};
    sweep->order.root = 0;
    sweep->chains = 1;
    for (size_t i = 0; i < sweep->events; i++)
        if (!pass(sweep, &sweep->event[i]))
            return false;
    return is_nested_well(sweep);
}

/* ---- the feature ---- */

static enum geo_status make_room(struct geo_ctx *ctx, struct geo_sweep *sweep, size_t rings,
                                 size_t vertices)
{
    if (rings > sweep->ring_room) {
        if (!geo_grow(&sweep->ring, rings, sizeof *sweep->ring))
            return geo_no_memory(ctx);
        sweep->ring_room = rings;
    }
    if (vertices > sweep->event_room) {
        /* A chain begins at a vertex that begins two and ends at one that ends two: at most half
         * the vertices begin. */
        if (!geo_grow(&sweep->event, vertices, sizeof *sweep->event) ||
            !geo_grow(&sweep->at, vertices, sizeof *sweep->at) ||
            !geo_grow(&sweep->order.chain, vertices + 2, sizeof *sweep->order.chain))
            return geo_no_memory(ctx);
        sweep->event_room = vertices;
    }
    return GEO_OK;
}

static void add_part(struct geo_sweep *sweep, const struct geo_batch *batch, size_t part,
                     size_t first_vertex)
{
    uint32_t exterior = (uint32_t)sweep->rings;
    for (size_t r = batch->ring_start[part]; r < batch->ring_start[part + 1]; r++) {
        uint32_t first = (uint32_t)(batch->vertex_start[r] - first_vertex);
        uint32_t n = (uint32_t)(batch->vertex_start[r + 1] - batch->vertex_start[r] - 1);
        uint32_t ring = (uint32_t)sweep->rings++;
        sweep->ring[ring] = (struct geo_nesting){.first = first, .n = n, .exterior = exterior};
        for (uint32_t i = first; i < first + n; i++)
            sweep->event[sweep->events++] =
                (struct geo_event){.v = sweep->vertex[i], .vertex = i, .ring = ring};
    }
}

/* Whether the feature's plane polygons are few, without holes, and their boxes apart, so that each
 * can be looked at alone. */
static bool stand_alone(const struct geo_batch *batch, size_t first, size_t end,
                        const struct geo_ring_look *look)
{
    if (end - first > PART_PAIRS_MOST)
        return false;
    for (size_t p = first; p < end; p++) {
        size_t r = batch->ring_start[p], n = batch->vertex_start[r + 1] - batch->vertex_start[r];
        const struct geo_ring_look *a = look + (r - batch->ring_start[first]);
        if (batch->part_kind[p] != GEO_KIND_POLYGON)
            continue;
        if (batch->ring_start[p + 1] - r > 1 || n > GEO_SIMPLE_MOST)
            return false;
        for (size_t q = first; q < p; q++) {
            const struct geo_ring_look *b =
                look + (batch->ring_start[q] - batch->ring_start[first]);
            if (batch->part_kind[q] == GEO_KIND_POLYGON && a->west <= b->east &&
                b->west <= a->east && a->south <= b->north && b->south <= a->north)
                return false;
        }
    }
    return true;
}

static bool are_simple(const struct geo_batch *batch, size_t first, size_t end,
                       const struct geo_ring_look *look)
{
    for (size_t p = first; p < end; p++) {
        size_t r = batch->ring_start[p], at = batch->vertex_start[r];
        if (batch->part_kind[p] == GEO_KIND_POLYGON && !look[r - batch->ring_start[first]].round &&
            !geo_ring_is_simple(batch->vertex + at, batch->vertex_start[r + 1] - at))
            return false;
    }
    return true;
}

enum geo_status geo_sweep_feature(struct geo_ctx *ctx, struct geo_sweep *sweep,
                                  const struct geo_batch *batch, size_t feature,
                                  const struct geo_ring_look *look, bool *suspect)
{
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1];
    *suspect = false;
    if (first == end)
        return GEO_OK;
    if (stand_alone(batch, first, end, look)) {
        *suspect = !are_simple(batch, first, end, look);
        return GEO_OK;
    }
    size_t first_ring = batch->ring_start[first], first_vertex = batch->vertex_start[first_ring];
    size_t rings = batch->ring_start[end] - first_ring;
    size_t vertices = batch->vertex_start[batch->ring_start[end]] - first_vertex;
    if (vertices >= NOWHERE) {
        *suspect = true;
        return GEO_OK;
    }
    GEO_TRY(make_room(ctx, sweep, rings, vertices));
    sweep->vertex = batch->vertex + first_vertex;
    sweep->rings = sweep->events = 0;
    for (size_t p = first; p < end; p++)
        if (geo_part_is_plane(batch, p, look + (batch->ring_start[p] - first_ring)))
            add_part(sweep, batch, p, first_vertex);
    *suspect = !is_plainly_valid(sweep);
    return GEO_OK;
}

void geo_sweep_release(struct geo_sweep *sweep)
{
    free(sweep->event);
    free(sweep->ring);
    free(sweep->at);
    free(sweep->order.chain);
    *sweep = (struct geo_sweep){0};
}
