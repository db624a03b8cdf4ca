#include "draw/map_sample.h"

#include <stdlib.h>
#include <string.h>

#include "draw/map_edges.h"
#include "draw/map_thin.h"
#include "steps/try.h"

/* Outlines of more vertices than this in all are simplified while the layer is read. */
enum { VERTICES_MAX = 2 * 1000 * 1000 };

/* So many features are held before the sample is cut down to SAMPLE_MAX. */
enum { ROOM = SAMPLE_MAX + SAMPLE_MAX / 4 };

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
                             const struct geo_batch *batch, const size_t *column, size_t n,
                             enum geo_edges edges)
{
    *sample = (struct sample){.drawn = geo_batch_new(),
                              .hash = calloc(ROOM, sizeof *sample->hash),
                              .source = calloc(n + 1, sizeof *sample->source),
                              .columns = n,
                              .limit = UINT64_MAX,
                              .vertices_max = VERTICES_MAX,
                              .edges = edges};
    if (!sample->drawn || !sample->hash || !sample->source)
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
                                size_t n, enum geo_edges edges)
{
    TRY(edges_copy(ctx, to, from, i, edges));
    TRY(geo_batch_end_feature(ctx, to, from->shape[i], from->fid[i]));
    return copy_cells(ctx, to, from, i, source, n);
}

/* Makes what is drawn anew of the rows below the limit and the first n columns. */
static enum geo_status remake(struct geo_ctx *ctx, struct sample *sample, size_t n)
{
    struct geo_batch *made = geo_batch_new(), *old = sample->drawn;
    enum geo_status status = made ? GEO_OK : GEO_ENOMEM;
    for (size_t c = 0; status == GEO_OK && c < n; c++)
        status = geo_batch_add_column(ctx, made, old->column[c].name, old->column[c].type, NULL);
    for (size_t i = 0; status == GEO_OK && i < old->n; i++)
        if (sample->hash[i] <= sample->limit) {
            sample->hash[made->n] = sample->hash[i];
            status = copy_row(ctx, made, old, i, NULL, n, GEO_EDGES_LONLAT);
        }
    if (status != GEO_OK) {
        geo_batch_free(made);
        return status;
    }
    geo_batch_free(old);
    sample->drawn = made;
    sample->columns = n;
    return GEO_OK;
}

/* Numbers to numbers, one to one, without order: the finalizer of splitmix64 (Steele, Lea and Flood,
 * Fast splittable pseudorandom number generators, 2014). */
static uint64_t hash_of(uint64_t number)
{
    uint64_t z = (number + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

/* Sets the limit so that SAMPLE_MAX of those drawn, which are more, are below it. */
static enum geo_status lower_limit(struct sample *sample)
{
    const size_t n = sample->drawn->n;
    uint64_t *sorted = calloc(n, sizeof *sorted);
    if (!sorted)
        return GEO_ENOMEM;
    memcpy(sorted, sample->hash, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_value);
    sample->limit = sorted[SAMPLE_MAX - 1];
    free(sorted);
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
        if (batch->dropped[i])
            continue;
        const uint64_t hash = hash_of(sample->seen++);
        if (hash > sample->limit)
            continue;
        sample->hash[sample->drawn->n] = hash;
        TRY(copy_row(ctx, sample->drawn, batch, i, sample->source, sample->columns, sample->edges));
        if (sample->drawn->n == ROOM) {
            TRY(lower_limit(sample));
            TRY(remake(ctx, sample, sample->columns));
        }
        if (sample->drawn->vertex_count > sample->vertices_max)
            TRY(simplify(ctx, sample));
    }
    return GEO_OK;
}

enum geo_status sample_end(struct geo_ctx *ctx, struct sample *sample, size_t n)
{
    const bool is_full = sample->drawn->n > SAMPLE_MAX;
    if (is_full)
        TRY(lower_limit(sample));
    return is_full || n < sample->columns ? remake(ctx, sample, n) : GEO_OK;
}

void sample_release(struct sample *sample)
{
    geo_batch_free(sample->drawn);
    free(sample->hash);
    free(sample->source);
    *sample = (struct sample){0};
}
