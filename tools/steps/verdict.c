#include "steps/verdict.h"

#include <math.h>

const char *verdict_text(enum verdict verdict)
{
    static const char *const text[VERDICTS] = {NULL, "pass", "uncertain", "fail"};
    return text[verdict];
}

static bool holds(enum rule_op op, double limit, double value)
{
    switch (op) {
    case RULE_AT_MOST:
        return value <= limit;
    case RULE_AT_LEAST:
        return value >= limit;
    case RULE_BELOW:
        return value < limit;
    case RULE_ABOVE:
        return value > limit;
    case RULE_EQUAL:
        break;
    }
    return value == limit;
}

enum verdict verdict_between(enum rule_op op, double limit, struct range r)
{
    if (isnan(r.value) || isnan(r.low) || isnan(r.high))
        return VERDICT_UNCERTAIN;
    const bool low = holds(op, limit, r.low), high = holds(op, limit, r.high);
    if (low && high)
        return VERDICT_PASS;
    if (op == RULE_EQUAL)
        return limit < r.low || limit > r.high ? VERDICT_FAIL : VERDICT_UNCERTAIN;
    return low || high ? VERDICT_UNCERTAIN : VERDICT_FAIL;
}

enum verdict verdict_within(enum rule_op op, double limit, struct range r)
{
    if (r.low == r.high)
        return verdict_between(op, limit, r);
    if (limit >= r.low && limit <= r.high)
        return VERDICT_UNCERTAIN;
    return verdict_between(op, limit, r);
}

double verdict_margin(enum rule_op op, double limit, double value)
{
    if (op == RULE_EQUAL)
        return -fabs(limit - value);
    return op == RULE_AT_MOST || op == RULE_BELOW ? limit - value : value - limit;
}

double verdict_accuracy(bool sum, double a_m, double b_m, double c_m)
{
    return sum ? a_m + b_m + c_m : sqrt(a_m * a_m + b_m * b_m + c_m * c_m);
}
