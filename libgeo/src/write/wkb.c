#include "write/wkb.h"

#include <math.h>
#include <string.h>

enum { HEAD = 1 + 4 + 4 };

size_t geo_wkb_room(const struct geo_batch *batch, size_t i)
{
    size_t part = batch->part_start[i], end = batch->part_start[i + 1];
    if (part == end)
        return HEAD + sizeof(struct geo_lonlat);
    size_t ring = batch->ring_start[part], last = batch->ring_start[end];
    size_t vertices = batch->vertex_start[last] - batch->vertex_start[ring];
    return HEAD + (end - part) * HEAD + (last - ring) * 4 + vertices * sizeof(struct geo_lonlat);
}

static char *put_u32(char *out, uint32_t n)
{
    memcpy(out, &n, sizeof n);
    return out + sizeof n;
}

/* The byte order of this machine, and the type. */
static char *put_head(char *out, enum geo_shape shape)
{
    *out++ = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    return put_u32(out, shape); /* the codes are those of enum geo_shape, from POINT = 1 */
}

static char *put_vertices(char *out, const struct geo_batch *batch, size_t ring)
{
    size_t first = batch->vertex_start[ring];
    size_t size = (batch->vertex_start[ring + 1] - first) * sizeof *batch->vertex;
    memcpy(out, batch->vertex + first, size);
    return out + size;
}

static char *put_counted(char *out, const struct geo_batch *batch, size_t ring)
{
    out = put_u32(out, (uint32_t)(batch->vertex_start[ring + 1] - batch->vertex_start[ring]));
    return put_vertices(out, batch, ring);
}

static char *put_part(char *out, const struct geo_batch *batch, size_t part)
{
    size_t first = batch->ring_start[part], end = batch->ring_start[part + 1];
    if (batch->part_kind[part] == GEO_KIND_POINT)
        return put_vertices(put_head(out, GEO_SHAPE_POINT), batch, first);
    if (batch->part_kind[part] == GEO_KIND_LINE)
        return put_counted(put_head(out, GEO_SHAPE_LINE), batch, first);
    out = put_u32(put_head(out, GEO_SHAPE_POLYGON), (uint32_t)(end - first));
    for (size_t r = first; r < end; r++)
        out = put_counted(out, batch, r);
    return out;
}

static char *put_empty(char *out, enum geo_shape shape)
{
    const struct geo_lonlat nowhere = {NAN, NAN};
    out = put_head(out, shape);
    if (shape != GEO_SHAPE_POINT)
        return put_u32(out, 0);
    memcpy(out, &nowhere, sizeof nowhere);
    return out + sizeof nowhere;
}

char *geo_put_wkb(char *out, const struct geo_batch *batch, size_t i, enum geo_shape shape)
{
    size_t first = batch->part_start[i], end = batch->part_start[i + 1];
    if (first == end)
        return put_empty(out, shape);
    if (shape <= GEO_SHAPE_POLYGON)
        return put_part(out, batch, first);
    out = put_u32(put_head(out, shape), (uint32_t)(end - first));
    for (size_t p = first; p < end; p++)
        out = put_part(out, batch, p);
    return out;
}
