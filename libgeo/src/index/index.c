#include "geo/index.h"

#include <stdlib.h>

#include "base/fail.h"
#include "index/corridors.h"
#include "index/room.h"

/* What only the building of an index needs. */
struct builder {
    struct geo_ctx *ctx;
    struct geo_index *index;
    struct geo_pieces pieces; /* by seq */
    uint32_t *head;           /* seq of each part's first piece */
    size_t head_n, head_room;
    struct geo_corridor *corridor;
    size_t corridor_n, corridor_room;
    struct geo_region *region;
    size_t region_n, region_room;
    struct geo_box *box; /* as many as there are pieces */
    uint32_t *order;     /* likewise */
};

static enum geo_status add_part(struct builder *build, size_t feature, size_t part,
                                double *chainage_m)
{
    const struct geo_batch *batch = build->index->corridors;
    const enum geo_kind kind = batch->part_kind[part];
    const size_t first_ring = batch->ring_start[part], first = build->pieces.n;
    struct geo_region region = geo_region_start(feature, first);
    for (size_t ring = first_ring; ring < batch->ring_start[part + 1]; ring++) {
        const size_t start = build->pieces.n;
        GEO_TRY(geo_pieces_add_ring(build->ctx, &build->pieces, batch, ring, feature,
                                    build->index->edges, kind == GEO_KIND_LINE, chainage_m));
        if (kind == GEO_KIND_POLYGON)
            geo_region_add_ring(&region, &build->pieces.piece[start], build->pieces.n - start,
                                ring == first_ring);
    }
    if (build->pieces.n == first)
        return GEO_OK;
    GEO_TRY(GEO_ROOM(build->ctx, build->head, build->head_room, build->head_n + 1));
    build->head[build->head_n++] = (uint32_t)first;
    if (kind == GEO_KIND_POLYGON) {
        GEO_TRY(GEO_ROOM(build->ctx, build->region, build->region_room, build->region_n + 1));
        build->region[build->region_n++] = region;
    }
    return GEO_OK;
}

static enum geo_status add_features(struct builder *build)
{
    const struct geo_batch *batch = build->index->corridors;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        double chainage_m = 0;
        const size_t first = build->pieces.n;
        for (size_t part = batch->part_start[i]; part < batch->part_start[i + 1]; part++)
            GEO_TRY(add_part(build, i, part, &chainage_m));
        if (build->pieces.n == first)
            continue;
        GEO_TRY(GEO_ROOM(build->ctx, build->corridor, build->corridor_room, build->corridor_n + 1));
        build->corridor[build->corridor_n++] = (struct geo_corridor){
            (uint32_t)i, (uint32_t)first, (uint32_t)(build->pieces.n - first)};
    }
    return GEO_OK;
}

/* The middle of all pieces: there floats are finest. */
static struct geo_xyz middle(const struct geo_pieces *pieces)
{
    if (pieces->n == 0)
        return (struct geo_xyz){0, 0, 0};
    struct geo_xyz lo = pieces->piece[0].a, hi = lo;
    for (size_t i = 1; i < pieces->n; i++) {
        const struct geo_xyz a = pieces->piece[i].a;
        lo = (struct geo_xyz){geo_min(lo.x, a.x), geo_min(lo.y, a.y), geo_min(lo.z, a.z)};
        hi = (struct geo_xyz){geo_max(hi.x, a.x), geo_max(hi.y, a.y), geo_max(hi.z, a.z)};
    }
    return geo_xyz_plus(lo, 0.5, geo_xyz_minus(hi, lo));
}

static enum geo_status build_pieces(struct builder *build)
{
    struct geo_index *index = build->index;
    const struct geo_pieces *pieces = &build->pieces;
    index->frame = geo_frame_at(middle(pieces));
    for (size_t i = 0; i < pieces->n; i++)
        build->box[i] = geo_piece_box(&pieces->piece[i], &index->frame);
    GEO_TRY(geo_tree_order(build->ctx, build->box, pieces->n, build->order));
    GEO_TRY(geo_tree_build(build->ctx, build->box, build->order, pieces->n, &index->tree));
    for (size_t i = 0; i < pieces->n; i++) {
        index->piece[i] = pieces->piece[build->order[i]];
        index->at[build->order[i]] = (uint32_t)i;
    }
    return geo_tree_build(build->ctx, build->box, NULL, pieces->n, &index->seq_tree);
}

