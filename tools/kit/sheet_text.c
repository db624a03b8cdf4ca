#include "kit/sheet_text.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* More than any table that people edit. */
enum { BYTES_MAX = 1 << 26 };

struct bytes {
    char *at;
    size_t n;
};

static bool no_memory(struct job *job)
{
    return job_fail(job, GEO_ENOMEM, "out of memory");
}

static bool read_all(struct job *job, const char *path, FILE *in, struct bytes *bytes)
{
    size_t room = 0, got = 1;
    while (got > 0 && bytes->n <= BYTES_MAX) {
        if (bytes->n == room) {
            room = room ? 2 * room : 1 << 16;
            char *grown = realloc(bytes->at, room);
            if (!grown)
                return no_memory(job);
            bytes->at = grown;
        }
        errno = 0;
        got = fread(bytes->at + bytes->n, 1, room - bytes->n, in);
        bytes->n += got;
    }
    if (ferror(in))
        return job_fail(job, GEO_EREAD, "%s: %s", path, strerror(errno));
    if (bytes->n > BYTES_MAX)
        return job_fail(job, GEO_EREAD, "%s is larger than 64 MiB: is it a table?", path);
    return true;
}

static bool read_file(struct job *job, const char *path, struct bytes *bytes)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return job_fail(job, GEO_EREAD, "%s: %s", path, strerror(errno));
    bool done = read_all(job, path, in, bytes);
    fclose(in);
    return done;
}

static bool starts(const struct bytes *bytes, const char *mark, size_t n)
{
    return bytes->n >= n && !memcmp(bytes->at, mark, n);
}

/* Replaces UTF-16 by UTF-8. */
static bool convert(struct job *job, const char *path, const char *from, struct bytes *bytes)
{
    size_t left = bytes->n - 2, room = 2 * bytes->n;
    struct bytes made = {.at = malloc(room)};
    if (!made.at)
        return no_memory(job);
    iconv_t decoder = iconv_open("UTF-8", from);
    char *in = bytes->at + 2, *out = made.at;
    bool done = decoder != (iconv_t)-1 && iconv(decoder, &in, &left, &out, &room) != (size_t)-1;
    if (decoder != (iconv_t)-1)
        iconv_close(decoder);
    made.n = (size_t)(out - made.at);
    free(bytes->at);
    *bytes = made;
    return done ||
           job_fail(job, GEO_ETEXT, "%s begins with the mark of %s but is not: save it as UTF-8",
                    path, from);
}

/* The line on which text stops being UTF-8. */
static size_t bad_line(const struct bytes *bytes)
{
    size_t line = 1, i = 0;
    while (i < bytes->n) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)bytes->at + i,
                                                 (utf8proc_ssize_t)(bytes->n - i), &point);
        if (used <= 0)
            break;
        line += bytes->at[i] == '\n';
        i += (size_t)used;
    }
    return line;
}

static bool compose(struct job *job, const char *path, const struct bytes *bytes, char **text)
{
    static const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t made = utf8proc_map((const utf8proc_uint8_t *)bytes->at,
                                         (utf8proc_ssize_t)bytes->n, &composed, form);
    if (made == UTF8PROC_ERROR_NOMEM)
        return no_memory(job);
    if (made < 0)
        return job_fail(job, GEO_ETEXT, "%s:%zu: text is not UTF-8: save the table as UTF-8", path,
                        bad_line(bytes));
    *text = (char *)composed;
    return true;
}

static bool decode(struct job *job, const char *path, struct bytes *bytes, char **text)
{
    if (starts(bytes, "PK\3\4", 4))
        return job_fail(job, GEO_EREAD, "%s is a workbook: save its sheet as CSV (UTF-8)", path);
    if (starts(bytes, "\xFF\xFE", 2) && !convert(job, path, "UTF-16LE", bytes))
        return false;
    if (starts(bytes, "\xFE\xFF", 2) && !convert(job, path, "UTF-16BE", bytes))
        return false;
    if (bytes->n > 0 && memchr(bytes->at, '\0', bytes->n))
        return job_fail(job, GEO_ETEXT, "%s holds zero bytes: save it as CSV in UTF-8", path);
    if (starts(bytes, "\xEF\xBB\xBF", 3)) {
        bytes->n -= 3;
        memmove(bytes->at, bytes->at + 3, bytes->n);
    }
    return compose(job, path, bytes, text);
}

bool sheet_load(struct job *job, const char *path, char **text)
{
    struct bytes bytes = {0};
    bool done = read_file(job, path, &bytes) && decode(job, path, &bytes, text);
    free(bytes.at);
    return done;
}
