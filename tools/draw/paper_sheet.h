/* One sheet being drawn: what its parts share. Lengths are points, 1/72 inch. */
#ifndef DRAW_PAPER_SHEET_H
#define DRAW_PAPER_SHEET_H

#include "draw/paper_path.h"
#include "draw/paper_type.h"

/* Where the parts of a sheet stand. The bottom of an area that is not filled stays empty. */
struct plan_of_sheet {
    struct area neat, title, frame, legend, scale, notes, foot;
    int legend_columns;
};

/* What is drawn of a layer. */
struct shown {
    const struct theme *theme;
    size_t *category; /* of each feature of the batch that is drawn; SIZE_MAX: it is not */
    size_t *features; /* that are drawn, of each category; 1 or more for each that a layer drawn in
                       * part has */
};

struct sheet {
    struct job *job;
    const struct map *map;
    cairo_t *cr;
    struct type type;
    double width, height;
    double unit;   /* a point of type on A4 is so many points here */
    bool is_paper; /* it will have that size in the hand: a scale 1 : N holds */
    struct plan_of_sheet plan;
    struct view view;
    struct shown *shown; /* one a layer */
};

/* Lays the sheet out, upright or not as the map is larger, and fits the view. Needs all but the
 * plan and a surface. */
void sheet_lay_out(struct sheet *sheet);

/* What the notes and the legend need of their areas, the legend's width kept. */
double sheet_notes_height(struct sheet *sheet);
double sheet_legend_height(struct sheet *sheet);

/* The parts; each draws itself. False after job_fail(). */
bool sheet_tell_shown(struct sheet *sheet);
void sheet_release_shown(struct sheet *sheet);
bool sheet_draw_shapes(struct sheet *sheet);
bool sheet_draw_graticule(struct sheet *sheet);
void sheet_draw_degrees(struct sheet *sheet);
bool sheet_draw_labels(struct sheet *sheet);
bool sheet_draw_legend(struct sheet *sheet);
void sheet_draw_scale(struct sheet *sheet);
void sheet_draw_texts(struct sheet *sheet);

/* The text in the map's language. */
const char *sheet_word(const struct sheet *sheet, const char *en, const char *vi);

#endif