/* The boxes of the pieces become those of their corridors. */
static enum geo_status build_corridors(struct builder *build)
{
    struct geo_index *index = build->index;
    const size_t n = build->corridor_n;
    for (size_t i = 0; i < n; i++) {
        const struct geo_corridor *corridor = &build->corridor[i];
        struct geo_box all = geo_box_none();
        for (size_t seq = corridor->first; seq < corridor->first + corridor->n; seq++)
            geo_box_add(&all, &build->box[seq]);
        build->box[i] = all;
    }
    GEO_TRY(geo_tree_order(build->ctx, build->box, n, build->order));
    GEO_TRY(geo_tree_build(build->ctx, build->box, build->order, n, &index->corridor_tree));
    for (size_t i = 0; i < n; i++)
        index->corridor[i] = build->corridor[build->order[i]];
    index->corridor_count = n;
    return GEO_OK;
}

static enum geo_status build_heads(struct builder *build)
{
    struct geo_index *index = build->index;
    const size_t n = build->head_n;
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat p = build->pieces.piece[build->head[i]].from;
        double lon = geo_lon_home(p.lon);
        build->box[i] = (struct geo_box){{geo_float_below(lon), geo_float_below(p.lat), 0},
                                         {geo_float_above(lon), geo_float_above(p.lat), 0}};
    }
    GEO_TRY(geo_tree_order(build->ctx, build->box, n, build->order));
    GEO_TRY(geo_tree_build(build->ctx, build->box, build->order, n, &index->head_tree));
    for (size_t i = 0; i < n; i++)
        index->head[i] = index->at[build->head[build->order[i]]];
    return GEO_OK;
}

static enum geo_status build_regions(struct builder *build)
{
    struct geo_index *index = build->index;
    const size_t n = build->region_n;
    for (size_t i = 0; i < n; i++) {
        GEO_TRY(geo_region_tree_build(build->ctx, &build->region[i], index->piece, index->at,
                                      index->edges, &index->region[i]));
        index->region_count++;
        build->box[i] = geo_region_box(&build->region[i]);
    }
    GEO_TRY(geo_tree_order(build->ctx, build->box, n, index->region_at));
    return geo_tree_build(build->ctx, build->box, index->region_at, n, &index->region_tree);
}

static enum geo_status reserve(struct builder *build)
{
    struct geo_index *index = build->index;
    const size_t n = build->pieces.n + 1, regions = build->region_n + 1;
    build->box = reallocarray(NULL, n, sizeof *build->box);
    build->order = reallocarray(NULL, n, sizeof *build->order);
    index->piece = reallocarray(NULL, n, sizeof *index->piece);
    index->at = reallocarray(NULL, n, sizeof *index->at);
    index->corridor = reallocarray(NULL, build->corridor_n + 1, sizeof *index->corridor);
    index->head = reallocarray(NULL, build->head_n + 1, sizeof *index->head);
    index->region = reallocarray(NULL, regions, sizeof *index->region);
    index->region_at = reallocarray(NULL, regions, sizeof *index->region_at);
    if (!build->box || !build->order || !index->piece || !index->at || !index->corridor ||
        !index->head || !index->region || !index->region_at)
        return geo_no_memory(build->ctx);
    return GEO_OK;
}

static enum geo_status build_all(struct builder *build)
{
    GEO_TRY(add_features(build));
    GEO_TRY(reserve(build));
    GEO_TRY(build_pieces(build));
    GEO_TRY(build_corridors(build));
    GEO_TRY(build_heads(build));
    return build_regions(build);
}

enum geo_status geo_index_new(struct geo_ctx *ctx, const struct geo_batch *corridors,
                              enum geo_edges edges, struct geo_index **index)
{
    struct geo_index *made = calloc(1, sizeof *made);
    if (made == NULL)
        return geo_no_memory(ctx);
    made->corridors = corridors;
    made->edges = edges;
    struct builder build = {.ctx = ctx, .index = made};
    enum geo_status status = build_all(&build);
    free(build.pieces.piece);
    free(build.head);
    free(build.corridor);
    free(build.region);
    free(build.box);
    free(build.order);
    if (status != GEO_OK) {
        geo_index_free(made);
        return status;
    }
    *index = made;
    return GEO_OK;
}

void geo_index_free(struct geo_index *index)
{
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->region_count; i++)
        geo_region_tree_release(&index->region[i]);
    geo_tree_release(&index->region_tree);
    geo_tree_release(&index->head_tree);
    geo_tree_release(&index->seq_tree);
    geo_tree_release(&index->corridor_tree);
    geo_tree_release(&index->tree);
    free(index->region);
    free(index->region_at);
    free(index->head);
    free(index->corridor);
    free(index->at);
    free(index->piece);
    free(index);
}

const struct geo_batch *geo_index_corridors(const struct geo_index *index)
{
    return index->corridors;
}

enum geo_edges geo_index_edges(const struct geo_index *index)
{
    return index->edges;
}
