#include "repair/noding.h"

#include <float.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/grow.h"
#include "repair/orient.h"
#include "repair/pairs.h"

/* ---- edges ---- */

static enum geo_status add_position(struct geo_ctx *ctx, struct geo_noding *noding,
                                    struct geo_lonlat v)
{
    if (noding->positions == noding->position_room) {
        size_t room = geo_grown(noding->position_room, noding->positions + 1);
        if (!geo_grow(&noding->position, room, sizeof *noding->position))
            return geo_no_memory(ctx);
        noding->position_room = room;
    }
    noding->position[noding->positions++] = v;
    return GEO_OK;
}

static enum geo_status add_edge(struct geo_ctx *ctx, struct geo_noding *noding,
                                struct geo_edge edge)
{
    if (noding->edges == noding->edge_room) {
        size_t room = geo_grown(noding->edge_room, noding->edges + 1);
        if (!geo_grow(&noding->edge, room, sizeof *noding->edge))
            return geo_no_memory(ctx);
        noding->edge_room = room;
    }
    noding->edge[noding->edges++] = edge;
    return GEO_OK;
}

enum geo_status geo_noding_add_ring(struct geo_ctx *ctx, struct geo_noding *noding,
                                    const struct geo_lonlat *vertex, size_t n, uint32_t ring)
{
    uint32_t first = (uint32_t)noding->positions;
    for (size_t i = 0; i + 1 < n; i++) {
        uint32_t at = (uint32_t)noding->positions, to = i + 2 < n ? at + 1 : first;
        GEO_TRY(add_position(ctx, noding, vertex[i]));
        GEO_TRY(add_edge(ctx, noding, (struct geo_edge){at, to, ring}));
    }
    return GEO_OK;
}

/* ---- where edges meet ---- */

struct finder {
    struct geo_noding *noding;
    double tolerance_deg;
};

static double dot(struct geo_lonlat from, struct geo_lonlat a, struct geo_lonlat b)
{
    return (a.lon - from.lon) * (b.lon - from.lon) + (a.lat - from.lat) * (b.lat - from.lat);
}

static double cross(struct geo_lonlat from, struct geo_lonlat a, struct geo_lonlat b)
{
    return (a.lon - from.lon) * (b.lat - from.lat) - (a.lat - from.lat) * (b.lon - from.lon);
}

static enum geo_status cut_at(struct geo_ctx *ctx, struct geo_noding *noding, uint32_t edge,
                              uint32_t position)
{
    struct geo_lonlat a = noding->position[noding->edge[edge].from];
    struct geo_lonlat b = noding->position[noding->edge[edge].to];
    if (noding->cuts == noding->cut_room) {
        size_t room = geo_grown(noding->cut_room, noding->cuts + 1);
        if (!geo_grow(&noding->cut, room, sizeof *noding->cut))
            return geo_no_memory(ctx);
        noding->cut_room = room;
    }
    noding->cut[noding->cuts++] =
        (struct geo_cut){dot(a, b, noding->position[position]), edge, position};
    return GEO_OK;
}

/* Whether v, which is on the line from a to b, lies between them. */
static bool is_between(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat v)
{
    return geo_before(a, b) ? geo_before(a, v) && geo_before(v, b)
                            : geo_before(b, v) && geo_before(v, a);
}

/* Whether v lies beside the line from a to b, between them, no farther than coordinates are
 * rounded. */
static bool is_beside(const struct finder *finder, struct geo_lonlat a, struct geo_lonlat b,
                      struct geo_lonlat v)
{
    double length2 = dot(a, b, b), along = dot(a, b, v), off = cross(a, b, v);
    return along > 0 && along < length2 &&
           off * off <= finder->tolerance_deg * finder->tolerance_deg * length2;
}

static double held(double value, double a, double b)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return value < low ? low : value > high ? high : value;
}

struct line {
    struct geo_lonlat a, b;
};

static struct line line_of(struct geo_lonlat a, struct geo_lonlat b)
{
    return geo_before(a, b) ? (struct line){a, b} : (struct line){b, a};
}

/* Where edges ab and cd cross, within the boxes of both: the same whichever way they run and
 * whichever comes first, so that edges on top of each other are cut alike. */
static struct geo_lonlat crossing_of(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c,
                                     struct geo_lonlat d)
{
    struct line p = line_of(a, b), q = line_of(c, d);
    if (geo_before(q.a, p.a) || (geo_same(q.a, p.a) && geo_before(q.b, p.b))) {
        struct line other = p;
        p = q;
        q = other;
    }
    double from = cross(q.a, q.b, p.a), to = cross(q.a, q.b, p.b), t = from / (from - to);
    struct geo_lonlat x = {p.a.lon + t * (p.b.lon - p.a.lon), p.a.lat + t * (p.b.lat - p.a.lat)};
    x.lon = held(held(x.lon, a.lon, b.lon), c.lon, d.lon);
    x.lat = held(held(x.lat, a.lat, b.lat), c.lat, d.lat);
    return x;
}

