/* Coordinates of so many decimals. */
#ifndef GEO_MEASURE_ROUND_H
#define GEO_MEASURE_ROUND_H

#include "base/geos.h"

/* Cell of the grid of coordinates that have so many decimals. */
double geo_cell_deg(int decimals);

/* A valid polygon or multipolygon with coordinates of so many decimals, valid again; its boundary
 * moves by half the diagonal of a cell at most. GEO_OK, GEO_ENOMEM, GEO_EDEFECT; the caller
 * destroys *rounded. About 0.1 µs a vertex. */
enum geo_status geo_round(struct geo_ctx *ctx, const GEOSGeometry *geometry, int decimals,
                          GEOSGeometry **rounded);

#endif
