/* geo-area: how big is each zone, and all of them by group? */
#include "steps/area.h"
#include "kit/stage.h"
#include "kit/summary.h"

struct settings {
    struct common common;
    const char *grid, *by;
    int edges;
    bool summary, dissolve;
};

static const struct opt options[] = {
    {GROUP, .help = "Measure"},
    {EDGES_OPTION},
    {TEXT_AT(grid), .name = "grid", .arg = "CRS",
     .help = "Add grid_ha, the area in the plane of this projected CRS, as offices file it"},
    {FLAG_AT(summary), .name = "summary",
     .help = "Print a table of sums in place of the features: group, n, ha, pct"},
    {TEXT_AT(by), .name = "by", .arg = "FIELD", .help = "Sum for each value of this column"},
    {FLAG_AT(dissolve), .name = "dissolve",
     .help = "In the sums, count land that lies in several features once; holds all shapes in "
             "memory"},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"area_ha", "area on the ellipsoid, hectares"},
    {"perim_m", "length of all rings and lines, metres"},
    {"grid_ha", "area in the plane of --grid, hectares"},
    {0},
};

static const struct example examples[] = {
    {"geo-area zones.shp -o areas.geojson", "Add the area and perimeter of each zone"},
    {"geo-area zones.shp clusters.shp --summary --by kind -f text",
     "Sum the hectares of zones and clusters"},
    {"geo-area zones.shp --grid EPSG:5897 --select id,name -f csv",
     "Add the area in VN-2000 / TM-3 beside the one on the ellipsoid"},
    {0},
};

static bool check(struct job *job, const void *settings, bool is_last)
{
    const struct settings *s = settings;
    job->wants_columns = job->wants_columns || s->summary;
    if ((s->by || s->dissolve) && !s->summary)
        return job_fail(job, GEO_EARG, "%s goes with --summary", s->by ? "--by" : "--dissolve");
    if (s->summary && s->grid)
        return job_fail(job, GEO_EARG, "--grid does not go with --summary: sum its column grid_ha");
    if (s->summary && !is_last)
        return job_fail(job, GEO_EARG, "--summary belongs to the last step");
    return true;
}

static bool prepare(struct job *job, const void *settings, void *state, struct stage_part *part)
{
    const struct settings *s = settings;
    struct area_plan *plan = state;
    *plan = (struct area_plan){.edges = job->edges, .grid = s->grid};
    part->step = area_step(plan);
    return true;
}

static bool finish(struct job *job, const void *settings, const struct geo_step *step, size_t n)
{
    const struct settings *s = settings;
    return s->summary ? summary_run(job, step, n, "area_ha", s->by, s->dissolve)
                      : job_stream(job, step, n, -1);
}

static const struct stage stage = {
    .common = offsetof(struct settings, common),
    .edges = offsetof(struct settings, edges),
    .state_size = sizeof(struct area_plan),
    .check = check,
    .prepare = prepare,
    .finish = finish,
};

const struct tool area_tool = {
    .name = "geo-area",
    .brief = "Measure areas and perimeters on the ellipsoid",
    .operands = "LAYER...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Adds the area and perimeter of each feature, measured on the WGS 84 ellipsoid: holes "
             "are subtracted, parts added, heights taken as 0. Points and lines have area 0.\n\n"
             "With --summary it prints one table: for each group its features, hectares, and share "
             "of the total.",
    .accuracy =
        "area_ha: up to 84° of latitude the error is at most the greater of 1e-9 of the area and "
        "1e-4 m². perim_m: 1e-9 of it, or 10 nm for each edge. An edge is the geodesic between its "
        "ends; --edges lonlat takes it straight in longitude and latitude: the difference at 21°N "
        "is 8 mm on an edge of 1 km. How true the coordinates are is another matter: see the "
        "accuracy of the layer and of its transformation (-v).",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
