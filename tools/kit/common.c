/* The options that mean the same in every tool. */
#define OPT_OWNER struct common
#include "kit/job.h"
#include "kit/progress.h"

static const char *const languages[] = {"en", "vi", NULL};

const struct opt input_options[] = {
    {GROUP, .help = "Input"},
    {TEXT_AT(layer), .key = 'l', .name = "layer", .arg = "NAME",
     .help = "Layer of an input that has several"},
    {TEXT_AT(where), .name = "where", .arg = "FILTER",
     .help = "Take only features for which this attribute filter holds, as in OGR SQL"},
    {TEXT_AT(select), .name = "select", .arg = "COLUMNS",
     .help = "Keep only these columns of the input, names with commas between"},
    {TEXT_AT(src_crs), .key = 's', .name = "src-crs", .arg = "CRS",
     .help = "CRS of the input, in place of the one it states: EPSG:5897, WKT, a PROJ string, or "
             "vn2000:105.00 for VN-2000 on a meridian"},
    {FLAG_AT(swap_axes), .name = "swap-axes",
     .help = "Exchange x and y of the input: x is north, as surveyors write, or latitude stands "
             "before longitude"},
    {FLAG_AT(trust_prj), .name = "trust-prj",
     .help =
         "Obey the CRS: VN-2000 without datum shift is else taken with the official one, and a layer "
         "far from the area where its CRS is used is refused"},
    {TEXT_AT(encoding), .name = "encoding", .arg = "NAME",
     .help = "Text encoding of the input, in place of the one it states or shows: UTF-8, CP1258, "
             "TCVN3, VNI, …"},
    {TEXTS_AT(open_options), .name = "oo", .arg = "KEY=VALUE",
     .help = "Open option of GDAL's driver for the input; may be given again"},
    {.kind = OPT_END},
};

const struct opt output_options[] = {
    {GROUP, .help = "Output"},
    {FILE_AT(output), .key = 'o', .name = "output", .arg = "FILE",
     .help = "Write to this file, in the format of its extension: .geojson, .geojsonl, .csv, "
             ".gpkg, .shp, .fgb, …; without it, or with -, GeoJSON lines go to standard output"},
    {TEXT_AT(format), .key = 'f', .name = "format", .arg = "FORMAT",
     .help = "Output format, whatever the extension: geojson, geojsonl, csv, or a driver of GDAL"},
    {TEXT_AT(dst_crs), .name = "dst-crs", .arg = "CRS",
     .help = "CRS of the output where the format has one (GeoJSON is always WGS 84)"},
    {TEXTS_AT(layer_options), .name = "lco", .arg = "KEY=VALUE",
     .help = "Layer creation option of GDAL's driver for the output; may be given again"},
    {INT_AT(precision), .name = "precision", .arg = "DECIMALS", .min = 0, .max = 15,
     .help = "Decimals of degrees in GeoJSON and CSV: 7 in files (1 cm), 12 between tools, unless "
             "said; a shape that they would spoil keeps 12"},
    {FLAG_AT(bbox), .name = "bbox", .help = "Give each GeoJSON feature its bbox"},
    {FLAG_AT(excel), .name = "excel",
     .help = "Write CSV with a byte order mark and semicolons, as Excel opens it"},
    {FLAG_AT(style), .name = "style",
     .help = "Write the style that QGIS shows the features with: NAME.qml beside the file, or in "
             "the table layer_styles of a .gpkg"},
    {CHOICE_AT(lang), .name = "lang", .arg = "LANGUAGE", .choice = languages, .preset = "en",
     .help = "Language of the legend in that style: en or vi"},
    {FLAG_AT(overwrite), .name = "overwrite", .help = "Replace an output that exists"},
    {.kind = OPT_END},
};

const struct opt run_options[] = {
    {GROUP, .help = "Run"},
    {INT_AT(threads), .name = "threads", .arg = "N", .min = 0, .max = 256, .preset = "0",
     .help = "Threads to work on; 0: one for each core. The output is the same"},
    {FLAG_AT(strict), .name = "strict",
     .help = "Stop at the first feature that would be repaired or skipped, with exit status 3"},
    {FLAG_AT(dry_run), .key = 'n', .name = "dry-run",
     .help = "Show what is known of the inputs and how they would be taken, and stop"},
    {CHOICE_AT(progress), .name = "progress", .arg = "HOW", .choice = progress_styles,
     .preset = "auto",
     .help = "Progress on standard error: a bar on a terminal after a second, none, always a bar, "
             "or JSON lines for front-ends"},
    {FLAG_AT(quiet), .key = 'q', .name = "quiet", .help = "Say nothing but errors"},
    {FLAG_AT(verbose), .key = 'v', .name = "verbose", .help = "Say also how inputs were taken"},
    {TEXTS_AT(config), .name = "config", .arg = "KEY=VALUE",
     .help = "Configuration option of GDAL; may be given again"},
    {.kind = OPT_END},
};
