/* The outlines of a layer: all its edges as lines, and points spread evenly along them. */
#ifndef GEO_MEASURE_OUTLINE_H
#define GEO_MEASURE_OUTLINE_H

#include "geo/batch.h"

/* Points along the outlines, at most room of them: along all edges but those that two rings share
 * (there and back, vertex for vertex), at equal steps in the plane of x and y with x times x_scale;
 * vertices, as many apart, where there are no edges.
 * @param[out] n  how many there are; 0 for a layer without coordinates
 * GEO_OK, GEO_ENOMEM */
enum geo_status geo_outline_points(struct geo_ctx *ctx, const struct geo_batch *batch,
                                   double x_scale, size_t room, struct geo_lonlat *point,
                                   size_t *n);

/* Appends a copy of all features to `lines`, which has none: the rings of polygons as lines, so
 * that what lies within a polygon is not at its edge. GEO_OK, GEO_ENOMEM */
enum geo_status geo_outline_lines(struct geo_ctx *ctx, const struct geo_batch *batch,
                                  struct geo_batch *lines);

#endif
