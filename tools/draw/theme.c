#include "draw/theme.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

/* ---- for the makers ---- */

static bool copy(char **to, const char *from)
{
    *to = from ? strdup(from) : NULL;
    return *to || !from;
}

bool theme_begin(struct theme *theme, enum theme_kind kind, struct words title,
                 const char *const columns[2], size_t room)
{
    *theme = (struct theme){.kind = kind};
    theme->category = calloc(room, sizeof *theme->category);
    return theme->category && copy(&theme->en, title.en) && copy(&theme->vi, title.vi) &&
           (!columns ||
            (copy(&theme->column[0], columns[0]) && copy(&theme->column[1], columns[1])));
}

/* A copy whose first letter is a capital; NULL: out of memory. */
static char *capitalized(const char *text)
{
    utf8proc_int32_t letter;
    utf8proc_uint8_t capital[4];
    char *made = strdup(text);
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &letter);
    if (made && n > 0 && utf8proc_encode_char(utf8proc_toupper(letter), capital) == n)
        memcpy(made, capital, (size_t)n);
    return made;
}

bool theme_add_as_is(struct theme *theme, const char *value, struct words label,
                     struct symbol symbol, uint64_t features)
{
    struct category *category = &theme->category[theme->n++];
    *category = (struct category){.symbol = symbol, .features = features};
    return copy(&category->value, value) && copy(&category->en, label.en) &&
           copy(&category->vi, label.vi);
}

bool theme_add(struct theme *theme, const char *value, struct words label, struct symbol symbol,
               uint64_t features)
{
    struct words capital = {capitalized(label.en), capitalized(label.vi)};
    bool done =
        capital.en && capital.vi && theme_add_as_is(theme, value, capital, symbol, features);
    free((char *)(uintptr_t)capital.en);
    free((char *)(uintptr_t)capital.vi);
    return done;
}

bool theme_add_rest(struct theme *theme, const struct tally *tally, struct words nothing,
                    struct symbol symbol)
{
    uint64_t left = tally->features;
    for (size_t i = 0; i < theme->n; i++)
        left -= theme->category[i].features;
    if (left == 0)
        return true;
    struct words label = left == tally->nulls ? nothing : term_words(TERM_OTHER);
    return theme_add(theme, NULL, label, symbol, left);
}

void theme_release(struct theme *theme)
{
    for (size_t i = 0; i < theme->n; i++) {
        free(theme->category[i].value);
        free(theme->category[i].en);
        free(theme->category[i].vi);
    }
    free(theme->category);
    free(theme->column[0]);
    free(theme->column[1]);
    free(theme->en);
    free(theme->vi);
    *theme = (struct theme){0};
}

/* ---- verdicts ---- */

static uint64_t count_of(const struct tally *tally, const char *value)
{
    for (size_t i = 0; i < tally->values.n; i++)
        if (!strcmp(texts_at(&tally->values, i), value))
            return tally->values.entry[i].count;
    return 0;
}

bool theme_verdict(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    static const struct {
        const char *value;
        enum term term;
        enum judgement judgement;
    } known[] = {{"pass", TERM_PASS, JUDGED_PASS},
                 {"uncertain", TERM_UNCERTAIN, JUDGED_UNCERTAIN},
                 {"fail", TERM_FAIL, JUDGED_FAIL}};
    bool done = theme_begin(theme, THEME_VERDICT, term_words(TERM_VERDICT), tally->column, 4);
    for (size_t k = 0; done && k < sizeof known / sizeof *known; k++) {
        uint64_t features = count_of(tally, known[k].value);
        if (features > 0)
            done = theme_add(theme, known[k].value, term_words(known[k].term),
                             palette_verdict(geometry, known[k].judgement), features);
    }
    if (!done || theme->n == 0)
        return done;
    return theme_add_rest(theme, tally, term_words(TERM_NO_RULE),
                          palette_verdict(geometry, JUDGED_NONE));
}

/* ---- all alike ---- */

static struct symbol symbol_of_role(enum role role, enum geo_kind geometry)
{
    struct symbol symbol;
    switch (role) {
    case ROLE_CONTEXT:
        return palette_context(geometry);
    case ROLE_BANDS:
        return palette_band(geometry, 0, 1);
    case ROLE_POINTS: /* a white circle in a ring: an interchange on a road map */
        symbol = palette_place(GEO_KIND_POINT, INK_POINT, WORK_UNKNOWN);
        symbol.fill = PALETTE_PAPER;
        symbol.fill_alpha = 1;
        symbol.line_mm = 0.5;
        return symbol;
    case ROLE_CORRIDORS:
        return palette_place(geometry, INK_CORRIDOR, WORK_UNKNOWN);
    case ROLE_ZONES:
        break;
    }
    return palette_place(geometry, INK_ZONE, WORK_UNKNOWN);
}

bool theme_alike(struct theme *theme, enum role role, enum geo_kind geometry, uint64_t features,
                 bool are_industrial)
{
    static const enum term terms[] = {[ROLE_ZONES] = TERM_AREAS,
                                      [ROLE_BANDS] = TERM_BANDS,
                                      [ROLE_CORRIDORS] = TERM_CORRIDORS,
                                      [ROLE_POINTS] = TERM_POINTS,
                                      [ROLE_CONTEXT] = TERM_CONTEXT};
    const bool is_known = role == ROLE_ZONES && are_industrial;
    struct words words = term_words(is_known ? TERM_ZONES : terms[role]);
    return theme_begin(theme, THEME_ALIKE, words, NULL, 1) &&
           theme_add(theme, NULL, words, symbol_of_role(role, geometry), features);
}
