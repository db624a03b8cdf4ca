/** @file measure.h
 *  Measure: areas, lengths, distances and buffers on the WGS 84 ellipsoid. Nothing here is planar,
 *  nothing spherical. Heights are taken as 0. Input is on WGS 84 and repaired (geo/repair.h).
 */
#ifndef GEO_MEASURE_H
#define GEO_MEASURE_H

#include "geo/batch.h"
#include "geo/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Area and perimeter of feature @p i of @p batch.
 *
 *  @param[out] area_m2      square metres, >= 0: exteriors less holes, parts added; 0 for points,
 *                           lines and empty geometries; at most half the ellipsoid a polygon
 *  @param[out] perimeter_m  metres: the length of all rings of polygons and of all lines; NULL if it
 *                           is not wanted, which halves the cost
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 *
 *  Error of the area at most max(1e-9 of it, 1e-4 m²) up to 84° of latitude, and of the perimeter at
 *  most 1e-9 of it, or 10 nm for each edge (tests/known/test_area_quad.c: 6000 polygons in quadruple
 *  precision; the worst area errs by 0.07 of the bound). A polygon with a vertex beyond 84° or an
 *  edge of more than 90° of longitude is left to PROJ's geodesic.c, whose rounding is up to 0.1 m²
 *  there; single geodesic edges longer than 0.15 of their parallel's radius (950 km at the equator,
 *  160 km at 80°) add up to 1e-2 m² of its rounding each.
 *
 *  Edges of no length, repeated vertices, rings that enclose nothing (all vertices in one place or
 *  on one meridian, there and back again) and vertices on a pole are nothing special. Longitudes of
 *  geodesic edges count modulo 360°: each takes the shorter way. Straight edges run as their
 *  longitudes say. A ring that runs round a pole has the area of the smaller side.
 *
 *  Method: the plane of longitude and authalic latitude, where a geodesic is bent so little that its
 *  area over the chord is a series in the edge's length, by a table of polynomials made at the first
 *  call (200 kB, 2 ms, kept in @p ctx). For each run of edges the cheapest term whose error, by its
 *  estimate, is a small enough part of the bound: the third order, the fifth order, collocation of
 *  the geodesic's equation, Karney's inverse (Algorithms for geodesics, 2013, equations 58-64).
 *  Straight edges likewise: third order, then Gauss-Legendre on the integral of Snyder, Map
 *  Projections (1987), equation 3-12.
 *  O(vertices): 4 ns a vertex for rings of ten, 9 ns with the perimeter; 0.1 to 1 µs for edges too
 *  long for the third order (more than 10 km in a compact polygon of ten, 1 km in one of 1:1000).
 *  The same bits on every x86-64 CPU, but for what Karney's inverse measures: lengths of edges
 *  longer than a degree of their parallel, areas of those longer than above.
 */
GEO_API GEO_MUST_USE enum geo_status geo_area(struct geo_ctx *ctx, const struct geo_batch *batch,
                                              size_t i, enum geo_edges edges, double *area_m2,
                                              double *perimeter_m);

/** Area of feature @p i in the plane of a projected CRS, as offices file it: vertices are projected
 *  and joined by straight lines. Holes subtracted, parts added.
 *  @param[in]  grid     "EPSG:5897", WKT or PROJ string of a projected CRS in metres
 *  @param[out] area_m2  square metres of the grid, >= 0
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_ECRS     @p grid is no projected CRS, its unit is not the metre, or only a ballpark
 *                       operation leads there
 *  @retval GEO_EDOMAIN  a vertex cannot be projected, the feature begins more than 3° outside the
 *                       area in which the grid is used, or the grid tears it (across the edge of
 *                       the map, round a pole)
 *  @retval GEO_ENOMEM, GEO_ECRS, GEO_EDOMAIN leave the result untouched
 *  The operation is the best one that PROJ knows from WGS 84 for the grid's area of use, the same
 *  for every feature and thread. 0 for points, lines and empty geometries; points and lines must lie
 *  where the grid is used, too.
 *  Method: PROJ's projection of each vertex, as true as that is, then the shoelace formula about the
 *  first one, whose rounding is 1e-15 of the ring's box. O(vertices): 0.5 µs a vertex; the operation
 *  is kept in @p ctx.
 */
