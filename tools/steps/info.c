#include "steps/info.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "steps/try.h"

static const struct info_extent nothing = {INFINITY, INFINITY, -INFINITY, -INFINITY};

void info_init(struct info *info)
{
    *info = (struct info){.raw = nothing, .lonlat = nothing};
    pthread_mutex_init(&info->lock, NULL);
}

void info_release(struct info *info)
{
    for (size_t f = 0; f < info->field_count; f++)
        free(info->field[f].name);
    free(info->field);
    free(info->hash);
    findings_release(&info->findings);
    free(info->ranking);
    pthread_mutex_destroy(&info->lock);
}

static void extend(struct info_extent *extent, const struct geo_batch *batch, size_t i)
{
    size_t ring0 = batch->ring_start[batch->part_start[i]];
    size_t ring1 = batch->ring_start[batch->part_start[i + 1]];
    for (size_t v = batch->vertex_start[ring0]; v < batch->vertex_start[ring1]; v++) {
        struct geo_lonlat at = batch->vertex[v];
        extent->min_x = fmin(extent->min_x, at.lon);
        extent->max_x = fmax(extent->max_x, at.lon);
        extent->min_y = fmin(extent->min_y, at.lat);
        extent->max_y = fmax(extent->max_y, at.lat);
    }
}

static void extend_all(struct info_extent *extent, const struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i] && batch->part_start[i] < batch->part_start[i + 1])
            extend(extent, batch, i);
}

static enum geo_status gather_raw(struct geo_ctx *ctx, void *data, struct geo_batch *batch)
{
    struct info *info = data;
    struct info_extent extent = nothing;
    (void)ctx;
    extend_all(&extent, batch);
    pthread_mutex_lock(&info->lock);
    info->raw.min_x = fmin(info->raw.min_x, extent.min_x);
    info->raw.min_y = fmin(info->raw.min_y, extent.min_y);
    info->raw.max_x = fmax(info->raw.max_x, extent.max_x);
    info->raw.max_y = fmax(info->raw.max_y, extent.max_y);
    pthread_mutex_unlock(&info->lock);
    return GEO_OK;
}

struct geo_step info_step(struct info *info)
{
    return (struct geo_step){.plan = info, .apply = gather_raw};
}

/* ---- fields ---- */

static enum geo_status find_field(struct info *info, const struct geo_column *column,
                                  struct info_field **field)
{
    for (size_t f = 0; f < info->field_count; f++)
        if (!strcmp(info->field[f].name, column->name)) {
            *field = &info->field[f];
            return GEO_OK;
        }
    struct info_field *grown = reallocarray(info->field, info->field_count + 1, sizeof *grown);
    if (!grown)
        return GEO_ENOMEM;
    info->field = grown;
    *field = &grown[info->field_count];
    **field = (struct info_field){.name = strdup(column->name), .min = INFINITY, .max = -INFINITY};
    if (!(*field)->name)
        return GEO_ENOMEM;
    info->field_count++;
    return GEO_OK;
}

static void add_sample(struct info_field *field, const struct geo_batch *batch,
                       const struct geo_column *column, size_t i)
{
    char text[INFO_SAMPLE_BYTES];
    if (field->sample_count == INFO_SAMPLES)
        return;
    geo_batch_cell_text(batch, column, i, text, sizeof text);
    for (size_t k = 0; k < field->sample_count; k++)
        if (!strcmp(field->sample[k], text))
            return;
    memcpy(field->sample[field->sample_count++], text, sizeof text);
}

static void add_cell(struct info_field *field, const struct geo_batch *batch,
                     const struct geo_column *column, size_t i)
{
    enum geo_type type = column->cell_type[i];
    if (type == GEO_TYPE_NULL) {
        field->nulls++;
        return;
    }
    field->values++;
    if (type == GEO_TYPE_INT || type == GEO_TYPE_REAL) {
        union geo_value value = column->value[i];
        double number = type == GEO_TYPE_INT ? (double)value.integer : value.real;
        field->min = fmin(field->min, number);
        field->max = fmax(field->max, number);
    } else {
        add_sample(field, batch, column, i);
    }
}

static enum geo_status gather_fields(struct info *info, const struct geo_batch *batch)
{
    for (size_t c = 0; c < batch->column_count; c++) {
        const struct geo_column *column = &batch->column[c];
        struct info_field *field;
        TRY(find_field(info, column, &field));
        field->type = geo_type_widen(field->type, column->type);
        for (size_t i = 0; i < batch->n; i++)
            if (!batch->dropped[i])
                add_cell(field, batch, column, i);
    }
    return GEO_OK;
}

/* ---- geometries ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u; /* Fibonacci hashing, Knuth TAOCP 3, 6.4 */
    return hash ^ (hash >> 29);
}

static uint64_t hash_geometry(const struct geo_batch *batch, size_t i)
{
    uint64_t hash = batch->shape[i] + 1u;
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            hash = mix(hash, r - batch->ring_start[p] + 1);
            for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1]; v++) {
                uint64_t bits[2];
                memcpy(bits, &batch->vertex[v], sizeof bits);
                hash = mix(mix(hash, bits[0]), bits[1]);
            }
        }
    return hash ? hash : 1;
}

/* Whether the hash was there already; it is afterwards. */
static bool put(uint64_t *table, size_t room, uint64_t hash)
{
    size_t at = hash & (room - 1);
    while (table[at] && table[at] != hash)
        at = (at + 1) & (room - 1);
    bool was_there = table[at] == hash;
    table[at] = hash;
    return was_there;
}

static enum geo_status remember(struct info *info, uint64_t hash)
{
    if (2 * info->hash_count >= info->hash_room) {
        size_t room = info->hash_room ? 2 * info->hash_room : 1024;
        uint64_t *table = calloc(room, sizeof *table);
        if (!table)
            return GEO_ENOMEM;
        for (size_t k = 0; k < info->hash_room; k++)
            if (info->hash[k])
                put(table, room, info->hash[k]);
        free(info->hash);
        info->hash = table;
        info->hash_room = room;
    }
    if (put(info->hash, info->hash_room, hash))
        info->duplicates++;
    else
        info->hash_count++;
    return GEO_OK;
}

static enum geo_status gather(struct geo_ctx *ctx, void *data, struct geo_batch *batch)
{
    struct info *info = data;
    (void)ctx;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        info->features++;
        info->by_shape[batch->shape[i]]++;
        if (batch->shape[i] == GEO_SHAPE_NULL)
            continue;
        if (batch->part_start[i] == batch->part_start[i + 1])
            info->empty++;
        else
            TRY(remember(info, hash_geometry(batch, i)));
    }
    info->vertices += batch->vertex_count;
    if (!info->is_raw)
        extend_all(&info->lonlat, batch);
    return gather_fields(info, batch);
}

struct geo_consumer info_consumer(struct info *info)
{
    return (struct geo_consumer){.self = info, .take = gather};
}
