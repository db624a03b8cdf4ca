/* A plain shapefile, read from its three files without GDAL, by many threads at once: what the files
 * shp*.c share. GDAL has opened it and said what it is; whatever is unusual in it, one feature or the
 * whole, is left to GDAL. */
#ifndef GEO_READ_SHP_H
#define GEO_READ_SHP_H

#include <pthread.h>

#include "read/ogr.h"

/* Types of shapes: these for points, lines, polygons and sets of points, 10 more for each with
 * heights, 20 more with measures. */
enum geo_shp_type {
    GEO_SHP_NULL = 0,
    GEO_SHP_POINT = 1,
    GEO_SHP_LINE = 3,
    GEO_SHP_POLYGON = 5,
    GEO_SHP_POINTS = 8,
    GEO_SHP_HEIGHTS = 10,
    GEO_SHP_MEASURES = 20
};

struct geo_shp {
    struct geo_ogr *ogr;
    pthread_mutex_t lock; /* of ogr, once threads are at work */
    int shp, shx, dbf;    /* descriptors */
    uint64_t shp_bytes;   /* of the whole file */
    uint32_t type;        /* of every shape that is not null */
    int64_t next, count;  /* rows */
    bool is_height_due;   /* heights there may be, and nothing has been said of them yet */
};

static inline uint32_t geo_shp_big(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline uint32_t geo_shp_little(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

/* Reads exactly n bytes; false if the file has fewer (errno is 0 then) or cannot be read. */
bool geo_shp_read(int file, uint64_t at, char *bytes, size_t n);

/* shp_open.c: makes an opened layer an input read in two halves if it is a plain shapefile, and
 * leaves it as it is if not. The input owns ogr in any case. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_shp_take(struct geo_ctx *ctx, const struct geo_read_options *options,
                             struct geo_ogr *ogr, struct geo_input *input);

/* shp_read.c: the two halves. */
enum geo_status geo_shp_claim(struct geo_ctx *ctx, void *self, struct geo_claim *claim);
enum geo_status geo_shp_load(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                             struct geo_batch *batch);

/* shp_shape.c: appends the parts of a shape, n bytes from its type on. is_plain: false if it is for
 * GDAL to say what it is; nothing has been appended then. */
enum geo_status geo_shp_shape(struct geo_ctx *ctx, uint32_t type, const char *bytes, size_t n,
                              struct geo_batch *batch, enum geo_shape *shape, bool *is_plain);

#endif
