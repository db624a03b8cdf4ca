/* Small rings that plainly do not cross themselves. */
#ifndef GEO_REPAIR_SIMPLE_H
#define GEO_REPAIR_SIMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/batch.h"

/* The largest ring that geo_ring_is_simple() takes, in vertices. */
enum { GEO_SIMPLE_MOST = 33 };

/* Whether a closed ring without repeated neighbours meets itself nowhere for certain.
 * 4 <= n <= GEO_SIMPLE_MOST. Looks at every pair of edges unless the
 * ring goes round the middle of its vertices: at most about 0.1 µs for 11 vertices. */
bool geo_ring_is_simple(const struct geo_lonlat *vertex, size_t n);

#endif
