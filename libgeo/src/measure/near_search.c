#include "base/fail.h"
#include "index/curve.h"
#include "index/room.h"
#include "measure/near_query.h"

/* Two lengths of equal chord differ by the direction: less than this times the cube of the chord
 * (0.7 % of chord^3 / 24 R^2). */
#define SPREAD_M2 1e-17
/* What ties and rounding need. */
#define SLACK_M (3 * GEO_MEET_M)

static double with_slack(double chord_m)
{
    return chord_m + SPREAD_M2 * chord_m * chord_m * chord_m + SLACK_M;
}

static void set_limit(struct geo_near_query *query)
{
    double limit = geo_min(query->max_m + SLACK_M, with_slack(query->own_m));
    if (query->rival_n == query->k)
        limit = geo_min(limit, with_slack(query->rival[query->k - 1].chord_m));
    query->limit_m = limit;
    query->limit2 = limit < 1e15 ? geo_float_above(limit * limit) : 1e30f;
}

enum geo_status near_start(struct geo_ctx *ctx, struct geo_near_query *query, size_t k,
                           double max_m)
{
    query->k = k < query->index->corridor_count ? k : query->index->corridor_count;
    query->max_m = max_m;
    query->own_m = INFINITY;
    query->rival_n = query->meeting_n = query->pair_n = query->foot_n = 0;
    GEO_TRY(GEO_ROOM(ctx, query->rival, query->rival_room, query->k + 1));
    GEO_TRY(GEO_ROOM(ctx, query->meeting, query->meeting_room, query->k + 1));
    if (query->k > 0)
        set_limit(query);
    return GEO_OK;
}

void near_add_rival(struct geo_near_query *query, uint32_t corridor, double chord_m)
{
    struct near_rival *rival = query->rival;
    size_t n = query->rival_n, i = 0;
    if (query->k > 1 && query->k == query->index->corridor_count)
        return; /* all are wanted */
    if (n == query->k && chord_m >= rival[n - 1].chord_m)
        return;
    while (i < n && rival[i].corridor != corridor)
        i++;
    if (i < n && rival[i].chord_m <= chord_m)
        return;
    if (i == n && n == query->k)
        i--; /* the farthest gives way */
    else if (i == n)
        query->rival_n = n + 1;
    for (; i > 0 && rival[i - 1].chord_m > chord_m; i--)
        rival[i] = rival[i - 1];
    rival[i] = (struct near_rival){chord_m, corridor};
    set_limit(query);
}

/* Notes that the corridor under search is no farther than a chord. */
static void add_bound(struct geo_near_query *query, uint32_t corridor, double chord_m)
{
    if (query->k > 1 && chord_m < query->own_m) {
        query->own_m = chord_m;
        set_limit(query);
    }
    near_add_rival(query, corridor, chord_m);
}

/* Makes room for a pair: drops those that are out of the race before growing. */
static enum geo_status reserve_pair(struct geo_ctx *ctx, struct geo_near_query *query)
{
    if (query->pair_n < query->pair_room)
        return GEO_OK;
    size_t kept = 0;
    for (size_t i = 0; i < query->pair_n; i++)
        if (query->pair[i].low_m <= query->limit_m)
            query->pair[kept++] = query->pair[i];
    query->pair_n = kept;
    if (kept < query->pair_room / 2)
        return GEO_OK;
    return GEO_ROOM(ctx, query->pair, query->pair_room, query->pair_room + 1);
}

/* Two positions or segments. */
struct two_xyz {
    geo_two x, y, z;
};

/* Squares of the distances of points w, relative to the start of segments d, from those segments.
 */
static inline geo_two residual2(struct two_xyz w, struct two_xyz d, geo_two inverse2)
{
    geo_two t = geo_two_positive((w.x * d.x + w.y * d.y + w.z * d.z) * inverse2);
    t = 1 - geo_two_positive(1 - t);
    geo_two x = w.x - t * d.x, y = w.y - t * d.y, z = w.z - t * d.z;
    return x * x + y * y + z * z;
}

