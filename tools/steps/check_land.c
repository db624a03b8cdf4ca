/* Rules on parts of a feature: the share near a layer, the overlap with its land. */
#include <math.h>

#include "steps/check_measure.h"
#include "steps/try.h"

/* Error of the edges that cut a feature. */
#define DEVIATION_M 1e-3

/* How far the distance that holds a share is looked for, at least. */
#define SHARE_RANGE_M 5e4

static enum geo_status within(struct geo_ctx *ctx, const struct measure *m,
                              struct geo_within_query *query, double edge_m, double *within_m2,
                              double *area_m2)
{
    /* What is shorter than the shortest edge, but not 0, is as long as that. */
    const double edge = edge_m > 0 ? fmin(fmax(edge_m, GEO_WITHIN_MIN_M), GEO_WITHIN_MAX_M) : 0;
    return geo_within(ctx, query, m->feature->batch, m->feature->i, &edge, 1, DEVIATION_M,
                      within_m2, area_m2);
}

/* The layer as a whole may lie off by the accuracy of its worst feature. */
static double worst_accuracy(const struct measure *m)
{
    return m->layer->unknown ? (double)INFINITY : check_accuracy(m, m->layer->most_m);
}

/* Land of the layer that lies in the feature. However a shape is shifted by u or less, it covers no
 * more than what lies within u of the land, and no less than what lies inside the land farther than
 * u from its outline: what lies within u of the land less what lies within u of the outline. */
enum geo_status check_overlap(struct geo_ctx *ctx, const struct measure *m, struct range *range)
{
    const double u = worst_accuracy(m);
    double area_m2, perimeter_m, near_rim_m2;
    TRY(geo_area(ctx, m->feature->batch, m->feature->i, m->worker->plan->edges, &area_m2,
                 &perimeter_m));
    TRY(within(ctx, m, m->worker->land[m->at], 0, &range->value, &area_m2));
    if (range->value <= DEVIATION_M * perimeter_m) /* where outlines touch */
        range->value = 0;
    range->low = range->high = range->value;
    if (isinf(u)) {
        range->low = 0;
        range->high = area_m2;
    } else if (u > 0) {
        TRY(within(ctx, m, m->worker->land[m->at], u, &range->high, &area_m2));
        TRY(within(ctx, m, m->worker->rim[m->at], u, &near_rim_m2, &area_m2));
        range->high = fmax(range->high, range->value);
        range->low = fmin(fmax(range->high - near_rim_m2, 0), range->value);
        if (range->low <= DEVIATION_M * perimeter_m)
            range->low = 0;
    }
    const double unit = m->rule->is_share && area_m2 > 0 ? area_m2 : 1;
    *range = (struct range){range->value / unit, range->low / unit, range->high / unit};
    return GEO_OK;
}

/* Beyond twice the distance and what accuracies may make of it no verdict changes. */
static double share_range(double within_m, double u)
{
    const double reach_m = 2 * (within_m + (isinf(u) ? 0 : u));
    return fmin(fmax(reach_m, SHARE_RANGE_M), GEO_WITHIN_MAX_M);
}

/* Whether every share obeys a rule, or none does: no share is below 0 or above 1. */
static bool is_decided(enum rule_op op, double limit)
{
    return ((op == RULE_AT_LEAST || op == RULE_BELOW) && limit <= 0) ||
           ((op == RULE_AT_MOST || op == RULE_ABOVE) && limit >= 1);
}

/* A share equal to 0 is at most that, and one equal to 1 at least. */
static enum rule_op share_op(const struct rule *rule)
{
    if (rule->op == RULE_EQUAL && (rule->limit <= 0 || rule->limit >= 1))
        return rule->limit <= 0 ? RULE_AT_MOST : RULE_AT_LEAST;
    return rule->op;
}

/* The distance at which the share comes to the rule's limit: the least that holds so much, or, for
 * the share 0, the greatest that holds no more, which is that to the feature's nearest point. */
static enum geo_status find_turn(struct geo_ctx *ctx, const struct measure *m, enum rule_op op,
                                 double u, double *turn_m)
{
    const struct rule *rule = m->rule;
    size_t found;
    if (op == RULE_AT_LEAST || op == RULE_BELOW || rule->limit > 0)
        return geo_share_distance(ctx, m->worker->within[m->at], m->feature->batch, m->feature->i,
                                  rule->limit, share_range(rule->within_m, u), DEVIATION_M, turn_m);
    TRY(check_nearest(ctx, m, 1, INFINITY, &found));
    *turn_m = found > 0 ? m->worker->found[0].distance_m : (double)INFINITY;
    return GEO_OK;
}

enum geo_status check_share(struct geo_ctx *ctx, const struct measure *m, struct finding *finding)
{
    /* So much within D, where D is no less than the distance that holds so much. */
    static const enum rule_op turned[] = {[RULE_AT_MOST] = RULE_AT_LEAST,
                                          [RULE_AT_LEAST] = RULE_AT_MOST,
                                          [RULE_BELOW] = RULE_ABOVE,
                                          [RULE_ABOVE] = RULE_BELOW,
                                          [RULE_EQUAL] = RULE_EQUAL};
    const struct rule *rule = m->rule;
    const enum rule_op op = share_op(rule);
    const double u = worst_accuracy(m);
    double within_m2, area_m2, turn_m;
    TRY(within(ctx, m, m->worker->within[m->at], rule->within_m, &within_m2, &area_m2));
    const double share = area_m2 > 0 ? within_m2 / area_m2 : NAN;
    finding->value = share;
    finding->verdict = verdict_between(op, rule->limit, (struct range){share, share, share});
    if (is_decided(op, rule->limit))
        return GEO_OK;
    TRY(find_turn(ctx, m, op, u, &turn_m));
    finding->margin_m = verdict_margin(turned[op], rule->within_m, turn_m);
    if (u > 0)
        finding->verdict = verdict_within(turned[op], rule->within_m,
                                          (struct range){turn_m, turn_m - u, turn_m + u});
    return GEO_OK;
}
