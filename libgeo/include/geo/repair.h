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
 *  2. Rings and lines are made continuous: neighbouring vertices differ by at most 180° of
 *     longitude. An edge along a pole has no length and may span any longitudes. A hole lies on its
 *     exterior's turn; where one polygon of a feature reaches over the antimeridian, the others lie
 *     on the turn of the first one. A ring that goes round a pole ends 360° from where it began and
 *     is kept as it is: the polygon it belongs to is checked no further.
 *     A ring that passes through a pole does not go round it: it is closed along the pole, so that
 *     Antarctica drawn to latitude -90 and longitudes ±180 (RFC 7946, 3.1.9) stays as it is. Where
 *     such a ring has one vertex at the pole, it gets two: one on each meridian that meets there.
 *  3. Rings of fewer than three different vertices and lines of one vertex are collapsed: dropped,
 *     with a note; a feature of nothing else is skipped.
 *  4. Exterior rings run counter-clockwise, holes clockwise (silently): an exterior is the ring
 *     that encloses the smaller part of the ellipsoid. For rings narrower than 180° that is the
 *     inside in the plane.
 *  5. Polygons whose boundary crosses itself, or touches itself other than OGC allows (the same ring
 *     twice in a vertex, or so that the inside falls apart), are found by sweeps of our own, exactly.
 *     They are mended as GEOS's MakeValid does it (STRUCTURE, collapsed parts dropped): by GEOS up
 *     to 10,000 vertices of a feature; beyond by cutting the edges where they meet and tracing what
 *     bounds the same inside, which a vertex that misses an edge by the rounding of coordinates
 *     (1e-13°) is taken to lie on if their edges cross. A repair is said, with a
 *     note that has the place and the geodesic areas before and after: before, of each ring by
 *     itself, exteriors less holes. A hole outside its exterior becomes a polygon; polygons that
 *     overlap or share an edge become one. A polygon stays one if one polygon is left of it, else
 *     it becomes a multipolygon; points and lines of a collection stay with it. A feature that has
 *     no area or cannot be mended is skipped.
 *
 *  "Crosses" is decided in the plane of longitude and latitude, as RFC 7946, OGC validity and every
 *  peer do; all polygons of a feature are judged together, those of a collection, too. Points and
 *  lines may cross themselves. A feature with a value that is not finite or a latitude outside
 *  [-90, 90] is skipped. Skipped features are dropped with a note that has the place; null and empty
 *  geometries are left alone.
 *
 *  @param[in,out] batch  on WGS 84; features already dropped are left alone
 *  @retval GEO_OK, GEO_ENOMEM
 *
 *  About 0.15 µs for an 11-vertex polygon that is as it should be and 0.1 to 0.3 µs a vertex of a
 *  large one; O(n log n) for n vertices. What touches itself takes 1 µs a vertex more and what is
 *  invalid some µs, and 200 bytes a vertex meanwhile.
 *  Idempotent: a second call changes nothing and says nothing.
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_repair(struct geo_ctx *ctx, struct geo_batch *batch);

#ifdef __cplusplus
}
#endif

#endif
