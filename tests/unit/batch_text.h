/* What a reader has read as text: fid, shape, parts (p point, l line, a polygon; rings parted by a
 * bar), cells that are not null, the id, then the notes. */
#ifndef GEO_TESTS_BATCH_TEXT_H
#define GEO_TESTS_BATCH_TEXT_H

#include <inttypes.h>
#include <stdio.h>

#include "near.h"
#include "read/input.h"

static inline void print_parts(FILE *out, const struct geo_batch *batch, size_t i)
{
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++) {
        fprintf(out, " %c", "pla"[batch->part_kind[p]]);
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++)
            for (size_t v = batch->vertex_start[r]; v < batch->vertex_start[r + 1]; v++)
                fprintf(out, "%s%.15g %.15g",
                        v > batch->vertex_start[r] ? ","
                        : r > batch->ring_start[p] ? "|"
                                                   : "(",
                        batch->vertex[v].lon, batch->vertex[v].lat);
        fprintf(out, ")");
    }
}

static inline void print_cell(FILE *out, const struct geo_batch *batch,
                              const struct geo_column *column, const char *name, size_t i)
{
    char text[200];
    if (!column->cell_type || column->cell_type[i] == GEO_TYPE_NULL)
        return;
    geo_batch_cell_text(batch, column, i, text, sizeof text);
    fprintf(out, " %s=%s:%s", name, text, geo_type_name((enum geo_type)column->cell_type[i]));
}

static inline void print_features(FILE *out, const struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        fprintf(out, "%" PRId64 " %s", batch->fid[i],
                batch->dropped[i] ? "dropped" : geo_shape_name((enum geo_shape)batch->shape[i]));
        print_parts(out, batch, i);
        for (size_t c = 0; c < batch->column_count; c++)
            print_cell(out, batch, &batch->column[c], batch->column[c].name, i);
        print_cell(out, batch, &batch->id, "id", i);
        fprintf(out, "\n");
    }
}

static inline void print_notes(FILE *out, const struct geo_batch *batch)
{
    static const char *const kinds[] = {"info", "repaired", "skipped"};
    for (size_t k = 0; k < batch->note_count; k++) {
        const struct geo_note *note = &batch->note[k];
        fprintf(out, "%s %" PRId64 ": %s%s%s\n", kinds[note->kind], note->fid, note->what,
                note->detail[0] ? ": " : "", note->detail);
    }
}

static inline void add_fields(struct geo_ctx *ctx, const struct geo_input *input,
                              struct geo_batch *batch)
{
    for (size_t i = 0; i < input->fields.n; i++)
        assert_ok(ctx, geo_batch_add_column(ctx, batch, input->fields.field[i].name,
                                            input->fields.field[i].type, NULL));
}

static inline void close_input(struct geo_ctx *ctx, struct geo_input *input)
{
    input->close(ctx, input->self);
    geo_fields_release(&input->fields);
    geo_origin_release(&input->origin);
}

#endif
