/* The command line of one tool: its documents, its options, its run. */
#ifndef KIT_LINE_H
#define KIT_LINE_H

#include "kit/opt.h"
#include "kit/say.h"
#include "kit/tool.h"

/* What a line has said. */
struct line {
    void *settings; /* the tool's; freed by line_release() */
    struct opt_given given;
    int operands; /* they stand in argv[1..operands] */
};

/* Prints the document or the version that the line asks for, whatever else stands on it.
 * @return whether it asks for one */
bool line_asks(const struct tool *t, int argc, char **argv);

/* Parses argv[1..argc-1] for a tool. Messages end in a hint at @p help: "geo-area --help".
 * @param[out] line  to be released, on failure too
 * @return EXIT_DONE, or the status after a message */
int line_parse(struct line *line, const struct tool *t, int argc, char **argv, struct say *say,
               const char *help);

/* Checks the number of operands, likewise. */
int line_check_operands(const struct line *line, const struct tool *t, char **argv, struct say *say,
                        const char *help);

void line_release(struct line *line);

/* All of it, for a tool that is not made of steps. @return the exit status */
int line_run(const struct tool *t, int argc, char **argv);

#endif
