/* Hands a failure on: `TRY(geo_batch_end_ring(ctx, batch));` */
#ifndef STEPS_TRY_H
#define STEPS_TRY_H

#define TRY(call)                             \
    do {                                      \
        enum geo_status try_status_ = (call); \
        if (try_status_ != GEO_OK)            \
            return try_status_;               \
    } while (0)

#endif
