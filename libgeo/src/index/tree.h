/* A packed R-tree: sixteen boxes a node, no pointers. What the boxes mean is the user's affair:
 * positions in space, or longitudes and latitudes with the third axis 0. */
#ifndef GEO_INDEX_TREE_H
#define GEO_INDEX_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"
#include "index/lanes.h"

#define GEO_NODE_SIZE 16
#define GEO_TREE_LEVELS 8 /* enough for 2^32 items */

/* Farther than anything; its square is still a float. */
#define GEO_BOX_FAR 1e18f

struct geo_box {
    float lo[3], hi[3];
};

struct geo_node {
    float lo[3][GEO_NODE_SIZE], hi[3][GEO_NODE_SIZE];
};

struct geo_tree {
    size_t n; /* items */
    unsigned levels;
    size_t level[GEO_TREE_LEVELS]; /* first node of each level; level 0 holds the items' boxes */
    size_t level_n[GEO_TREE_LEVELS];
    struct geo_node *node;
};

/* The box that holds nothing. */
static inline struct geo_box geo_box_none(void)
{
    return (struct geo_box){{GEO_BOX_FAR, GEO_BOX_FAR, GEO_BOX_FAR},
                            {-GEO_BOX_FAR, -GEO_BOX_FAR, -GEO_BOX_FAR}};
}

/* Doubles as floats, rounded outward. */
static inline float geo_float_below(double x)
{
    return (float)(x - (x < 0 ? -x : x) * 0x1p-23 - 1e-30);
}

static inline float geo_float_above(double x)
{
    return (float)(x + (x < 0 ? -x : x) * 0x1p-23 + 1e-30);
}

/* The box of a box that holds both. */
static inline void geo_box_add(struct geo_box *box, const struct geo_box *more)
{
    for (int k = 0; k < 3; k++) {
        box->lo[k] = more->lo[k] < box->lo[k] ? more->lo[k] : box->lo[k];
        box->hi[k] = more->hi[k] > box->hi[k] ? more->hi[k] : box->hi[k];
    }
}

static inline void geo_node_set(struct geo_node *node, size_t j, const struct geo_box *box)
{
    for (int k = 0; k < 3; k++) {
        node->lo[k][j] = box->lo[k];
        node->hi[k][j] = box->hi[k];
    }
}

static inline struct geo_box geo_node_get(const struct geo_node *node, size_t j)
{
    return (struct geo_box){{node->lo[0][j], node->lo[1][j], node->lo[2][j]},
                            {node->hi[0][j], node->hi[1][j], node->hi[2][j]}};
}

/* Squares of the distances from a box to the boxes of a node, never too great; 0 exactly where they
 * touch. */
static inline void geo_node_reach(const struct geo_node *node, const struct geo_box *box,
                                  float reach2[GEO_NODE_SIZE])
{
    for (int j = 0; j < GEO_NODE_SIZE; j += 4) {
        geo_four sum = {0, 0, 0, 0};
        for (int k = 0; k < 3; k++) {
            geo_four after = geo_four_load(&node->lo[k][j]) - box->hi[k];
            geo_four before = box->lo[k] - geo_four_load(&node->hi[k][j]);
            geo_four gap = geo_four_positive(after) + geo_four_positive(before); /* one is 0 */
            sum += gap * gap;
        }
        sum *= 1 - 1e-6f;
        memcpy(&reach2[j], &sum, sizeof sum);
    }
}

/* Whether two boxes touch: exactly where geo_node_reach() is 0. */
static inline bool geo_box_touches(const struct geo_box *a, const struct geo_box *b)
{
    bool touches = true;
    for (int k = 0; k < 3; k++)
        touches &= a->lo[k] <= b->hi[k] && b->lo[k] <= a->hi[k];
    return touches;
}

/* Puts n boxes in the order of a Hilbert curve through their middles: order[place] = box.
 * GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status geo_tree_order(struct geo_ctx *ctx, const struct geo_box *box,
                                            size_t n, uint32_t *order);

/* Builds the tree over n boxes in their order (order: NULL), or in that of `order`. The tree is
 * overwritten and holds memory to be released, also where n is 0.
 * GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status geo_tree_build(struct geo_ctx *ctx, const struct geo_box *box,
                                            const uint32_t *order, size_t n, struct geo_tree *tree);

void geo_tree_release(struct geo_tree *tree);

/* The box of item i, in the tree's order. */
static inline struct geo_box geo_tree_box(const struct geo_tree *tree, size_t i)
{
    return geo_node_get(&tree->node[i / GEO_NODE_SIZE], i % GEO_NODE_SIZE);
}

/* A walk over the items near a box: depth first, the nearest child first. */
struct geo_walk {
    const struct geo_tree *tree;
    struct geo_box box;
    size_t first, end; /* items [first, end) only */
    size_t n;
    struct geo_step_down {
        float reach2;
        unsigned level; /* 0: an item, l: a node of level l - 1 */
        size_t at;
    } stack[(GEO_TREE_LEVELS + 1) * GEO_NODE_SIZE];
};

void geo_walk_start(struct geo_walk *walk, const struct geo_tree *tree, const struct geo_box *box);

/* The same over n items from `first` alone. */
void geo_walk_start_range(struct geo_walk *walk, const struct geo_tree *tree,
                          const struct geo_box *box, size_t first, size_t n);

/* The next item whose box lies within the square root of limit2, which may shrink from call to
 * call. False: there is none. */
bool geo_walk_next(struct geo_walk *walk, float limit2, size_t *item, float *reach2);

#endif
