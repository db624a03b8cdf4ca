/* Places by what they are for and whether they are there yet: columns `kind` and `status`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/theme.h"

/* So many categories a legend can bear. */
enum { PLACES_MAX = 24 };

/* Where what is known stands, by its term; then what is not, then nothing. */
enum { RANK_STRANGE = TERMS, RANK_NONE };

struct place {
    const char *value; /* as counted: a blank between kind and status */
    char kind[TALLY_VALUE_ROOM];
    const char *status; /* in value */
    int kind_rank, status_rank;
    uint64_t features;
};

static bool is_kind(enum term term)
{
    return term == TERM_ZONE || term == TERM_CLUSTER;
}

static bool is_status(enum term term)
{
    return term == TERM_OPERATING || term == TERM_BUILDING || term == TERM_PLANNED;
}

static int rank_of(const char *text, bool (*is_known)(enum term))
{
    enum term term = term_of_value(text);
    return !text[0] ? RANK_NONE : is_known(term) ? (int)term : RANK_STRANGE;
}

/* Divides a value at the blank which leaves most that is known; at the first, where all are alike. */
static struct place place_of(const char *value, uint64_t features)
{
    struct place best = {0};
    int most = -1;
    for (const char *blank = strchr(value, ' '); blank; blank = strchr(blank + 1, ' ')) {
        struct place place = {.value = value, .status = blank + 1, .features = features};
        memcpy(place.kind, value, (size_t)(blank - value));
        place.kind_rank = rank_of(place.kind, is_kind);
        place.status_rank = rank_of(place.status, is_status);
        int known = (place.kind_rank < RANK_STRANGE) + (place.status_rank < RANK_STRANGE);
        if (known > most)
            best = place;
        most = known > most ? known : most;
    }
    return best;
}

static int in_order(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int kinds = strcmp(x->kind, y->kind);
    if (x->kind_rank != y->kind_rank)
        return x->kind_rank - y->kind_rank;
    if (kinds)
        return kinds;
    if (x->status_rank != y->status_rank)
        return x->status_rank - y->status_rank;
    return strcmp(x->status, y->status);
}

/* ---- looks ---- */

static enum ink ink_of_geometry(enum geo_kind geometry)
{
    return geometry == GEO_KIND_LINE    ? INK_CORRIDOR
           : geometry == GEO_KIND_POINT ? INK_POINT
                                        : INK_ZONE;
}

/* strange: how many kinds that are not known came before this one. */
static enum ink ink_of(const struct place *place, size_t strange, bool has_kinds,
                       enum geo_kind geometry)
{
    if (!has_kinds)
        return ink_of_geometry(geometry);
    if (place->kind_rank == TERM_ZONE)
        return INK_ZONE;
    if (place->kind_rank == TERM_CLUSTER)
        return INK_CLUSTER;
    if (place->kind_rank == RANK_NONE || strange >= PALETTE_VALUES)
        return INK_OTHER;
    return (enum ink)(INK_VALUE + strange);
}

static enum stage_of_work work_of(const struct place *place)
{
    return place->status_rank == TERM_OPERATING  ? WORK_OPERATING
           : place->status_rank == TERM_BUILDING ? WORK_BUILDING
           : place->status_rank == TERM_PLANNED  ? WORK_PLANNED
                                                 : WORK_UNKNOWN;
}

/* A state that is not known is dotted where others are told apart by their fills. */
static struct symbol symbol_of(const struct place *place, enum ink ink, bool has_states,
                               enum geo_kind geometry)
{
    enum stage_of_work work = work_of(place);
    struct symbol symbol = palette_place(geometry, ink, work);
    if (has_states && work == WORK_UNKNOWN && geometry != GEO_KIND_POINT)
        symbol.dash = DASH_DOTS;
    return symbol;
}

static struct words words_of(const char *text, int rank)
{
    if (rank == RANK_NONE)
        return term_words(TERM_NOT_STATED);
    return rank == RANK_STRANGE ? (struct words){text, text} : term_words((enum term)rank);
}

static bool add_place(struct theme *theme, const struct place *place, const bool has[2],
                      struct symbol symbol)
{
    struct words kind = words_of(place->kind, place->kind_rank);
    struct words status = words_of(place->status, place->status_rank);
    char en[2 * TALLY_VALUE_ROOM], vi[2 * TALLY_VALUE_ROOM];
    const char *both = has[0] && has[1] ? ", " : "";
    snprintf(en, sizeof en, "%s%s%s", has[0] ? kind.en : "", both, has[1] ? status.en : "");
    snprintf(vi, sizeof vi, "%s%s%s", has[0] ? kind.vi : "", both, has[1] ? status.vi : "");
    const char *value = !has[1] ? place->kind : !has[0] ? place->status : place->value;
    return theme_add(theme, value, (struct words){en, vi}, symbol, place->features);
}

/* ---- the theme ---- */

/* @return how many there are, in the order of the legend; 0 if nothing in them is known. */
static size_t list_places(const struct tally *tally, struct place place[TALLY_VALUES_MAX])
{
    size_t n = 0;
    bool any_known = false;
    for (; n < tally->values.n; n++) {
        place[n] = place_of(texts_at(&tally->values, n), tally->values.entry[n].count);
        any_known =
            any_known || place[n].kind_rank < RANK_STRANGE || place[n].status_rank < RANK_STRANGE;
    }
    qsort(place, n, sizeof *place, in_order);
    return !any_known ? 0 : n < PLACES_MAX ? n : PLACES_MAX;
}

static bool add_places(struct theme *theme, const struct tally *tally, const struct place *place,
                       size_t n, enum geo_kind geometry)
{
    size_t strange = 0;
    bool done = true;
    for (size_t i = 0; done && i < n; i++) {
        if (i > 0 && place[i - 1].kind_rank == RANK_STRANGE &&
            strcmp(place[i - 1].kind, place[i].kind) != 0)
            strange++;
        enum ink ink = ink_of(&place[i], strange, tally->has[0], geometry);
        done = add_place(theme, &place[i], tally->has,
                         symbol_of(&place[i], ink, tally->has[1], geometry));
    }
    return done;
}

bool theme_status(struct theme *theme, const struct tally *tally, enum geo_kind geometry)
{
    const bool *has = tally->has;
    if (!has[0] && !has[1])
        return true;
    struct place *place = calloc(TALLY_VALUES_MAX, sizeof *place);
    size_t n = place ? list_places(tally, place) : 0;
    bool done = place != NULL;
    if (n > 0) {
        const char *const columns[2] = {tally->column[!has[0]],
                                        has[0] && has[1] ? tally->column[1] : NULL};
        enum term title = !has[1] ? TERM_KIND : !has[0] ? TERM_STATUS : TERM_KIND_STATUS;
        done = theme_begin(theme, THEME_STATUS, term_words(title), columns, n + 1) &&
               add_places(theme, tally, place, n, geometry) &&
               theme_add_rest(theme, tally, term_words(TERM_NOT_STATED),
                              palette_place(geometry, INK_OTHER, WORK_UNKNOWN));
    }
    free(place);
    return done;
}
