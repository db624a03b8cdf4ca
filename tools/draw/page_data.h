/* What a page shows, as JSON that stands in a script element. */
#ifndef DRAW_PAGE_DATA_H
#define DRAW_PAGE_DATA_H

#include <stdio.h>

#include "draw/page.h"

/* @return a stream into `out` that escapes what would end a script element or is no JavaScript: <
 * and U+2028, U+2029, which in JSON stand in texts only. fclose() flushes it; `out` stays open.
 * NULL: no memory */
FILE *page_escape(FILE *out);

/* Writes the object; errors show in the stream, and a lack of memory as false. */
bool page_data(FILE *out, const struct model *model, const struct page_tiles *tiles);

/* The member `layers`: an array. false: no memory */
bool page_layers(FILE *out, const struct map *map);

/* "#1f77b4" */
void page_colour(FILE *out, unsigned colour);

#endif
