/* Polygons judged and mended. */
#ifndef GEO_REPAIR_MEND_H
#define GEO_REPAIR_MEND_H

#include "repair/ring.h"

/* What the notes say. */
#define GEO_CROSSES "polygon crosses or overlaps itself: mended"
#define GEO_TOUCHES "polygon touches itself: mended"
#define GEO_OVERLAP "polygons of one feature overlap: mended"
#define GEO_STRAY_HOLE "hole lies outside its polygon: mended"
#define GEO_NESTED_HOLES "holes lie in each other: mended"
#define GEO_CUT_APART "polygon is cut apart by its own boundary: mended"

/* What was found. */
struct geo_verdict {
    bool valid;
    bool mended;             /* if not: it could not be */
    const char *what;        /* constant text of the note */
    struct geo_lonlat place; /* where; NAN if it is not known */
};

/* Judges the plane polygons of a feature as one MultiPolygon; if they are not valid, adds what
 * MakeValid makes of them to the open feature of `made`: nothing at all if they have no area. Beyond
 * some thousand vertices it is drawn by our own means, for GEOS takes a minute and a gigabyte for a
 * million. look has the feature's rings. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_mend(struct geo_ctx *ctx, const struct geo_batch *batch, size_t feature,
                         const struct geo_ring_look *look, struct geo_batch *made,
                         struct geo_verdict *verdict);

#endif
