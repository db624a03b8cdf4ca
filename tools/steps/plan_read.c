/* The targets table: what each row asks for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/opt_value.h"
#include "steps/plan.h"

static const char *const columns[] = {"id",   "layer", "measure", "op",   "value",  "horizon",
                                      "type", "where", "unit",    "text", "source", NULL};
enum { REQUIRED = PLAN_VALUE + 1 };

static const struct opt length = {
    .kind = OPT_LENGTH, .name = "", .min = 0, .max = 2.1e7}; /* half round the Earth */

/* Where reading stands. */
struct reader {
    struct plan *plan;
    const struct corridor_options *corridors;
    const char *path;
    struct plan_target *target;
};

#define REFUSE(r, column, ...) \
    sheet_fail((r)->plan->job, (r)->plan->sheet, (r)->target->row, column, __VA_ARGS__)

static const char *cell(const struct reader *r, size_t column)
{
    return sheet_text(r->plan->sheet, r->target->row, column);
}

static bool no_memory(const struct reader *r)
{
    return job_fail(r->plan->job, GEO_ENOMEM, "out of memory");
}

/* Which of the words the cell is; the number of words if none. */
static size_t word(const struct reader *r, size_t column, const char *const *words)
{
    size_t w = 0;
    while (words[w] && strcasecmp(words[w], cell(r, column)) != 0)
        w++;
    return w;
}

/* ---- measures ---- */

static bool add_quantity(const struct reader *r, enum plan_kind kind, size_t corridors,
                         double within_m, size_t *quantity)
{
    struct plan *p = r->plan;
    size_t q = 0;
    while (q < p->quantity_count &&
           (p->quantity[q].kind != kind || p->quantity[q].corridors != corridors ||
            p->quantity[q].within_m < within_m || p->quantity[q].within_m > within_m))
        q++;
    *quantity = q;
    if (q < p->quantity_count)
        return true;
    struct plan_quantity *grown = reallocarray(p->quantity, q + 1, sizeof *grown);
    if (!grown)
        return no_memory(r);
    p->quantity = grown;
    p->quantity[p->quantity_count++] = (struct plan_quantity){kind, corridors, within_m};
    return true;
}

/* Whether a file's name, with or without its ending, is the one meant. */
static bool is_named(const char *path, const char *name)
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t n = strlen(name);
    return !strcmp(path, name) || !strcmp(base, name) ||
           (dot && (size_t)(dot - base) == n && !strncmp(base, name, n));
}

/* The file meant by a name: one of -c, else beside the table. The caller frees it; NULL: no
 * memory. */
static char *resolve(const struct reader *r, const char *name)
{
    const char *slash = strrchr(r->path, '/');
    char *path = NULL;
    for (size_t c = 0; c < r->corridors->path.n; c++)
        if (is_named(r->corridors->path.at[c], name))
            return strdup(r->corridors->path.at[c]);
    if (*name == '/' || !slash)
        return strdup(name);
    return asprintf(&path, "%.*s%s", (int)(slash + 1 - r->path), r->path, name) < 0 ? NULL : path;
}

static bool add_corridors(const struct reader *r, const char *name, size_t *corridors)
{
    struct plan *p = r->plan;
    char *path = resolve(r, name);
    struct plan_corridors *grown =
        path ? reallocarray(p->corridors, p->corridors_count + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(path);
        return no_memory(r);
    }
    p->corridors = grown;
    for (size_t c = 0; c < p->corridors_count; c++)
        if (!strcmp(p->corridors[c].path, path)) {
            *corridors = c;
            free(path);
            return true;
        }
    *corridors = p->corridors_count;
    p->corridors[p->corridors_count++] = (struct plan_corridors){.path = path};
    return true;
}

/* A distance with its unit, decimals with a point or a comma, blanks allowed: "1,5 km". */
static bool parse_distance(const struct reader *r, const char *text, size_t n, double *distance_m)
{
    char plain[64], number[32], word[96], message[256];
    size_t used = 0, digits;
    double value;
    for (size_t i = 0; i < n && used + 1 < sizeof plain; i++)
        if (text[i] != ' ')
            plain[used++] = text[i];
    plain[used] = '\0';
    digits = strspn(plain, "0123456789.,");
    snprintf(number, sizeof number, "%.*s", (int)digits, plain);
    if (sheet_parse_number(number, &value) == SHEET_AMBIGUOUS)
        return REFUSE(r, PLAN_MEASURE,
                      "has an ambiguous distance: write it without zeros at the "
                      "end of its decimals");
    if (sheet_parse_number(number, &value) == SHEET_NUMBER)
        snprintf(word, sizeof word, "%.15g%s", value, plain + digits);
    else
        snprintf(word, sizeof word, "%s", plain);
    if (opt_store(&length, distance_m, word, message, sizeof message))
        return true;
    return REFUSE(r, PLAN_MEASURE, "has no distance: %s", message + strlen("--: "));
}

