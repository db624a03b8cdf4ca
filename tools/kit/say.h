/* Messages to people: one line each on standard error, after the tool's name. A tool has
 * one of these; its threads take turns. */
#ifndef KIT_SAY_H
#define KIT_SAY_H

#include <stdarg.h>
#include <stdio.h>

enum say_level {
    SAY_QUIET,  /* errors only */
    SAY_NORMAL, /* errors and notes */
    SAY_VERBOSE /* and details */
};

struct say {
    FILE *out;        /* stderr, but for tests */
    const char *name; /* "geo-area" */
    enum say_level level;
    int drawn; /* columns of the progress bar that stands on the line now; 0 if none */
};

/* Writes "NAME: TEXT\n" at once, with a blank for each control character, so that what
 * a file contains cannot steer the terminal. Longer texts than 8 KB are cut. */
__attribute__((format(printf, 2, 3))) void say_error(struct say *say, const char *format, ...);
__attribute__((format(printf, 2, 3))) void say_note(struct say *say, const char *format, ...);
__attribute__((format(printf, 2, 3))) void say_detail(struct say *say, const char *format, ...);

/* Takes the progress bar off the line, if there is one. */
void say_wipe(struct say *say);

#endif
