/* cmocka 1.1 compares floats only; measures need doubles and a stated tolerance. */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#define assert_near(actual, expected, tolerance) \
    assert_near_((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

static inline void assert_near_(double actual, double expected, double tolerance, const char *what,
                                const char *file, int line)
{
    if (fabs(actual - expected) <= tolerance) /* false for NaN */
        return;
    print_error("%s is %.17g, not %.17g within %g\n", what, actual, expected, tolerance);
    _fail(file, line);
}

/* Fails with the context's message when a call does not return GEO_OK. */
#define assert_ok(ctx, call)                                                 \
    do {                                                                     \
        enum geo_status ok_status_ = (call);                                 \
        if (ok_status_ != GEO_OK) {                                          \
            print_error("%s: %s (%s)\n", #call, geo_status_text(ok_status_), \
                        geo_ctx_message(ctx));                               \
            _fail(__FILE__, __LINE__);                                       \
        }                                                                    \
    } while (0)

#endif
