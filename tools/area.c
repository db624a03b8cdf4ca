/* geo-area: how big is each zone, and all of them by group? */
#include <math.h>

#include "kit/stage.h"
#include "kit/summary.h"
#include "steps/rows.h"
#include "steps/try.h"

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

struct measure {
    enum geo_edges edges;
    const char *grid;
};

/* The features of a batch under way: where their measures go. */
struct work {
    const struct measure *measure;
    size_t area, perimeter, grid;
};

static enum geo_status measure_feature(struct geo_ctx *ctx, void *state, struct geo_batch *batch,
                                       size_t i)
{
    const struct work *w = state;
    double area_m2, perimeter_m, grid_m2;
    if (batch->shape[i] == GEO_SHAPE_NULL)
        return GEO_OK;
    TRY(geo_area(ctx, batch, i, w->measure->edges, &area_m2, &perimeter_m));
    geo_batch_set_real(batch, w->area, i, area_m2 / 1e4);
    geo_batch_set_real(batch, w->perimeter, i, perimeter_m);
    if (!w->measure->grid)
        return GEO_OK;
    enum geo_status status = geo_grid_area(ctx, batch, i, w->measure->grid, &grid_m2);
    if (status == GEO_OK)
        geo_batch_set_real(batch, w->grid, i, grid_m2 / 1e4);
    else if (geo_status_scope(status) == GEO_SCOPE_FEATURE) /* the other measures hold */
        status = geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i], "grid_ha left empty",
                                "%s", geo_ctx_message(ctx));
    return status;
}

static enum geo_status measure_batch(struct geo_ctx *ctx, void *measure, struct geo_batch *batch)
{
    struct work w = {.measure = measure};
    TRY(geo_batch_add_result(ctx, batch, "area_ha", GEO_TYPE_REAL, &w.area));
    TRY(geo_batch_add_result(ctx, batch, "perim_m", GEO_TYPE_REAL, &w.perimeter));
    if (w.measure->grid)
        TRY(geo_batch_add_result(ctx, batch, "grid_ha", GEO_TYPE_REAL, &w.grid));
    return rows_measure(ctx, batch, NULL, "area cannot be measured", measure_feature, &w);
}

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
    struct measure *measure = state;
    *measure = (struct measure){.edges = job->edges, .grid = s->grid};
    part->step = (struct geo_step){.plan = measure, .apply = measure_batch};
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
    .state_size = sizeof(struct measure),
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
