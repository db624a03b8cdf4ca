/* What the index of the corridors is made of. */
#ifndef GEO_INDEX_CORRIDORS_H
#define GEO_INDEX_CORRIDORS_H

#include "geo/index.h"
#include "index/piece.h"
#include "index/region.h"
#include "index/tree.h"

/* A feature that has pieces: those of seq [first, first + n). */
struct geo_corridor {
    uint32_t feature, first, n;
};

struct geo_index {
    const struct geo_batch *corridors; /* borrowed */
    enum geo_edges edges;
    struct geo_frame frame; /* of the boxes in space */

    struct geo_piece *piece; /* in the order of the tree */
    struct geo_tree tree;    /* boxes in space */
    uint32_t *at;            /* place of a piece by its seq */

    /* For one corridor after another: its box, and within it its pieces by seq. */
    size_t corridor_count;
    struct geo_corridor *corridor; /* in the order of the tree */
    struct geo_tree corridor_tree; /* boxes in space */
    struct geo_tree seq_tree;      /* likewise */

    /* The first vertex of every part: what a polygon may hold whole. */
    uint32_t *head;            /* places of pieces, in the order of the tree */
    struct geo_tree head_tree; /* boxes in longitude [-180, 180) and latitude */

    size_t region_count; /* polygons */
    struct geo_region_tree *region;
    struct geo_tree region_tree; /* boxes in longitude and latitude, as geo_region_box() */
    uint32_t *region_at;         /* region of an item of the tree */
};

#endif
