/* How a feature looks: colours, strokes and markers, for the page, the paper and QGIS alike.
 *
 * Colours are told apart by people with any one kind of cone missing, and lines and outlines have a
 * contrast of 3:1 or more against white; tests/unit/test_palette.c proves both. What a place is
 * used for is a hue; whether it is there yet, the strength of its fill and the dash of its outline,
 * so that a print in grey tells it too.
 */
#ifndef DRAW_PALETTE_H
#define DRAW_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/batch.h"

/* Of the sheet: text and frames, small type and graticules, what lines are set off by. */
#define PALETTE_INK 0x222222
#define PALETTE_GREY 0x6B6B6B
#define PALETTE_PAPER 0xFFFFFF

enum dash { DASH_NONE, DASH_LONG, DASH_DOTS };

/* Colours are 0xRRGGBB, sRGB. */
struct symbol {
    uint32_t fill, line;
    double fill_alpha; /* 0, nothing, to 1 */
    double line_mm;    /* width of outlines and lines on paper; 0: none */
    enum dash dash;
    double marker_mm; /* diameter of a point's circle */
};

/* What a place is for. From INK_VALUE on: colours without a meaning of their own. */
enum { PALETTE_VALUES = 8 };
enum ink {
    INK_ZONE,     /* industrial zones, and polygons of no stated kind */
    INK_CLUSTER,  /* industrial clusters */
    INK_CORRIDOR, /* roads, and lines of no stated kind */
    INK_POINT,
    INK_OTHER, /* what is left when colours end */
    INK_VALUE,
    INKS = INK_VALUE + PALETTE_VALUES
};

/* Whether it is there yet. */
enum stage_of_work { WORK_OPERATING, WORK_BUILDING, WORK_PLANNED, WORK_UNKNOWN };

enum judgement { JUDGED_PASS, JUDGED_UNCERTAIN, JUDGED_FAIL, JUDGED_NONE };

/* @return how a part of a kind looks: a polygon has a fill and an outline, a line its stroke only
 * (`fill` is its colour too), a point a circle. */
struct symbol palette_place(enum geo_kind kind, enum ink ink, enum stage_of_work work);
struct symbol palette_verdict(enum geo_kind kind, enum judgement judgement);

/* @return band i of n >= 1, from the darkest to the lightest. */
struct symbol palette_band(enum geo_kind kind, size_t i, size_t n);

/* @return what lies outside of all bands. */
struct symbol palette_beyond(enum geo_kind kind);

/* @return surroundings: an outline without a fill, in grey. */
struct symbol palette_context(enum geo_kind kind);

/* @return the contrast ratio of a colour against white, 1 to 21 (WCAG 2.1). */
double palette_contrast(uint32_t colour);

/* @return the colour darkened until its contrast against white is at least 3, so that it can be a
 * line; the colour itself if it is. */
uint32_t palette_line(uint32_t colour);

#endif
