#include "draw/map_columns.h"

#include <stdlib.h>
#include <string.h>

#include "steps/try.h"

void columns_begin(struct map_columns *columns)
{
    *columns = (struct map_columns){.lock = PTHREAD_MUTEX_INITIALIZER};
}

static enum geo_status take_names(struct map_columns *columns, const struct geo_batch *batch)
{
    columns->name = calloc(batch->column_count + 1, sizeof *columns->name);
    if (!columns->name)
        return GEO_ENOMEM;
    columns->are_known = true;
    for (; columns->n < batch->column_count; columns->n++)
        if (!(columns->name[columns->n] = strdup(batch->column[columns->n].name)))
            return GEO_ENOMEM;
    return GEO_OK;
}

static enum geo_status apply(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    struct map_columns *columns = state;
    enum geo_status status = GEO_OK;
    (void)ctx;
    pthread_mutex_lock(&columns->lock);
    if (!columns->are_known)
        status = take_names(columns, batch);
    pthread_mutex_unlock(&columns->lock);
    return status;
}

struct geo_step columns_step(struct map_columns *columns)
{
    return (struct geo_step){.plan = columns, .apply = apply};
}

static bool is_shown(const char *name)
{
    static const char *const hidden[] = {"perim_m", "near_azi", "near_lon", "near_lat", "near_km"};
    size_t h = 0;
    while (h < sizeof hidden / sizeof *hidden && strcmp(name, hidden[h]))
        h++;
    return h == sizeof hidden / sizeof *hidden;
}

enum geo_status columns_choose(const struct map_columns *columns, const struct geo_batch *batch,
                               size_t **chosen, size_t *n)
{
    *chosen = calloc(batch->column_count + 1, sizeof **chosen);
    *n = 0;
    if (!*chosen)
        return GEO_ENOMEM;
    for (size_t c = 0; c < batch->column_count; c++)
        if (c < columns->n || is_shown(batch->column[c].name))
            (*chosen)[(*n)++] = c;
    return GEO_OK;
}

bool columns_restore(const struct map_columns *columns, struct geo_batch *batch)
{
    for (size_t c = 0; c < columns->n && c < batch->column_count; c++) {
        char *name = strdup(columns->name[c]);
        if (!name)
            return false;
        free(batch->column[c].name);
        batch->column[c].name = name;
    }
    return true;
}

void columns_release(struct map_columns *columns)
{
    for (size_t c = 0; c < columns->n; c++)
        free(columns->name[c]);
    free(columns->name);
    pthread_mutex_destroy(&columns->lock);
}

/* Which columns of `to` those of `from` are; they are added where they lack. */
static enum geo_status match(struct geo_ctx *ctx, struct geo_batch *to,
                             const struct geo_batch *from, size_t *place)
{
    for (size_t c = 0; c < from->column_count; c++) {
        const struct geo_column *column = &from->column[c];
        place[c] = geo_batch_find_column(to, column->name);
        if (place[c] == SIZE_MAX)
            TRY(geo_batch_add_column(ctx, to, column->name, column->type, &place[c]));
        struct geo_column *found = &to->column[place[c]];
        found->type = geo_type_widen(found->type, column->type);
    }
    return from->id.value && !to->id.value ? geo_batch_want_id(ctx, to) : GEO_OK;
}

static enum geo_status add_feature(struct geo_ctx *ctx, struct geo_batch *to,
                                   const struct geo_batch *from, size_t i, const size_t *place)
{
    for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++)
        TRY(geo_batch_copy_part(ctx, to, from, p));
    TRY(geo_batch_end_feature(ctx, to, from->shape[i], from->fid[i]));
    for (size_t c = 0; c < from->column_count; c++)
        TRY(geo_batch_copy_cell(ctx, to, &to->column[place[c]], to->n - 1, from, &from->column[c],
                                i));
    return from->id.value ? geo_batch_copy_cell(ctx, to, &to->id, to->n - 1, from, &from->id, i)
                          : GEO_OK;
}

enum geo_status columns_unite(struct geo_ctx *ctx, struct geo_batch *to,
                              const struct geo_batch *from)
{
    size_t *place = calloc(from->column_count + 1, sizeof *place);
    enum geo_status status = place ? match(ctx, to, from, place) : GEO_ENOMEM;
    for (size_t i = 0; status == GEO_OK && i < from->n; i++)
        status = add_feature(ctx, to, from, i, place);
    free(place);
    return status;
}
