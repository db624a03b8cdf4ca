/* From WGS 84 to the CRS of an output. */
#ifndef GEO_WRITE_CRS_H
#define GEO_WRITE_CRS_H

#include "geo/batch.h"

/* Whether a CRS (anything PROJ takes) is WGS 84 longitude and latitude, in either order.
 * GEO_OK; GEO_ECRS: it is not known. */
enum geo_status geo_crs_is_wgs84(struct geo_ctx *ctx, const char *crs, bool *is_wgs84);

/* The best operation from WGS 84 longitude and latitude in degrees to crs (x first), as a
 * definition for geo_ctx_pj(), which the caller frees.
 * torn: whether the antimeridian is a border of crs, so that shapes must be cut there.
 * GEO_OK; GEO_ECRS: crs is not known, is not horizontal, or only a ballpark operation leads there;
 * GEO_ENOMEM. */
enum geo_status geo_crs_find_operation(struct geo_ctx *ctx, const char *crs, char **definition,
                                       bool *torn);

/* Brings a batch that was on WGS 84 to another CRS. Rings that go round a pole come back to where
 * they began. A feature that crs does not reach is dropped with a note.
 * GEO_OK, GEO_ECRS, GEO_ENOMEM. */
enum geo_status geo_crs_transform(struct geo_ctx *ctx, struct geo_batch *batch,
                                  const char *definition);

#endif
