/* Rules from a table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/opt_value.h"
#include "kit/sheet.h"
#include "steps/rules.h"

enum { ID, WHAT, OP, VALUE, WHERE, UNIT, LAYER, TEXT, SOURCE };
static const char *const columns[] = {"id",   "what",  "op",   "value",  "where",
                                      "unit", "layer", "text", "source", NULL};
enum { REQUIRED = WHERE };

struct row {
    struct job *job;
    const struct sheet *sheet;
    size_t at;
    const char *folder; /* of the file, with its slash, or "" */
};

static const char *cell(const struct row *row, size_t column)
{
    return sheet_text(row->sheet, row->at, column);
}

/* ---- what ---- */

static const struct {
    const char *word;
    const char *within; /* NULL: takes no distance; else what stands for one that is left out */
} kinds[] = {
    [RULE_DISTANCE] = {"distance", NULL}, [RULE_SHARE] = {"share", ""},
    [RULE_AREA] = {"area", NULL},         [RULE_OVERLAP] = {"overlap", NULL},
    [RULE_COUNT] = {"count", "0m"},
};

/* "5km", "5 km" */
static bool read_within(const struct row *row, const char *text, double *within_m)
{
    static const struct opt length = {.kind = OPT_LENGTH, .name = "within", .min = 0, .max = 1e6};
    char word[64], message[256];
    size_t n = 0;
    for (; *text && n + 1 < sizeof word; text++)
        if (*text != ' ')
            word[n++] = *text;
    word[n] = '\0';
    if (opt_store(&length, within_m, word, message, sizeof message))
        return true;
    return sheet_fail(row->job, row->sheet, row->at, WHAT, "%s", message + strlen("--"));
}

static bool read_what(const struct row *row, struct rule *rule)
{
    const char *text = cell(row, WHAT);
    const size_t word = strcspn(text, " "), n = sizeof kinds / sizeof *kinds;
    size_t k = 0;
    while (k < n && (strlen(kinds[k].word) != word || strncasecmp(text, kinds[k].word, word) != 0))
        k++;
    const char *rest = text + word + strspn(text + word, " ");
    const char *within = k < n ? kinds[k].within : NULL;
    if (within && !strncasecmp(rest, "within ", strlen("within ")))
        within = rest + strlen("within ");
    else if (*rest)
        within = NULL;
    rule->what = (enum rule_what)k;
    if (k < n && ((!kinds[k].within && !*rest) || (within && *within)))
        return !within || read_within(row, within, &rule->within_m);
    return sheet_fail(row->job, row->sheet, row->at, WHAT,
                      "is none of distance, share within LENGTH, area, overlap, count, count "
                      "within LENGTH");
}

/* ---- op, value, unit ---- */

static bool read_op(const struct row *row, struct rule *rule)
{
    static const struct {
        const char *text;
        enum rule_op op;
    } ops[] = {{"<=", RULE_AT_MOST}, {"≤", RULE_AT_MOST}, {">=", RULE_AT_LEAST},
               {"≥", RULE_AT_LEAST}, {"<", RULE_BELOW},   {">", RULE_ABOVE},
               {"=", RULE_EQUAL},    {"==", RULE_EQUAL}};
    for (size_t o = 0; o < sizeof ops / sizeof *ops; o++) {
        if (!strcmp(cell(row, OP), ops[o].text)) {
            rule->op = ops[o].op;
            return true;
        }
    }
    return sheet_fail(row->job, row->sheet, row->at, OP, "is none of <=, >=, <, >, =");
}

/* What each kind of rule is measured in. */
static const struct {
    enum rule_what what;
    const char *name;
    double unit;
    bool is_share;
} units[] = {
    {RULE_DISTANCE, "m", 1, false},    {RULE_DISTANCE, "km", 1e3, false},
    {RULE_SHARE, "%", 0.01, true},     {RULE_AREA, "ha", 1e4, false},
    {RULE_AREA, "m2", 1, false},       {RULE_AREA, "km2", 1e6, false},
    {RULE_OVERLAP, "ha", 1e4, false},  {RULE_OVERLAP, "m2", 1, false},
    {RULE_OVERLAP, "km2", 1e6, false}, {RULE_OVERLAP, "%", 0.01, true},
    {RULE_COUNT, "", 1, false},
};

