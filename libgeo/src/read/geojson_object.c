/* What the values of a text mean: collections, features, geometries and their members. */
#include <string.h>

#include "base/fail.h"
#include "read/geojson.h"

/* Arrays and objects within each other, of any kind. */
#define DEPTH_MAX 65536
/* Those of a `crs` or `geo` member. */
#define HEAD_DEPTH_MAX 32

#define OF_GEOMETRY \
    (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_COORDINATES | GEO_MEMBER_GEOMETRIES)
#define OF_FEATURE \
    (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_GEOMETRY | GEO_MEMBER_PROPERTIES | GEO_MEMBER_ID)
#define OF_FEATURES (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_FEATURES)

static struct geo_geojson_frame *top(struct geo_geojson *reader)
{
    return &reader->frame[reader->frame_n - 1];
}

static bool is_geometry(int type)
{
    return type > GEO_SHAPE_NULL && type <= GEO_SHAPE_COLLECTION;
}

static void skip(struct geo_geojson *reader)
{
    reader->mode = GEO_MODE_SKIP;
    reader->nest = 1;
}

static void fault(struct geo_geojson *reader, const char *what)
{
    geo_draft_fault(&reader->draft, what, "", 0);
}

static void push(struct geo_geojson *reader, enum geo_geojson_place place)
{
    if (reader->frame_n == GEO_GEOJSON_FRAMES) {
        fault(reader, "geometry collections are nested too deeply");
        skip(reader);
        return;
    }
    reader->frame[reader->frame_n++] =
        (struct geo_geojson_frame){.place = place, .mark = geo_draft_mark(&reader->draft)};
}

/* ---- members ---- */

/* The members that mean something in an object, as far as its type is known. */
static unsigned members_of(const struct geo_geojson *reader, const struct geo_geojson_frame *frame)
{
    unsigned members = OF_FEATURE;
    if (frame->place == GEO_IN_GEOMETRY || is_geometry(frame->type))
        members = OF_GEOMETRY;
    else if (frame->type == GEO_GEOJSON_FEATURES)
        members = OF_FEATURES | GEO_MEMBER_GEO;
    else if (frame->place == GEO_IN_OBJECT && frame->type == GEO_GEOJSON_FEATURE)
        members = OF_FEATURE | GEO_MEMBER_GEO;
    else if (frame->place == GEO_IN_OBJECT)
        members = OF_FEATURE | OF_FEATURES | OF_GEOMETRY | GEO_MEMBER_GEO;
    if (reader->scanning)
        members &=
            (unsigned)~(GEO_MEMBER_GEOMETRY | GEO_MEMBER_COORDINATES | GEO_MEMBER_GEOMETRIES);
    return members;
}

/* The member of a name, 0 if it means nothing. */
static unsigned member_called(const char *name, size_t n)
{
    static const struct {
        const char *name;
        size_t n;
        unsigned member;
    } known[] = {{"type", 4, GEO_MEMBER_TYPE},
                 {"geometry", 8, GEO_MEMBER_GEOMETRY},
                 {"coordinates", 11, GEO_MEMBER_COORDINATES},
                 {"properties", 10, GEO_MEMBER_PROPERTIES},
                 {"id", 2, GEO_MEMBER_ID},
                 {"geometries", 10, GEO_MEMBER_GEOMETRIES},
                 {"features", 8, GEO_MEMBER_FEATURES},
                 {"crs", 3, GEO_MEMBER_CRS},
                 {"geo", 3, GEO_MEMBER_GEO}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].n == n && !memcmp(known[i].name, name, n))
            return known[i].member;
    return 0;
}

enum geo_status geo_geojson_key(struct geo_geojson *reader, const char *name, size_t n)
{
    if (reader->mode == GEO_MODE_JSON)
        return geo_draft_json_key(reader->ctx, &reader->draft, name, n);
    if (reader->mode != GEO_MODE_GEOJSON)
        return GEO_OK;
    struct geo_geojson_frame *frame = top(reader);
    if (frame->place == GEO_IN_PROPERTIES)
        return geo_draft_key(reader->ctx, &reader->draft, name, n);
    frame->member = member_called(name, n) & members_of(reader, frame);
    if (frame->member == GEO_MEMBER_FEATURES && frame->met & GEO_MEMBER_FEATURES)
        return geo_fail(reader->ctx, GEO_EREAD, "a second \"features\" in one object");
    frame->met |= frame->member;
    return GEO_OK;
}

static int type_called(const char *name, size_t n)
{
    if (n == 7 && !memcmp(name, "Feature", n))
        return GEO_GEOJSON_FEATURE;
    if (n == 17 && !memcmp(name, "FeatureCollection", n))
        return GEO_GEOJSON_FEATURES;
    for (int shape = GEO_SHAPE_POINT; shape <= GEO_SHAPE_COLLECTION; shape++) {
        const char *known = geo_shape_name((enum geo_shape)shape);
        if (strlen(known) == n && !memcmp(known, name, n))
            return shape;
    }
    return GEO_GEOJSON_OTHER;
}

static enum geo_status set_type(struct geo_geojson *reader, struct geo_geojson_frame *frame,
                                struct geo_scalar scalar)
{
    int shown = geo_draft_shown(scalar.text, scalar.n);
    frame->type =
        scalar.type == GEO_TYPE_TEXT ? type_called(scalar.text, scalar.n) : GEO_GEOJSON_OTHER;
    if (frame->place == GEO_IN_GEOMETRY && !is_geometry(frame->type))
        geo_draft_fault(&reader->draft, "geometry is of a type that GeoJSON does not have",
                        scalar.text, scalar.n);
    if (frame->place == GEO_IN_OBJECT && frame->type == GEO_GEOJSON_OTHER)
        return geo_fail(reader->ctx, GEO_EREAD, "an object of type \"%.*s\" is not GeoJSON", shown,
                        scalar.text);
    if (frame->place == GEO_IN_FEATURE && frame->type != GEO_GEOJSON_FEATURE)
        return geo_fail(reader->ctx, GEO_EREAD,
                        "an object of type \"%.*s\" stands where a Feature should be", shown,
                        scalar.text);
    return GEO_OK;
}