/* The length of a name without " by count" or " by area" at its end, which says what is shared.
 * SIZE_MAX: what follows "by" is not known. */
static size_t cut_by(const char *name, enum plan_kind *kind)
{
    const char *by = NULL;
    *kind = PLAN_SHARE_BY_COUNT;
    for (const char *at = strstr(name, " by "); at; at = strstr(at + 1, " by "))
        by = at;
    if (!by)
        return strlen(name);
    const char *what = by + 4 + strspn(by + 4, " ");
    if (!strcmp(what, "area"))
        *kind = PLAN_SHARE_BY_AREA;
    else if (strcmp(what, "count") != 0)
        return SIZE_MAX;
    return (size_t)(by - name);
}

static bool add_share(const struct reader *r, enum plan_kind kind, size_t corridors,
                      double within_m)
{
    struct plan_target *t = r->target;
    t->kind = kind;
    if (kind == PLAN_SHARE_BY_COUNT)
        return add_quantity(r, kind, corridors, within_m, &t->quantity);
    if (within_m > GEO_WITHIN_MAX_M || (within_m > 0 && within_m < GEO_WITHIN_MIN_M))
        return REFUSE(r, PLAN_MEASURE, "is too far or too near: by area, 0m or from %gm to %gkm",
                      GEO_WITHIN_MIN_M, GEO_WITHIN_MAX_M / 1e3);
    return add_quantity(r, kind, corridors, within_m, &t->quantity) &&
           add_quantity(r, PLAN_AREA, 0, 0, &t->whole);
}

static bool parse_share(const struct reader *r)
{
    static const char form[] =
        "is no share: write share-within DISTANCE of CORRIDORS, with by count or by area behind";
    const char *text = cell(r, PLAN_MEASURE);
    const char *distance = text + strlen("share-within"), *of = strstr(text, " of ");
    if (strncmp(text, "share-within ", strlen("share-within ")) != 0 || !of || of < distance)
        return REFUSE(r, PLAN_MEASURE, "%s", form);
    const char *name = of + 4 + strspn(of + 4, " ");
    enum plan_kind kind;
    size_t n = cut_by(name, &kind), corridors = 0;
    double within_m;
    if (n == SIZE_MAX || n == 0)
        return REFUSE(r, PLAN_MEASURE, "%s", form);
    if (!parse_distance(r, distance, (size_t)(of - distance), &within_m))
        return false;
    char *path = strndup(name, n);
    bool done = path ? add_corridors(r, path, &corridors) : no_memory(r);
    free(path);
    return done && add_share(r, kind, corridors, within_m);
}

static bool parse_measure(const struct reader *r)
{
    const char *text = cell(r, PLAN_MEASURE);
    if (!*text)
        return REFUSE(r, PLAN_MEASURE,
                      "is empty: it is count, area_ha, the column to be summed, "
                      "or share-within DISTANCE of CORRIDORS");
    if (!strncmp(text, "share", strlen("share")) && text[strcspn(text, " -")])
        return parse_share(r);
    r->target->kind = !strcmp(text, "count")     ? PLAN_COUNT
                      : !strcmp(text, "area_ha") ? PLAN_AREA
                                                 : PLAN_SUM;
    return r->target->kind != PLAN_AREA || add_quantity(r, PLAN_AREA, 0, 0, &r->target->quantity);
}

/* ---- thresholds ---- */

static bool parse_op(const struct reader *r)
{
    static const char *const ops[] = {">=", "<=", "=", ">", "<", "≥", "≤", NULL};
    static const enum plan_op meant[] = {PLAN_AT_LEAST, PLAN_AT_MOST,  PLAN_EQUAL,  PLAN_MORE,
                                         PLAN_LESS,     PLAN_AT_LEAST, PLAN_AT_MOST};
    size_t w = word(r, PLAN_OP, ops);
    r->target->op = ops[w] ? meant[w] : PLAN_NO_OP;
    if (!ops[w] && *cell(r, PLAN_OP))
        return REFUSE(r, PLAN_OP, "is none of >=, <=, =, > and <");
    if (!ops[w] && !isnan(r->target->value))
        return REFUSE(r, PLAN_OP, "is empty: a value stands behind one of >=, <=, =, > and <");
    return true;
}

