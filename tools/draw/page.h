/* A map as one HTML page that needs no other file. */
#ifndef DRAW_PAGE_H
#define DRAW_PAGE_H

#include "draw/model.h"

/* A background of tiles from a server; url NULL: none, and the page asks no server for anything. */
struct page_tiles {
    const char *url, *credit;
    char origin[256]; /* as a Content-Security-Policy states it; set by page_tiles_check() */
};

/* Is the address one of tiles ({z}, {x} and {y} in it)? Fails the job. */
bool page_tiles_check(struct job *job, struct page_tiles *tiles);

/* Writes the page to the job's output. Same model, same bytes. */
bool page_write(struct job *job, const struct model *model, const struct page_tiles *tiles);

#endif
