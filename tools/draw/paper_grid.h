/* Meridians and parallels at round steps. */
#ifndef DRAW_PAPER_GRID_H
#define DRAW_PAPER_GRID_H

#include <stdbool.h>
#include <stddef.h>

/* @return the round step, in seconds of arc, that is nearest above a wish */
double grid_step(double wish);

/* Writes an angle as "105°30′Đ", minutes and seconds where the step needs them.
 * seconds: of longitude (which wraps) or latitude */
void grid_label(double seconds, bool is_lon, double step, bool is_vietnamese, char *out,
                size_t room);

#endif
