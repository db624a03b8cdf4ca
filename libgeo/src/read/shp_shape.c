/* Shapes of a .shp as parts of a batch. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "read/shp.h"

/* Vertices nearer than this are one to GDAL when it looks which way a ring turns. */
#define SAME_VERTEX 1e-5

/* The parts of a line or a polygon: vertices start[i] to start[i + 1]. */
struct parts {
    uint32_t part_count, vertex_count;
    const char *start, *vertex; /* in the file's bytes */
};

static size_t first_of(const struct parts *parts, size_t part)
{
    return part < parts->part_count ? geo_shp_little(parts->start + 4 * part) : parts->vertex_count;
}

/* What follows the vertices of a type: a range and a value for each, of the heights. Measures may be
 * missing. */
static uint64_t extra_bytes(uint32_t type, uint64_t vertices)
{
    return type > GEO_SHP_HEIGHTS && type < GEO_SHP_MEASURES ? 16 + 8 * vertices : 0;
}

/* False if the counts do not fit the bytes, or a part is empty. */
static bool find_parts(uint32_t type, const char *bytes, size_t n, struct parts *parts)
{
    if (n < 44)
        return false;
    uint64_t p = geo_shp_little(bytes + 36), v = geo_shp_little(bytes + 40);
    *parts = (struct parts){.part_count = (uint32_t)p,
                            .vertex_count = (uint32_t)v,
                            .start = bytes + 44,
                            .vertex = bytes + 44 + 4 * p};
    if (p == 0 || p > v || 44 + 4 * p + 16 * v + extra_bytes(type, v) > n ||
        first_of(parts, 0) != 0)
        return false;
    for (size_t i = 0; i < p; i++)
        if (first_of(parts, i) >= first_of(parts, i + 1))
            return false;
    return true;
}

static enum geo_status add_vertices(struct geo_ctx *ctx, const char *bytes, size_t n,
                                    struct geo_batch *batch)
{
    struct geo_lonlat *vertex;
    GEO_TRY(geo_batch_add_vertices(ctx, batch, n, &vertex));
    memcpy(vertex, bytes, n * sizeof *vertex);
    return GEO_OK;
}

static enum geo_status add_ring(struct geo_ctx *ctx, const struct parts *parts, size_t part,
                                struct geo_batch *batch)
{
    size_t first = first_of(parts, part), n = first_of(parts, part + 1) - first;
    GEO_TRY(add_vertices(ctx, parts->vertex + 16 * first, n, batch));
    return geo_batch_end_ring(ctx, batch);
}

static enum geo_status add_lines(struct geo_ctx *ctx, const struct parts *parts,
                                 struct geo_batch *batch, enum geo_shape *shape)
{
    for (size_t i = 0; i < parts->part_count; i++) {
        GEO_TRY(add_ring(ctx, parts, i, batch));
        GEO_TRY(geo_batch_end_part(ctx, batch, GEO_KIND_LINE));
    }
    *shape = parts->part_count > 1 ? GEO_SHAPE_MULTILINE : GEO_SHAPE_LINE;
    return GEO_OK;
}

/* ---- points ---- */

static enum geo_status add_point(struct geo_ctx *ctx, const char *bytes, struct geo_batch *batch)
{
    GEO_TRY(add_vertices(ctx, bytes, 1, batch));
    GEO_TRY(geo_batch_end_ring(ctx, batch));
    return geo_batch_end_part(ctx, batch, GEO_KIND_POINT);
}

static enum geo_status add_points(struct geo_ctx *ctx, uint32_t type, const char *bytes, size_t n,
                                  struct geo_batch *batch, bool *is_plain)
{
    uint64_t points = n < 40 ? 0 : geo_shp_little(bytes + 36);
    *is_plain = points > 0 && 40 + 16 * points + extra_bytes(type, points) <= n;
    for (size_t i = 0; *is_plain && i < points; i++)
        GEO_TRY(add_point(ctx, bytes + 40 + 16 * i, batch));
    return GEO_OK;
}

/* ---- polygons ---- */

enum turn { TURN_CLOCKWISE, TURN_COUNTER, TURN_UNSURE };

struct box {
    double min_x, max_x, min_y, max_y;
};

static struct geo_lonlat vertex_at(const char *bytes, size_t i)
{
    struct geo_lonlat vertex;
    memcpy(&vertex, bytes + 16 * i, sizeof vertex);
    return vertex;
}

static bool is_same(struct geo_lonlat a, struct geo_lonlat b)
{
    return fabs(a.lon - b.lon) < SAME_VERTEX && fabs(a.lat - b.lat) < SAME_VERTEX;
}

/* The way a ring of n vertices turns at the rightmost of its lowest vertices, which is where GDAL
 * looks. The last vertex repeats the first. */
