/* What an input says of itself before its features: the CRS of old GeoJSON, and our own `geo`. */
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#include "base/fail.h"
#include "read/geojson.h"
#include "read/geojson_number.h"

static enum geo_status parse(struct geo_ctx *ctx, const char *json, size_t n, yajl_val *tree)
{
    char *text = strndup(json, n);
    *tree = text ? yajl_tree_parse(text, NULL, 0) : NULL;
    free(text);
    return *tree ? GEO_OK : geo_no_memory(ctx); /* the parser has checked the text before */
}

static yajl_val member(yajl_val tree, const char *name, yajl_type type)
{
    return yajl_tree_get(tree, (const char *[]){name, NULL}, type);
}

static const char *text_member(yajl_val tree, const char *name)
{
    return YAJL_GET_STRING(member(tree, name, yajl_t_string));
}

static enum geo_status keep_text(struct geo_ctx *ctx, char **kept, const char *text, size_t n)
{
    free(*kept);
    *kept = strndup(text, n);
    return *kept ? GEO_OK : geo_no_memory(ctx);
}

/* ---- crs ---- */

/* Names of what GeoJSON is in anyway: longitude first, for both. */
static bool is_wgs84(const char *name)
{
    static const char *const known[] = {"urn:ogc:def:crs:OGC:1.3:CRS84",
                                        "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
                                        "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i], name))
            return true;
    return false;
}

static enum geo_status set_crs(struct geo_geojson *reader, const char *name)
{
    const char *option = reader->origin->crs_option;
    if (!name)
        return geo_fail(reader->ctx, GEO_ECRS, "its \"crs\" names no CRS; say which it is with %s",
                        option);
    const char *here = is_wgs84(name) ? NULL : name;
    if (!reader->crs_json && reader->in_head)
        return here ? keep_text(reader->ctx, &reader->crs, here, strlen(here)) : GEO_OK;
    if (here ? reader->crs && !strcmp(reader->crs, here) : !reader->crs)
        return GEO_OK;
    return geo_fail(
        reader->ctx, GEO_ECRS,
        "its \"crs\" %.80s comes after features that were read in %.80s; say which CRS it "
        "is with %s",
        name, reader->crs ? reader->crs : "OGC:CRS84", option);
}

enum geo_status geo_geojson_crs(struct geo_geojson *reader, const char *json, size_t n)
{
    if (reader->ignore_crs ||
        (reader->crs_json && strlen(reader->crs_json) == n && !memcmp(reader->crs_json, json, n)))
        return GEO_OK;
    yajl_val tree;
    GEO_TRY(parse(reader->ctx, json, n, &tree));
    enum geo_status status =
        set_crs(reader, text_member(member(tree, "properties", yajl_t_object), "name"));
    yajl_tree_free(tree);
    if (status == GEO_OK && !reader->crs_json)
        status = keep_text(reader->ctx, &reader->crs_json, json, n);
    return status;
}

/* ---- geo ---- */

static enum geo_status read_fields(struct geo_geojson *reader, yajl_val fields)
{
    for (size_t i = 0; fields && i < YAJL_GET_OBJECT(fields)->len; i++) {
        const char *name = YAJL_GET_OBJECT(fields)->keys[i];
        const char *type = YAJL_GET_STRING(YAJL_GET_OBJECT(fields)->values[i]);
        GEO_TRY(geo_columns_state(reader->ctx, &reader->columns, name, strlen(name),
                                  type ? geo_type_of_name(type) : GEO_TYPE_NULL));
    }
    return GEO_OK;
}

static enum geo_status read_geo(struct geo_geojson *reader, yajl_val geo)
{
    const char *edges = text_member(geo, "edges"), *operation = text_member(geo, "operation");
    yajl_val accuracy = member(geo, "accuracy_m", yajl_t_number);
    reader->streamed = true;
    if (edges && !strcmp(edges, "geodesic"))
        reader->edges = GEO_EDGES_GEODESIC;
    else if (edges && !strcmp(edges, "lonlat"))
        reader->edges = GEO_EDGES_LONLAT;
    if (accuracy) {
        const char *text = YAJL_GET_NUMBER(accuracy); /* yajl's double depends on the locale */
        if (!geo_json_real(text, strlen(text), reader->plain, &reader->accuracy_m))
            return geo_fail(reader->ctx, GEO_EREAD, "accuracy_m of \"geo\" is too large");
    }
    if (operation)
        GEO_TRY(keep_text(reader->ctx, &reader->operation, operation, strlen(operation)));
    return read_fields(reader, member(geo, "fields", yajl_t_object));
}

enum geo_status geo_geojson_geo(struct geo_geojson *reader, const char *json, size_t n)
{
    yajl_val geo;
    if (!reader->in_head)
        return GEO_OK;
    GEO_TRY(parse(reader->ctx, json, n, &geo));
    /* Another tool's member of this name says nothing to us. */
    enum geo_status status = text_member(geo, "tool") ? read_geo(reader, geo) : GEO_OK;
    yajl_tree_free(geo);
    return status;
}
