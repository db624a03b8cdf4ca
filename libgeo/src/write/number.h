/* Numbers as decimal text, without printf and without the locale. Every function writes at out,
 * without a terminating zero, and returns the end of what it wrote. */
#ifndef GEO_WRITE_NUMBER_H
#define GEO_WRITE_NUMBER_H

#include <stdint.h>

/* The most that any of them writes. */
#define GEO_NUMBER_ROOM 40

#define GEO_MAX_DECIMALS 15

/* The digits of printf("%.*f", decimals, x) (round half to even on the exact binary value), without
 * the zeros at the end of the fraction and never "-0". |x| < 1e15, decimals 0 to 15. */
char *geo_put_fixed(char *out, double x, int decimals);

/* What the text of geo_put_fixed() reads back as. */
double geo_fixed_value(double x, int decimals);

/* The shortest decimal that reads back as x, with a point or an exponent, so that it stays a real:
 * "1.0", "0.1", "1e+300". x is finite. */
char *geo_put_real(char *out, double x);

char *geo_put_int(char *out, int64_t x);

#endif
