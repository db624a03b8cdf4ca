#include "steps/bands_table.h"

#include <math.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "kit/table.h"

#define NAME_ROOM 1024

struct sum {
    uint64_t n;
    double ha;
};

/* A group's sums: of each group of corridors, its bands. */
struct group {
    char *name;
    struct sum *sum;
    struct group *next; /* in order of first appearance */
};

struct tally {
    struct job *job;
    const struct bands_plan *plan;
    const char *by;
    size_t sums; /* of a group */
    void *index; /* tree of struct group, by name */
    struct group *first, **end;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct group *)a)->name, ((const struct group *)b)->name);
}

static void free_group(void *data)
{
    struct group *group = data;
    free(group->name);
    free(group->sum);
    free(group);
}

/* The group of a name; NULL if memory is out. */
static struct group *find_group(struct tally *tally, const char *name)
{
    struct group wanted = {.name = (char *)(uintptr_t)name};
    struct group **found = tfind(&wanted, &tally->index, by_name);
    if (found)
        return *found;
    struct group *group = calloc(1, sizeof *group);
    if (!group)
        return NULL;
    group->name = strdup(name);
    group->sum = calloc(tally->sums + 1, sizeof *group->sum);
    if (!group->name || !group->sum || !tsearch(group, &tally->index, by_name)) {
        free_group(group);
        return NULL;
    }
    *tally->end = group;
    tally->end = &group->next;
    return group;
}

/* The rows of a feature follow one another, as many as a group has sums. */
static enum geo_status add_batch(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct tally *tally = self;
    const struct geo_column *ha = &batch->column[geo_batch_find_column(batch, "ha")];
    const size_t by = tally->by ? geo_batch_find_column(batch, tally->by) : SIZE_MAX;
    (void)ctx;
    if (tally->by && by == SIZE_MAX) {
        job_fail(tally->job, GEO_EARG, "--by: the input has no column '%s'", tally->by);
        return GEO_EARG;
    }
    for (size_t i = 0; i < batch->n; i++) {
        char name[NAME_ROOM] = "";
        if (by != SIZE_MAX)
            geo_batch_cell_text(batch, &batch->column[by], i, name, sizeof name);
        struct group *group = find_group(tally, name);
        if (!group)
            return GEO_ENOMEM;
        struct sum *sum = &group->sum[i % tally->sums];
        if (ha->cell_type[i] == GEO_TYPE_REAL && ha->value[i].real > 0) {
            sum->n++;
            sum->ha += ha->value[i].real;
        }
    }
    return GEO_OK;
}

static void add_rows(struct table *table, const struct bands_plan *plan, const char *name,
                     const struct sum *sum)
{
    const size_t bands = plan->n + 1;
    for (size_t g = 0; g < plan->group_count; g++) {
        double all = 0;
        for (size_t k = 0; k < bands; k++)
            all += sum[g * bands + k].ha;
        for (size_t k = 0; k < bands; k++) {
            const struct sum *s = &sum[g * bands + k];
            table_add_text(table, name);
            if (plan->grouped)
                table_add_text(table, plan->group[g].value);
            table_add_text(table, plan->band[k]);
            table_add_integer(table, (long long)s->n);
            table_add_real(table, s->ha);
            table_add_real(table, all > 0 ? 100 * (s->ha / all) : NAN);
        }
    }
}

static bool print(struct tally *tally)
{
    static const struct table_column columns[] = {
        {"group", TABLE_TEXT, 0}, {"corridor", TABLE_TEXT, 0}, {"band", TABLE_TEXT, 0},
        {"n", TABLE_INTEGER, 0},  {"ha", TABLE_REAL, 4},       {"pct", TABLE_REAL, 2}};
    struct table_column chosen[sizeof columns / sizeof *columns];
    size_t n = 0;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        if (c != 1 || tally->plan->grouped)
            chosen[n++] = columns[c];
    struct sum *total = calloc(tally->sums + 1, sizeof *total);
    struct table *table = table_new(chosen, n);
    bool done = total && table;
    for (const struct group *group = tally->first; done && group; group = group->next) {
        for (size_t k = 0; k < tally->sums; k++) {
            total[k].n += group->sum[k].n;
            total[k].ha += group->sum[k].ha;
        }
        if (tally->by)
            add_rows(table, tally->plan, group->name, group->sum);
    }
    if (done)
        add_rows(table, tally->plan, "total", total);
    done = done ? job_table(tally->job, table) : job_fail(tally->job, GEO_ENOMEM, "out of memory");
    table_free(table);
    free(total);
    return done;
}

bool bands_table(struct job *job, const struct bands_plan *plan, const struct geo_step *step,
                 size_t n, const char *by)
{
    struct tally tally = {
        .job = job, .plan = plan, .by = by, .sums = plan->group_count * (plan->n + 1)};
    const struct geo_consumer consumer = {.self = &tally, .take = add_batch};
    tally.end = &tally.first;
    const bool done = job_gather(job, step, n, &consumer) && print(&tally);
    tdestroy(tally.index, free_group);
    return done;
}
