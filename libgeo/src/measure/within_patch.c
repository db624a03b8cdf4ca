#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "index/curve.h"
#include "index/room.h"
#include "measure/course.h"
#include "measure/near_query.h"
#include "measure/within_query.h"

/* More legs than this are better met by smaller tiles. */
#define LEGS_MAX 48
/* Radius of the sphere on which circles bend as they do on the ellipsoid. */
#define RADIUS_M 6371008.8
/* What the rounding of positions and boxes may cost. */
#define SLACK_M 1e-3
#define BLOCK 64

static enum geo_status project_spots(struct geo_ctx *ctx, struct within_patch *patch,
                                     const struct geo_lonlat *vertex, size_t n)
{
    struct geo_xyz at[BLOCK];
    struct within_spot flat[BLOCK];
    geo_space_place(vertex, n, at);
    for (size_t i = 0; i < n; i++) {
        const struct geo_xyz p =
            geo_frame_turn(&patch->frame, geo_xyz_minus(at[i], patch->place.at));
        flat[i] = (struct within_spot){p.x, p.y};
    }
    return within_chain_add(ctx, &patch->land, flat, n);
}

/* Edges straight in longitude and latitude are cut until they are straight in the plane. */
static enum geo_status project_ring(struct geo_ctx *ctx, struct within_patch *patch,
                                    const struct within_spot *spot, size_t n, double gap_m)
{
    struct geo_lonlat vertex[BLOCK];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct within_spot next = spot[i + 1 < n ? i + 1 : 0];
        const struct geo_lonlat a = {spot[i].x, spot[i].y}, b = {next.x, next.y};
        const double pieces = within_count_pieces(a, b, gap_m);
        for (double k = 0; k < pieces; k++) {
            vertex[count++] = (struct geo_lonlat){a.lon + k / pieces * (b.lon - a.lon),
                                                  a.lat + k / pieces * (b.lat - a.lat)};
            if (count == BLOCK)
                GEO_TRY(project_spots(ctx, patch, vertex, count));
            count = count == BLOCK ? 0 : count;
        }
    }
    if (count > 0)
        GEO_TRY(project_spots(ctx, patch, vertex, count));
    return within_chain_end(ctx, &patch->land);
}

static enum geo_status project(struct geo_ctx *ctx, struct within_patch *patch,
                               const struct within_chain *tile, double gap_m)
{
    within_chain_clear(&patch->land);
    for (size_t ring = 0; ring < tile->ring_n; ring++)
        GEO_TRY(project_ring(ctx, patch, &tile->spot[tile->ring[ring].first], tile->ring[ring].n,
                             gap_m));
    return GEO_OK;
}

/* A position in the plane of a patch: as on the gnomonic projection of a sphere, by its distance
 * from the middle, so that geodesics are straight and circles about it bend right in the middle. */
static struct within_spot lay(const struct within_patch *patch, struct geo_xyz at, double *more)
{
    const struct geo_xyz p = geo_frame_turn(&patch->frame, geo_xyz_minus(at, patch->place.at));
    const double flat = sqrt(p.x * p.x + p.y * p.y);
    const double length = geo_space_length(patch->place.at, at);
    const double radius = RADIUS_M * tan(length / RADIUS_M);
    const double scale = flat > 0 ? radius / flat : 0;
    *more = radius - length;
    return (struct within_spot){scale * p.x, scale * p.y};
}

static enum geo_status add_leg(struct geo_ctx *ctx, struct within_patch *patch, struct geo_xyz a,
                               struct geo_xyz b, bool bounds)
{
    GEO_TRY(GEO_ROOM(ctx, patch->leg, patch->leg_room, patch->leg_n + 1));
    struct within_leg *leg = &patch->leg[patch->leg_n++];
    leg->bounds = bounds;
    leg->a = lay(patch, a, &leg->a_more);
    leg->b = lay(patch, b, &leg->b_more);
    leg->apart = within_leg_apart(leg, (struct within_spot){0, 0});
    const struct within_spot d = {leg->b.x - leg->a.x, leg->b.y - leg->a.y};
    const double length = sqrt(d.x * d.x + d.y * d.y);
    const double off = length > 0 ? fabs(leg->a.x * d.y - leg->a.y * d.x) / length : 0;
    leg->side_more = off - RADIUS_M * atan(off / RADIUS_M);
    return GEO_OK;
}

