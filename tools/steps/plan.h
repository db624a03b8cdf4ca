/* A plan's targets: read from a table, measured on layers, judged. */
#ifndef STEPS_PLAN_H
#define STEPS_PLAN_H

#include "kit/job.h"
#include "kit/sheet.h"
#include "steps/texts.h"

/* Columns of the targets table. */
enum {
    PLAN_ID,
    PLAN_LAYER,
    PLAN_MEASURE,
    PLAN_OP,
    PLAN_VALUE,
    PLAN_HORIZON,
    PLAN_TYPE,
    PLAN_WHERE,
    PLAN_UNIT,
    PLAN_TEXT,
    PLAN_SOURCE
};

enum plan_kind {
    PLAN_COUNT,          /* of features */
    PLAN_AREA,           /* hectares, measured */
    PLAN_SUM,            /* of a numeric column */
    PLAN_SHARE_BY_COUNT, /* of features within a distance of corridors, percent */
    PLAN_SHARE_BY_AREA   /* of their land */
};

enum plan_op { PLAN_AT_LEAST, PLAN_AT_MOST, PLAN_EQUAL, PLAN_MORE, PLAN_LESS, PLAN_NO_OP };

enum plan_verdict { PLAN_MET, PLAN_SHORT, PLAN_OPEN, PLAN_NO_DATA, PLAN_NO_THRESHOLD };

/* What is measured of a feature. Targets share it where they can. */
struct plan_quantity {
    enum plan_kind kind; /* PLAN_AREA, or a share: 1 or 0, or the hectares within */
    size_t corridors;    /* which */
    double within_m;
};

struct plan_corridors {
    char *path;
    struct geo_batch *batch;
    struct geo_index *index;
};

struct plan_target {
    size_t row; /* of the table */
    enum plan_kind kind;
    enum plan_op op;
    double value; /* NAN: no threshold */
    int horizon;  /* a year; 0: none */
    size_t where; /* which filter, SIZE_MAX: none */
    size_t quantity;
    size_t whole; /* of a share by area: the quantity it is a share of */
    /* What was found. */
    uint64_t read, taken, valued; /* features of its layers, of these asked for, with a value */
    double sum, whole_sum;
    bool has_column;    /* a layer has the column to be summed */
    bool lacks_layer;   /* one of its layers was not given */
    struct texts bases; /* of the features with a value */
};

struct plan {
    struct job *job;
    const char *id_field;
    struct sheet *sheet;
    struct plan_target *target; /* one a row */
    size_t n;
    const char **where; /* different filters */
    size_t where_count;
    struct plan_quantity *quantity;
    size_t quantity_count;
    struct plan_corridors *corridors;
    size_t corridors_count;
    enum geo_edges edges;
    bool has_edges;     /* a layer was opened */
    char file[256];     /* the layer that is read now, by the name of its file */
    bool *asks;         /* one a target: it asks for this layer */
    uint8_t *flags;     /* of a batch: dropped as it came, then by each filter */
    size_t flags_room;  /* features */
    struct texts names; /* of layers given */
    struct texts ids;   /* of features, after their layer */
};

/* Reads the targets. The names of corridors are those of `corridors`, else files beside the table.
 * The caller calls plan_release(), on failure too. */
bool plan_read(struct job *job, const char *path, const struct corridor_options *corridors,
               struct plan *plan);

/* Loads and indexes the corridors of all shares, once the edges are known. */
bool plan_load(struct plan *plan, const struct corridor_options *corridors);

/* Takes --as-of: a day, a year for its last day, NULL for today. @param[out] as_of  YYYYMMDD */
bool plan_choose_day(struct job *job, const char *text, int *as_of);

/* Opens a layer, measures what targets ask of it, and closes it. edges: as for job_open(). */
bool plan_measure_layer(struct plan *plan, char *operand, int edges,
                        const struct corridor_options *corridors);

/* Begins with a layer. @return whether a target asks for it. */
bool plan_begin_layer(struct plan *plan, const char *file, const char *layer);

/* Measures quantities, on all cores; adds a column for each behind the layer's own. */
struct geo_step plan_step(const struct plan *plan);

/* Filters, counts and sums, in order. */
struct geo_consumer plan_consumer(struct plan *plan);

/* After the last layer: was every layer and column there? */
bool plan_check(const struct plan *plan);

/* The same where layers may lack: there are no data for what asks for them. */
bool plan_check_given(struct plan *plan);

/* @return the targets with their verdicts as the table for programs; NULL after a message. */
struct table *plan_table(const struct plan *plan, int as_of);

/* @return what must be known beside a target's number, "" if nothing, which the caller frees; NULL:
 * no memory. */
char *plan_note(const struct plan *plan, size_t target, bool is_vietnamese);

/* Prints the targets with their verdicts. as_of: YYYYMMDD. `short` ones fail the job's check. */
bool plan_print(const struct plan *plan, int as_of, bool is_vietnamese);

void plan_release(struct plan *plan);

#endif
