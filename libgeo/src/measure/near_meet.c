#include "measure/near_query.h"

#include "base/fail.h"

/* A region of the feature, whose tree is built when it is first needed. */
struct asked {
    struct geo_region_tree tree;
    bool is_built;
};

/* The first meeting with this corridor or a later one. */
static size_t find(const struct geo_near_query *query, uint32_t corridor)
{
    size_t from = 0, to = query->meeting_n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (query->meeting[middle].corridor < corridor)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool near_is_late(const struct geo_near_query *query, uint32_t corridor, uint32_t seq)
{
    if (query->meeting_n == 0)
        return false;
    const size_t i = find(query, corridor);
    if (i == query->meeting_n)
        return i == query->k;
    return query->meeting[i].corridor == corridor && query->meeting[i].seq < seq;
}

bool near_has_met(const struct geo_near_query *query, uint32_t corridor)
{
    const size_t i = find(query, corridor);
    return i < query->meeting_n && query->meeting[i].corridor == corridor;
}

static bool is_earlier(const struct near_meeting *a, const struct near_meeting *b)
{
    return a->seq != b->seq ? a->seq < b->seq : a->t < b->t;
}

void near_add_meeting(struct geo_near_query *query, struct near_meeting meeting)
{
    size_t i = find(query, meeting.corridor), n = query->meeting_n;
    near_add_rival(query, meeting.corridor, 0);
    if (i < n && query->meeting[i].corridor == meeting.corridor) {
        if (is_earlier(&meeting, &query->meeting[i]))
            query->meeting[i] = meeting;
        return;
    }
    if (i == query->k)
        return;
    if (n < query->k)
        query->meeting_n = ++n;
    for (size_t j = n - 1; j > i; j--)
        query->meeting[j] = query->meeting[j - 1];
    query->meeting[i] = meeting;
}

/* The corridors' parts that begin in a region of the feature. */
static enum geo_status contain_heads(struct geo_ctx *ctx, struct geo_near_query *query,
                                     const struct geo_region *region, const struct geo_box *box,
                                     struct asked *asked)
{
    const struct geo_index *index = query->index;
    struct geo_walk walk;
    size_t item;
    float reach2;
    geo_walk_start(&walk, &index->head_tree, box);
    while (geo_walk_next(&walk, 0, &item, &reach2)) {
        const struct geo_piece *piece = &index->piece[index->head[item]];
        if (near_is_late(query, piece->feature, piece->seq))
            continue;
        if (!asked->is_built)
            GEO_TRY(geo_region_tree_build(ctx, region, query->edges.piece, NULL, index->edges,
                                          &asked->tree));
        asked->is_built = true;
        if (geo_region_holds(&asked->tree, index->edges, piece->from, piece->a))
            near_add_meeting(query, (struct near_meeting){.corridor = piece->feature,
                                                          .seq = piece->seq,
                                                          .place = index->head[item]});
    }
    return GEO_OK;
}

static enum geo_status contain_corridors(struct geo_ctx *ctx, struct geo_near_query *query,
                                         const struct geo_region *region)
{
    struct asked asked = {.is_built = false};
    struct geo_box box = geo_region_box(region);
    enum geo_status status = contain_heads(ctx, query, region, &box, &asked);
    if (status == GEO_OK && box.hi[0] >= 180) {
        box.lo[0] -= 360;
        box.hi[0] -= 360;
        status = contain_heads(ctx, query, region, &box, &asked);
    }
    if (asked.is_built)
        geo_region_tree_release(&asked.tree);
    return status;
}

/* The corridors' regions that hold the start of a part of the feature. */
static void contain_part(struct geo_near_query *query, uint32_t edge)
{
    const struct geo_index *index = query->index;
    const struct geo_piece *head = &query->edges.piece[edge];
    double lon = geo_lon_home(head->from.lon);
    for (int turn = 0; turn < 2; turn++, lon += 360) {
        const struct geo_box point = {{geo_float_below(lon), geo_float_below(head->from.lat), 0},
                                      {geo_float_above(lon), geo_float_above(head->from.lat), 0}};
        struct geo_walk walk;
        size_t item;
        float reach2;
        geo_walk_start(&walk, &index->region_tree, &point);
        while (geo_walk_next(&walk, 0, &item, &reach2)) {
            const struct geo_region_tree *tree = &index->region[index->region_at[item]];
            const uint32_t corridor = tree->region.feature;
            if (!near_is_late(query, corridor, UINT32_MAX) &&
                geo_region_holds(tree, index->edges, head->from, head->a))
                near_add_meeting(
                    query, (struct near_meeting){
                               .corridor = corridor, .seq = UINT32_MAX, .t = edge, .edge = edge});
        }
    }
}

enum geo_status near_contain(struct geo_ctx *ctx, struct geo_near_query *query)
{
    for (size_t i = 0; i < query->region_n; i++)
        GEO_TRY(contain_corridors(ctx, query, &query->region[i]));
    if (query->index->region_count > 0)
        for (size_t i = 0; i < query->head_n; i++)
            contain_part(query, query->head[i]);
    return GEO_OK;
}
