/* Shapes on the sheet as paths of Cairo, cut to a window: Cairo's own coordinates end at 2^23, and
 * what lies far outside would only make files larger. */
#ifndef DRAW_PAPER_PATH_H
#define DRAW_PAPER_PATH_H

#include <cairo.h>

#include "draw/paper_view.h"

struct spots {
    size_t n, room;
    struct spot *at;
};

struct tracer {
    const struct view *view;
    struct area window;
    struct spots line, other;
    bool is_short; /* memory ran out: what was traced is not whole */
};

/* Begins; the window is the view's frame and a margin, so that cut edges lie out of sight. */
struct tracer tracer_on(const struct view *view);

void tracer_release(struct tracer *tracer);

/* Puts a ring of a batch on the sheet, into tracer->line: edges longer than a degree in pieces, and
 * vertices closer than what paper shows left out. */
void tracer_ring(struct tracer *tracer, const struct geo_batch *batch, size_t ring);

/* Adds the parts of one kind of a feature to Cairo's path: polygons, lines, or circles of a
 * diameter in points for points. */
void tracer_add(struct tracer *tracer, cairo_t *cr, const struct geo_batch *batch, size_t feature,
                enum geo_kind kind, double diameter);

/* Adds a spot to tracer->line. */
void tracer_spot(struct tracer *tracer, struct spot spot);

/* Adds tracer->line to Cairo's path, cut to the window. */
void tracer_add_line(struct tracer *tracer, cairo_t *cr);

#endif
