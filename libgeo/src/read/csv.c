/* Types of a CSV's columns. GDAL guesses them from the start of the file and reads the code 00123
 * as the number 123; here a column is numbers only if all of its cells are, and as numbers are
 * written: without leading zeros. */
#include <cpl_string.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "read/ogr.h"

#define INT_DIGITS 18 /* as many fit into 64 bits */

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* "2025-07-01" */
static bool is_date(const char *text)
{
    static const char pattern[] = "0000-00-00";
    for (size_t i = 0; i < sizeof pattern - 1; i++)
        if (pattern[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != pattern[i])
            return false;
    return !text[sizeof pattern - 1];
}

/* The narrowest type that keeps a cell as it is written; GEO_TYPE_NULL for an empty one. */
static enum geo_type type_of(const char *text)
{
    if (!text[0])
        return GEO_TYPE_NULL;
    const char *number = text + (text[0] == '-');
    size_t whole = digits(number);
    if (whole == 0 || (whole > 1 && number[0] == '0'))
        return is_date(text) ? GEO_TYPE_DATE : GEO_TYPE_TEXT;
    const char *rest = number + whole;
    if (!*rest)
        return whole <= INT_DIGITS ? GEO_TYPE_INT : GEO_TYPE_TEXT;
    if (*rest == '.')
        rest += 1 + digits(rest + 1);
    if (*rest == 'e' || *rest == 'E') {
        const char *exponent = rest + 1 + (rest[1] == '-' || rest[1] == '+');
        rest = exponent + digits(exponent);
        if (rest == exponent)
            return GEO_TYPE_TEXT;
    }
    if (!*rest)
        return GEO_TYPE_REAL;
    return is_date(text) ? GEO_TYPE_DATE : GEO_TYPE_TEXT;
}

static void widen(struct geo_ogr *ogr, OGRFeatureH feature, enum geo_type *type)
{
    for (size_t c = 0; c < ogr->column_count; c++)
        if (type[c] != GEO_TYPE_TEXT && ogr->column[c].ogr == OFTString)
            type[c] = geo_type_widen(
                type[c], type_of(OGR_F_GetFieldAsString(feature, ogr->column[c].field)));
}

enum geo_status geo_csv_types(struct geo_ctx *ctx, struct geo_ogr *ogr, int64_t *count)
{
    enum geo_type *type = calloc(ogr->column_count + 1, sizeof *type);
    OGRFeatureH feature;
    if (!type)
        return geo_no_memory(ctx);
    *count = 0;
    OGR_L_ResetReading(ogr->layer);
    while ((feature = OGR_L_GetNextFeature(ogr->layer))) {
        widen(ogr, feature, type);
        OGR_F_Destroy(feature);
        ++*count;
    }
    OGR_L_ResetReading(ogr->layer);
    for (size_t c = 0; c < ogr->column_count; c++)
        if (ogr->column[c].ogr == OFTString && type[c] != GEO_TYPE_NULL)
            ogr->column[c].type = type[c];
    free(type);
    return GEO_OK;
}

/* ---- geometries ---- */

const char geo_csv_x[] = "lon,long,lng,longitude,x,kinh_do,easting";
const char geo_csv_y[] = "lat,latitude,y,vi_do,northing";
const char geo_csv_wkt[] = "wkt,geom,geometry,the_geom,wkt_geom,geom_wkt";

/* Whether a name is in a comma-separated list, in any case. */
static bool is_in(const char *list, const char *name)
{
    for (size_t n; *list; list += n + (list[n] == ',')) {
        n = strcspn(list, ",");
        if (strlen(name) == n && !strncasecmp(list, name, n))
            return true;
    }
    return false;
}

/* Adds the fields of a list, or only the first one, to the places. */
static void add_places(struct geo_ogr *ogr, const char *list, bool only_first)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(ogr->layer);
    int n = OGR_FD_GetFieldCount(fields), room = sizeof ogr->place / sizeof *ogr->place;
    for (int i = 0; i < n && ogr->place_count < room; i++) {
        if (!is_in(list, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i))))
            continue;
        ogr->place[ogr->place_count++] = i;
        if (only_first)
            return;
    }
}

/* GDAL makes numbers of x and y, and nothing of what is no number: as text they keep what is to be
 * said of it. A GDAL that does not let its fields be changed keeps the column's number alone. */
static void keep_text(const struct geo_ogr *ogr)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(ogr->layer);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    for (int k = 0; k < ogr->place_count; k++)
        OGR_Fld_SetType(OGR_FD_GetFieldDefn(fields, ogr->place[k]), OFTString);
    CPLPopErrorHandler();
}

void geo_csv_find_places(const struct geo_read_options *options, struct geo_ogr *ogr)
{
    static const char *const keys[] = {"X_POSSIBLE_NAMES", "Y_POSSIBLE_NAMES",
                                       "GEOM_POSSIBLE_NAMES", "KEEP_GEOM_COLUMNS"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (CSLFetchNameValue((char **)(uintptr_t)options->open_options, keys[i]))
            return;
    if (OGR_L_GetGeomType(ogr->layer) == wkbNone)
        return;
    add_places(ogr, geo_csv_wkt, false);
    if (ogr->place_count > 0)
        return;
    add_places(ogr, geo_csv_x, true);
    add_places(ogr, geo_csv_y, true);
    keep_text(ogr);
}

bool geo_csv_is_place(const struct geo_ogr *ogr, int field)
{
    for (int i = 0; i < ogr->place_count; i++)
        if (ogr->place[i] == field)
            return true;
    return false;
}

/* The place whose text is to blame for a geometry that is missing: of x and y the one that is no
 * number, else the first one that is not empty. -1: all are empty. */
static int faulty_place(const struct geo_ogr *ogr, OGRFeatureH feature)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(ogr->layer);
    int filled = -1, odd = -1;
    for (int k = ogr->place_count - 1; k >= 0; k--) {
        int field = ogr->place[k];
        const char *text = OGR_F_GetFieldAsString(feature, field);
        if (text[0])
            filled = field;
        if (!is_in(geo_csv_wkt, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, field))) &&
            CPLGetValueType(text) == CPL_VALUE_STRING)
            odd = field;
    }
    return filled >= 0 && odd >= 0 ? odd : filled;
}

enum geo_status geo_csv_check_place(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                    OGRFeatureH feature, struct geo_batch *batch)
{
    size_t i = batch->n - 1;
    if (batch->shape[i] != GEO_SHAPE_NULL)
        return GEO_OK;
    int field = faulty_place(ogr, feature);
    if (field < 0)
        return GEO_OK;
    batch->dropped[i] = 1;
    return geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i], "coordinates cannot be read",
                          "column %d: '%.60s'", field + 1, OGR_F_GetFieldAsString(feature, field));
}
