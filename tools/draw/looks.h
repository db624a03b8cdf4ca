/* The themes of a layer: by which columns it can be coloured, in which categories, and how each
 * looks. Themes follow from the columns and the values that the features have:
 * - the column that the user names;
 * - verdict: pass, uncertain, fail (geo-check);
 * - a band's distances: from_m and to_m (geo-bands --long, geo-buffer);
 * - kind and status: KCN or CCN, operating, building or planned; other values of theirs too;
 * - always, last: all alike, by the role of the layer.
 */
#ifndef DRAW_LOOKS_H
#define DRAW_LOOKS_H

#include "draw/palette.h"
#include "draw/terms.h"
#include "geo/geo.h"

/* What a layer is on a map. */
enum role {
    ROLE_ZONES,     /* polygons that are the subject */
    ROLE_BANDS,     /* rings of distance, below the zones */
    ROLE_CORRIDORS, /* lines */
    ROLE_POINTS,    /* interchanges and other points */
    ROLE_CONTEXT    /* what surrounds the matter: a province's outline */
};

enum theme_kind { THEME_VERDICT, THEME_STATUS, THEME_BAND, THEME_VALUES, THEME_ALIKE };

struct category {
    char *value;   /* of the theme's columns, a blank between two, "" for a null; NULL: all that is
                    * left */
    char *en, *vi; /* in the legend */
    double from, to; /* of a graded theme: numbers from <= x < to; value is not NULL */
    struct symbol symbol;
    uint64_t features; /* of the layer, 1 or more but for a layer without features */
};

struct theme {
    enum theme_kind kind;
    bool is_graded;  /* by numbers: classes of about as many features each */
    char *column[2]; /* whose values tell the categories apart; NULL: none */
    char *en, *vi;   /* title of the legend */
    size_t n;
    struct category *category; /* n >= 1, in the order of the legend; the one of all that is left,
                                * if there is one, is the last */
};

enum { THEMES_MAX = 5 };

struct looks {
    enum role role;
    enum geo_kind geometry; /* of most parts: what symbols are made for */
    const char *title;      /* column that names a feature (ref of lines, name, ten); NULL: none */
    uint64_t features;
    size_t n;
    struct theme theme[THEMES_MAX]; /* the first is the one to show */
    struct looks_tally *tally;      /* values seen so far */
};

/* Begins. by: a column to colour by first, NULL for none; it outlives the looks. */
enum geo_status looks_begin(struct geo_ctx *ctx, struct looks *looks, const char *by);

/* Sees the features of a batch that are not dropped; in order, by one thread. Keeps at most a
 * bounded number of values a column: 512 of at most 255 bytes, those that come first. What comes
 * after, and values with control characters, count as "other". GEO_OK, GEO_ENOMEM */
enum geo_status looks_see(struct geo_ctx *ctx, struct looks *looks, const struct geo_batch *batch);

/* After the last batch: chooses the role by geometry and columns unless `role` says it (>= 0), and
 * makes the themes. GEO_OK, GEO_ENOMEM; GEO_EARG: no column `by` (with a message) */
enum geo_status looks_settle(struct geo_ctx *ctx, struct looks *looks, int role);

/* @return index of the category of feature i, < theme->n. Columns are found by name in the batch:
 * cheap, but not free; ask once a feature. */
size_t theme_category(const struct theme *theme, const struct geo_batch *batch, size_t i);

/* Frees all; zero is allowed. */
void looks_release(struct looks *looks);

#endif
