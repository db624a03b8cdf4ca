/* What geo-check holds for a run: the layers of its rules, and the count of its verdicts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kit/table.h"
#include "steps/check.h"

/* ---- layers ---- */

static bool is_same_path(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* The layer of a rule among those so far; made when it appears first. */
static bool place_layer(struct job *job, const struct corridor_options *corridors,
                        struct check_plan *plan, size_t r)
{
    const struct rule *rule = &plan->rules.rule[r];
    size_t l = 0;
    plan->layer_of[r] = SIZE_MAX;
    if (!rule_has_layer(rule))
        return true;
    while (l < plan->layer_count && !is_same_path(plan->layer[l].path, rule->path))
        l++;
    plan->layer_of[r] = l;
    if (l < plan->layer_count)
        return true;
    if (!rule->path && corridors->path.n == 0)
        return job_fail(job, GEO_EARG,
                        "rule '%s' needs the corridors: name their layer with -c, or in the rule's "
                        "column layer",
                        rule->id);
    plan->layer[plan->layer_count++].path = rule->path;
    return true;
}

static bool wants_outline(const struct check_plan *plan, size_t layer)
{
    for (size_t r = 0; r < plan->rules.n; r++)
        if (plan->layer_of[r] == layer && plan->rules.rule[r].what == RULE_OVERLAP)
            return true;
    return false;
}

static bool load_layer(struct job *job, const struct corridor_options *corridors,
                       struct check_plan *plan, size_t l)
{
    struct check_layer *layer = &plan->layer[l];
    struct corridor_options named = {.path = {.n = 1, .at = {layer->path}}};
    if (!check_layer_load(job, layer->path ? &named : corridors, &plan->accuracy, layer))
        return false;
    return !wants_outline(plan, l) || check_layer_outline(job, layer);
}

bool check_load(struct job *job, const struct corridor_options *corridors, struct check_plan *plan)
{
    plan->layer_of = calloc(plan->rules.n + 1, sizeof *plan->layer_of);
    plan->layer = calloc(plan->rules.n + 1, sizeof *plan->layer);
    plan->tally = calloc(plan->rules.n + 1, sizeof *plan->tally);
    if (!plan->layer_of || !plan->layer || !plan->tally)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    bool done = true;
    for (size_t r = 0; done && r < plan->rules.n; r++)
        done = place_layer(job, corridors, plan, r);
    for (size_t l = 0; done && l < plan->layer_count; l++)
        done = load_layer(job, corridors, plan, l);
    return done;
}

void check_release(struct check_plan *plan)
{
    for (size_t l = 0; plan->layer && l < plan->layer_count; l++)
        check_layer_release(&plan->layer[l]);
    free(plan->layer);
    free(plan->layer_of);
    free(plan->tally);
    rules_release(&plan->rules);
    *plan = (struct check_plan){0};
}

/* ---- the table ---- */

static const struct table_column columns[] = {
    {"rule", TABLE_TEXT, 0},    {"need", TABLE_TEXT, 0},    {"n", TABLE_INTEGER, 0},
    {"pass", TABLE_INTEGER, 0}, {"fail", TABLE_INTEGER, 0}, {"uncertain", TABLE_INTEGER, 0},
    {"source", TABLE_TEXT, 0},  {"text", TABLE_TEXT, 0}};
enum { COLUMNS = sizeof columns / sizeof *columns, BRIEF = COLUMNS - 2 };

static void add_row(struct table *table, bool is_brief, const char *id, const struct rule *rule,
                    const struct check_tally *tally)
{
    const long long pass = (long long)tally->of[VERDICT_PASS];
    const long long fail = (long long)tally->of[VERDICT_FAIL];
    const long long uncertain = (long long)tally->of[VERDICT_UNCERTAIN];
    table_add_text(table, id);
    table_add_text(table, rule ? rule->need : NULL);
    table_add_integer(table, pass + fail + uncertain);
    table_add_integer(table, pass);
    table_add_integer(table, fail);
    table_add_integer(table, uncertain);
    if (is_brief)
        return;
    table_add_text(table, rule ? rule->source : NULL);
    table_add_text(table, rule ? rule->text : NULL);
}

bool check_print(struct job *job, const struct check_plan *plan, bool to_stderr)
{
    struct table *table = table_new(columns, to_stderr ? BRIEF : COLUMNS);
    if (!table)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    for (size_t r = 0; r < plan->rules.n; r++) {
        const struct rule *rule = &plan->rules.rule[r];
        add_row(table, to_stderr, rule->id, rule, &plan->tally[r]);
    }
    add_row(table, to_stderr, "all", NULL, &plan->tally[plan->rules.n]);
    bool done = to_stderr ? table_print(table, TABLE_ALIGNED, '.', stderr) : job_table(job, table);
    table_free(table);
    return done || job_fail(job, GEO_ENOMEM, "out of memory");
}
