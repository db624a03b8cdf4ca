/* Where labels can stand so that none meets another, and few hide what is drawn. */
#ifndef DRAW_PAPER_PLACE_H
#define DRAW_PAPER_PLACE_H

#include <cairo.h>
#include <stdbool.h>

#include "draw/paper_view.h"

/* A box on the sheet, turned about its middle by `angle` (radians clockwise, as Cairo turns). */
struct label_box {
    struct spot middle;
    double width, height, angle;
};

struct placer {
    struct area frame; /* no label leaves it */
    size_t n, room;
    struct label_box *taken;
    cairo_surface_t *ink; /* A8, what is drawn: the darker, the worse to write on */
    double cell;          /* points a pixel of it */
};

/* Fits an empty picture of what is drawn to the frame. False if memory ran out. */
bool placer_begin(struct placer *placer, struct area frame);

/* @return a context to draw the ink with, in points of the sheet; give it back with
 * cairo_destroy() */
cairo_t *placer_ink(struct placer *placer);

void placer_end(struct placer *placer);

bool boxes_meet(const struct label_box *a, const struct label_box *b);

/* @return the share of a box that is ink, 0 to 1; INFINITY where no label may stand */
double placer_cost(const struct placer *placer, const struct label_box *box);

/* Takes a place. False if memory ran out. */
bool placer_take(struct placer *placer, const struct label_box *box);

#endif
