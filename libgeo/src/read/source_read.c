/* Reading a source: batches are claimed and loaded, and get the columns that the batches before them
 * have brought. */
#include <stdlib.h>

#include "base/fail.h"
#include "read/misread.h"
#include "read/source.h"

/* ---- columns ---- */

/* Puts the columns of a batch into the order of the union, with nulls for those it lacks. */
static enum geo_status arrange(struct geo_ctx *ctx, const struct geo_fields *fields,
                               struct geo_batch *batch)
{
    for (size_t u = 0; u < fields->n; u++) {
        const struct geo_field *field = &fields->field[u];
        size_t c = geo_batch_find_column(batch, field->name);
        if (c == SIZE_MAX)
            GEO_TRY(geo_batch_add_column(ctx, batch, field->name, field->type, &c));
        struct geo_column column = batch->column[c];
        batch->column[c] = batch->column[u];
        column.type = field->type;
        column.width = field->width;
        column.precision = field->precision;
        batch->column[u] = column;
    }
    return GEO_OK;
}

static void keep_selected(const char *select, struct geo_batch *batch)
{
    size_t kept = 0;
    for (size_t c = 0; c < batch->column_count; c++) {
        struct geo_column column = batch->column[c];
        if (geo_select_has(select, column.name)) {
            batch->column[kept++] = column;
            continue;
        }
        free(column.name);
        free(column.value);
        free(column.cell_type);
    }
    batch->column_count = kept;
}

/* Columns that only the batch has brought. */
static enum geo_status unite_batch(struct geo_ctx *ctx, struct geo_source *source,
                                   const struct geo_batch *batch)
{
    for (size_t c = 0; c < batch->column_count; c++) {
        const struct geo_column *column = &batch->column[c];
        GEO_TRY(geo_source_unite(ctx, source, column->name, column->type, column->width,
                                 column->precision));
    }
    source->has_features = source->has_features || batch->n > 0;
    return GEO_OK;
}

/* Makes a batch with the columns of the source its own: which one it is, what is kept of it. */
static enum geo_status finish(struct geo_ctx *ctx, const struct geo_source *source,
                              const struct geo_claim *claim, struct geo_batch *batch)
{
    batch->origin = &source->input[claim->input].origin;
    batch->seq = claim->seq;
    GEO_TRY(geo_restore_batch(ctx, &source->input[claim->input], batch));
    if (source->where && batch->n > 0)
        GEO_TRY(geo_batch_filter(ctx, batch, source->where));
    if (source->select)
        keep_selected(source->select, batch);
    return GEO_OK;
}

/* ---- turns ---- */

/* Waits until all batches before seq are settled; the lock is held then. */
static void begin_turn(struct geo_source *source, uint64_t seq)
{
    pthread_mutex_lock(&source->lock);
    while (source->settled < seq)
        pthread_cond_wait(&source->moved, &source->lock);
}

static void end_turn(struct geo_source *source, uint64_t settled)
{
    source->settled = settled;
    pthread_cond_broadcast(&source->moved);
    pthread_mutex_unlock(&source->lock);
}

/* A loaded batch brings its columns into the union, and takes those of the union on. */
static enum geo_status settle(struct geo_ctx *ctx, struct geo_source *source,
                              const struct geo_claim *claim, struct geo_batch *batch)
{
    const struct geo_input *input = &source->input[claim->input];
    if (input->settle)
        GEO_TRY(input->settle(ctx, input->self, claim, batch));
    GEO_TRY(unite_batch(ctx, source, batch));
    return arrange(ctx, &source->fields, batch);
}

/* ---- claims ---- */

static enum geo_status next_of_batch(struct geo_source *source, struct geo_batch *batch)
{
    if (!source->batch)
        return GEO_END;
    struct geo_batch empty = *batch;
    *batch = *source->batch;
    *source->batch = empty;
    geo_batch_free(source->batch);
    source->batch = NULL;
    batch->seq = 0;
    batch->origin = NULL;
    return GEO_OK;
}

