/** @file repair.h
 *  Repair: what measures and RFC 7946 need of a geometry, made true, and every change said.
 */
#ifndef GEO_REPAIR_H
#define GEO_REPAIR_H

#include "geo/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Repairs the geometries of a batch in longitude and latitude, in place.
 *
 *  1. Repeated vertices are dropped (of a ring's or line's neighbours; silently), rings are closed.
 *  2. Rings are made continuous: neighbouring vertices differ by at most 180° of longitude; a hole
 *     lies on its exterior's turn. A ring that goes round a pole ends 360° from where it began and
 *     is kept as it is: it is checked no further.
 *  3. Rings of fewer than three different vertices and lines of one vertex are collapsed: dropped,
 *     with a note; a feature of nothing else is skipped.
 *  4. Exterior rings run counter-clockwise, holes clockwise (silently): an exterior is the ring
 *     that encloses the smaller part of the ellipsoid.
 *  5. Polygons whose boundary crosses or touches itself other than in single points, found by a
 *     sweep of our own, are mended by GEOS's MakeValid (STRUCTURE, collapsed parts dropped), with a
 *     note that has the geodesic areas before and after. One that cannot be mended is skipped.
 *
 *  "Crosses" is decided in the plane of longitude and latitude, as RFC 7946, OGC validity and every
 *  peer do. Points and lines may cross themselves.
 *
 *  @param[in,out] batch  on WGS 84; features already dropped are left alone
 *  @retval GEO_OK, GEO_ENOMEM
 *
 *  About 0.2 µs for an 11-vertex polygon that is as it should be; O(n log n) for n vertices.
 *  Idempotent: a second call changes nothing and says nothing.
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_repair(struct geo_ctx *ctx, struct geo_batch *batch);

#ifdef __cplusplus
}
#endif

#endif
