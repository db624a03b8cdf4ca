/* Verdicts on values that are known within bounds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "steps/verdict.h"

#define P VERDICT_PASS
#define U VERDICT_UNCERTAIN
#define F VERDICT_FAIL

static void pass_and_fail_need_a_margin_above_the_accuracy(void **state)
{
    static const struct {
        enum rule_op op;
        double limit, value, accuracy;
        enum verdict verdict;
    } row[] = {
        {RULE_AT_MOST, 5, 4, 0.5, P},
        {RULE_AT_MOST, 5, 4, 1.5, U},
        {RULE_AT_MOST, 5, 6, 0.5, F},
        {RULE_AT_MOST, 5, 6, 1.5, U},
        {RULE_AT_MOST, 5, 4, 1, U},
        {RULE_AT_MOST, 5, 6, 1, U},
        {RULE_AT_MOST, 5, 5, 0, P},
        {RULE_BELOW, 5, 5, 0, F},
        {RULE_AT_LEAST, 5, 5, 0, P},
        {RULE_ABOVE, 5, 5, 0, F},
        {RULE_AT_LEAST, 5, 7, 1, P},
        {RULE_AT_LEAST, 5, 3, 1, F},
        {RULE_ABOVE, 5, 5.5, 1, U},
        {RULE_EQUAL, 5, 5, 0, P},
        {RULE_EQUAL, 5, 5, 1, U},
        {RULE_EQUAL, 5, 7, 1, F},
        {RULE_AT_MOST, 5, INFINITY, 3, F},
        {RULE_AT_LEAST, 5, INFINITY, 3, P},
        {RULE_AT_MOST, 5, 4, INFINITY, U},
        {RULE_AT_LEAST, 5, INFINITY, INFINITY, U},
        {RULE_AT_MOST, 5, (double)NAN, 0, U},
        {RULE_EQUAL, 5, 4, INFINITY, U},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const double v = row[i].value, u = row[i].accuracy;
        if (verdict_within(row[i].op, row[i].limit, (struct range){v, v - u, v + u}) !=
            row[i].verdict)
            fail_msg("row %zu", i);
    }
}

static void evaluated_at_both_bounds_a_value_may_touch_the_limit(void **state)
{
    static const struct {
        enum rule_op op;
        double limit, low, high;
        enum verdict verdict;
    } row[] = {
        {RULE_AT_MOST, 0, 0, 0, P},  {RULE_AT_MOST, 0, 0, 2, U},  {RULE_AT_MOST, 0, 1, 2, F},
        {RULE_AT_LEAST, 2, 2, 3, P}, {RULE_AT_LEAST, 2, 1, 2, U}, {RULE_AT_LEAST, 2, 0, 1, F},
        {RULE_EQUAL, 2, 2, 2, P},    {RULE_EQUAL, 2, 1, 3, U},    {RULE_EQUAL, 2, 3, 4, F},
        {RULE_EQUAL, 2, 2, 3, U},    {RULE_BELOW, 2, 1, 2, U},    {RULE_ABOVE, 2, 3, 3, P},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct range range = {row[i].low, row[i].low, row[i].high};
        if (verdict_between(row[i].op, row[i].limit, range) != row[i].verdict)
            fail_msg("row %zu", i);
    }
}

static void a_margin_is_positive_where_the_rule_holds(void **state)
{
    (void)state;
    assert_near(verdict_margin(RULE_AT_MOST, 5, 3), 2, 0);
    assert_near(verdict_margin(RULE_BELOW, 5, 8), -3, 0);
    assert_near(verdict_margin(RULE_AT_LEAST, 5, 8), 3, 0);
    assert_near(verdict_margin(RULE_ABOVE, 5, 3), -2, 0);
    assert_near(verdict_margin(RULE_EQUAL, 5, 7), -2, 0);
}

static void accuracies_are_taken_together_by_squares_or_by_sum(void **state)
{
    (void)state;
    assert_near(verdict_accuracy(false, 3, 4, 12), 13, 0);
    assert_near(verdict_accuracy(true, 3, 4, 12), 19, 0);
    assert_true(isinf(verdict_accuracy(false, INFINITY, 1, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pass_and_fail_need_a_margin_above_the_accuracy),
        cmocka_unit_test(evaluated_at_both_bounds_a_value_may_touch_the_limit),
        cmocka_unit_test(a_margin_is_positive_where_the_rule_holds),
        cmocka_unit_test(accuracies_are_taken_together_by_squares_or_by_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
