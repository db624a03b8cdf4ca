/* Arrays and objects: collections, features, geometries, as they open and close. */
#include "base/fail.h"
#include "read/geojson.h"

/* Arrays and objects within each other, of any kind. */
#define DEPTH_MAX 65536
/* Those of a `crs` or `geo` member. */
#define HEAD_DEPTH_MAX 32

static void skip(struct geo_geojson *reader)
{
    reader->mode = GEO_MODE_SKIP;
    reader->nest = 1;
}

static void push(struct geo_geojson *reader, enum geo_geojson_place place)
{
    if (reader->frame_n == GEO_GEOJSON_FRAMES) {
        geo_geojson_fault(reader, "geometry collections are nested too deeply");
        skip(reader);
        return;
    }
    reader->frame[reader->frame_n++] =
        (struct geo_geojson_frame){.place = place, .mark = geo_draft_mark(&reader->draft)};
}

/* ---- their beginnings ---- */

static enum geo_status keep_json(struct geo_geojson *reader, bool is_map)
{
    reader->mode = GEO_MODE_JSON;
    reader->nest = 1;
    geo_draft_json_begin(&reader->draft);
    return geo_draft_json_open(reader->ctx, &reader->draft, is_map ? '{' : '[');
}

static void open_coordinates(struct geo_geojson *reader, struct geo_geojson_frame *frame,
                             bool is_map)
{
    geo_draft_back(&reader->draft, frame->mark);
    if (is_map) {
        geo_geojson_fault(reader, "coordinates are no array");
        skip(reader);
        return;
    }
    reader->mode = GEO_MODE_COORDINATES;
    reader->nest = 1;
    geo_draft_begin(&reader->draft);
}

static void open_geometries(struct geo_geojson *reader, struct geo_geojson_frame *frame,
                            bool is_map)
{
    geo_draft_back(&reader->draft, frame->mark);
    if (is_map) {
        geo_geojson_fault(reader, "geometries of a collection are no array");
        skip(reader);
        return;
    }
    push(reader, GEO_IN_GEOMETRIES);
}

static void open_geometry(struct geo_geojson *reader, bool is_map)
{
    if (is_map) {
        push(reader, GEO_IN_GEOMETRY);
        return;
    }
    geo_geojson_fault(reader, "geometry is no object");
    skip(reader);
}

static void open_properties(struct geo_geojson *reader, bool is_map)
{
    reader->draft.cell_n = 0;
    if (is_map) {
        push(reader, GEO_IN_PROPERTIES);
        return;
    }
    reader->draft.remark = "properties are no object: left out";
    skip(reader);
}

static enum geo_status open_member(struct geo_geojson *reader, bool is_map)
{
    struct geo_geojson_frame *frame = geo_geojson_top(reader);
    switch (frame->member) {
    case GEO_MEMBER_TYPE:
        skip(reader);
        return geo_geojson_set_type(reader, frame, (struct geo_scalar){.text = ""});
    case GEO_MEMBER_COORDINATES:
        open_coordinates(reader, frame, is_map);
        return GEO_OK;
    case GEO_MEMBER_GEOMETRIES:
        open_geometries(reader, frame, is_map);
        return GEO_OK;
    case GEO_MEMBER_GEOMETRY:
        geo_draft_forget_geometry(&reader->draft);
        open_geometry(reader, is_map);
        return GEO_OK;
    case GEO_MEMBER_PROPERTIES:
        open_properties(reader, is_map);
        return GEO_OK;
    case GEO_MEMBER_FEATURES:
        if (is_map)
            return geo_fail(reader->ctx, GEO_EREAD, "\"features\" is not an array");
        push(reader, GEO_IN_FEATURES);
        return GEO_OK;
    case GEO_MEMBER_CRS:
    case GEO_MEMBER_GEO:
        return keep_json(reader, is_map);
    default:
        skip(reader);
        return GEO_OK;
    }
}

static enum geo_status open_in_mode(struct geo_geojson *reader, bool is_map)
{
    reader->nest++;
    switch (reader->mode) {
    case GEO_MODE_JSON:
        if (reader->nest > HEAD_DEPTH_MAX && geo_geojson_top(reader)->place != GEO_IN_PROPERTIES)
            return geo_fail(reader->ctx, GEO_EREAD, "\"%s\" is nested too deeply",
                            geo_geojson_top(reader)->member == GEO_MEMBER_CRS ? "crs" : "geo");
        return geo_draft_json_open(reader->ctx, &reader->draft, is_map ? '{' : '[');
    case GEO_MODE_COORDINATES:
        if (is_map)
            geo_geojson_fault(reader, "coordinate is not a number");
        geo_draft_open(&reader->draft);
        return GEO_OK;
    default:
        return GEO_OK;
    }
}

enum geo_status geo_geojson_open_value(struct geo_geojson *reader, bool is_map)
{
    if (++reader->depth > DEPTH_MAX)
        return geo_fail(reader->ctx, GEO_EREAD, "values are nested more than %d deep", DEPTH_MAX);
    if (reader->mode != GEO_MODE_GEOJSON)
        return open_in_mode(reader, is_map);
    switch (geo_geojson_top(reader)->place) {
    case GEO_AT_TOP:
    case GEO_IN_FEATURES:
        if (!is_map)
            return geo_fail(reader->ctx, GEO_EREAD,
                            "an array stands where an object of GeoJSON "
                            "should be");
        geo_draft_clear(&reader->draft);
        push(reader, geo_geojson_top(reader)->place == GEO_AT_TOP ? GEO_IN_OBJECT : GEO_IN_FEATURE);
        return GEO_OK;
    case GEO_IN_GEOMETRIES:
        open_geometry(reader, is_map);
        return GEO_OK;
    case GEO_IN_PROPERTIES:
        return keep_json(reader, is_map);
    default:
        return open_member(reader, is_map);
    }
}

