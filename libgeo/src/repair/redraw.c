#include "repair/redraw.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "repair/stray.h"
#include "repair/sweep.h"
#include "repair/trace.h"

/* Rounding moves edges that are cut, by so little that they hardly ever meet others for it. */
enum { MOST_ROUNDS = 6 };

#define NONE UINT32_MAX

struct drawing {
    uint32_t *exterior; /* of each ring */
    size_t rings;
    bool has_stray;          /* a hole lies outside of its polygon, */
    struct geo_lonlat stray; /* there */
    struct geo_noding noding;
    struct geo_arrangement arrangement;
    struct geo_trace trace;
};

/* ---- drawing ---- */

static enum geo_status add_rings(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                                 const struct geo_ring_look *look, struct drawing *drawing)
{
    size_t first = batch->part_start[feature], end = batch->part_start[feature + 1];
    size_t first_ring = batch->ring_start[first], rings = batch->ring_start[end] - first_ring;
    drawing->exterior = malloc((rings + 1) * sizeof *drawing->exterior);
    if (!drawing->exterior)
        return geo_no_memory(ctx);
    for (size_t p = first; p < end; p++) {
        uint32_t exterior = (uint32_t)drawing->rings;
        if (!geo_part_is_plane(batch, p, look + (batch->ring_start[p] - first_ring)))
            continue;
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            size_t at = batch->vertex_start[r], n = batch->vertex_start[r + 1] - at;
            uint32_t ring = (uint32_t)drawing->rings++;
            drawing->exterior[ring] = exterior;
            GEO_TRY(geo_noding_add_ring(ctx, &drawing->noding, batch->vertex + at, n, ring));
        }
    }
    return GEO_OK;
}

/* Cuts the edges until they meet in nothing but their ends. */
static enum geo_status arrange(struct geo_ctx *ctx, struct drawing *drawing, bool *done)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        size_t cuts;
        bool intractable;
        GEO_TRY(geo_noding_cut(ctx, &drawing->noding, &cuts, &intractable));
        if (intractable || (round > 0 && cuts == 0))
            break;
        GEO_TRY(geo_arrange(ctx, &drawing->arrangement, &drawing->noding, drawing->exterior,
                            drawing->rings, done));
        if (*done || drawing->arrangement.states.too_deep)
            return GEO_OK;
        geo_arrangement_release(&drawing->arrangement);
    }
    *done = false;
    return GEO_OK;
}

/* Finds the holes outside of their polygons, and arranges the edges anew if any of them becomes a
 * polygon. */
static enum geo_status settle_strays(struct geo_ctx *ctx, struct drawing *drawing, bool *done)
{
    bool promoted;
    uint32_t where;
    GEO_TRY(geo_find_strays(ctx, &drawing->arrangement, drawing->exterior, drawing->rings, &where,
                            &promoted));
    drawing->has_stray = where != NONE;
    if (drawing->has_stray)
        drawing->stray = drawing->arrangement.node[where];
    if (!promoted)
        return GEO_OK;
    geo_arrangement_release(&drawing->arrangement);
    return geo_arrange(ctx, &drawing->arrangement, &drawing->noding, drawing->exterior,
                       drawing->rings, done);
}

/* ---- judging ---- */

static void find(struct geo_verdict *verdict, const char *what, struct geo_lonlat place)
{
    verdict->valid = false;
    verdict->what = what;
    verdict->place = place;
}

/* Why a single edge of a ring bounds nothing. */
static const char *why_needless(const struct drawing *drawing, const struct geo_span *span)
{
    const struct geo_arrangement *arrangement = &drawing->arrangement;
    struct geo_winding winding = arrangement->winding[span->first];
    int32_t above = geo_states_turns(&arrangement->states, span->state, winding.ring);
    if (above != 0 && above != winding.turns) /* the ring runs round both sides */
        return GEO_CROSSES;
    bool is_hole = drawing->exterior[winding.ring] != winding.ring;
    return is_hole && !span->low ? GEO_NESTED_HOLES : GEO_OVERLAP;
}

/* Finds edges that lie on each other, or that have the inside on both sides or on none. */
static void judge_spans(const struct drawing *drawing, struct geo_verdict *verdict)
{
    const struct geo_arrangement *arrangement = &drawing->arrangement;
    const struct geo_span *needless = NULL;
    for (size_t s = 1; s <= arrangement->spans; s++) {
        const struct geo_span *span = &arrangement->span[s];
        if (span[1].first - span->first > 1) {
            find(verdict, GEO_CROSSES, arrangement->node[span->left]);
            return;
        }
        if (!needless && !geo_is_border(span))
            needless = span;
    }
    if (needless)
        find(verdict, why_needless(drawing, needless), arrangement->node[needless->left]);
}