GEO_API GEO_MUST_USE enum geo_status geo_grid_area(struct geo_ctx *ctx,
                                                   const struct geo_batch *batch, size_t i,
                                                   const char *grid, double *area_m2);

/** Which part of the corridors is nearest, and where. */
struct geo_near {
    size_t corridor;        /**< feature of the index's batch; SIZE_MAX: none within the range */
    double distance_m;      /**< metres, >= 0; 0 where the shapes meet, one lying in the other
                                 included */
    double azimuth_deg;     /**< at `from`, clockwise from north, in [0, 360); NAN at distance 0 */
    struct geo_lonlat from; /**< the nearest point of the feature */
    struct geo_lonlat foot; /**< the nearest point of the corridor; longitudes in [-180, 180] */
    double chainage_m; /**< length along the corridor from its first vertex to the foot, running
                            on over its parts; NAN for points and polygons */
};

/** What a query remembers between features; one a thread. */
struct geo_near_query;

/** @param[out] query  over @p index, which it borrows; the caller frees it with
 *                     geo_near_query_free()
 *  @retval GEO_OK, GEO_ENOMEM; the query is untouched then */
GEO_API GEO_MUST_USE enum geo_status geo_near_query_new(struct geo_ctx *ctx,
                                                        const struct geo_index *index,
                                                        struct geo_near_query **query);

/** Frees @p query. NULL is allowed. */
GEO_API void geo_near_query_free(struct geo_near_query *query);

/** Forgets the hint from the last feature. Call it at the start of each batch, so that results do
 *  not depend on which thread takes which batch. */
GEO_API void geo_near_query_reset(struct geo_near_query *query);

/** The @p k corridors nearest to feature @p i of @p batch, nearest first.
 *
 *  The distance is the minimum over all points of both shapes, their edges running as the index's
 *  do; a polygon is its whole surface. Distances up to 0.1 µm, the rounding of coordinates between
 *  tools, are 0: the shapes meet. Distances equal within 0.1 µm go to the corridor that comes first
 *  in the input, and of its feet to the one of lowest chainage. Where shapes meet, the foot is the
 *  meeting point of lowest chainage (of polygons and points: the first in the order of vertices; the
 *  feature's first vertex where it lies in a corridor whose boundary it does not meet).
 *  Answers depend on nothing but the two shapes: not on k, nor on what was asked before.
 *
 *  @param[in]  k      how many corridors, at least 1
 *  @param[in]  max_m  farther corridors are not looked for; INFINITY for no limit
 *  @param[out] near   k results; those beyond @p found have corridor SIZE_MAX
 *  @param[out] found  how many there are within @p max_m, at most k; 0 for an empty geometry
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EARG     k is 0, or max_m is negative or NaN; results untouched
 *  @retval GEO_EDOMAIN  a latitude is outside [-90, 90] or a value is not finite; results untouched
 *
 *  Error at most 1 µm up to 50 km, 10 µm up to 200 km, 1 mm up to 500 km; beyond, the distance is
 *  that of the nearest pair in Earth-centred space, measured exactly. The foot is the nearest in
 *  space: along the corridor within 2 µm of the nearest by length at 5 km, 2 mm at 50 km, 0.2 m at
 *  200 km, which the distance does not feel. Vertices on a pole, shapes across the antimeridian or
 *  round a pole are nothing special; nor are edges of no length, repeated vertices, rings that enclose
 *  nothing, or geodesics of more than 90°. The azimuth is that of the geodesic from `from` to `foot`
 *  within 1e-9°, but for what 2 nm across make of it at small distances.
 *  tests/property/test_near.c holds distances, points and azimuths against brute force on
 *  GeographicLib's geodesics (12,000 pairs, edges of 100 m to 50 km, latitudes to 80°),
 *  tests/property/test_near_laws.c symmetry, the triangle inequality and shifts in longitude.
 *
 *  About 1.9 µs for an 11-vertex polygon and k = 1 in the order of geo_place_order(); O(v log n) for
 *  v vertices of the feature and n pieces of corridors. k > 1 costs that for each corridor whose box
 *  is nearer than the k-th corridor.
 *  Method: lower bounds by chords of the ellipsoid (a chord is shorter than any path on the
 *  surface), feet by Newton's method on the curve. The winner's length is from its chord and the
 *  curvature along it (4 nm) up to 12 km, else by Karney's inverse.
 */
