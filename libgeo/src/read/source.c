/* Several inputs as one source: their columns united, their features one after the other. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/input.h"

struct geo_source {
    size_t n;
    struct geo_input *input;
    size_t at;                /* input that is being read */
    uint64_t seq;             /* of the next batch */
    struct geo_fields fields; /* the union of the inputs' columns */
    char *where, *select;
    bool are_columns_known; /* before the first batch */
    bool is_split;          /* every input is read in two halves, so that `fields` stays as it is */
    bool has_features;
    struct geo_batch *batch; /* of geo_source_of_batch(), until it is read */
};

/* ---- opening ---- */

static bool is_standard_input(const char *path)
{
    return !strcmp(path, "-");
}

static enum geo_status check_paths(struct geo_ctx *ctx, const char *const *path, size_t n)
{
    size_t stdin_count = 0;
    for (size_t i = 0; i < n; i++)
        stdin_count += is_standard_input(path[i]);
    if (n == 0)
        return geo_fail(ctx, GEO_EARG, "no input is named");
    if (stdin_count > 1)
        return geo_fail(ctx, GEO_EARG, "standard input (-) can be read only once");
    return GEO_OK;
}

/* Adds a column to the union, or widens the one that is there. */
static enum geo_status unite(struct geo_ctx *ctx, struct geo_source *source, const char *name,
                             enum geo_type type, int width, int precision)
{
    size_t at = geo_fields_find(&source->fields, name);
    if (at == SIZE_MAX)
        return geo_fields_add(ctx, &source->fields, name, type, width, precision);
    struct geo_field *field = &source->fields.field[at];
    field->type = geo_type_widen(field->type, type);
    field->width = width > field->width ? width : field->width;
    field->precision = precision > field->precision ? precision : field->precision;
    return GEO_OK;
}

static enum geo_status unite_input(struct geo_ctx *ctx, struct geo_source *source,
                                   const struct geo_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++) {
        const struct geo_field *field = &fields->field[i];
        GEO_TRY(unite(ctx, source, field->name, field->type, field->width, field->precision));
    }
    return GEO_OK;
}

/* What an input gets. A filter may need columns that are not selected, and of several inputs one
 * may lack a selected column: the source does both. A filter must know all columns beforehand. The
 * encoding is for inputs that state none. */
static struct geo_read_options for_input(const struct geo_read_options *options, size_t n,
                                         bool is_geojson)
{
    struct geo_read_options inner = *options;
    if (inner.where || n > 1)
        inner.select = NULL;
    if (is_geojson && n > 1)
        inner.encoding = NULL;
    if (inner.where)
        inner.fixed_columns = true;
    inner.where = NULL;
    return inner;
}

static enum geo_status open_inputs(struct geo_ctx *ctx, const char *const *path, size_t n,
                                   const struct geo_read_options *options,
                                   struct geo_source *source)
{
    source->input = calloc(n, sizeof *source->input);
    if (!source->input)
        return geo_no_memory(ctx);
    source->are_columns_known = source->is_split = true;
    for (size_t i = 0; i < n; i++) {
        bool is_geojson = geo_geojson_takes(path[i], options);
        struct geo_read_options inner = for_input(options, n, is_geojson);
        GEO_TRY(is_geojson ? geo_geojson_open(ctx, path[i], &inner, &source->input[i])
                           : geo_ogr_open(ctx, path[i], &inner, &source->input[i]));
        source->n++;
        if (is_geojson && !inner.fixed_columns)
            source->are_columns_known = false;
        source->is_split = source->is_split && source->input[i].load;
        GEO_TRY(unite_input(ctx, source, &source->input[i].fields));
    }
    return GEO_OK;
}

/* The columns of the union on an empty batch. */
static enum geo_status add_columns(struct geo_ctx *ctx, const struct geo_fields *fields,
                                   struct geo_batch *batch)
{
    for (size_t i = 0; i < fields->n; i++) {
        const struct geo_field *field = &fields->field[i];
        size_t c;
        GEO_TRY(geo_batch_add_column(ctx, batch, field->name, field->type, &c));
        batch->column[c].width = field->width;
        batch->column[c].precision = field->precision;
    }
    return GEO_OK;
}

/* Names of the selection that no column has: said at once where all columns are known, else at the
 * end. */
static enum geo_status check_select(struct geo_ctx *ctx, const struct geo_source *source)
{
    char names[GEO_NAMES_ROOM] = "";
    size_t n;
    const char *missing = geo_select_missing(source->select, &source->fields, &n);
    if (!missing)
        return GEO_OK;
    for (size_t i = 0; i < source->fields.n; i++)
        geo_names_add(names, source->fields.field[i].name);
    if (source->n == 1)
        return geo_fail_column(ctx, source->input[0].origin.name, missing, n, names);
    return geo_fail(ctx, GEO_EARG, "no input has a column '%.*s'; they have %s", (int)n, missing,
                    names[0] ? names : "none");
}

/* Tries the filter on a batch without features. */
static enum geo_status check_where(struct geo_ctx *ctx, const struct geo_source *source)
{
    if (!source->where)
        return GEO_OK;
    struct geo_batch *batch = geo_batch_new();
    if (!batch)
        return geo_no_memory(ctx);
    enum geo_status status = add_columns(ctx, &source->fields, batch);
    if (status == GEO_OK)
        status = geo_batch_filter(ctx, batch, source->where);
    geo_batch_free(batch);
    return status;
}

static enum geo_status keep_options(struct geo_ctx *ctx, const struct geo_read_options *options,
                                    struct geo_source *source)
{
    source->where = options->where ? strdup(options->where) : NULL;
    source->select = options->select ? strdup(options->select) : NULL;
    if ((options->where && !source->where) || (options->select && !source->select))
        return geo_no_memory(ctx);
    return GEO_OK;
}

