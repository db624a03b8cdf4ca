/* Bands by their distances, the near ones dark. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>

#include "draw/theme.h"
#include "kit/opt.h"

/* Bands of all distances that an option takes, what lies within the first, and beyond the last. */
enum { BANDS_MAX = OPT_LIST_MAX + 2 };

struct band {
    const char *value;
    double from_m, to_m; /* -INFINITY, INFINITY: null */
    uint64_t features;
};

/* One cell of a value: a number, or nothing in its place. */
static bool read_edge(const char *text, size_t n, double nothing, double *edge_m)
{
    char *end;
    if (n == 0) {
        *edge_m = nothing;
        return true;
    }
    *edge_m = CPLStrtod(text, &end);
    return end == text + n && isfinite(*edge_m);
}

static bool read_band(const char *value, struct band *band)
{
    const char *blank = strchr(value, ' ');
    band->value = value;
    return blank && read_edge(value, (size_t)(blank - value), -INFINITY, &band->from_m) &&
           read_edge(blank + 1, strlen(blank + 1), INFINITY, &band->to_m);
}

static int by_distance(const void *a, const void *b)
{
    const struct band *x = a, *y = b;
    if (x->from_m != y->from_m)
        return x->from_m < y->from_m ? -1 : 1;
    return x->to_m == y->to_m ? 0 : x->to_m < y->to_m ? -1 : 1;
}

/* ---- labels ---- */

/* A length in the unit of its band; the decimal mark is the language's. */
static void print_edge(char text[32], double edge_m, double unit_m, char mark)
{
    snprintf(text, 32, "%.10g", edge_m / unit_m);
    char *point = strchr(text, '.');
    if (point)
        *point = mark;
}

static void print_label(char label[96], const struct band *band, bool is_vietnamese)
{
    const double reach_m = isinf(band->to_m)     ? band->from_m
                           : isinf(band->from_m) ? band->to_m
                                                 : fmax(fabs(band->from_m), fabs(band->to_m));
    const bool in_km = fabs(reach_m) >= 1000;
    const char mark = is_vietnamese ? ',' : '.', *unit = in_km ? "km" : "m";
    char from[32], to[32];
    print_edge(from, band->from_m, in_km ? 1000 : 1, mark);
    print_edge(to, band->to_m, in_km ? 1000 : 1, mark);
    if (isinf(band->to_m))
        snprintf(label, 96, "%s %s %s", is_vietnamese ? "ngoài" : "beyond", from, unit);
    else if (isinf(band->from_m))
        snprintf(label, 96, "%s %s %s", is_vietnamese ? "đến" : "up to", to, unit);
    else if (band->from_m < 0)
        snprintf(label, 96, "%s %s %s %s", from, is_vietnamese ? "đến" : "to", to, unit);
    else
        snprintf(label, 96, "%s–%s %s", from, to, unit);
}

/* ---- the theme ---- */

/* Those that can be read, near ones first; what has no distance at all is no band. */
static size_t list_bands(const struct tally *tally, struct band band[TALLY_VALUES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < tally->values.n; i++)
        if (read_band(texts_at(&tally->values, i), &band[n]))
            band[n++].features = tally->values.entry[i].count;
    qsort(band, n, sizeof *band, by_distance);
    return n < BANDS_MAX ? n : BANDS_MAX;
}

static bool add_bands(struct theme *theme, const struct band *band, size_t n,
                      enum geo_kind geometry)
{
    size_t graded = 0, place = 0;
    bool done = true;
    for (size_t i = 0; i < n; i++)
        graded += isfinite(band[i].to_m) ? 1 : 0;
    for (size_t i = 0; done && i < n; i++) {
        char en[96], vi[96];
        print_label(en, &band[i], false);
        print_label(vi, &band[i], true);
        struct symbol symbol = isfinite(band[i].to_m) ? palette_band(geometry, place++, graded)
                                                      : palette_beyond(geometry);
        done = theme_add(theme, band[i].value, (struct words){en, vi}, symbol, band[i].features);
    }
    return done;
}

bool theme_band(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    if (!tally->has[0] || !tally->has[1])
        return true;
    struct band *band = calloc(TALLY_VALUES_MAX, sizeof *band);
    size_t n = band ? list_bands(tally, band) : 0;
    bool done = band != NULL;
    if (n > 0)
        done = theme_begin(theme, THEME_BAND, term_words(TERM_DISTANCE), tally->column, n + 1) &&
               add_bands(theme, band, n, geometry) &&
               theme_add_rest(theme, tally, term_words(TERM_NOT_STATED),
                              palette_place(geometry, INK_OTHER, WORK_UNKNOWN));
    free(band);
    return done;
}
