/* Numbers as text, against printf and strtod. */
#include "near.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/number.h"

/* xorshift64*: the same numbers in every run. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static double uniform(uint64_t *state)
{
    return (double)(next_random(state) >> 11) * 0x1p-53;
}

static const char *fixed(double x, int decimals, char *text)
{
    *geo_put_fixed(text, x, decimals) = '\0';
    return text;
}

static const char *real(double x, char *text)
{
    *geo_put_real(text, x) = '\0';
    return text;
}

/* What the header promises, from printf. */
static const char *expected_fixed(double x, int decimals, char *text)
{
    int n = sprintf(text, "%.*f", decimals, x);
    while (decimals && text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    text[n] = '\0';
    if (!strcmp(text, "-0"))
        strcpy(text, "0");
    return text;
}

static void check_fixed(double x, int decimals)
{
    char ours[64], theirs[64];
    if (!strcmp(fixed(x, decimals, ours), expected_fixed(x, decimals, theirs))) {
        assert_near(geo_fixed_value(x, decimals), strtod(theirs, NULL),
                    fabs(x) * 1e15 < 0x1p52 ? 0 : 1e-15 * fabs(x));
        return;
    }
    print_error("%.20g with %d decimals is %s, not %s\n", x, decimals, ours, theirs);
    fail();
}

static void random_coordinates_have_the_digits_of_printf(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 2000000; i++) {
        double lon = (uniform(&seed) - 0.5) * 360;
        check_fixed(lon, i % 2 ? 7 : 12);
        if (i % 8 == 0)
            check_fixed(lon, i / 8 % (GEO_MAX_DECIMALS + 1));
    }
}

static void near_ties_have_the_digits_of_printf(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 300000; i++) {
        int decimals = i % (GEO_MAX_DECIMALS + 1);
        double unit = pow(10, -decimals);
        double tie = (floor(uniform(&seed) * 180 / unit) + 0.5) * unit;
        check_fixed(tie, decimals);
        check_fixed(nextafter(tie, 1e9), decimals);
        check_fixed(-nextafter(tie, -1e9), decimals);
    }
}

static void exact_ties_go_to_even(void **state)
{
    (void)state;
    static const struct {
        double x;
        int decimals;
        const char *text;
    } known[] = {
        {0.5, 0, "0"},
        {1.5, 0, "2"},
        {2.5, 0, "2"},
        {-0.5, 0, "0"},
        {0.125, 2, "0.12"},
        {0.375, 2, "0.38"},
        {-0.0, 7, "0"},
        {-1e-9, 7, "0"},
        {0.99999999, 7, "1"},
        {179.99999999, 7, "180"},
        {100, 7, "100"},
        {-105.5, 7, "-105.5"},
        {1e-7, 7, "0.0000001"},
        {123456789.25, 2, "123456789.25"},
        {1e14, 15, "100000000000000"},
    };
    char text[64];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(fixed(known[i].x, known[i].decimals, text), known[i].text);
}

/* The shortest of printf's decimals that strtod reads back. */
static int fewest_digits(double x)
{
    char text[64];
    int digits = 1;
    do
        sprintf(text, "%.*e", digits - 1, x);
    while (strtod(text, NULL) != x && digits++ < 17);
    return digits;
}

static int count_digits(const char *text)
{
    char digits[64];
    int n = 0;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (n || *text != '0'))
            digits[n++] = *text;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    return n;
}

static void check_real(double x)
{
    char text[64];
    real(x, text);
    bool is_real = strpbrk(text, ".e") != NULL;
    if (is_real && strtod(text, NULL) == x && count_digits(text) <= fewest_digits(x))
        return;
    print_error("%.17g is written as %s\n", x, text);
    fail();
}

static void reals_read_back_and_are_shortest(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        double x = uniform(&seed) * pow(10, (double)(next_random(&seed) % 24) - 8);
        check_real(x);
        check_real(-round(x * 1e4) / 1e4);
        uint64_t bits = next_random(&seed);
        memcpy(&x, &bits, sizeof x);
        if (isfinite(x) && x != 0)
            check_real(x);
    }
    for (int e = -1074; e < 1024; e++) {
        check_real(ldexp(1, e));
        check_real(nextafter(ldexp(1, e), 0) > 0 ? nextafter(ldexp(1, e), 0) : 1);
        check_real(nextafter(ldexp(1, e), INFINITY));
    }
    for (int e = -300; e < 300; e++)
        check_real(pow(10, e));
}

static void reals_look_like_reals(void **state)
{
    (void)state;
    static const struct {
        double x;
        const char *text;
    } known[] = {
        {0, "0.0"},
        {1, "1.0"},
        {-3, "-3.0"},
        {0.1, "0.1"},
        {1e14, "100000000000000.0"},
        {1.5e15, "1.5e+15"},
        {1e300, "1e+300"},
        {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e-7, "0.0000001"},
        {2.5e-8, "2.5e-08"},
        {12.3456, "12.3456"},
        {5e-324, "5e-324"},
        {2.0 / 3, "0.6666666666666666"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
    };
    char text[64];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(real(known[i].x, text), known[i].text);
}

static void integers_are_exact(void **state)
{
    (void)state;
    static const int64_t known[] = {0, 1, -1, 9, 10, 99, 100, 1234567890, INT64_MAX, INT64_MIN};
    char ours[64], theirs[64];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        *geo_put_int(ours, known[i]) = '\0';
        sprintf(theirs, "%" PRId64, known[i]);
        assert_string_equal(ours, theirs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_coordinates_have_the_digits_of_printf),
        cmocka_unit_test(near_ties_have_the_digits_of_printf),
        cmocka_unit_test(exact_ties_go_to_even),
        cmocka_unit_test(reals_read_back_and_are_shortest),
        cmocka_unit_test(reals_look_like_reals),
        cmocka_unit_test(integers_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
