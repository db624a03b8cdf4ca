#include "write/geometry_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "write/number.h"

/* How a geometry is to be written. */
struct style {
    enum geo_notation notation;
    int decimals;
    double unit; /* of the last decimal: positions farther apart than this differ */
    char open, close;
};

static char *put_text(char *out, const char *text)
{
    size_t n = strlen(text);
    memcpy(out, text, n);
    return out + n;
}

/* Longitude and latitude of up to 20 bytes each, with what stands around and between. */
#define POSITION_ROOM 48
#define PART_ROOM 64

size_t geo_geometry_room(const struct geo_batch *batch, size_t i)
{
    size_t part = batch->part_start[i], parts = batch->part_start[i + 1] - part;
    size_t ring = parts ? batch->ring_start[part] : 0;
    size_t rings = parts ? batch->ring_start[part + parts] - ring : 0;
    size_t n = rings ? batch->vertex_start[ring + rings] - batch->vertex_start[ring] : 0;
    return PART_ROOM + parts * PART_ROOM + rings * 4 + n * POSITION_ROOM;
}

static char *put_position(char *out, const struct geo_lonlat *v, const struct style *style)
{
    if (style->notation == GEO_NOTATION_WKT) {
        out = geo_put_fixed(out, v->lon, style->decimals);
        *out++ = ' ';
        return geo_put_fixed(out, v->lat, style->decimals);
    }
    *out++ = '[';
    out = geo_put_fixed(out, v->lon, style->decimals);
    *out++ = ',';
    out = geo_put_fixed(out, v->lat, style->decimals);
    *out++ = ']';
    return out;
}

/* All vertices of a ring or line, each followed by a comma. */
static char *put_all(char *out, const struct geo_lonlat *v, size_t n, const struct style *style)
{
    for (size_t i = 0; i < n; i++) {
        out = put_position(out, &v[i], style);
        *out++ = ',';
    }
    return out;
}

/* The same without repeated positions, and how many are left. */
static char *put_different(char *out, const struct geo_lonlat *v, size_t n,
                           const struct style *style, size_t *left)
{
    char *last = out;
    *left = 0;
    for (size_t i = 0; i < n; i++) {
        char *end = put_position(out, &v[i], style);
        *end++ = ',';
        if (i && fabs(v[i].lon - v[i - 1].lon) <= style->unit &&
            fabs(v[i].lat - v[i - 1].lat) <= style->unit && end - out == out - last &&
            !memcmp(out, last, (size_t)(end - out)))
            continue;
        last = out;
        out = end;
        ++*left;
    }
    return out;
}

static char *put_ring(char *out, const struct geo_batch *batch, size_t ring, size_t least,
                      const struct style *style)
{
    size_t first = batch->vertex_start[ring], n = batch->vertex_start[ring + 1] - first, left;
    *out++ = style->open;
    char *end = put_different(out, batch->vertex + first, n, style, &left);
    if (left < least) {
        struct style fine = *style;
        fine.decimals = style->decimals > GEO_FINE_DECIMALS ? style->decimals : GEO_FINE_DECIMALS;
        end = put_all(out, batch->vertex + first, n, &fine);
    }
    out = end > out ? end - 1 : end;
    *out++ = style->close;
    return out;
}

static char *put_point(char *out, const struct geo_lonlat *v, const struct style *style)
{
    if (style->notation == GEO_NOTATION_JSON)
        return put_position(out, v, style);
    *out++ = '(';
    out = put_position(out, v, style);
    *out++ = ')';
    return out;
}

/* The coordinates of a part. */
static char *put_part(char *out, const struct geo_batch *batch, size_t part,
                      const struct style *style)
{
    size_t first = batch->ring_start[part], end = batch->ring_start[part + 1];
    if (batch->part_kind[part] == GEO_KIND_POINT)
        return put_point(out, batch->vertex + batch->vertex_start[first], style);
    if (batch->part_kind[part] == GEO_KIND_LINE)
        return put_ring(out, batch, first, 2, style);
    *out++ = style->open;
    for (size_t r = first; r < end; r++) {
        if (r > first)
            *out++ = ',';
        out = put_ring(out, batch, r, 4, style);
    }
    *out++ = style->close;
    return out;
}

/* What stands before the coordinates: {"type":"Polygon","coordinates": or POLYGON. */
static char *put_head(char *out, enum geo_shape shape, const struct style *style)
{
    const char *name = geo_shape_name(shape);
    if (style->notation == GEO_NOTATION_WKT) {
        while (*name)
            *out++ = (char)toupper((unsigned char)*name++);
        *out++ = ' ';
        return out;
    }
    out = put_text(out, "{\"type\":\"");
    out = put_text(out, name);
    return put_text(out,
                    shape == GEO_SHAPE_COLLECTION ? "\",\"geometries\":" : "\",\"coordinates\":");
}

static char *put_tail(char *out, const struct style *style)
{
    if (style->notation == GEO_NOTATION_JSON)
        *out++ = '}';
    return out;
}

/* A part of a collection: a geometry of its own. */
static char *put_member(char *out, const struct geo_batch *batch, size_t part,
                        const struct style *style)
{
    static const enum geo_shape shape_of[] = {[GEO_KIND_POINT] = GEO_SHAPE_POINT,
                                              [GEO_KIND_LINE] = GEO_SHAPE_LINE,
                                              [GEO_KIND_POLYGON] = GEO_SHAPE_POLYGON};
    out = put_head(out, shape_of[batch->part_kind[part]], style);
    out = put_part(out, batch, part, style);
    return put_tail(out, style);
}

char *geo_put_geometry(char *out, const struct geo_batch *batch, size_t i, int decimals,
                       enum geo_notation notation)
{
    static const double unit[] = {1,    1e-1, 1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,
                                  1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15};
    enum geo_shape shape = batch->shape[i];
    size_t first = batch->part_start[i], end = batch->part_start[i + 1];
    bool is_json = notation == GEO_NOTATION_JSON, is_single = shape <= GEO_SHAPE_POLYGON;
    struct style style = {notation, decimals, unit[decimals], is_json ? '[' : '(',
                          is_json ? ']' : ')'};
    out = put_head(out, shape, &style);
    if (first == end) {
        out = put_text(out, is_json ? "[]" : "EMPTY");
        return put_tail(out, &style);
    }
    if (!is_single)
        *out++ = style.open;
    for (size_t p = first; p < end; p++) {
        if (p > first)
            *out++ = ',';
        out = shape == GEO_SHAPE_COLLECTION ? put_member(out, batch, p, &style)
                                            : put_part(out, batch, p, &style);
    }
    if (!is_single)
        *out++ = style.close;
    return put_tail(out, &style);
}
