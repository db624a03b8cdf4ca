/* A tree over the boxes in the order of their middles on a Z-order curve, joined with itself. */
#include "repair/pairs.h"

#include <stdlib.h>

#include "base/fail.h"

enum {
    FAN = 8, /* boxes under a node, and nodes under the next */
    MOST_LEVELS = 12
};

/* Comparisons allowed: so many for each box, and for any few. */
#define MOST_EACH 1000
#define MOST_ANY 50000000

struct place {
    uint64_t curve;
    uint32_t box;
};

struct forest {
    const struct geo_box *box;
    struct place *place;
    struct geo_box *node[MOST_LEVELS]; /* node[0]: over places */
    size_t nodes[MOST_LEVELS];
    size_t n;
    int levels;
    uint64_t left; /* comparisons left */
    geo_on_pair *on;
    struct geo_ctx *ctx;
    void *self;
};

static bool meet(const struct geo_box *a, const struct geo_box *b)
{
    return (a->west <= b->east) & (b->west <= a->east) & (a->south <= b->north) &
           (b->south <= a->north);
}

static struct geo_box both(struct geo_box a, struct geo_box b)
{
    return (struct geo_box){
        a.west < b.west ? a.west : b.west, a.south < b.south ? a.south : b.south,
        a.east > b.east ? a.east : b.east, a.north > b.north ? a.north : b.north};
}

/* ---- building ---- */

/* Puts a zero between any two of 32 bits. */
static uint64_t spread(uint64_t x)
{
    x = (x | x << 16) & 0x0000FFFF0000FFFF;
    x = (x | x << 8) & 0x00FF00FF00FF00FF;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0F;
    x = (x | x << 2) & 0x3333333333333333;
    return (x | x << 1) & 0x5555555555555555;
}

static uint64_t scaled(double from, double to, double at)
{
    return to > from ? (uint64_t)((at - from) / (to - from) * UINT32_MAX) : 0;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->curve != q->curve)
        return p->curve < q->curve ? -1 : 1;
    return (p->box > q->box) - (p->box < q->box);
}

static void set_places(struct forest *forest)
{
    struct geo_box all = forest->box[0];
    for (size_t i = 1; i < forest->n; i++)
        all = both(all, forest->box[i]);
    for (size_t i = 0; i < forest->n; i++) {
        const struct geo_box *b = &forest->box[i];
        uint64_t x = scaled(all.west, all.east, b->west / 2 + b->east / 2);
        uint64_t y = scaled(all.south, all.north, b->south / 2 + b->north / 2);
        forest->place[i] = (struct place){spread(x) | spread(y) << 1, (uint32_t)i};
    }
    qsort(forest->place, forest->n, sizeof *forest->place, compare_places);
}

static const struct geo_box *child(const struct forest *forest, int level, size_t i)
{
    return level == 0 ? &forest->box[forest->place[i].box] : &forest->node[level - 1][i];
}

static size_t children(const struct forest *forest, int level)
{
    return level == 0 ? forest->n : forest->nodes[level - 1];
}

static enum geo_status build(struct geo_ctx *ctx, struct forest *forest)
{
    forest->place = malloc(forest->n * sizeof *forest->place);
    if (!forest->place)
        return geo_no_memory(ctx);
    set_places(forest);
    for (int level = 0; level < MOST_LEVELS; level++) {
        size_t below = children(forest, level), n = (below + FAN - 1) / FAN;
        struct geo_box *node = malloc(n * sizeof *node);
        if (!node)
            return geo_no_memory(ctx);
        for (size_t i = 0; i < below; i++) {
            const struct geo_box *b = child(forest, level, i);
            node[i / FAN] = i % FAN ? both(node[i / FAN], *b) : *b;
        }
        forest->node[level] = node;
        forest->nodes[level] = n;
        forest->levels = level + 1;
        if (n == 1)
            break;
    }
    return GEO_OK;
}

/* ---- searching ---- */

static size_t end_of(const struct forest *forest, int level, size_t i)
{
    size_t end = (i + 1) * FAN, n = children(forest, level);
    return end < n ? end : n;
}

/* Joins node i of a level with node j >= i. GEO_END: no comparisons left. */
static enum geo_status join(struct forest *forest, int level, size_t i, size_t j)
{
    size_t i_end = end_of(forest, level, i), j_end = end_of(forest, level, j);
    if (forest->left < FAN * FAN)
        return GEO_END;
    for (size_t a = i * FAN; a < i_end; a++) {
        const struct geo_box *box = child(forest, level, a);
        size_t first = i < j ? j * FAN : a + (level == 0);
        forest->left -= first < j_end ? j_end - first : 0;
        for (size_t b = first; b < j_end; b++) {
            if (!meet(box, child(forest, level, b)))
                continue;
            if (level > 0)
                GEO_TRY(join(forest, level - 1, a, b));
            else
                GEO_TRY(forest->on(forest->ctx, forest->self, forest->place[a].box,
                                   forest->place[b].box));
        }
    }
    return GEO_OK;
}

enum geo_status geo_find_pairs(struct geo_ctx *ctx, const struct geo_box *box, size_t n,
                               geo_on_pair *on, void *self, bool *intractable)
{
    struct forest forest = {
        .box = box, .n = n, .left = MOST_ANY + MOST_EACH * (uint64_t)n, .on = on, .ctx = ctx};
    forest.self = self;
    *intractable = false;
    if (n == 0)
        return GEO_OK;
    enum geo_status status = build(ctx, &forest);
    if (status == GEO_OK)
        status = join(&forest, forest.levels - 1, 0, 0);
    for (int level = 0; level < forest.levels; level++)
        free(forest.node[level]);
    free(forest.place);
    *intractable = status == GEO_END;
    return *intractable ? GEO_OK : status;
}
