#include "write/number.h"

#include <endian.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ten.h"

__extension__ typedef unsigned __int128 wide;

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

/* The digits of n < 1e8 as eight bytes, the first one lowest: halved three times, all parts at
 * once. */
static uint64_t eight_digits(uint32_t n)
{
    uint64_t fours = n / 10000 | (uint64_t)(n % 10000) << 32;
    uint64_t hundreds = fours * 10486 >> 20 & UINT64_C(0x7F0000007F);
    uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
    uint64_t tens = twos * 103 >> 10 & UINT64_C(0x000F000F000F000F);
    return tens | (twos - tens * 10) << 8;
}

static void put_eight(char *out, uint64_t digits)
{
    uint64_t text = htole64(digits + UINT64_C(0x3030303030303030));
    memcpy(out, &text, sizeof text);
}

/* Exactly `width` digits of n, zeros in front. */
static void put_digits(char *out, uint64_t n, int width)
{
    for (; width >= 8; width -= 8, n /= 100000000)
        put_eight(out + width - 8, eight_digits((uint32_t)(n % 100000000)));
    uint32_t small = (uint32_t)n;
    for (; width > 1; width -= 2, small /= 100)
        memcpy(out + width - 2, pairs + 2 * (small % 100), 2);
    if (width)
        out[0] = (char)('0' + small % 10);
}

/* n < 1e19. */
static char *put_whole(char *out, uint64_t n)
{
    int width = (64 - __builtin_clzll(n | 1)) * 1233 >> 12; /* of bits, log10(2) each */
    width += (n | 1) >= geo_ten[width];
    put_digits(out, n, width);
    return out + width;
}

/* Eight digits that are not all zero, without the zeros at their end. */
static char *put_trimmed(char *out, uint32_t n)
{
    uint64_t digits = eight_digits(n);
    put_eight(out, digits);
    return out + 8 - __builtin_clzll(digits) / 8;
}

/* A fraction of up to 15 digits that is not zero, without the zeros at its end. */
static char *put_fraction(char *out, uint64_t n, int decimals)
{
    if (decimals <= 8)
        return put_trimmed(out, (uint32_t)(n * geo_ten[8 - decimals]));
    n *= geo_ten[16 - decimals];
    uint32_t last = (uint32_t)(n % 100000000), first = (uint32_t)(n / 100000000);
    if (!last)
        return put_trimmed(out, first);
    put_eight(out, eight_digits(first));
    return put_trimmed(out + 8, last);
}

static char *trim_zeros(char *end)
{
    while (end[-1] == '0')
        end--;
    return end[-1] == '.' ? end - 1 : end;
}

char *geo_put_int(char *out, int64_t x)
{
    if (x < 0)
        *out++ = '-';
    return put_whole(out, x < 0 ? 0 - (uint64_t)x : (uint64_t)x);
}

/* printf's number with a point for whatever the locale puts there. */
static char *put_printed(char *out, const char *printed)
{
    for (bool in_point = false; *printed; printed++) {
        bool belongs = strchr("0123456789+-e", *printed) != NULL;
        if (belongs)
            *out++ = *printed;
        else if (!in_point)
            *out++ = '.';
        in_point = !belongs;
    }
    return out;
}

/* Whether the fraction of size * ten_to is more than one half, or one half above an odd whole part.
 * scaled is that product as rounded, n its whole part. Where the rounding could decide, the part
 * that it lost is had exactly from fma(). */
static bool rounds_up(double size, double ten_to, double scaled, int64_t n)
{
    double over = scaled - (double)n - 0.5;
    if (fabs(over) > scaled * 0x1p-52)
        return over > 0;
    double lost = fma(size, ten_to, -scaled);
    return over > -lost || (over == -lost && (n & 1));
}

double geo_fixed_value(double x, int decimals)
{
    double size = fabs(x), scaled = size * geo_ten_real[decimals];
    if (!(scaled < 0x1p52))
        return x; /* which has no more digits than that */
    int64_t n = (int64_t)scaled;
    n += rounds_up(size, geo_ten_real[decimals], scaled, n);
    return copysign((double)n / geo_ten_real[decimals], x);
}

char *geo_put_fixed(char *out, double x, int decimals)
{
    double size = fabs(x), scaled = size * geo_ten_real[decimals];
    if (!(scaled < 0x1p52)) {
        char printed[GEO_NUMBER_ROOM];
        snprintf(printed, sizeof printed, "%.*f", decimals, x);
        char *end = put_printed(out, printed);
        return decimals ? trim_zeros(end) : end;
    }
    int64_t n = (int64_t)scaled;
    n += rounds_up(size, geo_ten_real[decimals], scaled, n);
    if (x < 0 && n)
        *out++ = '-';
    uint64_t whole = (uint64_t)size, rest = (uint64_t)n - whole * geo_ten[decimals];
    if (rest >= geo_ten[decimals]) { /* rounded up to the next whole number */
        whole++;
        rest -= geo_ten[decimals];
    }
    out = put_whole(out, whole);
    if (!rest)
        return out;
    *out++ = '.';
    return put_fraction(out, rest, decimals);
}