/* Squares of the distances between the segments of a run and that of a piece: of the start of each
 * from the other, and of ends that are nobody's start.
 *
 * That is enough. Of two curves that do not cross, an end is nearest: the surface curves so that a
 * common perpendicular is a saddle, never a least; and an end is the start of the next piece. */
static void reach_segments(const struct near_run *run, const struct geo_piece *piece,
                           double apart2[GEO_NODE_SIZE])
{
    const struct geo_xyz a = piece->a, d = piece->d;
    const struct two_xyz along = {{d.x, d.x}, {d.y, d.y}, {d.z, d.z}};
    const double inverse2 = near_inverse2(piece);
    const bool is_last = piece->is_last;
    for (size_t j = 0; j < run->n; j += 2) {
        struct two_xyz w = {geo_two_load(&run->a[0][j]) - a.x, geo_two_load(&run->a[1][j]) - a.y,
                            geo_two_load(&run->a[2][j]) - a.z};
        struct two_xyz back = {-w.x, -w.y, -w.z};
        struct two_xyz edge = {geo_two_load(&run->d[0][j]), geo_two_load(&run->d[1][j]),
                               geo_two_load(&run->d[2][j])};
        geo_two edge_inverse2 = geo_two_load(&run->inverse2[j]);
        geo_two least = geo_two_min(residual2(w, along, (geo_two){inverse2, inverse2}),
                                    residual2(back, edge, edge_inverse2));
        if (is_last) {
            back = (struct two_xyz){back.x + d.x, back.y + d.y, back.z + d.z};
            least = geo_two_min(least, residual2(back, edge, edge_inverse2));
        }
        memcpy(&apart2[j], &least, sizeof least);
    }
}

/* The boxes of the pieces of a run, when they are first needed. */
static void box_run(const struct geo_near_query *query, struct near_run *run)
{
    const struct geo_box none = geo_box_none();
    for (size_t j = 0; j < GEO_NODE_SIZE; j++) {
        const struct geo_box box =
            j < run->n ? geo_piece_box(&query->edges.piece[run->first + j], &query->index->frame)
                       : none;
        geo_node_set(&run->node, j, &box);
    }
    run->has_node = true;
}

/* The meetings of a piece of a corridor with the pieces of a run whose boxes touch its box. */
static bool cross_run(struct geo_near_query *query, struct near_run *run, size_t place)
{
    if (!run->has_node)
        box_run(query, run);
    const struct geo_piece *piece = &query->index->piece[place];
    const struct geo_box box = geo_tree_box(&query->index->tree, place);
    float reach2[GEO_NODE_SIZE];
    bool has_crossed = false;
    geo_node_reach(&run->node, &box, reach2);
    for (size_t j = 0; j < run->n; j++) {
        double t;
        if (reach2[j] > 0 ||
            !geo_curve_cross(piece, &query->edges.piece[run->first + j], query->index->edges, &t))
            continue;
        near_add_meeting(query, (struct near_meeting){.corridor = piece->feature,
                                                      .seq = piece->seq,
                                                      .t = t,
                                                      .place = (uint32_t)place});
        has_crossed = true;
    }
    return has_crossed;
}

