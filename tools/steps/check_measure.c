/* What a rule says of a feature: the value, and the bounds that accuracies leave it. */
#include <math.h>
#include <stdlib.h>

#include "steps/check_measure.h"
#include "steps/rows.h"
#include "steps/try.h"

double check_accuracy(const struct measure *m, double other_m)
{
    return verdict_accuracy(m->worker->plan->accuracy.combine == COMBINE_SUM,
                            m->feature->accuracy_m, other_m, m->shifts_m);
}

static bool is_empty(const struct check_feature *f)
{
    return f->batch->part_start[f->i] == f->batch->part_start[f->i + 1];
}

/* ---- distance and count ---- */

enum geo_status check_nearest(struct geo_ctx *ctx, const struct measure *m, size_t k, double max_m,
                              size_t *found)
{
    struct check_worker *w = m->worker;
    if (k > w->found_room) {
        struct geo_near *room = reallocarray(w->found, k, sizeof *room);
        if (!room)
            return GEO_ENOMEM;
        w->found = room;
        w->found_room = k;
    }
    return geo_near(ctx, w->near[m->at], m->feature->batch, m->feature->i, k, max_m, w->found,
                    found);
}

/* The distance to the nearest feature lies between the least of all lower bounds and the least of
 * all upper ones: a farther feature may be the nearest in truth, if it is known less well. */
static void widen(const struct measure *m, size_t found, struct range *range)
{
    for (size_t k = 0; k < found; k++) {
        const struct geo_near *near = &m->worker->found[k];
        const double u = check_accuracy(m, m->layer->accuracy_m[near->corridor]);
        range->low = fmin(range->low, fmax(0, near->distance_m - u));
        range->high = fmin(range->high, near->distance_m + u);
    }
}

/* Whether features farther than the last that was found cannot move the bounds. */
static bool is_settled(const struct measure *m, size_t found, const struct range *range)
{
    const double last_m = m->worker->found[found - 1].distance_m;
    const bool low = range->low <= 0 || last_m - check_accuracy(m, m->layer->most_m) >= range->low;
    return low && last_m + check_accuracy(m, m->layer->least_m) >= range->high;
}

static enum geo_status measure_distance(struct geo_ctx *ctx, const struct measure *m,
                                        struct range *range)
{
    const size_t all = m->layer->shapes->n;
    *range = (struct range){INFINITY, m->layer->unknown ? 0 : INFINITY, INFINITY};
    for (size_t k = 1; k <= all; k = k < all && 4 * k > all ? all : 4 * k) {
        size_t found;
        TRY(check_nearest(ctx, m, k, INFINITY, &found));
        widen(m, found, range);
        if (found == 0)
            return GEO_OK;
        range->value = m->worker->found[0].distance_m;
        if (found < k || is_settled(m, found, range))
            return GEO_OK;
    }
    return GEO_OK;
}

/* A feature of the layer counts for certain where it lies nearer than the distance by its accuracy,
 * and perhaps where it lies farther by no more. */
static void count(const struct measure *m, size_t found, struct range *range)
{
    const double within_m = m->rule->within_m;
    for (size_t k = 0; k < found; k++) {
        const double away_m = m->worker->found[k].distance_m;
        const double of_it_m = m->layer->accuracy_m[m->worker->found[k].corridor];
        const double u = check_accuracy(m, of_it_m);
        range->value += away_m <= within_m;
        range->low += away_m + u <= within_m;
        range->high += isfinite(of_it_m) && away_m - u <= within_m;
    }
}

static enum geo_status measure_count(struct geo_ctx *ctx, const struct measure *m,
                                     struct range *range)
{
    const size_t all = m->layer->shapes->n;
    const double reach_m = check_accuracy(m, m->layer->most_m);
    const double max_m = m->rule->within_m + (isinf(reach_m) ? 0 : reach_m);
    size_t found = 0, k = 0;
    while (found == k && k < all) {
        k = k == 0 ? 16 : 4 * k;
        k = k < all ? k : all;
        TRY(check_nearest(ctx, m, k, max_m, &found));
    }
    *range = (struct range){0, 0, (double)m->layer->unknown};
    count(m, found, range);
    if (isinf(reach_m))
        range->high = (double)all;
    return GEO_OK;
}

/* ---- area ---- */

/* A difference that geo_area() may err by is none. */
static double at_limit(double area_m2, double limit_m2)
{
    return fabs(area_m2 - limit_m2) <= fmax(1e-4, 1e-9 * limit_m2) ? limit_m2 : area_m2;
}

static enum geo_status measure_area(struct geo_ctx *ctx, const struct measure *m,
                                    struct range *range)
{
    const struct check_plan *plan = m->worker->plan;
    const double u = isnan(plan->accuracy.of_area_m2) ? 0 : plan->accuracy.of_area_m2;
    TRY(geo_area(ctx, m->feature->batch, m->feature->i, plan->edges, &range->value, NULL));
    const double area_m2 = at_limit(range->value, m->rule->limit);
    range->low = area_m2 - u;
    range->high = area_m2 + u;
    return GEO_OK;
}

/* ---- */

static enum geo_status check_range(struct geo_ctx *ctx, const struct measure *m,
                                   struct finding *finding)
{
    const struct rule *rule = m->rule;
    struct range range = {NAN, NAN, NAN};
    switch (rule->what) {
    case RULE_DISTANCE:
        TRY(measure_distance(ctx, m, &range));
        break;
    case RULE_COUNT:
        TRY(measure_count(ctx, m, &range));
        break;
    case RULE_OVERLAP:
        TRY(check_overlap(ctx, m, &range));
        break;
    default:
        TRY(measure_area(ctx, m, &range));
    }
    const bool by_margin = rule->what == RULE_DISTANCE || rule->what == RULE_AREA;
    finding->value = range.value;
    finding->verdict = by_margin ? verdict_within(rule->op, rule->limit, range)
                                 : verdict_between(rule->op, rule->limit, range);
    if (rule->what == RULE_DISTANCE)
        finding->margin_m = verdict_margin(rule->op, rule->limit, range.value);
    return GEO_OK;
}

enum geo_status check_measure(struct geo_ctx *ctx, struct check_worker *worker, size_t r,
                              const struct check_feature *feature, struct finding *finding)
{
    const struct check_plan *plan = worker->plan;
    struct measure m = {worker, feature, &plan->rules.rule[r], NULL, plan->layer_of[r], 0};
    const bool needs_land = m.rule->what != RULE_DISTANCE && m.rule->what != RULE_COUNT;
    *finding = (struct finding){VERDICT_UNCERTAIN, NAN, NAN};
    if (needs_land ? !rows_have_land(feature->batch, feature->i) : is_empty(feature))
        return GEO_OK;
    if (rule_has_layer(m.rule)) {
        m.layer = &plan->layer[m.at];
        m.shifts_m = accuracy_of_shifts(feature->datum, &m.layer->datum);
    }
    return m.rule->what == RULE_SHARE ? check_share(ctx, &m, finding)
                                      : check_range(ctx, &m, finding);
}
