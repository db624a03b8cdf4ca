#include "measure/outline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

/* An edge, its lesser end first, so that there and back compare equal. */
struct edge {
    struct geo_lonlat a, b;
};

static int compare_places(struct geo_lonlat a, struct geo_lonlat b)
{
    if (a.lon != b.lon)
        return a.lon < b.lon ? -1 : 1;
    return a.lat == b.lat ? 0 : a.lat < b.lat ? -1 : 1;
}

static int compare_edges(const void *x, const void *y)
{
    const struct edge *a = x, *b = y;
    int order = compare_places(a->a, b->a);
    return order ? order : compare_places(a->b, b->b);
}

/* All edges of the batch; there is room for as many as it has vertices. */
static size_t list_edges(const struct geo_batch *batch, struct edge *edge)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        size_t ring0 = batch->ring_start[batch->part_start[i]];
        size_t ring1 = batch->ring_start[batch->part_start[i + 1]];
        for (size_t r = ring0; r < ring1; r++)
            for (size_t v = batch->vertex_start[r] + 1; v < batch->vertex_start[r + 1]; v++) {
                struct geo_lonlat a = batch->vertex[v - 1], b = batch->vertex[v];
                int order = compare_places(a, b);
                if (order)
                    edge[n++] = order < 0 ? (struct edge){a, b} : (struct edge){b, a};
            }
    }
    return n;
}

/* Leaves out the edges that are there more than once; they are sorted. Where all are, the layer is
 * there twice, and stays. */
static size_t keep_single(struct edge *edge, size_t n)
{
    size_t kept = 0, single = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && compare_edges(&edge[i], &edge[end]) == 0; end++)
            ;
        single += end == i + 1;
    }
    if (single == 0)
        return n;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && compare_edges(&edge[i], &edge[end]) == 0; end++)
            ;
        if (end == i + 1)
            edge[kept++] = edge[i];
    }
    return kept;
}

static double length_of(const struct edge *edge, double x_scale)
{
    return hypot((edge->b.lon - edge->a.lon) * x_scale, edge->b.lat - edge->a.lat);
}

/* Points at equal steps along n edges, the first half a step from the start. */
static size_t spread(const struct edge *edge, size_t n, double x_scale, size_t room,
                     struct geo_lonlat *point)
{
    double total = 0, before = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        total += length_of(&edge[i], x_scale);
    double step = total / (double)room;
    for (size_t i = 0; i < n; i++) {
        double length = length_of(&edge[i], x_scale);
        for (; count < room && ((double)count + 0.5) * step <= before + length; count++) {
            double t = (((double)count + 0.5) * step - before) / length;
            point[count].lon = edge[i].a.lon + t * (edge[i].b.lon - edge[i].a.lon);
            point[count].lat = edge[i].a.lat + t * (edge[i].b.lat - edge[i].a.lat);
        }
        before += length;
    }
    return count;
}

/* Vertices of features, as far apart in order as there is room for. */
static size_t pick_vertices(const struct geo_batch *batch, size_t room, struct geo_lonlat *point)
{
    size_t n = 0, seen = 0, total = batch->vertex_count;
    size_t every = total > room ? (total + room - 1) / room : 1;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        size_t first = batch->vertex_start[batch->ring_start[batch->part_start[i]]];
        size_t end = batch->vertex_start[batch->ring_start[batch->part_start[i + 1]]];
        for (size_t v = first; v < end && n < room; v++)
            if (seen++ % every == 0)
                point[n++] = batch->vertex[v];
    }
    return n;
}

enum geo_status geo_outline_points(struct geo_ctx *ctx, const struct geo_batch *batch,
                                   double x_scale, size_t room, struct geo_lonlat *point, size_t *n)
{
    *n = 0;
    if (batch->vertex_count == 0)
        return GEO_OK;
    struct edge *edge = calloc(batch->vertex_count, sizeof *edge);
    if (!edge)
        return geo_no_memory(ctx);
    size_t edges = list_edges(batch, edge);
    qsort(edge, edges, sizeof *edge, compare_edges);
    edges = keep_single(edge, edges);
    *n = edges ? spread(edge, edges, x_scale, room, point) : pick_vertices(batch, room, point);
    free(edge);
    return GEO_OK;
}

static enum geo_status copy_ring(struct geo_ctx *ctx, const struct geo_batch *batch, size_t r,
                                 struct geo_batch *lines)
{
    struct geo_lonlat *vertex;
    size_t first = batch->vertex_start[r], n = batch->vertex_start[r + 1] - first;
    if (n == 0)
        return GEO_OK;
    GEO_TRY(geo_batch_add_vertices(ctx, lines, n, &vertex));
    memcpy(vertex, batch->vertex + first, n * sizeof *vertex);
    GEO_TRY(geo_batch_end_ring(ctx, lines));
    return geo_batch_end_part(ctx, lines, n > 1 ? GEO_KIND_LINE : GEO_KIND_POINT);
}

enum geo_status geo_outline_lines(struct geo_ctx *ctx, const struct geo_batch *batch,
                                  struct geo_batch *lines)
{
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        for (size_t r = batch->ring_start[batch->part_start[i]];
             r < batch->ring_start[batch->part_start[i + 1]]; r++)
            GEO_TRY(copy_ring(ctx, batch, r, lines));
        GEO_TRY(geo_batch_end_feature(ctx, lines, GEO_SHAPE_COLLECTION, batch->fid[i]));
    }
    return GEO_OK;
}
