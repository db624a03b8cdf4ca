/* Outlines with fewer vertices, for display: what changes is too small to be seen. */
#ifndef DRAW_MAP_THIN_H
#define DRAW_MAP_THIN_H

#include "geo/geo.h"

/* Simplifies the lines and rings of a batch (Douglas and Peucker, 1973): what is left lies within
 * tolerance_deg, degrees of latitude, of what was there. Rings keep three corners at least, lines
 * their ends; all rings, parts and features stay. The batch is replaced. GEO_OK, GEO_ENOMEM */
enum geo_status thin_batch(struct geo_ctx *ctx, struct geo_batch **batch, double tolerance_deg);

/* @return what cannot be seen on a map of the batch: a part in 8000 of its diagonal, in degrees. */
double thin_tolerance(const struct geo_batch *batch);

#endif
