#include <stdlib.h>

#include "draw/page_data.h"

/* U+2028 and U+2029 are E2 80 A8 and A9; `held` bytes of one may have come already. */
struct escape {
    FILE *out;
    size_t held;
};

static const char separator[] = "\xE2\x80";

static void release_held(struct escape *e)
{
    fwrite(separator, 1, e->held, e->out);
    e->held = 0;
}

static void put(struct escape *e, char c)
{
    if (e->held == 2 && (c == '\xA8' || c == '\xA9')) {
        fputs(c == '\xA8' ? "\\u2028" : "\\u2029", e->out);
        e->held = 0;
        return;
    }
    if (e->held < 2 && c == separator[e->held]) {
        e->held++;
        return;
    }
    release_held(e);
    if (c == separator[0])
        e->held = 1;
    else if (c == '<')
        fputs("\\u003c", e->out);
    else
        putc_unlocked(c, e->out);
}

static ssize_t write_some(void *cookie, const char *text, size_t n)
{
    struct escape *e = cookie;
    for (size_t i = 0; i < n; i++)
        put(e, text[i]);
    return ferror(e->out) ? 0 : (ssize_t)n;
}

static int finish(void *cookie)
{
    struct escape *e = cookie;
    release_held(e);
    const int failed = ferror(e->out);
    free(e);
    return failed ? EOF : 0;
}

FILE *page_escape(FILE *out)
{
    struct escape *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->out = out;
    FILE *safe = fopencookie(e, "w", (cookie_io_functions_t){.write = write_some, .close = finish});
    if (!safe)
        free(e);
    else
        setvbuf(safe, NULL, _IOFBF, 1 << 16);
    return safe;
}
