/* The values of any column: each a colour, the frequent ones if there are more than colours. */
#include <math.h>
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

static struct words label_of(const char *text)
{
    enum term term = term_of_value(text);
    return term == TERMS ? (struct words){text, text} : term_words(term);
}

bool theme_values(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    const struct texts *texts = &tally->values;
    struct value *value = calloc(texts->n + 1, sizeof *value);
    bool done = value &&
                theme_begin(theme, THEME_VALUES, (struct words){tally->column[0], tally->column[0]},
                            tally->column, PALETTE_VALUES + 1);
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
        done = theme_add(theme, value[i].text, label_of(value[i].text),
                         palette_place(geometry, (enum ink)(INK_VALUE + i), WORK_UNKNOWN),
                         value[i].features);
    done = done && theme_add_rest(theme, tally, term_words(TERM_NOT_STATED),
                                  palette_place(geometry, INK_OTHER, WORK_UNKNOWN));
    free(value);
    return done;
}
