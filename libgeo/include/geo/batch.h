/** @file batch.h
 *  The one record that travels: a batch of features that owns its memory.
 *
 *  Geometry is flat. A feature has parts, a part has rings, a ring has vertices, and each level is
 *  a list of starts into the next one (n + 1 entries, the last one being the end):
 *  - a point is a part with one ring of one vertex;
 *  - a line is a part with one ring of two vertices or more;
 *  - a polygon is a part whose first ring is the exterior and whose others are holes; every ring is
 *    closed (the last vertex repeats the first) and has four vertices or more.
 *  A multi-geometry or collection is a feature of several parts; an empty geometry has none.
 *  Coordinates are longitude and latitude in degrees on WGS 84 once the read stage has brought them
 *  there (geo_batch_to_wgs84()), and in the layer's own CRS before. After the repair stage a ring
 *  is continuous: neighbouring vertices differ by at most 180° of longitude (along a pole by any,
 *  see geo/repair.h), so that longitudes may lie outside [-180, 180]; the write stage cuts and wraps
 *  them.
 *
 *  Attributes are columns; a cell is a value and its type, so that a column may hold mixed types.
 */
#ifndef GEO_BATCH_H
#define GEO_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A position. */
struct geo_lonlat {
    double lon; /**< degrees east (or x in the layer's CRS before geo_batch_to_wgs84()) */
    double lat; /**< degrees north, in [-90, 90] (or y) */
};

/** What a feature's geometry is, as GeoJSON names it. */
enum geo_shape {
    GEO_SHAPE_NULL, /**< no geometry at all */
    GEO_SHAPE_POINT,
    GEO_SHAPE_LINE,
    GEO_SHAPE_POLYGON,
    GEO_SHAPE_MULTIPOINT,
    GEO_SHAPE_MULTILINE,
    GEO_SHAPE_MULTIPOLYGON,
    GEO_SHAPE_COLLECTION
};

/** What a part is. */
enum geo_kind { GEO_KIND_POINT, GEO_KIND_LINE, GEO_KIND_POLYGON };

/** How the edge between two vertices runs. */
enum geo_edges {
    GEO_EDGES_GEODESIC, /**< the geodesic of WGS 84 */
    GEO_EDGES_LONLAT    /**< straight in longitude and latitude (RFC 7946) */
};

/** Type of a cell or a column. A column's type is wide enough for all its cells. */
enum geo_type {
    GEO_TYPE_NULL, /**< no value (a cell), nothing known yet (a column) */
    GEO_TYPE_BOOL,
    GEO_TYPE_INT, /**< 64 bits, signed */
    GEO_TYPE_REAL,
    GEO_TYPE_TEXT,     /**< UTF-8, NFC */
    GEO_TYPE_DATE,     /**< text, ISO 8601 */
    GEO_TYPE_TIME,     /**< text, ISO 8601 */
    GEO_TYPE_DATETIME, /**< text, ISO 8601 */
    GEO_TYPE_JSON      /**< text, a JSON array or object */
};

/** Value of a cell; which member holds depends on the cell's type. */
union geo_value {
    int64_t integer; /**< INT, BOOL (0 or 1) */
    double real;     /**< REAL, finite */
    struct {
        size_t at; /**< where the text starts in the batch's text */
        size_t n;  /**< bytes; no terminating zero */
    } text;
};

/** A column of a batch: one cell a feature. */
struct geo_column {
    char *name;             /**< UTF-8, owned */
    enum geo_type type;     /**< the declared or widened type */
    int width, precision;   /**< as a shapefile states them; 0: not stated */
    union geo_value *value; /**< one a feature */
    uint8_t *cell_type; /**< enum geo_type of each cell; GEO_TYPE_NULL where there is no value */
};

/** What happened to a feature. */
enum geo_note_kind {
    GEO_NOTE_INFO,     /**< worth saying; the feature is as it was */
    GEO_NOTE_REPAIRED, /**< the geometry was changed */
    GEO_NOTE_SKIPPED   /**< the feature does not appear in the output */
};

/** A note on a feature of a batch. */
struct geo_note {
    enum geo_note_kind kind;
    const char *what; /**< constant text, the same for all features with this fate: they are grouped
                           by it, for example "ring crosses itself: mended" */
    int64_t fid;      /**< the feature */
    char detail[120]; /**< the place and value for this feature, "" if there is none */
    double before_m2, after_m2; /**< area before and after a repair; both 0 if it has none */
};

