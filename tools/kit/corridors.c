/* The options that name the corridors. */
#define OPT_OWNER struct corridor_options
#include "kit/job.h"

const struct opt corridor_options[] = {
    {GROUP, .help = "Corridors"},
    {FILES_AT(path), .key = 'c', .name = "corridors", .arg = "FILE",
     .help = "Layer of the corridors: points, lines or polygons; may be given again"},
    {TEXT_AT(layer), .name = "corridor-layer", .arg = "NAME",
     .help = "Layer of a corridor file that has several"},
    {TEXT_AT(where), .name = "corridor-where", .arg = "FILTER",
     .help = "Take only corridors for which this attribute filter holds"},
    {TEXT_AT(crs), .name = "corridor-crs", .arg = "CRS",
     .help = "CRS of the corridors, in place of the one they state or show"},
    {TEXT_AT(encoding), .name = "corridor-encoding", .arg = "NAME",
     .help = "Text encoding of the corridors, in place of the one they state or show"},
    {.kind = OPT_END},
};
