/* A CRS as an object of PROJ, and what can be asked of it. */
#ifndef GEO_READ_CRS_H
#define GEO_READ_CRS_H

#include <proj.h>
#include <stdbool.h>
#include <stddef.h>

#include "geo/ctx.h"

/* What a definition means, anything PROJ takes and a PROJ string without +type=crs too, horizontal.
 * NULL if it is not known, or neither projected nor geographic. */
PJ *geo_crs_create(PJ_CONTEXT *proj, const char *definition);

/* Puts the EPSG's own object in the place of a CRS that says the same in other words: a .prj file
 * names no code. A bound CRS states its own way to WGS 84, which the EPSG's has not. */
void geo_crs_identify(PJ_CONTEXT *proj, PJ **crs);

/* Whether it is longitude and latitude, or the reverse; false for a bound one. */
bool geo_crs_is_geographic(const PJ *crs);

/* "EPSG:5897", else the name of the CRS; the caller frees it. NULL if out of memory. */
char *geo_crs_text(const PJ *crs);

/* Whether the first axis runs north. */
bool geo_crs_is_north_first(PJ_CONTEXT *proj, const PJ *crs);

/* An extent in longitude and latitude, on the CRS's own datum: near enough to choose by.
 * Extents are xmin, ymin, xmax, ymax, x and longitude first. */
bool geo_crs_lonlat(PJ_CONTEXT *proj, const PJ *crs, const double extent[4], double lonlat[4]);

/* The unit of a projected CRS, "" of any other. Whole countries fit into 180 kilometres, so that a
 * unit longer than the metre is passed over too. */
void geo_crs_plane_unit(PJ_CONTEXT *proj, const PJ *crs, char *unit, size_t room);

#endif
