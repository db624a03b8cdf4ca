/* What a reader is to a source: one input, opened, that fills batches. */
#ifndef GEO_READ_INPUT_H
#define GEO_READ_INPUT_H

#include <math.h>
#include <stdatomic.h>

#include "geo/crs.h"
#include "geo/read.h"
#include "geo/text.h"

/* A batch is full at this many features or vertices. */
#define GEO_BATCH_FEATURES 1024
#define GEO_BATCH_VERTICES 65536

/* A column as its input states it. */
struct geo_field {
    char *name; /* UTF-8, owned */
    enum geo_type type;
    int width, precision; /* 0: not stated */
};

struct geo_fields {
    size_t n;
    struct geo_field *field;
};

/* Behind geo_origin_info(). All strings are owned and never NULL once the input is open. */
struct geo_origin {
    char *name, *driver, *layer, *crs, *operation_text, *encoding;
    char *crs_option, *encoding_option; /* as messages name them; set before anything else */
    char *operation; /* definition for geo_ctx_pj() that takes the layer's x, y to longitude and
                        latitude in degrees; NULL: it is there already */
    struct geo_tiles *tiles; /* of the operation (read/tiles.h), owned; NULL: none */
    char plane_unit[32]; /* of a projected CRS ("metres"), in which no layer is as small as a globe
                            of degrees; "" for any other CRS */
    double accuracy_m;
    int edges;
    bool streamed;
    char *stated;                       /* the CRS as the input states it; "" if it states none */
    char *definition;                   /* of the CRS that was set; NULL if none was */
    bool is_said;                       /* the user has stated it, not the input */
    bool is_uncoded;                    /* the code that it has is not the input's own */
    char *crs_note, *crs_fault;         /* as in struct geo_origin_info; NULL is "" */
    bool swap_axes, trust_prj, any_crs; /* as in struct geo_read_options */
    unsigned fix;
    char *text_note, *text_doubt, *text_fault; /* as in struct geo_origin_info; NULL is "" */
    bool is_always_utf8;                       /* its format has no other text */
    atomic_bool has_bad_text;      /* text was met that could not be decoded, with any_text */
    struct geo_text_finding *text; /* of the text, text_count */
    size_t text_count;
};

struct geo_decoder;

/* One input. `fields` are all columns known before the first batch; a reader that meets more adds
 * columns to its batches (geo_batch_add_column() after the known ones). */
struct geo_input {
    struct geo_origin origin;
    struct geo_fields fields;
    int64_t count;               /* features, -1 if only a scan can tell */
    struct geo_decoder *misread; /* what its text is in truth (read/misread.h), NULL: itself */
    void *self;
    /* Appends up to one batch of features to a cleared batch whose first columns are `fields`;
     * GEO_END when there is none left. */
    enum geo_status (*next)(struct geo_ctx *ctx, void *self, struct geo_batch *batch);
    /* Beside it or instead of it, the same in two halves. claim sets the next features aside, GEO_END
     * when there are none left; where it leaves claim->is_loaded set, next has to do it. load appends
     * them, called by many threads at once, claim being called by one more. An input without next
     * has all its columns in `fields`. */
    enum geo_status (*claim)(struct geo_ctx *ctx, void *self, struct geo_claim *claim);
    enum geo_status (*load)(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                            struct geo_batch *batch);
    /* After load, one batch at a time and in the order of the claims: what a batch owes to those
     * before it. NULL: nothing. */
    enum geo_status (*settle)(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                              struct geo_batch *batch);
    void (*close)(struct geo_ctx *ctx, void *self);
};

/* Readers. On failure the input is left zeroed (and holds nothing to free). */
enum geo_status geo_ogr_open(struct geo_ctx *ctx, const char *path,
                             const struct geo_read_options *options, struct geo_input *input);
enum geo_status geo_geojson_open(struct geo_ctx *ctx, const char *path,
                                 const struct geo_read_options *options, struct geo_input *input);

/* Whether our own reader takes a path: "-", or, without open options, a FIFO, a character device or
 * a name that ends in .geojson, .geojsonl, .geojsons, .geojsonseq or .ndjson (any case). */
bool geo_geojson_takes(const char *path, const struct geo_read_options *options);