/* Both halves at once, when all batches before are settled. */
static enum geo_status read_whole(struct geo_ctx *ctx, struct geo_source *source,
                                  struct geo_claim *claim, struct geo_batch *batch)
{
    const struct geo_input *input = &source->input[claim->input];
    geo_batch_clear(batch);
    GEO_TRY(geo_source_add_columns(ctx, &input->fields, batch));
    GEO_TRY(input->next(ctx, input->self, batch));
    GEO_TRY(unite_batch(ctx, source, batch));
    GEO_TRY(arrange(ctx, &source->fields, batch));
    claim->seq = source->seq++;
    return finish(ctx, source, claim, batch);
}

/* GEO_END: the input has no more. */
static enum geo_status claim_from(struct geo_ctx *ctx, struct geo_source *source,
                                  struct geo_batch *batch, struct geo_claim *claim)
{
    const struct geo_input *input = &source->input[source->at];
    *claim = (struct geo_claim){.is_loaded = true, .input = source->at, .note_fid = -1};
    if (input->claim)
        GEO_TRY(input->claim(ctx, input->self, claim));
    if (claim->is_loaded) {
        begin_turn(source, source->seq);
        enum geo_status status = read_whole(ctx, source, claim, batch);
        end_turn(source, source->seq);
        return status;
    }
    claim->seq = source->seq++;
    if (source->is_fixed)
        source->has_features = true;
    return GEO_OK;
}

/* There is nothing left to read. */
static enum geo_status end(struct geo_ctx *ctx, struct geo_source *source, struct geo_claim *claim,
                           struct geo_batch *batch)
{
    geo_batch_clear(batch);
    if (!source->is_fixed) {
        begin_turn(source, source->seq);
        end_turn(source, source->seq);
    }
    if (source->has_features)
        GEO_TRY(geo_source_check_select(ctx, source));
    if (source->seq > 0)
        return GEO_END;
    *claim = (struct geo_claim){.is_loaded = true, .seq = source->seq, .note_fid = -1};
    begin_turn(source, source->seq); /* the empty batch is settled as it is made */
    end_turn(source, ++source->seq);
    GEO_TRY(arrange(ctx, &source->fields, batch));
    return finish(ctx, source, claim, batch);
}

enum geo_status geo_source_claim(struct geo_ctx *ctx, struct geo_source *source,
                                 struct geo_batch *batch, struct geo_claim *claim)
{
    geo_batch_clear(batch);
    *claim = (struct geo_claim){.is_loaded = true, .note_fid = -1};
    if (source->n == 0)
        return next_of_batch(source, batch);
    while (source->at < source->n) {
        enum geo_status status = claim_from(ctx, source, batch, claim);
        if (status != GEO_END)
            return status;
        source->at++;
    }
    return end(ctx, source, claim, batch);
}

/* A batch that could not be loaded takes its turn, too: others wait for theirs. */
static enum geo_status load_in_turn(struct geo_ctx *ctx, struct geo_source *source,
                                    const struct geo_claim *claim, struct geo_batch *batch)
{
    const struct geo_input *input = &source->input[claim->input];
    enum geo_status status = geo_source_add_columns(ctx, &input->fields, batch);
    if (status == GEO_OK)
        status = input->load(ctx, input->self, claim, batch);
    begin_turn(source, claim->seq);
    if (status == GEO_OK)
        status = settle(ctx, source, claim, batch);
    end_turn(source, claim->seq + 1);
    return status;
}

enum geo_status geo_source_load(struct geo_ctx *ctx, struct geo_source *source,
                                const struct geo_claim *claim, struct geo_batch *batch)
{
    if (claim->is_loaded)
        return GEO_OK;
    const struct geo_input *input = &source->input[claim->input];
    if (source->is_fixed) {
        GEO_TRY(geo_source_add_columns(ctx, &input->fields, batch));
        GEO_TRY(input->load(ctx, input->self, claim, batch));
        GEO_TRY(arrange(ctx, &source->fields, batch));
    } else {
        GEO_TRY(load_in_turn(ctx, source, claim, batch));
    }
    return finish(ctx, source, claim, batch);
}

enum geo_status geo_source_next(struct geo_ctx *ctx, struct geo_source *source,
                                struct geo_batch *batch)
{
    struct geo_claim claim;
    GEO_TRY(geo_source_claim(ctx, source, batch, &claim));
    return geo_source_load(ctx, source, &claim, batch);
}
