/* Where a map lies: its box, and longitudes that are continuous over the antimeridian. */
#ifndef DRAW_MAP_PLACE_H
#define DRAW_MAP_PLACE_H

#include "draw/map.h"

/* Sets the map's box and turns the longitudes of all that is drawn towards it, part by part: a zone
 * that was cut at the antimeridian is in one place. The west edge is where the widest stretch
 * without any part ends. GEO_OK, GEO_ENOMEM; GEO_END: there is nothing
 * to draw */
enum geo_status map_place(struct map *map);

/* @return the diagonal of a box in degrees of latitude. */
double map_diagonal(const struct map_box *box);

#endif
