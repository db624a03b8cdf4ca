/* Text of a layer before it is decoded: what its encoding is told by. */
#ifndef GEO_READ_SAMPLE_H
#define GEO_READ_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"

#define GEO_SAMPLE_NAMES (-1) /* the column that names of fields stand in */

/* A text that is not plain: it has other bytes than those of printable ASCII. */
struct geo_sample_cell {
    size_t at, n; /* in bytes */
    int column;
    int64_t fid;   /* the first that has it; -1: a name */
    bool is_full;  /* it fills its field, see geo_fills_field() */
    uint64_t rows; /* of those looked at, how many have it */
};

/* Different texts, at most column_max of a column. With that set, zero is an empty one. Who adds
 * rows one by one raises it with them, so that the last rows have their share of the texts. */
struct geo_sample {
    size_t column_max;
    size_t n;
    struct geo_sample_cell *cell;
    char *bytes;
    size_t byte_count;
    size_t *slot; /* open addressing: numbers of cells + 1 */
    size_t slot_count;
    size_t *taken; /* of each column, names first */
    size_t column_count;
};

/* Whether a text of n bytes fills its field, so that a character may be cut at its end. Some programs
 * leave a byte or two for an end mark; in short fields a short text is none that was cut. */
static inline bool geo_fills_field(size_t n, size_t width)
{
    return width > 0 && (n >= width || (width >= 16 && n + 4 > width));
}

bool geo_is_plain_text(const char *text, size_t n);

/* Adds a text unless it is plain; one that is there already counts a row more. GEO_OK,
 * GEO_ENOMEM. */
enum geo_status geo_sample_add(struct geo_ctx *ctx, struct geo_sample *sample,
                               struct geo_sample_cell cell, const char *text);

void geo_sample_release(struct geo_sample *sample);

#endif
