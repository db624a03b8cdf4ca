/* Text as JSON. */
#ifndef GEO_WRITE_JSON_TEXT_H
#define GEO_WRITE_JSON_TEXT_H

#include <stddef.h>

/* The most that n bytes of text become. */
#define GEO_JSON_TEXT_ROOM(n) (6 * (n) + 16)

/* A JSON string, with its quotes; returns the end of what was written. Only quotes, backslashes and
 * control characters are escaped. */
char *geo_put_json_text(char *out, const char *text, size_t n);

/* A JSON array or object as it is, on one line: control characters, which can stand only between
 * its tokens, become spaces. */
char *geo_put_json_value(char *out, const char *text, size_t n);

#endif
