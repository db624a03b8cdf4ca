/* The bytes of a file or of standard input, in chunks, and where in the text they stand. */
#ifndef GEO_READ_GEOJSON_BYTES_H
#define GEO_READ_GEOJSON_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"

struct geo_bytes {
    const char *path;     /* "-": standard input; borrowed */
    int fd;               /* -1: none */
    int spool;            /* a copy of all that is read; -1: none */
    unsigned char *chunk; /* n bytes, of which `at` are taken */
    size_t wanted;        /* bytes read at once */
    size_t room, n, at;
    uint64_t line, column; /* of the chunk's first byte, from 1; columns count characters */
    unsigned char last;    /* the last byte of the chunk */
    bool started;          /* a byte has come */
};

/* GEO_OK, GEO_EREAD (the message has errno's text), GEO_ENOMEM. geo_bytes_close() in any case. */
enum geo_status geo_bytes_open(struct geo_ctx *ctx, struct geo_bytes *bytes, const char *path,
                               size_t wanted);
void geo_bytes_close(struct geo_bytes *bytes);

/* Whether the bytes come but once, so that a second reading needs a copy. */
bool geo_bytes_is_stream(const struct geo_bytes *bytes);

/* Keeps a copy of all that is read from now on, in an unlinked file in $TMPDIR. */
enum geo_status geo_bytes_keep(struct geo_ctx *ctx, struct geo_bytes *bytes);

/* Drops the copy. */
void geo_bytes_forget(struct geo_bytes *bytes);

/* Goes back to the start, of the copy if one was kept. */
enum geo_status geo_bytes_rewind(struct geo_ctx *ctx, struct geo_bytes *bytes);

/* Reads the next chunk, of `least` bytes or more if so many come, once all of the last one is
 * taken. A byte order mark at the start is passed over. GEO_OK, GEO_END, GEO_EREAD, GEO_ENOMEM. */
enum geo_status geo_bytes_fill(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t least);

/* Forgets the bytes that are taken and reads more behind those that are not, so that they stand
 * together. GEO_OK, GEO_END (there are no more), GEO_EREAD, GEO_ENOMEM. */
enum geo_status geo_bytes_more(struct geo_ctx *ctx, struct geo_bytes *bytes);

/* Hands the n bytes that come next to `part`, which has a place and a chunk of its own. Behind them
 * in its chunk stands the byte that follows, if it is there already. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_bytes_part(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t n,
                               struct geo_bytes *part);

/* Forgets all bytes of the chunk, as if the next were read: none are left. */
void geo_bytes_pass(struct geo_bytes *bytes);

/* Line and column of byte `offset` of the chunk. */
void geo_bytes_place(const struct geo_bytes *bytes, size_t offset, uint64_t *line,
                     uint64_t *column);

#endif
