/* On which side of a line a point lies, never wrongly. */
#ifndef GEO_REPAIR_ORIENT_H
#define GEO_REPAIR_ORIENT_H

#include <math.h>
#include <stdbool.h>

#include "geo/batch.h"

/* 1: c lies left of the line from a to b; -1: right of it; 0: on it, or too near to tell in double
 * precision (Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric
 * predicates, 1997, error bound A). The second term covers products that underflow. */
static inline int geo_orient(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c)
{
    double left = (a.lon - c.lon) * (b.lat - c.lat), right = (a.lat - c.lat) * (b.lon - c.lon);
    double det = left - right;
    double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + 1e-290;
    return (det > bound) - (det < -bound);
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
