/* What must be known beside a map, in both languages. */
#ifndef DRAW_MAP_NOTE_H
#define DRAW_MAP_NOTE_H

#include "draw/model.h"

/* Collects while layers are read; it is the job's listener. */
struct notes {
    struct job *job;
    struct model *model;
    struct job_listener listener;
    char layer[256];       /* that was opened last */
    struct geo_fate *fate; /* of its features */
    size_t fates;
    bool is_full; /* out of memory */
};

void notes_begin(struct notes *notes, struct job *job, struct model *model);

/* After a layer, read and settled: says what became of its features, on standard error and beside
 * the map. features: that it has. */
bool notes_settle(struct notes *notes, enum role role, uint64_t features);

/* After all: what the places allow to conclude, how numbers are made, what is drawn in part. The first
 * note is what the places allow.
 * corridors: NULL for none. */
bool notes_finish(struct notes *notes, const struct map_request *request,
                  const struct geo_batch *corridors);

void notes_release(struct notes *notes);

#endif