/* Cuts two edges that cross: at ends of the one that lie beside the other, or where they cross. */
static enum geo_status cut_crossing(struct geo_ctx *ctx, struct finder *finder, uint32_t p,
                                    uint32_t q)
{
    struct geo_noding *noding = finder->noding;
    struct geo_edge e = noding->edge[p], f = noding->edge[q];
    const struct geo_lonlat *at = noding->position;
    struct geo_lonlat a = at[e.from], b = at[e.to], c = at[f.from], d = at[f.to];
    const struct {
        uint32_t edge, end;
        bool is_beside;
    } end[] = {{p, f.from, is_beside(finder, a, b, c)},
               {p, f.to, is_beside(finder, a, b, d)},
               {q, e.from, is_beside(finder, c, d, a)},
               {q, e.to, is_beside(finder, c, d, b)}};
    struct geo_lonlat x = crossing_of(a, b, c, d);
    bool any = false;
    if (!noding->crosses || geo_before(x, noding->crossing))
        noding->crossing = x;
    noding->crosses = true;
    for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
        if (end[i].is_beside)
            GEO_TRY(cut_at(ctx, noding, end[i].edge, end[i].end));
        any |= end[i].is_beside;
    }
    if (any)
        return GEO_OK;
    GEO_TRY(add_position(ctx, noding, x));
    GEO_TRY(cut_at(ctx, noding, p, (uint32_t)noding->positions - 1));
    return cut_at(ctx, noding, q, (uint32_t)noding->positions - 1);
}

static enum geo_status on_pair(struct geo_ctx *ctx, void *self, uint32_t p, uint32_t q)
{
    struct finder *finder = self;
    struct geo_noding *noding = finder->noding;
    struct geo_edge e = noding->edge[p], f = noding->edge[q];
    const struct geo_lonlat *at = noding->position;
    struct geo_lonlat a = at[e.from], b = at[e.to], c = at[f.from], d = at[f.to];
    int sa, sb, sc = geo_orient(a, b, c), sd = geo_orient(a, b, d);
    if (sc * sd > 0)
        return GEO_OK;
    sa = geo_orient(c, d, a);
    sb = geo_orient(c, d, b);
    if (sa * sb > 0)
        return GEO_OK;
    if (sc * sd < 0 && sa * sb < 0)
        return cut_crossing(ctx, finder, p, q);
    if (sc == 0 && is_between(a, b, c))
        GEO_TRY(cut_at(ctx, noding, p, f.from));
    if (sd == 0 && is_between(a, b, d))
        GEO_TRY(cut_at(ctx, noding, p, f.to));
    if (sa == 0 && is_between(c, d, a))
        GEO_TRY(cut_at(ctx, noding, q, e.from));
    if (sb == 0 && is_between(c, d, b))
        GEO_TRY(cut_at(ctx, noding, q, e.to));
    return GEO_OK;
}

/* ---- cutting ---- */

static int compare_cuts(const void *a, const void *b)
{
    const struct geo_cut *p = a, *q = b;
    if (p->edge != q->edge)
        return p->edge < q->edge ? -1 : 1;
    if (p->along != q->along)
        return p->along < q->along ? -1 : 1;
    return (p->position > q->position) - (p->position < q->position);
}

/* Cuts one edge at n places in order. The first piece takes its place, the others are added. */
static enum geo_status cut_edge(struct geo_ctx *ctx, struct geo_noding *noding,
                                const struct geo_cut *cut, size_t n)
{
    struct geo_edge whole = noding->edge[cut->edge], piece = whole;
    bool is_first = true;
    for (size_t i = 0; i <= n; i++) {
        piece.to = i < n ? cut[i].position : whole.to;
        if (geo_same(noding->position[piece.from], noding->position[piece.to]))
            continue;
        if (is_first)
            noding->edge[cut->edge] = piece;
        else
            GEO_TRY(add_edge(ctx, noding, piece));
        is_first = false;
        piece.from = piece.to;
    }
    return GEO_OK;
}

static enum geo_status cut_all(struct geo_ctx *ctx, struct geo_noding *noding)
{
    if (noding->cuts > 0)
        qsort(noding->cut, noding->cuts, sizeof *noding->cut, compare_cuts);
    for (size_t i = 0, end; i < noding->cuts; i = end) {
        for (end = i + 1; end < noding->cuts && noding->cut[end].edge == noding->cut[i].edge;)
            end++;
        GEO_TRY(cut_edge(ctx, noding, noding->cut + i, end - i));
    }
    return GEO_OK;
}

static struct geo_box box_of(struct geo_lonlat a, struct geo_lonlat b)
{
    return (struct geo_box){a.lon < b.lon ? a.lon : b.lon, a.lat < b.lat ? a.lat : b.lat,
                            a.lon < b.lon ? b.lon : a.lon, a.lat < b.lat ? b.lat : a.lat};
}

enum geo_status geo_noding_cut(struct geo_ctx *ctx, struct geo_noding *noding, size_t *cuts,
                               bool *intractable)
{
    struct finder finder = {.noding = noding};
    struct geo_box *box = malloc((noding->edges + 1) * sizeof *box);
    double largest = 0;
    if (!box)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < noding->edges; i++) {
        const struct geo_edge *edge = &noding->edge[i];
        box[i] = box_of(noding->position[edge->from], noding->position[edge->to]);
        largest = fmax(fmax(largest, -box[i].west), fmax(box[i].east, -box[i].south));
        largest = fmax(largest, box[i].north);
    }
    finder.tolerance_deg = 2 * DBL_EPSILON * largest;
    noding->cuts = 0;
    enum geo_status status = geo_find_pairs(ctx, box, noding->edges, on_pair, &finder, intractable);
    free(box);
    if (status == GEO_OK && !*intractable)
        status = cut_all(ctx, noding);
    *cuts = noding->cuts;
    return status;
}

void geo_noding_release(struct geo_noding *noding)
{
    free(noding->position);
    free(noding->edge);
    free(noding->cut);
    *noding = (struct geo_noding){0};
}