static enum geo_status scalar_member(struct geo_geojson *reader, struct geo_scalar scalar)
{
    struct geo_draft *draft = &reader->draft;
    struct geo_geojson_frame *frame = top(reader);
    switch (frame->member) {
    case GEO_MEMBER_TYPE:
        return set_type(reader, frame, scalar);
    case GEO_MEMBER_ID:
        if (scalar.type == GEO_TYPE_TEXT || scalar.type == GEO_TYPE_REAL)
            return geo_draft_set(reader->ctx, draft, &draft->id, scalar, reader->plain);
        return GEO_OK;
    case GEO_MEMBER_GEOMETRY:
        geo_draft_forget_geometry(draft);
        if (scalar.type != GEO_TYPE_NULL)
            fault(reader, "geometry is no object");
        return GEO_OK;
    case GEO_MEMBER_COORDINATES:
        fault(reader, "coordinates are no array");
        return GEO_OK;
    case GEO_MEMBER_GEOMETRIES:
        fault(reader, "geometries of a collection are no array");
        return GEO_OK;
    case GEO_MEMBER_PROPERTIES:
        draft->cell_n = 0;
        if (scalar.type != GEO_TYPE_NULL)
            draft->remark = "properties are no object: left out";
        return GEO_OK;
    case GEO_MEMBER_FEATURES:
        return geo_fail(reader->ctx, GEO_EREAD, "\"features\" is not an array");
    case GEO_MEMBER_CRS:
        return scalar.type == GEO_TYPE_NULL
                   ? GEO_OK
                   : geo_geojson_crs(reader, "null", 4); /* a CRS that cannot be understood */
    default:
        return GEO_OK;
    }
}

enum geo_status geo_geojson_scalar(struct geo_geojson *reader, struct geo_scalar scalar)
{
    struct geo_draft *draft = &reader->draft;
    if (reader->mode == GEO_MODE_JSON)
        return geo_draft_json_value(reader->ctx, draft, scalar);
    if (reader->mode == GEO_MODE_COORDINATES)
        geo_draft_fault(draft, "coordinate is not a number", scalar.text, scalar.n);
    if (reader->mode != GEO_MODE_GEOJSON)
        return GEO_OK;
    switch (top(reader)->place) {
    case GEO_AT_TOP:
        return geo_fail(reader->ctx, GEO_EREAD, "a value that is no object is not GeoJSON");
    case GEO_IN_FEATURES:
        return geo_fail(reader->ctx, GEO_EREAD, "an element of \"features\" is no object");
    case GEO_IN_GEOMETRIES:
        fault(reader, "geometry is no object");
        return GEO_OK;
    case GEO_IN_PROPERTIES:
        return geo_draft_set(reader->ctx, draft, &draft->cell[draft->cell_n - 1], scalar,
                             reader->plain);
    default:
        return scalar_member(reader, scalar);
    }
}

/* ---- arrays and objects ---- */

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
        fault(reader, "coordinates are no array");
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
        fault(reader, "geometries of a collection are no array");
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
    fault(reader, "geometry is no object");
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
    struct geo_geojson_frame *frame = top(reader);
    switch (frame->member) {
    case GEO_MEMBER_TYPE:
        skip(reader);
        return set_type(reader, frame, (struct geo_scalar){.text = ""});
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
        if (reader->nest > HEAD_DEPTH_MAX && top(reader)->place != GEO_IN_PROPERTIES)
            return geo_fail(reader->ctx, GEO_EREAD, "\"%s\" is nested too deeply",
                            top(reader)->member == GEO_MEMBER_CRS ? "crs" : "geo");
        return geo_draft_json_open(reader->ctx, &reader->draft, is_map ? '{' : '[');
    case GEO_MODE_COORDINATES:
        if (is_map)
            fault(reader, "coordinate is not a number");
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
    switch (top(reader)->place) {
    case GEO_AT_TOP:
    case GEO_IN_FEATURES:
        if (!is_map)
            return geo_fail(reader->ctx, GEO_EREAD,
                            "an array stands where an object of GeoJSON "
                            "should be");
        geo_draft_clear(&reader->draft);
        push(reader, top(reader)->place == GEO_AT_TOP ? GEO_IN_OBJECT : GEO_IN_FEATURE);
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
    if (!is_geometry(frame->type))
        fault(reader, "geometry has no type");
    else if (content != (is_collection ? GEO_MEMBER_GEOMETRIES : GEO_MEMBER_COORDINATES))
        fault(reader, is_collection ? "geometry collection lacks its geometries or has coordinates"
                                    : "geometry lacks its coordinates or has geometries");
    else if (!draft->fault && !is_collection)
        GEO_TRY(geo_draft_geometry(reader->ctx, draft, (enum geo_shape)frame->type));
    if (top(reader)->place != GEO_IN_GEOMETRIES)
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
    if (is_geometry(frame->type)) {
        reader->draft.cell_n = 0;
        reader->draft.id = (struct geo_draft_cell){0};
        GEO_TRY(finish_geometry(reader, frame));
    }
    return geo_geojson_commit(reader);
}

static enum geo_status finish_json(struct geo_geojson *reader)
{
    struct geo_draft *draft = &reader->draft;
    const struct geo_geojson_frame *frame = top(reader);
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
