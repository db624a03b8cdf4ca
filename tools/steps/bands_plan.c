/* The names of bands, and the corridors by value. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "steps/bands.h"
#include "steps/try.h"

bool bands_check(struct job *job, const struct opt_lengths *bands)
{
    const double *at_m = bands->at_m;
    for (size_t k = 0; k < bands->n; k++) {
        if (at_m[k] < GEO_WITHIN_MIN_M)
            return job_fail(job, GEO_EARG,
                            "--bands: a band cannot end at %g m: the first ends at %g m or more",
                            at_m[k], GEO_WITHIN_MIN_M);
        if (k && at_m[k] <= at_m[k - 1])
            return job_fail(job, GEO_EARG, "--bands: %g m comes after %g m: name them growing",
                            at_m[k], at_m[k - 1]);
    }
    return true;
}

static bool is_whole(const struct bands_plan *plan, double unit_m)
{
    for (size_t k = 0; k < plan->n; k++) {
        const double units = plan->edge_m[k] / unit_m;
        if (fabs(units - round(units)) > 1e-9 * units)
            return false;
    }
    return true;
}

void bands_name(struct bands_plan *plan, bool short_names)
{
    static const struct {
        const char *name;
        double m;
    } units[] = {{"km", 1e3}, {"m", 1}, {"cm", 1e-2}, {"mm", 1e-3}, {"um", 1e-6}};
    size_t u = 0;
    while (u + 1 < sizeof units / sizeof *units && !is_whole(plan, units[u].m))
        u++;
    double last = 0;
    for (size_t k = 0; k <= plan->n; k++) {
        const double edge = k < plan->n ? round(plan->edge_m[k] / units[u].m) : INFINITY;
        if (k < plan->n)
            snprintf(plan->band[k], sizeof plan->band[k], "%.0f_%.0f%s", last, edge, units[u].name);
        else
            snprintf(plan->band[k], sizeof plan->band[k], "beyond");
        if (short_names && k < plan->n)
            snprintf(plan->suffix[k], sizeof plan->suffix[k], "b%zu", k + 1);
        else
            snprintf(plan->suffix[k], sizeof plan->suffix[k], "%s", plan->band[k]);
        last = edge;
    }
}

static enum geo_status add_group(struct bands_plan *plan, const struct value *value)
{
    if (plan->group_count == plan->group_room) {
        const size_t room = plan->group_room ? 2 * plan->group_room : 16;
        struct bands_group *grown = reallocarray(plan->group, room, sizeof *grown);
        if (!grown)
            return GEO_ENOMEM;
        plan->group = grown;
        plan->group_room = room;
    }
    struct geo_batch *corridors = geo_batch_new();
    if (!corridors)
        return GEO_ENOMEM;
    plan->group[plan->group_count++] = (struct bands_group){value, corridors, NULL};
    return GEO_OK;
}

/* Adds a corridor to the group of its value, which is made when it appears first. */
static enum geo_status add_corridor(struct geo_ctx *ctx, struct bands_plan *plan,
                                    const struct geo_batch *corridors, size_t i, size_t column)
{
    size_t g;
    if (!values_find(&plan->values, corridors, column, i, &g))
        return GEO_ENOMEM;
    if (g == plan->group_count)
        TRY(add_group(plan, plan->values.value[g]));
    struct geo_batch *to = plan->group[g].corridors;
    for (size_t p = corridors->part_start[i]; p < corridors->part_start[i + 1]; p++)
        TRY(geo_batch_copy_part(ctx, to, corridors, p));
    return geo_batch_end_feature(ctx, to, corridors->shape[i], corridors->fid[i]);
}

enum geo_status bands_split(struct geo_ctx *ctx, struct bands_plan *plan,
                            const struct geo_batch *corridors, const char *field,
                            enum geo_edges edges)
{
    const size_t column = field ? geo_batch_find_column(corridors, field) : SIZE_MAX;
    if (field && column == SIZE_MAX)
        return GEO_EARG;
    for (size_t i = 0; i < corridors->n; i++)
        TRY(add_corridor(ctx, plan, corridors, i, column));
    if (!field && plan->group_count == 0)
        TRY(add_group(plan, NULL));
    for (size_t g = 0; g < plan->group_count; g++)
        TRY(geo_index_new(ctx, plan->group[g].corridors, edges, &plan->group[g].index));
    return GEO_OK;
}

void bands_release(struct bands_plan *plan)
{
    for (size_t g = 0; g < plan->group_count; g++) {
        geo_index_free(plan->group[g].index);
        geo_batch_free(plan->group[g].corridors);
    }
    free(plan->group);
    values_release(&plan->values);
    plan->group = NULL;
    plan->group_count = plan->group_room = 0;
}
