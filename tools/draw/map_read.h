/* The layers of a map: read, measured, and kept as far as they are drawn. */
#ifndef DRAW_MAP_READ_H
#define DRAW_MAP_READ_H

#include "draw/map_note.h"
#include "draw/model.h"
#include "steps/area.h"
#include "steps/near.h"

struct reading {
    struct job *job;
    const struct map_request *request;
    struct model *model;
    struct notes *notes;
    bool has_edges, found_by; /* a layer was opened; one has the column --by */
    struct geo_batch *corridors;
    struct geo_index *index;
    struct area_plan area;
    struct near_plan near;
};

/* Reads the corridors: a layer of the map a file, and all together to measure against. */
bool read_corridors(struct reading *r);

/* Reads what surrounds the map. */
bool read_context(struct reading *r);

/* Reads and measures one of the layers. */
bool read_layer(struct reading *r, char *operand);

void reading_release(struct reading *r);

#endif
