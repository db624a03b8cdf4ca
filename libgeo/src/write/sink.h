/* A sink, and what a family of formats does for it. */
#ifndef GEO_WRITE_SINK_H
#define GEO_WRITE_SINK_H

#include "geo/write.h"
#include "write/output.h"

/* The operations of a family of formats. */
struct geo_family {
    bool is_table;  /* must know its columns with the first batch */
    bool has_bytes; /* batches are encoded as bytes, written to output.fd */
    /* What remains to be opened once the common part is there; sets self. */
    enum geo_status (*open)(struct geo_ctx *ctx, const struct geo_write_options *options,
                            struct geo_sink *sink);
    /* As geo_sink_encode() and geo_sink_emit(). */
    enum geo_status (*encode)(struct geo_ctx *ctx, const struct geo_sink *sink,
                              struct geo_batch *batch);
    enum geo_status (*emit)(struct geo_ctx *ctx, struct geo_sink *sink, struct geo_batch *batch);
    /* Writes what stands at the end. */
    enum geo_status (*finish)(struct geo_ctx *ctx, struct geo_sink *sink);
    /* Frees self; called once, after a failed open too. */
    void (*release)(struct geo_ctx *ctx, struct geo_sink *sink);
};

struct geo_sink {
    const struct geo_family *family;
    const char *format; /* "geojson", "geojsonl", "csv", or the short name of a driver; constant */
    struct geo_output output;
    int decimals;
    enum geo_edges edges;
    bool bbox;
    bool excel;
    char *remarks; /* lines; NULL: none */
    char *style;   /* of QGIS; NULL: none */
    void *self;    /* of the family */
};

extern const struct geo_family geo_geojson_family;
extern const struct geo_family geo_csv_family;
extern const struct geo_family geo_ogr_family;

/* Appends a line to the remarks. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_sink_remark(struct geo_ctx *ctx, struct geo_sink *sink, const char *text, ...)
    GEO_PRINTF(3, 4);

#endif
