/* Where places lie on the sheet.
 *
 * The projection is conformal, so that zones keep their shapes, and true to scale along the map's
 * middle latitude, so that a scale bar can be held against it: the cone of Lambert that touches the
 * ellipsoid there. At the equator that cone is a cylinder (Mercator), at the poles a plane
 * (stereographic); maps of the whole world are Mercator's too, cut off at 85 degrees. Within a
 * province of 80 km lengths are true to 2e-5 everywhere. North is up at the middle longitude.
 * Edges between vertices run straight in longitude and latitude: over 100 km at 21 degrees north a
 * geodesic strays 75 m from that, no more than a line's width where 100 km fit on a sheet.
 */
#ifndef DRAW_PAPER_VIEW_H
#define DRAW_PAPER_VIEW_H

#include <proj.h>

#include "draw/map.h"

/* A rectangle on the sheet; points (1/72 inch) from the upper left corner, y downwards. */
struct area {
    double x, y, width, height;
};

struct spot {
    double x, y;
};

enum view_kind { VIEW_CONE, VIEW_CYLINDER, VIEW_PLANE };

struct view {
    PJ_CONTEXT *context;
    PJ *projection;
    enum view_kind kind;
    double lon, lat;     /* middle; lengths are true along this latitude */
    double south, north; /* latitudes beyond are drawn on these */
    struct area extent;  /* of the map's box in metres of the projection, y upwards */
    struct area frame;   /* on the sheet */
    struct spot middle;  /* of the extent, on the sheet */
    double points_a_metre;
};

/* Chooses the projection for a box. False if memory ran out. */
bool view_open(struct view *view, const struct map_box *box);

/* Fits the extent into the frame, which is cut to the world's edge. is_round: the scale is 1 : N, N of two digits and zeros. */
void view_fit(struct view *view, struct area frame, bool is_round);

/* @return N of the scale 1 : N along the middle latitude. */
double view_scale(const struct view *view);

/* @return where a place lies; both NAN if nowhere. Continuous in longitude. */
struct spot view_spot(const struct view *view, struct geo_lonlat place);

/* @return the place of a spot; both NAN if none. Longitudes are continuous round the middle. */
struct geo_lonlat view_place(const struct view *view, struct spot spot);

/* @return the degrees that the frame shows. */
struct map_box view_range(const struct view *view);

/* @return the greatest relative error of lengths within the frame. */
double view_stretch(const struct view *view);

/* @return whether a spot lies in an area. */
bool area_has(const struct area *area, struct spot spot);

/* @return an area with so much less on each side; more if `by` is negative. */
struct area area_inset(struct area area, double by);

void view_close(struct view *view);

#endif