/* Legs within a gap of a piece, those within reach of the middle. */
static enum geo_status add_piece(struct geo_ctx *ctx, struct within_patch *patch,
                                 const struct geo_piece *piece, enum geo_edges edges, double gap_m,
                                 double reach_m)
{
    const double length2 = geo_xyz_dot(piece->d, piece->d);
    const bool bounds = isnan(piece->chainage_m) && length2 > 0;
    double n = 1;
    if (edges == GEO_EDGES_LONLAT) {
        const double top = geo_max(fabs(piece->from.lat), fabs(piece->to.lat));
        n = ceil(sqrt(geo_lonlat_curvature(geo_min(top, 89.9)) * length2 / 8 / gap_m));
    }
    struct geo_xyz a = piece->a;
    for (double k = 1; k <= n || k == 1; k++) {
        const struct geo_xyz b = geo_curve_at(piece, edges, k < n ? k / n : 1);
        const struct geo_piece leg = {.a = a, .d = geo_xyz_minus(b, a)};
        if (near_segment2(patch->place.at, &leg, near_inverse2(&leg)) <= reach_m * reach_m)
            GEO_TRY(add_leg(ctx, patch, a, b, bounds));
        a = b;
    }
    return GEO_OK;
}

static int by_apart(const void *a, const void *b)
{
    const struct within_leg *p = a, *q = b;
    return (p->apart > q->apart) - (p->apart < q->apart);
}

/* From the nearest point of the segment of a piece to the middle. */
static struct within_near near_to(const struct within_patch *patch, const struct geo_piece *piece,
                                  size_t item)
{
    const struct geo_xyz w = geo_xyz_minus(patch->place.at, piece->a);
    double t = geo_xyz_dot(w, piece->d) * near_inverse2(piece);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    struct within_near near = {.off = geo_xyz_plus(w, -t, piece->d), .piece = (uint32_t)item};
    near.apart_m = sqrt(geo_xyz_dot(near.off, near.off));
    near.sag_m = (double)piece->sag_m;
    return near;
}

/* Pieces whose strips may reach the patch; *first is the nearest. */
static enum geo_status find_pieces(struct geo_ctx *ctx, struct geo_within_query *query,
                                   double reach_m, size_t *first)
{
    struct within_patch *patch = &query->patch;
    const struct geo_index *index = query->index;
    const struct geo_box box = within_point_box(index, patch->place.at);
    struct geo_walk walk;
    size_t item;
    float reach2;
    patch->near_n = *first = 0;
    geo_walk_start(&walk, &index->tree, &box);
    while (geo_walk_next(&walk, geo_float_above(reach_m * reach_m), &item, &reach2)) {
        const struct within_near near = near_to(patch, &index->piece[item], item);
        if (near.apart_m > reach_m + near.sag_m)
            continue;
        GEO_TRY(GEO_ROOM(ctx, patch->near, patch->near_room, patch->near_n + 1));
        if (patch->near_n == 0 || near.apart_m < patch->near[*first].apart_m)
            *first = patch->near_n;
        patch->near[patch->near_n++] = near;
    }
    return GEO_OK;
}

/* Whether all points of the patch are nearer to the foot of the nearest piece than to this one. The
 * distance from a segment is convex: off the middle it grows at least by its slope there; that from
 * a point at most by its slope and what a circle about it bends away. */
