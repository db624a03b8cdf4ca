/* The only main() of the programs; TOOL is the tool that one is. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kit/chain.h"
#include "kit/line.h"

extern const struct tool TOOL;

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

/* A full disk shows only when the last buffer is written. A run that failed for another
 * reason keeps that reason; one that reported its output keeps its one line. */
static int close_stdout(int code)
{
    struct say say = {.out = stderr, .name = TOOL.name, .level = SAY_NORMAL};
    const bool failed_before = ferror(stdout) != 0;
    const bool failed_now = fclose(stdout) != 0;

    if (!failed_before && !failed_now)
        return code;
    if (code != EXIT_DONE && code != EXIT_CHECK_FAILED && code != EXIT_SKIPPED)
        return code;
    say_error(&say, "standard output cannot be written%s%s", failed_now ? ": " : "",
              failed_now ? strerror(errno) : "");
    return EXIT_OUTPUT;
}

int main(int argc, char **argv)
{
    if (!open_standard_streams())
        return EXIT_DEFECT;
    signal(SIGPIPE, SIG_DFL); /* a parent may have had it ignored */
    return close_stdout(TOOL.steps ? chain_run(&TOOL, argc, argv) : line_run(&TOOL, argc, argv));
}
