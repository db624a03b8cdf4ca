/* geo-export: the features, clean. */
#include "kit/stage.h"

struct settings {
    struct common common;
};

static const struct opt options[] = {
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct example examples[] = {
    {"geo-export zones.shp -o zones.geojson",
     "Write a shapefile as GeoJSON: UTF-8, WGS 84, valid, RFC 7946"},
    {"geo-export zones.shp clusters.shp --where \"status = 'operating'\" -o operating.gpkg",
     "Put what operates of two layers into one GeoPackage"},
    {"geo-export zones.shp --select id,name,plan_ha -f csv",
     "Print a table of three columns, with the shapes as WKT"},
    {0},
};

/* What every stream does is all. */
static const struct stage stage = {.common = offsetof(struct settings, common),
                                   .edges = STAGE_NO_EDGES};

const struct tool export_tool = {
    .name = "geo-export",
    .brief = "Write features clean: UTF-8, WGS 84, valid, as GeoJSON or any other format",
    .operands = "LAYER...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Reads vector layers of any format that GDAL opens, or GeoJSON from standard input "
             "(-), decodes their text to UTF-8 (NFC), brings them to WGS 84 by the best "
             "transformation that PROJ knows for the place, repairs their geometries, and writes "
             "them.\n\n"
             "Several inputs become one layer: the union of their columns in order of first "
             "appearance. Every geometry that is mended and every feature that is skipped is "
             "named on standard error.\n\n"
             "GeoJSON, its lines and CSV stream: memory does not grow with the input. The other "
             "formats are written by GDAL, feature by feature; FlatGeobuf holds an index of all "
             "features in memory until its end.",
    .accuracy = "Coordinates are written with 7 decimals (1 cm) in files and 12 (0.1 µm) between "
                "tools. The transformation to WGS 84 has an accuracy of its own, which PROJ "
                "states and -v shows: 1 m for VN-2000.",
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .stage = &stage,
};
