/* The values of any column: each a colour, the frequent ones if there are more than colours; many
 * numbers in classes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>

#include "draw/theme.h"

struct value {
    const char *text;
    double number; /* INFINITY: not a number */
    uint64_t features;
};

static struct value value_of(const char *text, uint64_t features)
{
    char *end;
    double number = CPLStrtod(text, &end);
    const bool is_number = end > text && !*end && isfinite(number);
    return (struct value){text, is_number ? number : INFINITY, features};
}

static int by_text(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->text, y->text);
}

static int by_frequency(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    if (x->features != y->features)
        return x->features > y->features ? -1 : 1;
    return by_text(a, b);
}

/* Adds a value in words that are known, or as it is, a number with the language's mark. */
static bool add_value(struct theme *theme, const struct value *value, struct symbol symbol)
{
    const enum term term = term_of_value(value->text);
    char vi[TALLY_VALUE_ROOM];
    if (term != TERMS)
        return theme_add(theme, value->text, term_words(term), symbol, value->features);
    snprintf(vi, sizeof vi, "%s", value->text);
    char *point = isfinite(value->number) ? strchr(vi, '.') : NULL;
    if (point)
        *point = ',';
    return theme_add_as_is(theme, value->text, (struct words){value->text, vi}, symbol,
                           value->features);
}

/* Those that have no value, by themselves, and then what colours do not reach. */
static bool add_others(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    return (tally->nulls == 0 || theme_add(theme, "", term_words(TERM_NO_VALUE),
                                           palette_verdict(geometry, JUDGED_NONE), tally->nulls)) &&
           theme_add_rest(theme, tally, term_words(TERM_OTHER),
                          palette_place(geometry, INK_OTHER, WORK_OPERATING));
}

static bool begin(struct theme *theme, const struct tally *tally)
{
    const struct words title = {tally->column[0], tally->column[0]};
    return theme_begin(theme, THEME_VALUES, title, tally->column, PALETTE_VALUES + 2);
}

bool theme_values(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    const struct texts *texts = &tally->values;
    struct value *value = calloc(texts->n + 1, sizeof *value);
    bool done = value && begin(theme, tally);
    size_t n = 0;
    for (; done && n < texts->n; n++)
        value[n] = value_of(texts_at(texts, n), texts->entry[n].count);
    if (n > PALETTE_VALUES) {
        qsort(value, n, sizeof *value, by_frequency);
        n = PALETTE_VALUES;
    }
    if (n > 0)
        qsort(value, n, sizeof *value, by_text);
    for (size_t i = 0; done && i < n; i++)
        done = add_value(theme, &value[i],
                         palette_place(geometry, (enum ink)(INK_VALUE + i), WORK_OPERATING));
    done = done && add_others(theme, tally, geometry);
    free(value);
    return done;
}

/* ---- numbers ---- */

enum { CLASSES_MAX = 6 };

static bool add_class(struct theme *theme, const struct number_class *class, struct symbol symbol)
{
    char en[64], vi[64];
    if (isinf(class->from))
        snprintf(en, sizeof en, "< %.10g", class->to);
    else if (isinf(class->to))
        snprintf(en, sizeof en, "≥ %.10g", class->from);
    else
        snprintf(en, sizeof en, "%.10g–%.10g", class->from, class->to);
    snprintf(vi, sizeof vi, "%s", en);
    for (char *c = vi; *c; c++)
        *c = *c == '.' ? ',' : *c;
    bool done = theme_add_as_is(theme, en, (struct words){en, vi}, symbol, class->count);
    theme->category[theme->n - 1].from = class->from;
    theme->category[theme->n - 1].to = class->to;
    return done;
}

bool theme_graded(struct theme *theme, const struct tally *tally, const struct numbers *numbers,
                  enum geo_kind geometry)
{
    struct number_class class[CLASSES_MAX];
    bool done = begin(theme, tally);
    const size_t n = numbers_divide(numbers, CLASSES_MAX, class);
    theme->is_graded = true;
    for (size_t i = 0; done && i < n; i++) /* more is darker */
        done = add_class(theme, &class[i], palette_band(geometry, n - 1 - i, n));
    return done && add_others(theme, tally, geometry);
}
