/* Our own reader of GeoJSON, in pieces:
 *
 *   bytes (chunks) -> yajl -> parse (what each value is) -> draft (the feature under way) -> batch
 *
 * Of lines, parts of the text are parsed so by any thread, each with a reader of its own
 * (geojson_lines.c). What is held is a chunk, a draft and the batch, so memory does not grow with the input. yajl gets
 * the chunk in slices, none of which can fill the batch before its end. */
#ifndef GEO_READ_GEOJSON_H
#define GEO_READ_GEOJSON_H

#include <locale.h>
#include <yajl/yajl_parse.h>

#include "read/geojson_bytes.h"
#include "read/geojson_columns.h"
#include "read/geojson_draft.h"
#include "read/input.h"

/* Bytes read at once. */
#define GEO_GEOJSON_CHUNK 262144

/* What an object of GeoJSON says it is: a value of enum geo_shape above GEO_SHAPE_NULL, or */
enum { GEO_GEOJSON_UNTYPED = 0, GEO_GEOJSON_FEATURE = 32, GEO_GEOJSON_FEATURES, GEO_GEOJSON_OTHER };

/* Objects and arrays of GeoJSON that are open; everything else is counted, not stacked. */
enum geo_geojson_place {
    GEO_AT_TOP,
    GEO_IN_OBJECT, /* at the top: a collection, feature or geometry */
    GEO_IN_FEATURES,
    GEO_IN_FEATURE, /* one of `features` */
    GEO_IN_PROPERTIES,
    GEO_IN_GEOMETRY,
    GEO_IN_GEOMETRIES
};

struct geo_geojson_frame {
    enum geo_geojson_place place;
    int type;
    unsigned member; /* whose value comes next, a bit of enum geo_geojson_member */
    unsigned met;    /* members met, as bits */
    struct geo_capture_mark mark;
};

/* Members that mean something, as bits. */
enum geo_geojson_member {
    GEO_MEMBER_TYPE = 1,
    GEO_MEMBER_COORDINATES = 2,
    GEO_MEMBER_GEOMETRIES = 4,
    GEO_MEMBER_GEOMETRY = 8,
    GEO_MEMBER_PROPERTIES = 16,
    GEO_MEMBER_ID = 32,
    GEO_MEMBER_FEATURES = 64,
    GEO_MEMBER_CRS = 128,
    GEO_MEMBER_GEO = 256
};

/* What happens to values: they are GeoJSON, or part of coordinates, of a JSON text that is kept, or
 * of something that means nothing to us. */
enum geo_geojson_mode { GEO_MODE_GEOJSON, GEO_MODE_COORDINATES, GEO_MODE_JSON, GEO_MODE_SKIP };

/* Collections within collections go no deeper than this. */
#define GEO_GEOJSON_FRAMES 64

/* Where in an escape sequence the last slice ended. */
struct geo_geojson_escape {
    enum { GEO_ESCAPE_NONE, GEO_ESCAPE_BACKSLASH, GEO_ESCAPE_DIGITS } state;
    unsigned unit, digits; /* of \uXXXX */
    bool is_high;          /* the first half of a surrogate pair came, and nothing since */
};

struct geo_geojson {
    struct geo_ctx *ctx;             /* of the call under way, and its batch: */
    struct geo_batch *batch;         /* NULL while the head is read or a scan is made */
    const struct geo_origin *origin; /* of the input, borrowed */
    const char *path;                /* its name */
    struct geo_bytes bytes;
    yajl_handle yajl;
    enum geo_status status; /* why a callback stopped yajl */
    locale_t plain;         /* the C locale */

    enum geo_geojson_mode mode;
    size_t nest;                /* arrays and objects open in a mode other than GEO_MODE_GEOJSON */
    size_t depth;               /* arrays and objects open in all */
    bool moved;                 /* yajl had something to say of the last slice */
    size_t stall;               /* bytes to give at least, since a token did not end */
    bool in_string, is_escaped; /* where the last slice of the head ended */
    struct geo_geojson_escape escape;
    size_t frame_n;
    struct geo_geojson_frame frame[GEO_GEOJSON_FRAMES];

    struct geo_draft draft;
    struct geo_columns columns;
    int64_t count;      /* features so far */
    bool scanning;      /* only columns are wanted */
    bool is_part;       /* all of the chunk goes into one batch */
    bool held;          /* the draft is a whole feature that no batch has yet */
    bool ended;         /* the input was read to its end */
    bool any, is_lines; /* objects at the top came; the first one was a feature */
    bool told_heights, has_checked_place;

