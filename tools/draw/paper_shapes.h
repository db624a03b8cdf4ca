#ifndef DRAW_PAPER_SHAPES_H
#define DRAW_PAPER_SHAPES_H

#include "draw/paper_sheet.h"

static inline double points_of_mm(double mm)
{
    return mm * 72 / 25.4;
}

/* Fills and strokes Cairo's path as a symbol says; a line that has its path is stroked only. */
void symbol_paint(cairo_t *cr, const struct symbol *symbol, enum geo_kind kind, double unit);

#endif
