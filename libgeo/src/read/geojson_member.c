/* What the members of an object mean: their names, types and scalar values. */
#include <string.h>

#include "base/fail.h"
#include "read/geojson.h"

#define OF_GEOMETRY \
    (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_COORDINATES | GEO_MEMBER_GEOMETRIES)
#define OF_FEATURE \
    (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_GEOMETRY | GEO_MEMBER_PROPERTIES | GEO_MEMBER_ID)
#define OF_FEATURES (GEO_MEMBER_TYPE | GEO_MEMBER_CRS | GEO_MEMBER_FEATURES)

/* The members that mean something in an object, as far as its type is known. */
static unsigned members_of(const struct geo_geojson *reader, const struct geo_geojson_frame *frame)
{
    unsigned members = OF_FEATURE;
    if (frame->place == GEO_IN_GEOMETRY || geo_geojson_is_geometry(frame->type))
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
    struct geo_geojson_frame *frame = geo_geojson_top(reader);
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

enum geo_status geo_geojson_set_type(struct geo_geojson *reader, struct geo_geojson_frame *frame,
                                     struct geo_scalar scalar)
{
    int shown = geo_draft_shown(scalar.text, scalar.n);
    frame->type =
        scalar.type == GEO_TYPE_TEXT ? type_called(scalar.text, scalar.n) : GEO_GEOJSON_OTHER;
    if (frame->place == GEO_IN_GEOMETRY && !geo_geojson_is_geometry(frame->type))
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
    struct geo_geojson_frame *frame = geo_geojson_top(reader);
    switch (frame->member) {
    case GEO_MEMBER_TYPE:
        return geo_geojson_set_type(reader, frame, scalar);
    case GEO_MEMBER_ID:
        if (scalar.type == GEO_TYPE_TEXT || scalar.type == GEO_TYPE_REAL)
            return geo_draft_set(reader->ctx, draft, &draft->id, scalar, reader->plain);
        return GEO_OK;
    case GEO_MEMBER_GEOMETRY:
        geo_draft_forget_geometry(draft);
        if (scalar.type != GEO_TYPE_NULL)
            geo_geojson_fault(reader, "geometry is no object");
        return GEO_OK;
    case GEO_MEMBER_COORDINATES:
        geo_geojson_fault(reader, "coordinates are no array");
        return GEO_OK;
    case GEO_MEMBER_GEOMETRIES:
        geo_geojson_fault(reader, "geometries of a collection are no array");
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
    switch (geo_geojson_top(reader)->place) {
    case GEO_AT_TOP:
        return geo_fail(reader->ctx, GEO_EREAD, "a value that is no object is not GeoJSON");
    case GEO_IN_FEATURES:
        return geo_fail(reader->ctx, GEO_EREAD, "an element of \"features\" is no object");
    case GEO_IN_GEOMETRIES:
        geo_geojson_fault(reader, "geometry is no object");
        return GEO_OK;
    case GEO_IN_PROPERTIES:
        return geo_draft_set(reader->ctx, draft, &draft->cell[draft->cell_n - 1], scalar,
                             reader->plain);
    default:
        return scalar_member(reader, scalar);
    }
}
