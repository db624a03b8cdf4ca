/* geo-export: the features, clean. */
#include <stdlib.h>

#include "kit/stage.h"
#include "steps/fix.h"
#include "steps/reference.h"

struct settings {
    struct common common;
    const char *fix;
    struct reference_options reference;
};

static const struct opt options[] = {
    {GROUP, .help = "Repair"},
    {TEXT_AT(fix), .name = "fix", .arg = "WHAT",
     .help =
         "Repair what geo-info finds: text, crs, axes, geometry or all, with commas between; each "
         "fix is named on standard error. Geometries are always mended"},
    {INCLUDE_AT(reference, struct reference_options, reference_options)},
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
    {"geo-export zones.shp --fix all --dst-crs EPSG:5897 -o fixed.shp",
     "Repair text, CRS and axes, and write VN-2000 with the .prj and .cpg that offices read"},
    {0},
};

/* The layer is read twice: for its place, then for its features. */
static bool fix_by_reference(struct job *job, const struct reference_options *reference)
{
    struct geo_ranking *ranking;
    if (!(job->fix & GEO_FIX_CRS))
        return job_fail(job, GEO_EARG, "--reference is for --fix crs");
    if (job->operands != 1)
        return job_fail(job, GEO_EARG, "--reference: fix one layer at a time");
    if (!reference_rank(job, reference, job->operand[0], &ranking))
        return false;
    bool done = reference_fix(job, reference, ranking, job->operand[0]);
    free(ranking);
    return done;
}

static bool check(struct job *job, const void *settings, bool is_last)
{
    const struct settings *s = settings;
    (void)is_last;
    return fix_read(job, s->fix) && reference_check(job, &s->reference) &&
           (!s->reference.path || fix_by_reference(job, &s->reference));
}

/* What every stream does is all. */
static const struct stage stage = {
    .common = offsetof(struct settings, common), .edges = STAGE_NO_EDGES, .check = check};

const struct tool export_tool = {
    .name = "geo-export",
    .brief = "Write features clean: UTF-8, WGS 84, valid, as GeoJSON or any other format",
    .operands = "LAYER...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about =
        "Reads vector layers of any format that GDAL opens, or GeoJSON from standard input "
        "(-), decodes their text to UTF-8 (NFC), brings them to WGS 84 by the best "
        "transformation that PROJ knows for the place, repairs their geometries, and writes "
        "them.\n\n"
        "Several inputs become one layer: the union of their columns in order of first "
        "appearance. Every geometry that is mended and every feature that is skipped is "
        "named on standard error.\n\n"
        "--fix text takes the encoding that text is found to be in where a .cpg or a language "
        "id states another, and restores capitals in TCVN3 columns whose font shows small "
        "letters as capitals (.VnTimeH): PHú THọ becomes PHÚ THỌ. What may be either, such as "
        "Hà, is left and named. It takes text that is mostly UTF-8 for that and the rest for what "
        "it is, or for what --encoding says, and restores text that was decoded as "
        "windows-1252 and then stored as UTF-8 (Hµ Néi). Else --encoding is obeyed.\n\n"
        "--fix crs takes another CRS than the stated one where this states VN-2000 without a "
        "datum shift, with the signs of its rotations changed or with the scale of UTM on a "
        "meridian of 3 degree zones, and where the numbers can be of one CRS only; --fix axes "
        "exchanges x and y where they lie in the place of the CRS only so. What is found, but "
        "not what is right, is exit status 4. A wrong meridian shows against a layer of the "
        "same place only: geo-info --reference. GeoJSON states no extent: its first feature stands "
        "for the layer. Where nothing needs mending, that is said.\n\n"
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
