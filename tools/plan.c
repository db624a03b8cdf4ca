/* geo-plan: are the plan's targets met? */
#include <string.h>

#include "kit/job.h"
#include "kit/tool.h"
#include "steps/plan.h"

struct settings {
    struct common common;
    struct corridor_options corridors;
    const char *targets, *as_of, *id_field;
    int lang, edges;
    bool json;
};

enum { ENGLISH, VIETNAMESE };
static const char *const languages[] = {"en", "vi", NULL};

static const struct opt options[] = {
    {GROUP, .help = "Plan"},
    {FILE_AT(targets), .name = "targets", .arg = "FILE",
     .help = "Table of the targets, as spreadsheets write it: CSV with commas, semicolons or tabs"},
    {TEXT_AT(as_of), .name = "as-of", .arg = "DATE",
     .help = "Day of the judgement, 2030-06-30, or a year for its last day: a target whose horizon "
             "lies later is open; without it, today"},
    {TEXT_AT(id_field), .name = "id-field", .arg = "FIELD",
     .help = "Column of the layers in which no two features are alike: without it id, where there "
             "is one"},
    {INCLUDE_AT(corridors, struct corridor_options, corridor_options)},
    {GROUP, .help = "Table"},
    {FLAG_AT(json), .name = "json", .help = "Print a JSON array with an object for each target"},
    {FILE_AT(common.output), .key = 'o', .name = "output", .arg = "FILE",
     .help = "Write the table to this file: .csv, .json, .txt"},
    {TEXT_AT(common.format), .key = 'f', .name = "format", .arg = "FORMAT",
     .help = "Form of the table: text (on a terminal unless said), csv (elsewhere) or json"},
    {CHOICE_AT(lang), .name = "lang", .arg = "LANGUAGE", .choice = languages, .preset = "en",
     .help = "Language of the table for people; Vietnamese ones have decimal commas"},
    {FLAG_AT(common.excel), .name = "excel",
     .help = "Write CSV with a byte order mark and semicolons, as Excel opens it"},
    {FLAG_AT(common.overwrite), .name = "overwrite", .help = "Replace an output that exists"},
    {GROUP, .help = "Measure"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct example examples[] = {
    {"geo-plan zones.shp clusters.shp unsized.shp --targets plan.csv --as-of 2026",
     "Measure every target; those of later years are open"},
    {"geo-plan zones.shp clusters.shp unsized.shp --targets plan.csv --as-of 2026 -f text --lang vi",
     "The same for people, in Vietnamese"},
    {"geo-plan zones.shp clusters.shp unsized.shp --targets plan.csv --as-of 2026 --json "
     "| jq -r '.[] | select(.verdict == \"short\") | .id'",
     "Which targets are missed?"},
    {0},
};

static bool run_plan(struct job *job, const struct settings *s, struct plan *plan, int n,
                     char **operand)
{
    int as_of = 0;
    if (!s->targets)
        return job_fail(job, GEO_EARG, "no targets: name their table with --targets");
    if (s->json && s->common.format && strcmp(s->common.format, "json") != 0)
        return job_fail(job, GEO_EARG, "--json does not go with -f %s", s->common.format);
    if (!plan_choose_day(job, s->as_of, &as_of) || !plan_read(job, s->targets, &s->corridors, plan))
        return false;
    job->wants_columns = true;
    for (int i = 0; i < n; i++)
        if (!plan_measure_layer(plan, operand[i], s->edges, &s->corridors))
            return false;
    return job->common->dry_run ||
           (plan_check(plan) && plan_print(plan, as_of, s->lang == VIETNAMESE));
}

static int run(const void *settings, int n, char **operand)
{
    const struct settings *s = settings;
    struct common common = s->common;
    struct plan plan = {.id_field = s->id_field};
    struct job job;
    if (s->json)
        common.format = "json";
    if (job_begin(&job, "geo-plan", &common))
        run_plan(&job, s, &plan, n, operand);
    plan_release(&plan);
    return job_end(&job);
}

const struct tool plan_tool = {
    .name = "geo-plan",
    .brief = "Measure the targets of a plan and judge them",
    .operands = "LAYER... --targets FILE",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about =
        "Measures each row of a table of targets on the layers that the row names, by the names "
        "of their files without endings, and says whether the plan is met in these data: met, "
        "short, open (not met, but its horizon lies after --as-of), no data, or no threshold (a "
        "priority without a number, of which the measure is shown). Only short ends with status "
        "1.\n\n"
        "Columns of the table: id; layer, several with blanks or + between; measure, which is "
        "count, area_ha (measured on the ellipsoid), share-within DISTANCE of CORRIDORS [by "
        "count|by area], or the name of a numeric column to be summed; op, one of >=, <=, =, > and "
        "<; value. Those that can lack: horizon, a year, whose last day counts; type: target, need "
        "or priority, which alone can lack a value; where, an attribute filter as in OGR SQL, which "
        "fits every layer named; unit: ha for area_ha, % for shares, none for counts; text; source. "
        "By count, a share is that of the features of which some point lies within the distance; by "
        "area, that of their land. CORRIDORS is the name of a file given with -c, else a path from "
        "the folder of the table. Numbers have decimal points or commas; 7.000, which could be 7 or "
        "7000, is refused.\n\n"
        "gap is what lacks to the target, 0 where nothing does: a target that asks for more than a "
        "number "
        "is short by 0 where it has just that. note says what must be known beside "
        "a number: features without a value, and, where the layers have a column basis, on which "
        "different ones a sum rests; a table for people leaves it to standard error. Areas that "
        "overlap count twice. That no two features of a layer have one id takes about 100 bytes "
        "of memory a feature.",
    .accuracy =
        "Areas: 1e-9 of each; those within a distance, 1 cm times the length of its edge inside "
        "the feature. Distances: 1 µm up to 50 km. A number within 1e-9 of its target meets it. How "
        "true the coordinates are is another matter: a verdict says what holds in "
        "these data.",
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .run = run,
};
