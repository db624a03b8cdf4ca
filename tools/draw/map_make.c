/* A model from its layers: all is read, then put in order, placed, and thinned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/map_place.h"
#include "draw/map_read.h"
#include "draw/map_thin.h"
#include "kit/job_target.h"
#include "steps/plan.h"

/* More vertices than this are not drawn, nor written into a page, if simplifying avoids it. */
enum { VERTICES_MAX = 400 * 1000 };

/* Parts of the map's diagonal: what cannot be seen, and the most that outlines are moved by. */
#define FINE (1 / 16000.0)
#define COARSE (1 / 1000.0)

static bool no_memory(struct job *job)
{
    return job_fail(job, GEO_ENOMEM, "out of memory");
}

/* ---- targets ---- */

/* The layers are read again, as geo-plan reads them: its filters mean the columns that they came
 * with. What there is to say of them has been said. */
static bool measure_targets(struct job *job, const struct map_request *request, int n,
                            char **operand, struct plan *plan)
{
    const struct job_listener *listener = job->listener;
    const enum say_level level = job->say.level;
    const uint64_t skipped = job->skipped;
    bool done = true;
    job->listener = NULL;
    job->say.level = SAY_QUIET;
    for (int i = 0; done && i < n; i++)
        done = plan_measure_layer(plan, operand[i], request->edges, request->corridors);
    job->listener = listener;
    job->say.level = level;
    job->skipped = skipped;
    return done && plan_check_given(plan);
}

static bool check_inputs(struct job *job, const struct map_request *request, int n, char **operand)
{
    for (int i = 0; request->targets && i < n; i++)
        if (!strcmp(operand[i], "-"))
            return job_fail(job, GEO_EARG,
                            "standard input (-) can be read once only: targets are measured on "
                            "files, by their names");
    return !request->targets || job_spares(job, &request->targets, 1);
}

static bool make_targets(struct job *job, const struct map_request *request, int n, char **operand,
                         struct model *model)
{
    struct plan plan = {0};
    if (!request->targets)
        return true;
    bool done = plan_choose_day(job, request->as_of, &model->as_of) &&
                plan_read(job, request->targets, request->corridors, &plan) &&
                measure_targets(job, request, n, operand, &plan);
    if (done)
        model->targets = plan_table(&plan, model->as_of);
    plan_release(&plan);
    return done && model->targets;
}

/* ---- the whole ---- */

/* In the order of drawing, what lies below first; else as given. */
static void put_in_order(struct map *map)
{
    static const enum role order[] = {ROLE_CONTEXT, ROLE_BANDS, ROLE_ZONES, ROLE_CORRIDORS,
                                      ROLE_POINTS};
    size_t done = 0;
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (size_t l = done; l < map->layers; l++) {
            if (map->layer[l].looks.role != order[o])
                continue;
            const struct map_layer layer = map->layer[l];
            memmove(&map->layer[done + 1], &map->layer[done], (l - done) * sizeof *map->layer);
            map->layer[done++] = layer;
        }
}

static size_t count_vertices(const struct map *map)
{
    size_t n = 0;
    for (size_t l = 0; l < map->layers; l++)
        n += map->layer[l].drawn->vertex_count;
    return n;
}

/* Simplifies no more than needed. */
static bool thin(struct job *job, struct map *map)
{
    const double diagonal = map_diagonal(&map->box);
    bool done = true;
    for (double part = FINE; done && part <= COARSE && count_vertices(map) > VERTICES_MAX;
         part *= 2)
        for (size_t l = 0; done && l < map->layers; l++)
            done = job_try(job, thin_batch(job->ctx, &map->layer[l].drawn, part * diagonal));
    return done;
}

static bool place(struct job *job, struct map *map)
{
    const enum geo_status status = map_place(map);
    if (status == GEO_END)
        return job_fail(job, GEO_EREAD, "there is nothing to draw: no feature has a shape");
    return job_try(job, status) && thin(job, map);
}

/* Without a title the names of the layers are one. */
static bool set_title(struct job *job, const struct map_request *request, struct model *model)
{
    size_t size;
    FILE *out = open_memstream(&model->title, &size);
    if (!out)
        return no_memory(job);
    if (request->title)
        fputs(request->title, out);
    for (size_t l = 0; !request->title && l < model->map.layers; l++) {
        const struct map_layer *layer = &model->map.layer[l];
        if (layer->looks.role != ROLE_CONTEXT)
            fprintf(out, "%s%s", ftell(out) > 0 ? ", " : "", layer->name);
    }
    model->map.is_vietnamese = request->is_vietnamese;
    if (fclose(out) != 0)
        return no_memory(job);
    model->map.title = model->title;
    return true;
}

static bool read_all(struct reading *r, int n, char **operand)
{
    const struct map_request *request = r->request;
    bool done = (request->corridors->path.n == 0 || read_corridors(r));
    for (int i = 0; done && i < n; i++)
        done = read_layer(r, operand[i]);
    done = done && read_context(r);
    if (done && request->by && !r->found_by && !r->job->common->dry_run)
        done = job_fail(r->job, GEO_EARG, "--by: no layer has a column '%s'", request->by);
    return done;
}

/* Names of the corridors' files: those that were met first. */
static void name_corridors(const struct map_request *request, struct model *model)
{
    model->corridors.n = request->corridors->path.n;
    for (size_t i = 0; i < model->corridors.n; i++)
        model->corridors.at[i] = model->input[i].file;
}

bool model_make(struct job *job, const struct map_request *request, int n, char **operand,
                struct model *model)
{
    struct notes notes;
    struct reading r = {.job = job, .request = request, .model = model, .notes = &notes};
    *model = (struct model){
        .by = request->by ? request->by : "kind",
        .bands = {.edge_m = request->bands.at_m, .n = request->bands.n, .deviation_m = 0.01}};
    notes_begin(&notes, job, model);
    bands_name(&model->bands, false);
    job->wants_columns = true;
    bool done = check_inputs(job, request, n, operand) &&
                (figures_begin(&model->zones, &model->bands) || no_memory(job));
    done = done && read_all(&r, n, operand) && !job->common->dry_run;
    if (done) {
        put_in_order(&model->map);
        name_corridors(request, model);
        if (!model->zones.has_by)
            model->by = NULL;
    }
    done = done && place(job, &model->map) && set_title(job, request, model) &&
           make_targets(job, request, n, operand, model) &&
           notes_finish(&notes, request, r.corridors);
    notes_release(&notes);
    reading_release(&r);
    return done;
}

static void release_map(struct map *map)
{
    for (size_t l = 0; l < map->layers; l++) {
        geo_batch_free(map->layer[l].drawn);
        looks_release(&map->layer[l].looks);
        free(map->layer[l].file);
        free(map->layer[l].name);
    }
    for (size_t i = 0; i < map->notes; i++) {
        free(map->note[i].en);
        free(map->note[i].vi);
    }
    free(map->layer);
    free(map->note);
}

void model_release(struct model *model)
{
    release_map(&model->map);
    for (size_t i = 0; i < model->inputs; i++) {
        free(model->input[i].file);
        free(model->input[i].crs);
        free(model->input[i].operation);
    }
    free(model->input);
    free(model->title);
    table_free(model->targets);
    figures_release(&model->zones);
}