/* A piece of a corridor against the pieces of a run; touches: their boxes do. */
static enum geo_status try_piece(struct geo_ctx *ctx, struct geo_near_query *query,
                                 struct near_run *run, size_t place, bool touches)
{
    const struct geo_piece *piece = &query->index->piece[place];
    if (near_is_late(query, piece->feature, piece->seq))
        return GEO_OK;
    if (touches && cross_run(query, run, place))
        return GEO_OK;
    double apart2[GEO_NODE_SIZE], least2 = INFINITY;
    reach_segments(run, piece, apart2);
    const struct geo_piece *end = &query->edges.piece[run->first + run->n - 1];
    if (end->is_last)
        apart2[run->n - 1] =
            geo_min(apart2[run->n - 1],
                    near_segment2(geo_xyz_plus(end->a, 1, end->d), piece, near_inverse2(piece)));
    for (size_t j = 0; j < run->n; j++)
        least2 = geo_min(least2, apart2[j]);
    const double sag = run->sag_m + (double)piece->sag_m;
    add_bound(query, piece->feature, sqrt(least2) + sag);
    for (size_t j = 0; j < run->n; j++) {
        if (apart2[j] > (query->limit_m + sag) * (query->limit_m + sag))
            continue;
        GEO_TRY(reserve_pair(ctx, query));
        query->pair[query->pair_n++] =
            (struct near_pair){sqrt(apart2[j]) - sag, (uint32_t)(run->first + j), (uint32_t)place};
    }
    return GEO_OK;
}

/* Adds a position to a box whose sides are doubles. */
static inline void span(double lo[3], double hi[3], struct geo_xyz p)
{
    const double at[3] = {p.x, p.y, p.z};
    for (int k = 0; k < 3; k++) {
        lo[k] = geo_min(lo[k], at[k]);
        hi[k] = geo_max(hi[k], at[k]);
    }
}

/* The box of a run: of its vertices, widened by the greatest sagitta. */
static void bound_run(const struct geo_near_query *query, struct near_run *run)
{
    const struct geo_frame *frame = &query->index->frame;
    double lo[3] = {INFINITY, INFINITY, INFINITY}, hi[3] = {-INFINITY, -INFINITY, -INFINITY};
    const struct geo_piece *edge = &query->edges.piece[run->first];
    for (size_t j = 0; j < run->n; j++)
        span(lo, hi, geo_frame_turn(frame, geo_xyz_minus(edge[j].a, frame->origin)));
    const struct geo_piece *last = &edge[run->n - 1];
    struct geo_xyz end = geo_xyz_plus(last->a, 1, last->d);
    span(lo, hi, geo_frame_turn(frame, geo_xyz_minus(end, frame->origin)));
    for (int k = 0; k < 3; k++) {
        run->box.lo[k] = geo_float_below(lo[k] - run->sag_m);
        run->box.hi[k] = geo_float_above(hi[k] + run->sag_m);
    }
}

/* The run that starts with a piece: to the end of its ring, at most sixteen. */
static void start_run(const struct geo_near_query *query, size_t first, struct near_run *run)
{
    run->first = first;
    run->n = 0;
    run->has_node = false;
    run->sag_m = 0;
    for (bool ends = false; !ends && run->n < GEO_NODE_SIZE; run->n++) {
        const size_t j = run->n;
        const struct geo_piece *edge = &query->edges.piece[first + j];
        run->a[0][j] = edge->a.x, run->a[1][j] = edge->a.y, run->a[2][j] = edge->a.z;
        run->d[0][j] = edge->d.x, run->d[1][j] = edge->d.y, run->d[2][j] = edge->d.z;
        run->inverse2[j] = near_inverse2(edge);
        run->sag_m = geo_max(run->sag_m, (double)edge->sag_m);
        ends = edge->ends_ring;
    }
    if (run->n % 2 == 1) { /* pairs are reached for; the other is nobody */
        for (int k = 0; k < 3; k++)
            run->a[k][run->n] = run->d[k][run->n] = 0;
        run->inverse2[run->n] = 0;
    }
    bound_run(query, run);
}

static enum geo_status try_hint(struct geo_ctx *ctx, struct geo_near_query *query,
                                struct near_run *run, size_t hint)
{
    const struct geo_box box = geo_tree_box(&query->index->tree, hint);
    return try_piece(ctx, query, run, hint, geo_box_touches(&box, &run->box));
}

