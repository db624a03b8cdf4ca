/* The search for the nearest corridors of one feature.
 *
 *     near_load.c    the feature as pieces
 *     near_meet.c    which shape lies in which; the list of meetings
 *     near_search.c  pairs of pieces that may be nearest, by bounds in space
 *     near_foot.c    those pairs exactly
 *     near_pick.c    the answers
 *
 * Nothing depends on the order of the search: a pair is dropped only where it is farther than the
 * answer by more than ties are, and what is chosen from the rest is the least in a fixed order. */
#ifndef GEO_MEASURE_NEAR_QUERY_H
#define GEO_MEASURE_NEAR_QUERY_H

#include "geo/measure.h"
#include "index/corridors.h"

/* Up to sixteen consecutive pieces of a ring of the feature: what walks the tree at once. */
struct near_run {
    size_t first, n;
    bool has_node;
    struct geo_node node;                            /* their boxes, where has_node */
    struct geo_box box;                              /* all of them */
    double a[3][GEO_NODE_SIZE], d[3][GEO_NODE_SIZE]; /* their starts and segments, by axes */
    double inverse2[GEO_NODE_SIZE];                  /* near_inverse2() of each */
    double sag_m;                                    /* the greatest */
};

/* A corridor that is known to be no farther than this. */
struct near_rival {
    double chord_m;
    uint32_t corridor;
};

/* A pair of pieces that may hold the nearest points. */
struct near_pair {
    double low_m; /* no farther apart than this in space, in truth */
    uint32_t edge, place;
};

/* The nearest points of a pair. */
struct near_foot {
    double chord_m, length_m;
    uint32_t corridor, seq;
    uint32_t edge, place;
    double edge_t, piece_t;
    struct geo_xyz edge_at, piece_at;
};

/* Where a corridor meets the feature. */
struct near_meeting {
    uint32_t corridor;
    uint32_t seq; /* of the corridor's piece; UINT32_MAX: the feature lies in the corridor */
    double t;     /* on the piece */
    uint32_t place;
    uint32_t edge; /* the feature's piece whose start lies in the corridor */
};

struct geo_near_query {
    const struct geo_index *index;
    size_t hint; /* place of the last winner; SIZE_MAX: none */

    struct geo_pieces edges; /* the feature */
    uint32_t *head;          /* first piece of each part */
    size_t head_n, head_room;
    struct geo_region *region;
    size_t region_n, region_room;

    uint32_t *run_first; /* where its runs start, and their boxes: for a search of several */
    size_t run_n, run_first_room;
    struct geo_box *run_box;
    size_t run_box_room;

    size_t k; /* how many corridors are looked for */
    double max_m;
    double limit_m; /* farther pairs are of no interest (a chord): by max_m, by the rivals and, */
    float limit2;   /* where corridors are searched one by one, by own_m, found on this one */
    double own_m;
    struct near_rival *rival; /* at most k, nearest first */
    size_t rival_n, rival_room;
    struct near_meeting *meeting; /* at most k, by corridor */
    size_t meeting_n, meeting_room;
    struct near_pair *pair;
    size_t pair_n, pair_room;
    struct near_foot *foot;
    size_t foot_n, foot_room;
};

/* Loads feature i of a batch. GEO_OK, GEO_ENOMEM, GEO_EDOMAIN */
GEO_MUST_USE enum geo_status near_load(struct geo_ctx *ctx, struct geo_near_query *query,
                                       const struct geo_batch *batch, size_t i);

/* Starts a search for k corridors within max_m. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status near_start(struct geo_ctx *ctx, struct geo_near_query *query, size_t k,
                                        double max_m);

/* Notes that a corridor is no farther than a chord. */
void near_add_rival(struct geo_near_query *query, uint32_t corridor, double chord_m);

/* Notes a meeting. */
void near_add_meeting(struct geo_near_query *query, struct near_meeting meeting);

/* Whether a meeting with this piece of a corridor would change nothing. */
bool near_is_late(const struct geo_near_query *query, uint32_t corridor, uint32_t seq);

/* Whether a meeting with this corridor is known. */
bool near_has_met(const struct geo_near_query *query, uint32_t corridor);

/* Finds the meetings by which one shape lies in the other. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status near_contain(struct geo_ctx *ctx, struct geo_near_query *query);

/* Finds the feet and the meetings by which edges cross or touch. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status near_search(struct geo_ctx *ctx, struct geo_near_query *query);

/* Works the pairs out: feet, and the meetings by which edges touch. Leaves no pairs.
 * GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status near_feet(struct geo_ctx *ctx, struct geo_near_query *query);

/* Chooses at most k answers, and the hint for the next feature. */
size_t near_pick(struct geo_ctx *ctx, struct geo_near_query *query, struct geo_near *near);

/* Square of the distance of a point from the segment of a piece. */
static inline double near_segment2(struct geo_xyz p, const struct geo_piece *piece, double inverse2)
{
    struct geo_xyz w = geo_xyz_minus(p, piece->a);
    double t = geo_xyz_dot(w, piece->d) * inverse2;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    w = geo_xyz_plus(w, -t, piece->d);
    return geo_xyz_dot(w, w);
}

/* 1 / length^2 of the segment of a piece, 0 for a point. */
static inline double near_inverse2(const struct geo_piece *piece)
{
    double length2 = geo_xyz_dot(piece->d, piece->d);
    return length2 > 0 ? 1 / length2 : 0;
}

#endif
