#include "kit/opt_value.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
    const char *suffix;
    long double factor; /* wider than the field, so that 1.001km is 1001 and not 1000.9999… */
};

/* The first `shown` units, smallest first, serve in messages. */
struct scale {
    const char *noun;
    size_t shown;
    struct unit unit[8];
};

static const struct scale scales[] = {
    [OPT_INT] = {"an integer", 1, {{"", 1}}},
    [OPT_REAL] = {"a number", 1, {{"", 1}}},
    [OPT_PERCENT] = {"a percentage such as 50%", 1, {{"%", 0.01L}}},
    [OPT_LENGTH] = {"a length such as 500m or 5km",
                    2,
                    {{"m", 1},
                     {"km", 1000},
                     {"mm", 0.001L},
                     {"cm", 0.01L},
                     {"ft", 0.3048L},
                     {"mi", 1609.344L},
                     {"nmi", 1852}}},
    [OPT_AREA] = {"an area such as 20ha", 3, {{"m2", 1}, {"ha", 1e4L}, {"km2", 1e6L}}},
};

bool opt_is_number(enum opt_kind kind)
{
    return kind >= OPT_INT && kind <= OPT_AREA;
}

bool opt_is_file(enum opt_kind kind)
{
    return kind == OPT_FILE || kind == OPT_FILES;
}

bool opt_repeats(enum opt_kind kind)
{
    return kind == OPT_TEXTS || kind == OPT_FILES;
}

static const struct scale *scale_of(const struct opt *o)
{
    return &scales[o->kind == OPT_LENGTHS ? OPT_LENGTH : o->kind];
}

/* Where a refusal is written. */
struct refusal {
    const struct opt *o;
    char *message;
    size_t size;
};

__attribute__((format(printf, 2, 3))) static bool refuse(const struct refusal *r,
                                                         const char *format, ...)
{
    int n = snprintf(r->message, r->size, "--%s: ", r->o->name);
    va_list args;

    va_start(args, format);
    if (n >= 0 && (size_t)n < r->size)
        vsnprintf(r->message + n, r->size - (size_t)n, format, args);
    va_end(args);
    return false;
}

/* A bound of the range as a user would type it: 50000 metres are 50km. */
static const char *bound(const struct scale *s, double value, char *text, size_t size)
{
    const struct unit *u = s->unit;

    for (size_t i = 1; i < s->shown; i++)
        if (s->unit[i].factor <= fabsl((long double)value))
            u = &s->unit[i];
    snprintf(text, size, "%.15Lg%s", (long double)value / u->factor, u->suffix);
    return text;
}

static bool refuse_range(const struct refusal *r, const char *text)
{
    const struct scale *s = scale_of(r->o);
    char min[32], max[32];

    bound(s, r->o->min, min, sizeof min);
    bound(s, r->o->max, max, sizeof max);
    if (s->unit[0].suffix[0] == '\0')
        return refuse(r, "'%s' is not %s from %s to %s", text, s->noun, min, max);
    return refuse(r, "'%s' is not within %s to %s", text, min, max);
}

static bool refuse_unit(const struct refusal *r, const char *text, const char *suffix)
{
    const struct scale *s = scale_of(r->o);
    char known[64];
    size_t used = 0;

    if (*suffix == '\0' && r->o->kind == OPT_PERCENT && fabs(strtod(text, NULL)) < 1)
        return refuse(r, "'%s' has no unit: write %g%%, or %s%% if you mean that", text,
                      strtod(text, NULL) * 100, text);
    if (*suffix == '\0' && s->shown > 1)
        return refuse(r, "'%s' has no unit: write %s%s or %s%s", text, text, s->unit[0].suffix,
                      text, s->unit[1].suffix);
    if (*suffix == '\0')
        return refuse(r, "'%s' has no unit: write %s%s", text, text, s->unit[0].suffix);
    for (const struct unit *u = s->unit; u->suffix; u++)
        used += (size_t)snprintf(known + used, sizeof known - used, " %s", u->suffix);
    return refuse(r, "'%s' has the unknown unit '%s'; known are%s", text, suffix, known);
}

/* strtold() also reads blanks, hexadecimal, "inf" and "nan". */
static bool begins_decimal(const char *text)
{
    text += *text == '-' || *text == '+';
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        return false;
    return isdigit((unsigned char)*text) || (*text == '.' && isdigit((unsigned char)text[1]));
}

static bool read_number(const struct refusal *r, const char *text, double *value)
{
    const struct opt *o = r->o;
    const struct scale *s = scale_of(o);
    const bool has_unit = s->unit[0].suffix[0] != '\0';

    if (!begins_decimal(text))
        return has_unit ? refuse(r, "'%s' is not %s", text, s->noun) : refuse_range(r, text);

    char *suffix;
    const long double number = strtold(text, &suffix);
    const struct unit *u = s->unit;
    while (u->suffix && strcmp(suffix, u->suffix))
        u++;
    if (!u->suffix && o->kind != OPT_INT && *suffix == ',' && isdigit((unsigned char)suffix[1]))
        return refuse(r, "'%s': decimals take a point: write %.*s.%s", text, (int)(suffix - text),
                      text, suffix + 1);
    if (!u->suffix)
        return has_unit ? refuse_unit(r, text, suffix) : refuse_range(r, text);

    const double scaled = (double)(number * u->factor);
    if (!isfinite(scaled) || scaled < o->min || scaled > o->max)
        return refuse_range(r, text);
    if (o->kind == OPT_INT && scaled != trunc(scaled))
        return refuse_range(r, text);
    *value = scaled;
    return true;
}

