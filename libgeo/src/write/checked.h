/* Files for GDAL whose failed writes are errors: many drivers do not look at what write() says, and
 * would leave a cut file behind on a full disk without a word. */
#ifndef GEO_WRITE_CHECKED_H
#define GEO_WRITE_CHECKED_H

#include "geo/ctx.h"

/* The path by which a driver is to write a file: through a file system of GDAL that reports every
 * failed write, flush and close as an error of GDAL, or, for drivers that open files by themselves
 * and check what they do, the path as it is. The caller frees it. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_checked_path(struct geo_ctx *ctx, const char *driver, const char *path,
                                 char **checked);

#endif
