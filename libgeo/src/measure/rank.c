/* What the CRS of a layer may be, by how well it falls on a reference. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "geo/crs.h"
#include "geo/measure.h"
#include "measure/hypotheses.h"
#include "measure/outline.h"
#include "read/input.h"

enum { POINTS = 1000 };

/* Points so far outside a box are not measured to what is in it. */
#define AFAR_DEG 3.0

/* Outlines that lie no nearer than this share of what chance gives are not the same outlines. */
#define SHARED 0.4

struct box {
    double west, south, east, north;
};

/* Points, and the index that distances are measured to. */
struct side {
    struct geo_lonlat point[POINTS];
    size_t n;
    struct geo_batch *lines;
    struct geo_index *index;
    struct geo_near_query *query;
};

/* A hypothesis at work. */
struct trial {
    PJ *way; /* from raw coordinates to longitude and latitude; NULL: none is needed */
    bool is_on_globe;
    struct box box; /* of the layer's points */
    struct geo_lonlat middle;
    double layer_m[POINTS]; /* distances of the layer's points from the reference */
    double alone_m;         /* their median */
};

struct ranker {
    struct geo_ctx *ctx;
    struct side layer, reference; /* the layer's points are raw, its lines on WGS 84 */
    struct box box;               /* of the reference */
    struct geo_batch *probe;      /* one point */
    const struct geo_batch *raw;
    double extent[4]; /* of its points */
    struct trial *trial;
    size_t n;
    const struct trial *base; /* that puts the layer's lines where they are */
    double *distance;         /* room for the points of both */
};

/* ---- places ---- */

/* Their box, grown by a share of its diagonal. */
static struct box box_of(const struct geo_lonlat *point, size_t n, double share)
{
    struct box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < n; i++) {
        box.west = fmin(box.west, point[i].lon), box.east = fmax(box.east, point[i].lon);
        box.south = fmin(box.south, point[i].lat), box.north = fmax(box.north, point[i].lat);
    }
    double more = share * hypot(box.east - box.west, box.north - box.south);
    return (struct box){box.west - more, box.south - more, box.east + more, box.north + more};
}

static bool is_in(const struct box *box, struct geo_lonlat at)
{
    return at.lon >= box->west && at.lon <= box->east && at.lat >= box->south &&
           at.lat <= box->north;
}

static bool are_on_globe(const struct geo_lonlat *point, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(point[i].lon) || !isfinite(point[i].lat) ||
            !geo_is_lonlat(point[i].lon, point[i].lat))
            return false;
    return true;
}