static bool read_list(const struct refusal *r, const char *text, struct opt_lengths *list)
{
    struct opt_lengths read = {0};

    for (const char *item = text;; item++) {
        const size_t length = strcspn(item, ",");
        char word[64];

        if (length == 0)
            return refuse(r, "'%s' has an empty item", text);
        if (length >= sizeof word)
            return refuse(r, "'%s' is not %s", text, scale_of(r->o)->noun);
        if (read.n == OPT_LIST_MAX)
            return refuse(r, "more than %d values", OPT_LIST_MAX);
        memcpy(word, item, length);
        word[length] = '\0';
        if (!read_number(r, word, &read.at_m[read.n++]))
            return false;
        item += length;
        if (*item == '\0')
            break;
    }
    *list = read;
    return true;
}

void opt_choices(const struct opt *o, const char *between, char *text, size_t size)
{
    size_t used = 0;

    *text = '\0';
    for (int i = 0; o->choice[i] && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? between : "", o->choice[i]);
}

static bool read_choice(const struct refusal *r, const char *text, int *index)
{
    char known[256];

    for (int i = 0; r->o->choice[i]; i++) {
        if (!strcmp(text, r->o->choice[i])) {
            *index = i;
            return true;
        }
    }
    opt_choices(r->o, ", ", known, sizeof known);
    return refuse(r, "'%s' is none of %s", text, known);
}

static bool add_text(const struct refusal *r, const char *text, struct opt_texts *list)
{
    if (list->n == OPT_LIST_MAX)
        return refuse(r, "given more than %d times", OPT_LIST_MAX);
    list->at[list->n++] = text;
    return true;
}

bool opt_store(const struct opt *o, void *field, const char *text, char *message, size_t size)
{
    const struct refusal r = {o, message, size};
    double number = 0;
    int ignored;

    if (opt_is_file(o->kind) && *text == '\0')
        return refuse(&r, "the name is empty");
    switch (o->kind) {
    case OPT_FLAG:
        return *(bool *)field = true;
    case OPT_CHOICE:
        return read_choice(&r, text, field);
    case OPT_INT:
        if (!read_number(&r, text, &number))
            return false;
        *(int *)field = (int)number;
        return true;
    case OPT_REAL:
    case OPT_PERCENT:
    case OPT_LENGTH:
    case OPT_AREA:
        return read_number(&r, text, field);
    case OPT_LENGTHS:
        return read_list(&r, text, field);
    case OPT_TEXT:
    case OPT_FILE:
        *(const char **)field = text;
        return true;
    case OPT_TEXTS:
    case OPT_FILES:
        return add_text(&r, text, field);
    case OPT_ABOUT:
        return !text || read_choice(&r, text, &ignored);
    default:
        return false;
    }
}

void opt_clear(const struct opt *o, void *field)
{
    switch (o->kind) {
    case OPT_FLAG:
        *(bool *)field = false;
        break;
    case OPT_CHOICE:
    case OPT_INT:
        *(int *)field = OPT_NOT_GIVEN;
        break;
    case OPT_REAL:
    case OPT_PERCENT:
    case OPT_LENGTH:
    case OPT_AREA:
        *(double *)field = (double)NAN;
        break;
    case OPT_LENGTHS:
        *(struct opt_lengths *)field = (struct opt_lengths){0};
        break;
    case OPT_TEXT:
    case OPT_FILE:
        *(const char **)field = NULL;
        break;
    case OPT_TEXTS:
    case OPT_FILES:
        *(struct opt_texts *)field = (struct opt_texts){0};
        break;
    default:
        break;
    }
}

static size_t size_of(enum opt_kind kind)
{
    switch (kind) {
    case OPT_FLAG:
        return sizeof(bool);
    case OPT_CHOICE:
    case OPT_INT:
        return sizeof(int);
    case OPT_REAL:
    case OPT_PERCENT:
    case OPT_LENGTH:
    case OPT_AREA:
        return sizeof(double);
    case OPT_LENGTHS:
        return sizeof(struct opt_lengths);
    case OPT_TEXT:
    case OPT_FILE:
        return sizeof(const char *);
    case OPT_TEXTS:
    case OPT_FILES:
        return sizeof(struct opt_texts);
    default:
        return 0;
    }
}

void opt_copy(const struct opt *entry, void *to, const void *from)
{
    memcpy((char *)to + entry->at, (const char *)from + entry->at, size_of(entry->kind));
}
