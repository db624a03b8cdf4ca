/* A tool as a stage of a stream. geo-area runs one, `geo area zones.shp ! near -c corridors.shp`
 * several on the same batches, both by this code: read once, written once. */
#ifndef KIT_STAGE_H
#define KIT_STAGE_H

#include <stdint.h>

#include "kit/job.h"
#include "kit/tool.h"

/* What a stage does to the stream. */
struct stage_part {
    struct geo_step step; /* without apply the features pass as they are */
    /* For a stage that takes all features as one, in place of a step: `all` gathers them, then
     * make() makes what goes on in their place; the caller frees the batch. */
    struct geo_consumer all;
    bool (*make)(struct job *job, void *state, struct geo_batch **made);
    int decimals; /* of the coordinates that it makes; -1: the sink's default */
};

#define STAGE_NO_EDGES SIZE_MAX

/* check, prepare, finish and end may be NULL. */
struct stage {
    size_t common;     /* where struct common lies in the tool's settings */
    size_t edges;      /* where the field of EDGES_OPTION lies, or STAGE_NO_EDGES */
    size_t state_size; /* of what prepare() makes, zero before */
    /* Before an input is opened: do the settings fit together, and the place in the chain? */
    bool (*check)(struct job *job, const void *settings, bool is_last);
    /* With the main input open: loads and indexes; fills *part, which may point into the state. */
    bool (*prepare)(struct job *job, const void *settings, void *state, struct stage_part *part);
    /* Runs the stream if this stage is its last: to a table, say. NULL: features are written. */
    bool (*finish)(struct job *job, const void *settings, const struct geo_step *step, size_t n);
    /* After the run, whatever came of it: sets failed_check, frees what the state holds. */
    void (*end)(struct job *job, void *state);
};

/* A stage of one run. */
struct staged {
    const struct tool *tool;
    const char *name; /* before the messages on it: "geo-area", "geo: area" */
    const void *settings;
    void *state;
    struct stage_part part;
};

/* @return the common options of a stage, among its settings. */
const struct common *stage_common(const struct staged *staged);

/* Runs the operands through n >= 1 stages, at most JOB_STEPS_MAX. The first stage with --edges sets
 * how edges are taken in all; one that says otherwise is an error.
 * @param name  of the program; @p common: of the whole run
 * @return the exit status */
int stage_run(const char *name, const struct common *common, struct staged *staged, size_t n,
              int operands, char **operand);

#endif