static bool parse_value(const struct reader *r)
{
    static const char *const types[] = {"target", "need", "priority", NULL};
    size_t type = *cell(r, PLAN_TYPE) ? word(r, PLAN_TYPE, types) : 0;
    if (!types[type])
        return REFUSE(r, PLAN_TYPE, "is none of target, need and priority");
    if (!sheet_number(r->plan->job, r->plan->sheet, r->target->row, PLAN_VALUE, &r->target->value))
        return false;
    if (isnan(r->target->value) && strcmp(types[type], "priority") != 0)
        return REFUSE(r, PLAN_VALUE, "is empty: only a priority can be without a number");
    return true;
}

/* The unit that a column's name states; "" if it states none. */
static const char *stated_unit(const char *name)
{
    static const char *const units[] = {"ha", "m2", "km2", "m", "km", NULL};
    const char *end = strrchr(name, '_');
    for (size_t u = 0; end && units[u]; u++)
        if (!strcmp(end + 1, units[u]))
            return units[u];
    return "";
}

static bool check_unit(const struct reader *r)
{
    const struct plan_target *t = r->target;
    const char *unit = cell(r, PLAN_UNIT), *measure = cell(r, PLAN_MEASURE);
    bool is_share = t->kind == PLAN_SHARE_BY_COUNT || t->kind == PLAN_SHARE_BY_AREA;
    const char *wanted = t->kind == PLAN_COUNT ? "" : is_share ? "%" : stated_unit(measure);
    bool is_free = t->kind == PLAN_SUM && !*wanted;
    if (is_free || !strcmp(unit, wanted) || (!*unit && isnan(t->value)))
        return true;
    if (!*wanted)
        return REFUSE(r, PLAN_UNIT, "does not fit: a count has no unit");
    return REFUSE(r, PLAN_UNIT, "does not fit the measure '%s': write %s", measure, wanted);
}

static bool parse_horizon(const struct reader *r)
{
    const char *text = cell(r, PLAN_HORIZON);
    size_t digits = strspn(text, "0123456789");
    if (!*text)
        return true;
    if (digits != 4 || text[4] || *text == '0')
        return REFUSE(r, PLAN_HORIZON, "is no year such as 2030");
    r->target->horizon = atoi(text);
    return true;
}

static bool parse_where(const struct reader *r)
{
    struct plan *p = r->plan;
    const char *text = cell(r, PLAN_WHERE);
    r->target->where = SIZE_MAX;
    if (!*text)
        return true;
    size_t w = 0;
    while (w < p->where_count && strcmp(p->where[w], text) != 0)
        w++;
    r->target->where = w;
    if (w < p->where_count)
        return true;
    const char **grown = reallocarray(p->where, w + 1, sizeof *grown);
    if (!grown)
        return no_memory(r);
    p->where = grown;
    p->where[p->where_count++] = text;
    return true;
}

static bool parse_row(const struct reader *r)
{
    if (!*cell(r, PLAN_LAYER))
        return REFUSE(r, PLAN_LAYER, "is empty: name the layers to be measured");
    return parse_measure(r) && parse_value(r) && parse_op(r) && check_unit(r) && parse_horizon(r) &&
           parse_where(r);
}

bool plan_read(struct job *job, const char *path, const struct corridor_options *corridors,
               struct plan *plan)
{
    plan->job = job;
    if (!sheet_read(job, path, columns, REQUIRED, &plan->sheet))
        return false;
    plan->n = sheet_rows(plan->sheet);
    plan->target = calloc(plan->n, sizeof *plan->target);
    plan->asks = calloc(plan->n, sizeof *plan->asks);
    if (!plan->target || !plan->asks)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    for (size_t row = 0; row < plan->n; row++) {
        struct reader r = {plan, corridors, path, &plan->target[row]};
        r.target->row = row;
        if (!parse_row(&r))
            return false;
    }
    return true;
}

void plan_release(struct plan *plan)
{
    for (size_t t = 0; plan->target && t < plan->n; t++)
        texts_release(&plan->target[t].bases);
    for (size_t c = 0; c < plan->corridors_count; c++) {
        geo_index_free(plan->corridors[c].index);
        geo_batch_free(plan->corridors[c].batch);
        free(plan->corridors[c].path);
    }
    texts_release(&plan->names);
    texts_release(&plan->ids);
    free(plan->flags);
    free(plan->asks);
    free(plan->corridors);
    free(plan->quantity);
    free(plan->where);
    free(plan->target);
    sheet_free(plan->sheet);
}