GEO_API GEO_MUST_USE enum geo_status geo_near(struct geo_ctx *ctx, struct geo_near_query *query,
                                              const struct geo_batch *batch, size_t i, size_t k,
                                              double max_m, struct geo_near *near, size_t *found);

/** Shortest and longest radius (of either sign) and deviation of a buffer, metres. */
#define GEO_BUFFER_MIN_M 0.1
#define GEO_BUFFER_MAX_M 1e6
#define GEO_DEVIATION_MIN_M 1e-4
#define GEO_DEVIATION_MAX_M 1e3

/** How a buffer is drawn. Zero is the default of edges, threads and progress. */
struct geo_buffer_options {
    enum geo_edges edges; /**< how the edges of the input run */
    double radius_m;    /**< GEO_BUFFER_MIN_M … GEO_BUFFER_MAX_M; negative within polygons; 0: the
                             polygons themselves */
    double deviation_m; /**< GEO_DEVIATION_MIN_M … GEO_DEVIATION_MAX_M, less than the radius of
                             either sign unless that is 0 */
    unsigned threads;   /**< 0: one for each core; 1: the calling thread alone, as within a step
                               of a stream */
    /** Called now and then with the share of the work that is done, 0 to 1, by one thread at a
     *  time. */
    void (*progress)(void *data, double share);
    void *progress_data;
};

/** The set of points within a radius of features, as one multipolygon.
 *
 *  With B(r) the true set of points within r, for r < 0 that of the points of polygons at least -r
 *  from the boundary of their union: B(r - e) is in the output and the output is in
 *  B(r + e), for e = deviation_m, whether the edges of the output are read as geodesics or as
 *  straight in longitude and latitude, and for its coordinates rounded to
 *  geo_buffer_decimals(deviation_m) decimals (they are). The polygon is valid, its rings are closed
 *  and continuous, exteriors counter-clockwise.
 *  For r <= 0 points and lines count for nothing, and a gap between polygons, or an overlap, that
 *  is narrower than e / 5 may be taken for the other.
 *  Method: the strip along each edge with the wedge at its turn, vertices by Karney's direct
 *  problem; the union of all of them and of the polygons themselves (GEOS, OverlayNG), neighbours
 *  first along a curve that fills the plane, on all threads. Same input, same bytes, whatever the
 *  number of threads.
 *
 *  The bound is held by tests/known/test_buffer_table.c: every edge of 216 buffers of lines of 10 to
 *  500 km, radii of 0.5 to 20 km, at latitudes 0 to 60, deviations of 1 mm to 1 m, against
 *  GeographicLib; the worst of 3.4 million edges errs by 0.63 of it. tests/unit has polygons,
 *  erosions, radii up to 800 km and latitudes up to 87.
 *
 *  Edges of no length and repeated vertices add nothing. A line whose vertices are all in one place
 *  is that point; a ring that encloses nothing (there and back again, all in one place) is that line
 *  or point, and for r <= 0 nothing. Edges may be longer than 100°, of one turn of the Earth up to
 *  half. A vertex on a pole is refused, as is all that comes within a degree of one.
 *
 *  @param[in]  batch        points, lines, polygons
 *  @param[in]  first, n     features [first, first + n) of @p batch; dropped ones are left out
 *  @param[in,out] out       the parts are appended to its open feature; the caller ends it. None if
 *                           the features are empty, or nothing is left of them.
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EARG     a radius or deviation outside its range
 *  @retval GEO_EDOMAIN  the buffer reaches within a degree of a pole, or round more than half of
 *                       the Earth, or a coordinate is not finite; results untouched
 *  @retval GEO_EDEFECT  GEOS failed
 *  35 µs an edge that is short beside the radius, more where the output has more vertices (0.5 µs a
 *  vertex of an arc): 3.6 ms for 100 km of corridor in 40 edges at 5 km and e = 1 cm, 1.3 ms at
 *  e = 1 m; 100,000 edges at 1 km, dissolved, 3.5 s on one core and 2.1 s on two, 0.2 GB.
 *  Edges straight in longitude and latitude cost as many edges as they have pieces of
 *  sqrt(e / k), k = 1.1 tan(lat) / 6335 km: 390 m at 21° and e = 1 cm, 90 m at 82°.
 */
