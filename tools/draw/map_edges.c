#include "draw/map_edges.h"

#include <geodesic.h>
#include <math.h>

#include "draw/map_place.h"
#include "steps/try.h"

#define DEGREE (M_PI / 180)
#define INVISIBLE (1 / 16000.0)

/* An edge is halved so often at most: as close by a pole as it takes. */
enum { DEPTH_MAX = 12, ADDED_MAX = 1024 };

struct bend {
    struct geo_ctx *ctx;
    struct geo_batch *to;
    struct geod_geodesic earth;
    struct geod_geodesicline line; /* of the edge in hand */
    double tolerance_deg;
    size_t left; /* vertices that may be added to the feature */
};

/* A place on the edge, s_m from where it begins. */
struct along {
    double s_m;
    struct geo_lonlat at;
};

static enum geo_status add(struct bend *b, struct geo_lonlat place)
{
    struct geo_lonlat *vertex;
    TRY(geo_batch_add_vertices(b->ctx, b->to, 1, &vertex));
    *vertex = place;
    return GEO_OK;
}

static enum geo_status add_between(struct bend *b, struct geo_lonlat place)
{
    if (b->left == 0)
        return GEO_OK;
    b->left--;
    return add(b, place);
}

/* Longitudes follow those of the edge's ends, whichever turn these are on. */
static struct along find(const struct bend *b, const struct along *p, const struct along *q,
                         double part)
{
    struct along found = {.s_m = p->s_m + part * (q->s_m - p->s_m)};
    const double near = p->at.lon + part * (q->at.lon - p->at.lon);
    geod_position(&b->line, found.s_m, &found.at.lat, &found.at.lon, NULL);
    found.at.lon = near + remainder(found.at.lon - near, 360);
    return found;
}

/* How far the geodesic runs from the straight piece, degrees of latitude. Quarters are looked at as
 * well: over the equator the middles are one place. */
static double bow(const struct bend *b, const struct along *p, const struct along *q)
{
    const double dlon = q->at.lon - p->at.lon, dlat = q->at.lat - p->at.lat;
    double widest = 0;
    for (int k = 1; k < 4; k++) {
        const struct geo_lonlat at = find(b, p, q, k / 4.0).at;
        const double scale = cos(at.lat * DEGREE), x = dlon * scale, n = hypot(x, dlat);
        const double away = (at.lon - p->at.lon) * scale * dlat - (at.lat - p->at.lat) * x;
        widest = fmax(widest, n > 0 ? fabs(away) / n : 0);
    }
    return widest;
}

static enum geo_status bend(struct bend *b, const struct along *p, const struct along *q, int depth)
{
    if (depth == 0 || b->left == 0 || bow(b, p, q) <= b->tolerance_deg)
        return GEO_OK;
    const struct along middle = find(b, p, q, 0.5);
    TRY(bend(b, p, &middle, depth - 1));
    TRY(add_between(b, middle.at));
    return bend(b, &middle, q, depth - 1);
}

/* A bound for the bow of an edge of s degrees: a straight line of azimuth a curves by
 * tan(latitude) sin(a) (1 + cos(a)^2) < 2 tan(latitude), and the sagitta is s s / 8 of that. */
static bool is_short(const struct bend *b, struct geo_lonlat p, struct geo_lonlat q)
{
    const double lat = fmax(fabs(p.lat), fabs(q.lat)), s = hypot(q.lon - p.lon, q.lat - p.lat);
    return p.lon == q.lon || (lat + s / 2 < 89 &&
                              s * s / 4 * DEGREE * tan((lat + s / 2) * DEGREE) < b->tolerance_deg);
}

static enum geo_status bend_edge(struct bend *b, struct geo_lonlat p, struct geo_lonlat q)
{
    if (fabs(q.lon - p.lon) >= 180) { /* over the pole, where it has every longitude */
        const double pole = p.lat + q.lat < 0 ? -90 : 90;
        TRY(add_between(b, (struct geo_lonlat){p.lon, pole}));
        return add_between(b, (struct geo_lonlat){q.lon, pole});
    }
    geod_inverseline(&b->line, &b->earth, p.lat, p.lon, q.lat, q.lon, 0);
    const struct along from = {0, p}, to = {b->line.s13, q};
    return bend(b, &from, &to, DEPTH_MAX);
}

