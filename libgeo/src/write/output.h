/* Where bytes go: a private directory beside the target whose members are renamed into place at the
 * end, or straight to standard output, a device or a pipe. */
#ifndef GEO_WRITE_OUTPUT_H
#define GEO_WRITE_OUTPUT_H

#include "geo/batch.h"

struct geo_output {
    char *shown;     /* the target as the caller named it, for messages */
    char *target;    /* absolute path without links; NULL: written directly */
    char *directory; /* the private one beside it; NULL: written directly */
    char *path;      /* directory/NAME, where the bytes go for the time being */
    bool overwrite;
    int fd; /* -1: not open, or GDAL writes at path */
};

/* Finds out what path (NULL or "-": standard output) is and prepares it. A regular file gets a
 * private directory, and with `bytes` also fd, open for writing; the others get fd, and are refused
 * without `bytes`.
 * GEO_OK; GEO_EARG: it exists, is a directory or not a file; GEO_EWRITE; GEO_ENOMEM. On failure nothing is
 * left. */
enum geo_status geo_output_open(struct geo_ctx *ctx, const char *path, bool overwrite, bool bytes,
                                struct geo_output *output);

/* The failure that errno tells, with the target's name: GEO_EWRITE, GEO_EPIPE, GEO_ENOMEM. */
enum geo_status geo_output_failed(struct geo_ctx *ctx, const struct geo_output *output);

/* GEO_OK, GEO_EWRITE, GEO_EPIPE. */
enum geo_status geo_output_write(struct geo_ctx *ctx, struct geo_output *output, const char *byte,
                                 size_t n);

/* Closes, renames the members into place, the target last, replaces or removes the sidecars of the
 * file that was there, and releases output. On failure the old files are put back and nothing else
 * is left. GEO_OK, GEO_EWRITE, GEO_EPIPE, GEO_ENOMEM. */
enum geo_status geo_output_commit(struct geo_ctx *ctx, struct geo_output *output);

/* Removes what was written and releases output; zero is allowed. */
void geo_output_discard(struct geo_output *output);

#endif
