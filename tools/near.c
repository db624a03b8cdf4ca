/* geo-near: which corridor is nearest, how far, where, in which direction? */
#include <math.h>

#include "kit/stage.h"
#include "steps/near.h"

struct settings {
    struct common common;
    struct corridor_options corridors;
    const char *id_field, *name_field, *each;
    double max_m;
    int edges, k;
    bool lines;
};

static const struct opt options[] = {
    {INCLUDE_AT(corridors, struct corridor_options, corridor_options)},
    {TEXT_AT(id_field), .name = "id-field", .arg = "FIELD",
     .help =
         "Column of the corridors that becomes near_id: without it id, or the feature's number"},
    {TEXT_AT(name_field), .name = "name-field", .arg = "FIELD",
     .help = "Column of the corridors that becomes near_name: without it name, or ten"},
    {GROUP, .help = "Measure"},
    {LENGTH_AT(max_m), .name = "max", .arg = "LENGTH", .min = 0, .max = 2.1e7,
     .help = "Look no farther than this; features without a corridor in range keep their row"},
    {INT_AT(k), .key = 'k', .name = "nearest", .arg = "N", .min = 1, .max = 1000,
     .help = "Write a row for each of the N nearest corridors, with near_rank"},
    {TEXT_AT(each), .name = "each", .arg = "FIELD",
     .help = "Add a column m_VALUE for each value of this column of the corridors: the distance "
             "to the nearest corridor that has it, metres"},
    {FLAG_AT(lines), .name = "lines",
     .help = "Write the connecting lines in place of the features' shapes"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"near_rank", "1 for the nearest corridor, 2 for the next, … (with -k)"},
    {"near_id", "which corridor: --id-field, else its id, else its number"},
    {"near_name", "its name: --name-field, else name, else ten"},
    {"near_m", "distance on the ellipsoid, metres; 0 where the shapes meet"},
    {"near_azi", "direction from the feature's nearest point, degrees clockwise from north; null "
                 "at distance 0"},
    {"near_lon", "longitude of the nearest point of the corridor, degrees"},
    {"near_lat", "latitude of it, degrees"},
    {"near_km", "chainage: length along the corridor from its first vertex to that point, km; null "
                "for points and polygons"},
    {"m_VALUE", "with --each: distance to the nearest corridor with that value, metres"},
    {0},
};

static const struct example examples[] = {
    {"geo-near zones.shp -c corridors.shp -o near.geojson",
     "Add the nearest corridor of each zone, its distance, direction and chainage"},
    {"geo-area zones.shp | geo-near - -c corridors.shp --each ref -f csv",
     "Areas first, then the distance to every corridor, as a table"},
    {"geo-near zones.shp -c interchanges.shp --max 5km -k 2 --select id,name",
     "The two nearest interchanges within 5 km"},
    {0},
};

/* What a run holds. */
struct state {
    struct near_plan plan;
    struct geo_batch *corridors;
    struct geo_index *index;
};

static bool split_by_value(struct job *job, const char *field, struct near_plan *plan)
{
    enum geo_status status = near_split(job->ctx, plan, field, job->edges);
    if (status == GEO_EARG)
        return job_fail(job, status, "--each: the corridors have no column '%s'", field);
    for (size_t e = 0; e < plan->each_count; e++)
        if (plan->each[e].is_renamed)
            say_note(&job->say, "--each: '%s' is in column %s", plan->each[e].value,
                     plan->each[e].name);
    return job_try(job, status);
}

static bool index_corridors(struct job *job, const struct settings *s, struct state *state)
{
    const char *missing;
    struct near_plan *plan = &state->plan;
    if (!near_choose_columns(plan, s->id_field, s->name_field, &missing))
        return job_fail(job, GEO_EARG, "the corridors have no column '%s'", missing);
    if (!job_try(job, geo_index_new(job->ctx, plan->corridors, job->edges, &state->index)))
        return false;
    plan->index = state->index;
    if (plan->corridors->vertex_count == 0)
        say_note(&job->say, "there are no corridors: every near_ column is null");
    return !s->each || split_by_value(job, s->each, plan);
}

static bool prepare(struct job *job, const void *settings, void *data, struct stage_part *part)
{
    const struct settings *s = settings;
    struct state *state = data;
    if (!job_load(job, &s->corridors, &state->corridors))
        return false;
    state->plan = (struct near_plan){.corridors = state->corridors,
                                     .k = s->k == OPT_NOT_GIVEN ? 1 : (size_t)s->k,
                                     .ranked = s->k != OPT_NOT_GIVEN,
                                     .lines = s->lines,
                                     .max_m = isnan(s->max_m) ? INFINITY : s->max_m};
    part->step = near_step(&state->plan);
    return index_corridors(job, s, state);
}

static void end(struct job *job, void *data)
{
    struct state *state = data;
    (void)job;
    near_release(&state->plan);
    geo_index_free(state->index);
    geo_batch_free(state->corridors);
}

static const struct stage stage = {
    .common = offsetof(struct settings, common),
    .edges = offsetof(struct settings, edges),
    .state_size = sizeof(struct state),
    .prepare = prepare,
    .end = end,
};

const struct tool near_tool = {
    .name = "geo-near",
    .brief = "Find the nearest corridor of each feature: how far, where, in which direction",
    .operands = "LAYER... -c CORRIDORS",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "For each feature finds the nearest of the corridors (points, lines or polygons) and "
             "adds the distance between the two shapes, the nearest point of the corridor, the "
             "direction to it and its chainage. The distance is the true minimum over all points "
             "of both shapes; a polygon is its whole surface, so that a feature inside a polygon "
             "or across a line has distance 0.\n\n"
             "Of corridors equally far the first in input order is taken. Where shapes meet, the "
             "point is the meeting point of lowest chainage.",
    .accuracy = "Distances are geodesics of WGS 84 at height 0: error at most 1 µm up to 50 km, "
                "10 µm up to 200 km, 1 mm up to 500 km. Edges are geodesics unless --edges lonlat. "
                "How true the coordinates are is another matter: see the accuracy of the layers "
                "and of their transformation (-v).",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
