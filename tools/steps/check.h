/* The step that holds features against rules. */
#ifndef STEPS_CHECK_H
#define STEPS_CHECK_H

#include <stdatomic.h>

#include "steps/check_layer.h"
#include "steps/verdict.h"

/* How many features came to each verdict, counted by all threads. */
struct check_tally {
    _Atomic uint64_t of[VERDICTS];
};

struct check_plan {
    struct rules rules;
    struct check_layer *layer;
    size_t layer_count;
    size_t *layer_of; /* of each rule; SIZE_MAX: none */
    struct accuracy_options accuracy;
    struct datum datum; /* of the main input, for batches that say nothing of themselves */
    enum geo_edges edges;
    struct check_tally *tally; /* of each rule, then of all together */
};

/* What a rule says of a feature. */
struct finding {
    enum verdict verdict;
    double value;    /* in metres, square metres, a share or a number; NAN: not known */
    double margin_m; /* NAN for rules that are not on distances */
};

/* What one thread measures with: a query for each layer. */
struct check_worker {
    const struct check_plan *plan;
    struct geo_near_query **near;
    struct geo_within_query **within, **land, **rim; /* the last two for overlaps */
    struct geo_near *found;                          /* room for the nearest features of a layer */
    size_t found_room;
};

/* A feature under check. */
struct check_feature {
    const struct geo_batch *batch;
    size_t i;
    double accuracy_m; /* of its place; INFINITY: not known */
    const struct datum *datum;
};

/* Measures one feature by one rule, the r-th. */
enum geo_status check_measure(struct geo_ctx *ctx, struct check_worker *worker, size_t r,
                              const struct check_feature *feature, struct finding *finding);

/* The step; the plan is borrowed, and its tally filled. */
struct geo_step check_step(struct check_plan *plan);

/* Makes the layers of the rules, loaded and indexed: the corridors, and those that rules name. */
bool check_load(struct job *job, const struct corridor_options *corridors, struct check_plan *plan);

void check_release(struct check_plan *plan);

/* Prints the table of the verdicts by rule to standard error, or as --summary does. */
bool check_print(struct job *job, const struct check_plan *plan, bool to_stderr);

#endif
