/* How far a long job is: a bar for people, lines of JSON for front-ends, both on
 * standard error. */
#ifndef KIT_PROGRESS_H
#define KIT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kit/say.h"

enum progress_style {
    PROGRESS_AUTO, /* a bar after one second, where a person watches; otherwise nothing */
    PROGRESS_NONE,
    PROGRESS_JSON, /* one object a line from the start, and a last one with "end": true */
    PROGRESS_BAR   /* a bar from the start, terminal or not */
};

/* The words of --progress, in the order of the enum. */
extern const char *const progress_styles[];

struct progress_state {
    uint64_t done;    /* features */
    uint64_t total;   /* features; 0 if unknown */
    double elapsed_s; /* since the job began */
};

/* Fills text with "45% [#### ] 450000 of 1000000 features, 1.2M/s, 0:03 left", or without
 * a total "450000 features, 1.2M/s, 0:03"; at most `columns` characters, all ASCII. */
void progress_bar_text(char *text, size_t size, const struct progress_state *state, int columns);

/* Fills text with {"done": 450000, "total": 1000000, "elapsed_s": 0.375, "per_s": 1200000,
 * "left_s": 0.458, "end": false}; null for what is not known. */
void progress_json_text(char *text, size_t size, const struct progress_state *state, bool is_end);

/* What AUTO comes to: a BAR on a terminal that can move its cursor and where notes are
 * wanted, else NONE. In a pipe only the last tool draws, so that they do not draw over
 * one another. @p term is $TERM or NULL. Other styles are as they are. */
enum progress_style progress_resolve(enum progress_style style, enum say_level level,
                                     bool is_terminal, bool into_pipe, const char *term);

struct progress {
    struct say *say;
    enum progress_style style; /* never AUTO */
    double begun_s;
    double due_s; /* when to draw next; monotonic clock, as begun_s */
};

/* Begins a job now; messages go through the same @p say, which outlives it. */
struct progress progress_begin(struct say *say, enum progress_style style);

/* Draws, if it is due: at most ten times a second. Cheap enough to call per batch. */
void progress_show(struct progress *p, uint64_t done, uint64_t total);

/* Wipes the bar, or writes the last object. */
void progress_end(struct progress *p, uint64_t done, uint64_t total);

#endif
