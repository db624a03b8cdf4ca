/* The columns of a batch as a table has them: the `id` of GeoJSON first, if there is one and no
 * column has its name. */
#ifndef GEO_WRITE_TABLE_H
#define GEO_WRITE_TABLE_H

#include "geo/batch.h"

struct geo_table {
    size_t n;
    const struct geo_column **column; /* NULL where a batch lacks one */
};

/* The names of a table, as the batches call them. */
struct geo_names {
    size_t n;
    char **name;
};

const char *geo_table_name(const struct geo_table *table, size_t c);

/* All columns of a batch; geo_table_free(). GEO_OK, GEO_ENOMEM. */
enum geo_status geo_table_new(struct geo_ctx *ctx, const struct geo_batch *batch,
                              struct geo_table *table);

/* The columns of a batch that have these names, in their order; a note tells of those that have
 * none of them. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_table_match(struct geo_ctx *ctx, const struct geo_names *names,
                                struct geo_batch *batch, struct geo_table *table);

void geo_table_free(struct geo_table *table);

/* Whether a table has exactly these names, in their order. */
bool geo_table_has_names(const struct geo_table *table, const struct geo_names *names);

/* Copies the names of a table. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_names_new(struct geo_ctx *ctx, const struct geo_table *table,
                              struct geo_names *names);
void geo_names_free(struct geo_names *names);

#endif
