#include "index/tree.h"

#include <stdlib.h>

#include "base/fail.h"

#define HILBERT_BITS 16

struct keyed {
    uint64_t key;
    uint32_t box;
};

/* Place of a cell on the Hilbert curve of three dimensions: Skilling, Programming the Hilbert curve
 * (2004), from axes to the transposed key, whose bits are then interleaved. */
static uint64_t hilbert_key(uint32_t x[3])
{
    for (uint32_t bit = 1u << (HILBERT_BITS - 1); bit > 1; bit >>= 1) {
        for (int k = 0; k < 3; k++) {
            uint32_t low = bit - 1, swap = (x[0] ^ x[k]) & low;
            if (x[k] & bit) {
                x[0] ^= low;
            } else {
                x[0] ^= swap;
                x[k] ^= swap;
            }
        }
    }
    x[1] ^= x[0];
    x[2] ^= x[1];
    uint32_t flip = 0;
    for (uint32_t bit = 1u << (HILBERT_BITS - 1); bit > 1; bit >>= 1)
        flip ^= x[2] & bit ? bit - 1 : 0;
    uint64_t key = 0;
    for (int bit = HILBERT_BITS - 1; bit >= 0; bit--)
        for (int k = 0; k < 3; k++)
            key = key << 1 | (((x[k] ^ flip) >> bit) & 1);
    return key;
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return (p->box > q->box) - (p->box < q->box);
}

enum geo_status geo_tree_order(struct geo_ctx *ctx, const struct geo_box *box, size_t n,
                               uint32_t *order)
{
    struct keyed *keyed = reallocarray(NULL, n ? n : 1, sizeof *keyed);
    if (keyed == NULL)
        return geo_no_memory(ctx);
    struct geo_box all = geo_box_none();
    for (size_t i = 0; i < n; i++)
        geo_box_add(&all, &box[i]);
    float side = 1e-9f;
    for (int k = 0; k < 3; k++)
        side = all.hi[k] - all.lo[k] > side ? all.hi[k] - all.lo[k] : side;
    const double scale = ((1u << HILBERT_BITS) - 1) / (double)side;
    for (size_t i = 0; i < n; i++) {
        uint32_t cell[3];
        for (int k = 0; k < 3; k++)
            cell[k] = (uint32_t)(scale * (0.5 * ((double)box[i].lo[k] + (double)box[i].hi[k]) -
                                          (double)all.lo[k]));
        keyed[i] = (struct keyed){hilbert_key(cell), (uint32_t)i};
    }
    qsort(keyed, n, sizeof *keyed, by_key);
    for (size_t i = 0; i < n; i++)
        order[i] = keyed[i].box;
    free(keyed);
    return GEO_OK;
}

static struct geo_box node_box(const struct geo_node *node)
{
    struct geo_box box = geo_box_none();
    for (size_t j = 0; j < GEO_NODE_SIZE; j++) {
        struct geo_box child = geo_node_get(node, j);
        geo_box_add(&box, &child);
    }
    return box;
}

static void fill_level(struct geo_tree *tree, unsigned level, size_t children,
                       const struct geo_box *box, const uint32_t *order)
{
    const struct geo_box none = geo_box_none();
    struct geo_node *node = &tree->node[tree->level[level]];
    for (size_t i = 0; i < tree->level_n[level] * GEO_NODE_SIZE; i++) {
        struct geo_box child = none;
        if (i < children)
            child = level ? node_box(&tree->node[tree->level[level - 1] + i])
                          : box[order ? order[i] : i];
        geo_node_set(&node[i / GEO_NODE_SIZE], i % GEO_NODE_SIZE, &child);
    }
}

enum geo_status geo_tree_build(struct geo_ctx *ctx, const struct geo_box *box,
                               const uint32_t *order, size_t n, struct geo_tree *tree)
{
    *tree = (struct geo_tree){.n = n};
    size_t total = 0;
    for (size_t children = n; tree->levels == 0 || children > 1;) {
        children = (children + GEO_NODE_SIZE - 1) / GEO_NODE_SIZE;
        tree->level[tree->levels] = total;
        tree->level_n[tree->levels++] = children;
        total += children;
    }
    /* sizeof is a multiple of 64, a line of the cache */
    tree->node = aligned_alloc(64, (total ? total : 1) * sizeof *tree->node);
    if (tree->node == NULL)
        return geo_no_memory(ctx);
    for (unsigned level = 0; level < tree->levels; level++)
        fill_level(tree, level, level ? tree->level_n[level - 1] : n, box, order);
    return GEO_OK;
}

void geo_tree_release(struct geo_tree *tree)
{
    free(tree->node);
    *tree = (struct geo_tree){0};
}

void geo_walk_start(struct geo_walk *walk, const struct geo_tree *tree, const struct geo_box *box)
{
    walk->tree = tree;
    walk->box = *box;
    walk->first = 0;
    walk->end = tree->n;
    walk->n = 0;
    if (tree->n > 0)
        walk->stack[walk->n++] = (struct geo_step_down){0, tree->levels, 0};
}

/* Starts at the lowest level where two nodes hold the range. */
void geo_walk_start_range(struct geo_walk *walk, const struct geo_tree *tree,
                          const struct geo_box *box, size_t first, size_t n)
{
    walk->tree = tree;
    walk->box = *box;
    walk->first = first;
    walk->end = first + n;
    walk->n = 0;
    if (n == 0)
        return;
    size_t from = first / GEO_NODE_SIZE, to = (first + n - 1) / GEO_NODE_SIZE;
    unsigned level = 1;
    for (; to - from > 1; level++) {
        from /= GEO_NODE_SIZE;
        to /= GEO_NODE_SIZE;
    }
    for (size_t at = from; at <= to; at++)
        walk->stack[walk->n++] = (struct geo_step_down){0, level, at};
}

/* Puts the children of a node within reach on the stack, the nearest on top. */
static void descend(struct geo_walk *walk, unsigned level, size_t at, float limit2)
{
    float reach2[GEO_NODE_SIZE];
    size_t nearest = walk->n;
    geo_node_reach(&walk->tree->node[walk->tree->level[level - 1] + at], &walk->box, reach2);
    for (size_t j = 0; j < GEO_NODE_SIZE; j++) {
        if (j % 4 == 0 && !geo_four_any_within(geo_four_load(&reach2[j]), limit2)) {
            j += 3;
            continue;
        }
        if (!(reach2[j] <= limit2))
            continue;
        struct geo_step_down *top = &walk->stack[walk->n];
        *top = (struct geo_step_down){reach2[j], level - 1, at * GEO_NODE_SIZE + j};
        if (reach2[j] < walk->stack[nearest].reach2)
            nearest = walk->n;
        walk->n++;
    }
    if (nearest + 1 < walk->n) {
        struct geo_step_down last = walk->stack[walk->n - 1];
        walk->stack[walk->n - 1] = walk->stack[nearest];
        walk->stack[nearest] = last;
    }
}

bool geo_walk_next(struct geo_walk *walk, float limit2, size_t *item, float *reach2)
{
    while (walk->n > 0) {
        struct geo_step_down top = walk->stack[--walk->n];
        if (top.reach2 > limit2)
            continue;
        if (top.level == 0) {
            if (top.at < walk->first || top.at >= walk->end)
                continue;
            *item = top.at;
            *reach2 = top.reach2;
            return true;
        }
        descend(walk, top.level, top.at, limit2);
    }
    return false;
}