/* Counts a ring's edges at a node; whether there are more than two. */
static bool passes_again(const struct geo_arrangement *arrangement, uint32_t span, uint32_t v,
                         uint32_t *last_node, uint8_t *count)
{
    uint32_t ring = arrangement->winding[arrangement->span[span].first].ring;
    if (last_node[ring] != v)
        count[ring] = 0;
    last_node[ring] = v;
    return ++count[ring] > 2;
}

/* The first node that one ring passes twice, NONE if there is none. */
static uint32_t find_pinch(const struct geo_arrangement *arrangement, uint32_t *last_node,
                           uint8_t *count)
{
    for (uint32_t v = 0; v < arrangement->nodes; v++) {
        for (uint32_t i = arrangement->in[v]; i < arrangement->in[v + 1]; i++)
            if (passes_again(arrangement, arrangement->ending[i], v, last_node, count))
                return v;
        for (uint32_t s = arrangement->out[v]; s < arrangement->out[v + 1]; s++)
            if (passes_again(arrangement, s, v, last_node, count))
                return v;
    }
    return NONE;
}

static enum geo_status judge_pinches(struct geo_ctx *ctx, const struct drawing *drawing,
                                     struct geo_verdict *verdict)
{
    uint32_t *last_node = malloc((drawing->rings + 1) * sizeof *last_node);
    uint8_t *count = malloc((drawing->rings + 1) * sizeof *count);
    bool all = last_node && count;
    for (size_t r = 0; all && r < drawing->rings; r++)
        last_node[r] = NONE;
    uint32_t v = all ? find_pinch(&drawing->arrangement, last_node, count) : NONE;
    free(last_node);
    free(count);
    if (v != NONE)
        find(verdict, GEO_TOUCHES, drawing->arrangement.node[v]);
    return all ? GEO_OK : geo_no_memory(ctx);
}

/* Finds polygons that are not those of the input, though every edge is. */
static void judge_loops(const struct drawing *drawing, struct geo_verdict *verdict)
{
    const struct geo_trace *trace = &drawing->trace;
    const struct geo_arrangement *arrangement = &drawing->arrangement;
    uint32_t exterior = NONE;
    for (size_t l = 0; l < trace->loops; l++) {
        const struct geo_loop *loop = &trace->loop[l];
        exterior = loop->is_exterior ? loop->ring : exterior;
        if (loop->ring == NONE || drawing->exterior[loop->ring] != exterior) {
            const struct geo_span *span = &arrangement->span[trace->walk[loop->first]];
            find(verdict, GEO_CUT_APART, arrangement->node[span->left]);
            return;
        }
    }
}

static enum geo_status judge(struct geo_ctx *ctx, const struct drawing *drawing,
                             struct geo_verdict *verdict)
{
    verdict->valid = true;
    if (drawing->noding.crosses)
        find(verdict, GEO_CROSSES, drawing->noding.crossing);
    else if (drawing->has_stray)
        find(verdict, GEO_STRAY_HOLE, drawing->stray);
    if (verdict->valid)
        judge_spans(drawing, verdict);
    if (verdict->valid)
        GEO_TRY(judge_pinches(ctx, drawing, verdict));
    if (verdict->valid)
        judge_loops(drawing, verdict);
    return GEO_OK;
}

static enum geo_status draw(struct geo_ctx *ctx, struct drawing *drawing, struct geo_batch *made,
                            struct geo_verdict *verdict, bool *done)
{
    struct geo_verdict found = {.place = {NAN, NAN}};
    GEO_TRY(arrange(ctx, drawing, done));
    if (*done)
        GEO_TRY(settle_strays(ctx, drawing, done));
    if (*done)
        GEO_TRY(geo_trace_polygons(ctx, &drawing->arrangement, &drawing->trace, done));
    if (!*done)
        return GEO_OK;
    GEO_TRY(judge(ctx, drawing, &found));
    found.mended = !found.valid && made;
    if (found.mended)
        GEO_TRY(geo_trace_append(ctx, &drawing->arrangement, &drawing->trace, made));
    *verdict = found;
    return GEO_OK;
}

enum geo_status geo_redraw(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                           const struct geo_ring_look *look, struct geo_batch *made,
                           struct geo_verdict *verdict, bool *done)
{
    struct drawing drawing = {0};
    enum geo_status status = add_rings(ctx, batch, feature, look, &drawing);
    *done = false;
    if (status == GEO_OK)
        status = draw(ctx, &drawing, made, verdict, done);
    free(drawing.exterior);
    geo_noding_release(&drawing.noding);
    geo_arrangement_release(&drawing.arrangement);
    geo_trace_release(&drawing.trace);
    return status;
}
