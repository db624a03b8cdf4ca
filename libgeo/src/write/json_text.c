#include "write/json_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES << 7)

/* Whether one of eight bytes is a quote, a backslash or below 0x20: a byte minus n borrows into its
 * high bit if it is less than n, unless that bit was set before. */
static bool needs_escape(uint64_t eight)
{
    uint64_t quote = eight ^ (ONES * '"'), slash = eight ^ (ONES * '\\');
    uint64_t found =
        ((eight - ONES * 0x20) & ~eight) | ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash);
    return (found & HIGHS) != 0;
}

static char *put_byte(char *out, char c)
{
    static const char named[] = {['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
                                 ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    unsigned char byte = (unsigned char)c;
    if (byte < sizeof named && named[byte]) {
        *out++ = '\\';
        *out++ = named[byte];
    } else if (byte < 0x20) {
        memcpy(out, "\\u00", 4);
        out[4] = (char)('0' + byte / 16);
        out[5] = "0123456789abcdef"[byte % 16];
        out += 6;
    } else {
        *out++ = c;
    }
    return out;
}

char *geo_put_json_text(char *out, const char *text, size_t n)
{
    *out++ = '"';
    while (n) {
        uint64_t eight;
        size_t step = n < sizeof eight ? n : sizeof eight;
        if (step == sizeof eight) {
            memcpy(&eight, text, sizeof eight);
            if (!needs_escape(eight)) {
                memcpy(out, &eight, sizeof eight);
                out += sizeof eight;
                text += sizeof eight;
                n -= sizeof eight;
                continue;
            }
        }
        for (size_t i = 0; i < step; i++)
            out = put_byte(out, text[i]);
        text += step;
        n -= step;
    }
    *out++ = '"';
    return out;
}

char *geo_put_json_value(char *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *out++ = (unsigned char)text[i] < 0x20 ? ' ' : text[i];
    return out;
}
