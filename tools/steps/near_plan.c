/* Which columns name a corridor, and the corridors by value for --each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/slug.h"
#include "steps/near.h"

static size_t first_of(const struct geo_batch *corridors, const char *const *name)
{
    size_t column = SIZE_MAX;
    for (; *name && column == SIZE_MAX; name++)
        column = geo_batch_find_column(corridors, *name);
    return column;
}

const struct geo_column *near_identity(const struct near_plan *plan, size_t corridor)
{
    const struct geo_batch *c = plan->corridors;
    if (plan->id != SIZE_MAX && c->column[plan->id].cell_type[corridor] != GEO_TYPE_NULL)
        return &c->column[plan->id];
    return c->id.value && c->id.cell_type[corridor] != GEO_TYPE_NULL ? &c->id : NULL;
}

/* The type that holds the identity of every corridor. */
static enum geo_type identity_type(const struct near_plan *plan)
{
    enum geo_type type = GEO_TYPE_NULL;
    for (size_t i = 0; i < plan->corridors->n; i++) {
        const struct geo_column *id = near_identity(plan, i);
        type = geo_type_widen(type, id ? (enum geo_type)id->cell_type[i] : GEO_TYPE_INT);
    }
    return type == GEO_TYPE_NULL ? GEO_TYPE_INT : type;
}

bool near_choose_columns(struct near_plan *plan, const char *id_field, const char *name_field,
                         const char **missing)
{
    const char *ids[] = {id_field ? id_field : "id", NULL};
    const char *names[] = {name_field ? name_field : "name", name_field ? NULL : "ten", NULL};
    plan->id = first_of(plan->corridors, ids);
    plan->name = first_of(plan->corridors, names);
    plan->id_type = identity_type(plan);
    *missing = id_field && plan->id == SIZE_MAX       ? id_field
               : name_field && plan->name == SIZE_MAX ? name_field
                                                      : NULL;
    return *missing == NULL;
}

/* The name of a value's column: m_ and the value in plain letters, with a number where another value
 * came to the same name first. */
static void name_each(const struct near_plan *plan, struct near_each *each)
{
    char slug[60];
    slug_of(each->value, slug, sizeof slug);
    snprintf(each->name, sizeof each->name, "m_%s", slug);
    for (int number = 2;; number++) {
        size_t e = 0;
        while (e < plan->each_count && strcmp(plan->each[e].name, each->name))
            e++;
        if (e == plan->each_count)
            return;
        each->is_renamed = true;
        snprintf(each->name, sizeof each->name, "m_%s_%d", slug, number);
    }
}

/* The group a corridor belongs to; made when its value appears first. NULL: no memory. */
static struct near_each *each_of(struct near_plan *plan, const struct geo_batch *corridors,
                                 size_t column, size_t i)
{
    struct near_each each = {.is_null = corridors->column[column].cell_type[i] == GEO_TYPE_NULL};
    geo_batch_cell_text(corridors, &corridors->column[column], i, each.value, sizeof each.value);
    for (size_t e = 0; e < plan->each_count; e++)
        if (plan->each[e].is_null == each.is_null && !strcmp(plan->each[e].value, each.value))
            return &plan->each[e];
    struct near_each *grown = reallocarray(plan->each, plan->each_count + 1, sizeof *grown);
    if (!grown)
        return NULL;
    plan->each = grown;
    name_each(plan, &each);
    each.corridors = geo_batch_new();
    if (!each.corridors)
        return NULL;
    grown[plan->each_count] = each;
    return &grown[plan->each_count++];
}

enum geo_status near_split(struct geo_ctx *ctx, struct near_plan *plan, const char *field,
                           enum geo_edges edges)
{
    const struct geo_batch *c = plan->corridors;
    enum geo_status status = GEO_OK;
    size_t column = geo_batch_find_column(c, field);
    if (column == SIZE_MAX)
        return GEO_EARG;
    for (size_t i = 0; status == GEO_OK && i < c->n; i++) {
        struct near_each *each = each_of(plan, c, column, i);
        if (!each)
            return GEO_ENOMEM;
        for (size_t p = c->part_start[i]; status == GEO_OK && p < c->part_start[i + 1]; p++)
            status = geo_batch_copy_part(ctx, each->corridors, c, p);
        if (status == GEO_OK)
            status = geo_batch_end_feature(ctx, each->corridors, c->shape[i], c->fid[i]);
    }
    for (size_t e = 0; status == GEO_OK && e < plan->each_count; e++)
        status = geo_index_new(ctx, plan->each[e].corridors, edges, &plan->each[e].index);
    return status;
}

void near_release(struct near_plan *plan)
{
    for (size_t e = 0; e < plan->each_count; e++) {
        geo_index_free(plan->each[e].index);
        geo_batch_free(plan->each[e].corridors);
    }
    free(plan->each);
    plan->each = NULL;
    plan->each_count = 0;
}
