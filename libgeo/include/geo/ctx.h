/** @file ctx.h
 *  A context owns every handle of PROJ and GEOS that one thread needs, catches what GDAL, PROJ and
 *  GEOS have to say, and remembers why the last call failed. One per thread; none is shared.
 */
#ifndef GEO_CTX_H
#define GEO_CTX_H

#include "geo/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct geo_ctx;

/** @return a new context, which the caller frees with geo_ctx_free(); NULL if out of memory.
 *  Registers GDAL's drivers the first time. About 5 ms. */
GEO_API struct geo_ctx *geo_ctx_new(void);

/** Frees @p ctx and all it owns. NULL is allowed. */
GEO_API void geo_ctx_free(struct geo_ctx *ctx);

/** @return why the last call that failed did so: one sentence without a full stop, "" if none did.
 *  Owned by @p ctx, valid until its next failure. */
GEO_API const char *geo_ctx_message(const struct geo_ctx *ctx);

/** Records why a caller's own step fails (struct geo_step), so that the run ends with its message.
 *  @param[in] format  one sentence without a full stop; its arguments may point into the last message
 *  @return @p status */
GEO_API enum geo_status geo_ctx_fail(struct geo_ctx *ctx, enum geo_status status,
                                     const char *format, ...) GEO_PRINTF(3, 4);

/** Makes @p to carry the message of @p from, so that a worker's failure reaches the caller. */
GEO_API void geo_ctx_copy_message(struct geo_ctx *to, const struct geo_ctx *from);

/** @return "0.1.0", then "GDAL 3.6.2", PROJ and GEOS, a line each; constant. */
GEO_API const char *geo_version_text(void);

#ifdef __cplusplus
}
#endif

#endif
