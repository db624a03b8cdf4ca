#include "write/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

#define ID "id"

const char *geo_table_name(const struct geo_table *table, size_t c)
{
    const char *name = table->column[c]->name;
    return name ? name : ID;
}

enum geo_status geo_table_new(struct geo_ctx *ctx, const struct geo_batch *batch,
                              struct geo_table *table)
{
    const struct geo_column **column = calloc(batch->column_count + 1, sizeof *column);
    size_t n = 0;
    if (!column)
        return geo_no_memory(ctx);
    if (batch->id.cell_type && geo_batch_find_column(batch, ID) == SIZE_MAX)
        column[n++] = &batch->id;
    for (size_t c = 0; c < batch->column_count; c++)
        column[n++] = &batch->column[c];
    *table = (struct geo_table){n, column};
    return GEO_OK;
}

void geo_table_free(struct geo_table *table)
{
    free(table->column);
    *table = (struct geo_table){0};
}

bool geo_table_has_names(const struct geo_table *table, const struct geo_names *names)
{
    bool same = table->n == names->n;
    for (size_t c = 0; same && c < table->n; c++)
        same = !strcmp(geo_table_name(table, c), names->name[c]);
    return same;
}

static size_t find_name(const struct geo_names *names, const char *name)
{
    for (size_t c = 0; c < names->n; c++)
        if (!strcmp(names->name[c], name))
            return c;
    return SIZE_MAX;
}

enum geo_status geo_table_match(struct geo_ctx *ctx, const struct geo_names *names,
                                struct geo_batch *batch, struct geo_table *table)
{
    struct geo_table all, matched;
    GEO_TRY(geo_table_new(ctx, batch, &all));
    if (geo_table_has_names(&all, names)) {
        *table = all;
        return GEO_OK;
    }
    matched = (struct geo_table){names->n, calloc(names->n + 1, sizeof *matched.column)};
    enum geo_status status = matched.column ? GEO_OK : geo_no_memory(ctx);
    for (size_t c = 0; status == GEO_OK && c < all.n; c++) {
        size_t at = find_name(names, geo_table_name(&all, c));
        if (at != SIZE_MAX)
            matched.column[at] = all.column[c];
        else
            status = geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1,
                                    "column that the first features had not: left out", "%s",
                                    geo_table_name(&all, c));
    }
    geo_table_free(&all);
    if (status == GEO_OK)
        *table = matched;
    else
        geo_table_free(&matched);
    return status;
}

enum geo_status geo_names_new(struct geo_ctx *ctx, const struct geo_table *table,
                              struct geo_names *names)
{
    struct geo_names made = {table->n, calloc(table->n + 1, sizeof *made.name)};
    bool done = made.name;
    for (size_t c = 0; done && c < table->n; c++)
        done = (made.name[c] = strdup(geo_table_name(table, c)));
    if (!done) {
        geo_names_free(&made);
        return geo_no_memory(ctx);
    }
    *names = made;
    return GEO_OK;
}

void geo_names_free(struct geo_names *names)
{
    for (size_t c = 0; names->name && c < names->n; c++)
        free(names->name[c]);
    free(names->name);
    *names = (struct geo_names){0};
}
