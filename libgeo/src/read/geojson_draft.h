/* The feature under way. It is held apart from the batch until it is whole, since `coordinates` may
 * come before `type` and anything may turn out wrong at the end. */
#ifndef GEO_READ_GEOJSON_DRAFT_H
#define GEO_READ_GEOJSON_DRAFT_H

#include <locale.h>

#include "geo/batch.h"

/* ---- geometry: geojson_shape.c ---- */

/* Vertices in order, and where rings and parts end. */
struct geo_capture {
    struct geo_lonlat *vertex;
    size_t *ring_end; /* vertices up to the end of each ring */
    size_t *part_end; /* rings up to the end of each part */
    uint8_t *part_kind;
    size_t vertex_n, vertex_room, ring_n, ring_room, part_n, part_room;

    /* The coordinates under way, of a type that may not be known: they begin at vertex `first`, and
     * end[0] and end[1] are where arrays at levels 2 and 3 ended that were no positions. */
    struct geo_capture_end {
        size_t vertex; /* vertices up to there */
        size_t inner;  /* ends of the next deeper level up to there */
    } * end[2];
    size_t end_n[2], end_room[2];
    size_t first;
    size_t level;          /* arrays open */
    size_t position_level; /* of the positions; 0: none met */
    size_t numbers;        /* in the position under way */
    struct geo_lonlat position;
};

/* How much there was before a geometry, so that it can be taken back. */
struct geo_capture_mark {
    size_t vertex, ring, part;
};

struct geo_draft_cell {
    size_t key, key_n; /* the name, in the draft's text */
    enum geo_type type;
    union geo_value value; /* a text stands in the draft's text */
};

struct geo_draft {
    enum geo_shape shape;
    struct geo_capture capture;
    const char *fault;  /* why the feature is left out, constant; NULL: it is not */
    char detail[64];    /* of the fault */
    const char *remark; /* worth a note, constant; NULL: nothing is */
    bool has_heights;   /* a position has more than two numbers */
    struct geo_draft_cell *cell, id;
    size_t cell_n, cell_room;
    char *text;
    size_t text_n, text_room;
    size_t json; /* where the array or object under way starts in the text */
};

void geo_draft_clear(struct geo_draft *draft);
void geo_draft_release(struct geo_draft *draft);

/* Bytes of a text that a message shows, not to be too long: whole characters. */
int geo_draft_shown(const char *text, size_t n);

/* Marks the feature as to be left out. The first fault counts; detail has n bytes. */
void geo_draft_fault(struct geo_draft *draft, const char *fault, const char *detail, size_t n);

/* Takes the geometry back: no geometry, no fault. */
void geo_draft_forget_geometry(struct geo_draft *draft);

struct geo_capture_mark geo_draft_mark(const struct geo_draft *draft);
void geo_draft_back(struct geo_draft *draft, struct geo_capture_mark mark);

/* Coordinates: the outermost array has just been opened. */
void geo_draft_begin(struct geo_draft *draft);
void geo_draft_open(struct geo_draft *draft);
enum geo_status geo_draft_close(struct geo_ctx *ctx, struct geo_draft *draft);
void geo_draft_number(struct geo_draft *draft, const char *text, size_t n, locale_t plain);

/* Makes parts of the coordinates, now that the type of their geometry is known. */
enum geo_status geo_draft_geometry(struct geo_ctx *ctx, struct geo_draft *draft,
                                   enum geo_shape shape);

/* Appends the parts to the open feature of a batch. */
enum geo_status geo_draft_add_parts(struct geo_ctx *ctx, const struct geo_draft *draft,
                                    struct geo_batch *batch);

/* ---- cells: geojson_cells.c ---- */

/* A value as JSON has it: a BOOL and a number (REAL) by their JSON text, a TEXT unescaped. */
struct geo_scalar {
    enum geo_type type;
    const char *text;
    size_t n;
};

/* Begins a cell of a name, null so far. */
enum geo_status geo_draft_key(struct geo_ctx *ctx, struct geo_draft *draft, const char *name,
                              size_t n);

/* Sets the value of a cell: the last one or the id. */
enum geo_status geo_draft_set(struct geo_ctx *ctx, struct geo_draft *draft,
                              struct geo_draft_cell *cell, struct geo_scalar scalar,
                              locale_t plain);

/* An array or object, written again compactly at the end of the draft's text; begin comes before
 * its opening bracket. */
void geo_draft_json_begin(struct geo_draft *draft);
enum geo_status geo_draft_json_open(struct geo_ctx *ctx, struct geo_draft *draft, char bracket);
enum geo_status geo_draft_json_close(struct geo_ctx *ctx, struct geo_draft *draft, char bracket);
enum geo_status geo_draft_json_key(struct geo_ctx *ctx, struct geo_draft *draft, const char *name,
                                   size_t n);
enum geo_status geo_draft_json_value(struct geo_ctx *ctx, struct geo_draft *draft,
                                     struct geo_scalar scalar);

#endif
