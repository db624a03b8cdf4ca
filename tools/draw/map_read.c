#include "draw/map_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/map_columns.h"
#include "draw/map_edges.h"
#include "draw/map_sample.h"
#include "steps/try.h"

/* A layer while it is read. */
struct intake {
    struct reading *r;
    struct map_columns columns;
    struct figures figures;
    struct looks looks;
    struct sample sample;
    uint64_t shapeless;
    bool has_begun;
};

static uint64_t count_shapeless(const struct geo_batch *batch)
{
    uint64_t n = 0;
    for (size_t i = 0; i < batch->n; i++)
        n += !batch->dropped[i] && batch->part_start[i] == batch->part_start[i + 1];
    return n;
}

static bool no_memory(struct job *job)
{
    return job_fail(job, GEO_ENOMEM, "out of memory");
}

/* ---- a layer of the map ---- */

/* Takes what was drawn and how it looks; names are those of the input that was met last. */
static bool add_layer(struct reading *r, const char *name, struct sample *sample,
                      struct looks *looks)
{
    struct map *map = &r->model->map;
    const struct map_input *input = &r->model->input[r->model->inputs - 1];
    struct map_layer *grown = reallocarray(map->layer, map->layers + 1, sizeof *grown);
    if (!grown)
        return no_memory(r->job);
    map->layer = grown;
    struct map_layer *layer = &grown[map->layers++];
    *layer = (struct map_layer){
        .file = strdup(input->file),
        .name = strdup(name),
        .features = sample->seen,
        .drawn = sample->drawn,
        .looks = *looks,
        .title = looks->title ? geo_batch_find_column(sample->drawn, looks->title) : SIZE_MAX};
    sample->drawn = NULL;
    *looks = (struct looks){0};
    return (layer->file && layer->name) || no_memory(r->job);
}

/* ---- corridors and context, which are read whole ---- */

/* Edges of corridors are known with the first layer only, and what is bent must not be simplified
 * before: set_edges() bends them. */
static enum geo_status take_whole(const struct reading *r, const struct geo_batch *batch,
                                  struct sample *sample, struct looks *looks, enum role role)
{
    struct geo_ctx *ctx = r->job->ctx;
    size_t *column = calloc(batch->column_count + 1, sizeof *column);
    if (!column)
        return GEO_ENOMEM;
    for (size_t c = 0; c < batch->column_count; c++)
        column[c] = c;
    enum geo_status status = sample_begin(ctx, sample, batch, column, batch->column_count,
                                          r->has_edges ? r->area.edges : GEO_EDGES_LONLAT);
    free(column);
    TRY(status);
    if (!r->has_edges)
        sample->vertices_max = SIZE_MAX;
    TRY(looks_begin(ctx, looks, NULL));
    TRY(looks_see(ctx, looks, batch));
    TRY(sample_take(ctx, sample, batch));
    TRY(sample_end(ctx, sample, sample->columns));
    return looks_settle(ctx, looks, (int)role);
}

static bool read_whole(struct reading *r, const struct corridor_options *options, enum role role,
                       struct geo_batch **batch)
{
    struct sample sample = {0};
    struct looks looks = {0};
    char name[256];
    if (!job_load(r->job, options, batch))
        return false;
    snprintf(name, sizeof name, "%s", r->notes->layer);
    bool done = job_try(r->job, take_whole(r, *batch, &sample, &looks, role)) &&
                add_layer(r, name, &sample, &looks) &&
                notes_settle(r->notes, role, (*batch)->n, count_shapeless(*batch));
    looks_release(&looks);
    sample_release(&sample);
    return done;
}

static const char *accuracy_column(const struct reading *r)
{
    return r->request->accuracy_field ? r->request->accuracy_field : MAP_ACCURACY;
}

static void add_places(struct reading *r, const struct geo_batch *corridors)
{
    const size_t column = geo_batch_find_column(corridors, accuracy_column(r));
    for (size_t i = 0; i < corridors->n; i++)
        places_add(&r->model->corridor_places, corridors, column, i);
}

bool read_corridors(struct reading *r)
{
    struct corridor_options options = r->request->corridors;
    const struct opt_texts paths = options.path;
    for (size_t i = 0; i < paths.n; i++) {
        struct geo_batch *batch = NULL;
        options.path = (struct opt_texts){.n = 1, .at = {paths.at[i]}};
        bool done = read_whole(r, &options, ROLE_CORRIDORS, &batch);
        if (done)
            add_places(r, batch);
        if (done && r->corridors)
            done = job_try(r->job, columns_unite(r->job->ctx, r->corridors, batch));
        if (r->corridors)
            geo_batch_free(batch);
        else
            r->corridors = batch;
        if (!done)
            return false;
    }
    return true;
}

bool read_context(struct reading *r)
{
    struct corridor_options options = {.layer = r->request->context_layer,
                                       .crs = r->request->context_crs,
                                       .encoding = r->request->context_encoding,
                                       .prefix = "--context"};
    bool done = true;
    for (size_t i = 0; done && i < r->request->context.n; i++) {
        struct geo_batch *batch = NULL;
        options.path = (struct opt_texts){.n = 1, .at = {r->request->context.at[i]}};
        done = read_whole(r, &options, ROLE_CONTEXT, &batch);
        geo_batch_free(batch);
    }
    return done;
}

/* ---- layers that stream ---- */

/* A zone that stands in a row for each of its bands would be drawn and summed as often. */
static bool check_rows(struct intake *in, const struct geo_batch *batch)
{
    static const char *const tall[] = {"band", "from_m", "to_m", "ha", "pct"};
    size_t found = 0;
    for (size_t t = 0; t < sizeof tall / sizeof *tall; t++)
        found += geo_batch_find_column(batch, tall[t]) < in->columns.n;
    const struct model *model = in->r->model;
    return found < sizeof tall / sizeof *tall ||
           job_fail(in->r->job, GEO_EARG,
                    "%s has a row for each band of a zone (geo-bands --long): name the zones "
                    "themselves, with -c and --bands",
                    model->input[model->inputs - 1].file);
}

