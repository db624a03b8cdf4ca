/* geo-check: does each zone obey the siting rules? */
#include <math.h>

#include "kit/stage.h"
#include "steps/check.h"

struct settings {
    struct common common;
    struct corridor_options corridors;
    struct rule_options rules;
    struct accuracy_options accuracy;
    int edges;
    bool fail_uncertain, summary;
};

static const struct opt options[] = {
    {INCLUDE_AT(corridors, struct corridor_options, corridor_options)},
    {INCLUDE_AT(rules, struct rule_options, rule_options)},
    {INCLUDE_AT(accuracy, struct accuracy_options, accuracy_options)},
    {GROUP, .help = "Measure"},
    {FLAG_AT(fail_uncertain), .name = "fail-uncertain",
     .help = "End with 1 also where a verdict is uncertain"},
    {FLAG_AT(summary), .name = "summary",
     .help = "Print the table of the verdicts by rule in place of the features"},
    {EDGES_OPTION},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct column columns[] = {
    {"verdict", "pass, fail or uncertain, by the worst of its rules; null where none concerns it"},
    {"margin_m", "how far the deciding rule is from failing, metres, negative where it does; null "
                 "for rules on areas and counts, and beyond 50 km for shares"},
    {"rule", "id of the rule that decides"},
    {"within_m", "with --within: distance to the nearest corridor, metres"},
    {"beyond_m", "with --beyond: the same"},
    {"share_pct", "with --share: share of the area within that distance, %"},
    {"min_ha", "with --min-area: area, hectares"},
    {"max_ha", "with --max-area: the same"},
    {"ID", "with --rules: what the rule of this id measures, in the rule's unit"},
    {0},
};

static const struct example examples[] = {
    {"geo-check zones.shp -c corridors.shp --within 5km --accuracy-field pos_acc_m "
     "--corridor-accuracy-field pos_acc_m --summary -f text",
     "Is each zone within 5 km of a corridor, as far as these places can tell?"},
    {"geo-check zones.shp clusters.shp -c corridors.shp --rules rules.csv --accuracy-field "
     "pos_acc_m --corridor-accuracy-field pos_acc_m -o checked.geojson",
     "Hold zones and clusters against a table of rules"},
    {"geo-check zones.shp -c corridors.shp --within 10km --share 50% --accuracy 0m "
     "--corridor-accuracy 0m --select id,name -f csv",
     "Does half of each zone lie within 10 km? Taking the shapes as exact"},
    {0},
};

struct state {
    struct check_plan plan;
    bool fail_uncertain, tells; /* tells: the table goes to standard error at the end */
};

static bool check(struct job *job, const void *settings, bool is_last)
{
    const struct settings *s = settings;
    job->wants_columns = job->wants_columns || s->rules.path || s->accuracy.field || s->summary;
    if (s->summary && !is_last)
        return job_fail(job, GEO_EARG, "--summary belongs to the last step");
    return true;
}

static void say_exact(struct job *job, const struct check_plan *plan)
{
    const struct accuracy_options *o = &plan->accuracy;
    const bool of_all = isnan(o->of_all_m) && !o->field;
    const bool of_corridors = isnan(o->of_corridors_m) && !o->corridor_field;
    if (plan->layer_count > 0 && (of_all || of_corridors))
        say_note(&job->say, "the places of %s are taken as exact: no %s%s%s is given",
                 of_all && of_corridors ? "features and corridors"
                 : of_all               ? "features"
                                        : "corridors",
                 of_all ? "--accuracy" : "", of_all && of_corridors ? " or " : "",
                 of_corridors ? "--corridor-accuracy" : "");
}

static bool prepare(struct job *job, const void *settings, void *data, struct stage_part *part)
{
    const struct settings *s = settings;
    struct state *state = data;
    struct check_plan *plan = &state->plan;
    *plan = (struct check_plan){
        .accuracy = s->accuracy, .edges = job->edges, .datum = datum_of_source(job->source)};
    state->fail_uncertain = s->fail_uncertain;
    state->tells = !s->summary && !job->common->dry_run;
    part->step = check_step(plan);
    if (!rules_gather(job, &s->rules, &plan->rules) || !check_load(job, &s->corridors, plan))
        return false;
    say_exact(job, plan);
    return true;
}

static enum geo_status discard(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    (void)ctx, (void)self, (void)batch;
    return GEO_OK;
}

static bool finish(struct job *job, const void *settings, const struct geo_step *step, size_t n)
{
    const struct settings *s = settings;
    const struct geo_consumer nowhere = {.take = discard};
    if (!s->summary)
        return job_stream(job, step, n, -1);
    return job_gather(job, step, n, &nowhere) && check_print(job, step[n - 1].plan, false);
}

static void end(struct job *job, void *data)
{
    struct state *state = data;
    const struct check_plan *plan = &state->plan;
    const struct check_tally *all = plan->tally ? &plan->tally[plan->rules.n] : NULL;
    if (all && job->status == GEO_OK) {
        job->failed_check = job->failed_check || all->of[VERDICT_FAIL] > 0 ||
                            (state->fail_uncertain && all->of[VERDICT_UNCERTAIN] > 0);
        if (state->tells && job->say.level > SAY_QUIET)
            check_print(job, plan, true);
    }
    check_release(&state->plan);
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

const struct tool check_tool = {
    .name = "geo-check",
    .brief = "Hold each feature against siting rules: pass, fail or uncertain",
    .operands = "LAYER... -c CORRIDORS",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about =
        "One rule on the line, or many in a table (--rules). `what` is distance (to the nearest "
        "feature of the layer), share within LENGTH (of the feature's area), area, overlap (with "
        "the land of the layer), count or count within LENGTH (features of the layer); `where` is "
        "a filter as --where takes it: which features the rule concerns; `op` is one of <=, >=, "
        "<, >, =; `unit` is m or km, ha, m2 or km2, or % of the feature, and empty for a count; "
        "`layer` is a file found from the folder of the table, else the corridors are meant. A feature "
        "that stands in the layer itself is measured to itself, too.\n\n"
        "A rule passes or fails only where its margin exceeds the accuracies taken together: of "
        "the feature, of the layer, and of the operations that brought the two to WGS 84 if they "
        "are different ones. Otherwise it is uncertain: the data cannot tell. The worst rule "
        "decides: fail, then uncertain, then pass.\n\n"
        "The margin of a distance is taken at the feature's nearest point; that of a share from "
        "the smallest distance that holds so much. Overlaps and counts are measured with all "
        "shapes shifted by the accuracy, either way: results that differ are uncertain. An "
        "accuracy that is not known (an empty cell) makes uncertain what hangs on it.",
    .accuracy =
        "Distances and areas are those of geo-near and geo-area. Shares and overlaps err by at "
        "most 1 mm times the length of the edge that cuts the feature, and the distance that holds "
        "a share by 1 mm; less overlap than 1 mm along the feature's whole outline is none, and an "
        "area that differs from its limit by no more than its own error is at the limit. For "
        "shares and overlaps a layer is as true as its worst feature.",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
