#include "write/checked.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"

#define PREFIX "/vsigeo/"

/* Each of these is GDAL's own operation on the path that follows the prefix. */

static int check(int result)
{
    if (result)
        CPLError(CE_Failure, CPLE_FileIO, "%s", strerror(errno ? errno : EIO));
    return result;
}

static int checked_stat(void *data, const char *path, VSIStatBufL *stat, int flags)
{
    (void)data;
    return VSIStatExL(path, stat, flags);
}

static int checked_unlink(void *data, const char *path)
{
    (void)data;
    return VSIUnlink(path);
}

static int checked_rename(void *data, const char *from, const char *to)
{
    (void)data;
    return VSIRename(from, to);
}

static int checked_mkdir(void *data, const char *path, long mode)
{
    (void)data;
    return VSIMkdir(path, mode);
}

static int checked_rmdir(void *data, const char *path)
{
    (void)data;
    return VSIRmdir(path);
}

static char **checked_read_dir(void *data, const char *path, int most)
{
    (void)data;
    return VSIReadDirEx(path, most);
}

static void *checked_open(void *data, const char *path, const char *access)
{
    (void)data;
    return VSIFOpenL(path, access);
}

static vsi_l_offset checked_tell(void *file)
{
    return VSIFTellL(file);
}

/* Moving on writes what is buffered first. */
static int checked_seek(void *file, vsi_l_offset offset, int whence)
{
    errno = 0;
    return check(VSIFSeekL(file, offset, whence));
}

static size_t checked_read(void *file, void *buffer, size_t size, size_t count)
{
    return VSIFReadL(buffer, size, count, file);
}

static int checked_eof(void *file)
{
    return VSIFEofL(file);
}

static size_t checked_write(void *file, const void *buffer, size_t size, size_t count)
{
    errno = 0;
    size_t written = VSIFWriteL(buffer, size, count, file);
    check(written < count);
    return written;
}

static int checked_flush(void *file)
{
    errno = 0;
    return check(VSIFFlushL(file));
}

static int checked_truncate(void *file, vsi_l_offset size)
{
    errno = 0;
    return check(VSIFTruncateL(file, size));
}

static int checked_close(void *file)
{
    errno = 0;
    return check(VSIFCloseL(file));
}

static void install(void)
{
    VSIFilesystemPluginCallbacksStruct *callbacks = VSIAllocFilesystemPluginCallbacksStruct();
    callbacks->stat = checked_stat;
    callbacks->unlink = checked_unlink;
    callbacks->rename = checked_rename;
    callbacks->mkdir = checked_mkdir;
    callbacks->rmdir = checked_rmdir;
    callbacks->read_dir = checked_read_dir;
    callbacks->open = checked_open;
    callbacks->tell = checked_tell;
    callbacks->seek = checked_seek;
    callbacks->read = checked_read;
    callbacks->eof = checked_eof;
    callbacks->write = checked_write;
    callbacks->flush = checked_flush;
    callbacks->truncate = checked_truncate;
    callbacks->close = checked_close;
    VSIInstallPluginHandler(PREFIX, callbacks);
    VSIFreeFilesystemPluginCallbacksStruct(callbacks);
}

enum geo_status geo_checked_path(struct geo_ctx *ctx, const char *driver, const char *path,
                                 char **checked)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static const char *const own_files[] = {"GPKG", "SQLite", "MBTiles", "netCDF", "FITS"};
    const char *prefix = PREFIX;
    char *made;
    pthread_once(&once, install);
    for (size_t i = 0; i < sizeof own_files / sizeof *own_files; i++)
        if (!strcmp(driver, own_files[i]))
            prefix = "";
    if (asprintf(&made, "%s%s", prefix, path) < 0)
        return geo_no_memory(ctx);
    *checked = made;
    return GEO_OK;
}
