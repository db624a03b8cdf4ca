#include <stdlib.h>

#include "base/fail.h"
#include "index/curve.h"
#include "index/room.h"
#include "measure/near_query.h"

/* Beyond this, chords are compared and not lengths. */
#define CHORDS_FROM_M 5e5
/* So many pairs are sorted by insertion. */
#define FEW 16

static int by_low(const void *a, const void *b)
{
    const struct near_pair *p = a, *q = b;
    return (p->low_m > q->low_m) - (p->low_m < q->low_m);
}

/* Nearest first. Mostly there are two or three, for which a call to qsort() is dear. */
static void sort_pairs(struct near_pair *pair, size_t n)
{
    if (n > FEW) {
        qsort(pair, n, sizeof *pair, by_low);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const struct near_pair moved = pair[i];
        size_t j = i;
        for (; j > 0 && pair[j - 1].low_m > moved.low_m; j--)
            pair[j] = pair[j - 1];
        pair[j] = moved;
    }
}

/* The length by which feet are compared: continues beyond CHORDS_FROM_M in proportion to the chord,
 * from the greatest length that such a chord can have. */
static double compared_length(const struct near_foot *foot)
{
    if (foot->chord_m <= CHORDS_FROM_M)
        return geo_space_length(foot->edge_at, foot->piece_at);
    const double curvature = GEO_EARTH_A_M / (GEO_EARTH_B_M * GEO_EARTH_B_M);
    const double half = 0.5 * curvature * CHORDS_FROM_M;
    return foot->chord_m * (asin(half) / half);
}

static enum geo_status add_foot(struct geo_ctx *ctx, struct geo_near_query *query,
                                const struct near_pair *pair, struct geo_foot edge,
                                struct geo_foot on_piece)
{
    const struct geo_piece *piece = &query->index->piece[pair->place];
    double chord = sqrt(geo_xyz_distance2(edge.at, on_piece.at));
    if (chord > query->limit_m)
        return GEO_OK;
    if (chord <= GEO_MEET_M) {
        near_add_meeting(query, (struct near_meeting){.corridor = piece->feature,
                                                      .seq = piece->seq,
                                                      .t = on_piece.t,
                                                      .place = pair->place});
        return GEO_OK;
    }
    GEO_TRY(GEO_ROOM(ctx, query->foot, query->foot_room, query->foot_n + 1));
    struct near_foot *foot = &query->foot[query->foot_n++];
    *foot = (struct near_foot){.chord_m = chord,
                               .corridor = piece->feature,
                               .seq = piece->seq,
                               .edge = pair->edge,
                               .place = pair->place,
                               .edge_t = edge.t,
                               .piece_t = on_piece.t,
                               .edge_at = edge.at,
                               .piece_at = on_piece.at};
    foot->length_m = compared_length(foot);
    near_add_rival(query, piece->feature, chord);
    return GEO_OK;
}

/* Where a point is nearest on a curve, unless that is the start of the curve's successor, which
 * finds it too. */
static bool is_foot(const struct geo_near_query *query, struct geo_xyz p,
                    const struct geo_piece *piece, double limit_m, struct geo_foot *foot)
{
    if (near_segment2(p, piece, near_inverse2(piece)) > limit_m * limit_m)
        return false;
    *foot = geo_curve_foot(piece, query->index->edges, p);
    return foot->t < 1 || piece->is_last;
}

/* The ends of each piece against the other. A foot at an end of an edge is left to the first half:
 * it is that vertex against the piece. */
static enum geo_status try_ends(struct geo_ctx *ctx, struct geo_near_query *query,
                                const struct near_pair *pair)
{
    const struct geo_piece *edge = &query->edges.piece[pair->edge];
    const struct geo_piece *piece = &query->index->piece[pair->place];
    const double limit_m = query->limit_m + (double)edge->sag_m + (double)piece->sag_m;
    struct geo_foot foot;
    for (int end = 0; end <= (edge->is_last ? 1 : 0); end++) {
        const struct geo_foot vertex = {end, geo_xyz_plus(edge->a, end, edge->d)};
        if (is_foot(query, vertex.at, piece, limit_m, &foot))
            GEO_TRY(add_foot(ctx, query, pair, vertex, foot));
    }
    for (int end = 0; end <= (piece->is_last ? 1 : 0); end++) {
        const struct geo_foot vertex = {end, geo_xyz_plus(piece->a, end, piece->d)};
        if (is_foot(query, vertex.at, edge, limit_m, &foot) && foot.t > 0 && foot.t < 1)
            GEO_TRY(add_foot(ctx, query, pair, foot, vertex));
    }
    return GEO_OK;
}

enum geo_status near_feet(struct geo_ctx *ctx, struct geo_near_query *query)
{
    sort_pairs(query->pair, query->pair_n);
    for (size_t i = 0; i < query->pair_n && query->pair[i].low_m <= query->limit_m; i++) {
        const struct geo_piece *piece = &query->index->piece[query->pair[i].place];
        if (!near_is_late(query, piece->feature, piece->seq))
            GEO_TRY(try_ends(ctx, query, &query->pair[i]));
    }
    query->pair_n = 0;
    return GEO_OK;
}
