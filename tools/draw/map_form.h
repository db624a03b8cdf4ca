/* The forms of a map: a page, or a sheet of paper. */
#ifndef DRAW_MAP_FORM_H
#define DRAW_MAP_FORM_H

#include "draw/page.h"
#include "draw/paper.h"

/* Options that belong to one of them. dpi: or OPT_NOT_GIVEN. */
struct map_form_request {
    const char *tiles, *tiles_credit, *size;
    int dpi;
};

struct map_form {
    bool is_page;
    struct page_tiles tiles;
    struct paper_options paper;
};

/* Chooses by the extension of the job's output. Fails the job if there is none that is known, or
 * options do not fit. */
bool map_form_choose(struct job *job, const struct map_form_request *request,
                     struct map_form *form);

/* Writes the map, whole or not at all. */
bool map_form_write(struct job *job, const struct model *model, const struct map_form *form);

#endif
