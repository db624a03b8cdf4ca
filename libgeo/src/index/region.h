/* Regions: what a polygon holds, decided on the ellipsoid wherever it lies. */
#ifndef GEO_INDEX_REGION_H
#define GEO_INDEX_REGION_H

#include "index/piece.h"
#include "index/tree.h"

/* One polygon with its holes: a run of pieces. */
struct geo_region {
    size_t first, n; /* its pieces, by seq */
    uint32_t feature;
    bool holds_north;                      /* the north pole lies in it */
    bool goes_round;                       /* a ring goes round a pole */
    double lon_lo, lon_hi, lat_lo, lat_hi; /* longitudes continuous as in its pieces */
};

/* A region that can be asked: with a tree over its pieces in longitude and latitude. */
struct geo_region_tree {
    struct geo_region region;
    const struct geo_piece *piece; /* borrowed */
    const uint32_t *at;            /* borrowed: piece[at[seq]]; NULL: piece[seq] */
    struct geo_tree tree;
};

/* Begins a region whose pieces start at `first`. */
struct geo_region geo_region_start(size_t feature, size_t first);

/* Adds the pieces of one ring; the first is the exterior. */
void geo_region_add_ring(struct geo_region *region, const struct geo_piece *piece, size_t n,
                         bool is_exterior);

/* Its box in longitude and latitude, the longitudes shifted so that the box starts in
 * [-180, 180). */
struct geo_box geo_region_box(const struct geo_region *region);

/* Builds the tree. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status geo_region_tree_build(struct geo_ctx *ctx,
                                                   const struct geo_region *region,
                                                   const struct geo_piece *piece,
                                                   const uint32_t *at, enum geo_edges edges,
                                                   struct geo_region_tree *tree);

void geo_region_tree_release(struct geo_region_tree *tree);

/* Whether a position lies in the region. On its boundary either may be said. */
bool geo_region_holds(const struct geo_region_tree *tree, enum geo_edges edges, struct geo_lonlat p,
                      struct geo_xyz at);

#endif
