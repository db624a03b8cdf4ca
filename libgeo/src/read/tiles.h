/* A smooth operation as polynomials over square tiles of its plane. PROJ takes half a microsecond a
 * vertex, which is most of the time that reading a projected layer takes; a polynomial of degree 6
 * in each direction takes 10 ns and follows the inverse of a projection with a datum shift over 65
 * km to the last digits of a double. Every tile is held against PROJ before it is used. */
#ifndef GEO_READ_TILES_H
#define GEO_READ_TILES_H

#include <proj.h>

#include "geo/batch.h"

struct geo_tiles;

/* Tiles over the extent (xmin, ymin, xmax, ymax) of a layer. They lie at multiples of their size, so
 * that vertices in one place come to one place whatever layer they are of.
 * definition: of the operation, to longitude and latitude in degrees
 * unit:       of the plane, "" for degrees
 * *tiles:     NULL if they are of no use: the operation is not made of smooth steps alone, the layer
 *             is so wide that making tiles may take longer than PROJ, no tile keeps to 1e-12 degrees
 * GEO_OK, GEO_ENOMEM. 70 µs a tile, at most 512. */
enum geo_status geo_tiles_new(struct geo_ctx *ctx, PJ *operation, const char *definition,
                              const char *unit, const double extent[4], struct geo_tiles **tiles);
void geo_tiles_free(struct geo_tiles *tiles); /* NULL is allowed */

/* Takes a vertex to WGS 84, within 1e-12 degrees (0.1 µm) of where the operation takes it. Any
 * number of threads may.
 * Returns false, the vertex as it was, where there is no tile that keeps to that. */
bool geo_tiles_transform(const struct geo_tiles *tiles, struct geo_lonlat *vertex);

#endif
