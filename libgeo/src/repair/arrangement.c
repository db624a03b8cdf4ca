#include "repair/arrangement.h"

#include <stdlib.h>

#include "base/fail.h"
#include "repair/orient.h"

/* An edge between nodes. */
struct strand {
    uint32_t left, right;
    struct geo_winding winding;
};

struct ranked {
    struct geo_lonlat v;
    uint32_t position;
};

/* ---- nodes ---- */

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *p = a, *q = b;
    return geo_before(p->v, q->v) ? -1 : geo_before(q->v, p->v);
}

/* Makes the nodes of the positions; node_of tells each one's. */
static enum geo_status make_nodes(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                                  const struct geo_noding *noding, uint32_t *node_of)
{
    size_t n = noding->positions;
    struct ranked *ranked = malloc((n + 1) * sizeof *ranked);
    arrangement->node = malloc((n + 1) * sizeof *arrangement->node);
    if (!ranked || !arrangement->node) {
        free(ranked);
        return geo_no_memory(ctx);
    }
    for (size_t i = 0; i < n; i++)
        ranked[i] = (struct ranked){noding->position[i], (uint32_t)i};
    qsort(ranked, n, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !geo_same(ranked[i].v, ranked[i - 1].v))
            arrangement->node[arrangement->nodes++] = ranked[i].v;
        node_of[ranked[i].position] = (uint32_t)(arrangement->nodes - 1);
    }
    free(ranked);
    return GEO_OK;
}

/* ---- spans ---- */

/* By direction from below to above, strands with the same end together. */
static int compare_strands(const void *a, const void *b, void *nodes)
{
    const struct strand *p = a, *q = b;
    const struct geo_lonlat *node = nodes;
    if (p->right != q->right) {
        int side = geo_orient(node[p->left], node[p->right], node[q->right]);
        return side != 0 ? -side : p->right < q->right ? -1 : 1;
    }
    if (p->winding.ring != q->winding.ring)
        return p->winding.ring < q->winding.ring ? -1 : 1;
    return (p->winding.turns > q->winding.turns) - (p->winding.turns < q->winding.turns);
}

/* Sorts the edges by their left nodes, and by direction where these are the same. */
static void sort_strands(struct geo_arrangement *arrangement, const struct geo_noding *noding,
                         const uint32_t *node_of, struct strand *strand)
{
    uint32_t *start = arrangement->in; /* as long as it is free */
    for (size_t v = 0; v <= arrangement->nodes; v++)
        start[v] = 0;
    for (size_t i = 0; i < noding->edges; i++) {
        uint32_t a = node_of[noding->edge[i].from], b = node_of[noding->edge[i].to];
        start[a < b ? a : b]++;
    }
    for (size_t v = 0, sum = 0; v <= arrangement->nodes; v++) {
        sum += start[v];
        start[v] = (uint32_t)sum;
    }
    for (size_t i = 0; i < noding->edges; i++) {
        uint32_t a = node_of[noding->edge[i].from], b = node_of[noding->edge[i].to];
        struct geo_winding winding = {noding->edge[i].ring, a < b ? 1 : -1};
        strand[--start[a < b ? a : b]] = (struct strand){a < b ? a : b, a < b ? b : a, winding};
    }
    for (size_t v = 0; v < arrangement->nodes; v++)
        if (start[v + 1] - start[v] > 1)
            qsort_r(strand + start[v], start[v + 1] - start[v], sizeof *strand, compare_strands,
                    arrangement->node);
}

/* Whether a strand runs on top of the one before it, but not to the same end. */
static bool covers(const struct geo_lonlat *node, const struct strand *a, const struct strand *b)
{
    return a->left == b->left && a->right != b->right &&
           geo_orient(node[a->left], node[a->right], node[b->right]) == 0;
}

