/* Type on the sheet, set by Pango. Texts come from files: whatever they hold, they are shown as text,
 * at most so long, on at most so many lines. */
#ifndef DRAW_PAPER_TYPE_H
#define DRAW_PAPER_TYPE_H

#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdint.h>

#include "draw/paper_view.h"

struct type {
    PangoContext *context;
};

struct face {
    double size; /* points */
    bool is_bold, is_italic;
    double width;  /* of a line, points; 0: as long as the text is */
    int lines;     /* at most; what is more ends in "…"; 0: as many as it takes */
    double height; /* at most, in place of lines; 0: none */
    PangoAlignment align;
};

/* Metrics do not depend on the device, so that all formats are laid out alike. */
bool type_begin(struct type *type, bool is_vietnamese);

void type_end(struct type *type);

/* @return a layout that the caller gives back with g_object_unref(). */
PangoLayout *type_set(const struct type *type, const struct face *face, const char *text);

/* Aligns to the left or right of the sheet; Pango by itself swaps these for Arabic and Hebrew. */
void type_align(PangoLayout *layout, PangoAlignment align);

/* @return its logical size at 0, 0 */
struct area type_size(PangoLayout *layout);

/* Draws with the upper left corner at a spot, in a colour 0xRRGGBB; halo: points of the paper's
 * colour round the letters. */
void type_draw(cairo_t *cr, PangoLayout *layout, struct spot spot, uint32_t colour, double halo);

/* Sets, draws, and forgets. @return the size */
struct area type_print(const struct type *type, cairo_t *cr, const struct face *face,
                       const char *text, struct spot spot, uint32_t colour);

void set_colour(cairo_t *cr, uint32_t colour, double alpha);

#endif
