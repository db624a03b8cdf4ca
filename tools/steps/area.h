/* The step that adds the area and perimeter of each feature: area_ha, perim_m, grid_ha. */
#ifndef STEPS_AREA_H
#define STEPS_AREA_H

#include "geo/geo.h"

struct area_plan {
    enum geo_edges edges;
    const char *grid; /* CRS of grid_ha; NULL: none */
};

/* The step; the plan is borrowed. */
struct geo_step area_step(const struct area_plan *plan);

#endif
