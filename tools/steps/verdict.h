/* Whether a rule holds of a value that is known within bounds only. */
#ifndef STEPS_VERDICT_H
#define STEPS_VERDICT_H

#include "steps/rules.h"

/* In rising order of gravity. */
enum verdict { VERDICT_NONE, VERDICT_PASS, VERDICT_UNCERTAIN, VERDICT_FAIL, VERDICTS };

/* @return "pass", "uncertain", "fail"; NULL for NONE: no rule concerns the feature. */
const char *verdict_text(enum verdict verdict);

/* A value and the bounds of the truth about it; NAN: not known at all. */
struct range {
    double value, low, high;
};

/* A value to be measured within bounds: pass or fail only where the limit lies beyond them, so that
 * the margin exceeds the accuracy. Where the bounds are the value itself, what the value says. */
enum verdict verdict_within(enum rule_op op, double limit, struct range range);

/* A value that was evaluated at both bounds: pass or fail where both say so. */
enum verdict verdict_between(enum rule_op op, double limit, struct range range);

/* How far a value is from breaking its rule, negative where it does. */
double verdict_margin(enum rule_op op, double limit, double value);

/* Accuracies (95 % radii) taken together: the root of the sum of their squares, or the sum. */
double verdict_accuracy(bool sum, double a_m, double b_m, double c_m);

#endif
