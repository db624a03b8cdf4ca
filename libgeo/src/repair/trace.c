#include "repair/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "repair/orient.h"

#define NONE UINT32_MAX

/* A trace under way. */
struct tracer {
    const struct geo_arrangement *arrangement;
    struct geo_trace *trace;
    uint32_t *stack;    /* borders walked that are in no loop yet */
    uint32_t *at;       /* of each node: where on the stack the border that leaves it is, or NONE */
    uint32_t *cycle_of; /* of each span, NONE if it was not walked */
    uint32_t *outer;    /* of each cycle: the cycle of the exterior it lies in, directly */
    size_t cycles, cycle_room, depth;
};

static uint32_t tail(const struct tracer *tracer, uint32_t s)
{
    return geo_border_tail(&tracer->arrangement->span[s]);
}

/* ---- loops ---- */

/* Whether a loop runs counter-clockwise, by its turn at its first node, the lowest one. */
static bool is_counter_clockwise(const struct tracer *tracer, const uint32_t *walk, size_t n)
{
    const struct geo_lonlat *node = tracer->arrangement->node;
    return geo_orient(node[tail(tracer, walk[n - 1])], node[tail(tracer, walk[0])],
                      node[tail(tracer, walk[1 % n])]) > 0;
}

static void describe(const struct tracer *tracer, const uint32_t *walk, struct geo_loop *loop)
{
    const struct geo_arrangement *arrangement = tracer->arrangement;
    loop->ring = loop->lowest = arrangement->winding[arrangement->span[walk[0]].first].ring;
    for (size_t i = 0; i < loop->n; i++) {
        const struct geo_span *span = &arrangement->span[walk[i]];
        for (uint32_t w = span->first; w < span[1].first; w++) {
            uint32_t ring = arrangement->winding[w].ring;
            loop->lowest = ring < loop->lowest ? ring : loop->lowest;
            if (ring != loop->ring)
                loop->ring = NONE;
        }
    }
}

/* Makes a loop of the borders on the stack from `first` on, and takes them off. */
static enum geo_status take_loop(struct geo_ctx *ctx, struct tracer *tracer, size_t first)
{
    struct geo_trace *trace = tracer->trace;
    const uint32_t *stack = tracer->stack + first;
    size_t n = tracer->depth - first, low = 0;
    if (trace->loops == trace->loop_room) {
        size_t room = geo_grown(trace->loop_room, trace->loops + 1);
        if (!geo_grow(&trace->loop, room, sizeof *trace->loop))
            return geo_no_memory(ctx);
        trace->loop_room = room;
    }
    for (size_t i = 0; i < n; i++) {
        tracer->at[tail(tracer, stack[i])] = NONE;
        if (tail(tracer, stack[i]) < tail(tracer, stack[low]))
            low = i;
    }
    uint32_t *walk = trace->walk + trace->walked;
    memcpy(walk, stack + low, (n - low) * sizeof *walk);
    memcpy(walk + n - low, stack, low * sizeof *walk);
    struct geo_loop *loop = &trace->loop[trace->loops++];
    *loop = (struct geo_loop){.first = (uint32_t)trace->walked,
                              .n = (uint32_t)n,
                              .cycle = (uint32_t)tracer->cycles,
                              .is_exterior = is_counter_clockwise(tracer, walk, n)};
    describe(tracer, walk, loop);
    trace->walked += n;
    tracer->depth = first;
    return GEO_OK;
}

/* ---- cycles ---- */

/* Walks the borders of one connected piece of boundary; a node that is passed again closes a loop.
 */
static enum geo_status walk_cycle(struct geo_ctx *ctx, struct tracer *tracer, uint32_t start)
{
    const struct geo_span *span = tracer->arrangement->span;
    uint32_t s = start;
    do {
        uint32_t next = span[s].next;
        tracer->cycle_of[s] = (uint32_t)tracer->cycles;
        tracer->at[tail(tracer, s)] = (uint32_t)tracer->depth;
        tracer->stack[tracer->depth++] = s;
        uint32_t back = tracer->at[tail(tracer, next)];
        if (back != NONE)
            GEO_TRY(take_loop(ctx, tracer, back));
        s = next;
    } while (tracer->cycle_of[s] == NONE);
    return GEO_OK;
}

/* Finds what the cycle just walked from its lowest border bounds: its own exterior, or the one of
 * the border below it. False if it has none, or several. */
static bool place_cycle(struct tracer *tracer, uint32_t start, size_t first_loop)
{
    const struct geo_trace *trace = tracer->trace;
    uint32_t under = tracer->arrangement->span[start].under;
    size_t exteriors = 0;
    for (size_t l = first_loop; l < trace->loops; l++)
        exteriors += trace->loop[l].is_exterior;
    if (tracer->depth != 0 || exteriors > 1)
        return false;
    if (exteriors == 1) {
        tracer->outer[tracer->cycles] = (uint32_t)tracer->cycles;
        return true;
    }
    if (under == 0 || tracer->cycle_of[under] == NONE || !tracer->arrangement->span[under].high)
        return false;
    tracer->outer[tracer->cycles] = tracer->outer[tracer->cycle_of[under]];
    return true;
}

