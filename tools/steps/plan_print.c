/* The verdict on each target, and the table of them. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "steps/plan.h"

/* Bases that a note names at most, in data and below a table for people. */
enum { BASES_IN_DATA = 50, BASES_TO_PEOPLE = 5 };

/* What people read, in a language. */
struct words {
    const char *verdict[PLAN_NO_THRESHOLD + 1];
    const char *bases, *more, *not_stated; /* 3 BASES: a; b AND 1 MORE */
    const char *of, *features, *without;   /* 4 OF 26 HAVE NO VALUE */
    const char *lacks;
};

static const struct words english = {
    .verdict = {"met", "short", "open", "no data", "no threshold"},
    .bases = "different bases in this sum",
    .more = "and more",
    .not_stated = "not stated",
    .of = "of",
    .features = "features",
    .without = "features have no value",
    .lacks = "a layer that it asks for is not given",
};

static const struct words vietnamese = {
    .verdict = {"đạt", "chưa đạt", "chưa đến hạn", "không có dữ liệu", "không có ngưỡng"},
    .bases = "cơ sở số liệu khác nhau trong tổng này",
    .more = "và còn nữa",
    .not_stated = "không nêu",
    .of = "trong",
    .features = "đối tượng",
    .without = "đối tượng không có giá trị",
    .lacks = "thiếu một lớp dữ liệu mà chỉ tiêu này cần",
};

static const char *const ops[] = {">=", "<=", "=", ">", "<", NULL};

static bool is_share(const struct plan_target *t)
{
    return t->kind == PLAN_SHARE_BY_COUNT || t->kind == PLAN_SHARE_BY_AREA;
}

/* NAN: the data say nothing. Nothing asked for among features that are there sums up to 0, and a
 * layer without features has 0 of them. */
static double measured(const struct plan_target *t)
{
    if (t->lacks_layer)
        return NAN;
    if (is_share(t))
        return t->whole_sum > 0 ? 100 * t->sum / t->whole_sum : NAN;
    if (t->kind == PLAN_COUNT)
        return t->sum;
    return t->read == 0 || (t->taken > 0 && t->valued == 0) ? NAN : t->sum;
}

/* What lacks to the target; 0 or less where it is met. */
static double gap(const struct plan_target *t, double found)
{
    double lack = t->value - found;
    return t->op == PLAN_AT_LEAST || t->op == PLAN_MORE ? lack
           : t->op == PLAN_EQUAL                        ? fabs(lack)
                                                        : -lack;
}

static enum plan_verdict judge(const struct plan_target *t, double found, int as_of)
{
    double close = 1e-9 * fabs(t->value); /* areas are right to that; sums round */
    bool is_strict = t->op == PLAN_MORE || t->op == PLAN_LESS;
    if (isnan(found))
        return PLAN_NO_DATA;
    if (t->op == PLAN_NO_OP || isnan(t->value))
        return PLAN_NO_THRESHOLD;
    if (is_strict ? gap(t, found) < -close : gap(t, found) <= close)
        return PLAN_MET;
    return t->horizon * 10000 + 1231 > as_of && t->horizon ? PLAN_OPEN : PLAN_SHORT;
}

/* ---- notes ---- */

static void write_bases(FILE *out, const struct texts *bases, const struct words *words,
                        size_t shown)
{
    fprintf(out, "%s%zu %s: ", ftell(out) > 0 ? "; " : "", bases->n, words->bases);
    for (size_t b = 0; b < bases->n && b < shown; b++) {
        const char *text = texts_at(bases, b);
        fprintf(out, "%s%s", b ? " | " : "", *text ? text : words->not_stated);
        if (bases->entry[b].count > 1)
            fprintf(out, " (%" PRIu64 ")", bases->entry[b].count);
    }
    if (bases->n > shown)
        fprintf(out, " | %s", words->more);
}

/* What must be known beside a number; "" if nothing. The caller frees it; NULL: no memory. */
static char *write_note(const struct plan_target *t, const struct words *words, size_t bases)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    if (t->lacks_layer)
        fprintf(out, "%s", words->lacks);
    else if (t->kind == PLAN_SHARE_BY_COUNT)
        fprintf(out, "%.0f %s %.0f %s", t->sum, words->of, t->whole_sum, words->features);
    else if (t->kind == PLAN_SHARE_BY_AREA)
        fprintf(out, "%.4f %s %.4f ha", t->sum, words->of, t->whole_sum);
    if (t->taken > t->valued)
        fprintf(out, "%s%" PRIu64 " %s %" PRIu64 " %s", ftell(out) > 0 ? "; " : "",
                t->taken - t->valued, words->of, t->taken, words->without);
    if (t->bases.n > 1)
        write_bases(out, &t->bases, words, bases);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *plan_note(const struct plan *plan, size_t target, bool is_vietnamese)
{
    return write_note(&plan->target[target], is_vietnamese ? &vietnamese : &english, BASES_IN_DATA);
}

/* ---- the table ---- */

enum field { ID, HORIZON, TEXT, OP, TARGET, MEASURED, GAP, UNIT, VERDICT, SOURCE, NOTE, FIELDS };

/* One form of the table: which fields, and how they are called. */
struct form {
    size_t n;
    enum field field[FIELDS];
    struct table_column column[FIELDS];
};

/* For programs. */
static const struct form data_form = {
    FIELDS,
    {ID, HORIZON, TEXT, OP, TARGET, MEASURED, GAP, UNIT, VERDICT, SOURCE, NOTE},
    {{"id", TABLE_TEXT, 0},
     {"horizon", TABLE_INTEGER, 0},
     {"text", TABLE_TEXT, 0},
     {"op", TABLE_TEXT, 0},
     {"target", TABLE_REAL, 9},
     {"measured", TABLE_REAL, 4},
     {"gap", TABLE_REAL, 4},
     {"unit", TABLE_TEXT, 0},
     {"verdict", TABLE_TEXT, 0},
     {"source", TABLE_TEXT, 0},
     {"note", TABLE_TEXT, 0}},
};

