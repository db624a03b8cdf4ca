/* Filters the features of each layer for each target, counts and sums them. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/plan.h"
#include "steps/try.h"

enum { CELL_ROOM = 1024 };

static bool no_memory(const struct plan *plan)
{
    return job_fail(plan->job, GEO_ENOMEM, "out of memory");
}

/* ---- layers ---- */

/* The names in a target's cell: between +, where they may hold blanks, else words. */
struct names {
    const char *at;
    char separator, name[256];
};

static struct names names_of(const char *cell)
{
    return (struct names){.at = cell, .separator = strchr(cell, '+') ? '+' : ' '};
}

static bool next_name(struct names *names)
{
    const char all[] = {' ', names->separator, '\0'}, one[] = {names->separator, '\0'};
    names->at += strspn(names->at, all);
    size_t n = strcspn(names->at, one);
    const char *begin = names->at;
    names->at += n;
    while (n > 0 && begin[n - 1] == ' ')
        n--;
    snprintf(names->name, sizeof names->name, "%.*s", (int)n, begin);
    return n > 0;
}

static bool asks_for(const char *cell, const char *name)
{
    struct names names = names_of(cell);
    bool asks = !strcmp(cell, name);
    while (!asks && next_name(&names))
        asks = !strcmp(names.name, name);
    return asks;
}

static bool remember(struct plan *plan, const char *name)
{
    return texts_add(&plan->names, name) != UINT64_MAX || no_memory(plan);
}

bool plan_begin_layer(struct plan *plan, const char *file, const char *layer)
{
    bool is_asked = false;
    snprintf(plan->file, sizeof plan->file, "%s", file);
    if (!remember(plan, file) || !remember(plan, layer))
        return false;
    for (size_t t = 0; t < plan->n; t++) {
        const char *cell = sheet_text(plan->sheet, t, PLAN_LAYER);
        plan->asks[t] = asks_for(cell, file) || asks_for(cell, layer);
        is_asked = is_asked || plan->asks[t];
    }
    if (!is_asked)
        say_note(&plan->job->say, "no target asks for the layer %s", file);
    return is_asked;
}

/* ---- filters ---- */

/* The flags of a batch of n features: those dropped as it came, then by filter where. */
static uint8_t *flags_of(const struct plan *plan, size_t n, size_t where)
{
    return plan->flags + (where == SIZE_MAX ? 0 : where + 1) * n;
}

static bool reserve_flags(struct plan *plan, size_t n)
{
    if (n <= plan->flags_room)
        return true;
    uint8_t *grown = reallocarray(plan->flags, n, plan->where_count + 1);
    if (!grown)
        return no_memory(plan);
    plan->flags = grown;
    plan->flags_room = n;
    return true;
}

/* The first target that asks the layer for a filter; n: none. */
static size_t asked_by(const struct plan *plan, size_t where)
{
    size_t t = 0;
    while (t < plan->n && !(plan->asks[t] && plan->target[t].where == where))
        t++;
    return t;
}

static enum geo_status filter_all(struct geo_ctx *ctx, struct plan *plan, struct geo_batch *batch)
{
    size_t n = batch->n;
    memcpy(plan->flags, batch->dropped, n);
    for (size_t w = 0; w < plan->where_count; w++) {
        size_t t = asked_by(plan, w);
        if (t == plan->n)
            continue;
        enum geo_status status = geo_batch_filter(ctx, batch, plan->where[w]);
        if (status == GEO_EARG)
            sheet_fail(plan->job, plan->sheet, plan->target[t].row, PLAN_WHERE,
                       "does not fit the layer %s: %s", plan->file, geo_ctx_message(ctx));
        TRY(status);
        memcpy(flags_of(plan, n, w), batch->dropped, n);
        memcpy(batch->dropped, plan->flags, n);
    }
    return GEO_OK;
}

/* ---- sums ---- */

static bool is_summable(enum geo_type type)
{
    return type == GEO_TYPE_NULL || type == GEO_TYPE_BOOL || type == GEO_TYPE_INT ||
           type == GEO_TYPE_REAL;
}

static const struct geo_column *quantity_of(const struct plan *plan, const struct geo_batch *batch,
                                            size_t q)
{
    return &batch->column[batch->column_count - plan->quantity_count + q];
}

/* The column of a target's values; NULL: it counts, or this layer has no such column. */
static bool find_column(const struct plan *plan, struct plan_target *target,
                        const struct geo_batch *batch, const struct geo_column **column)
{
    *column = NULL;
    if (target->kind == PLAN_COUNT)
        return true;
    if (target->kind != PLAN_SUM) {
        *column = quantity_of(plan, batch, target->quantity);
        return true;
    }
    const char *name = sheet_text(plan->sheet, target->row, PLAN_MEASURE);
    size_t found = geo_batch_find_column(batch, name);
    if (found == SIZE_MAX)
        return true;
    if (!is_summable(batch->column[found].type))
        return sheet_fail(plan->job, plan->sheet, target->row, PLAN_MEASURE,
                          "is a column of %s in the layer %s: only numbers can be summed",
                          geo_type_name(batch->column[found].type), plan->file);
    target->has_column = true;
    *column = &batch->column[found];
    return true;
}

/* Whether a cell has a number. */
static bool number_of(const struct geo_column *column, size_t i, double *value)
{
    enum geo_type type = column->cell_type[i];
    *value = type == GEO_TYPE_REAL ? column->value[i].real : (double)column->value[i].integer;
    return type == GEO_TYPE_REAL || type == GEO_TYPE_INT || type == GEO_TYPE_BOOL;
}