GEO_API GEO_MUST_USE enum geo_status geo_buffer(struct geo_ctx *ctx, const struct geo_batch *batch,
                                                size_t first, size_t n,
                                                const struct geo_buffer_options *options,
                                                struct geo_batch *out);

/** @return decimals of degrees that keep rounding within a tenth of @p deviation_m (which is from
 *  GEO_DEVIATION_MIN_M to GEO_DEVIATION_MAX_M: 3 to 10 decimals): half the diagonal of a cell of so
 *  many decimals is no longer than that. */
GEO_API int geo_buffer_decimals(double deviation_m);

/** What lies in the polygons of feature @p a of @p batch and not in those of feature @p b: the ring
 *  between two buffers. Edges are straight in longitude and latitude, as those of a buffer may be
 *  read; the polygons of either feature do not overlap one another, and both lie on the same turn of
 *  longitude. Points and lines count for nothing.
 *  @param[in]  decimals  of degrees to which both, and what is left, are rounded
 *  @param[in,out] out  the parts are appended to its open feature, exteriors counter-clockwise; none
 *                      where nothing is left
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EDEFECT  GEOS failed
 *  Vertices and crossings err by the rounding alone. Method: GEOS, OverlayNG on a grid of @p decimals.
 *  O(n log n): 0.7 µs a vertex. */
GEO_API GEO_MUST_USE enum geo_status geo_difference(struct geo_ctx *ctx,
                                                    const struct geo_batch *batch, size_t a,
                                                    size_t b, int decimals, struct geo_batch *out);

/** The union of all polygons of @p batch that are not dropped, each point of land once.
 *  Edges are first cut so short (geodesic edges: within 1 mm of straight in longitude and latitude)
 *  that the union in that plane is the union on the ellipsoid within 1 mm.
 *  Where the polygons span more than 180°, they are cut at the antimeridian first. Points and lines
 *  count for nothing; a ring round a pole is closed along it.
 *  @param[in,out] out  the parts are appended to its open feature, exteriors counter-clockwise; none
 *                      where there is no land
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EDEFECT  GEOS failed
 *  Method: GEOS's cascaded union (OverlayNG), in floating point.
 *  Holds all polygons in memory, about 200 bytes a vertex. O(n log n) in the vertices after cutting:
 *  3.5 µs a vertex of cells of 100 m side by side, 70 µs one of the countries of the world, whose edges
 *  are long. */
GEO_API GEO_MUST_USE enum geo_status geo_dissolve(struct geo_ctx *ctx,
                                                  const struct geo_batch *batch,
                                                  enum geo_edges edges, struct geo_batch *out);

#ifdef __cplusplus
}
#endif

#endif
