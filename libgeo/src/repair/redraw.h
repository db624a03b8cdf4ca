/* Polygons judged, and drawn anew, by their arrangement. */
#ifndef GEO_REPAIR_REDRAW_H
#define GEO_REPAIR_REDRAW_H

#include "repair/mend.h"

/* Judges the plane polygons of a feature as OGC's rules for a MultiPolygon want them; if they are
 * not valid, adds to the open feature of `made` the polygons that bound what MakeValid (STRUCTURE)
 * takes for their inside: all places that an exterior runs round, either way, and none of its holes
 * does. made may be NULL: then they are only judged. *done: false if that cannot be told here, and
 * nothing else is set then. About 1 µs a vertex, O(n log n). GEO_OK, GEO_ENOMEM. */
enum geo_status geo_redraw(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                           const struct geo_ring_look *look, struct geo_batch *made,
                           struct geo_verdict *verdict, bool *done);

#endif
