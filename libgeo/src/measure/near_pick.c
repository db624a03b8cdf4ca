#include <stdlib.h>

#include "base/handles.h"
#include "index/curve.h"
#include "measure/near_query.h"

/* Up to here the length from the chord is as good as the inverse; from SECTION_FROM_M up so is the
 * azimuth of the section, which rounding of the positions tells by less the farther they are. */
#define CHORD_SERVES_M 1.2e4
#define SECTION_FROM_M 500.0
/* So near the axis of the Earth azimuths are left to the inverse. */
#define AXIS_NEAR_M 1e5
/* From here lengths are not compared (near_foot.c). */
#define CHORDS_FROM_M 5e5

/* By corridor, then chainage: the first of several feet that are equally near. */
static int by_chainage(const void *a, const void *b)
{
    const struct near_foot *p = a, *q = b;
    if (p->corridor != q->corridor)
        return p->corridor < q->corridor ? -1 : 1;
    if (p->seq != q->seq)
        return p->seq < q->seq ? -1 : 1;
    if (p->piece_t != q->piece_t)
        return p->piece_t < q->piece_t ? -1 : 1;
    if (p->edge != q->edge)
        return p->edge < q->edge ? -1 : 1;
    return (p->edge_t > q->edge_t) - (p->edge_t < q->edge_t);
}

static int by_length(const void *a, const void *b)
{
    const struct near_foot *p = a, *q = b;
    if (p->length_m != q->length_m)
        return p->length_m < q->length_m ? -1 : 1;
    return (p->corridor > q->corridor) - (p->corridor < q->corridor);
}

/* The position as written: longitude in [-180, 180]. */
static struct geo_lonlat position(const struct geo_piece *piece, enum geo_edges edges, double t)
{
    struct geo_lonlat p = geo_curve_lonlat(piece, edges, t);
    p.lon = geo_lon_wrap(p.lon);
    return p;
}

static bool chord_serves(const struct near_foot *foot)
{
    const struct geo_xyz at = foot->edge_at;
    return foot->length_m >= SECTION_FROM_M && foot->length_m <= CHORD_SERVES_M &&
           at.x * at.x + at.y * at.y >= AXIS_NEAR_M * AXIS_NEAR_M;
}

static struct geo_near answer(struct geo_ctx *ctx, const struct geo_near_query *query,
                              const struct near_foot *foot)
{
    const enum geo_edges edges = query->index->edges;
    const struct geo_piece *piece = &query->index->piece[foot->place];
    struct geo_near near = {.corridor = foot->corridor};
    near.from = position(&query->edges.piece[foot->edge], edges, foot->edge_t);
    near.foot = position(piece, edges, foot->piece_t);
    near.chainage_m = piece->chainage_m + geo_curve_length(piece, edges, foot->piece_t);
    if (chord_serves(foot)) {
        near.distance_m = foot->length_m;
        near.azimuth_deg = geo_space_azimuth(foot->edge_at, foot->piece_at);
    } else {
        geod_inverse(geo_ctx_earth(ctx), near.from.lat, near.from.lon, near.foot.lat, near.foot.lon,
                     &near.distance_m, &near.azimuth_deg, NULL);
    }
    near.azimuth_deg += near.azimuth_deg < 0 ? 360 : 0;
    if (near.azimuth_deg >= 360 || near.azimuth_deg == 0)
        near.azimuth_deg = 0; /* a tiny angle west of north; a negative zero */
    return near;
}

static struct geo_near answer_meeting(const struct geo_near_query *query,
                                      const struct near_meeting *meeting)
{
    const enum geo_edges edges = query->index->edges;
    struct geo_near near = {.corridor = meeting->corridor, .azimuth_deg = NAN, .chainage_m = NAN};
    if (meeting->seq == UINT32_MAX) {
        near.foot = position(&query->edges.piece[meeting->edge], edges, 0);
    } else {
        const struct geo_piece *piece = &query->index->piece[meeting->place];
        near.foot = position(piece, edges, meeting->t);
        near.chainage_m = piece->chainage_m + geo_curve_length(piece, edges, meeting->t);
    }
    near.from = near.foot;
    return near;
}

/* Leaves the feet that are still in the race, of corridors that do not meet the feature. */
static void drop_feet(struct geo_near_query *query)
{
    size_t kept = 0;
    for (size_t i = 0; i < query->foot_n; i++)
        if (query->foot[i].chord_m <= query->limit_m &&
            !near_has_met(query, query->foot[i].corridor))
            query->foot[kept++] = query->foot[i];
    query->foot_n = kept;
}

/* Far off, feet that compete are measured: chords no longer tell a tie. */
static void measure_feet(struct geo_ctx *ctx, struct geo_near_query *query)
{
    for (size_t i = 0; query->foot_n > 1 && i < query->foot_n; i++) {
        struct near_foot *foot = &query->foot[i];
        if (foot->length_m > CHORD_SERVES_M && foot->chord_m <= CHORDS_FROM_M)
            foot->length_m = answer(ctx, query, foot).distance_m;
    }
}

/* Leaves one foot a corridor: of those equally near, the one of lowest chainage. */
static void choose_feet(struct geo_near_query *query)
{
    struct near_foot *foot = query->foot;
    size_t kept = 0, end;
    if (query->foot_n > 1)
        qsort(foot, query->foot_n, sizeof *foot, by_chainage);
    for (size_t i = 0; i < query->foot_n; i = end) {
        double least = foot[i].length_m;
        for (end = i; end < query->foot_n && foot[end].corridor == foot[i].corridor; end++)
            least = geo_min(least, foot[end].length_m);
        size_t chosen = i;
        while (foot[chosen].length_m > least + GEO_MEET_M)
            chosen++;
        foot[kept++] = foot[chosen];
    }
    query->foot_n = kept;
}

/* Nearest first; of those equally near, the lowest corridor. */
static void sort_feet(struct geo_near_query *query)
{
    struct near_foot *foot = query->foot;
    const size_t n = query->foot_n;
    if (n > 1)
        qsort(foot, n, sizeof *foot, by_length);
    for (size_t i = 0; i < n; i++) {
        size_t first = i;
        for (size_t j = i + 1; j < n && foot[j].length_m <= foot[i].length_m + GEO_MEET_M; j++)
            if (foot[j].corridor < foot[first].corridor)
                first = j;
        struct near_foot winner = foot[first];
        for (; first > i; first--)
            foot[first] = foot[first - 1];
        foot[i] = winner;
    }
}

size_t near_pick(struct geo_ctx *ctx, struct geo_near_query *query, struct geo_near *near)
{
    size_t found = 0;
    for (; found < query->meeting_n; found++)
        near[found] = answer_meeting(query, &query->meeting[found]);
    drop_feet(query);
    measure_feet(ctx, query);
    choose_feet(query);
    sort_feet(query);
    for (size_t i = 0; i < query->foot_n && found < query->k; i++) {
        near[found] = answer(ctx, query, &query->foot[i]);
        found += near[found].distance_m <= query->max_m;
    }
    if (query->meeting_n > 0 && query->meeting[0].seq != UINT32_MAX)
        query->hint = query->meeting[0].place;
    else if (query->meeting_n == 0 && query->foot_n > 0)
        query->hint = query->foot[0].place;
    return found;
}