static bool is_hidden(const struct within_patch *patch, const struct within_near *first,
                      const struct within_near *near)
{
    const double half = patch->place.half_m, apart = first->apart_m;
    if (apart < 2 * half)
        return false;
    const struct geo_xyz slope =
        geo_xyz_plus((struct geo_xyz){near->off.x / near->apart_m, near->off.y / near->apart_m,
                                      near->off.z / near->apart_m},
                     -1 / apart, first->off);
    const double turn = sqrt(geo_xyz_dot(slope, slope));
    const double more = near->apart_m - apart, slack = near->sag_m + first->sag_m + SLACK_M;
    return more > turn * half + half * half / (2 * (apart - half)) + slack + 1e-3 * more;
}

/* The legs whose strips may reach the patch first, nearest first. False: there are too many. */
static enum geo_status find_legs(struct geo_ctx *ctx, struct geo_within_query *query,
                                 double radius_m, bool must, bool *found)
{
    struct within_patch *patch = &query->patch;
    const struct geo_index *index = query->index;
    const double reach_m = radius_m + patch->place.half_m + SLACK_M;
    const double gap_m = WITHIN_LEG_SHARE * query->deviation_m;
    size_t first;
    patch->leg_n = 0;
    *found = false;
    GEO_TRY(find_pieces(ctx, query, reach_m, &first));
    for (size_t i = 0; i < patch->near_n; i++) {
        const struct within_near *near = &patch->near[i];
        if (i != first && is_hidden(patch, &patch->near[first], near))
            continue;
        GEO_TRY(add_piece(ctx, patch, &index->piece[near->piece], index->edges, gap_m,
                          reach_m + near->sag_m));
        if (patch->leg_n > LEGS_MAX && !must)
            return GEO_OK;
    }
    if (patch->leg_n > 1)
        qsort(patch->leg, patch->leg_n, sizeof *patch->leg, by_apart);
    *found = true;
    return GEO_OK;
}

static struct within_arc arc_of(double radius_m, double deviation_m)
{
    const double step = geo_min(0.5, 4 * atan(sqrt(WITHIN_ARC_SHARE * deviation_m / radius_m)));
    const double half = cos(step / 2);
    return (struct within_arc){radius_m, step, cos(step), sin(step), 2 * half / (1 + half)};
}

/* Takes what lies within an edge. */
static enum geo_status take_edge(struct geo_ctx *ctx, struct geo_within_query *query,
                                 double radius_m, double *taken)
{
    struct within_patch *patch = &query->patch;
    const struct within_arc arc = arc_of(radius_m, query->deviation_m);
    for (size_t i = 0; i < patch->leg_n && patch->land.ring_n > 0; i++)
        GEO_TRY(within_take_strip(ctx, patch, &patch->leg[i], &arc, taken));
    return GEO_OK;
}

enum geo_status within_patch(struct geo_ctx *ctx, struct geo_within_query *query,
                             const struct within_chain *tile, const struct within_place *place,
                             size_t from, size_t to, bool must, double weight, bool *done)
{
    const double gap_m = WITHIN_RING_SHARE * query->deviation_m;
    struct within_patch *patch = &query->patch;
    double *part = query->part;
    patch->place = *place;
    patch->frame = geo_frame_at(place->at);
    GEO_TRY(find_legs(ctx, query, query->edge_m[to - 1], must, done));
    if (!*done)
        return GEO_OK;
    GEO_TRY(project(ctx, patch, tile, gap_m));
    for (size_t k = from; k <= to; k++)
        part[k] = 0;
    if (query->index->region_count > 0)
        GEO_TRY(within_take_land(ctx, query, &part[from]));
    double sum = 0;
    for (size_t k = from; k < to; k++)
        if (query->edge_m[k] > 0)
            GEO_TRY(take_edge(ctx, query, query->edge_m[k], &part[k]));
    part[to] = within_chain_area(&patch->land);
    for (size_t k = from; k <= to; k++)
        sum += part[k] = geo_max(part[k], 0);
    for (size_t k = from; k <= to && sum > 0; k++)
        query->tally[k] += weight * (part[k] / sum);
    return GEO_OK;
}