static enum geo_status begin(struct geo_ctx *ctx, struct intake *in, const struct geo_batch *batch)
{
    if (!check_rows(in, batch))
        return GEO_EARG;
    const struct map_request *request = in->r->request;
    const char *by = request->by ? request->by : "kind";
    size_t *column = NULL, n;
    figures_find(&in->figures, batch, &in->r->model->bands, by, accuracy_column(in->r));
    if (request->by && geo_batch_find_column(batch, request->by) != SIZE_MAX)
        in->r->found_by = true;
    else
        by = NULL;
    TRY(looks_begin(ctx, &in->looks, request->by ? by : NULL));
    TRY(columns_choose(&in->columns, batch, &column, &n));
    enum geo_status status = sample_begin(ctx, &in->sample, batch, column, n, in->r->area.edges);
    free(column);
    in->has_begun = status == GEO_OK;
    return status;
}

static enum geo_status take(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct intake *in = self;
    if (!in->has_begun)
        TRY(begin(ctx, in, batch));
    in->shapeless += count_shapeless(batch);
    TRY(figures_add(&in->figures, batch));
    TRY(looks_see(ctx, &in->looks, batch));
    return sample_take(ctx, &in->sample, batch);
}

/* They are all that the map has before the first layer. */
static bool bend_corridors(struct reading *r)
{
    struct map *map = &r->model->map;
    bool done = true;
    for (size_t l = 0; done && r->area.edges == GEO_EDGES_GEODESIC && l < map->layers; l++)
        done = job_try(r->job, edges_bend(r->job->ctx, &map->layer[l].drawn));
    return done;
}

/* Edges are those of the first layer; corridors are indexed once these are known. */
static bool set_edges(struct reading *r)
{
    struct job *job = r->job;
    struct model *model = r->model;
    if (r->has_edges)
        return r->area.edges == job->edges ||
               job_fail(job, GEO_EARG, "the inputs state different edges: say which with --edges");
    r->has_edges = true;
    r->area.edges = job->edges;
    if (!bend_corridors(r))
        return false;
    if (!r->corridors)
        return true;
    const char *missing;
    r->near = (struct near_plan){.corridors = r->corridors, .k = 1, .max_m = INFINITY};
    if (!near_choose_columns(&r->near, r->request->id_field, r->request->name_field, &missing))
        return job_fail(job, GEO_EARG, "the corridors have no column '%s'", missing);
    if (!job_try(job, geo_index_new(job->ctx, r->corridors, job->edges, &r->index)))
        return false;
    r->near.index = r->index;
    return !model->bands.n ||
           job_try(job, bands_split(job->ctx, &model->bands, r->corridors, NULL, job->edges));
}

static size_t steps_of(struct reading *r, struct intake *in, struct geo_step *step)
{
    size_t n = 0;
    step[n++] = columns_step(&in->columns);
    step[n++] = area_step(&r->area);
    if (r->corridors)
        step[n++] = near_step(&r->near);
    if (r->model->bands.n)
        step[n++] = bands_step(&r->model->bands);
    return n;
}

/* Only zones keep what was measured. */
static bool settle(struct reading *r, struct intake *in, const char *name)
{
    struct job *job = r->job;
    if (!job_try(job, looks_settle(job->ctx, &in->looks,
                                   in->shapeless < in->sample.seen ? -1 : ROLE_ZONES)))
        return false;
    const enum role role = in->looks.role;
    const bool is_zones = role == ROLE_ZONES;
    if (!is_zones)
        places_merge(&r->model->others, &in->figures.places);
    bool done = job_try(
        job, sample_end(job->ctx, &in->sample, is_zones ? in->sample.columns : in->columns.n));
    done = done && ((is_zones ? figures_merge(&r->model->zones, &in->figures)
                              : columns_restore(&in->columns, in->sample.drawn)) ||
                    no_memory(job));
    const uint64_t features = in->sample.seen;
    return done && add_layer(r, name, &in->sample, &in->looks) &&
           notes_settle(r->notes, role, features, in->shapeless);
}

/* Standard input has no name. */
static const char *layer_name(const struct reading *r, const char *name)
{
    return strcmp(name, "-") != 0               ? name
           : r->request->lang == MAP_VIETNAMESE ? "đầu vào"
                                                : "standard input";
}

bool read_layer(struct reading *r, char *operand)
{
    struct job *job = r->job;
    struct intake in = {.r = r};
    struct geo_step step[4];
    const struct geo_consumer consumer = {.self = &in, .take = take};
    columns_begin(&in.columns);
    bool done = figures_begin(&in.figures, &r->model->bands) || no_memory(job);
    done = done && job_open(job, 1, &operand, r->request->edges) && set_edges(r);
    if (done && !job_is_dry(job)) {
        struct geo_origin_info info = geo_origin_info(geo_source_input(job->source, 0));
        char name[256];
        snprintf(name, sizeof name, "%s", layer_name(r, info.layer));
        done = job_gather(job, step, steps_of(r, &in, step), &consumer) && settle(r, &in, name);
    }
    job_close(job);
    looks_release(&in.looks);
    sample_release(&in.sample);
    figures_release(&in.figures);
    columns_release(&in.columns);
    return done;
}

void reading_release(struct reading *r)
{
    bands_release(&r->model->bands);
    geo_index_free(r->index);
    geo_batch_free(r->corridors);
}
