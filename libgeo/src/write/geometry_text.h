/* Geometry as text: GeoJSON objects and WKT. */
#ifndef GEO_WRITE_GEOMETRY_TEXT_H
#define GEO_WRITE_GEOMETRY_TEXT_H

#include "geo/batch.h"

/* Of what fewer decimals would spoil. */
enum { GEO_FINE_DECIMALS = 12 };

enum geo_notation { GEO_NOTATION_JSON, GEO_NOTATION_WKT };

/* The most that the geometry of feature i becomes. */
size_t geo_geometry_room(const struct geo_batch *batch, size_t i);

/* Writes the geometry of feature i, which is not null, at out and returns the end of what it wrote.
 *
 * Coordinates are rounded to `decimals`. Of neighbouring positions that are equal then, one is
 * written. A ring that would keep fewer than four positions, or a line fewer than two, is written
 * with
 * GEO_FINE_DECIMALS (or more, if more were asked for) and all its vertices instead. */
char *geo_put_geometry(char *out, const struct geo_batch *batch, size_t i, int decimals,
                       enum geo_notation notation);

#endif