/* All corridors at once, run by run. */
static enum geo_status search_nearest(struct geo_ctx *ctx, struct geo_near_query *query)
{
    size_t hint = query->hint;
    struct near_run run;
    for (size_t first = 0; first < query->edges.n; first += run.n) {
        start_run(query, first, &run);
        if (hint < query->index->tree.n)
            GEO_TRY(try_hint(ctx, query, &run, hint));
        struct geo_walk walk;
        size_t place;
        float reach2;
        geo_walk_start(&walk, &query->index->tree, &run.box);
        while (geo_walk_next(&walk, query->limit2, &place, &reach2))
            if (place != hint)
                GEO_TRY(try_piece(ctx, query, &run, place, reach2 == 0));
        hint = SIZE_MAX; /* it serves the first run; the limit serves the others */
    }
    return near_feet(ctx, query);
}

/* One corridor, the nearest run first. */
static enum geo_status search_corridor(struct geo_ctx *ctx, struct geo_near_query *query,
                                       const struct geo_tree *runs,
                                       const struct geo_corridor *corridor,
                                       const struct geo_box *box)
{
    const struct geo_index *index = query->index;
    struct geo_walk over_runs, over_pieces;
    size_t item, seq;
    float reach2;
    query->own_m = INFINITY;
    set_limit(query);
    geo_walk_start(&over_runs, runs, box);
    while (geo_walk_next(&over_runs, query->limit2, &item, &reach2)) {
        struct near_run run;
        start_run(query, query->run_first[item], &run);
        geo_walk_start_range(&over_pieces, &index->seq_tree, &run.box, corridor->first,
                             corridor->n);
        while (geo_walk_next(&over_pieces, query->limit2, &seq, &reach2))
            GEO_TRY(try_piece(ctx, query, &run, index->at[seq], reach2 == 0));
    }
    return near_feet(ctx, query);
}

/* Several corridors: one after another, the nearest box first. In one walk over all pieces, those
 * of the nearest would be seen over and over until the k-th is found. */
static enum geo_status search_corridors(struct geo_ctx *ctx, struct geo_near_query *query,
                                        const struct geo_tree *runs)
{
    const struct geo_index *index = query->index;
    struct geo_box feature = geo_box_none();
    for (size_t i = 0; i < query->run_n; i++)
        geo_box_add(&feature, &query->run_box[i]);
    struct geo_walk walk;
    size_t item;
    float reach2;
    geo_walk_start(&walk, &index->corridor_tree, &feature);
    while (geo_walk_next(&walk, query->limit2, &item, &reach2)) {
        const struct geo_corridor *corridor = &index->corridor[item];
        const struct geo_box box = geo_tree_box(&index->corridor_tree, item);
        /* One that begins within the feature has met it at its first piece: nothing is before. */
        if (!near_is_late(query, corridor->feature, corridor->first + 1))
            GEO_TRY(search_corridor(ctx, query, runs, corridor, &box));
        query->own_m = INFINITY;
        set_limit(query);
    }
    return GEO_OK;
}

static enum geo_status list_runs(struct geo_ctx *ctx, struct geo_near_query *query)
{
    struct near_run run;
    query->run_n = 0;
    for (size_t first = 0; first < query->edges.n; first += run.n) {
        const size_t n = query->run_n++;
        start_run(query, first, &run);
        GEO_TRY(GEO_ROOM(ctx, query->run_first, query->run_first_room, n + 1));
        GEO_TRY(GEO_ROOM(ctx, query->run_box, query->run_box_room, n + 1));
        query->run_first[n] = (uint32_t)first;
        query->run_box[n] = run.box;
    }
    return GEO_OK;
}

enum geo_status near_search(struct geo_ctx *ctx, struct geo_near_query *query)
{
    if (query->k == 1)
        return search_nearest(ctx, query);
    struct geo_tree runs;
    GEO_TRY(list_runs(ctx, query));
    GEO_TRY(geo_tree_build(ctx, query->run_box, NULL, query->run_n, &runs));
    enum geo_status status = search_corridors(ctx, query, &runs);
    geo_tree_release(&runs);
    return status;
}