/* Appends a field; the name is copied. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_fields_add(struct geo_ctx *ctx, struct geo_fields *fields, const char *name,
                               enum geo_type type, int width, int precision);
size_t geo_fields_find(const struct geo_fields *fields, const char *name); /* SIZE_MAX: none */
/* Whether a comma-separated list of names has this one; every name is in NULL. */
bool geo_select_has(const char *select, const char *name);
/* The first of the names that no field has, of n bytes; NULL if all are there. */
const char *geo_select_missing(const char *select, const struct geo_fields *fields, size_t *n);
void geo_fields_release(struct geo_fields *fields);

/* Names of columns for a message: as many as there is room for, then "…". Begins as "". */
#define GEO_NAMES_ROOM 208
void geo_names_add(char names[GEO_NAMES_ROOM], const char *name);

/* GEO_EARG: an input that has the columns `names` has none of this name of n bytes. */
enum geo_status geo_fail_column(struct geo_ctx *ctx, const char *input, const char *name, size_t n,
                                const char *names);

/* Begins an origin: its name, and what messages call the options. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_origin_begin(struct geo_ctx *ctx, struct geo_origin *origin, const char *name,
                                 const struct geo_read_options *options);
void geo_origin_release(struct geo_origin *origin);

/* CRS: sets origin->crs, operation, operation_text, accuracy_m for a CRS given as anything PROJ
 * takes (WKT of any flavour, PROJ string, "EPSG:…"). extent is xmin, ymin, xmax, ymax in that CRS,
 * axes in the traditional GIS order (x/longitude first), or NULL if it is not known.
 * GEO_OK, GEO_ECRS (unknown, only a ballpark operation, or not the extent's), GEO_ENOMEM. */
enum geo_status geo_origin_set_crs(struct geo_ctx *ctx, struct geo_origin *origin, const char *crs,
                                   const double extent[4]);

/* The same, with the CRS judged by the extent, as geo_crs_judge() does: an error is GEO_ECRS with the
 * finding's words, a warning a note of the origin's. Where any CRS is taken, nothing is judged. */
enum geo_status geo_origin_take_crs(struct geo_ctx *ctx, struct geo_origin *origin, const char *crs,
                                    const double extent[4]);

/* Which CRS to set, by what the input states (NULL: nothing) and what the user says in its place
 * (NULL: nothing), mended as the origin's options want it; fills the origin's stated and crs_note,
 * and swap_axes where that is the fix. The caller frees *chosen.
 * GEO_OK, GEO_ECRS (a fault that cannot be mended), GEO_ENOMEM; *chosen is NULL where no CRS is
 * known. */
enum geo_status geo_origin_choose_crs(struct geo_ctx *ctx, struct geo_origin *origin,
                                      const char *stated, const char *said, const double extent[4],
                                      char **chosen);

/* A failure GEO_ECRS is only noted where the origin takes any CRS; status as it was else. */
enum geo_status geo_origin_forgive(struct geo_ctx *ctx, struct geo_origin *origin,
                                   enum geo_status status);

/* Whether coordinates may be longitude and latitude. Longitudes may run over the antimeridian, by a
 * turn at most. */
static inline bool geo_is_lonlat(double lon, double lat)
{
    return fabs(lon) <= 540 && fabs(lat) <= 90;
}

/* Whether an extent lies within the longitudes and latitudes of the globe, ±180 and ±90. */
bool geo_is_globe(const double extent[4]);

/* Checks coordinates, once they are known, against the CRS that was set. Call it for the first batch
 * with coordinates of an input whose extent was not known before, its coordinates as they stand.
 * GEO_OK (with a note in the batch, if they are doubtful), GEO_ECRS, GEO_ENOMEM. */
enum geo_status geo_origin_check_batch(struct geo_ctx *ctx, const struct geo_origin *origin,
                                       struct geo_batch *batch);

/* GEO_ECRS with the words of a finding. */
enum geo_status geo_origin_refuse(struct geo_ctx *ctx, const struct geo_origin *origin,
                                  const struct geo_crs_finding *finding);

/* GEO_ECRS for an input that states no CRS, with what its numbers look like (extent NULL: not
 * known). */
enum geo_status geo_origin_refuse_none(struct geo_ctx *ctx, struct geo_origin *origin,
                                       const double extent[4]);

/* Adds a finding, or "what: more", to the origin's note on its CRS. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_origin_warn(struct geo_ctx *ctx, struct geo_origin *origin,
                                const struct geo_crs_finding *finding);
enum geo_status geo_origin_note(struct geo_ctx *ctx, struct geo_origin *origin, const char *what,
                                const char *more);

/* The box in which half of n places lie in each direction; sorts them. False if there is none. */
bool geo_middle_box(double *x, double *y, size_t n, double extent[4]);

#endif