enum geo_status geo_source_open(struct geo_ctx *ctx, const char *const *path, size_t n,
                                const struct geo_read_options *options, struct geo_source **source)
{
    GEO_TRY(check_paths(ctx, path, n));
    struct geo_source *made = calloc(1, sizeof *made);
    if (!made)
        return geo_no_memory(ctx);
    enum geo_status status = keep_options(ctx, options, made);
    if (status == GEO_OK)
        status = open_inputs(ctx, path, n, options, made);
    if (status == GEO_OK && made->are_columns_known)
        status = check_select(ctx, made);
    if (status == GEO_OK && made->are_columns_known)
        status = check_where(ctx, made);
    if (status == GEO_OK)
        *source = made;
    else
        geo_source_close(ctx, made);
    return status;
}

enum geo_status geo_source_of_batch(struct geo_ctx *ctx, struct geo_batch *batch,
                                    struct geo_source **source)
{
    struct geo_source *made = calloc(1, sizeof *made);
    if (!made) {
        geo_batch_free(batch);
        return geo_no_memory(ctx);
    }
    made->batch = batch;
    *source = made;
    return GEO_OK;
}

void geo_source_close(struct geo_ctx *ctx, struct geo_source *source)
{
    if (!source)
        return;
    for (size_t i = 0; i < source->n; i++) {
        source->input[i].close(ctx, source->input[i].self);
        geo_fields_release(&source->input[i].fields);
        geo_origin_release(&source->input[i].origin);
    }
    free(source->input);
    geo_fields_release(&source->fields);
    geo_batch_free(source->batch);
    free(source->where);
    free(source->select);
    free(source);
}

/* ---- reading ---- */

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
        GEO_TRY(unite(ctx, source, column->name, column->type, column->width, column->precision));
    }
    source->has_features = source->has_features || batch->n > 0;
    return GEO_OK;
}

/* Makes a batch with the columns of an input one of the source. */
static enum geo_status finish(struct geo_ctx *ctx, const struct geo_source *source,
                              const struct geo_claim *claim, struct geo_batch *batch)
{
    GEO_TRY(arrange(ctx, &source->fields, batch));
    batch->origin = &source->input[claim->input].origin;
    batch->seq = claim->seq;
    if (source->where && batch->n > 0)
        GEO_TRY(geo_batch_filter(ctx, batch, source->where));
    if (source->select)
        keep_selected(source->select, batch);
    return GEO_OK;
}

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

/* Both halves at once, for inputs or neighbours of inputs that know no halves. */
static enum geo_status read_whole(struct geo_ctx *ctx, struct geo_source *source,
                                  struct geo_claim *claim, struct geo_batch *batch)
{
    const struct geo_input *input = &source->input[claim->input];
    geo_batch_clear(batch);
    GEO_TRY(add_columns(ctx, &input->fields, batch));
    GEO_TRY(input->load ? input->load(ctx, input->self, claim, batch)
                        : input->next(ctx, input->self, batch));
    GEO_TRY(unite_batch(ctx, source, batch));
    claim->seq = source->seq++;
    return finish(ctx, source, claim, batch);
}

/* GEO_END: the input has no more. */
static enum geo_status claim_from(struct geo_ctx *ctx, struct geo_source *source,
                                  struct geo_batch *batch, struct geo_claim *claim)
{
    const struct geo_input *input = &source->input[source->at];
    claim->input = source->at;
    claim->is_loaded = !source->is_split;
    if (input->claim)
        GEO_TRY(input->claim(ctx, input->self, claim));
    if (claim->is_loaded)
        return read_whole(ctx, source, claim, batch);
    claim->seq = source->seq++;
    source->has_features = true;
    return GEO_OK;
}

/* There is nothing left to read. */
static enum geo_status end(struct geo_ctx *ctx, struct geo_source *source, struct geo_claim *claim,
                           struct geo_batch *batch)
{
    geo_batch_clear(batch);
    if (source->has_features)
        GEO_TRY(check_select(ctx, source));
    if (source->seq > 0)
        return GEO_END;
    *claim = (struct geo_claim){.is_loaded = true, .seq = source->seq++};
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

enum geo_status geo_source_load(struct geo_ctx *ctx, const struct geo_source *source,
                                const struct geo_claim *claim, struct geo_batch *batch)
{
    if (claim->is_loaded)
        return GEO_OK;
    const struct geo_input *input = &source->input[claim->input];
    GEO_TRY(add_columns(ctx, &input->fields, batch));
    GEO_TRY(input->load(ctx, input->self, claim, batch));
    return finish(ctx, source, claim, batch);
}

enum geo_status geo_source_next(struct geo_ctx *ctx, struct geo_source *source,
                                struct geo_batch *batch)
{
    struct geo_claim claim;
    GEO_TRY(geo_source_claim(ctx, source, batch, &claim));
    return geo_source_load(ctx, source, &claim, batch);
}

/* ---- what is known ---- */

int64_t geo_source_count(const struct geo_source *source)
{
    int64_t sum = source->batch ? (int64_t)source->batch->n : 0;
    for (size_t i = 0; i < source->n; i++) {
        if (source->input[i].count < 0 || source->where)
            return -1;
        sum += source->input[i].count;
    }
    return sum;
}

size_t geo_source_inputs(const struct geo_source *source)
{
    return source->n;
}

const struct geo_origin *geo_source_input(const struct geo_source *source, size_t i)
{
    return &source->input[i].origin;
}
