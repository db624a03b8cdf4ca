#include "geo/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"

struct geo_batch *geo_batch_new(void)
{
    return calloc(1, sizeof(struct geo_batch));
}

static void column_release(struct geo_column *column)
{
    free(column->name);
    free(column->value);
    free(column->cell_type);
    *column = (struct geo_column){0};
}

static void columns_release(struct geo_batch *batch)
{
    for (size_t c = 0; c < batch->column_count; c++)
        column_release(&batch->column[c]);
    free(batch->column);
    batch->column = NULL;
    batch->column_count = 0;
    column_release(&batch->id);
}

void geo_batch_free(struct geo_batch *batch)
{
    if (!batch)
        return;
    columns_release(batch);
    free(batch->fid);
    free(batch->shape);
    free(batch->dropped);
    free(batch->part_start);
    free(batch->part_kind);
    free(batch->ring_start);
    free(batch->vertex_start);
    free(batch->vertex);
    free(batch->text);
    free(batch->note);
    free(batch->byte);
    free(batch);
}

void geo_batch_clear(struct geo_batch *batch)
{
    columns_release(batch);
    batch->seq = batch->read = 0;
    batch->origin = NULL;
    batch->n = batch->part_count = batch->ring_count = batch->vertex_count = 0;
    batch->text_count = batch->note_count = batch->byte_count = 0;
}

/* ---- geometry ---- */

enum geo_status geo_batch_add_vertices(struct geo_ctx *ctx, struct geo_batch *batch, size_t n,
                                       struct geo_lonlat **vertex)
{
    if (batch->vertex_count + n > batch->vertex_room) {
        size_t room = geo_grown(batch->vertex_room, batch->vertex_count + n);
        if (!geo_grow(&batch->vertex, room, sizeof *batch->vertex))
            return geo_no_memory(ctx);
        batch->vertex_room = room;
    }
    *vertex = batch->vertex + batch->vertex_count;
    batch->vertex_count += n;
    return GEO_OK;
}

enum geo_status geo_batch_end_ring(struct geo_ctx *ctx, struct geo_batch *batch)
{
    if (batch->ring_count + 2 > batch->ring_room) {
        size_t room = geo_grown(batch->ring_room, batch->ring_count + 2);
        if (!geo_grow(&batch->vertex_start, room, sizeof *batch->vertex_start))
            return geo_no_memory(ctx);
        batch->ring_room = room;
    }
    if (batch->ring_count == 0)
        batch->vertex_start[0] = 0;
    batch->vertex_start[++batch->ring_count] = batch->vertex_count;
    return GEO_OK;
}

enum geo_status geo_batch_end_part(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_kind kind)
{
    if (batch->part_count + 2 > batch->part_room) {
        size_t room = geo_grown(batch->part_room, batch->part_count + 2);
        if (!geo_grow(&batch->part_kind, room, sizeof *batch->part_kind) ||
            !geo_grow(&batch->ring_start, room, sizeof *batch->ring_start))
            return geo_no_memory(ctx);
        batch->part_room = room;
    }
    if (batch->part_count == 0)
        batch->ring_start[0] = 0;
    batch->part_kind[batch->part_count] = (uint8_t)kind;
    batch->ring_start[++batch->part_count] = batch->ring_count;
    return GEO_OK;
}

static bool grow_column(struct geo_column *column, size_t room)
{
    return geo_grow(&column->value, room, sizeof *column->value) &&
           geo_grow(&column->cell_type, room, sizeof *column->cell_type);
}

static enum geo_status grow_features(struct geo_ctx *ctx, struct geo_batch *batch, size_t n)
{
    if (n <= batch->feature_room)
        return GEO_OK;
    size_t room = geo_grown(batch->feature_room, n);
    bool done = geo_grow(&batch->fid, room, sizeof *batch->fid) &&
                geo_grow(&batch->shape, room, sizeof *batch->shape) &&
                geo_grow(&batch->dropped, room, sizeof *batch->dropped) &&
                geo_grow(&batch->part_start, room + 1, sizeof *batch->part_start) &&
                (!batch->id.value || grow_column(&batch->id, room));
    for (size_t c = 0; done && c < batch->column_count; c++)
        done = grow_column(&batch->column[c], room);
    if (!done)
        return geo_no_memory(ctx);
    batch->feature_room = room;
    return GEO_OK;
}