    double head[4];  /* extent of the first feature as it stands; xmin above xmax: none */
    bool in_head;    /* before the end of the first feature, where `geo` and `crs` count */
    bool ignore_crs; /* the caller states the CRS */
    char *crs_json;  /* the `crs` member, NULL if there is none */
    char *crs;       /* the CRS it names, NULL: WGS 84 */
    bool streamed;   /* there is a `geo` member, which states: */
    int edges;       /* enum geo_edges, -1: not stated */
    double accuracy_m;
    char *operation; /* NULL: not stated */

    struct geo_geojson_lines *lines; /* NULL: no part of the text has been set aside */
};

/* As geo_geojson_open(), reading `chunk` bytes at once. */
enum geo_status geo_geojson_open_by(struct geo_ctx *ctx, const char *path,
                                    const struct geo_read_options *options, size_t chunk,
                                    struct geo_input *input);

/* ---- geojson_parse.c ---- */

/* Sets the parser to the start of a text. */
enum geo_status geo_geojson_start(struct geo_geojson *reader);

/* Hands on a feature that is held, or gives the next slice to yajl. GEO_OK, GEO_END at the end of
 * the input (which is checked), or why the input cannot be read. */
enum geo_status geo_geojson_step(struct geo_geojson *reader);

/* Whether the text may end here, once all bytes are taken: GEO_END, or GEO_EREAD. */
enum geo_status geo_geojson_end(struct geo_geojson *reader);

/* Puts the place of the byte before `end` of the chunk in front of the message of a failure. */
enum geo_status geo_geojson_add_place(struct geo_geojson *reader, enum geo_status status,
                                      size_t end);

/* ---- geojson_lines.c: whole lines, set aside by one thread and parsed by any ---- */

enum geo_status geo_geojson_claim(struct geo_ctx *ctx, void *self, struct geo_claim *claim);
enum geo_status geo_geojson_load(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                                 struct geo_batch *batch);
enum geo_status geo_geojson_settle(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                                   struct geo_batch *batch);
void geo_geojson_release_lines(struct geo_geojson *reader);

/* ---- geojson_escape.c ---- */

/* Offset in the n next bytes where a surrogate turns out to be alone, n if none does. */
size_t geo_geojson_lone_surrogate(struct geo_geojson_escape *escape, const unsigned char *from,
                                  size_t n);

/* ---- geojson_member.c: what members mean. A failure's message has no place yet ---- */

enum geo_status geo_geojson_key(struct geo_geojson *reader, const char *name, size_t n);
enum geo_status geo_geojson_scalar(struct geo_geojson *reader, struct geo_scalar scalar);

/* Takes the value of a `type` member. */
enum geo_status geo_geojson_set_type(struct geo_geojson *reader, struct geo_geojson_frame *frame,
                                     struct geo_scalar scalar);

/* ---- geojson_object.c: what arrays and objects mean, likewise ---- */

enum geo_status geo_geojson_open_value(struct geo_geojson *reader, bool is_map);
enum geo_status geo_geojson_close_value(struct geo_geojson *reader, bool is_map);

/* The innermost object that is open. */
static inline struct geo_geojson_frame *geo_geojson_top(struct geo_geojson *reader)
{
    return &reader->frame[reader->frame_n - 1];
}

/* Whether the type of an object is that of a geometry. */
static inline bool geo_geojson_is_geometry(int type)
{
    return type > GEO_SHAPE_NULL && type <= GEO_SHAPE_COLLECTION;
}

/* Marks the feature under way as to be left out. */
static inline void geo_geojson_fault(struct geo_geojson *reader, const char *what)
{
    geo_draft_fault(&reader->draft, what, "", 0);
}

/* ---- geojson_head.c ---- */

/* A `crs` or `geo` member, whole: JSON text of n bytes. */
enum geo_status geo_geojson_crs(struct geo_geojson *reader, const char *json, size_t n);
enum geo_status geo_geojson_geo(struct geo_geojson *reader, const char *json, size_t n);

/* ---- geojson.c ---- */

/* The draft is whole: hands it on. */
enum geo_status geo_geojson_commit(struct geo_geojson *reader);

/* The first batch that has coordinates shows whether they may be those of the CRS. */
enum geo_status geo_geojson_check_place(struct geo_geojson *reader, struct geo_batch *batch);

extern const char geo_geojson_no_heights[]; /* a note */

#endif
