/* Several inputs as one source: opened by source.c, read by source_read.c. */
#ifndef GEO_READ_SOURCE_H
#define GEO_READ_SOURCE_H

#include <pthread.h>

#include "read/input.h"

struct geo_source {
    size_t n;
    struct geo_input *input;
    size_t at;                /* input that is being read */
    uint64_t seq;             /* of the next batch */
    struct geo_fields fields; /* the union of the inputs' columns */
    char *where, *select;
    bool are_columns_known; /* before the first batch */
    bool is_fixed;          /* every input has stated all its columns: `fields` stays as it is */
    bool has_features;
    struct geo_batch *batch; /* of geo_source_of_batch(), until it is read */

    /* Unless it is fixed, batches are settled in the order of their claims: then `fields` and
     * has_features are those of the batches before `settled`. The lock guards these three. */
    pthread_mutex_t lock;
    pthread_cond_t moved; /* `settled` went on */
    uint64_t settled;
};

/* Adds a column to the union, or widens the one that is there. */
enum geo_status geo_source_unite(struct geo_ctx *ctx, struct geo_source *source, const char *name,
                                 enum geo_type type, int width, int precision);

/* The columns of the union on an empty batch. */
enum geo_status geo_source_add_columns(struct geo_ctx *ctx, const struct geo_fields *fields,
                                       struct geo_batch *batch);

/* Names of the selection that no column has: said at once where all columns are known, else at the
 * end. */
enum geo_status geo_source_check_select(struct geo_ctx *ctx, const struct geo_source *source);

#endif