/* For people: the text comes last, where it may be long; notes stand below the table. */
#define PEOPLE_FIELDS                                                       \
    NOTE,                                                                   \
    {                                                                       \
        ID, HORIZON, OP, TARGET, MEASURED, GAP, UNIT, VERDICT, SOURCE, TEXT \
    }

static const struct form english_form = {
    PEOPLE_FIELDS,
    {{"id", TABLE_TEXT, 0},
     {"horizon", TABLE_INTEGER, 0},
     {"", TABLE_TEXT, 0},
     {"target", TABLE_REAL, 4},
     {"measured", TABLE_REAL, 4},
     {"gap", TABLE_REAL, 4},
     {"unit", TABLE_TEXT, 0},
     {"verdict", TABLE_TEXT, 0},
     {"source", TABLE_TEXT, 0},
     {"text", TABLE_TEXT, 0}},
};

static const struct form vietnamese_form = {
    PEOPLE_FIELDS,
    {{"mã", TABLE_TEXT, 0},
     {"năm", TABLE_INTEGER, 0},
     {"", TABLE_TEXT, 0},
     {"chỉ tiêu", TABLE_REAL, 4},
     {"đo được", TABLE_REAL, 4},
     {"còn thiếu", TABLE_REAL, 4},
     {"đơn vị", TABLE_TEXT, 0},
     {"kết luận", TABLE_TEXT, 0},
     {"nguồn", TABLE_TEXT, 0},
     {"nội dung", TABLE_TEXT, 0}},
};

/* A target with what came of it. */
struct result {
    const struct plan_target *target;
    double measured, gap;
    enum plan_verdict verdict;
    char *note;
};

static const char *unit_of(const struct plan *plan, const struct plan_target *t)
{
    return t->kind == PLAN_AREA ? "ha"
           : is_share(t)        ? "%"
                                : sheet_text(plan->sheet, t->row, PLAN_UNIT);
}

static void add_cell(struct table *table, const struct plan *plan, const struct words *words,
                     const struct result *r, enum field field)
{
    const struct plan_target *t = r->target;
    const char *const text[FIELDS] = {[ID] = sheet_text(plan->sheet, t->row, PLAN_ID),
                                      [TEXT] = sheet_text(plan->sheet, t->row, PLAN_TEXT),
                                      [OP] = ops[t->op],
                                      [UNIT] = unit_of(plan, t),
                                      [VERDICT] = words->verdict[r->verdict],
                                      [SOURCE] = sheet_text(plan->sheet, t->row, PLAN_SOURCE),
                                      [NOTE] = r->note};
    if (field == HORIZON && t->horizon)
        table_add_integer(table, t->horizon);
    else if (field == TARGET)
        table_add_short(table, t->value);
    else if (field == MEASURED)
        table_add_short(table, r->measured);
    else if (field == GAP)
        table_add_short(table, r->gap);
    else
        table_add_text(table, text[field]);
}

static struct result conclude(const struct plan_target *t, int as_of, const struct words *words)
{
    double found = measured(t), lack = gap(t, found);
    return (struct result){.target = t,
                           .measured = found,
                           .gap = lack < 0 ? 0 : lack,
                           .verdict = judge(t, found, as_of),
                           .note = write_note(t, words, BASES_IN_DATA)};
}

static struct table *fill(const struct plan *plan, const struct form *form,
                          const struct words *words, int as_of)
{
    struct table *table = table_new(form->column, form->n);
    for (size_t t = 0; table && t < plan->n; t++) {
        struct result r = conclude(&plan->target[t], as_of, words);
        if (!r.note) {
            table_free(table);
            table = NULL;
        }
        for (size_t f = 0; table && f < form->n; f++)
            add_cell(table, plan, words, &r, form->field[f]);
        free(r.note);
    }
    if (!table)
        job_fail(plan->job, GEO_ENOMEM, "out of memory");
    return table;
}

struct table *plan_table(const struct plan *plan, int as_of)
{
    return fill(plan, &data_form, &english, as_of);
}

/* Short targets are what the job's check fails by. */
static bool is_any_short(const struct plan *plan, int as_of)
{
    size_t t = 0;
    while (t < plan->n && judge(&plan->target[t], measured(&plan->target[t]), as_of) != PLAN_SHORT)
        t++;
    return t < plan->n;
}

/* The notes that the table has no room for. */
static void tell_notes(const struct plan *plan, const struct words *words)
{
    for (size_t t = 0; t < plan->n; t++) {
        char *text = write_note(&plan->target[t], words, BASES_TO_PEOPLE);
        if (text && *text)
            say_note(&plan->job->say, "%s: %s", sheet_text(plan->sheet, t, PLAN_ID), text);
        free(text);
    }
}

bool plan_print(const struct plan *plan, int as_of, bool is_vietnamese)
{
    enum table_format format;
    if (!job_table_format(plan->job, &format))
        return false;
    bool to_people = format == TABLE_ALIGNED;
    const struct form *form = !to_people      ? &data_form
                              : is_vietnamese ? &vietnamese_form
                                              : &english_form;
    const struct words *words = to_people && is_vietnamese ? &vietnamese : &english;
    struct table *table = fill(plan, form, words, as_of);
    plan->job->decimal_mark = is_vietnamese ? ',' : '.';
    plan->job->failed_check = plan->job->failed_check || is_any_short(plan, as_of);
    bool done = table && job_table(plan->job, table);
    table_free(table);
    if (done && to_people)
        tell_notes(plan, words);
    return done;
}
