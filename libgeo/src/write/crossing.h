/* Where edges meet the antimeridian. */
#ifndef GEO_WRITE_CROSSING_H
#define GEO_WRITE_CROSSING_H

#include "geo/batch.h"

/* Longitudes are continuous: strip k is [-180 + 360 k, 180 + 360 k], and its eastern border
 * 180 + 360 k. */
double geo_strip_of(double lon);
double geo_strip_border(double strip);

/* Appends a ring or line to the open ring of `to`, with a vertex on every border that an edge
 * crosses. An edge spans at most 180° of longitude. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_add_crossings(struct geo_ctx *ctx, const struct geo_lonlat *vertex, size_t n,
                                  enum geo_edges edges, struct geo_batch *to);

#endif
