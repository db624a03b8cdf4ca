/* The one way a libgeo function reports a failure. */
#ifndef GEO_BASE_FAIL_H
#define GEO_BASE_FAIL_H

#include "geo/ctx.h"

/* Records the message and returns status, so that callers write
 * `return geo_fail(ctx, GEO_EARG, "...")`. What GDAL, PROJ or GEOS said since the last
 * geo_*_begin() is appended where the sentence ends with ": " (one call, one cause). */
enum geo_status geo_fail(struct geo_ctx *ctx, enum geo_status status, const char *text, ...)
    GEO_PRINTF(3, 4);

/* `return geo_no_memory(ctx);` */
enum geo_status geo_no_memory(struct geo_ctx *ctx);

/* Hands a failure on: `GEO_TRY(geo_batch_end_ring(ctx, batch));` */
#define GEO_TRY(call)                         \
    do {                                      \
        enum geo_status try_status_ = (call); \
        if (try_status_ != GEO_OK)            \
            return try_status_;               \
    } while (0)

#endif