enum geo_status geo_batch_end_feature(struct geo_ctx *ctx, struct geo_batch *batch,
                                      enum geo_shape shape, int64_t fid)
{
    size_t i = batch->n;
    GEO_TRY(grow_features(ctx, batch, i + 1));
    batch->fid[i] = fid;
    batch->shape[i] = (uint8_t)shape;
    batch->dropped[i] = 0;
    if (i == 0)
        batch->part_start[0] = 0;
    batch->part_start[i + 1] = batch->part_count;
    for (size_t c = 0; c < batch->column_count; c++)
        batch->column[c].cell_type[i] = GEO_TYPE_NULL;
    if (batch->id.cell_type)
        batch->id.cell_type[i] = GEO_TYPE_NULL;
    batch->n = i + 1;
    return GEO_OK;
}

enum geo_status geo_batch_copy_part(struct geo_ctx *ctx, struct geo_batch *to,
                                    const struct geo_batch *from, size_t part)
{
    for (size_t r = from->ring_start[part]; r < from->ring_start[part + 1]; r++) {
        size_t first = from->vertex_start[r], n = from->vertex_start[r + 1] - first;
        struct geo_lonlat *vertex;
        GEO_TRY(geo_batch_add_vertices(ctx, to, n, &vertex));
        memcpy(vertex, from->vertex + first, n * sizeof *vertex);
        GEO_TRY(geo_batch_end_ring(ctx, to));
    }
    return geo_batch_end_part(ctx, to, from->part_kind[part]);
}

/* ---- the whole ---- */

static enum geo_status copy_id(struct geo_ctx *ctx, struct geo_batch *to,
                               const struct geo_batch *from, size_t i, size_t row)
{
    if (!from->id.cell_type || from->id.cell_type[i] == GEO_TYPE_NULL)
        return GEO_OK;
    GEO_TRY(geo_batch_want_id(ctx, to));
    return geo_batch_copy_cell(ctx, to, &to->id, row, from, &from->id, i);
}

enum geo_status geo_batch_copy_feature(struct geo_ctx *ctx, struct geo_batch *to,
                                       const struct geo_batch *from, size_t i, bool with_geometry,
                                       enum geo_shape shape)
{
    if (with_geometry)
        for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++)
            GEO_TRY(geo_batch_copy_part(ctx, to, from, p));
    size_t row = to->n;
    GEO_TRY(geo_batch_end_feature(ctx, to, with_geometry ? from->shape[i] : shape, from->fid[i]));
    to->dropped[row] = from->dropped[i];
    for (size_t c = 0; c < from->column_count; c++)
        GEO_TRY(geo_batch_copy_cell(ctx, to, &to->column[c], row, from, &from->column[c], i));
    return copy_id(ctx, to, from, i, row);
}

void geo_batch_swap(struct geo_batch *a, struct geo_batch *b)
{
    struct geo_batch t = *a;
    *a = *b;
    *b = t;
    /* What belongs to the place in the stream stays where it is. */
    b->seq = a->seq, a->seq = t.seq;
    b->read = a->read, a->read = t.read;
    b->origin = a->origin, a->origin = t.origin;
    b->note = a->note, a->note = t.note;
    b->note_count = a->note_count, a->note_count = t.note_count;
    b->note_room = a->note_room, a->note_room = t.note_room;
}

enum geo_status geo_batch_reserve_bytes(struct geo_ctx *ctx, struct geo_batch *batch, size_t n,
                                        char **byte)
{
    if (batch->byte_count + n > batch->byte_room) {
        size_t room = geo_grown(batch->byte_room, batch->byte_count + n);
        if (!geo_grow(&batch->byte, room, 1))
            return geo_no_memory(ctx);
        batch->byte_room = room;
    }
    *byte = batch->byte + batch->byte_count;
    return GEO_OK;
}
