/* A model from its layers: all is read, then put in order, placed, and thinned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
        done = plan_measure_layer(plan, operand[i], request->edges, &request->corridors);
    job->listener = listener;
    job->say.level = level;
    job->skipped = skipped;
    return done && plan_check_given(plan);
}

static void tell_one_twice(struct notes *notes, const char *path)
{
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    say_note(&notes->job->say, "%s is given more than once: its features count as often", path);
    notes_add(notes, note_text("%s is given more than once: its features count as often.", file),
              note_text("%s được đưa vào nhiều lần: các đối tượng của nó được tính bấy nhiêu lần.",
                        file));
}

/* Land that is given twice counts twice. */
static void tell_twice(struct notes *notes, int n, char **operand)
{
    struct stat one, other;
    for (int i = 1; i < n; i++) {
        bool is_twice = false;
        for (int k = 0; k < i && !is_twice; k++)
            is_twice = stat(operand[i], &one) == 0 && stat(operand[k], &other) == 0 &&
                       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
        if (is_twice)
            tell_one_twice(notes, operand[i]);
    }
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

/* In both languages, which the table has not. */
static bool keep_notes(const struct plan *plan, struct model *model)
{
    bool done = true;
    model->target_note = calloc(plan->n + 1, sizeof *model->target_note);
    if (!model->target_note)
        return false;
    for (size_t t = 0; done && t < plan->n; t++) {
        struct map_note *note = &model->target_note[model->target_notes++];
        *note = (struct map_note){plan_note(plan, t, false), plan_note(plan, t, true)};
        done = note->en && note->vi;
    }
    return done;
}

static bool make_targets(struct job *job, const struct map_request *request, int n, char **operand,
                         struct model *model)
{
    struct plan plan = {0};
    if (!request->targets)
        return true;
    bool done = plan_choose_day(job, request->as_of, &model->as_of) &&
                plan_read(job, request->targets, &request->corridors, &plan) &&
                measure_targets(job, request, n, operand, &plan);
    done = done && (model->targets = plan_table(&plan, model->as_of)) &&
           (keep_notes(&plan, model) || no_memory(job));
    plan_release(&plan);
    return done;
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
    model->map.is_vietnamese = request->lang == MAP_VIETNAMESE;
    if (fclose(out) != 0)
        return no_memory(job);
    model->map.title = model->title;
    return true;
}

/* A column that was named must be there, and hold what is expected of it. */
static bool check_accuracy(const struct reading *r)
{
    const char *column = r->request->accuracy_field;
    struct places all = r->model->zones.places;
    places_merge(&all, &r->model->others);
    places_merge(&all, &r->model->corridor_places);
    if (!column || all.known > 0)
        return true;
    return job_fail(r->job, GEO_EARG,
                    all.has_column ? "--accuracy-field: column '%s' holds no lengths in metres"
                                   : "--accuracy-field: no layer has a column '%s'",
                    column);
}

static bool read_all(struct reading *r, int n, char **operand)
{
    const struct map_request *request = r->request;
    bool done = (request->corridors.path.n == 0 || read_corridors(r));
    for (int i = 0; done && i < n; i++)
        done = read_layer(r, operand[i]);
    done = done && read_context(r);
    done = done && (r->job->common->dry_run || check_accuracy(r));
    if (done && request->by && !r->found_by && !r->job->common->dry_run)
        done = job_fail(r->job, GEO_EARG, "--by: no layer has a column '%s'", request->by);
    return done;
}

/* Names of the corridors' files: those that were met first. */
static void name_corridors(const struct map_request *request, struct model *model)
{
    model->corridors.n = request->corridors.path.n;
    for (size_t i = 0; i < model->corridors.n; i++)
        model->corridors.at[i] = model->input[i].file;
}

bool model_make(struct job *job, const struct map_request *request, int n, char **operand,
                struct model *model)
{
    struct notes notes;
    struct reading r = {.job = job, .request = request, .model = model, .notes = &notes};
    *model = (struct model){
        .others = places_none(),
        .corridor_places = places_none(),
        .by = request->by ? request->by : "kind",
        .bands = {.edge_m = request->bands.at_m, .n = request->bands.n, .deviation_m = 0.01}};
    notes_begin(&notes, job, model);
    tell_twice(&notes, n, operand);
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
           notes_conclude(&notes, request, r.corridors != NULL);
    notes_release(&notes);
    reading_release(&r);
    return done;
}

static void release_notes(struct map_note *note, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(note[i].en);
        free(note[i].vi);
    }
    free(note);
}

static void release_map(struct map *map)
{
    for (size_t l = 0; l < map->layers; l++) {
        geo_batch_free(map->layer[l].drawn);
        looks_release(&map->layer[l].looks);
        free(map->layer[l].file);
        free(map->layer[l].name);
    }
    release_notes(map->note, map->notes);
    free(map->layer);
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
    release_notes(model->target_note, model->target_notes);
    free(model->title);
    table_free(model->targets);
    figures_release(&model->zones);
}
