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
 *  @param[in]  share        from 0 to 1; 1 asks for the farthest point, 0 for nothing: distance 0
 *  @param[in]  max_m        how far to look, to GEO_WITHIN_MAX_M
 *  @param[in]  deviation_m  as for geo_within(), with which the areas are measured
 *  @param[out] distance_m   metres, >= 0; 0 where so much lies inside polygons among the corridors;
 *                           INFINITY where less lies within @p max_m; NAN for a feature without
 *                           area
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EARG     the share, max_m or the deviation is out of range; results untouched
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 *
 *  Error at most @p deviation_m, that of the edges; below GEO_WITHIN_MIN_M up to that. The search
 *  itself ends within 0.1 µm, so that coordinates that differ by rounding give the same distance.
 *  Method: the area within a distance grows with it; secants by the Illinois rule, halving at each
 *  fourth step. Ten to twenty calls of geo_within().
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
