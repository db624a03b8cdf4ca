#include "draw/looks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/theme.h"

/* Columns that name a feature, the best first; the first one of lines only. */
static const char *const titles[] = {"ref", "name", "ten"};
enum { TITLES = sizeof titles / sizeof *titles };

struct looks_tally {
    uint64_t parts[3]; /* of each enum geo_kind */
    bool has_title[TITLES];
    struct tally verdict, band, status, by;
    struct numbers numbers; /* of the column of by */
};

enum geo_status looks_begin(struct geo_ctx *ctx, struct looks *looks, const char *by)
{
    (void)ctx;
    *looks = (struct looks){.tally = calloc(1, sizeof *looks->tally)};
    if (!looks->tally)
        return GEO_ENOMEM;
    looks->tally->verdict.column[0] = "verdict";
    looks->tally->band = (struct tally){.column = {"from_m", "to_m"}};
    looks->tally->status = (struct tally){.column = {"kind", "status"}};
    looks->tally->by.column[0] = by;
    return GEO_OK;
}

static void see_shapes(struct looks_tally *tally, const struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        for (size_t p = batch->part_start[i]; !batch->dropped[i] && p < batch->part_start[i + 1];
             p++)
            tally->parts[batch->part_kind[p]]++;
    for (size_t t = 0; t < TITLES; t++)
        tally->has_title[t] =
            tally->has_title[t] || geo_batch_find_column(batch, titles[t]) != SIZE_MAX;
}

static bool see_numbers(struct looks_tally *tally, const struct geo_batch *batch)
{
    const size_t column = geo_batch_find_column(batch, tally->by.column[0]);
    bool done = true;
    for (size_t i = 0; done && column != SIZE_MAX && i < batch->n; i++)
        if (!batch->dropped[i])
            done = numbers_see(&tally->numbers, &batch->column[column], i);
    return done;
}

enum geo_status looks_see(struct geo_ctx *ctx, struct looks *looks, const struct geo_batch *batch)
{
    struct looks_tally *tally = looks->tally;
    (void)ctx;
    see_shapes(tally, batch);
    bool done =
        tally_see(&tally->verdict, batch) && tally_see(&tally->band, batch) &&
        tally_see(&tally->status, batch) &&
        (!tally->by.column[0] || (tally_see(&tally->by, batch) && see_numbers(tally, batch)));
    return done ? GEO_OK : GEO_ENOMEM;
}

/* ---- settling ---- */

static enum geo_kind geometry_of(const struct looks_tally *tally)
{
    const uint64_t *parts = tally->parts;
    if (parts[GEO_KIND_LINE] > parts[GEO_KIND_POLYGON])
        return parts[GEO_KIND_POINT] > parts[GEO_KIND_LINE] ? GEO_KIND_POINT : GEO_KIND_LINE;
    return parts[GEO_KIND_POINT] > parts[GEO_KIND_POLYGON] ? GEO_KIND_POINT : GEO_KIND_POLYGON;
}

static enum role role_of(const struct looks_tally *tally, enum geo_kind geometry)
{
    if (geometry == GEO_KIND_LINE)
        return ROLE_CORRIDORS;
    if (geometry == GEO_KIND_POINT)
        return ROLE_POINTS;
    return tally->band.has[0] && tally->band.has[1] ? ROLE_BANDS : ROLE_ZONES;
}

static const char *title_of(const struct looks_tally *tally, enum geo_kind geometry)
{
    for (size_t t = geometry != GEO_KIND_LINE; t < TITLES; t++)
        if (tally->has_title[t])
            return titles[t];
    return NULL;
}

/* More numbers than colours, and nothing else. */
static bool is_graded(const struct looks_tally *tally)
{
    return tally->numbers.n > 0 && !tally->numbers.has_others &&
           tally->by.values.n > PALETTE_VALUES;
}

typedef bool maker(struct theme *theme, const struct tally *tally, enum geo_kind geometry);

/* A theme if there is one of the kind. */
static bool add(struct looks *looks, maker *make, const struct tally *tally)
{
    struct theme *theme = &looks->theme[looks->n];
    bool done = make(theme, tally, looks->geometry);
    if (theme->n > 0 || !done)
        looks->n++;
    else
        theme_release(theme);
    return done;
}

