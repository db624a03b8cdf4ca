/* How looks make themes of tallies. Each maker leaves theme->n 0 where there is no such theme, and
 * returns false when out of memory. */
#ifndef DRAW_THEME_H
#define DRAW_THEME_H

#include "draw/looks.h"
#include "draw/numbers.h"
#include "draw/tally.h"

bool theme_verdict(struct theme *theme, const struct tally *tally, enum geo_kind geometry);
bool theme_band(struct theme *theme, const struct tally *tally, enum geo_kind geometry);
bool theme_status(struct theme *theme, const struct tally *tally, enum geo_kind geometry);
bool theme_values(struct theme *theme, const struct tally *tally, enum geo_kind geometry);

/* Numbers by the size that they have. */
bool theme_graded(struct theme *theme, const struct tally *tally, const struct numbers *numbers,
                  enum geo_kind geometry);

/* are_industrial: kinds of the zones say that they are industrial zones or clusters. */
bool theme_alike(struct theme *theme, enum role role, enum geo_kind geometry, uint64_t features,
                 bool are_industrial);

/* @return whether a value of `kind` is that of an industrial zone or cluster. */
bool theme_is_industrial(const struct tally *kinds);

void theme_release(struct theme *theme);

/* ---- for the makers ---- */

/* Begins a theme of at most `room` categories. columns: NULL-ended within 2; may be NULL. */
bool theme_begin(struct theme *theme, enum theme_kind kind, struct words title,
                 const char *const columns[2], size_t room);

/* Adds a category; texts are copied, as they are or with the first letters of the labels made
 * capitals. */
bool theme_add_as_is(struct theme *theme, const char *value, struct words label,
                     struct symbol symbol, uint64_t features);
bool theme_add(struct theme *theme, const char *value, struct words label, struct symbol symbol,
               uint64_t features);

/* Adds the category of what the others leave, if they leave anything. nothing: the words if all of
 * that is null. */
bool theme_add_rest(struct theme *theme, const struct tally *tally, struct words nothing,
                    struct symbol symbol);

#endif
