/** @file within.h
 *  Within: how much of a polygon lies within distances of the corridors, on the WGS 84 ellipsoid.
 *  Distances, edges and areas are those of geo/measure.h; input is on WGS 84 and repaired.
 */
#ifndef GEO_WITHIN_H
#define GEO_WITHIN_H

#include "geo/batch.h"
#include "geo/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest distance, metres; shortest but for 0. */
#define GEO_WITHIN_MAX_M 1e6
#define GEO_WITHIN_MIN_M 0.1

/** What a query remembers between features; one a thread. */
struct geo_within_query;

/** @param[out] query  over @p index, which it borrows; freed with geo_within_query_free() */
GEO_API GEO_MUST_USE enum geo_status geo_within_query_new(struct geo_ctx *ctx,
                                                          const struct geo_index *index,
                                                          struct geo_within_query **query);

/** Frees @p query. NULL is allowed. */
GEO_API void geo_within_query_free(struct geo_within_query *query);

/** Forgets the hint from the last feature. Call it at the start of each batch, so that results do
 *  not depend on which thread takes which batch. */
GEO_API void geo_within_query_reset(struct geo_within_query *query);

/** Area of feature @p i of @p batch that lies within distances of the corridors.
 *
 *  A point is within a distance where a point of a corridor is no farther; a polygon among the
 *  corridors is its whole surface. Edges run as the index's do. Of a distance 0 only the land
 *  inside polygons is left: the overlap, land under several of them counted once.
 *
 *  @param[in]  edge_m       @p n distances: increasing, each 0 or from GEO_WITHIN_MIN_M to
 *                           GEO_WITHIN_MAX_M
 *  @param[in]  deviation_m  from GEO_DEVIATION_MIN_M to GEO_DEVIATION_MAX_M: the error of
 *                           within_m2[k] is at most this times the length of that edge inside the
 *                           feature
 *  @param[out] within_m2    @p n areas: not decreasing, from 0 to @p area_m2; exactly one of these
 *                           two where the nearest or the farthest point decides
 *  @param[out] area_m2      of the whole feature: what geo_area() says, 0 for points and lines
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EARG     a distance or the deviation is out of range; results untouched
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 */
GEO_API GEO_MUST_USE enum geo_status geo_within(struct geo_ctx *ctx, struct geo_within_query *query,
                                                const struct geo_batch *batch, size_t i,
                                                const double *edge_m, size_t n, double deviation_m,
                                                double *within_m2, double *area_m2);

#ifdef __cplusplus
}
#endif

#endif
