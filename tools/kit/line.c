#include "kit/line.h"

#include <assert.h>
#include <stdlib.h>

#include "geo/geo.h"
#include "kit/doc.h"
#include "kit/stage.h"

enum { MESSAGE_SIZE = 512 };

static void print_version(FILE *out, const struct tool *t)
{
    fprintf(out, "%s %s", t->name, geo_version_text());
}

bool line_asks(const struct tool *t, int argc, char **argv)
{
    doc_printer *print = doc_asked(t, argc, argv);

    if (!print && doc_has_word("--version", argc, argv))
        print = print_version;
    if (print)
        print(stdout, t);
    return print != NULL;
}

int line_parse(struct line *line, const struct tool *t, int argc, char **argv, struct say *say,
               const char *help)
{
    char message[MESSAGE_SIZE];

    *line = (struct line){.settings = calloc(1, t->settings_size + 1)};
    if (!line->settings) {
        say_error(say, "out of memory");
        return EXIT_DEFECT;
    }
    assert(opt_lint(t->options, message, sizeof message));
    opt_preset(t->options, line->settings);
    if (opt_parse(t->options, line->settings, argc, argv, &line->operands, &line->given, message,
                  sizeof message))
        return EXIT_DONE;
    say_error(say, "%s (see %s)", message, help);
    return EXIT_USAGE;
}

int line_check_operands(const struct line *line, const struct tool *t, char **argv, struct say *say,
                        const char *help)
{
    if (line->operands < t->min_operands)
        say_error(say, "an operand is missing: %s [OPTION]... %s (see %s)", t->name, t->operands,
                  help);
    else if (line->operands > t->max_operands)
        say_error(say, "unexpected operand '%s' (see %s)", argv[1 + t->max_operands], help);
    else
        return EXIT_DONE;
    return EXIT_USAGE;
}

void line_release(struct line *line)
{
    free(line->settings);
}

static int run(const struct line *line, const struct tool *t, char **operand)
{
    if (!t->stage)
        return t->run(line->settings, line->operands, operand);
    struct staged staged = {.tool = t, .name = t->name, .settings = line->settings};
    return stage_run(t->name, stage_common(&staged), &staged, 1, line->operands, operand);
}

int line_run(const struct tool *t, int argc, char **argv)
{
    struct say say = {.out = stderr, .name = t->name, .level = SAY_NORMAL};
    struct line line;
    char help[64];

    if (line_asks(t, argc, argv))
        return EXIT_DONE;
    snprintf(help, sizeof help, "%s --help", t->name);
    int code = line_parse(&line, t, argc, argv, &say, help);
    if (code == EXIT_DONE)
        code = line_check_operands(&line, t, argv, &say, help);
    if (code == EXIT_DONE)
        code = run(&line, t, argv + 1);
    line_release(&line);
    return code;
}
