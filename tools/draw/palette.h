/* How a feature looks: colours, strokes and markers, for the page, the paper and QGIS alike. */
#ifndef DRAW_PALETTE_H
#define DRAW_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dash { DASH_NONE, DASH_LONG, DASH_DOTS };

/* Colours are 0xRRGGBB, sRGB. */
struct symbol {
    uint32_t fill, line;
    double fill_alpha; /* 0, nothing, to 1 */
    double line_mm;    /* width of outlines and lines on paper; 0: none */
    enum dash dash;
    double marker_mm; /* diameter of a point's circle */
};

/* A name in the two languages. Constant, never NULL. */
struct words {
    const char *en, *vi;
};

#endif
