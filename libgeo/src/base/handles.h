/* The handles of PROJ, GEOS and GDAL that a context owns. */
#ifndef GEO_BASE_HANDLES_H
#define GEO_BASE_HANDLES_H

#include <geos_c.h>
#include <proj.h>

#include <geodesic.h>
#include <stdbool.h>

#include "geo/ctx.h"

/* WGS 84. */
#define GEO_EARTH_A_M 6378137.0
#define GEO_EARTH_F (1 / 298.257223563)

PJ_CONTEXT *geo_ctx_proj(struct geo_ctx *ctx);
GEOSContextHandle_t geo_ctx_geos(struct geo_ctx *ctx);
const struct geod_geodesic *geo_ctx_earth(const struct geo_ctx *ctx);

/* Where the table of the area kernel is kept: NULL until the measure stage makes it, one block of
 * malloc(), freed with the context. */
void **geo_ctx_area_table(struct geo_ctx *ctx);

/* A PROJ object for a definition (PROJ string, WKT, PROJJSON, "EPSG:1234"), made at the first call
 * and kept until the context is freed; NULL if PROJ refuses it (geo_foreign_text() says why). */
PJ *geo_ctx_pj(struct geo_ctx *ctx, const char *definition);

/* Makes a PROJ object out of a definition in some way of its own; the caller destroys *pj. */
typedef enum geo_status geo_pj_maker(struct geo_ctx *ctx, const char *definition, PJ **pj);

/* The same for an object that make() makes, which is called once for each definition.
 * GEO_OK, GEO_ENOMEM, or what make() returns. */
enum geo_status geo_ctx_pj_made(struct geo_ctx *ctx, const char *definition, geo_pj_maker *make,
                                PJ **pj);

/* What PROJ, GEOS or GDAL complained of since geo_foreign_clear(): the first error, "" if none. */
const char *geo_foreign_text(const struct geo_ctx *ctx);
void geo_foreign_clear(struct geo_ctx *ctx);

/* GDAL's messages go to a handler of the thread: every group of calls to GDAL stands between these
 * two, on one thread. begin clears; end says whether GDAL reported an error (not a warning). */
void geo_gdal_begin(struct geo_ctx *ctx);
bool geo_gdal_end(struct geo_ctx *ctx);

#endif