/* Makes spans of sorted strands. */
static void make_spans(struct geo_arrangement *arrangement, const struct strand *strand, size_t n,
                       bool *noded)
{
    struct geo_span *span = arrangement->span;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || strand[i].left != strand[i - 1].left ||
                      strand[i].right != strand[i - 1].right;
        if (i > 0 && covers(arrangement->node, &strand[i - 1], &strand[i]))
            *noded = false;
        arrangement->winding[i] = strand[i].winding;
        if (is_new)
            span[++at] = (struct geo_span){
                .left = strand[i].left, .right = strand[i].right, .first = (uint32_t)i};
    }
    span[at + 1] = (struct geo_span){.left = UINT32_MAX, .first = (uint32_t)n};
    arrangement->spans = at;
}

/* Lists the spans that start and that end at each node. */
static void list_ends(struct geo_arrangement *arrangement)
{
    const struct geo_span *span = arrangement->span;
    size_t n = arrangement->nodes, at = 1;
    for (size_t v = 0; v <= n; v++) {
        while (at <= arrangement->spans && span[at].left < v)
            at++;
        arrangement->out[v] = (uint32_t)at;
        arrangement->in[v] = 0;
    }
    for (size_t s = 1; s <= arrangement->spans; s++)
        arrangement->in[span[s].right]++;
    for (size_t v = 0, sum = 0; v <= n; v++) {
        sum += arrangement->in[v];
        arrangement->in[v] = (uint32_t)sum;
    }
    for (size_t s = arrangement->spans; s > 0; s--)
        arrangement->ending[--arrangement->in[span[s].right]] = (uint32_t)s;
}

static enum geo_status make_room(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                                 size_t edges)
{
    size_t nodes = arrangement->nodes;
    arrangement->span = malloc((edges + 2) * sizeof *arrangement->span);
    arrangement->winding = malloc((edges + 1) * sizeof *arrangement->winding);
    arrangement->out = malloc((nodes + 1) * sizeof *arrangement->out);
    arrangement->in = malloc((nodes + 1) * sizeof *arrangement->in);
    arrangement->ending = malloc((edges + 1) * sizeof *arrangement->ending);
    bool all = arrangement->span && arrangement->winding && arrangement->out && arrangement->in &&
               arrangement->ending;
    return all ? GEO_OK : geo_no_memory(ctx);
}

static enum geo_status build(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                             const struct geo_noding *noding, bool *noded)
{
    struct strand *strand = NULL;
    uint32_t *node_of = malloc((noding->positions + 1) * sizeof *node_of);
    enum geo_status status =
        node_of ? make_nodes(ctx, arrangement, noding, node_of) : geo_no_memory(ctx);
    if (status == GEO_OK)
        status = make_room(ctx, arrangement, noding->edges);
    if (status == GEO_OK && !(strand = malloc((noding->edges + 1) * sizeof *strand)))
        status = geo_no_memory(ctx);
    if (status == GEO_OK) {
        sort_strands(arrangement, noding, node_of, strand);
        make_spans(arrangement, strand, noding->edges, noded);
        list_ends(arrangement);
    }
    free(strand);
    free(node_of);
    return status;
}

/* ---- the line ---- */

/* Puts the spans that end at a node in order, takes them off the line, and finds between which
 * others the node lies. False if any of this cannot be. */
static bool pass_ends(struct geo_arrangement *arrangement, uint32_t v, uint32_t *below,
                      uint32_t *above)
{
    const struct geo_span *span = arrangement->span;
    struct geo_chain *chain = arrangement->order.chain;
    struct geo_lonlat at = arrangement->node[v];
    uint32_t first = arrangement->in[v], end = arrangement->in[v + 1];
    if (first == end)
        return geo_order_locate(&arrangement->order, at, below, above);
    uint32_t c = arrangement->ending[first];
    while (chain[c].below != 0 && span[chain[c].below].right == v)
        c = chain[c].below;
    *below = chain[c].below;
    for (uint32_t i = first; i < end; i++) {
        if (c == 0 || span[c].right != v)
            return false;
        arrangement->ending[i] = c;
        c = chain[c].above;
    }
    *above = c;
    for (uint32_t i = first; i < end; i++)
        geo_order_remove(&arrangement->order, arrangement->ending[i]);
    return (*below == 0 || geo_orient(chain[*below].left, chain[*below].right, at) > 0) &&
           (c == 0 || geo_orient(chain[c].left, chain[c].right, at) < 0);
}

