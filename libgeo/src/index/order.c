#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "geo/index.h"
#include "index/space.h"

/* A feature and its place on the curve. */
struct placed {
    uint32_t key, feature;
};

/* The bits of a 16-bit number, each with a gap after it. */
static uint32_t spread(uint32_t x)
{
    x = (x | x << 8) & 0x00ff00ff;
    x = (x | x << 4) & 0x0f0f0f0f;
    x = (x | x << 2) & 0x33333333;
    return (x | x << 1) & 0x55555555;
}

/* The first vertex of a feature; the south-western corner of the map for an empty one. */
static struct geo_lonlat first_vertex(const struct geo_batch *batch, size_t i)
{
    const struct geo_lonlat corner = {-180, -90};
    if (batch->part_start[i] == batch->part_start[i + 1])
        return corner;
    const size_t vertex = batch->vertex_start[batch->ring_start[batch->part_start[i]]];
    const size_t end = batch->vertex_start[batch->ring_start[batch->part_start[i + 1]]];
    if (vertex == end)
        return corner;
    const struct geo_lonlat p = batch->vertex[vertex];
    if (!isfinite(p.lon) || !(fabs(p.lat) <= 90))
        return corner;
    return (struct geo_lonlat){geo_lon_home(p.lon), p.lat};
}

static int by_key(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return (p->feature > q->feature) - (p->feature < q->feature);
}

enum geo_status geo_place_order(struct geo_ctx *ctx, const struct geo_batch *batch, uint32_t *order)
{
    struct placed *placed = reallocarray(NULL, batch->n ? batch->n : 1, sizeof *placed);
    struct geo_lonlat lo = {180, 90}, hi = {-180, -90};
    if (placed == NULL)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < batch->n; i++) {
        struct geo_lonlat p = first_vertex(batch, i);
        lo = (struct geo_lonlat){geo_min(lo.lon, p.lon), geo_min(lo.lat, p.lat)};
        hi = (struct geo_lonlat){geo_max(hi.lon, p.lon), geo_max(hi.lat, p.lat)};
    }
    const double scale = 65535 / geo_max(geo_max(hi.lon - lo.lon, hi.lat - lo.lat), 1e-9);
    for (size_t i = 0; i < batch->n; i++) {
        struct geo_lonlat p = first_vertex(batch, i);
        placed[i].key = spread((uint32_t)(scale * (p.lon - lo.lon))) |
                        spread((uint32_t)(scale * (p.lat - lo.lat))) << 1;
        placed[i].feature = (uint32_t)i;
    }
    qsort(placed, batch->n, sizeof *placed, by_key);
    for (size_t i = 0; i < batch->n; i++)
        order[i] = placed[i].feature;
    free(placed);
    return GEO_OK;
}
