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
 * the map. features: that it has; shapeless: of these. */
bool notes_settle(struct notes *notes, enum role role, uint64_t features, uint64_t shapeless);

/* Adds a note; takes both texts, which may be NULL where memory is out. */
void notes_add(struct notes *notes, char *en, char *vi);

/* @return a text, which the caller frees; NULL: no memory */
char *note_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* After all: what the places allow to conclude, which is the first note, how numbers are made, what
 * is drawn in part. */
bool notes_conclude(struct notes *notes, const struct map_request *request, bool has_corridors);

void notes_release(struct notes *notes);

#endif
