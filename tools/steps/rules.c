#define OPT_OWNER struct rule_options
#include "steps/rules.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/slug.h"

const struct opt rule_options[] = {
    {GROUP, .help = "Rules"},
    {LENGTH_AT(within_m), .name = "within", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "The nearest corridor must be no farther"},
    {LENGTH_AT(beyond_m), .name = "beyond", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "The nearest corridor must be no nearer"},
    {PERCENT_AT(share), .name = "share", .arg = "PERCENT", .min = 0, .max = 1,
     .help = "With --within: at least this share of the feature's area must lie within that "
             "distance, in place of its nearest point"},
    {AREA_AT(min_area_m2), .name = "min-area", .arg = "AREA", .min = 0, .max = 1e14,
     .help = "The feature must be at least so large"},
    {AREA_AT(max_area_m2), .name = "max-area", .arg = "AREA", .min = 0, .max = 1e14,
     .help = "The feature must be at most so large"},
    {FILE_AT(path), .name = "rules", .arg = "FILE",
     .help = "Table of rules with the columns id, what, where, op, value, unit, layer, text, "
             "source"},
    {.kind = OPT_END},
};

const char *rule_op_text(enum rule_op op)
{
    static const char *const text[] = {"<=", ">=", "<", ">", "="};
    return text[op];
}

bool rule_has_layer(const struct rule *rule)
{
    return rule->what != RULE_AREA;
}

/* "share within 5 km >= 50 %, roads.shp" */
static char *describe(const struct rule *rule, const char *unit)
{
    static const char *const what[] = {"distance", "share", "area", "overlap", "count"};
    char within[48] = "", *need = NULL;
    const char *slash = rule->path ? strrchr(rule->path, '/') : NULL;
    const char *layer = slash ? slash + 1 : rule->path;
    const bool whole_km = rule->within_m >= 1e3;
    if (rule->what == RULE_SHARE || rule->what == RULE_COUNT)
        snprintf(within, sizeof within, " within %.15g %s",
                 whole_km ? rule->within_m / 1e3 : rule->within_m, whole_km ? "km" : "m");
    if (asprintf(&need, "%s%s %s %.15g%s%s%s%s", what[rule->what], within, rule_op_text(rule->op),
                 rule->limit / rule->unit, unit[0] ? " " : "", unit, layer ? ", " : "",
                 layer ? layer : "") < 0)
        return NULL;
    return need;
}

static bool copy_text(char **copy, const char *text)
{
    *copy = text && text[0] ? strdup(text) : NULL;
    return *copy || !text || !text[0];
}

struct rule *rules_add(struct rules *rules, const struct rule *rule, const char *unit)
{
    struct rule *grown = reallocarray(rules->rule, rules->n + 1, sizeof *grown);
    if (!grown)
        return NULL;
    rules->rule = grown;
    struct rule *added = &grown[rules->n++];
    *added = *rule;
    bool copied = copy_text(&added->id, rule->id);
    copied = copy_text(&added->where, rule->where) && copied;
    copied = copy_text(&added->path, rule->path) && copied;
    copied = copy_text(&added->text, rule->text) && copied;
    copied = copy_text(&added->source, rule->source) && copied;
    added->need = describe(rule, unit);
    if (!copied || !added->need || !added->id)
        return NULL;
    slug_of(added->id, added->column, sizeof added->column);
    return added;
}

void rules_release(struct rules *rules)
{
    for (size_t r = 0; r < rules->n; r++) {
        struct rule *rule = &rules->rule[r];
        free(rule->id);
        free(rule->where);
        free(rule->path);
        free(rule->need);
        free(rule->text);
        free(rule->source);
    }
    free(rules->rule);
    *rules = (struct rules){0};
}

/* ---- those of the command line ---- */

struct given {
    char id[16];
    const char *unit;
    struct rule rule;
};

static bool add_given(struct job *job, struct rules *rules, struct given *given)
{
    if (isnan(given->rule.limit))
        return true;
    given->rule.id = given->id;
    return rules_add(rules, &given->rule, given->unit) ||
           job_fail(job, GEO_ENOMEM, "out of memory");
}

static bool gather_line(struct job *job, const struct rule_options *o, struct rules *rules)
{
    const bool shares = !isnan(o->share);
    struct given given[] = {
        {"within_m", "m", {.op = RULE_AT_MOST, .limit = shares ? NAN : o->within_m, .unit = 1}},
        {"share_pct",
         "%",
         {.what = RULE_SHARE,
          .op = RULE_AT_LEAST,
          .limit = o->share,
          .unit = 0.01,
          .within_m = o->within_m}},
        {"beyond_m", "m", {.op = RULE_AT_LEAST, .limit = o->beyond_m, .unit = 1}},
        {"min_ha",
         "ha",
         {.what = RULE_AREA, .op = RULE_AT_LEAST, .limit = o->min_area_m2, .unit = 1e4}},
        {"max_ha",
         "ha",
         {.what = RULE_AREA, .op = RULE_AT_MOST, .limit = o->max_area_m2, .unit = 1e4}},
    };
    if (shares && isnan(o->within_m))
        return job_fail(job, GEO_EARG, "--share goes with --within: say of which distance");
    for (size_t g = 0; g < sizeof given / sizeof *given; g++)
        if (!add_given(job, rules, &given[g]))
            return false;
    return true;
}

bool rules_gather(struct job *job, const struct rule_options *options, struct rules *rules)
{
    if (!gather_line(job, options, rules))
        return false;
    if (options->path && !rules_read(job, options->path, rules))
        return false;
    return rules->n > 0 ||
           job_fail(job, GEO_EARG,
                    "no rule: say --within, --beyond, --min-area, --max-area or --rules FILE");
}
