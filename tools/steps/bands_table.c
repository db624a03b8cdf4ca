#include "steps/bands_table.h"

#include <math.h>
#include <stdlib.h>

#include "kit/table.h"
#include "kit/values.h"
#include "steps/try.h"

struct sum {
    uint64_t n;
    double ha;
};

struct tally {
    struct job *job;
    const struct bands_plan *plan;
    const char *by;
    struct values values; /* of the features' groups */
    size_t sums;          /* of a group: of each group of corridors, its bands */
    struct sum *sum;      /* of each group, its sums */
    size_t n, room;       /* groups that have theirs */
};

static enum geo_status add_sums(struct tally *tally)
{
    if (tally->n == tally->room) {
        const size_t room = tally->room ? 2 * tally->room : 16;
        struct sum *grown = reallocarray(tally->sum, room, tally->sums * sizeof *grown);
        if (!grown)
            return GEO_ENOMEM;
        tally->sum = grown;
        tally->room = room;
    }
    for (size_t k = 0; k < tally->sums; k++)
        tally->sum[tally->n * tally->sums + k] = (struct sum){0};
    tally->n++;
    return GEO_OK;
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
        size_t g;
        if (!values_find(&tally->values, batch, by, i, &g))
            return GEO_ENOMEM;
        if (g == tally->n)
            TRY(add_sums(tally));
        struct sum *sum = &tally->sum[g * tally->sums + i % tally->sums];
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
                table_add_text(table, plan->group[g].value->text);
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
    for (size_t g = 0; done && g < tally->n; g++) {
        const struct sum *sum = &tally->sum[g * tally->sums];
        for (size_t k = 0; k < tally->sums; k++) {
            total[k].n += sum[k].n;
            total[k].ha += sum[k].ha;
        }
        if (tally->by)
            add_rows(table, tally->plan, tally->values.value[g]->text, sum);
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
    const bool done = job_gather(job, step, n, &consumer) && print(&tally);
    values_release(&tally.values);
    free(tally.sum);
    return done;
}