static enum geo_status walk_all(struct geo_ctx *ctx, struct tracer *tracer, bool *traced)
{
    const struct geo_arrangement *arrangement = tracer->arrangement;
    for (uint32_t s = 1; s <= arrangement->spans; s++) {
        size_t first_loop = tracer->trace->loops;
        if (!geo_is_border(&arrangement->span[s]) || tracer->cycle_of[s] != NONE)
            continue;
        if (tracer->cycles == tracer->cycle_room) {
            size_t room = geo_grown(tracer->cycle_room, tracer->cycles + 1);
            if (!geo_grow(&tracer->outer, room, sizeof *tracer->outer))
                return geo_no_memory(ctx);
            tracer->cycle_room = room;
        }
        GEO_TRY(walk_cycle(ctx, tracer, s));
        if (!place_cycle(tracer, s, first_loop)) {
            *traced = false;
            return GEO_OK;
        }
        tracer->cycles++;
    }
    return GEO_OK;
}

/* ---- polygons ---- */

struct place {
    uint32_t exterior_ring, exterior; /* of its polygon: where that comes */
    uint32_t ring, loop;              /* itself */
    bool is_hole;
};

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->exterior != q->exterior)
        return p->exterior_ring != q->exterior_ring ? compare(p->exterior_ring, q->exterior_ring)
                                                    : compare(p->exterior, q->exterior);
    if (p->is_hole != q->is_hole)
        return p->is_hole ? 1 : -1;
    return p->ring != q->ring ? compare(p->ring, q->ring) : compare(p->loop, q->loop);
}

/* Puts each exterior before its holes, and the exteriors into the order of the input. */
static enum geo_status order_loops(struct geo_ctx *ctx, struct tracer *tracer)
{
    struct geo_trace *trace = tracer->trace;
    uint32_t *exterior_of = malloc((tracer->cycles + 1) * sizeof *exterior_of);
    struct place *place = malloc((trace->loops + 1) * sizeof *place);
    struct geo_loop *sorted = malloc((trace->loops + 1) * sizeof *sorted);
    bool all = exterior_of && place && sorted;
    for (uint32_t l = 0; all && l < trace->loops; l++)
        if (trace->loop[l].is_exterior)
            exterior_of[trace->loop[l].cycle] = l;
    for (uint32_t l = 0; all && l < trace->loops; l++) {
        const struct geo_loop *loop = &trace->loop[l];
        uint32_t exterior = exterior_of[tracer->outer[loop->cycle]];
        place[l] = (struct place){trace->loop[exterior].lowest, exterior, loop->lowest, l,
                                  !loop->is_exterior};
        trace->exteriors += loop->is_exterior;
    }
    if (all)
        qsort(place, trace->loops, sizeof *place, compare_places);
    for (size_t l = 0; all && l < trace->loops; l++)
        sorted[l] = trace->loop[place[l].loop];
    free(exterior_of);
    free(place);
    if (!all) {
        free(sorted);
        return geo_no_memory(ctx);
    }
    free(trace->loop);
    trace->loop = sorted;
    trace->loop_room = trace->loops + 1;
    return GEO_OK;
}

enum geo_status geo_trace_polygons(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                   struct geo_trace *trace, bool *traced)
{
    struct tracer tracer = {.arrangement = arrangement, .trace = trace};
    enum geo_status status = GEO_OK;
    trace->walk = malloc((arrangement->spans + 1) * sizeof *trace->walk);
    tracer.stack = malloc((arrangement->spans + 1) * sizeof *tracer.stack);
    tracer.cycle_of = malloc((arrangement->spans + 1) * sizeof *tracer.cycle_of);
    tracer.at = malloc((arrangement->nodes + 1) * sizeof *tracer.at);
    *traced = true;
    if (!trace->walk || !tracer.stack || !tracer.cycle_of || !tracer.at) {
        status = geo_no_memory(ctx);
    } else {
        memset(tracer.cycle_of, 0xFF, (arrangement->spans + 1) * sizeof *tracer.cycle_of);
        memset(tracer.at, 0xFF, (arrangement->nodes + 1) * sizeof *tracer.at);
        status = walk_all(ctx, &tracer, traced);
    }
    free(tracer.stack);
    free(tracer.cycle_of);
    free(tracer.at);
    if (status == GEO_OK && *traced)
        status = order_loops(ctx, &tracer);
    free(tracer.outer);
    return status;
}

enum geo_status geo_trace_append(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                 const struct geo_trace *trace, struct geo_batch *batch)
{
    for (size_t l = 0; l < trace->loops; l++) {
        const struct geo_loop *loop = &trace->loop[l];
        const uint32_t *walk = trace->walk + loop->first;
        struct geo_lonlat *vertex;
        GEO_TRY(geo_batch_add_vertices(ctx, batch, loop->n + 1, &vertex));
        for (size_t i = 0; i <= loop->n; i++) {
            const struct geo_span *span = &arrangement->span[walk[i % loop->n]];
            vertex[i] = arrangement->node[geo_border_tail(span)];
        }
        GEO_TRY(geo_batch_end_ring(ctx, batch));
        if (l + 1 == trace->loops || trace->loop[l + 1].is_exterior)
            GEO_TRY(geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON));
    }
    return GEO_OK;
}

void geo_trace_release(struct geo_trace *trace)
{
    free(trace->walk);
    free(trace->loop);
    *trace = (struct geo_trace){0};
}
