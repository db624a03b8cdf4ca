/* The only main() of the tools. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/geo.h"
#include "kit/doc.h"
#include "kit/say.h"
#include "kit/tool.h"

enum { MESSAGE_SIZE = 512 };

/* A standard stream that the caller has closed would become the first file we open, and
 * take its data. Opened the wrong way round, its use is the error it should be. */
static bool open_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return false;
    return true;
}

static int usage_error(struct say *say, const char *message)
{
    say_error(say, "%s (see %s --help)", message, tool.name);
    return EXIT_USAGE;
}

static void print_version(FILE *out, const struct tool *t)
{
    fprintf(out, "%s %s", t->name, geo_version_text());
}

static int check_operands(struct say *say, int n, char **operand)
{
    char message[MESSAGE_SIZE];

    if (n < tool.min_operands)
        snprintf(message, sizeof message, "an operand is missing: %s [OPTION]... %s", tool.name,
                 tool.operands);
    else if (n > tool.max_operands)
        snprintf(message, sizeof message, "unexpected operand '%s'", operand[tool.max_operands]);
    else
        return EXIT_DONE;
    return usage_error(say, message);
}

static int run(struct say *say, int argc, char **argv)
{
    char message[MESSAGE_SIZE];
    int n;
    void *settings = calloc(1, tool.settings_size ? tool.settings_size : 1);

    if (!settings) {
        say_error(say, "out of memory");
        return EXIT_DEFECT;
    }
    assert(opt_lint(tool.options, message, sizeof message));
    opt_preset(tool.options, settings);
    int code;
    if (!opt_parse(tool.options, settings, argc, argv, &n, message, sizeof message))
        code = usage_error(say, message);
    else if ((code = check_operands(say, n, argv + 1)) == EXIT_DONE)
        code = tool.run(settings, n, argv + 1);
    free(settings);
    return code;
}

/* A full disk shows only when the last buffer is written. A run that failed for another
 * reason keeps that reason; one that reported its output keeps its one line. */
static int close_stdout(struct say *say, int code)
{
    const bool failed_before = ferror(stdout) != 0;
    const bool failed_now = fclose(stdout) != 0;

    if (!failed_before && !failed_now)
        return code;
    if (code != EXIT_DONE && code != EXIT_CHECK_FAILED && code != EXIT_SKIPPED)
        return code;
    say_error(say, "standard output cannot be written%s%s", failed_now ? ": " : "",
              failed_now ? strerror(errno) : "");
    return EXIT_OUTPUT;
}

int main(int argc, char **argv)
{
    struct say say = {.out = stderr, .name = tool.name, .level = SAY_NORMAL};
    doc_printer *print = doc_asked(&tool, argc, argv);
    int code = EXIT_DONE;

    if (!open_standard_streams())
        return EXIT_DEFECT;
    signal(SIGPIPE, SIG_DFL); /* a parent may have had it ignored */
    if (!print && doc_has_word("--version", argc, argv))
        print = print_version;
    if (print)
        print(stdout, &tool);
    else
        code = run(&say, argc, argv);
    return close_stdout(&say, code);
}
