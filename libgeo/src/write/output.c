#include "write/output.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "write/members.h"

enum geo_status geo_output_failed(struct geo_ctx *ctx, const struct geo_output *output)
{
    int why = errno;
    if (why == ENOMEM)
        return geo_no_memory(ctx);
    return geo_fail(ctx, why == EPIPE ? GEO_EPIPE : GEO_EWRITE, "%s: %s", output->shown,
                    strerror(why));
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *place)
{
    (void)stat;
    (void)type;
    (void)place;
    return remove(path);
}

static void release(struct geo_output *output)
{
    free(output->shown);
    free(output->target);
    free(output->directory);
    free(output->path);
    *output = (struct geo_output){.fd = -1};
}

void geo_output_discard(struct geo_output *output)
{
    if (output->shown && output->fd >= 0)
        close(output->fd);
    if (output->directory)
        nftw(output->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    release(output);
}

/* ---- finding out what the target is ---- */

/* The descriptor that a name of /dev stands for: it is duplicated and not opened anew, which would
 * start at the beginning of a file that standard output was appended to. -1: none. */
static int named_descriptor(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (!path || !strcmp(path, "-") || !strcmp(path, "/dev/stdout"))
        return STDOUT_FILENO;
    if (!strcmp(path, "/dev/stderr"))
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t n = strlen(folders[i]);
        char *end;
        if (strncmp(path, folders[i], n) || path[n] < '0' || path[n] > '9')
            continue;
        long fd = strtol(path + n, &end, 10);
        if (!*end && fd <= INT_MAX)
            return (int)fd;
    }
    return -1;
}

/* The folder of path without links, and the name in it. */
static char *join_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *real = folder ? realpath(folder, NULL) : NULL, *joined = NULL;
    if (real &&
        asprintf(&joined, "%s/%s", strcmp(real, "/") ? real : "", slash ? slash + 1 : path) < 0)
        joined = NULL;
    int why = errno;
    free(folder);
    free(real);
    errno = why;
    return joined;
}

/* What a link says, read from the folder where it stands. */
static char *follow(const char *path)
{
    char link[PATH_MAX];
    ssize_t n = readlink(path, link, sizeof link - 1);
    if (n < 0)
        return NULL;
    link[n] = '\0';
    const char *slash = strrchr(path, '/');
    char *followed;
    if (link[0] == '/' || !slash)
        return strdup(link);
    return asprintf(&followed, "%.*s%s", (int)(slash + 1 - path), path, link) < 0 ? NULL : followed;
}

/* The absolute path that bytes written to path end up at, whether it exists or not; links are
 * followed, dangling ones too. NULL with errno set. */
static char *resolve(const char *path)
{
    enum { MOST_LINKS = 40 };
    char *at = realpath(path, NULL);
    if (at || errno != ENOENT)
        return at;
    at = strdup(path);
    for (int i = 0; at && i < MOST_LINKS; i++) {
        char *next = follow(at);
        if (!next)
            break;
        free(at);
        at = next;
    }
    char *joined = at ? join_folder(at) : NULL;
    free(at);
    return joined;
}

static enum geo_status open_direct(struct geo_ctx *ctx, const char *path, int named, bool bytes,
                                   struct geo_output *output)
{
    if (!bytes)
        return geo_fail(ctx, GEO_EARG, "%s is not a file, which this format needs: name one",
                        output->shown);
    output->fd = named >= 0 ? fcntl(named, F_DUPFD_CLOEXEC, 0) : open(path, O_WRONLY | O_CLOEXEC);
    return output->fd < 0 ? geo_output_failed(ctx, output) : GEO_OK;
}

/* .NAME.XXXXXX beside the target, and the name in it. For GDAL without its extension: it would take
 * a folder called .a.xlsx.… for the zip file to write. */
static enum geo_status make_directory(struct geo_ctx *ctx, bool bytes, struct geo_output *output)
{
    enum { MOST = 200 };
    const char *name = strrchr(output->target, '/') + 1;
    size_t n = bytes ? strlen(name) : strcspn(name, ".");
    char *directory;
    if (asprintf(&directory, "%.*s.%.*s.XXXXXX", (int)(name - output->target), output->target,
                 (int)(n < MOST ? n : MOST), name) < 0)
        return geo_no_memory(ctx);
    if (!mkdtemp(directory)) {
        enum geo_status status = geo_output_failed(ctx, output);
        free(directory);
        return status;
    }
    output->directory = directory;
    if (asprintf(&output->path, "%s/%s", directory, name) < 0) {
        output->path = NULL;
        return geo_no_memory(ctx);
    }
    return GEO_OK;
}

static enum geo_status open_file(struct geo_ctx *ctx, bool bytes, struct geo_output *output)
{
    GEO_TRY(geo_members_check(ctx, output));
    GEO_TRY(make_directory(ctx, bytes, output));
    if (!bytes)
        return GEO_OK;
    output->fd = open(output->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return output->fd < 0 ? geo_output_failed(ctx, output) : GEO_OK;
}

static enum geo_status open_any(struct geo_ctx *ctx, const char *path, bool bytes,
                                struct geo_output *output)
{
    struct stat stat_of;
    int named = named_descriptor(path);
    if (!output->shown)
        return geo_no_memory(ctx);
    if (named >= 0)
        return open_direct(ctx, path, named, bytes, output);
    if (!*path || path[strlen(path) - 1] == '/')
        return geo_fail(ctx, GEO_EARG, "'%s' is not the name of a file", path);
    if (!stat(path, &stat_of)) {
        if (S_ISDIR(stat_of.st_mode))
            return geo_fail(ctx, GEO_EARG, "%s is a folder: name a file in it", path);
        if (!S_ISREG(stat_of.st_mode))
            return open_direct(ctx, path, -1, bytes, output);
    }
    output->target = resolve(path);
    if (!output->target)
        return geo_output_failed(ctx, output);
    return open_file(ctx, bytes, output);
}

enum geo_status geo_output_open(struct geo_ctx *ctx, const char *path, bool overwrite, bool bytes,
                                struct geo_output *output)
{
    bool is_stdout = named_descriptor(path) == STDOUT_FILENO;
    struct geo_output opened = {
        .shown = strdup(is_stdout ? "standard output" : path), .overwrite = overwrite, .fd = -1};
    enum geo_status status = open_any(ctx, path, bytes, &opened);
    if (status == GEO_OK)
        *output = opened;
    else
        geo_output_discard(&opened);
    return status;
}

/* ---- writing ---- */

/* Whether the failed write is to be tried again: it was interrupted, or a descriptor that somebody
 * set not to block was full, and has room now. */
static bool may_go_on(int fd)
{
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    if (errno == EAGAIN)
        return poll(&wait, 1, -1) >= 0 || errno == EINTR;
    return errno == EINTR;
}

enum geo_status geo_output_write(struct geo_ctx *ctx, struct geo_output *output, const char *byte,
                                 size_t n)
{
    while (n) {
        ssize_t written = write(output->fd, byte, n);
        if (written < 0 && may_go_on(output->fd))
            continue;
        if (written < 0)
            return geo_output_failed(ctx, output);
        byte += written;
        n -= (size_t)written;
    }
    return GEO_OK;
}

enum geo_status geo_output_commit(struct geo_ctx *ctx, struct geo_output *output)
{
    enum geo_status status = GEO_OK;
    if (output->fd >= 0 && close(output->fd))
        status = geo_output_failed(ctx, output);
    output->fd = -1;
    if (status == GEO_OK && output->directory)
        status = geo_members_move(ctx, output);
    geo_output_discard(output);
    return status;
}
