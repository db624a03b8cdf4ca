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

/** @param[out] query  over @p index, which it borrows; the caller frees it with
 *                     geo_within_query_free()
 *  @retval GEO_OK, GEO_ENOMEM; the query is untouched then
 *  12 kB, and later what the largest feature so far took. */
GEO_API GEO_MUST_USE enum geo_status geo_within_query_new(struct geo_ctx *ctx,
                                                          const struct geo_index *index,
                                                          struct geo_within_query **query);

/** Frees @p query. NULL is allowed. */
GEO_API void geo_within_query_free(struct geo_within_query *query);

/** Forgets the hint from the last feature: which piece of a corridor was nearest. Call it at the
 *  start of each batch, so that results do not depend on which thread takes which batch. */
GEO_API void geo_within_query_reset(struct geo_within_query *query);

/** Area of feature @p i of @p batch that lies within distances of the corridors.
 *
 *  A point is within a distance where a point of a corridor is no farther; a polygon among the
 *  corridors is its whole surface. Edges run as the index's do. Of a distance 0 only the land
 *  inside polygons is left: the overlap, land under several of them counted once.
 *
 *  @param[in]  edge_m       @p n distances, metres: increasing, each 0 or from GEO_WITHIN_MIN_M to
 *                           GEO_WITHIN_MAX_M; n may be 0
 *  @param[in]  deviation_m  from GEO_DEVIATION_MIN_M to GEO_DEVIATION_MAX_M: the error of
 *                           within_m2[k] is at most this times the length of that edge inside the
 *                           feature
 *  @param[out] within_m2    @p n areas: not decreasing, from 0 to @p area_m2; exactly one of these
 *                           two where the nearest or the farthest point decides
 *  @param[out] area_m2      of the whole feature: what geo_area() says, 0 for points and lines
 *  @retval GEO_OK
 *  @retval GEO_ENOMEM   results untouched
 *  @retval GEO_EARG     a distance or the deviation is out of range; results untouched
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 *
 *  tests/property/test_within.c holds areas between those of buffers nearer and farther by the
 *  deviation and 1 mm, which GEOS intersects and GeographicLib measures, but for 1e-9 of the
 *  feature's area and 2e-2 m² of their own rounding: random shapes of 30 m to 30 km at latitudes to
 *  60°, and the outlines of provinces.
 *
 *  Of points, lines and empty features nothing is within, nor of any feature where the index has not
 *  one vertex. Polygons across the antimeridian or round a pole, on any turn of longitude, and rings
 *  wound either way are nothing special; rings that enclose nothing add nothing. Where polygons of
 *  the feature overlap, each counts, as for geo_area().
 *
 *  Method: the polygons are halved, in longitude and latitude, as long as distances do not decide:
 *  where the middle of a tile is nearer or farther than an edge by more than half of the tile's
 *  diagonal, all of it is. A tile whose corners are at most 700 m from its middle, with at most 128
 *  vertices and 48 straight legs of corridors that matter (one of 0.5 m whatever there is), is laid
 *  into the plane that touches the ellipsoid in its middle, the legs by their true distances from
 *  there. The strips along the legs are cut from it, nearest first, by half-planes (Sutherland and
 *  Hodgman, Reentrant polygon clipping, 1974): chords stand for arcs, 0.5 of @p deviation_m outside
 *  at their ends and inside at their middles. Where there are polygons among the corridors, their
 *  edges divide the tile into cells, each of which lies in one or in none. Before, geodesic edges of
 *  the feature are cut into pieces straight in longitude and latitude within 0.02 of @p deviation_m,
 *  between which the areas of tiles are those of geo_area(); a patch's parts are shares of its
 *  tile's, and all are scaled to add up to @p area_m2.
 *
 *  Cost: that of geo_area(), and 0.1 to 0.5 µs where distances decide all; else it grows with the
 *  length of the edges inside the feature and with the chords of their arcs. For n = 4, 30 µs a zone
 *  of 2 km² at 1 cm, 4 µs at 1 m, 200 µs at 1 mm; 9 ms a province of 1200 km² at 1 cm (means over the
 *  layers in data/). Memory: a few times the vertices of the feature, kept for the next one.
 */
GEO_API GEO_MUST_USE enum geo_status geo_within(struct geo_ctx *ctx, struct geo_within_query *query,
                                                const struct geo_batch *batch, size_t i,
                                                const double *edge_m, size_t n, double deviation_m,
                                                double *within_m2, double *area_m2);

#ifdef __cplusplus
}
#endif

#endif