static bool add_basis(const struct plan *plan, struct plan_target *target,
                      const struct geo_batch *batch, size_t basis, size_t i)
{
    char text[CELL_ROOM];
    geo_batch_cell_text(batch, &batch->column[basis], i, text, sizeof text);
    return texts_add(&target->bases, text) != UINT64_MAX || no_memory(plan);
}

static bool tally(const struct plan *plan, struct plan_target *target,
                  const struct geo_batch *batch)
{
    const uint8_t *dropped = flags_of(plan, batch->n, SIZE_MAX);
    const uint8_t *passed_over = flags_of(plan, batch->n, target->where);
    bool is_sum = target->kind == PLAN_AREA || target->kind == PLAN_SUM;
    size_t basis = is_sum ? geo_batch_find_column(batch, "basis") : SIZE_MAX;
    const struct geo_column *column, *whole = NULL;
    if (!find_column(plan, target, batch, &column))
        return false;
    if (target->kind == PLAN_SHARE_BY_AREA)
        whole = quantity_of(plan, batch, target->whole);
    for (size_t i = 0; i < batch->n; i++) {
        double value = 1;
        target->read += !dropped[i];
        target->taken += !passed_over[i];
        if (passed_over[i] || (column ? !number_of(column, i, &value) : is_sum))
            continue;
        target->valued++;
        target->sum += value;
        target->whole_sum += whole && number_of(whole, i, &value) ? value : 1;
        if (basis != SIZE_MAX && !add_basis(plan, target, batch, basis, i))
            return false;
    }
    return true;
}

/* ---- one feature, one id ---- */

static bool add_id(struct plan *plan, const struct geo_batch *batch, const struct geo_column *id,
                   size_t i)
{
    char key[sizeof plan->file + CELL_ROOM];
    int n = snprintf(key, sizeof key, "%s\n", plan->file);
    geo_batch_cell_text(batch, id, i, key + n, CELL_ROOM);
    uint64_t before = texts_add(&plan->ids, key);
    if (before == UINT64_MAX)
        return no_memory(plan);
    return before == 0 ||
           job_fail(plan->job, GEO_EREAD,
                    "%s: two features have the %s '%s', the second is feature %" PRId64
                    ": each counts once; --id-field names another column",
                    plan->file, id->name ? id->name : "id", key + n, batch->fid[i]);
}

static bool add_ids(struct plan *plan, const struct geo_batch *batch)
{
    size_t column = geo_batch_find_column(batch, plan->id_field ? plan->id_field : "id");
    const struct geo_column *id = column != SIZE_MAX ? &batch->column[column] : &batch->id;
    if (column == SIZE_MAX && plan->id_field)
        return job_fail(plan->job, GEO_EARG, "--id-field: the layer %s has no column '%s'",
                        plan->file, plan->id_field);
    for (size_t i = 0; id->value && i < batch->n; i++)
        if (!batch->dropped[i] && id->cell_type[i] != GEO_TYPE_NULL && !add_id(plan, batch, id, i))
            return false;
    return true;
}

static enum geo_status take(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct plan *plan = self;
    if (!reserve_flags(plan, batch->n))
        return GEO_ENOMEM;
    TRY(filter_all(ctx, plan, batch));
    for (size_t t = 0; t < plan->n; t++)
        if (plan->asks[t] && !tally(plan, &plan->target[t], batch))
            return plan->job->status;
    return add_ids(plan, batch) ? GEO_OK : plan->job->status;
}

struct geo_consumer plan_consumer(struct plan *plan)
{
    return (struct geo_consumer){.self = plan, .take = take};
}

/* ---- the end ---- */

/* The first layer of a target that was not given; "" if all were. */
static struct names lacking(const struct plan *plan, const struct plan_target *target)
{
    const char *cell = sheet_text(plan->sheet, target->row, PLAN_LAYER);
    struct names names = names_of(cell);
    if (!texts_has(&plan->names, cell))
        while (next_name(&names))
            if (!texts_has(&plan->names, names.name))
                return names;
    names.name[0] = '\0';
    return names;
}

static bool check_column(const struct plan *plan, const struct plan_target *target)
{
    if (target->kind == PLAN_SUM && !target->has_column && !target->lacks_layer)
        return sheet_fail(plan->job, plan->sheet, target->row, PLAN_MEASURE,
                          "is neither count, area_ha, a share-within nor a column of the "
                          "layers it is asked of");
    return true;
}

bool plan_check(const struct plan *plan)
{
    for (size_t t = 0; t < plan->n; t++) {
        const struct plan_target *target = &plan->target[t];
        const struct names lack = lacking(plan, target);
        if (lack.name[0])
            return sheet_fail(plan->job, plan->sheet, target->row, PLAN_LAYER,
                              "asks for '%s', which is not among the layers given", lack.name);
        if (!check_column(plan, target))
            return false;
    }
    return true;
}

bool plan_check_given(struct plan *plan)
{
    for (size_t t = 0; t < plan->n; t++) {
        struct plan_target *target = &plan->target[t];
        const struct names lack = lacking(plan, target);
        target->lacks_layer = lack.name[0] != '\0';
        if (target->lacks_layer)
            say_note(&plan->job->say, "target %s asks for the layer '%s', which is not given",
                     sheet_text(plan->sheet, t, PLAN_ID), lack.name);
        if (!check_column(plan, target))
            return false;
    }
    return true;
}
