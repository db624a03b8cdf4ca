#include "kit/summary.h"

#include <math.h>
#include <stdlib.h>

#include "kit/table.h"
#include "kit/values.h"

struct group {
    uint64_t n;
    double ha;
    struct geo_batch *shapes; /* with --dissolve */
};

struct summary {
    struct values values; /* of the groups */
    struct group *group;
    size_t n, room;
};

/* What one table sums, and how. */
struct run {
    struct job *job;
    const char *column, *by;
    bool dissolve;
    struct summary *sums;
};

struct summary *summary_new(void)
{
    return calloc(1, sizeof(struct summary));
}

/* Adds to group g, which may be new. NULL: no memory. */
static struct group *add_sum(struct summary *s, size_t g, uint64_t n, double ha)
{
    if (g == s->room) {
        size_t room = s->room ? 2 * s->room : 16;
        struct group *grown = reallocarray(s->group, room, sizeof *grown);
        if (!grown)
            return NULL;
        s->group = grown;
        s->room = room;
    }
    if (g == s->n)
        s->group[s->n++] = (struct group){0};
    s->group[g].n += n;
    s->group[g].ha += ha;
    return &s->group[g];
}

/* Adds feature i. NULL: no memory. */
static struct group *add_feature(struct summary *s, const struct geo_batch *batch, size_t i,
                                 size_t column, size_t by)
{
    const struct geo_column *ha = &batch->column[column];
    size_t g;
    if (!values_find(&s->values, batch, by, i, &g))
        return NULL;
    return add_sum(s, g, 1, ha->cell_type[i] == GEO_TYPE_REAL ? ha->value[i].real : 0);
}

enum geo_status summary_add(struct summary *s, const struct geo_batch *batch, size_t column,
                            size_t by)
{
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->dropped[i] && !add_feature(s, batch, i, column, by))
            return GEO_ENOMEM;
    return GEO_OK;
}

bool summary_merge(struct summary *s, const struct summary *from)
{
    for (size_t g = 0; g < from->n; g++) {
        size_t here;
        if (!values_find_like(&s->values, from->values.value[g], &here) ||
            !add_sum(s, here, from->group[g].n, from->group[g].ha))
            return false;
    }
    return true;
}

uint64_t summary_total(const struct summary *s, double *ha)
{
    uint64_t n = 0;
    *ha = 0;
    for (size_t g = 0; g < s->n; g++) {
        n += s->group[g].n;
        *ha += s->group[g].ha;
    }
    return n;
}

static enum geo_status keep_shape(struct geo_ctx *ctx, struct group *group,
                                  const struct geo_batch *batch, size_t i)
{
    enum geo_status status = GEO_OK;
    if (!group->shapes && !(group->shapes = geo_batch_new()))
        return GEO_ENOMEM;
    for (size_t p = batch->part_start[i]; status == GEO_OK && p < batch->part_start[i + 1]; p++)
        status = geo_batch_copy_part(ctx, group->shapes, batch, p);
    return status == GEO_OK
               ? geo_batch_end_feature(ctx, group->shapes, batch->shape[i], batch->fid[i])
               : status;
}

static enum geo_status add_batch(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    const struct run *run = self;
    size_t column = geo_batch_find_column(batch, run->column);
    size_t by = run->by ? geo_batch_find_column(batch, run->by) : SIZE_MAX;
    enum geo_status status = GEO_OK;
    if (run->by && by == SIZE_MAX) {
        job_fail(run->job, GEO_EARG, "--by: the input has no column '%s'", run->by);
        return GEO_EARG;
    }
    if (!run->dissolve)
        return summary_add(run->sums, batch, column, by);
    for (size_t i = 0; status == GEO_OK && i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        struct group *group = add_feature(run->sums, batch, i, column, by);
        status = group ? keep_shape(ctx, group, batch, i) : GEO_ENOMEM;
    }
    return status;
}

/* ---- --dissolve ---- */

static bool dissolved_ha(struct job *job, const struct geo_batch *shapes, double *ha)
{
    struct geo_batch *whole = geo_batch_new();
    double area_m2 = 0;
    bool done = whole != NULL || job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && job_try(job, geo_dissolve(job->ctx, shapes, job->edges, whole)) &&
           job_try(job, geo_batch_end_feature(job->ctx, whole, GEO_SHAPE_MULTIPOLYGON, 0)) &&
           job_try(job, geo_area(job->ctx, whole, 0, job->edges, &area_m2, NULL));
    geo_batch_free(whole);
    *ha = area_m2 / 1e4;
    return done;
}

