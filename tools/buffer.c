/* geo-buffer: which land lies within d1, d2, … of the corridors? */
#include <math.h>

#include "kit/stage.h"
#include "steps/buffer.h"

struct settings {
    struct common common;
    struct opt_lengths distance;
    double deviation_m;
    int edges;
    bool full, separate;
};

static const struct opt options[] = {
    {GROUP, .help = "Buffer"},
    {LENGTHS_AT(distance), .key = 'd', .name = "distance", .arg = "LENGTHS",
     .min = -GEO_BUFFER_MAX_M, .max = GEO_BUFFER_MAX_M,
     .help = "Distances from the features, 0.1m to 1000km, growing, commas between: 1km,3km,5km; "
             "negative ones lie within polygons, 0m is their outline: -500m,0m,500m"},
    {FLAG_AT(full), .name = "full",
     .help = "Write all land up to each distance in place of the rings between two distances"},
    {FLAG_AT(separate), .name = "separate",
     .help = "Buffer each feature by itself and keep its attributes"},
    {LENGTH_AT(deviation_m), .name = "max-deviation", .arg = "LENGTH", .min = GEO_DEVIATION_MIN_M,
     .max = GEO_DEVIATION_MAX_M, .preset = "1cm",
     .help = "How far the outline may lie from the true one; the decimals written follow it"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"from_m",
     "inner distance of the ring, metres; 0 for a disc, null for what lies in polygons up "
     "to to_m"},
    {"to_m", "outer distance, metres; negative within polygons"},
    {"area_ha", "area of the ring on the ellipsoid, hectares"},
    {0},
};

static const struct example examples[] = {
    {"geo-buffer corridors.shp -d 1km,3km,5km -o rings.gpkg",
     "The land within 1 km of any corridor, from 1 to 3 km, and from 3 to 5 km"},
    {"geo-buffer corridors.shp -d 500m --separate --select ref -o strips.geojson",
     "A strip of 500 m on both sides of each corridor by itself"},
    {"geo-buffer interchanges.shp -d 3km --full --max-deviation 1m -f geojsonl",
     "The land within 3 km of an interchange, to a metre"},
    {"geo-buffer zones.shp -d -100m,0m,100m --separate -o rims.geojson",
     "Each zone's land at least 100 m from its boundary, the rim within, and the strip outside"},
    {0},
};

static bool is_possible(struct job *job, const struct settings *s, double distance_m)
{
    double size_m = fabs(distance_m);
    if (size_m == 0)
        return true;
    if (size_m < GEO_BUFFER_MIN_M)
        return job_fail(job, GEO_EARG, "--distance: %g m is nearer to 0 than %g m", distance_m,
                        GEO_BUFFER_MIN_M);
    if (s->deviation_m >= size_m)
        return job_fail(job, GEO_EARG, "--max-deviation: %g m is not less than the distance %g m",
                        s->deviation_m, distance_m);
    return true;
}

static bool check(struct job *job, const void *settings, bool is_last)
{
    const struct settings *s = settings;
    const double *at_m = s->distance.at_m;
    (void)is_last;
    if (s->distance.n == 0)
        return job_fail(job, GEO_EARG, "no distance: say how far with -d, for example -d 1km,3km");
    for (size_t k = 0; k < s->distance.n; k++) {
        if (k && at_m[k] <= at_m[k - 1])
            return job_fail(job, GEO_EARG, "--distance: %g m comes after %g m: name them growing",
                            at_m[k], at_m[k - 1]);
        if (!is_possible(job, s, at_m[k]))
            return false;
    }
    return true;
}

/* What a run holds; the shapes of all features, unless each is taken by itself. */
struct state {
    struct buffer_plan plan;
    struct geo_batch *whole;
};

/* How much of the features is drawn, once they are read. */
static void show(void *data, double share)
{
    struct job *job = data;
    if (job->progress.say)
        progress_show(&job->progress, (uint64_t)(share * (double)job->done), job->done);
}

static bool make_dissolved(struct job *job, void *data, struct geo_batch **rings)
{
    struct state *state = data;
    job->total = job->done; /* all are read */
    state->plan.progress = show;
    state->plan.progress_data = job;
    enum geo_status status = buffer_dissolved(job->ctx, &state->plan, state->whole, rings);
    for (size_t k = 0; status == GEO_OK && k < (*rings)->n; k++)
        if ((*rings)->part_start[k] == (*rings)->part_start[k + 1])
            say_note(&job->say, "nothing is left of the features at %g m",
                     state->plan.distance_m[k]);
    if (geo_status_scope(status) == GEO_SCOPE_FEATURE)
        return job_fail(job, status, "all features as one: %s; --separate takes each by itself",
                        geo_ctx_message(job->ctx));
    return job_try(job, status);
}

static bool prepare(struct job *job, const void *settings, void *data, struct stage_part *part)
{
    const struct settings *s = settings;
    struct state *state = data;
    state->plan = (struct buffer_plan){.distance_m = s->distance.at_m,
                                       .n = s->distance.n,
                                       .deviation_m = s->deviation_m,
                                       .full = s->full,
                                       .threads = (unsigned)job->common->threads,
                                       .edges = job->edges};
    part->decimals = geo_buffer_decimals(s->deviation_m);
    if (s->separate) {
        part->step = buffer_step(&state->plan);
        return true;
    }
    state->whole = geo_batch_new();
    part->all = buffer_gatherer(state->whole);
    part->make = make_dissolved;
    return state->whole || job_fail(job, GEO_ENOMEM, "out of memory");
}

static void end(struct job *job, void *data)
{
    struct state *state = data;
    (void)job;
    geo_batch_free(state->whole);
}

static const struct stage stage = {
    .common = offsetof(struct settings, common),
    .edges = offsetof(struct settings, edges),
    .state_size = sizeof(struct state),
    .check = check,
    .prepare = prepare,
    .end = end,
};

const struct tool buffer_tool = {
    .name = "geo-buffer",
    .brief = "Draw the land within given distances of features, to a stated bound",
    .operands = "LAYER... -d DISTANCES",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Writes the land within each distance of the features (points, lines or polygons) on "
             "the ellipsoid: one ring for each pair of neighbouring distances, or with --full the "
             "whole disc for each distance. All features count as one; with --separate each is "
             "taken by itself and keeps its attributes.\n\n"
             "A negative distance leaves the land of polygons that lies at least so far from their "
             "boundary (that of all of them together unless --separate is given), 0m the polygons "
             "themselves; of points and lines nothing is left. Land that polygons which overlap or "
             "touch have in common has no boundary within; a gap between them narrower than a "
             "fifth of --max-deviation may count as land.\n\n"
             "Without --separate all features and the result are held in memory.",
    .accuracy =
        "With B(r) the true set of points within r of the features, or for negative r of the "
        "points of polygons at least -r from their boundary, the outline lies "
        "between B(r - e) and B(r + e), where e is --max-deviation (1 cm unless said), for "
        "the coordinates as written, and whether their edges are read as geodesics or as "
        "straight in longitude and latitude. --precision below the decimals that follow "
        "from e gives the bound up. A buffer that reaches within 1° of a pole is refused.",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