static bool add_by(struct looks *looks, const struct looks_tally *tally)
{
    if (!is_graded(tally))
        return add(looks, theme_values, &tally->by);
    struct theme *theme = &looks->theme[looks->n++];
    return theme_graded(theme, &tally->by, &tally->numbers, looks->geometry);
}

/* What the user names comes first; a verdict or a band so named looks as it always does. */
static bool add_themes(struct looks *looks, const struct looks_tally *tally)
{
    const char *by = tally->by.column[0];
    const bool has_by = tally->by.has[0], is_verdict = by && !strcmp(by, "verdict"),
               is_band = by && (!strcmp(by, "from_m") || !strcmp(by, "to_m"));
    bool done = true;
    if (has_by && !is_verdict && !is_band)
        done = add_by(looks, tally);
    if (is_band)
        done = add(looks, theme_band, &tally->band);
    done = done && add(looks, theme_verdict, &tally->verdict);
    if (!is_band)
        done = done && add(looks, theme_band, &tally->band);
    return done && add(looks, theme_status, &tally->status);
}

enum geo_status looks_settle(struct geo_ctx *ctx, struct looks *looks, int role)
{
    struct looks_tally *tally = looks->tally;
    const char *by = tally->by.column[0];
    looks->features = tally->verdict.features;
    looks->geometry = geometry_of(tally);
    looks->role = role >= 0 ? (enum role)role : role_of(tally, looks->geometry);
    looks->title = title_of(tally, looks->geometry);
    if (by && !tally->by.has[0])
        return geo_ctx_fail(ctx, GEO_EARG, "no column '%s' to colour by", by);
    bool done = (looks->role == ROLE_CONTEXT && !by) || add_themes(looks, tally);
    if (done)
        done = theme_alike(&looks->theme[looks->n], looks->role, looks->geometry, looks->features,
                           theme_is_industrial(&tally->status));
    looks->n++; /* what was begun is released */
    return done ? GEO_OK : GEO_ENOMEM;
}

/* The category of a number, theme->n if there is none. */
static size_t class_of(const struct theme *theme, const struct geo_column *column, size_t i)
{
    const enum geo_type type = (enum geo_type)column->cell_type[i];
    double value = type == GEO_TYPE_INT    ? (double)column->value[i].integer
                   : type == GEO_TYPE_REAL ? column->value[i].real
                                           : NAN;
    size_t k = 0;
    while (k < theme->n && !(value >= theme->category[k].from && value < theme->category[k].to))
        k++;
    return k;
}

size_t theme_category(const struct theme *theme, const struct geo_batch *batch, size_t i)
{
    char value[TALLY_VALUE_ROOM];
    size_t column[2] = {SIZE_MAX, SIZE_MAX}, n = theme->column[1] ? 2 : 1;
    if (!theme->column[0])
        return theme->n - 1;
    for (size_t c = 0; c < n; c++)
        column[c] = geo_batch_find_column(batch, theme->column[c]);
    if (theme->is_graded && column[0] != SIZE_MAX) {
        size_t k = class_of(theme, &batch->column[column[0]], i);
        if (k < theme->n)
            return k;
    }
    const bool fits = tally_value(batch, column, n, i, value);
    if (n == 1 && value[strspn(value, " ")] == '\0')
        value[0] = '\0';
    for (size_t k = 0; fits && k < theme->n; k++)
        if (theme->category[k].value && !strcmp(theme->category[k].value, value))
            return k;
    return theme->n - 1;
}

void looks_release(struct looks *looks)
{
    for (size_t t = 0; t < looks->n; t++)
        theme_release(&looks->theme[t]);
    if (looks->tally) {
        tally_release(&looks->tally->verdict);
        tally_release(&looks->tally->band);
        tally_release(&looks->tally->status);
        tally_release(&looks->tally->by);
        numbers_release(&looks->tally->numbers);
        free(looks->tally);
    }
    *looks = (struct looks){0};
}
