/* geo-bands: how much of each zone lies in which distance band? */
#include <string.h>
#include <strings.h>

#include "kit/stage.h"
#include "steps/bands.h"
#include "steps/bands_table.h"

struct settings {
    struct common common;
    struct corridor_options corridors;
    struct opt_lengths bands;
    double deviation_m;
    const char *by, *corridor_by;
    int edges;
    bool tall, summary;
};

static const struct opt options[] = {
    {INCLUDE_AT(corridors, struct corridor_options, corridor_options)},
    {TEXT_AT(corridor_by), .name = "corridor-by", .arg = "FIELD",
     .help = "Measure the corridors of each value of this column by themselves, a row each"},
    {GROUP, .help = "Measure"},
    {LENGTHS_AT(bands), .key = 'b', .name = "bands", .arg = "DISTANCES", .min = 0,
     .max = GEO_WITHIN_MAX_M,
     .help = "Where a band ends and the next begins, growing: 1km,3km,5km,10km"},
    {LENGTH_AT(deviation_m), .name = "max-deviation", .arg = "LENGTH", .preset = "1cm",
     .min = GEO_DEVIATION_MIN_M, .max = GEO_DEVIATION_MAX_M,
     .help = "How far the edge of a band may lie from the true one"},
    {FLAG_AT(tall), .name = "long",
     .help = "Write a row for each band: band, from_m, to_m, ha, pct"},
    {FLAG_AT(summary), .name = "summary",
     .help = "Print a table of sums in place of the features: group, band, n, ha, pct"},
    {TEXT_AT(by), .name = "by", .arg = "FIELD", .help = "Sum for each value of this column"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"corridor", "with --corridor-by: the value that the corridors have in common"},
    {"ha_0_1km", "land in the band, hectares, and so for each band; named in the largest unit in "
                 "which all edges are whole (a shapefile: ha_b1, ha_b2, …)"},
    {"pct_0_1km", "its share of the feature's area, percent"},
    {"ha_beyond", "land beyond the last edge, hectares"},
    {"pct_beyond", "its share, percent"},
    {"band, from_m, to_m, ha, pct", "with --long: the band and its land; to_m is null beyond"},
    {0},
};

static const struct example examples[] = {
    {"geo-bands zones.shp -c corridors.shp --bands 1km,3km,5km,10km -o bands.geojson",
     "Add the hectares and the share of each zone in each band"},
    {"geo-bands zones.shp -c corridors.shp --bands 1km,3km,5km,10km --summary --by kind",
     "Sum the zones by kind and band"},
    {"geo-bands zones.shp -c corridors.shp --bands 500m,1.5km --corridor-by ref --long -f csv",
     "A row for each zone, corridor and band"},
    {0},
};

/* What a run holds. */
struct state {
    struct bands_plan plan;
    struct geo_batch *corridors;
};

static bool check(struct job *job, const void *settings, bool is_last)
{
    const struct settings *s = settings;
    if (s->bands.n == 0)
        return job_fail(job, GEO_EARG,
                        "no bands: say where they end, for example --bands 1km,3km,5km,10km");
    if (!bands_check(job, &s->bands))
        return false;
    if (s->by && !s->summary)
        return job_fail(job, GEO_EARG, "--by goes with --summary");
    if (s->summary && s->tall)
        return job_fail(job, GEO_EARG, "--long does not go with --summary, which has it so");
    if (s->summary && !is_last)
        return job_fail(job, GEO_EARG, "--summary belongs to the last step");
    return true;
}

static bool writes_shapefile(const struct common *common)
{
    const char *dot = common->output ? strrchr(common->output, '.') : NULL;
    const char *format = common->format ? common->format : dot ? dot + 1 : "";
    return !strcasecmp(format, "shp") || !strcasecmp(format, "ESRI Shapefile");
}

/* Names at most ten characters long say nothing: a note has the key to them. */
static void tell_names(struct job *job, const struct bands_plan *plan)
{
    for (size_t k = 0; k < plan->n; k++)
        say_note(&job->say, "columns ha_%s and pct_%s hold the band %s", plan->suffix[k],
                 plan->suffix[k], plan->band[k]);
}

static bool prepare(struct job *job, const void *settings, void *data, struct stage_part *part)
{
    const struct settings *s = settings;
    struct state *state = data;
    struct bands_plan *plan = &state->plan;
    const bool is_short = writes_shapefile(job->common) && !s->tall && !s->summary;
    if (!job_load(job, &s->corridors, &state->corridors))
        return false;
    *plan = (struct bands_plan){.edge_m = s->bands.at_m,
                                .n = s->bands.n,
                                .deviation_m = s->deviation_m,
                                .grouped = s->corridor_by != NULL,
                                .tall = s->tall || s->summary,
                                .bare = s->summary};
    bands_name(plan, is_short);
    if (is_short)
        tell_names(job, plan);
    if (state->corridors->n == 0 && s->corridor_by)
        return job_fail(job, GEO_EARG, "--corridor-by: there are no corridors to tell apart");
    if (state->corridors->vertex_count == 0)
        say_note(&job->say, "there are no corridors: all land is beyond");
    part->step = bands_step(plan);
    enum geo_status status =
        bands_split(job->ctx, plan, state->corridors, s->corridor_by, job->edges);
    if (status == GEO_EARG)
        return job_fail(job, status, "--corridor-by: the corridors have no column '%s'",
                        s->corridor_by);
    return job_try(job, status);
}

static bool finish(struct job *job, const void *settings, const struct geo_step *step, size_t n)
{
    const struct settings *s = settings;
    return s->summary ? bands_table(job, step[n - 1].plan, step, n, s->by)
                      : job_stream(job, step, n, -1);
}

static void end(struct job *job, void *data)
{
    struct state *state = data;
    (void)job;
    bands_release(&state->plan);
    geo_batch_free(state->corridors);
}

static const struct stage stage = {
    .common = offsetof(struct settings, common),
    .edges = offsetof(struct settings, edges),
    .state_size = sizeof(struct state),
    .check = check,
    .prepare = prepare,
    .finish = finish,
    .end = end,
};

const struct tool bands_tool = {
    .name = "geo-bands",
    .brief = "Divide the land of each feature among distance bands of corridors",
    .operands = "LAYER... -c CORRIDORS --bands DISTANCES",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Adds how much of each feature lies in which distance band: within the first "
             "distance of the nearest corridor, between it and the second, and so on, and beyond "
             "the last. A polygon among the corridors is its whole surface. Points and lines have "
             "no area: their bands are null.\n\n"
             "With --summary it prints one table: for each group and band the features that have "
             "land in it, hectares, and the share of the group's land.",
    .accuracy = "The bands of a feature add up to its area within 1e-9 of it. Each is right within "
                "--max-deviation (1 cm unless said) times the length of its edges inside the "
                "feature, on the WGS 84 ellipsoid at height 0; where the nearest or the farthest "
                "point of a feature decides, it is exact. How true the coordinates are is another "
                "matter: see the accuracy of the layers and of their transformation (-v).",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
