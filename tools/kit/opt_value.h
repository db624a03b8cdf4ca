/* One value of one option: from the word typed to the field, or to a message that shows
 * the fix. */
#ifndef KIT_OPT_VALUE_H
#define KIT_OPT_VALUE_H

#include "kit/opt.h"

/* Parses text as the value of o into *field, whose type is that of o->kind. Lists of
 * texts grow; everything else is replaced. text is NULL for a FLAG.
 * @return false, with one sentence in message, if it is no value of o; the field is then
 * unchanged. */
bool opt_store(const struct opt *o, void *field, const char *text, char *message, size_t size);

/* Marks *field as not given. */
void opt_clear(const struct opt *o, void *field);

/* Writes the words of a choice with `between` between them; cuts them off at size. */
void opt_choices(const struct opt *o, const char *between, char *text, size_t size);

/* @return whether a value of this kind is a number, so that min and max count. */
bool opt_is_number(enum opt_kind kind);

/* @return whether a value of this kind is a file name. */
bool opt_is_file(enum opt_kind kind);

/* @return whether each giving of the option adds a value. */
bool opt_repeats(enum opt_kind kind);

#endif