static enum turn turn_of(const char *ring, size_t n)
{
    struct geo_lonlat lowest = vertex_at(ring, 0);
    size_t at = 0;
    bool is_twice = false;
    for (size_t i = 1; i + 1 < n; i++) {
        struct geo_lonlat v = vertex_at(ring, i);
        bool is_lower = v.lat < lowest.lat || (v.lat == lowest.lat && v.lon > lowest.lon);
        if (is_lower)
            lowest = v, at = i, is_twice = false;
        else if (v.lat == lowest.lat && v.lon == lowest.lon)
            is_twice = true;
    }
    struct geo_lonlat before = vertex_at(ring, at > 0 ? at - 1 : n - 2);
    struct geo_lonlat after = vertex_at(ring, at + 1 < n - 1 ? at + 1 : 0);
    double turn = (after.lon - lowest.lon) * (before.lat - lowest.lat) -
                  (before.lon - lowest.lon) * (after.lat - lowest.lat);
    if (is_twice || is_same(before, lowest) || is_same(after, lowest) || !(turn < 0 || turn > 0))
        return TURN_UNSURE;
    return turn < 0 ? TURN_CLOCKWISE : TURN_COUNTER;
}

static struct box box_of(const char *ring, size_t n)
{
    struct box box = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat v = vertex_at(ring, i);
        box.min_x = fmin(box.min_x, v.lon), box.max_x = fmax(box.max_x, v.lon);
        box.min_y = fmin(box.min_y, v.lat), box.max_y = fmax(box.max_y, v.lat);
    }
    return box;
}

static bool holds(const struct box *a, const struct box *b)
{
    return a->min_x <= b->min_x && b->max_x <= a->max_x && a->min_y <= b->min_y &&
           b->max_y <= a->max_y;
}

/* The one ring that turns clockwise, where all others turn the other way and lie within its box:
 * they are its holes. SIZE_MAX if it is not as simple as that. */
static size_t find_exterior(const struct parts *parts)
{
    size_t exterior = SIZE_MAX;
    for (size_t i = 0; i < parts->part_count; i++) {
        size_t first = first_of(parts, i), n = first_of(parts, i + 1) - first;
        enum turn turn = n < 4 ? TURN_UNSURE : turn_of(parts->vertex + 16 * first, n);
        if (turn == TURN_UNSURE || (turn == TURN_CLOCKWISE && exterior != SIZE_MAX))
            return SIZE_MAX;
        if (turn == TURN_CLOCKWISE)
            exterior = i;
    }
    if (exterior == SIZE_MAX)
        return SIZE_MAX;
    size_t first = first_of(parts, exterior);
    struct box outer = box_of(parts->vertex + 16 * first, first_of(parts, exterior + 1) - first);
    for (size_t i = 0; i < parts->part_count; i++) {
        first = first_of(parts, i);
        struct box inner = box_of(parts->vertex + 16 * first, first_of(parts, i + 1) - first);
        if (!holds(&outer, &inner))
            return SIZE_MAX;
    }
    return exterior;
}

static enum geo_status add_polygon(struct geo_ctx *ctx, const struct parts *parts,
                                   struct geo_batch *batch, bool *is_plain)
{
    size_t exterior = parts->part_count == 1 ? 0 : find_exterior(parts);
    *is_plain = exterior != SIZE_MAX;
    if (!*is_plain)
        return GEO_OK;
    GEO_TRY(add_ring(ctx, parts, exterior, batch));
    for (size_t i = 0; i < parts->part_count; i++)
        if (i != exterior)
            GEO_TRY(add_ring(ctx, parts, i, batch));
    return geo_batch_end_part(ctx, batch, GEO_KIND_POLYGON);
}

/* ---- any ---- */

enum geo_status geo_shp_shape(struct geo_ctx *ctx, uint32_t type, const char *bytes, size_t n,
                              struct geo_batch *batch, enum geo_shape *shape, bool *is_plain)
{
    struct parts parts;
    uint32_t own = n < 4 ? UINT32_MAX : geo_shp_little(bytes);
    *is_plain = own == GEO_SHP_NULL || own == type;
    *shape = GEO_SHAPE_NULL;
    if (!*is_plain || own == GEO_SHP_NULL)
        return GEO_OK;
    switch (type % 10) {
    case GEO_SHP_POINT:
        *shape = GEO_SHAPE_POINT;
        *is_plain = n >= (type == GEO_SHP_POINT ? 20 : type < GEO_SHP_MEASURES ? 36 : 28);
        return *is_plain ? add_point(ctx, bytes + 4, batch) : GEO_OK;
    case GEO_SHP_POINTS:
        *shape = GEO_SHAPE_MULTIPOINT;
        return add_points(ctx, type, bytes, n, batch, is_plain);
    case GEO_SHP_LINE:
        *is_plain = find_parts(type, bytes, n, &parts);
        return *is_plain ? add_lines(ctx, &parts, batch, shape) : GEO_OK;
    default:
        *shape = GEO_SHAPE_POLYGON;
        *is_plain = find_parts(type, bytes, n, &parts);
        return *is_plain ? add_polygon(ctx, &parts, batch, is_plain) : GEO_OK;
    }
}
