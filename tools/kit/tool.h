/* A tool is a constant: what it is called, what it accepts, what it does.
 * tools/NAME.c defines `const struct tool NAME_tool` and nothing else that is public;
 * main() is written once, in kit/main.c. */
#ifndef KIT_TOOL_H
#define KIT_TOOL_H

#include <limits.h>

#include "kit/exits.h"
#include "kit/opt.h"

/* A command line as typed in a shell, and what it does (no full stop). Commands find
 * their data in the current directory, under the names of the repository's data/. */
struct example {
    const char *command, *effect;
};

/* A column that the tool adds, with its unit in the meaning (no full stop). */
struct column {
    const char *name, *meaning;
};

enum { OPERANDS_ANY = INT_MAX };

struct stage; /* kit/stage.h */

/* In `about` and `accuracy` an empty line parts paragraphs; other line ends are spaces. */
struct tool {
    const char *name;     /* "geo-area" */
    const char *brief;    /* one line, no full stop */
    const char *operands; /* as the usage line shows them: "FILE..." */
    int min_operands, max_operands;
    const char *about;              /* what it does and how, for the manual */
    const char *accuracy;           /* error bounds of its numbers; NULL if it has none */
    const struct column *columns;   /* ends with {0}; NULL if it adds none */
    const struct opt *options;      /* ends with {0} */
    const struct example *examples; /* ends with {0}; the tests run them */
    size_t settings_size;
    /* What it does: one of three. */
    const struct stage *stage; /* a part of a stream, by itself or in a chain of `geo` */
    /* Called with filled settings and operand[0..n-1], min_operands <= n <= max_operands;
     * returns an exit status. It reports its own failures. */
    int (*run)(const void *settings, int n, char **operand);
    const struct tool *const *steps; /* what `geo` runs and chains; ends with NULL */
};

#endif
