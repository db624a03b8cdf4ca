/* Plain features at a fraction of yajl's cost, when the whole text of one is at hand. What the values
 * mean is not decided here, and neither is what is wrong: whatever is not plain is left to yajl. */
#include <string.h>

#include "read/geojson.h"
#include "read/geojson_number.h"

/* Values within each other. */
#define DEPTH_MAX 32

struct quick {
    struct geo_geojson *reader;
    const char *at, *end;
};

static bool value(struct quick *quick, size_t depth);

/* ---- tokens ---- */

static void skip_blanks(struct quick *quick)
{
    const char *at = quick->at;
    while (at < quick->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    quick->at = at;
}

/* Takes one character behind blanks. */
static bool take(struct quick *quick, char c)
{
    skip_blanks(quick);
    if (quick->at == quick->end || *quick->at != c)
        return false;
    quick->at++;
    return true;
}

static bool take_word(struct quick *quick, const char *word, size_t n)
{
    if ((size_t)(quick->end - quick->at) < n || memcmp(quick->at, word, n))
        return false;
    quick->at += n;
    return true;
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Bytes of the character of UTF-8 at s; 0: it is none. */
static size_t character(const unsigned char *s, size_t left)
{
    unsigned char c = s[0];
    size_t n = c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (!is_tail(s[i]))
            return 0;
    bool is_long = (c == 0xE0 && s[1] < 0xA0) || (c == 0xF0 && s[1] < 0x90);
    bool is_none = (c == 0xED && s[1] > 0x9F) || (c == 0xF4 && s[1] > 0x8F);
    return is_long || is_none ? 0 : n;
}

/* A string without escapes, behind its first quotation mark. */
static bool string(struct quick *quick, const char **text, size_t *n)
{
    const char *at = quick->at;
    *text = at;
    while (at < quick->end) {
        unsigned char c = (unsigned char)*at;
        if (c == '"') {
            *n = (size_t)(at - *text);
            quick->at = at + 1;
            return true;
        }
        size_t bytes = c >= 0x80 ? character((const unsigned char *)at, (size_t)(quick->end - at))
                                 : c >= 0x20 && c != '\\';
        if (bytes == 0)
            return false;
        at += bytes;
    }
    return false;
}

static const char *digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* The end of a number; NULL if it is none. */
static const char *number_end(const char *at, const char *end)
{
    const char *first = at += at < end && *at == '-';
    at = digits(at, end);
    if (at == first || (*first == '0' && at - first > 1))
        return NULL;
    if (at < end && *at == '.') {
        first = ++at;
        at = digits(at, end);
        if (at == first)
            return NULL;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        first = at += at < end && (*at == '+' || *at == '-');
        at = digits(at, end);
        if (at == first)
            return NULL;
    }
    return at < end ? at : NULL;
}

/* ---- coordinates ---- */

/* A position of two numbers, behind its bracket. */
static bool position(struct quick *quick)
{
    const char *start = quick->at;
    struct geo_lonlat at;
    skip_blanks(quick);
    if (geo_take_real(&quick->at, quick->end, &at.lon) && take(quick, ',')) {
        skip_blanks(quick);
        if (geo_take_real(&quick->at, quick->end, &at.lat) && take(quick, ']') &&
            geo_draft_position(&quick->reader->draft, at))
            return true;
    }
    quick->at = start;
    return false;
}

/* A number on its own: of a Point, or of a position with heights. */
static bool coordinate(struct quick *quick)
{
    const char *end = number_end(quick->at, quick->end);
    if (!end)
        return false;
    geo_draft_number(&quick->reader->draft, quick->at, (size_t)(end - quick->at),
                     quick->reader->plain);
    quick->at = end;
    return true;
}

/* An element of an array; is_open: it is an array of which only the bracket was taken. */
static bool element(struct quick *quick, bool *is_open)
{
    *is_open = false;
    if (!take(quick, '['))
        return coordinate(quick);
    if (position(quick))
        return true;
    *is_open = true;
    return quick->reader->nest < DEPTH_MAX &&
           geo_geojson_open_value(quick->reader, false) == GEO_OK;
}

/* Arrays within each other, behind the first bracket. */
static bool coordinates(struct quick *quick)
{
    struct geo_geojson *reader = quick->reader;
    bool is_open = true; /* the array has no elements yet */
    while (reader->mode == GEO_MODE_COORDINATES) {
        if (take(quick, ']')) {
            if (geo_geojson_close_value(reader, false) != GEO_OK)
                return false;
            is_open = false;
        } else if (!(is_open || take(quick, ',')) || !element(quick, &is_open)) {
            return false;
        }
    }
    return true;
}

/* ---- values ---- */

static bool scalar(struct quick *quick, enum geo_type type, const char *text, size_t n)
{
    struct geo_scalar scalar = {type, text, n};
    return geo_geojson_scalar(quick->reader, scalar) == GEO_OK;
}

static bool number(struct quick *quick)
{
    const char *text = quick->at, *end = number_end(text, quick->end);
    if (!end)
        return false;
    quick->at = end;
    return scalar(quick, GEO_TYPE_REAL, text, (size_t)(end - text));
}

static bool array(struct quick *quick, size_t depth)
{
    struct geo_geojson *reader = quick->reader;
    if (geo_geojson_open_value(reader, false) != GEO_OK)
        return false;
    if (reader->mode == GEO_MODE_COORDINATES && reader->nest == 1)
        return coordinates(quick);
    if (!take(quick, ']')) {
        do
            if (!value(quick, depth))
                return false;
        while (take(quick, ','));
        if (!take(quick, ']'))
            return false;
    }
    return geo_geojson_close_value(reader, false) == GEO_OK;
}

static bool member(struct quick *quick, size_t depth)
{
    const char *name;
    size_t n;
    return take(quick, '"') && string(quick, &name, &n) &&
           geo_geojson_key(quick->reader, name, n) == GEO_OK && take(quick, ':') &&
           value(quick, depth);
}

static bool object(struct quick *quick, size_t depth)
{
    if (geo_geojson_open_value(quick->reader, true) != GEO_OK)
        return false;
    if (!take(quick, '}')) {
        do
            if (!member(quick, depth))
                return false;
        while (take(quick, ','));
        if (!take(quick, '}'))
            return false;
    }
    return geo_geojson_close_value(quick->reader, true) == GEO_OK;
}

static bool value(struct quick *quick, size_t depth)
{
    const char *text;
    size_t n;
    skip_blanks(quick);
    if (quick->at == quick->end || depth == DEPTH_MAX)
        return false;
    switch (*quick->at) {
    case '{':
        quick->at++;
        return object(quick, depth + 1);
    case '[':
        quick->at++;
        return array(quick, depth + 1);
    case '"':
        quick->at++;
        return string(quick, &text, &n) && scalar(quick, GEO_TYPE_TEXT, text, n);
    case 't':
        return take_word(quick, "true", 4) && scalar(quick, GEO_TYPE_BOOL, "true", 4);
    case 'f':
        return take_word(quick, "false", 5) && scalar(quick, GEO_TYPE_BOOL, "false", 5);
    case 'n':
        return take_word(quick, "null", 4) && scalar(quick, GEO_TYPE_NULL, "null", 4);
    default:
        return number(quick);
    }
}

bool geo_geojson_quick(struct geo_geojson *reader)
{
    struct geo_bytes *bytes = &reader->bytes;
    const char *chunk = (const char *)bytes->chunk;
    struct quick quick = {reader, chunk + bytes->at, chunk + bytes->n};
    if (take(&quick, '{') && object(&quick, 1)) {
        bytes->at = (size_t)(quick.at - chunk);
        return true;
    }
    reader->mode = GEO_MODE_GEOJSON;
    reader->nest = reader->depth = 0;
    reader->frame_n = 1;
    return false;
}
