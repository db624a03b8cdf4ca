/* Everything a tool says about itself, derived from its tables. A tool made of steps lists them;
 * its completions know the options of each. */
#ifndef KIT_DOC_H
#define KIT_DOC_H

#include <stdio.h>

#include "kit/tool.h"

typedef void doc_printer(FILE *out, const struct tool *t);

void doc_help(FILE *out, const struct tool *t); /* --help, for a terminal of 80 columns */
void doc_man(FILE *out, const struct tool *t);  /* --help=man, man(7) macros, ASCII only */
void doc_json(FILE *out, const struct tool *t); /* --help=json, one object for front-ends */
void doc_bash(FILE *out, const struct tool *t); /* --help=bash and so on: completions */
void doc_zsh(FILE *out, const struct tool *t);
void doc_fish(FILE *out, const struct tool *t);

/* Looks for -h (alone or among flags, as in -qh), --help and --help=FORM anywhere before
 * "--"; whatever else stands on the line, right or wrong, is ignored.
 * @return the printer of the first document asked for, or NULL. */
doc_printer *doc_asked(const struct tool *t, int argc, char **argv);

/* @return whether the word stands on the line before "--". */
bool doc_has_word(const char *word, int argc, char **argv);

/* The exit statuses in rising order; ends with a NULL text. */
struct doc_exit {
    int number;
    const char *text;
};
extern const struct doc_exit doc_exits[];

/* A sentence on an option is no longer than this. */
enum { DOC_SENTENCE = 1024 };

/* @return the name of a tool as a step of `geo`: "area" of geo-area. */
const char *doc_step_name(const struct tool *t);

/* Fills text with what a step of `geo` is for, without a full stop. */
void doc_step_sentence(char text[DOC_SENTENCE], const struct tool *t);

/* Fills text with what the option is for, its choices and its default, without a full
 * stop. */
void doc_sentence(char text[DOC_SENTENCE], const struct opt *o);

#endif
