/* Numbers as JSON writes them. */
#ifndef GEO_READ_GEOJSON_NUMBER_H
#define GEO_READ_GEOJSON_NUMBER_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The double nearest to a valid JSON number of n bytes (ties to even). `plain` is the C locale.
 * False: it is beyond the doubles, or memory is out. */
bool geo_json_real(const char *text, size_t n, locale_t plain, double *value);

/* The same for a number as JSON or a table writes it ("007", ".5", "5." too), where that is quick, as
 * it is for up to 19 digits and no large exponent. False: it takes the general way, strtod(). */
bool geo_quick_real(const char *text, size_t n, double *value);

/* Whether a valid JSON number is written as an integer (no point, no exponent) of 64 bits. */
bool geo_json_int(const char *text, size_t n, int64_t *value);

#endif