/** Where a batch came from. Owned by its source and valid until the source is closed. */
struct geo_origin;

/** A batch of features. Every array is owned by the batch and reused by geo_batch_clear(). */
struct geo_batch {
    uint64_t seq;                    /**< place of the batch in its stream, from 0 */
    uint64_t read;                   /**< features it had when it came from its source */
    const struct geo_origin *origin; /**< NULL for features that no file holds */

    size_t n;           /**< features */
    int64_t *fid;       /**< the feature's number in its source */
    uint8_t *shape;     /**< enum geo_shape of each feature */
    uint8_t *dropped;   /**< not 0: the feature is to be left out by every later stage */
    size_t *part_start; /**< n + 1: first part of each feature */

    size_t part_count;
    uint8_t *part_kind; /**< enum geo_kind of each part */
    size_t *ring_start; /**< part_count + 1: first ring of each part */

    size_t ring_count;
    size_t *vertex_start; /**< ring_count + 1: first vertex of each ring */

    size_t vertex_count;
    struct geo_lonlat *vertex;

    size_t column_count;
    struct geo_column *column;
    struct geo_column id; /**< the `id` member of GeoJSON features; name NULL, type NULL if none */

    size_t text_count; /**< bytes in use */
    char *text;        /**< what the cells' texts point into */

    size_t note_count;
    struct geo_note *note;

    size_t byte_count; /**< bytes in use */
    char *byte;        /**< the encoded features, filled by a sink's encode */

    size_t feature_room, part_room, ring_room, vertex_room, text_room, note_room, byte_room;
};

/** @return an empty batch, which the caller frees with geo_batch_free(); NULL if out of memory. */
GEO_API struct geo_batch *geo_batch_new(void);

/** Frees @p batch and all it owns. NULL is allowed. */
GEO_API void geo_batch_free(struct geo_batch *batch);

/** Empties @p batch (features, columns, notes, bytes) and keeps its memory for the next ones. */
GEO_API void geo_batch_clear(struct geo_batch *batch);

/** Appends a column of nulls.
 *
 *  @param[in]  name    UTF-8; copied. Where the batch has a column of this name, that one is
 *  renamed NAME_in (NAME_in2, …) and a note says so.
 *  @param[out] column  index of the new column; may be NULL
 *  @retval GEO_OK, GEO_ENOMEM
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_add_column(struct geo_ctx *ctx,
                                                          struct geo_batch *batch, const char *name,
                                                          enum geo_type type, size_t *column);

/** Appends a column of results, which a tool adds: as geo_batch_add_column(), but a column of the
 *  input makes way also where its name differs in case only (formats with names in one case would
 *  rename ours).
 *  @retval GEO_OK, GEO_ENOMEM */
GEO_API GEO_MUST_USE enum geo_status geo_batch_add_result(struct geo_ctx *ctx,
                                                          struct geo_batch *batch, const char *name,
                                                          enum geo_type type, size_t *column);

/** @return index of the column called @p name (exactly), or SIZE_MAX. */
GEO_API size_t geo_batch_find_column(const struct geo_batch *batch, const char *name);

/** Appends @p n vertices to the open ring. They belong to no ring until geo_batch_end_ring().
 *  @param[out] vertex  where the caller writes them; valid until the next call
 *  @retval GEO_OK, GEO_ENOMEM
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_add_vertices(struct geo_ctx *ctx,
                                                            struct geo_batch *batch, size_t n,
                                                            struct geo_lonlat **vertex);

/** Closes the open ring, which holds all vertices added since the last one. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_end_ring(struct geo_ctx *ctx,
                                                        struct geo_batch *batch);

/** Closes the open part, which holds all rings since the last one. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_end_part(struct geo_ctx *ctx,
                                                        struct geo_batch *batch,
                                                        enum geo_kind kind);

/** Closes the open feature, which holds all parts since the last one. Its cells are null. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_end_feature(struct geo_ctx *ctx,
                                                           struct geo_batch *batch,
                                                           enum geo_shape shape, int64_t fid);

/** Appends one part of @p from (all its rings) to the open feature of @p to. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_copy_part(struct geo_ctx *ctx, struct geo_batch *to,
                                                         const struct geo_batch *from, size_t part);

/** Makes the columns of @p to (which has no features) those of @p from; cells are not copied. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_copy_columns(struct geo_ctx *ctx,
                                                            struct geo_batch *to,
                                                            const struct geo_batch *from);

/** Appends a copy of feature @p i of @p from, with its geometry if @p with_geometry (else the
 *  parts added to @p to since the last feature become its geometry, of shape @p shape). The first
 *  columns of @p to are those of @p from. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_copy_feature(struct geo_ctx *ctx,
                                                            struct geo_batch *to,
                                                            const struct geo_batch *from, size_t i,
                                                            bool with_geometry,
                                                            enum geo_shape shape);

/** Exchanges the features, columns and geometry of two batches. Notes, seq, read and origin stay. */
GEO_API void geo_batch_swap(struct geo_batch *a, struct geo_batch *b);

