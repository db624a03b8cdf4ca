#include "read/geojson_number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ten.h"

/* mantissa * 10^exponent */
struct decimal {
    uint64_t mantissa;
    int exponent;
    bool negative;
};

__extension__ typedef unsigned __int128 uint128;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends the digits at *at to the mantissa; false if it overflows. */
static bool scan_digits(const char **at, const char *end, uint64_t *mantissa)
{
    const char *s = *at;
    uint64_t m = *mantissa;
    for (; s < end && is_digit(*s); s++) {
        if (m > (UINT64_MAX - 9) / 10)
            return false;
        m = 10 * m + (uint64_t)(*s - '0');
    }
    *at = s;
    *mantissa = m;
    return true;
}

/* The exponent after e or E; false if it has more than four digits. */
static bool scan_exponent(const char *s, const char *end, int *exponent)
{
    bool negative = *s == '-';
    uint64_t value = 0;
    if (*s == '-' || *s == '+')
        s++;
    if (end - s > 4 || !scan_digits(&s, end, &value))
        return false;
    *exponent += negative ? -(int)value : (int)value;
    return true;
}

/* False: too many digits for 64 bits. */
static bool scan(const char *s, size_t n, struct decimal *decimal)
{
    const char *end = s + n;
    *decimal = (struct decimal){.negative = *s == '-'};
    s += decimal->negative;
    if (!scan_digits(&s, end, &decimal->mantissa))
        return false;
    if (s < end && *s == '.') {
        const char *point = ++s;
        if (!scan_digits(&s, end, &decimal->mantissa))
            return false;
        decimal->exponent = (int)(point - s);
    }
    return s == end || scan_exponent(s + 1, end, &decimal->exponent);
}

/* 2^-n for n in [0, 1022] */
static double power_of_half(int n)
{
    uint64_t bits = (uint64_t)(1023 - n) << 52;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* mantissa / 10^k, correctly rounded: of the quotient there are 63 or 64 bits, the last of which
 * stands for all that follow; they are rounded once, and the power of two is exact. */
static double quotient(uint64_t mantissa, int k)
{
    int up = 63 + __builtin_clzll(mantissa) - __builtin_clzll(geo_ten[k]);
    uint128 dividend = (uint128)mantissa << up;
    uint64_t result = (uint64_t)(dividend / geo_ten[k]);
    if ((uint128)result * geo_ten[k] != dividend)
        result |= 1;
    return (double)result * power_of_half(up);
}

/* The general case, and the slow one. strtod needs a terminated text. */
static bool convert(const char *text, size_t n, locale_t plain, double *value)
{
    char small[64], *copy = n < sizeof small ? small : malloc(n + 1);
    if (!copy)
        return false;
    memcpy(copy, text, n);
    copy[n] = 0;
    *value = strtod_l(copy, NULL, plain);
    if (copy != small)
        free(copy);
    return isfinite(*value);
}

bool geo_quick_real(const char *text, size_t n, double *value)
{
    struct decimal decimal;
    if (!scan(text, n, &decimal))
        return false;
    uint64_t m = decimal.mantissa;
    int e = decimal.exponent;
    double real;
    if (m == 0)
        real = 0;
    else if (m <= (uint64_t)1 << 53 && e >= -GEO_TEN_REAL_MAX && e <= GEO_TEN_REAL_MAX)
        real = e < 0 ? (double)m / geo_ten_real[-e] : (double)m * geo_ten_real[e];
    else if (e >= -GEO_TEN_MAX && e <= 0)
        real = quotient(m, -e);
    else
        return false;
    *value = decimal.negative ? -real : real;
    return true;
}

bool geo_json_real(const char *text, size_t n, locale_t plain, double *value)
{
    return geo_quick_real(text, n, value) || convert(text, n, plain, value);
}

bool geo_json_int(const char *text, size_t n, int64_t *value)
{
    const char *s = text, *end = text + n;
    bool negative = *s == '-';
    uint64_t most = (uint64_t)INT64_MAX + negative, m = 0;
    s += negative;
    if (!scan_digits(&s, end, &m) || s != end || m > most)
        return false;
    *value = negative ? (int64_t)(0 - m) : (int64_t)m;
    return true;
}
