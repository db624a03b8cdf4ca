/* The columns of a layer on a map: those that it came with, and those that were measured. */
#ifndef DRAW_MAP_COLUMNS_H
#define DRAW_MAP_COLUMNS_H

#include <pthread.h>

#include "geo/geo.h"

/* What a layer came with. */
struct map_columns {
    pthread_mutex_t lock;
    bool are_known;
    size_t n;
    char **name;
};

void columns_begin(struct map_columns *columns);

/* A step that takes the names, before other steps add columns and rename some. */
struct geo_step columns_step(struct map_columns *columns);

/* Of a batch that went through all steps: those it came with, in order, then what a map shows of
 * those measured. The caller frees *chosen. GEO_OK, GEO_ENOMEM */
enum geo_status columns_choose(const struct map_columns *columns, const struct geo_batch *batch,
                               size_t **chosen, size_t *n);

/* Gives a batch of the first columns their names back. false: no memory */
bool columns_restore(const struct map_columns *columns, struct geo_batch *batch);

void columns_release(struct map_columns *columns);

/* Adds the features of another batch, columns by name. GEO_OK, GEO_ENOMEM */
enum geo_status columns_unite(struct geo_ctx *ctx, struct geo_batch *to,
                              const struct geo_batch *from);

#endif
