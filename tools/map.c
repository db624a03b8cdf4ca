/* geo-map: show me. */
#include "draw/map_form.h"
#include "kit/job_target.h"
#include "kit/tool.h"

struct settings {
    struct common common;
    struct map_request request;
    struct map_form_request form;
    int edges;
};

static const char *const languages[] = {[MAP_ENGLISH] = "en", [MAP_VIETNAMESE] = "vi", NULL};

static const struct opt options[] = {
    {INCLUDE_AT(request.corridors, struct corridor_options, corridor_options)},
    {TEXT_AT(request.id_field), .name = "id-field", .arg = "FIELD",
     .help =
         "Column of the corridors that becomes near_id: without it id, or the feature's number"},
    {TEXT_AT(request.name_field), .name = "name-field", .arg = "FIELD",
     .help = "Column of the corridors that becomes near_name: without it name, or ten"},
    {LENGTHS_AT(request.bands), .key = 'b', .name = "bands", .arg = "DISTANCES", .min = 0,
     .max = GEO_WITHIN_MAX_M,
     .help = "Divide the land of the zones among distance bands of the corridors: "
             "1km,3km,5km,10km"},
    {GROUP, .help = "Map"},
    {FILE_AT(common.output), .key = 'o', .name = "output", .arg = "FILE",
     .help = "Write the map to this file: .html, a page for browsers that needs no network; .svg, "
             ".pdf, .png, the same on paper"},
    {FLAG_AT(common.overwrite), .name = "overwrite", .help = "Replace an output that exists"},
    {TEXT_AT(request.title), .name = "title", .arg = "TEXT",
     .help = "Title of the map; without it, the names of its layers"},
    {CHOICE_AT(request.lang), .name = "lang", .arg = "LANGUAGE", .choice = languages,
     .preset = "en", .help = "Language of the map; the page can be switched to the other one"},
    {TEXT_AT(request.by), .name = "by", .arg = "FIELD",
     .help = "Colour by the values of this column, and sum areas for each of them; without it "
             "colours follow verdict, kind and status, and sums kind"},
    {FILES_AT(request.context), .name = "context", .arg = "FILE",
     .help = "Layer to draw in the background, a province's outline; may be given again"},
    {TEXT_AT(request.context_layer), .name = "context-layer", .arg = "NAME",
     .help = "Layer of a background file that has several"},
    {TEXT_AT(request.context_crs), .name = "context-crs", .arg = "CRS",
     .help = "CRS of the background, in place of the one it states or shows"},
    {TEXT_AT(request.context_encoding), .name = "context-encoding", .arg = "NAME",
     .help = "Text encoding of the background, in place of the one it states or shows"},
    {FILE_AT(request.targets), .name = "targets", .arg = "FILE",
     .help = "Table of a plan's targets, which are judged as geo-plan does"},
    {TEXT_AT(request.as_of), .name = "as-of", .arg = "DATE",
     .help = "Day of that judgement, 2030-06-30, or a year for its last day; without it, today"},
    {TEXT_AT(request.accuracy_field), .name = "accuracy-field", .arg = "FIELD",
     .help = "Column that says how true a feature's place is: the radius within which it lies with "
             "95 %, metres; pos_acc_m unless said"},
    {TEXT_AT(form.tiles), .name = "tiles", .arg = "URL",
     .help = "Background from a server of tiles, https://…/{z}/{x}/{y}.png; without it the page "
             "asks no server for anything"},
    {TEXT_AT(form.tiles_credit), .name = "tiles-credit", .arg = "TEXT",
     .help = "Whom these tiles are of, as their licence wants it said"},
    {TEXT_AT(form.size), .name = "size", .arg = "SIZE",
     .help = "Paper: A4 (unless said) or A3, or pixels: 1600x1000"},
    {INT_AT(form.dpi), .name = "dpi", .arg = "N", .min = 30, .max = 1200,
     .help = "Dots per inch of a PNG on A4 or A3: 150 unless said"},
    {GROUP, .help = "Measure"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"area_ha", "zones: area on the ellipsoid, hectares"},
    {"near_id, near_name, near_m", "zones, with -c: the nearest corridor and its distance, metres"},
    {"ha_0_1km, pct_0_1km, …", "zones, with --bands: land in each band, hectares and percent"},
    {0},
};

static const struct example examples[] = {
    {"geo-map zones.shp clusters.shp interchanges.shp -c corridors.shp --bands 1km,3km,5km,10km "
     "--context province.shp -o report.html",
     "Zones, clusters, roads and the figures on them as a page"},
    {"geo-map zones.shp clusters.shp unsized.shp -c corridors.shp --targets plan.csv --as-of 2030 "
     "--lang vi --title 'Quy hoạch đến năm 2030' -o plan.html",
     "What the plan lacks, in Vietnamese"},
    {"geo-map zones.shp -c corridors.shp --context province.shp --size A3 -o zones.pdf",
     "A sheet to print"},
    {0},
};

static bool check(struct job *job, const struct settings *s, const struct map_form *form)
{
    const struct map_request *r = &s->request;
    if (!form->is_page && (r->bands.n || r->targets))
        return job_fail(job, GEO_EARG, "%s goes with a page (.html): a sheet has no figures",
                        r->bands.n ? "--bands" : "--targets");
    if (r->bands.n && !r->corridors.path.n)
        return job_fail(job, GEO_EARG, "--bands: no corridors: name their layer with -c");
    if (r->as_of && !r->targets)
        return job_fail(job, GEO_EARG, "--as-of goes with --targets");
    return bands_check(job, &r->bands) && job_target_is_free(job);
}

static bool draw(struct job *job, const struct settings *s, struct model *model, int n,
                 char **operand)
{
    struct map_request request = s->request;
    struct map_form form;
    request.edges = s->edges;
    return map_form_choose(job, &s->form, &form) && check(job, s, &form) &&
           model_make(job, &request, n, operand, model) && map_form_write(job, model, &form);
}

static int run(const void *settings, int n, char **operand)
{
    const struct settings *s = settings;
    struct model model = {0};
    struct job job;
    if (job_begin(&job, "geo-map", &s->common))
        draw(&job, s, &model, n, operand);
    model_release(&model);
    return job_end(&job);
}

const struct tool map_tool = {
    .name = "geo-map",
    .brief = "Draw layers as a map with their figures: one HTML page, or a sheet of paper",
    .operands = "LAYER... -o FILE",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about =
        "Polygons are zones, the subject; polygons with from_m and to_m are bands (geo-buffer); lines are roads, points are points. Corridors (-c) are drawn, and what "
        "the zones are measured against. Colours follow the columns verdict (geo-check), kind and "
        "status.\n\n"
        "The page is one file that works without a network: a map, a table with search, figures "
        "of all zones, the plan's targets, and notes on what the data allow to conclude. On paper "
        "there are the map, a legend, a scale bar and a graticule.\n\n"
        "Of a layer with more than 20,000 features these many at most are drawn and listed, evenly "
        "chosen, and outlines are simplified where there are too many vertices to be seen; figures "
        "are always those of all features. A target whose layer is not on the map has no data. "
        "Targets that are missed do not change the exit status.",
    .accuracy = "Figures are those of geo-area, geo-near, geo-bands and geo-plan. Places are drawn "
                "to 0.1 m, outlines of large layers to what can be seen.",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .run = run,
};
