#include "write/members.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"

/* What stands beside a file and would be read with the new one: a spatial index of other shapes, a
 * journal to be rolled back into another database. */
struct sidecars {
    const char *extension;
    bool appended; /* the suffix follows the extension, instead of replacing it */
    const char *suffix[8];
};

static const struct sidecars known[] = {
    {".shp", false, {".dbf", ".shx", ".prj", ".cpg", ".qix", ".sbn", ".sbx"}},
    {".tab", false, {".dat", ".map", ".id", ".ind"}},
    {".mif", false, {".mid"}},
    {".gml", false, {".xsd", ".gfs"}},
    {".gpkg", true, {"-wal", "-shm", "-journal"}},
    {".sqlite", true, {"-wal", "-shm", "-journal"}},
    {".db", true, {"-wal", "-shm", "-journal"}},
};

enum { MOST_SIDECARS = 16, NAME_ROOM = 512 };

/* Names of the sidecars that a target may have, in lower and in upper case. */
struct names {
    int n;
    char name[MOST_SIDECARS][NAME_ROOM];
};

static void add_name(struct names *names, const char *stem, int n, const char *suffix, bool upper)
{
    char *name = names->name[names->n++];
    snprintf(name, NAME_ROOM, "%.*s%s", n, stem, suffix);
    for (char *c = name + n; upper && *c; c++)
        *c = (char)toupper((unsigned char)*c);
}

static void find_names(const char *name, struct names *names)
{
    const char *dot = strrchr(name, '.');
    names->n = 0;
    for (size_t k = 0; dot && k < sizeof known / sizeof *known; k++) {
        if (strcasecmp(dot, known[k].extension))
            continue;
        int stem = (int)(known[k].appended ? strlen(name) : (size_t)(dot - name));
        for (size_t s = 0; s < 8 && known[k].suffix[s]; s++) {
            add_name(names, name, stem, known[k].suffix[s], false);
            if (!known[k].appended)
                add_name(names, name, stem, known[k].suffix[s], true);
        }
    }
}

/* The target's name and, in front of it, its folder. */
static const char *name_of(const struct geo_output *output)
{
    return strrchr(output->target, '/') + 1;
}

static int open_folder(const struct geo_output *output)
{
    size_t n = (size_t)(name_of(output) - output->target);
    char *folder = strndup(output->target, n);
    int fd = folder ? open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder);
    return fd;
}

static bool exists(int folder, const char *name)
{
    struct stat stat_of;
    return !fstatat(folder, name, &stat_of, AT_SYMLINK_NOFOLLOW);
}

enum geo_status geo_members_check(struct geo_ctx *ctx, const struct geo_output *output)
{
    struct names names;
    const char *in_the_way = NULL;
    int folder = open_folder(output);
    if (folder < 0)
        return geo_output_failed(ctx, output);
    find_names(name_of(output), &names);
    for (int i = 0; !output->overwrite && i < names.n; i++)
        if (exists(folder, names.name[i]))
            in_the_way = names.name[i];
    if (!output->overwrite && exists(folder, name_of(output)))
        in_the_way = output->shown;
    close(folder);
    return in_the_way
               ? geo_fail(ctx, GEO_EARG, "%s exists: say --overwrite to replace it", in_the_way)
               : GEO_OK;
}

/* ---- moving ---- */

#define OLD ".old"

/* Folders by descriptor: where the new members are, where they go, where the old ones wait. */
struct move {
    const struct geo_output *output;
    int from, to, old;
    struct dirent **member;
    int n, moved;
};

static int not_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

/* Lists the new members, the target last. */
static bool list_members(struct move *move)
{
    move->n = scandir(move->output->directory, &move->member, not_dots, alphasort);
    for (int i = 0; i + 1 < move->n; i++)
        if (!strcasecmp(move->member[i]->d_name, name_of(move->output))) {
            struct dirent *last = move->member[i];
            move->member[i] = move->member[move->n - 1];
            move->member[move->n - 1] = last;
        }
    return move->n >= 0;
}

