#include "kit/say.h"

#include <string.h>

#include "kit/text.h"

enum { LINE_SIZE = 8192 };

void say_wipe(struct say *say)
{
    if (say->drawn)
        fprintf(say->out, "\r%*s\r", say->drawn, "");
    say->drawn = 0;
}

/* The line is put together first and written at once: tools of a pipe share one terminal. */
__attribute__((format(printf, 2, 0))) static void write_line(struct say *say, const char *format,
                                                             va_list args)
{
    char line[LINE_SIZE];
    const int n = snprintf(line, sizeof line - 1, "%s: ", say->name);

    vsnprintf(line + n, sizeof line - 1 - (size_t)n, format, args);
    text_clean(line);
    const size_t length = strlen(line);
    line[length] = '\n';
    say_wipe(say);
    fwrite(line, 1, length + 1, say->out);
}

void say_error(struct say *say, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(say, format, args);
    va_end(args);
}

void say_note(struct say *say, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (say->level >= SAY_NORMAL)
        write_line(say, format, args);
    va_end(args);
}

void say_detail(struct say *say, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (say->level >= SAY_VERBOSE)
        write_line(say, format, args);
    va_end(args);
}
