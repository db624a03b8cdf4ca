/* A map: layers that were measured whole and are drawn in part, and what is said beside them. */
#ifndef DRAW_MAP_H
#define DRAW_MAP_H

#include "draw/looks.h"
#include "kit/job.h"

struct map_layer {
    char *file;              /* as the user named it, without folders: "zones.shp" */
    char *name;              /* of the layer */
    uint64_t features;       /* that it has */
    struct geo_batch *drawn; /* those that are drawn, on WGS 84, repaired, with their columns and
                              * those that the map added; longitudes continuous within a part,
                              * whose middle lies within 180 degrees of the map's */
    struct looks looks;
    size_t title; /* column of drawn that names a feature; SIZE_MAX: none */
};

/* Degrees. west <= east; east may exceed 180 for a map across the antimeridian. */
struct map_box {
    double west, south, east, north;
};

/* A sentence in both languages, of what must be known beside the map. Owned. */
struct map_note {
    char *en, *vi;
};

struct map {
    const char *title;       /* UTF-8, never NULL */
    bool is_vietnamese;      /* the language to show first, or at all on paper */
    struct map_layer *layer; /* in the order of drawing: context, bands, zones, corridors, points */
    size_t layers;
    struct map_box box; /* of all that is drawn but the context; of that if there is nothing else */
    struct map_note *note; /* the first: what the places allow to conclude */
    size_t notes;
};

#endif