/* ---- their ends ---- */

static enum geo_status finish_geometry(struct geo_geojson *reader,
                                       const struct geo_geojson_frame *frame)
{
    struct geo_draft *draft = &reader->draft;
    bool is_collection = frame->type == GEO_SHAPE_COLLECTION;
    unsigned content = frame->met & (GEO_MEMBER_COORDINATES | GEO_MEMBER_GEOMETRIES);
    if (!geo_geojson_is_geometry(frame->type))
        geo_geojson_fault(reader, "geometry has no type");
    else if (content != (is_collection ? GEO_MEMBER_GEOMETRIES : GEO_MEMBER_COORDINATES))
        geo_geojson_fault(
            reader, is_collection ? "geometry collection lacks its geometries or has coordinates"
                                  : "geometry lacks its coordinates or has geometries");
    else if (!draft->fault && !is_collection)
        GEO_TRY(geo_draft_geometry(reader->ctx, draft, (enum geo_shape)frame->type));
    if (geo_geojson_top(reader)->place != GEO_IN_GEOMETRIES)
        draft->shape = draft->fault ? GEO_SHAPE_NULL : (enum geo_shape)frame->type;
    return GEO_OK;
}

/* Members that were taken for something else as long as the type was not known. */
static enum geo_status check_members(struct geo_geojson *reader,
                                     const struct geo_geojson_frame *frame)
{
    unsigned odd = GEO_MEMBER_FEATURES;
    if (frame->type == GEO_GEOJSON_FEATURES)
        return frame->met & GEO_MEMBER_FEATURES
                   ? GEO_OK
                   : geo_fail(reader->ctx, GEO_EREAD, "a FeatureCollection without \"features\"");
    odd |= frame->type == GEO_GEOJSON_FEATURE ? GEO_MEMBER_COORDINATES | GEO_MEMBER_GEOMETRIES
                                              : GEO_MEMBER_GEOMETRY;
    if (frame->met & odd)
        return geo_fail(reader->ctx, GEO_EREAD,
                        "an object mixes the members of collections, features and geometries");
    return GEO_OK;
}

static enum geo_status finish_object(struct geo_geojson *reader,
                                     const struct geo_geojson_frame *frame)
{
    if (frame->type == GEO_GEOJSON_UNTYPED)
        return geo_fail(reader->ctx, GEO_EREAD, "an object without \"type\" is not GeoJSON");
    GEO_TRY(check_members(reader, frame));
    if (frame->place == GEO_IN_OBJECT) {
        reader->any = true;
        reader->is_lines = reader->is_lines || frame->type != GEO_GEOJSON_FEATURES;
    }
    if (frame->type == GEO_GEOJSON_FEATURES)
        return GEO_OK;
    if (geo_geojson_is_geometry(frame->type)) {
        reader->draft.cell_n = 0;
        reader->draft.id = (struct geo_draft_cell){0};
        GEO_TRY(finish_geometry(reader, frame));
    }
    return geo_geojson_commit(reader);
}

static enum geo_status finish_json(struct geo_geojson *reader)
{
    struct geo_draft *draft = &reader->draft;
    const struct geo_geojson_frame *frame = geo_geojson_top(reader);
    size_t n = draft->text_n - draft->json;
    if (frame->place == GEO_IN_PROPERTIES) {
        struct geo_draft_cell *cell = &draft->cell[draft->cell_n - 1];
        cell->type = GEO_TYPE_JSON;
        cell->value.text.at = draft->json;
        cell->value.text.n = n;
        return GEO_OK;
    }
    draft->text_n = draft->json;
    const char *json = draft->text + draft->json;
    return frame->member == GEO_MEMBER_CRS ? geo_geojson_crs(reader, json, n)
                                           : geo_geojson_geo(reader, json, n);
}

static enum geo_status close_in_mode(struct geo_geojson *reader, bool is_map)
{
    enum geo_geojson_mode mode = reader->mode;
    if (--reader->nest == 0)
        reader->mode = GEO_MODE_GEOJSON;
    if (mode == GEO_MODE_COORDINATES)
        return geo_draft_close(reader->ctx, &reader->draft);
    if (mode != GEO_MODE_JSON)
        return GEO_OK;
    GEO_TRY(geo_draft_json_close(reader->ctx, &reader->draft, is_map ? '}' : ']'));
    return reader->nest == 0 ? finish_json(reader) : GEO_OK;
}

enum geo_status geo_geojson_close_value(struct geo_geojson *reader, bool is_map)
{
    reader->depth--;
    if (reader->mode != GEO_MODE_GEOJSON)
        return close_in_mode(reader, is_map);
    const struct geo_geojson_frame *frame = &reader->frame[--reader->frame_n];
    switch (frame->place) {
    case GEO_IN_OBJECT:
    case GEO_IN_FEATURE:
        return finish_object(reader, frame);
    case GEO_IN_GEOMETRY:
        return finish_geometry(reader, frame);
    default:
        return GEO_OK;
    }
}