static enum geo_status bend_ring(struct bend *b, const struct geo_batch *from, size_t ring)
{
    const size_t first = from->vertex_start[ring], end = from->vertex_start[ring + 1];
    for (size_t v = first; v < end; v++) {
        if (v > first && b->left > 0 && !is_short(b, from->vertex[v - 1], from->vertex[v]))
            TRY(bend_edge(b, from->vertex[v - 1], from->vertex[v]));
        TRY(add(b, from->vertex[v]));
    }
    return geo_batch_end_ring(b->ctx, b->to);
}

static bool has_long_edges(const struct bend *b, const struct geo_batch *from, size_t p)
{
    for (size_t r = from->ring_start[p]; r < from->ring_start[p + 1]; r++)
        for (size_t v = from->vertex_start[r] + 1; v < from->vertex_start[r + 1]; v++)
            if (!is_short(b, from->vertex[v - 1], from->vertex[v]))
                return true;
    return false;
}

/* The diagonal of the widest part of feature i: those of a zone that was cut at the antimeridian are
 * a turn apart. */
static double widest_part(const struct geo_batch *batch, size_t i, size_t *vertices)
{
    double widest = 0;
    *vertices = 0;
    for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++) {
        struct map_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
        const size_t end = batch->vertex_start[batch->ring_start[p + 1]];
        for (size_t v = batch->vertex_start[batch->ring_start[p]]; v < end; v++, ++*vertices) {
            box.west = fmin(box.west, batch->vertex[v].lon);
            box.east = fmax(box.east, batch->vertex[v].lon);
            box.south = fmin(box.south, batch->vertex[v].lat);
            box.north = fmax(box.north, batch->vertex[v].lat);
        }
        widest = fmax(widest, box.west <= box.east ? map_diagonal(&box) : 0);
    }
    return widest;
}

enum geo_status edges_copy(struct geo_ctx *ctx, struct geo_batch *to, const struct geo_batch *from,
                           size_t i, enum geo_edges edges)
{
    struct bend b = {.ctx = ctx, .to = to};
    size_t vertices;
    geod_init(&b.earth, 6378137, 1 / 298.257223563); /* WGS 84 */
    b.tolerance_deg = INVISIBLE * widest_part(from, i, &vertices);
    b.left = edges == GEO_EDGES_GEODESIC ? ADDED_MAX + vertices : 0;
    for (size_t p = from->part_start[i]; p < from->part_start[i + 1]; p++) {
        const enum geo_kind kind = from->part_kind[p];
        if (kind == GEO_KIND_POINT || b.left == 0 || !has_long_edges(&b, from, p)) {
            TRY(geo_batch_copy_part(ctx, to, from, p));
            continue;
        }
        for (size_t r = from->ring_start[p]; r < from->ring_start[p + 1]; r++)
            TRY(bend_ring(&b, from, r));
        TRY(geo_batch_end_part(ctx, to, kind));
    }
    return GEO_OK;
}

enum geo_status edges_bend(struct geo_ctx *ctx, struct geo_batch **batch)
{
    struct geo_batch *made = geo_batch_new();
    enum geo_status status = made ? geo_batch_copy_columns(ctx, made, *batch) : GEO_ENOMEM;
    for (size_t i = 0; status == GEO_OK && i < (*batch)->n; i++) {
        status = edges_copy(ctx, made, *batch, i, GEO_EDGES_GEODESIC);
        if (status == GEO_OK)
            status = geo_batch_copy_feature(ctx, made, *batch, i, false, (*batch)->shape[i]);
    }
    if (status != GEO_OK) {
        geo_batch_free(made);
        return status;
    }
    geo_batch_free(*batch);
    *batch = made;
    return GEO_OK;
}
