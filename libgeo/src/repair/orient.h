/* On which side of a line a point lies, never wrongly. */
#ifndef GEO_REPAIR_ORIENT_H
#define GEO_REPAIR_ORIENT_H

#include <math.h>
#include <stdbool.h>

#include "geo/batch.h"

/* geo_orient() in exact arithmetic; 0 also where the products are too small for doubles. */
int geo_orient_exactly(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c);

/* 1: c lies left of the line from a to b; -1: right of it; 0: on it (Shewchuk, Adaptive precision
 * floating-point arithmetic and fast robust geometric predicates, 1997, error bound A; below it
 * exact arithmetic decides). */
static inline int geo_orient(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c)
{
    double left = (a.lon - c.lon) * (b.lat - c.lat), right = (a.lat - c.lat) * (b.lon - c.lon);
    double det = left - right;
    double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + 1e-290;
    if (fabs(det) > bound)
        return det > 0 ? 1 : -1;
    return geo_orient_exactly(a, b, c);
}

/* Whether a comes before b in the order of the sweep: by longitude, then by latitude. */
static inline bool geo_before(struct geo_lonlat a, struct geo_lonlat b)
{
    return a.lon < b.lon || (a.lon == b.lon && a.lat < b.lat);
}

static inline bool geo_same(struct geo_lonlat a, struct geo_lonlat b)
{
    return a.lon == b.lon && a.lat == b.lat;
}

#endif
