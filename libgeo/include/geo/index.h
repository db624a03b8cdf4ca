/** @file index.h
 *  Index: corridors as short segments in Earth-centred coordinates, under a packed Hilbert tree.
 *
 *  Built once, then read by any number of threads. Edges are cut into pieces of at most 2 km along
 *  their own course (geodesic, or straight in longitude and latitude), so that the straight segment
 *  between the ends of a piece lies within a known distance of the true curve.
 */
#ifndef GEO_INDEX_H
#define GEO_INDEX_H

#include "geo/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

struct geo_index;

/** Builds the index over all features of @p corridors that are not dropped.
 *
 *  @param[in]  corridors  on WGS 84 and repaired: points, lines or polygons. Borrowed: it must
 *                         outlive the index.
 *  @param[in]  edges      how its edges run; queries use the same
 *  @param[out] index      the caller frees it with geo_index_free()
 *  @retval GEO_OK      also where there is not one vertex: nothing is near then
 *  @retval GEO_ENOMEM  also where there would be more than 2^32 - 2 pieces; the index is untouched
 *  @retval GEO_EDOMAIN a latitude is outside [-90, 90] or a value is not finite; likewise
 *
 *  Edges of no length are pieces that are points; each takes the shorter way round, over a pole the
 *  one that its longitudes say. Straight edges also end a piece at each degree of longitude. The
 *  segment of a piece lies within L² / 8R of the curve, 8 cm at 2 km (R: the ellipsoid's smallest
 *  radius of curvature; straight edges: from the greatest second derivative along them).
 *  Boxes of pieces in a frame about their middle, as floats rounded outward, are sorted along
 *  Hilbert's curve of three dimensions (Skilling, Programming the Hilbert curve, 2004) and packed
 *  (Kamel and Faloutsos, On packing R-trees, 1993). O(n log n): about 0.5 µs and 160 bytes a piece.
 */
GEO_API GEO_MUST_USE enum geo_status geo_index_new(struct geo_ctx *ctx,
                                                   const struct geo_batch *corridors,
                                                   enum geo_edges edges, struct geo_index **index);

/** Frees @p index. NULL is allowed. */
GEO_API void geo_index_free(struct geo_index *index);

/** @return the batch the index was built over, borrowed as it was. */
GEO_API const struct geo_batch *geo_index_corridors(const struct geo_index *index);

/** @return how the edges of the index run. */
GEO_API enum geo_edges geo_index_edges(const struct geo_index *index);

/** The features of @p batch in an order in which neighbours lie close together: by the place of
 *  their first vertices along Morton's curve over longitude and latitude. Queries that go through a
 *  batch in this order are faster, since the last answer is a good guess for the next; their answers
 *  are the same in any order.
 *
 *  @param[out] order  batch->n numbers: each feature once, dropped and empty ones too
 *  @retval GEO_OK, GEO_ENOMEM; the order is untouched then
 *
 *  The same batch gives the same order: of equal places the first in input order comes first. An
 *  empty feature, or one whose first vertex is nowhere on the Earth, counts as the map's south-western
 *  corner. The curve has 65,536 steps along the longer side of the box of all first vertices.
 *  O(n log n): 0.1 µs a feature.
 */
GEO_API GEO_MUST_USE enum geo_status geo_place_order(struct geo_ctx *ctx,
                                                     const struct geo_batch *batch,
                                                     uint32_t *order);

#ifdef __cplusplus
}
#endif

#endif
