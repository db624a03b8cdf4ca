#include "read/geojson_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/grow.h"

/* As much as a pipe may hold without a privilege: the tool before this one waits less often. */
#define PIPE_BYTES (1 << 20)

static enum geo_status fail_errno(struct geo_ctx *ctx, const struct geo_bytes *bytes)
{
    return geo_fail(ctx, GEO_EREAD, "%s: %s", bytes->path, strerror(errno));
}

enum geo_status geo_bytes_open(struct geo_ctx *ctx, struct geo_bytes *bytes, const char *path,
                               size_t wanted)
{
    *bytes =
        (struct geo_bytes){.path = path, .spool = -1, .wanted = wanted, .line = 1, .column = 1};
    bytes->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (bytes->fd < 0)
        return fail_errno(ctx, bytes);
    fcntl(bytes->fd, F_SETPIPE_SZ,
          PIPE_BYTES); /* what is no pipe, or may not grow, stays as it is */
    return GEO_OK;
}

static void close_input(struct geo_bytes *bytes)
{
    if (bytes->fd > STDIN_FILENO)
        close(bytes->fd);
    bytes->fd = -1;
}

void geo_bytes_forget(struct geo_bytes *bytes)
{
    if (bytes->spool >= 0)
        close(bytes->spool);
    bytes->spool = -1;
}

void geo_bytes_close(struct geo_bytes *bytes)
{
    close_input(bytes);
    geo_bytes_forget(bytes);
    free(bytes->chunk);
    bytes->chunk = NULL;
}

/* ---- a second reading ---- */

bool geo_bytes_is_stream(const struct geo_bytes *bytes)
{
    struct stat st;
    return !strcmp(bytes->path, "-") || fstat(bytes->fd, &st) || !S_ISREG(st.st_mode);
}

static enum geo_status fail_keep(struct geo_ctx *ctx, const struct geo_bytes *bytes,
                                 const char *folder)
{
    return geo_fail(ctx, GEO_EREAD,
                    "%s: no copy can be kept in %s: %s; TMPDIR names another folder", bytes->path,
                    folder, strerror(errno));
}

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && folder[0] ? folder : "/tmp";
}

enum geo_status geo_bytes_keep(struct geo_ctx *ctx, struct geo_bytes *bytes)
{
    const char *folder = temporary_folder();
    char *name;
    if (asprintf(&name, "%s/geo-XXXXXX", folder) < 0)
        return geo_no_memory(ctx);
    bytes->spool = mkostemp(name, O_CLOEXEC);
    enum geo_status status = GEO_OK;
    if (bytes->spool < 0 || unlink(name))
        status = fail_keep(ctx, bytes, folder);
    free(name);
    return status;
}

static enum geo_status spool_chunk(struct geo_ctx *ctx, struct geo_bytes *bytes)
{
    for (size_t done = 0; done < bytes->n;) {
        ssize_t n = write(bytes->spool, bytes->chunk + done, bytes->n - done);
        if (n < 0 && errno != EINTR)
            return fail_keep(ctx, bytes, temporary_folder());
        done += n < 0 ? 0 : (size_t)n;
    }
    return GEO_OK;
}

enum geo_status geo_bytes_rewind(struct geo_ctx *ctx, struct geo_bytes *bytes)
{
    if (bytes->spool >= 0) {
        close_input(bytes);
        bytes->fd = bytes->spool;
        bytes->spool = -1;
    }
    if (lseek(bytes->fd, 0, SEEK_SET) < 0)
        return fail_errno(ctx, bytes);
    bytes->n = bytes->at = 0;
    bytes->line = bytes->column = 1;
    bytes->started = false;
    return GEO_OK;
}

/* ---- reading ---- */

static enum geo_status make_room(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t room)
{
    if (room <= bytes->room)
        return GEO_OK;
    if (!geo_grow(&bytes->chunk, room, 1))
        return geo_no_memory(ctx);
    bytes->room = room;
    return GEO_OK;
}

/* Reads behind the bytes that are there until there are `least` or the input ends. */
static enum geo_status read_on(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t least)
{
    do {
        ssize_t n = read(bytes->fd, bytes->chunk + bytes->n, bytes->room - bytes->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(ctx, bytes);
        if (n == 0)
            break;
        bytes->n += (size_t)n;
    } while (bytes->n < least);
    return GEO_OK;
}

enum geo_status geo_bytes_fill(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t least)
{
    static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
    bool is_first = !bytes->started;
    geo_bytes_pass(bytes);
    if (is_first && least < sizeof mark)
        least = sizeof mark;
    GEO_TRY(make_room(ctx, bytes, least > bytes->wanted ? least : bytes->wanted));
    GEO_TRY(read_on(ctx, bytes, least));
    if (bytes->n == 0)
        return GEO_END;
    if (bytes->spool >= 0)
        GEO_TRY(spool_chunk(ctx, bytes));
    bytes->started = true;
    bytes->last = bytes->chunk[bytes->n - 1];
    if (is_first && bytes->n >= sizeof mark && !memcmp(bytes->chunk, mark, sizeof mark)) {
        bytes->n -= sizeof mark;
        memmove(bytes->chunk, bytes->chunk + sizeof mark, bytes->n);
    }
    return GEO_OK;
}

/* ---- parts ---- */

/* Moves the place and the bytes that are left by n. */
static void drop(struct geo_bytes *bytes, size_t n)
{
    geo_bytes_place(bytes, n, &bytes->line, &bytes->column);
    bytes->n -= n;
    bytes->at = 0;
}

void geo_bytes_pass(struct geo_bytes *bytes)
{
    drop(bytes, bytes->n);
}

enum geo_status geo_bytes_more(struct geo_ctx *ctx, struct geo_bytes *bytes)
{
    if (bytes->at > 0) {
        size_t taken = bytes->at;
        drop(bytes, taken);
        memmove(bytes->chunk, bytes->chunk + taken, bytes->n);
    }
    size_t before = bytes->n, room = before + bytes->wanted;
    GEO_TRY(make_room(ctx, bytes, room > bytes->room ? geo_grown(bytes->room, room) : room));
    GEO_TRY(read_on(ctx, bytes, before + 1));
    if (bytes->n == before)
        return GEO_END;
    bytes->last = bytes->chunk[bytes->n - 1];
    return GEO_OK;
}

enum geo_status geo_bytes_part(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t n,
                               struct geo_bytes *part)
{
    size_t end = bytes->at + n, left = bytes->n - end;
    GEO_TRY(make_room(ctx, part, left > bytes->wanted ? left : bytes->wanted));
    unsigned char *chunk = part->chunk;
    size_t room = part->room;
    if (left > 0)
        memcpy(chunk, bytes->chunk + end, left);
    part->chunk = bytes->chunk;
    part->room = bytes->room;
    part->n = end;
    part->at = bytes->at;
    part->line = bytes->line;
    part->column = bytes->column;
    part->last = bytes->chunk[end - 1];
    part->started = true;
    drop(bytes, end);
    bytes->chunk = chunk;
    bytes->room = room;
    return GEO_OK;
}

void geo_bytes_place(const struct geo_bytes *bytes, size_t offset, uint64_t *line, uint64_t *column)
{
    const unsigned char *at = bytes->chunk, *end = bytes->chunk ? at + offset : at, *next;
    *line = bytes->line;
    *column = bytes->column;
    while (at < end && (next = memchr(at, '\n', (size_t)(end - at)))) {
        at = next + 1;
        (*line)++;
        *column = 1;
    }
    for (; at < end; at++)
        *column += (*at & 0xC0) != 0x80;
}
