/* What a map is made of, and what stands beside it: figures, targets, inputs. */
#ifndef DRAW_MODEL_H
#define DRAW_MODEL_H

#include "draw/figures.h"
#include "draw/map.h"
#include "steps/bands.h"

/* What the user asks for. Borrowed from the options. */
struct map_request {
    const struct corridor_options *corridors;
    struct opt_texts context;
    const char *context_crs;
    struct opt_lengths bands;
    const char *targets, *as_of, *by, *title, *accuracy_field;
    bool is_vietnamese;
    int edges; /* an EDGES_… or OPT_NOT_GIVEN */
};

/* A file that was read. Owned. */
struct map_input {
    char *file, *crs, *operation; /* operation: to WGS 84, with its accuracy; "" if it is there */
    uint64_t features;
};

struct model {
    struct map map;
    char *title;          /* of the map */
    struct figures zones; /* of all layers that are zones together */
    const char *by;       /* what their areas are grouped by; NULL: no such column */
    struct bands_plan bands;
    struct opt_texts corridors; /* names of their files, borrowed from inputs */
    struct table *targets;      /* NULL: none asked for */
    int as_of;                  /* YYYYMMDD */
    struct map_input *input;
    size_t inputs;
};

/* Reads, measures, places and thins all that is on the map. The caller calls model_release(), on
 * failure too. GEO_EREAD with a message if there is nothing to draw. */
bool model_make(struct job *job, const struct map_request *request, int n, char **operand,
                struct model *model);

void model_release(struct model *model);

#endif
