/* Surrogate pairs in escapes. yajl takes half a pair for a question mark or for another character,
 * and says nothing. */
#include <string.h>

#include "read/geojson.h"

static unsigned hex_digit(unsigned char c)
{
    return c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - 'a' + 10;
}

/* The fourth digit of \uXXXX has come: whether it stands where it may. */
static bool end_unit(struct geo_geojson_escape *escape)
{
    bool is_low = escape->unit >= 0xDC00 && escape->unit <= 0xDFFF;
    bool was_high = escape->is_high;
    escape->state = GEO_ESCAPE_NONE;
    escape->is_high = escape->unit >= 0xD800 && escape->unit <= 0xDBFF;
    return is_low == was_high;
}

/* Takes one byte; false: a surrogate stands alone. */
static bool take(struct geo_geojson_escape *escape, unsigned char c)
{
    switch (escape->state) {
    case GEO_ESCAPE_NONE:
        escape->state = c == '\\' ? GEO_ESCAPE_BACKSLASH : GEO_ESCAPE_NONE;
        return c == '\\' || !escape->is_high;
    case GEO_ESCAPE_BACKSLASH:
        escape->state = c == 'u' ? GEO_ESCAPE_DIGITS : GEO_ESCAPE_NONE;
        escape->unit = escape->digits = 0;
        return c == 'u' || !escape->is_high;
    default:
        escape->unit = escape->unit << 4 | (hex_digit(c) & 0xF); /* yajl checks that it is one */
        return ++escape->digits < 4 || end_unit(escape);
    }
}

size_t geo_geojson_lone_surrogate(struct geo_geojson_escape *escape, const unsigned char *from,
                                  size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (escape->state == GEO_ESCAPE_NONE && !escape->is_high) {
            const unsigned char *next = memchr(from + i, '\\', n - i);
            if (!next)
                break;
            i = (size_t)(next - from);
        }
        if (!take(escape, from[i]))
            return i;
    }
    return n;
}
