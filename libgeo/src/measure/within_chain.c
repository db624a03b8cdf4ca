#include "measure/within_chain.h"

#include <math.h>
#include <stdlib.h>

#include "index/room.h"
#include "index/space.h"

void within_chain_release(struct within_chain *chain)
{
    free(chain->spot);
    free(chain->ring);
    *chain = (struct within_chain){0};
}

static size_t open_first(const struct within_chain *chain)
{
    if (chain->ring_n == 0)
        return 0;
    const struct within_ring *last = &chain->ring[chain->ring_n - 1];
    return last->first + last->n;
}

enum geo_status within_chain_add(struct geo_ctx *ctx, struct within_chain *chain,
                                 const struct within_spot *spot, size_t n)
{
    GEO_TRY(GEO_ROOM(ctx, chain->spot, chain->spot_room, chain->spot_n + n));
    memcpy(&chain->spot[chain->spot_n], spot, n * sizeof *spot);
    chain->spot_n += n;
    return GEO_OK;
}

enum geo_status within_chain_end(struct geo_ctx *ctx, struct within_chain *chain)
{
    const size_t first = open_first(chain);
    if (chain->spot_n - first < 3) {
        chain->spot_n = first;
        return GEO_OK;
    }
    GEO_TRY(GEO_ROOM(ctx, chain->ring, chain->ring_room, chain->ring_n + 1));
    chain->ring[chain->ring_n++] = (struct within_ring){first, chain->spot_n - first};
    return GEO_OK;
}

enum geo_status within_chain_copy(struct geo_ctx *ctx, struct within_chain *chain,
                                  const struct within_chain *from, size_t ring)
{
    const struct within_ring r = from->ring[ring];
    GEO_TRY(within_chain_add(ctx, chain, &from->spot[r.first], r.n));
    return within_chain_end(ctx, chain);
}

static inline double side_of(const struct within_line *line, struct within_spot p)
{
    return line->x * p.x + line->y * p.y - line->c;
}

static inline struct within_spot between(struct within_spot a, double side_a, struct within_spot b,
                                         double side_b)
{
    const double t = side_a / (side_a - side_b);
    return (struct within_spot){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* Every spot may be followed by a crossing. */
static enum geo_status reserve(struct geo_ctx *ctx, struct within_chain *chain, size_t n)
{
    return GEO_ROOM(ctx, chain->spot, chain->spot_room, chain->spot_n + 2 * n);
}

/* How many spots lie inside. */
static size_t count_inside(const struct within_spot *spot, size_t n, const struct within_line *line)
{
    size_t inside = 0;
    for (size_t i = 0; i < n; i++)
        inside += side_of(line, spot[i]) <= 0;
    return inside;
}

bool within_ring_is_inside(const struct within_chain *chain, size_t ring, struct within_line line)
{
    const struct within_ring r = chain->ring[ring];
    return count_inside(&chain->spot[r.first], r.n, &line) == r.n;
}

/* Sutherland and Hodgman (1974), for one side of a line. */
static void clip(const struct within_spot *spot, size_t n, struct within_line line,
                 struct within_chain *to)
{
    struct within_spot *out = &to->spot[to->spot_n], last = spot[n - 1];
    double last_side = side_of(&line, last);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct within_spot p = spot[i];
        const double side = side_of(&line, p);
        if ((side <= 0) != (last_side <= 0))
            out[count++] = between(last, last_side, p, side);
        if (side <= 0)
            out[count++] = p;
        last = p;
        last_side = side;
    }
    to->spot_n += count;
}

static enum geo_status keep(struct geo_ctx *ctx, const struct within_chain *from, size_t ring,
                            struct within_line line, struct within_chain *to)
{
    const struct within_ring r = from->ring[ring];
    GEO_TRY(reserve(ctx, to, r.n));
    clip(&from->spot[r.first], r.n, line, to);
    return within_chain_end(ctx, to);
}

enum geo_status within_chain_cut(struct geo_ctx *ctx, const struct within_chain *from, size_t ring,
                                 struct within_line line, struct within_chain *inside,
                                 struct within_chain *outside)
{
    const struct within_ring r = from->ring[ring];
    const size_t count = count_inside(&from->spot[r.first], r.n, &line);
    if (count == r.n)
        return inside ? within_chain_copy(ctx, inside, from, ring) : GEO_OK;
    if (count == 0)
        return outside ? within_chain_copy(ctx, outside, from, ring) : GEO_OK;
    if (inside)
        GEO_TRY(keep(ctx, from, ring, line, inside));
    const struct within_line back = {-line.x, -line.y, -line.c};
    return outside ? keep(ctx, from, ring, back, outside) : GEO_OK;
}

double within_ring_area(const struct within_chain *chain, size_t ring)
{
    const struct within_ring r = chain->ring[ring];
    const struct within_spot *spot = &chain->spot[r.first];
    double twice = 0;
    for (size_t i = 2; i < r.n; i++)
        twice += (spot[i - 1].x - spot[0].x) * (spot[i].y - spot[0].y) -
                 (spot[i].x - spot[0].x) * (spot[i - 1].y - spot[0].y);
    return twice / 2;
}

double within_chain_area(const struct within_chain *chain)
{
    double sum = 0;
    for (size_t ring = 0; ring < chain->ring_n; ring++)
        sum += within_ring_area(chain, ring);
    return sum;
}

static void extend(struct within_box *box, struct within_spot p)
{
    box->x_lo = geo_min(box->x_lo, p.x);
    box->x_hi = geo_max(box->x_hi, p.x);
    box->y_lo = geo_min(box->y_lo, p.y);
    box->y_hi = geo_max(box->y_hi, p.y);
}

static struct within_box box_of(const struct within_spot *spot, size_t n)
{
    struct within_box box = {spot[0].x, spot[0].x, spot[0].y, spot[0].y};
    for (size_t i = 1; i < n; i++)
        extend(&box, spot[i]);
    return box;
}

struct within_box within_ring_box(const struct within_chain *chain, size_t ring)
{
    return box_of(&chain->spot[chain->ring[ring].first], chain->ring[ring].n);
}

struct within_box within_chain_box(const struct within_chain *chain)
{
    return box_of(chain->spot, chain->spot_n);
}