static void transform(PJ *way, PJ_DIRECTION direction, struct geo_lonlat *point, size_t n)
{
    const size_t stride = sizeof *point;
    if (way && n > 0) {
        proj_trans_generic(way, direction, &point->lon, stride, n, &point->lat, stride, n, NULL, 0,
                           0, NULL, 0, 0);
        proj_errno_reset(way);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts them. */
static double median(double *number, size_t n)
{
    qsort(number, n, sizeof *number, compare_numbers);
    return n % 2 ? number[n / 2] : (number[n / 2 - 1] + number[n / 2]) / 2;
}

/* ---- distances ---- */

static enum geo_status build(struct ranker *r, struct side *side, const struct geo_batch *batch)
{
    side->lines = geo_batch_new();
    if (!side->lines)
        return geo_no_memory(r->ctx);
    GEO_TRY(geo_outline_lines(r->ctx, batch, side->lines));
    return GEO_OK;
}

static enum geo_status index_lines(struct ranker *r, struct side *side)
{
    GEO_TRY(geo_index_new(r->ctx, side->lines, GEO_EDGES_GEODESIC, &side->index));
    return geo_near_query_new(r->ctx, side->index, &side->query);
}

static double distance_between(struct geo_ctx *ctx, struct geo_lonlat a, struct geo_lonlat b)
{
    double distance_m;
    geod_inverse(geo_ctx_earth(ctx), a.lat, a.lon, b.lat, b.lon, &distance_m, NULL, NULL);
    return distance_m;
}

/* From a point to the nearest edge of a side, whose box is given; from afar, to the box: every edge
 * is as near then. */
static enum geo_status measure(struct ranker *r, struct side *side, const struct box *box,
                               struct geo_lonlat from, double *distance_m)
{
    struct geo_near near;
    struct geo_lonlat edge = {fmin(fmax(from.lon, box->west), box->east),
                              fmin(fmax(from.lat, box->south), box->north)};
    size_t found;
    if (fabs(edge.lon - from.lon) > AFAR_DEG || fabs(edge.lat - from.lat) > AFAR_DEG) {
        *distance_m = distance_between(r->ctx, from, edge);
        return GEO_OK;
    }
    r->probe->vertex[0] = from;
    GEO_TRY(geo_near(r->ctx, side->query, r->probe, 0, 1, INFINITY, &near, &found));
    *distance_m = found ? near.distance_m : INFINITY;
    return GEO_OK;
}

static enum geo_status make_probe(struct ranker *r)
{
    struct geo_lonlat *vertex;
    r->probe = geo_batch_new();
    if (!r->probe)
        return geo_no_memory(r->ctx);
    GEO_TRY(geo_batch_add_vertices(r->ctx, r->probe, 1, &vertex));
    *vertex = (struct geo_lonlat){0, 0};
    GEO_TRY(geo_batch_end_ring(r->ctx, r->probe));
    GEO_TRY(geo_batch_end_part(r->ctx, r->probe, GEO_KIND_POINT));
    return geo_batch_end_feature(r->ctx, r->probe, GEO_SHAPE_POINT, 0);
}

/* ---- trials ---- */

/* The way to WGS 84, as the layer would be opened. What cannot be is no hypothesis. */
static enum geo_status find_way(struct ranker *r, const struct geo_rank_options *options,
                                const struct geo_crs_hypothesis *hypothesis, struct trial *trial,
                                bool *is_found)
{
    const struct geo_read_options how = {.swap_axes = hypothesis->swap_axes, .trust_prj = true};
    struct geo_origin origin = {0};
    const char *crs = hypothesis->crs[0] ? hypothesis->crs : options->origin->stated;
    *is_found = false;
    enum geo_status status = geo_origin_begin(r->ctx, &origin, "layer", &how);
    if (status == GEO_OK)
        status = geo_origin_set_crs(r->ctx, &origin, crs, r->extent);
    if (status == GEO_OK && origin.operation)
        trial->way = proj_create(geo_ctx_proj(r->ctx), origin.operation);
    *is_found = status == GEO_OK && (!origin.operation || trial->way);
    geo_origin_release(&origin);
    return status == GEO_ECRS ? GEO_OK : status;
}

/* Puts the layer's points where the hypothesis says, and measures from there. */
static enum geo_status try_layer(struct ranker *r, struct trial *trial)
{
    struct geo_lonlat point[POINTS];
    size_t n = r->layer.n;
    memcpy(point, r->layer.point, n * sizeof *point);
    transform(trial->way, PJ_FWD, point, n);
    trial->is_on_globe = are_on_globe(point, n);
    if (!trial->is_on_globe)
        return GEO_OK;
    trial->box = box_of(point, n, 0.1);
    trial->middle = point[n / 2];
    for (size_t i = 0; i < n; i++) {
        GEO_TRY(measure(r, &r->reference, &r->box, point[i], &trial->layer_m[i]));
        r->distance[i] = trial->layer_m[i];
        if (!is_in(&r->box, point[i]))
            trial->layer_m[i] = -1; /* it has no counterpart */
    }
    trial->alone_m = median(r->distance, n);
    return GEO_OK;
}

/* The layer's edges where the best hypothesis so far puts them: distances among them are the same
 * wherever another puts them, but for the scale. */
static enum geo_status place_layer(struct ranker *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->trial[i].is_on_globe && (!r->base || r->trial[i].alone_m < r->base->alone_m))
            r->base = &r->trial[i];
    if (!r->base)
        return GEO_OK;
    GEO_TRY(build(r, &r->layer, r->raw));
    transform(r->base->way, PJ_FWD, r->layer.lines->vertex, r->layer.lines->vertex_count);
    for (size_t v = 0; v < r->layer.lines->vertex_count; v++)
        if (!are_on_globe(&r->layer.lines->vertex[v], 1))
            r->layer.lines->vertex[v] = r->base->middle;
    return index_lines(r, &r->layer);
}

/* Distances of the reference's points that lie in the layer's box, the layer moved by so many degrees,
 * from the layer's edges. */
static enum geo_status try_reference(struct ranker *r, const struct trial *trial,
                                     struct geo_lonlat moved, size_t *count)
{
    struct geo_lonlat point[POINTS];
    size_t n = 0;
    for (size_t i = 0; i < r->reference.n; i++) {
        struct geo_lonlat at = r->reference.point[i];
        struct geo_lonlat back = {at.lon - moved.lon, at.lat - moved.lat};
        if (is_in(&trial->box, back))
            point[n++] = back;
    }
    transform(trial->way, PJ_INV, point, n);
    transform(r->base->way, PJ_FWD, point, n);
    for (size_t i = 0; i < n; i++)
        if (are_on_globe(&point[i], 1))
            GEO_TRY(measure(r, &r->layer, &r->base->box, point[i], &r->distance[(*count)++]));
    return GEO_OK;
}

/* Whether so many distances are too few to say anything. */
static bool are_few(const struct ranker *r, size_t count)
{
    return 20 * count < r->layer.n + r->reference.n;
}

/* All distances together; from afar, those of the layer. */
static enum geo_status try_both(struct ranker *r, const struct trial *trial, double *off_m)
{
    size_t count = 0;
    GEO_TRY(try_reference(r, trial, (struct geo_lonlat){0, 0}, &count));
    for (size_t i = 0; i < r->layer.n; i++)
        if (trial->layer_m[i] >= 0)
            r->distance[count++] = trial->layer_m[i];
    *off_m = are_few(r, count) ? trial->alone_m : median(r->distance, count);
    return GEO_OK;
}

/* The same with the layer moved by a share of its size; -1 if hardly anything meets there. */
static enum geo_status try_moved(struct ranker *r, const struct trial *trial, double east,
                                 double north, double *off_m)
{
    struct geo_lonlat point[POINTS];
    struct geo_lonlat moved = {east * (trial->box.east - trial->box.west),
                               north * (trial->box.north - trial->box.south)};
    size_t count = 0;
    GEO_TRY(try_reference(r, trial, moved, &count));
    memcpy(point, r->layer.point, r->layer.n * sizeof *point);
    transform(trial->way, PJ_FWD, point, r->layer.n);
    for (size_t i = 0; i < r->layer.n; i++) {
        struct geo_lonlat at = {point[i].lon + moved.lon, point[i].lat + moved.lat};
        if (is_in(&r->box, at))
            GEO_TRY(measure(r, &r->reference, &r->box, at, &r->distance[count++]));
    }
    *off_m = are_few(r, count) ? -1 : median(r->distance, count);
    return GEO_OK;
}

/* ---- the ranking ---- */

static int compare_off(const void *a, const void *b)
{
    const struct geo_crs_hypothesis *x = a, *y = b;
    if (x->off_m == y->off_m)
        return (x->rank > y->rank) - (x->rank < y->rank);
    return x->off_m > y->off_m ? 1 : -1;
}

/* The stated one is the likeliest where nothing speaks against it. */
static int compare_rank(const void *a, const void *b)
{
    const struct geo_crs_hypothesis *x = a, *y = b;
    if (x->is_stated != y->is_stated)
        return x->is_stated ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Whether the best puts the layer where the reference lies, and on its outlines: nearer to them than
 * where it would lie if it were anywhere else about there. */
static enum geo_status compare_with_chance(struct ranker *r, const struct trial *best,
                                           struct geo_ranking *ranking)
{
    static const double move[][2] = {{.17, 0},   {-.17, 0},   {0, .17},    {0, -.17},
                                     {.12, .12}, {.12, -.12}, {-.12, .12}, {-.12, -.12}};
    enum { MOVES = sizeof move / sizeof *move };
    double own_m, off_m[MOVES];
    size_t n = 0;
    GEO_TRY(try_moved(r, best, 0, 0, &own_m));
    for (size_t i = 0; i < MOVES; i++) {
        GEO_TRY(try_moved(r, best, move[i][0], move[i][1], &off_m[n]));
        n += off_m[n] >= 0;
    }
    ranking->is_apart = own_m < 0;
    ranking->chance_m = n ? median(off_m, n) : 0;
    ranking->is_shared = own_m >= 0 && own_m < SHARED * ranking->chance_m;
    return GEO_OK;
}

static double size_of(const struct ranker *r, const struct trial *trial)
{
    const struct box *box = &trial->box;
    return distance_between(r->ctx, (struct geo_lonlat){box->west, box->south},
                            (struct geo_lonlat){box->east, box->north});
}

/* How accurate the reference is for this layer. Outlines that the layer does not share say no more
 * than that it lies about there. */
static enum geo_status find_accuracy(struct ranker *r, const struct geo_rank_options *options,
                                     struct geo_ranking *ranking)
{
    const struct geo_crs_hypothesis *best = &ranking->hypothesis[0];
    const struct trial *trial = &r->trial[best->rank];
    GEO_TRY(compare_with_chance(r, trial, ranking));
    ranking->accuracy_m = !ranking->is_shared        ? size_of(r, trial)
                          : options->accuracy_m == 0 ? best->off_m
                                                     : options->accuracy_m;
    return GEO_OK;
}

/* Puts them in order: what the reference cannot tell from the best by likelihood. */
static enum geo_status order(struct ranker *r, const struct geo_rank_options *options,
                             struct geo_ranking *ranking)
{
    struct geo_crs_hypothesis *list = ranking->hypothesis;
    qsort(list, ranking->n, sizeof *list, compare_off);
    ranking->as_good = 0;
    ranking->accuracy_m = options->accuracy_m;
    ranking->chance_m = 0;
    ranking->is_apart = ranking->is_shared = false;
    if (ranking->n > 0)
        GEO_TRY(find_accuracy(r, options, ranking));
    for (size_t i = 0; i < ranking->n; i++) {
        list[i].is_as_good = list[i].off_m <= list[0].off_m + ranking->accuracy_m;
        ranking->as_good += list[i].is_as_good;
    }
    qsort(list, ranking->as_good, sizeof *list, compare_rank);
    return GEO_OK;
}

/* Both passes, and the ranking of those that are on the globe. */
static enum geo_status rank(struct ranker *r, const struct geo_rank_options *options,
                            struct geo_ranking *ranking)
{
    struct geo_crs_hypothesis *list = ranking->hypothesis;
    size_t kept = 0;
    for (size_t i = 0; i < r->n; i++) {
        bool is_found;
        GEO_TRY(find_way(r, options, &list[i], &r->trial[i], &is_found));
        if (is_found)
            GEO_TRY(try_layer(r, &r->trial[i]));
    }
    GEO_TRY(place_layer(r));
    for (size_t i = 0; i < r->n; i++) {
        struct trial *trial = &r->trial[i];
        if (!trial->is_on_globe)
            continue;
        GEO_TRY(try_both(r, trial, &list[i].off_m));
    }
    for (size_t i = 0; i < r->n; i++) {
        if (!r->trial[i].is_on_globe)
            continue;
        list[i].rank = i;
        list[kept++] = list[i];
    }
    ranking->n = kept;
    GEO_TRY(order(r, options, ranking));
    for (size_t i = 0; i < kept; i++)
        list[i].apart_m =
            distance_between(r->ctx, r->trial[list[i].rank].middle, r->trial[list[0].rank].middle);
    return GEO_OK;
}

static enum geo_status prepare(struct ranker *r, const struct geo_batch *reference)
{
    double x_scale = 1;
    GEO_TRY(make_probe(r));
    if (reference->vertex_count > 0)
        x_scale = cos(reference->vertex[0].lat * M_PI / 180);
    GEO_TRY(geo_outline_points(r->ctx, r->raw, 1, POINTS, r->layer.point, &r->layer.n));
    GEO_TRY(geo_outline_points(r->ctx, reference, x_scale, POINTS, r->reference.point,
                               &r->reference.n));
    if (r->layer.n == 0 || r->reference.n == 0)
        return geo_fail(r->ctx, GEO_EARG, "%s has no coordinates, so that nothing can be compared",
                        r->layer.n ? "the reference" : "the layer");
    r->box = box_of(r->reference.point, r->reference.n, 0.1);
    struct box raw = box_of(r->layer.point, r->layer.n, 0);
    memcpy(r->extent, (double[4]){raw.west, raw.south, raw.east, raw.north}, sizeof r->extent);
    GEO_TRY(build(r, &r->reference, reference));
    return index_lines(r, &r->reference);
}

static void release_side(struct side *side)
{
    geo_near_query_free(side->query);
    geo_index_free(side->index);
    geo_batch_free(side->lines);
}

static void release(struct ranker *r)
{
    for (size_t i = 0; r->trial && i < r->n; i++)
        proj_destroy(r->trial[i].way);
    free(r->trial);
    free(r->distance);
    geo_batch_free(r->probe);
    release_side(&r->layer);
    release_side(&r->reference);
    free(r);
}

enum geo_status geo_crs_rank(struct geo_ctx *ctx, const struct geo_batch *layer,
                             const struct geo_batch *reference,
                             const struct geo_rank_options *options, struct geo_ranking *ranking)
{
    if (!(options->accuracy_m >= 0))
        return geo_fail(ctx, GEO_EARG, "accuracy of the reference: %g m", options->accuracy_m);
    struct ranker *r = calloc(1, sizeof *r);
    if (!r)
        return geo_no_memory(ctx);
    r->ctx = ctx;
    r->raw = layer;
    enum geo_status status = geo_hypotheses(ctx, options->origin, ranking->hypothesis, &r->n);
    r->trial = calloc(GEO_HYPOTHESES_MAX, sizeof *r->trial);
    r->distance = calloc(2 * POINTS, sizeof *r->distance);
    if (status == GEO_OK && (!r->trial || !r->distance))
        status = geo_no_memory(ctx);
    if (status == GEO_OK)
        status = prepare(r, reference);
    if (status == GEO_OK)
        status = rank(r, options, ranking);
    release(r);
    return status;
}
