/* Polygons of a batch in the plane of longitude and latitude. */
#ifndef GEO_MEASURE_SURFACE_H
#define GEO_MEASURE_SURFACE_H

#include "measure/course.h"
#include "measure/unite.h"

/* Highest absolute latitude of a part, and its range of longitude. */
struct geo_extent {
    double top_deg, west_deg, east_deg;
};

/* The extent of a part whose vertices are continuous; its top is at most 0.001° too high. */
struct geo_extent geo_part_extent(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                                  enum geo_edges edges);

/* What to add to longitudes (a multiple of 360°), so that an extent lies nearest to a meridian. */
double geo_extent_shift_deg(struct geo_extent extent, double lon0_deg);

/* A polygon part whose edges are cut until the geodesic between the ends of each piece lies within
 * gap_m of straight in longitude and latitude (INFINITY: they are left as they are). Two polygons
 * get the same points on an edge they share, whatever its direction. A ring that goes round a pole is closed over the pole. Valid.
 * GEO_OK, GEO_ENOMEM, GEO_EDEFECT; the caller destroys *surface. */
enum geo_status geo_surface(struct geo_ctx *ctx, const struct geo_batch *batch, size_t part,
                            enum geo_edges edges, double gap_m, double shift_deg,
                            GEOSGeometry **surface);

#endif
