/* Edges as they are measured: a geodesic is no straight line in longitude and latitude. */
#ifndef DRAW_MAP_EDGES_H
#define DRAW_MAP_EDGES_H

#include "geo/geo.h"

/* Appends the parts of feature i of `from` to `to`, without ending the feature. With
 * GEO_EDGES_GEODESIC long edges of lines and rings get vertices in between, so that straight pieces
 * run within a part in 16000 of the diagonal of the feature's widest part from the geodesics: on no
 * map can the rest be seen. At most 1024 of them and as many as the feature has vertices; edges after that stay straight.
 * GEO_OK, GEO_ENOMEM */
enum geo_status edges_copy(struct geo_ctx *ctx, struct geo_batch *to, const struct geo_batch *from,
                           size_t i, enum geo_edges edges);

/* The same for all features of a batch, which is replaced. GEO_OK, GEO_ENOMEM */
enum geo_status edges_bend(struct geo_ctx *ctx, struct geo_batch **batch);

#endif
