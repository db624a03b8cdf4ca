#include "draw/map_thin.h"

#include <math.h>
#include <stdlib.h>

#include "steps/try.h"

#define DEGREE (M_PI / 180)
#define INVISIBLE (1 / 8000.0)

/* What one batch needs: which vertices of a ring stay, and ranges to be looked at. */
struct range {
    size_t from, to;
    int depth; /* how often it was split */
};

/* Ranges that were split so often are halved, so that no shape takes quadratic time. */
enum { DEPTH_MAX = 48 };

struct thin {
    double squared_deg, scale; /* the tolerance; of longitudes */
    bool *stays;
    struct range *range;
    size_t room;
};

/* Squared distance of p from the segment a b, degrees of latitude. */
static double squared_from(const struct thin *t, struct geo_lonlat p, struct geo_lonlat a,
                           struct geo_lonlat b)
{
    double x = (p.lon - a.lon) * t->scale, y = p.lat - a.lat;
    const double dx = (b.lon - a.lon) * t->scale, dy = b.lat - a.lat, n = dx * dx + dy * dy;
    const double along = n > 0 ? fmin(1, fmax(0, (x * dx + y * dy) / n)) : 0;
    x -= along * dx;
    y -= along * dy;
    return x * x + y * y;
}

/* The vertex between two that is farthest from the line between them. */
static size_t farthest(const struct thin *t, const struct geo_lonlat *vertex, struct range range,
                       double *squared)
{
    size_t found = range.from;
    *squared = -1;
    for (size_t v = range.from + 1; v < range.to; v++) {
        const double here = squared_from(t, vertex[v], vertex[range.from], vertex[range.to]);
        if (here > *squared) {
            *squared = here;
            found = v;
        }
    }
    return found;
}

static void choose(const struct thin *t, const struct geo_lonlat *vertex, struct range whole)
{
    size_t waiting = 0;
    double squared;
    t->range[waiting++] = whole;
    while (waiting > 0) {
        const struct range range = t->range[--waiting];
        size_t middle = farthest(t, vertex, range, &squared);
        if (middle == range.from || squared <= t->squared_deg)
            continue;
        if (range.depth > DEPTH_MAX)
            middle = range.from + (range.to - range.from) / 2;
        t->stays[middle] = true;
        t->range[waiting++] = (struct range){range.from, middle, range.depth + 1};
        t->range[waiting++] = (struct range){middle, range.to, range.depth + 1};
    }
}

static void choose_line(const struct thin *t, const struct geo_lonlat *vertex, size_t n)
{
    for (size_t v = 0; v < n; v++)
        t->stays[v] = v == 0 || v + 1 == n;
    choose(t, vertex, (struct range){0, n - 1, 0});
}

/* A ring is two lines, to the vertex that is farthest from its first one; the third corner is
 * what is farthest from these two. */
static void choose_ring(const struct thin *t, const struct geo_lonlat *vertex, size_t n)
{
    double left, right;
    const size_t far = farthest(t, vertex, (struct range){0, n - 1, 0}, &left);
    for (size_t v = 0; v < n; v++)
        t->stays[v] = v == 0 || v + 1 == n || v == far;
    const struct range first = {0, far, 0}, second = {far, n - 1, 0};
    const size_t a = farthest(t, vertex, first, &left), b = farthest(t, vertex, second, &right);
    t->stays[left >= right ? a : b] = true;
    choose(t, vertex, first);
    choose(t, vertex, second);
}

static bool reserve(struct thin *t, size_t n)
{
    if (n <= t->room)
        return true;
    bool *stays = reallocarray(t->stays, n, sizeof *stays);
    if (stays)
        t->stays = stays;
    struct range *range = reallocarray(t->range, n + 1, sizeof *range);
    if (range)
        t->range = range;
    t->room = stays && range ? n : t->room;
    return stays && range;
}

static enum geo_status thin_ring(struct geo_ctx *ctx, struct thin *t, const struct geo_batch *from,
                                 size_t ring, enum geo_kind kind, struct geo_batch *to)
{
    const struct geo_lonlat *vertex = from->vertex + from->vertex_start[ring];
    const size_t n = from->vertex_start[ring + 1] - from->vertex_start[ring];
    struct geo_lonlat *kept;
    size_t left = 0;
    if (!reserve(t, n))
        return GEO_ENOMEM;
    if (kind == GEO_KIND_POLYGON && n > 4)
        choose_ring(t, vertex, n);
    else if (kind == GEO_KIND_LINE && n > 2)
        choose_line(t, vertex, n);
    else
        for (size_t v = 0; v < n; v++)
            t->stays[v] = true;
    for (size_t v = 0; v < n; v++)
        left += t->stays[v];
    TRY(geo_batch_add_vertices(ctx, to, left, &kept));
    for (size_t v = 0; v < n; v++)
        if (t->stays[v])
            *kept++ = vertex[v];
    return geo_batch_end_ring(ctx, to);
}

static enum geo_status thin_feature(struct geo_ctx *ctx, struct thin *t,
                                    const struct geo_batch *from, size_t i, struct geo_batch *to)
{
    for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++) {
        const enum geo_kind kind = from->part_kind[p];
        for (size_t r = from->ring_start[p]; r < from->ring_start[p + 1]; r++)
            TRY(thin_ring(ctx, t, from, r, kind, to));
        TRY(geo_batch_end_part(ctx, to, kind));
    }
    return geo_batch_copy_feature(ctx, to, from, i, false, from->shape[i]);
}

static struct geo_lonlat middle_of(const struct geo_batch *batch, double *diagonal_deg)
{
    struct geo_lonlat low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
    for (size_t v = 0; v < batch->vertex_count; v++) {
        low.lon = fmin(low.lon, batch->vertex[v].lon);
        low.lat = fmin(low.lat, batch->vertex[v].lat);
        high.lon = fmax(high.lon, batch->vertex[v].lon);
        high.lat = fmax(high.lat, batch->vertex[v].lat);
    }
    struct geo_lonlat middle = {(low.lon + high.lon) / 2, (low.lat + high.lat) / 2};
    *diagonal_deg = batch->vertex_count
                        ? hypot((high.lon - low.lon) * cos(middle.lat * DEGREE), high.lat - low.lat)
                        : 0;
    return middle;
}

double thin_tolerance(const struct geo_batch *batch)
{
    double diagonal_deg;
    middle_of(batch, &diagonal_deg);
    return diagonal_deg * INVISIBLE;
}

enum geo_status thin_batch(struct geo_ctx *ctx, struct geo_batch **batch, double tolerance_deg)
{
    double diagonal_deg;
    struct thin t = {.squared_deg = tolerance_deg * tolerance_deg,
                     .scale = cos(middle_of(*batch, &diagonal_deg).lat * DEGREE)};
    struct geo_batch *made = geo_batch_new();
    enum geo_status status = made ? geo_batch_copy_columns(ctx, made, *batch) : GEO_ENOMEM;
    for (size_t i = 0; status == GEO_OK && i < (*batch)->n; i++)
        status = thin_feature(ctx, &t, *batch, i, made);
    free(t.stays);
    free(t.range);
    if (status != GEO_OK) {
        geo_batch_free(made);
        return status;
    }
    geo_batch_free(*batch);
    *batch = made;
    return GEO_OK;
}