/* Measures each group's union, and the union of all. */
static bool dissolve(struct job *job, struct summary *s, double *total_ha)
{
    struct geo_batch *all = geo_batch_new();
    bool done = all != NULL || job_fail(job, GEO_ENOMEM, "out of memory");
    for (size_t g = 0; done && g < s->n; g++) {
        const struct geo_batch *shapes = s->group[g].shapes;
        done = dissolved_ha(job, shapes, &s->group[g].ha);
        for (size_t i = 0; done && i < shapes->n; i++)
            done = job_try(job,
                           geo_batch_copy_feature(job->ctx, all, shapes, i, true, GEO_SHAPE_NULL));
    }
    done = done && dissolved_ha(job, all, total_ha);
    geo_batch_free(all);
    return done;
}

/* ---- the table ---- */

static void add_row(struct table *table, const char *name, uint64_t n, double ha, double total)
{
    table_add_text(table, name);
    table_add_integer(table, (long long)n);
    table_add_real(table, ha);
    table_add_real(table, total > 0 ? 100 * ha / total : NAN);
}

static int by_ha(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one < other) - (one > other);
}

/* The least hectares of the `most` largest groups; of groups with just that, *ties are among them. */
static bool least_of(const struct summary *s, size_t most, double *least, size_t *ties)
{
    double *ha = calloc(s->n + 1, sizeof *ha);
    if (!ha)
        return false;
    for (size_t g = 0; g < s->n; g++)
        ha[g] = s->group[g].ha;
    qsort(ha, s->n, sizeof *ha, by_ha);
    *least = ha[most - 1];
    *ties = 0;
    for (size_t g = most; g > 0 && ha[g - 1] == *least; g--)
        ++*ties;
    free(ha);
    return true;
}

static bool choose(const struct summary *s, size_t most, bool *chosen)
{
    double least = -INFINITY;
    size_t ties = 0;
    if (most > 0 && most < s->n && !least_of(s, most, &least, &ties))
        return false;
    for (size_t g = 0; g < s->n; g++) {
        const double ha = s->group[g].ha;
        chosen[g] = most > 0 && (ha > least || (ha == least && ties > 0));
        ties -= chosen[g] && ha == least;
    }
    return true;
}

static struct table *new_table(void)
{
    static const struct table_column columns[] = {{"group", TABLE_TEXT, 0},
                                                  {"n", TABLE_INTEGER, 0},
                                                  {"ha", TABLE_REAL, 4},
                                                  {"pct", TABLE_REAL, 2}};
    return table_new(columns, sizeof columns / sizeof *columns);
}

static void add_groups(const struct summary *s, const bool *chosen, double total_ha,
                       struct table *table, struct summary_rest *rest)
{
    for (size_t g = 0; g < s->n; g++) {
        const struct group *group = &s->group[g];
        if (chosen[g]) {
            add_row(table, s->values.value[g]->text, group->n, group->ha, total_ha);
            continue;
        }
        rest->groups++;
        rest->n += group->n;
        rest->ha += group->ha;
    }
}

struct table *summary_table(const struct summary *s, size_t most, double total_ha,
                            struct summary_rest *rest)
{
    bool *chosen = calloc(s->n + 1, sizeof *chosen);
    struct table *table = chosen && choose(s, most, chosen) ? new_table() : NULL;
    *rest = (struct summary_rest){0};
    if (table)
        add_groups(s, chosen, total_ha, table, rest);
    free(chosen);
    return table;
}

static bool print(const struct run *run, double total_ha)
{
    double ha;
    struct summary_rest rest;
    struct table *table = summary_table(run->sums, run->by ? SIZE_MAX : 0, total_ha, &rest);
    if (!table)
        return job_fail(run->job, GEO_ENOMEM, "out of memory");
    add_row(table, "total", summary_total(run->sums, &ha), total_ha, total_ha);
    bool done = job_table(run->job, table);
    table_free(table);
    return done;
}

void summary_free(struct summary *s)
{
    if (!s)
        return;
    for (size_t g = 0; g < s->n; g++)
        geo_batch_free(s->group[g].shapes);
    free(s->group);
    values_release(&s->values);
    free(s);
}

bool summary_run(struct job *job, const struct geo_step *step, size_t n, const char *column,
                 const char *by, bool with_dissolve)
{
    struct run run = {
        .job = job, .column = column, .by = by, .dissolve = with_dissolve, .sums = summary_new()};
    struct geo_consumer consumer = {.self = &run, .take = add_batch};
    double total_ha = 0;
    bool done = run.sums != NULL || job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && job_gather(job, step, n, &consumer);
    if (done)
        summary_total(run.sums, &total_ha);
    if (done && with_dissolve)
        done = dissolve(job, run.sums, &total_ha);
    if (done)
        done = print(&run, total_ha);
    summary_free(run.sums);
    return done;
}