/** Sets a cell. The value of geo_batch_set_text() is copied; a real that is not finite is null. */
GEO_API void geo_batch_set_null(struct geo_batch *batch, size_t column, size_t i);
GEO_API void geo_batch_set_bool(struct geo_batch *batch, size_t column, size_t i, bool value);
GEO_API void geo_batch_set_int(struct geo_batch *batch, size_t column, size_t i, int64_t value);
GEO_API void geo_batch_set_real(struct geo_batch *batch, size_t column, size_t i, double value);
GEO_API GEO_MUST_USE enum geo_status geo_batch_set_text(struct geo_ctx *ctx,
                                                        struct geo_batch *batch, size_t column,
                                                        size_t i, enum geo_type type,
                                                        const char *text, size_t n);

/** Makes the cells of batch->id, so that features can have an `id` member.
 *  @retval GEO_OK, GEO_ENOMEM */
GEO_API GEO_MUST_USE enum geo_status geo_batch_want_id(struct geo_ctx *ctx,
                                                       struct geo_batch *batch);

/** Copies cell @p i of @p source, a column of @p from, into cell @p row of @p column, a column (or
 *  the id) of @p to; text is copied along.
 *  @retval GEO_OK, GEO_ENOMEM */
GEO_API GEO_MUST_USE enum geo_status geo_batch_copy_cell(struct geo_ctx *ctx, struct geo_batch *to,
                                                         struct geo_column *column, size_t row,
                                                         const struct geo_batch *from,
                                                         const struct geo_column *source, size_t i);

/** Copies @p n bytes into the batch's text, for a cell that the caller fills.
 *  @param[out] at  where they start */
GEO_API GEO_MUST_USE enum geo_status geo_batch_add_text(struct geo_ctx *ctx,
                                                        struct geo_batch *batch, const char *text,
                                                        size_t n, size_t *at);

/** Writes a cell as a person would type it: a number, a text, "" for null.
 *  @param[out] out  @p room bytes, always terminated, cut at a character boundary
 *  @return length of the whole text, which may exceed @p room - 1 */
GEO_API size_t geo_batch_cell_text(const struct geo_batch *batch, const struct geo_column *column,
                                   size_t i, char *out, size_t room);

/** Adds a note on the feature numbered @p fid. @p what is constant text; @p format may be NULL. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_note(struct geo_ctx *ctx, struct geo_batch *batch,
                                                    enum geo_note_kind kind, int64_t fid,
                                                    const char *what, const char *format, ...)
    GEO_PRINTF(6, 7);

/** Makes room for @p n more encoded bytes. The caller writes at @p byte and adds what it used to
 *  byte_count. */
GEO_API GEO_MUST_USE enum geo_status geo_batch_reserve_bytes(struct geo_ctx *ctx,
                                                             struct geo_batch *batch, size_t n,
                                                             char **byte);

/** @return the wider of two types: INT and REAL give REAL, BOOL and a number give TEXT, NULL gives
 *  way to any; two that nothing but text can hold give TEXT. */
GEO_API enum geo_type geo_type_widen(enum geo_type a, enum geo_type b);

/** @return the name of a type as our `geo` member states it ("int", "text", …); constant. */
GEO_API const char *geo_type_name(enum geo_type type);

/** @return the type called @p name, GEO_TYPE_NULL if there is none. */
GEO_API enum geo_type geo_type_of_name(const char *name);

/** @return the shape a GeoJSON geometry type names ("MultiPolygon", …); constant, never NULL. */
GEO_API const char *geo_shape_name(enum geo_shape shape);

#ifdef __cplusplus
}
#endif

#endif