/* ---- the shortest decimal that reads back ---- */

/* 5^0 to 5^24. */
static const uint64_t five[] = {1u,
                                5u,
                                25u,
                                125u,
                                625u,
                                3125u,
                                15625u,
                                78125u,
                                390625u,
                                1953125u,
                                9765625u,
                                48828125u,
                                244140625u,
                                1220703125u,
                                6103515625u,
                                30517578125u,
                                152587890625u,
                                762939453125u,
                                3814697265625u,
                                19073486328125u,
                                95367431640625u,
                                476837158203125u,
                                2384185791015625u,
                                11920928955078125u,
                                59604644775390625u};

/* x = m * 2^e as exact fixed point: whole + rest / 2^shift = x * 10^k, and whole has 17 digits. Every
 * decimal within reach / 2 of it (in units of 2^-shift) reads back as x. */
struct scaled {
    uint64_t whole, rest, reach;
    int shift, k;
};

/* 1e-7 <= x < 1e15: then k is 2 to 23, m * 5^k has less than 107 bits, and the shift is 1 to 55 since
 * x is not whole. */
static struct scaled scale(double x)
{
    uint64_t bits, hidden = UINT64_C(1) << 52;
    memcpy(&bits, &x, sizeof bits);
    uint64_t m = (bits & (hidden - 1)) | hidden;
    int e = (int)(bits >> 52) - 1075;
    int k = 16 - (int)floor((e + 53) * 0.30102999566398120);
    struct scaled s;
    for (;; k++) {
        wide value = (wide)m * five[k];
        s = (struct scaled){.reach = five[k], .shift = -(e + k), .k = k};
        s.whole = (uint64_t)(value >> s.shift);
        s.rest = (uint64_t)value & ((UINT64_C(1) << s.shift) - 1);
        if (s.whole >= geo_ten[16])
            break;
    }
    /* Below a power of two the neighbour is twice as near. */
    if (m == hidden)
        s.reach /= 2;
    return s;
}

/* The decimal nearest to s with `drop` digits fewer; returns whether it reads back as x. */
static bool round_to(const struct scaled *s, int drop, uint64_t *digits)
{
    uint64_t unit = geo_ten[drop];
    uint64_t kept = drop == 2   ? s->whole / 100 /* no division at run time */
                    : drop == 1 ? s->whole / 10
                                : s->whole;
    uint64_t step = unit << s->shift;
    uint64_t over = ((s->whole - kept * unit) << s->shift) + s->rest;
    bool up = 2 * over > step;
    *digits = kept + up;
    return 2 * (up ? step - over : over) < s->reach;
}

static char *put_shortest(char *out, double x)
{
    struct scaled s = scale(x);
    uint64_t digits = 0;
    int drop = 2;
    while (!round_to(&s, drop, &digits) && drop > 0)
        drop--;
    char text[24];
    int decimals = s.k - drop, n = (int)(put_whole(text, digits) - text);
    for (; text[n - 1] == '0'; n--)
        decimals--;
    int before = n > decimals ? n - decimals : 0;
    memcpy(out, text, (size_t)before);
    out += before;
    if (!before)
        *out++ = '0';
    *out++ = '.';
    for (int zeros = decimals - n; zeros > 0; zeros--)
        *out++ = '0';
    memcpy(out, text + before, (size_t)(n - before));
    return out + n - before;
}

/* Very large and very small ones. */
static char *put_exponent(char *out, double x)
{
    char printed[GEO_NUMBER_ROOM];
    int digits = fabs(x) < DBL_MIN ? 1 : 15; /* 15 always come back, unless bits are missing */
    do
        snprintf(printed, sizeof printed, "%.*e", digits - 1, x);
    while (strtod(printed, NULL) != x && digits++ < 17);
    char *end = put_printed(out, printed), *e = memchr(out, 'e', (size_t)(end - out));
    size_t exponent = (size_t)(end - e);
    char *trimmed = trim_zeros(e);
    memmove(trimmed, e, exponent);
    return trimmed + exponent;
}

char *geo_put_real(char *out, double x)
{
    double size = fabs(x);
    if (size < 1e15 && size == (double)(int64_t)size) {
        out = geo_put_int(out, (int64_t)x);
        memcpy(out, ".0", 2);
        return out + 2;
    }
    if (!(size >= 1e-7 && size < 1e15))
        return put_exponent(out, x);
    if (x < 0)
        *out++ = '-';
    return put_shortest(out, size);
}
