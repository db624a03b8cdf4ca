/* The columns of a GeoJSON input, in order of first appearance, and the cells of its features. */
#ifndef GEO_READ_GEOJSON_COLUMNS_H
#define GEO_READ_GEOJSON_COLUMNS_H

#include "read/geojson_draft.h"
#include "read/input.h"

struct geo_columns {
    struct geo_known_column {
        char *name; /* UTF-8 NFC */
        enum geo_type type;
        enum geo_type stated; /* by the input, NULL if it is not */
        size_t at;            /* index in the batch under way */
    } * column;
    size_t n;

    /* Names as features write them, found by hash: slot holds indices into key, plus 1. */
    struct geo_column_key {
        char *name;
        size_t n, hash, column; /* SIZE_MAX: not selected */
    } * key;
    size_t key_n, key_room;
    size_t *slot;
    size_t slot_n; /* a power of two, 0 at first */

    struct geo_fields wanted; /* the columns to keep, type NULL until one is met; all if none */
    bool is_selected;
    struct geo_decoder *decoder;
    struct geo_batch *scratch; /* for names */
};

enum geo_status geo_columns_init(struct geo_ctx *ctx, struct geo_columns *columns,
                                 const char *select);
void geo_columns_release(struct geo_columns *columns);

/* A column as the input states it. One that is not selected is left out.
 * GEO_OK, GEO_EREAD, GEO_ENOMEM. */
enum geo_status geo_columns_state(struct geo_ctx *ctx, struct geo_columns *columns,
                                  const char *name, size_t n, enum geo_type type);

/* Columns for a part of the input that is read by itself: the selection and what is stated. */
enum geo_status geo_columns_branch(struct geo_ctx *ctx, const struct geo_columns *from,
                                   struct geo_columns *branch);

/* Meets the columns that a part of the input has met, which comes behind all that was met so far.
 * GEO_OK, GEO_EREAD (too many columns; the message has no place), GEO_ENOMEM. */
enum geo_status geo_columns_join(struct geo_ctx *ctx, struct geo_columns *columns,
                                 const struct geo_columns *branch);

/* The known columns as fields. */
enum geo_status geo_columns_fields(struct geo_ctx *ctx, const struct geo_columns *columns,
                                   struct geo_fields *fields);

/* A selected column that was never met, NULL if there is none. */
const char *geo_columns_missing(const struct geo_columns *columns);
/* GEO_EARG: says so, and which columns there are in the input of this path. */
enum geo_status geo_columns_fail_missing(struct geo_ctx *ctx, const struct geo_columns *columns,
                                         const char *path, const char *missing);

/* Gives a batch that has no features the columns known so far. */
enum geo_status geo_columns_attach(struct geo_ctx *ctx, struct geo_columns *columns,
                                   struct geo_batch *batch);

/* Sets the cells and the id of the batch's last feature. Without a batch: meets the columns only.
 * GEO_OK, GEO_EREAD (not UTF-8, too many columns; the message has no place), GEO_ENOMEM. */
enum geo_status geo_columns_put(struct geo_ctx *ctx, struct geo_columns *columns,
                                const struct geo_draft *draft, struct geo_batch *batch);

#endif
