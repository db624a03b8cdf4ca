/* Shapes strewn by a generator of random numbers. */
#ifndef TESTS_SCENE_H
#define TESTS_SCENE_H

#include <geodesic.h>
#include <stdint.h>

#include "geo/batch.h"
#include "near.h"

static const double lats[] = {0.5, 21, 45, -60, 80, -80, 21.3};
static const double lons[] = {105, 179.9, -179.95, 0};
static const double edge_lengths_m[] = {100, 1e3, 1e4, 5e4};

struct scene {
    struct geo_ctx *ctx;
    struct geod_geodesic earth;
    uint64_t random;
};

static inline double any(struct scene *scene)
{
    scene->random ^= scene->random << 13;
    scene->random ^= scene->random >> 7;
    scene->random ^= scene->random << 17;
    return (double)(scene->random >> 11) / 9007199254740992.0;
}

static inline size_t pick(struct scene *scene, size_t n)
{
    return (size_t)(any(scene) * (double)n);
}

static inline struct geo_lonlat go(const struct scene *scene, struct geo_lonlat p,
                                   double azimuth_deg, double s_m)
{
    struct geo_lonlat q;
    geod_direct(&scene->earth, p.lat, p.lon, azimuth_deg, s_m, &q.lat, &q.lon, NULL);
    q.lon = p.lon + remainder(q.lon - p.lon, 360);
    return q;
}

static inline void add_ring(struct scene *scene, struct geo_batch *batch,
                            const struct geo_lonlat *v, size_t n)
{
    struct geo_lonlat *at;
    assert_ok(scene->ctx, geo_batch_add_vertices(scene->ctx, batch, n, &at));
    for (size_t i = 0; i < n; i++)
        at[i] = v[i];
    assert_ok(scene->ctx, geo_batch_end_ring(scene->ctx, batch));
}

/* A star about a centre; counter-clockwise if turn is -1. */
static inline void add_star(struct scene *scene, struct geo_batch *batch, struct geo_lonlat centre,
                            double radius_m, double turn)
{
    struct geo_lonlat v[12];
    const size_t n = 3 + pick(scene, 8);
    for (size_t i = 0; i < n; i++) {
        v[i] = go(scene, centre, turn * 360 * (double)i / (double)n,
                  radius_m * (0.5 + 0.5 * any(scene)));
        if (i > 0)
            v[i].lon = v[i - 1].lon + remainder(v[i].lon - v[i - 1].lon, 360);
    }
    v[n] = v[0];
    add_ring(scene, batch, v, n + 1);
}

static inline void add_line(struct scene *scene, struct geo_batch *batch, struct geo_lonlat start,
                            double edge_m)
{
    struct geo_lonlat v[8] = {start};
    const size_t n = 2 + pick(scene, 6);
    double azimuth_deg = 360 * any(scene);
    for (size_t i = 1; i < n; i++) {
        v[i] = go(scene, v[i - 1], azimuth_deg, edge_m * (0.2 + 0.8 * any(scene)));
        azimuth_deg += 60 * (any(scene) - 0.5);
    }
    add_ring(scene, batch, v, n);
}

/* A point, a line, a polygon or a polygon with a hole, in which the other shape may lie. */
static inline void add_shape(struct scene *scene, struct geo_batch *batch, struct geo_lonlat at,
                             double size_m)
{
    const enum geo_kind kind = (enum geo_kind)pick(scene, 3);
    const size_t parts = 1 + pick(scene, 2);
    for (size_t i = 0; i < parts; i++) {
        if (kind == GEO_KIND_POINT)
            add_ring(scene, batch, &at, 1);
        else if (kind == GEO_KIND_LINE)
            add_line(scene, batch, at, size_m);
        else
            add_star(scene, batch, at, size_m, -1);
        if (kind == GEO_KIND_POLYGON && any(scene) < 0.5)
            add_star(scene, batch, at, 0.3 * size_m, 1);
        assert_ok(scene->ctx, geo_batch_end_part(scene->ctx, batch, kind));
        at = go(scene, at, 360 * any(scene), 3 * size_m);
    }
    assert_ok(scene->ctx,
              geo_batch_end_feature(scene->ctx, batch, GEO_SHAPE_COLLECTION, (int64_t)batch->n));
}

/* Somewhere about the places above. */
static inline struct geo_lonlat any_centre(struct scene *scene)
{
    return (struct geo_lonlat){lons[pick(scene, 4)] + any(scene), lats[pick(scene, 7)]};
}

#endif
