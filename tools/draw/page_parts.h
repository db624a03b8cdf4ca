/* What a page consists of but for its data; made when the tools are built (draw/page/embed.c). */
#ifndef DRAW_PAGE_PARTS_H
#define DRAW_PAGE_PARTS_H

#include <stddef.h>

struct page_part {
    const unsigned char *text; /* ended by a zero */
    size_t n;
    const char *hash; /* as a Content-Security-Policy states it */
};

/* html is the skeleton, with {{names}} where the others and the data belong. */
extern const struct page_parts {
    struct page_part html, style, leaflet, script;
} page_parts;

#endif
