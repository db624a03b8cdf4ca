/* geo: the tools' steps in one process. */
#include "kit/tool.h"

/* A row for each tool: those with a stage can be chained, the others run by themselves. */
#define STEPS(X) X(export) X(area) X(near) X(bands) X(buffer) X(check) X(info)

#define DECLARATION(name) extern const struct tool name##_tool;
STEPS(DECLARATION)

#define ADDRESS(name) &name##_tool,
static const struct tool *const steps[] = {STEPS(ADDRESS) NULL};

static const struct opt options[] = {{.kind = OPT_END}};

static const struct example examples[] = {
    {"geo area zones.shp ! near -c corridors.shp -o out.geojson",
     "Add the area of each zone, then its nearest corridor"},
    {"geo near zones.shp clusters.shp -c corridors.shp --id-field ref ! area --summary --by near_id",
     "Sum the hectares of zones and clusters by the corridor that is nearest"},
    {"geo area zones.shp --select id,name ! buffer -d 500m --separate ! area -o strips.gpkg",
     "Keep the area of each zone as area_ha_in beside that of the land within 500 m"},
    {"geo area zones.shp ! check -c corridors.shp --within 10km --accuracy-field pos_acc_m "
     "--corridor-accuracy-field pos_acc_m -o checked.geojson",
     "Add the area of each zone, then whether it lies within 10 km of a corridor"},
    {"geo help near", "Show what a step does, its options and its columns"},
    {0},
};

const struct tool geo_tool = {
    .name = "geo",
    .brief = "Chain the steps of the tools in one process: read once, written once",
    .operands = "STEP LAYER... [OPTION]... [! STEP [OPTION]...]...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about =
        "A step is what the tool geo-STEP does, with the same options; `geo help STEP` shows "
        "them. Steps are parted by the word !, with a blank on both sides (so written, no shell "
        "takes it for anything else). All run on each batch of features in turn, on all cores; "
        "the numbers are those of the same tools in a pipe within 1 µm, without being written as "
        "text and read again between them. (A pipe also cuts shapes at the antimeridian between "
        "its tools, and then counts the cut in perim_m; a chain cuts them at its end.)\n\n"
        "Layers and the options under Input belong to the first step; the options under Output, "
        "and --summary, to the last one; the options under Run hold for all steps and are given "
        "to any one of them, once. The first step that measures says with --edges how edges are "
        "taken in all.\n\n"
        "A buffer without --separate reads all features before the next step begins.",
    .options = options,
    .examples = examples,
    .steps = steps,
};
