/* The names that columns get in a layer of GDAL. */
#ifndef GEO_WRITE_OGR_NAME_H
#define GEO_WRITE_OGR_NAME_H

#include <ogr_api.h>

enum { GEO_OGR_NAME_ROOM = 256 };

/* The name that a column gets in a layer of a driver: without marks and in ASCII where the driver
 * knows no other letters, cut to what the format holds, and made unique by a number. */
void geo_ogr_choose_name(const char *driver, OGRLayerH layer, const char *name,
                         char chosen[GEO_OGR_NAME_ROOM]);

#endif
