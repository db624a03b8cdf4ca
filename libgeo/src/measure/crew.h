/* Unions of many mosaics on several threads. */
#ifndef GEO_MEASURE_CREW_H
#define GEO_MEASURE_CREW_H

#include "measure/mosaic.h"

/* What a crew works on. Leaf k is drawn by draw(), on any thread, into an empty mosaic; leaves are
 * united in pairs, the pairs in pairs, and so on: always the same pairs, whatever the threads. */
struct geo_crew {
    size_t leaves;
    unsigned threads; /* 0: one for each core; 1: the calling thread alone */
    enum geo_status (*draw)(struct geo_ctx *ctx, const void *data, size_t leaf,
                            struct geo_mosaic *mosaic);
    const void *data; /* of draw(), read by all threads */
    /* Called with the share of the work that is done, by one thread at a time; NULL for none. */
    void (*progress)(void *data, double share);
    void *progress_data;
};

/* The union of all leaves. GEO_OK, GEO_ENOMEM, GEO_EDEFECT or any status of draw(): that of the
 * first leaf that fails, with its message in ctx. */
enum geo_status geo_crew_unite(struct geo_ctx *ctx, const struct geo_crew *crew,
                               struct geo_mosaic *whole);

#endif
