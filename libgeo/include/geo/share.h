/** @file share.h
 *  Share: the distance within which a share of a polygon lies, by geo_within() (geo/within.h).
 */
#ifndef GEO_SHARE_H
#define GEO_SHARE_H

#include "geo/within.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The smallest distance from the corridors that holds a share of the area of feature @p i.
 *
 *  @param[in]  query        over the corridors (geo_within_query_new()); one a thread
 *  @param[in]  share        from 0 to 1; 1 asks for the farthest point, 0 for nothing: distance 0
 *  @param[in]  max_m        how far to look, metres: from GEO_WITHIN_MIN_M to GEO_WITHIN_MAX_M
 *  @param[in]  deviation_m  as for geo_within(), with which the areas are measured
 *  @param[out] distance_m   metres, >= 0; 0 where so much lies inside polygons among the corridors;
 *                           INFINITY where less lies within @p max_m; NAN for a feature without
 *                           area
 *  @retval GEO_OK
 *  @retval GEO_ENOMEM   results untouched
 *  @retval GEO_EARG     the share, max_m or the deviation is out of range; results untouched
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 *
 *  Error at most @p deviation_m, that of the edges; below GEO_WITHIN_MIN_M up to that. The search
 *  itself ends within 0.1 µm, so that coordinates that differ by rounding give the same distance.
 *  Less than the share by 1e-12 of it counts as the share: the rounding of areas. Where the area
 *  within does not grow for a while, it is the smallest distance that holds the share.
 *  Method: the area within a distance grows with it; from 1 km on by fours until it is enough, then
 *  secants by the Illinois rule (Dowell and Jarratt, A modified regula falsi method, 1971), halving
 *  at each fourth step. Ten to twenty calls of geo_within() with one edge: 0.4 ms for a zone of 2 km²
 *  at 1 cm, 60 µs at 1 m; one where the land among the corridors holds it, or the area is 0.
 */
GEO_API GEO_MUST_USE enum geo_status geo_share_distance(struct geo_ctx *ctx,
                                                        struct geo_within_query *query,
                                                        const struct geo_batch *batch, size_t i,
                                                        double share, double max_m,
                                                        double deviation_m, double *distance_m);

#ifdef __cplusplus
}
#endif

#endif