static bool read_unit(const struct row *row, struct rule *rule)
{
    char known[64] = "";
    const char *name = cell(row, UNIT);
    size_t used = 0;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        if (units[u].what != rule->what)
            continue;
        if (!strcmp(name, units[u].name)) {
            rule->unit = units[u].unit;
            rule->is_share = units[u].is_share;
            return true;
        }
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "",
                                 units[u].name);
    }
    const char *of = kinds[rule->what].word;
    if (rule->what == RULE_COUNT)
        return sheet_fail(row->job, row->sheet, row->at, UNIT, "is a unit, and a count has none");
    return sheet_fail(row->job, row->sheet, row->at, UNIT, "is no unit of %s: write %s", of, known);
}

static bool read_value(const struct row *row, struct rule *rule)
{
    double value;
    if (!sheet_number(row->job, row->sheet, row->at, VALUE, &value))
        return false;
    if (isnan(value))
        return sheet_fail(row->job, row->sheet, row->at, VALUE, "is empty: a rule needs a number");
    if (value < 0)
        return sheet_fail(row->job, row->sheet, row->at, VALUE, "is below 0");
    if (rule->is_share && value > 100)
        return sheet_fail(row->job, row->sheet, row->at, VALUE, "is a share of more than 100 %%");
    if (rule->what == RULE_COUNT && value != floor(value))
        return sheet_fail(row->job, row->sheet, row->at, VALUE, "is no whole number");
    /* A share by division: 30 / 100 is the double next to 0.3, 30 * 0.01 is not. */
    rule->limit = rule->is_share ? value / 100 : value * rule->unit;
    return true;
}

/* ---- layer ---- */

/* From the folder of the rules, unless it is a path from the root or names a database or an address. */
static bool read_layer(const struct row *row, struct rule *rule)
{
    const char *name = cell(row, LAYER);
    rule->path = NULL;
    if (!name[0])
        return true;
    if (rule->what == RULE_AREA)
        return sheet_fail(row->job, row->sheet, row->at, LAYER, "is not needed for an area");
    bool is_plain = name[0] != '/' && !strchr(name, ':');
    if (asprintf(&rule->path, "%s%s", is_plain ? row->folder : "", name) < 0) {
        rule->path = NULL;
        return job_fail(row->job, GEO_ENOMEM, "out of memory");
    }
    if (!strchr(name, ':') && access(rule->path, R_OK) != 0)
        return sheet_fail(row->job, row->sheet, row->at, LAYER, "cannot be read: there is no %s",
                          rule->path);
    return true;
}

/* ---- a row ---- */

static bool is_taken(const struct row *row, const struct rules *rules)
{
    static const char *const ours[] = {"verdict", "margin_m", "rule"};
    const struct rule *last = &rules->rule[rules->n - 1];
    for (size_t r = 0; r + 1 < rules->n; r++)
        if (!strcmp(rules->rule[r].column, last->column))
            return !sheet_fail(row->job, row->sheet, row->at, ID,
                               "gives the column %s, as '%s' does: name it otherwise", last->column,
                               rules->rule[r].id);
    for (size_t o = 0; o < sizeof ours / sizeof *ours; o++)
        if (!strcmp(ours[o], last->column))
            return !sheet_fail(row->job, row->sheet, row->at, ID,
                               "is the name of another column of the result: name it otherwise");
    return false;
}

/* The texts of a rule under construction belong to the sheet, but for its path. */
static bool read_row(const struct row *row, struct rules *rules)
{
    struct rule rule = {.id = (char *)(uintptr_t)cell(row, ID),
                        .where = (char *)(uintptr_t)cell(row, WHERE),
                        .text = (char *)(uintptr_t)cell(row, TEXT),
                        .source = (char *)(uintptr_t)cell(row, SOURCE)};
    bool done = read_what(row, &rule) && read_op(row, &rule) && read_unit(row, &rule) &&
                read_value(row, &rule) && read_layer(row, &rule);
    if (done && !rules_add(rules, &rule, cell(row, UNIT)))
        done = job_fail(row->job, GEO_ENOMEM, "out of memory");
    free(rule.path);
    return done && !is_taken(row, rules);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup("");
}

bool rules_read(struct job *job, const char *path, struct rules *rules)
{
    struct sheet *sheet = NULL;
    if (!sheet_read(job, path, columns, REQUIRED, &sheet))
        return false;
    char *folder = folder_of(path);
    struct row row = {.job = job, .sheet = sheet, .folder = folder};
    bool done = folder || job_fail(job, GEO_ENOMEM, "out of memory");
    for (; done && row.at < sheet_rows(sheet); row.at++)
        done = read_row(&row, rules);
    free(folder);
    sheet_free(sheet);
    return done;
}