/* Gives the members the mode that open() gives new files: some drivers ask for less. */
static bool set_modes(const struct move *move)
{
    static const char probe[] = ".mode";
    struct stat wanted, stat_of;
    int fd = openat(move->from, probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool done = fd >= 0 && !fstat(fd, &wanted);
    if (fd >= 0)
        close(fd);
    done = done && !unlinkat(move->from, probe, 0);
    for (int i = 0; done && i < move->n; i++) {
        const char *name = move->member[i]->d_name;
        done = !fstatat(move->from, name, &stat_of, AT_SYMLINK_NOFOLLOW);
        if (done && S_ISREG(stat_of.st_mode) && stat_of.st_mode != wanted.st_mode)
            done = !fchmodat(move->from, name, wanted.st_mode & 0777, 0);
    }
    return done;
}

/* Folders are not ours to remove. */
static bool move_aside(const struct move *move, const char *name)
{
    struct stat stat_of;
    if (!fstatat(move->to, name, &stat_of, AT_SYMLINK_NOFOLLOW) && S_ISDIR(stat_of.st_mode)) {
        errno = EISDIR;
        return false;
    }
    return !renameat(move->to, name, move->old, name) || errno == ENOENT;
}

/* Moves the members that were there out of the way, so that old and new ones are never seen
 * together. One file that replaces one needs no such thing: rename() exchanges them. */
static bool set_aside(struct move *move)
{
    struct names names;
    find_names(name_of(move->output), &names);
    bool alone = move->n == 1;
    for (int i = 0; i < names.n; i++)
        alone = alone && !exists(move->to, names.name[i]);
    if (alone || !move->output->overwrite)
        return true;
    if (mkdirat(move->from, OLD, 0700))
        return false;
    move->old = openat(move->from, OLD, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool done = move->old >= 0 && move_aside(move, name_of(move->output));
    for (int i = 0; done && i < names.n; i++)
        done = move_aside(move, names.name[i]);
    for (int i = 0; done && i < move->n; i++)
        done = move_aside(move, move->member[i]->d_name);
    return done;
}

static bool move_in(struct move *move)
{
    for (; move->moved < move->n; move->moved++) {
        const char *name = move->member[move->moved]->d_name;
        unsigned flags = move->output->overwrite ? 0 : RENAME_NOREPLACE;
        if (!renameat2(move->from, name, move->to, name, flags))
            continue;
        /* Not every file system knows the flag. */
        if (errno != EINVAL || renameat(move->from, name, move->to, name))
            return false;
    }
    return true;
}

/* Takes the new members back out and puts the old ones back in; keeps errno. */
static void undo(struct move *move)
{
    int why = errno, n;
    struct dirent **old;
    char path[PATH_MAX];
    while (move->moved > 0) {
        const char *name = move->member[--move->moved]->d_name;
        renameat(move->to, name, move->from, name);
    }
    snprintf(path, sizeof path, "%s/" OLD, move->output->directory);
    n = move->old < 0 ? 0 : scandir(path, &old, not_dots, alphasort);
    for (int i = 0; i < n; i++) {
        renameat(move->old, old[i]->d_name, move->to, old[i]->d_name);
        free(old[i]);
    }
    if (n > 0)
        free(old);
    errno = why;
}

enum geo_status geo_members_move(struct geo_ctx *ctx, const struct geo_output *output)
{
    enum geo_status status = GEO_OK;
    struct move move = {.output = output, .old = -1, .to = open_folder(output)};
    move.from = open(output->directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (move.from < 0 || move.to < 0 || !list_members(&move) || !set_modes(&move) ||
        !set_aside(&move) || !move_in(&move)) {
        undo(&move);
        status = geo_output_failed(ctx, output);
    }
    for (int i = 0; i < move.n; i++)
        free(move.member[i]);
    free(move.member);
    const int fds[] = {move.from, move.to, move.old};
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    return status;
}