/* Puts the spans that start at a node on the line. */
static enum geo_status pass_starts(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                                   uint32_t v, uint32_t below, uint32_t above)
{
    struct geo_span *span = arrangement->span;
    uint32_t state = below == 0 ? 0 : span[below].state;
    for (uint32_t s = arrangement->out[v]; s < arrangement->out[v + 1]; s++) {
        struct geo_chain *chain = &arrangement->order.chain[s];
        span[s].low = geo_states_inside(&arrangement->states, state);
        GEO_TRY(geo_states_above(ctx, &arrangement->states, state,
                                 arrangement->winding + span[s].first,
                                 span[s + 1].first - span[s].first, &state));
        span[s].high = geo_states_inside(&arrangement->states, state);
        span[s].state = state;
        span[s].under = below == 0 || geo_is_border(&span[below]) ? below : span[below].under;
        chain->left = arrangement->node[v];
        chain->right = arrangement->node[span[s].right];
        geo_order_insert(&arrangement->order, s, below, above);
        below = s;
    }
    return GEO_OK;
}

/* ---- links ---- */

struct ring_of_borders {
    struct geo_span *span;
    uint32_t first, last;
};

/* The next border counter-clockwise round a node. A border that arrives goes on with the one before
 * it: the inside on its left lies between the two. */
static void turn_to(struct ring_of_borders *round, uint32_t s, bool arrives)
{
    if (round->last != 0 && arrives)
        round->span[s].next = round->last;
    if (round->last == 0)
        round->first = s;
    round->last = s;
}

static void link_borders(struct geo_arrangement *arrangement, uint32_t v)
{
    struct geo_span *span = arrangement->span;
    struct ring_of_borders round = {.span = span};
    for (uint32_t s = arrangement->out[v]; s < arrangement->out[v + 1]; s++)
        if (geo_is_border(&span[s]))
            turn_to(&round, s, span[s].low);
    for (uint32_t i = arrangement->in [v + 1]; i-- > arrangement->in[v];) {
        uint32_t s = arrangement->ending[i];
        if (geo_is_border(&span[s]))
            turn_to(&round, s, span[s].high);
    }
    uint32_t s = round.first;
    if (s != 0 && geo_border_tail(&span[s]) != v)
        span[s].next = round.last;
}

enum geo_status geo_arrange(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                            const struct geo_noding *noding, const uint32_t *exterior, size_t rings,
                            bool *noded)
{
    *noded = true;
    GEO_TRY(build(ctx, arrangement, noding, noded));
    if (!*noded)
        return GEO_OK;
    GEO_TRY(geo_states_begin(ctx, &arrangement->states, exterior, rings));
    arrangement->order.chain = malloc((arrangement->spans + 1) * sizeof *arrangement->order.chain);
    if (!arrangement->order.chain)
        return geo_no_memory(ctx);
    arrangement->order.chain[0] = (struct geo_chain){0};
    arrangement->order.root = 0;
    for (uint32_t v = 0; v < arrangement->nodes; v++) {
        uint32_t below, above;
        if (!pass_ends(arrangement, v, &below, &above)) {
            *noded = false;
            return GEO_OK;
        }
        GEO_TRY(pass_starts(ctx, arrangement, v, below, above));
        link_borders(arrangement, v);
    }
    free(arrangement->order.chain);
    arrangement->order.chain = NULL;
    *noded = !arrangement->states.too_deep;
    return GEO_OK;
}

void geo_arrangement_release(struct geo_arrangement *arrangement)
{
    free(arrangement->node);
    free(arrangement->span);
    free(arrangement->winding);
    free(arrangement->out);
    free(arrangement->in);
    free(arrangement->ending);
    free(arrangement->order.chain);
    geo_states_release(&arrangement->states);
    *arrangement = (struct geo_arrangement){0};
}
