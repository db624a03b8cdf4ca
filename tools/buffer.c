/* geo-buffer: which land lies within d1, d2, … of the corridors? */
#include <math.h>

#include "kit/job.h"
#include "kit/progress.h"
#include "kit/tool.h"
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
     .help = "Distances from the features, growing, commas between: 1km,3km,5km; negative ones "
             "lie within polygons, 0m is their outline: -500m,0m,500m"},
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
        return job_fail(job, GEO_EARG, "--distance: %g m is less than %g m", distance_m,
                        GEO_BUFFER_MIN_M);
    if (s->deviation_m >= size_m)
        return job_fail(job, GEO_EARG, "--max-deviation: %g m is not less than the distance %g m",
                        s->deviation_m, distance_m);
    return true;
}

static bool is_understood(struct job *job, const struct settings *s)
{
    const double *at_m = s->distance.at_m;
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

/* How much of the features is drawn. */
struct drawing {
    struct progress progress;
    uint64_t features;
};

static void show(void *data, double share)
{
    struct drawing *drawing = data;
    progress_show(&drawing->progress, (uint64_t)(share * (double)drawing->features),
                  drawing->features);
}

static enum geo_status draw(struct job *job, struct buffer_plan plan, const struct geo_batch *whole,
                            struct geo_batch **rings)
{
    struct drawing drawing = {progress_begin(&job->say, (enum progress_style)job->common->progress),
                              whole->n};
    plan.progress = show;
    plan.progress_data = &drawing;
    enum geo_status status = buffer_dissolved(job->ctx, &plan, whole, rings);
    progress_end(&drawing.progress, status == GEO_OK ? whole->n : 0, whole->n);
    for (size_t k = 0; status == GEO_OK && k < (*rings)->n; k++)
        if ((*rings)->part_start[k] == (*rings)->part_start[k + 1])
            say_note(&job->say, "nothing is left of the features at %g m", plan.distance_m[k]);
    return status;
}

/* All features as one: read whole, buffered once for each distance. */
static bool dissolve(struct job *job, const struct buffer_plan *plan, int decimals)
{
    struct geo_batch *whole = NULL, *rings = NULL;
    if (job->common->dry_run)
        return job_stream(job, NULL, 0, decimals);
    bool done = job_load(job, NULL, &whole);
    enum geo_status status = done ? draw(job, *plan, whole, &rings) : GEO_OK;
    if (geo_status_scope(status) == GEO_SCOPE_FEATURE)
        done = job_fail(job, status, "all features as one: %s; --separate takes each by itself",
                        geo_ctx_message(job->ctx));
    done = done && job_try(job, status) && job_replace(job, rings) &&
           job_stream(job, NULL, 0, decimals);
    geo_batch_free(whole);
    return done;
}

static int run(const void *settings, int n, char **operand)
{
    const struct settings *s = settings;
    struct job job;
    if (job_begin(&job, &s->common) && is_understood(&job, s) &&
        job_open(&job, n, operand, s->edges)) {
        struct buffer_plan plan = {.distance_m = s->distance.at_m,
                                   .n = s->distance.n,
                                   .deviation_m = s->deviation_m,
                                   .full = s->full,
                                   .threads = (unsigned)s->common.threads,
                                   .edges = job.edges};
        struct geo_step step = buffer_step(&plan);
        int decimals = geo_buffer_decimals(s->deviation_m);
        if (s->separate)
            job_stream(&job, &step, 1, decimals);
        else
            dissolve(&job, &plan, decimals);
    }
    return job_end(&job);
}

const struct tool tool = {
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
    .run = run,
};
