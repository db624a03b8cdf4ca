/* Geometry as well-known binary. */
#ifndef GEO_WRITE_WKB_H
#define GEO_WRITE_WKB_H

#include "geo/batch.h"

/* The bytes that geo_put_wkb() may need for feature i. */
size_t geo_wkb_room(const struct geo_batch *batch, size_t i);

/* Writes the geometry of feature i as a shape that holds it (a polygon as MultiPolygon, say) and
 * returns the end of what was written. */
char *geo_put_wkb(char *out, const struct geo_batch *batch, size_t i, enum geo_shape shape);

#endif
