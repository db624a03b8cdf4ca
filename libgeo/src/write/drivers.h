/* Which drivers of GDAL can write a file of vectors. */
#ifndef GEO_WRITE_DRIVERS_H
#define GEO_WRITE_DRIVERS_H

#include "geo/ctx.h"

/* The short name of the driver called `format`, or, if that is NULL, of the one that writes files
 * with the extension of path. Constant. GEO_OK; GEO_EARG: there is none. */
enum geo_status geo_driver_find(struct geo_ctx *ctx, const char *format, const char *path,
                                const char **driver);

/* Checks KEY=VALUE options, NULL-terminated, against those that a driver states for its layers.
 * GEO_OK; GEO_EARG: one is malformed or not known. */
enum geo_status geo_driver_check_options(struct geo_ctx *ctx, const char *driver,
                                         const char *const *option);

#endif
