/* Where the vertices of a batch lie, as far as the antimeridian and the poles are concerned. */
#ifndef GEO_WRITE_RANGE_H
#define GEO_WRITE_RANGE_H

#include "geo/batch.h"

/* The vertices of feature i, all parts and rings one after the other; NULL and n = 0 if none. */
const struct geo_lonlat *geo_feature_vertices(const struct geo_batch *batch, size_t i, size_t *n);

/* Degrees that a ring has gone east when it is back: 0, or ±360 round a pole. */
double geo_range_turn(const struct geo_batch *batch, size_t ring);

/* Whether a part is a polygon with a ring that goes round a pole. */
bool geo_part_turns(const struct geo_batch *batch, size_t part);

/* Whether all of feature i lies in [-180, 180] and none of its rings goes round a pole. */
bool geo_feature_is_inside(const struct geo_batch *batch, size_t i);

/* Drops, with a note, features with a coordinate out of range: longitude beyond ±540, latitude
 * beyond ±90, not a number.
 * all_inside: whether geo_feature_is_inside() holds for the others; one pass over the coordinates
 * if it does for all. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_batch_check_range(struct geo_ctx *ctx, struct geo_batch *batch,
                                      bool *all_inside);

#endif
