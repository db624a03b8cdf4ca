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
    struct job *job;
    const char *column, *by;
    bool dissolve;
    struct values values; /* of the groups */
    struct group *group;
    size_t n, room;
};

static enum geo_status add_group(struct summary *s)
{
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 16;
        struct group *grown = reallocarray(s->group, room, sizeof *grown);
        if (!grown)
            return GEO_ENOMEM;
        s->group = grown;
        s->room = room;
    }
    s->group[s->n] = (struct group){.shapes = s->dissolve ? geo_batch_new() : NULL};
    if (s->dissolve && !s->group[s->n].shapes)
        return GEO_ENOMEM;
    s->n++;
    return GEO_OK;
}

static enum geo_status add_feature(struct geo_ctx *ctx, struct summary *s,
                                   const struct geo_batch *batch, size_t i, size_t column,
                                   size_t by)
{
    size_t g;
    if (!values_find(&s->values, batch, by, i, &g))
        return GEO_ENOMEM;
    if (g == s->n) {
        enum geo_status status = add_group(s);
        if (status != GEO_OK)
            return status;
    }
    struct group *group = &s->group[g];
    const struct geo_column *ha = &batch->column[column];
    group->n++;
    if (ha->cell_type[i] == GEO_TYPE_REAL)
        group->ha += ha->value[i].real;
    for (size_t p = batch->part_start[i]; s->dissolve && p < batch->part_start[i + 1]; p++) {
        enum geo_status status = geo_batch_copy_part(ctx, group->shapes, batch, p);
        if (status != GEO_OK)
            return status;
    }
    return s->dissolve ? geo_batch_end_feature(ctx, group->shapes, batch->shape[i], batch->fid[i])
                       : GEO_OK;
}

static enum geo_status add_batch(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct summary *s = self;
    size_t column = geo_batch_find_column(batch, s->column);
    size_t by = s->by ? geo_batch_find_column(batch, s->by) : SIZE_MAX;
    enum geo_status status = GEO_OK;
    if (s->by && by == SIZE_MAX) {
        job_fail(s->job, GEO_EARG, "--by: the input has no column '%s'", s->by);
        return GEO_EARG;
    }
    for (size_t i = 0; status == GEO_OK && i < batch->n; i++)
        if (!batch->dropped[i])
            status = add_feature(ctx, s, batch, i, column, by);
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

static bool print(struct job *job, const struct summary *s, double total_ha)
{
    static const struct table_column columns[] = {{"group", TABLE_TEXT, 0},
                                                  {"n", TABLE_INTEGER, 0},
                                                  {"ha", TABLE_REAL, 4},
                                                  {"pct", TABLE_REAL, 2}};
    uint64_t n = 0;
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    if (!table)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    for (size_t g = 0; g < s->n; g++) {
        if (s->by)
            add_row(table, s->values.value[g]->text, s->group[g].n, s->group[g].ha, total_ha);
        n += s->group[g].n;
    }
    add_row(table, "total", n, total_ha, total_ha);
    bool done = job_table(job, table);
    table_free(table);
    return done;
}

bool summary_run(struct job *job, const struct geo_step *step, size_t n, const char *column,
                 const char *by, bool with_dissolve)
{
    struct summary s = {.job = job, .column = column, .by = by, .dissolve = with_dissolve};
    struct geo_consumer consumer = {.self = &s, .take = add_batch};
    double total_ha = 0;
    bool done = job_gather(job, step, n, &consumer);
    for (size_t g = 0; g < s.n; g++)
        total_ha += s.group[g].ha;
    if (done && with_dissolve)
        done = dissolve(job, &s, &total_ha);
    if (done)
        done = print(job, &s, total_ha);
    for (size_t g = 0; g < s.n; g++)
        geo_batch_free(s.group[g].shapes);
    free(s.group);
    values_release(&s.values);
    return done;
}
