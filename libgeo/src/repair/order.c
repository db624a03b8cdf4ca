#include "repair/order.h"

#include "repair/orient.h"

bool geo_order_locate(const struct geo_order *order, struct geo_lonlat v, uint32_t *below,
                      uint32_t *above)
{
    const struct geo_chain *chain = order->chain;
    uint32_t under = 0, over = 0;
    for (uint32_t c = order->root; c != 0;) {
        int side = geo_orient(chain[c].left, chain[c].right, v);
        if (side == 0)
            return false;
        if (side > 0) {
            under = c;
            c = chain[c].high;
        } else {
            over = c;
            c = chain[c].low;
        }
    }
    *below = under;
    *above = over;
    return true;
}

/* Makes c take the place of old under old's parent. */
static void replace(struct geo_chain *chain, uint32_t old, uint32_t c)
{
    uint32_t up = chain[old].up;
    if (chain[up].low == old)
        chain[up].low = c;
    else
        chain[up].high = c;
    chain[c].up = up;
}

static void rotate(struct geo_chain *chain, uint32_t c)
{
    uint32_t p = chain[c].up, child;
    replace(chain, p, c);
    if (chain[p].low == c) {
        child = chain[p].low = chain[c].high;
        chain[c].high = p;
    } else {
        child = chain[p].high = chain[c].low;
        chain[c].low = p;
    }
    chain[p].up = c;
    chain[child].up = p;
}

/* Brings c up until its parent is `top`. */
static void splay(struct geo_chain *chain, uint32_t c, uint32_t top)
{
    while (chain[c].up != top) {
        uint32_t p = chain[c].up, g = chain[p].up;
        if (g != top)
            rotate(chain, (chain[g].low == p) == (chain[p].low == c) ? p : c);
        rotate(chain, c);
    }
}

void geo_order_insert(struct geo_order *order, uint32_t c, uint32_t below, uint32_t above)
{
    struct geo_chain *chain = order->chain;
    chain[c].below = below;
    chain[c].above = above;
    chain[below].above = c;
    chain[above].below = c;

    /* Of two neighbours one has no child towards the other. */
    chain[c].low = chain[c].high = 0;
    if (below != 0 && chain[below].high == 0) {
        chain[below].high = c;
        chain[c].up = below;
    } else {
        chain[above].low = c;
        chain[c].up = above;
    }
    splay(chain, c, 0);
    order->root = c;
}

void geo_order_remove(struct geo_order *order, uint32_t c)
{
    struct geo_chain *chain = order->chain;
    uint32_t below = chain[c].below, above = chain[c].above;
    chain[below].above = above;
    chain[above].below = below;

    splay(chain, c, 0);
    uint32_t root = chain[c].high;
    if (chain[c].low != 0) {
        splay(chain, below, c); /* the highest of those below: it has no child above */
        root = below;
        chain[below].high = chain[c].high;
        chain[chain[c].high].up = below;
    }
    chain[root].up = 0;
    order->root = root;
}
