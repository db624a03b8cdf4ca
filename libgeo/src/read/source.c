/* Several inputs as one source: their columns united, their features one after the other. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/misread.h"
#include "read/source.h"
#include "read/text.h"

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

enum geo_status geo_source_unite(struct geo_ctx *ctx, struct geo_source *source, const char *name,
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
        GEO_TRY(geo_source_unite(ctx, source, field->name, field->type, field->width,
                                 field->precision));
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

/* Where the one input is always UTF-8, another encoding is a mistake. */
static enum geo_status check_encoding(struct geo_ctx *ctx, const struct geo_read_options *options,
                                      const struct geo_origin *origin)
{
    char name[64] = "UTF-8";
    if (options->encoding)
        geo_encoding_name(options->encoding, name, sizeof name);
    if (!origin->is_always_utf8 || !strcasecmp(name, "UTF-8"))
        return GEO_OK;
    return geo_fail(ctx, GEO_EARG,
                    "%s: its text is always UTF-8, not %s; text that was decoded wrongly before "
                    "it was stored is restored by geo-export --fix text",
                    origin->name, options->encoding);
}

static enum geo_status open_inputs(struct geo_ctx *ctx, const char *const *path, size_t n,
                                   const struct geo_read_options *options,
                                   struct geo_source *source)
{
    source->input = calloc(n, sizeof *source->input);
    if (!source->input)
        return geo_no_memory(ctx);
    source->are_columns_known = source->is_fixed = true;
    for (size_t i = 0; i < n; i++) {
        bool is_geojson = geo_geojson_takes(path[i], options);
        struct geo_read_options inner = for_input(options, n, is_geojson);
        GEO_TRY(is_geojson ? geo_geojson_open(ctx, path[i], &inner, &source->input[i])
                           : geo_ogr_open(ctx, path[i], &inner, &source->input[i]));
        source->n++;
        if (options->any_text || (options->fix & GEO_FIX_TEXT))
            GEO_TRY(geo_find_misread(ctx, path[i], &inner, &source->input[i]));
        if (n == 1)
            GEO_TRY(check_encoding(ctx, options, &source->input[i].origin));
        if (is_geojson && !inner.fixed_columns)
            source->are_columns_known = false;
        source->is_fixed = source->is_fixed && !source->input[i].next;
        GEO_TRY(unite_input(ctx, source, &source->input[i].fields));
    }
    return GEO_OK;
}

enum geo_status geo_source_add_columns(struct geo_ctx *ctx, const struct geo_fields *fields,
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

enum geo_status geo_source_check_select(struct geo_ctx *ctx, const struct geo_source *source)
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
    enum geo_status status = geo_source_add_columns(ctx, &source->fields, batch);
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

static struct geo_source *new_source(void)
{
    struct geo_source *source = calloc(1, sizeof *source);
    if (!source)
        return NULL;
    pthread_mutex_init(&source->lock, NULL);
    pthread_cond_init(&source->moved, NULL);
    return source;
}

enum geo_status geo_source_open(struct geo_ctx *ctx, const char *const *path, size_t n,
                                const struct geo_read_options *options, struct geo_source **source)
{
    GEO_TRY(check_paths(ctx, path, n));
    struct geo_source *made = new_source();
    if (!made)
        return geo_no_memory(ctx);
    enum geo_status status = keep_options(ctx, options, made);
    if (status == GEO_OK)
        status = open_inputs(ctx, path, n, options, made);
    if (status == GEO_OK && made->are_columns_known)
        status = geo_source_check_select(ctx, made);
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
    struct geo_source *made = new_source();
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
        geo_decoder_free(source->input[i].misread);
        geo_fields_release(&source->input[i].fields);
        geo_origin_release(&source->input[i].origin);
    }
    free(source->input);
    geo_fields_release(&source->fields);
    geo_batch_free(source->batch);
    free(source->where);
    free(source->select);
    pthread_cond_destroy(&source->moved);
    pthread_mutex_destroy(&source->lock);
    free(source);
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
