#include "draw/map_sample.h"

#include <stdlib.h>

#include "draw/map_thin.h"
#include "steps/try.h"

/* Outlines of more vertices than this in all are simplified while the layer is read. */
enum { VERTICES_MAX = 2 * 1000 * 1000 };

static enum geo_status add_columns(struct geo_ctx *ctx, struct geo_batch *to,
                                   const struct geo_batch *from, const size_t *column, size_t n)
{
    for (size_t c = 0; c < n; c++) {
        const struct geo_column *source = &from->column[column[c]];
        TRY(geo_batch_add_column(ctx, to, source->name, source->type, NULL));
    }
    return GEO_OK;
}

enum geo_status sample_begin(struct geo_ctx *ctx, struct sample *sample,
                             const struct geo_batch *batch, const size_t *column, size_t n)
{
    *sample = (struct sample){.drawn = geo_batch_new(),
                              .source = calloc(n + 1, sizeof *sample->source),
                              .columns = n,
                              .stride = 1,
                              .vertices_max = VERTICES_MAX};
    if (!sample->drawn || !sample->source)
        return GEO_ENOMEM;
    for (size_t c = 0; c < n; c++)
        sample->source[c] = column[c];
    return add_columns(ctx, sample->drawn, batch, column, n);
}

/* Columns widen while a stream is read. */
static enum geo_status copy_cells(struct geo_ctx *ctx, struct geo_batch *to,
                                  const struct geo_batch *from, size_t i, const size_t *source,
                                  size_t n)
{
    for (size_t c = 0; c < n; c++) {
        const struct geo_column *column = &from->column[source ? source[c] : c];
        to->column[c].type = geo_type_widen(to->column[c].type, column->type);
        TRY(geo_batch_copy_cell(ctx, to, &to->column[c], to->n - 1, from, column, i));
    }
    return GEO_OK;
}

static enum geo_status copy_row(struct geo_ctx *ctx, struct geo_batch *to,
                                const struct geo_batch *from, size_t i, const size_t *source,
                                size_t n)
{
    for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++)
        TRY(geo_batch_copy_part(ctx, to, from, p));
    TRY(geo_batch_end_feature(ctx, to, from->shape[i], from->fid[i]));
    return copy_cells(ctx, to, from, i, source, n);
}

/* Makes what is drawn anew of each step-th row and the first n columns. */
static enum geo_status remake(struct geo_ctx *ctx, struct sample *sample, size_t step, size_t n)
{
    struct geo_batch *made = geo_batch_new(), *old = sample->drawn;
    enum geo_status status = made ? GEO_OK : GEO_ENOMEM;
    for (size_t c = 0; status == GEO_OK && c < n; c++)
        status = geo_batch_add_column(ctx, made, old->column[c].name, old->column[c].type, NULL);
    for (size_t i = 0; status == GEO_OK && i < old->n; i += step)
        status = copy_row(ctx, made, old, i, NULL, n);
    if (status != GEO_OK) {
        geo_batch_free(made);
        return status;
    }
    geo_batch_free(old);
    sample->drawn = made;
    sample->columns = n;
    return GEO_OK;
}

/* Simplifies by what can be seen of the layer so far: the whole map shows no more. */
static enum geo_status simplify(struct geo_ctx *ctx, struct sample *sample)
{
    TRY(thin_batch(ctx, &sample->drawn, thin_tolerance(sample->drawn)));
    if (sample->drawn->vertex_count > sample->vertices_max / 2)
        sample->vertices_max = 2 * sample->drawn->vertex_count;
    return GEO_OK;
}

enum geo_status sample_take(struct geo_ctx *ctx, struct sample *sample,
                            const struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i] || sample->seen++ % sample->stride != 0)
            continue;
        TRY(copy_row(ctx, sample->drawn, batch, i, sample->source, sample->columns));
        if (sample->drawn->n > SAMPLE_MAX) {
            TRY(remake(ctx, sample, 2, sample->columns));
            sample->stride *= 2;
        }
    }
    return sample->drawn->vertex_count > sample->vertices_max ? simplify(ctx, sample) : GEO_OK;
}

enum geo_status sample_cut(struct geo_ctx *ctx, struct sample *sample, size_t n)
{
    return n < sample->columns ? remake(ctx, sample, 1, n) : GEO_OK;
}

void sample_release(struct sample *sample)
{
    geo_batch_free(sample->drawn);
    free(sample->source);
    *sample = (struct sample){0};
}
