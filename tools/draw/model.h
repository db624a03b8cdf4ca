/* What a map is made of, and what stands beside it: figures, targets, inputs. */
#ifndef DRAW_MODEL_H
#define DRAW_MODEL_H

#include "draw/figures.h"
#include "draw/map.h"
#include "steps/bands.h"

/* What the user asks for; what is not asked for is NULL. */
struct map_request {
    struct corridor_options corridors;
    struct opt_texts context;
    const char *context_layer, *context_crs, *context_encoding;
    struct opt_lengths bands;
    const char *targets, *as_of, *by, *title, *id_field, *name_field;
    const char *accuracy_field; /* NULL: MAP_ACCURACY, if it is there */
    int lang;                   /* a MAP_… */
    int edges;                  /* an EDGES_… or OPT_NOT_GIVEN */
};

enum { MAP_ENGLISH, MAP_VIETNAMESE };
#define MAP_ACCURACY "pos_acc_m"

/* A file that was read. Owned. */
struct map_input {
    char *file, *crs, *operation; /* operation: to WGS 84; "" if it is there */
    double accuracy_m;            /* of the operation; 0: exact, < 0: not known */
    uint64_t features;
};

struct model {
    struct map map;
    char *title;                           /* of the map */
    struct figures zones;                  /* of all layers that are zones together */
    struct places others, corridor_places; /* of the other layers but the background */
    const char *by; /* what their areas are grouped by; NULL: no such column */
    struct bands_plan bands;
    struct opt_texts corridors;   /* names of their files, borrowed from inputs */
    struct table *targets;        /* NULL: none asked for */
    struct map_note *target_note; /* one a target, "" for none */
    size_t target_notes;
    int as_of; /* YYYYMMDD */
    struct map_input *input;
    size_t inputs;
};

/* Reads, measures, places and thins all that is on the map. The caller calls model_release(), on
 * failure too. GEO_EREAD with a message if there is nothing to draw. */
bool model_make(struct job *job, const struct map_request *request, int n, char **operand,
                struct model *model);

void model_release(struct model *model);

#endif
