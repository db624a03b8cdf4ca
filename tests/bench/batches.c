#include "bench/batches.h"

#include <string.h>

#include "bench/contest.h"

enum { TOWNS = 100, ROAD_VERTICES = 51, PARCEL_VERTICES = 10, MOST_VERTICES = 100 };

struct geo_batch *bench_batch(void)
{
    struct geo_batch *batch = geo_batch_new();
    if (!batch)
        bench_must(NULL, GEO_ENOMEM);
    return batch;
}

void bench_add(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_kind kind,
               const struct geo_lonlat *vertex, size_t n)
{
    struct geo_lonlat *room;
    bench_must(ctx, geo_batch_add_vertices(ctx, batch, n, &room));
    memcpy(room, vertex, n * sizeof *vertex);
    bench_must(ctx, geo_batch_end_ring(ctx, batch));
    bench_must(ctx, geo_batch_end_part(ctx, batch, kind));
    enum geo_shape shape = kind == GEO_KIND_POLYGON ? GEO_SHAPE_POLYGON : GEO_SHAPE_LINE;
    bench_must(ctx, geo_batch_end_feature(ctx, batch, shape, (int64_t)batch->n));
}

struct geo_batch *bench_parcels(struct geo_ctx *ctx, size_t count, size_t n, uint64_t seed)
{
    struct geo_batch *batch = bench_batch();
    struct bench_star star = {.n = n, .radius_m = 50, .least = 0.6};
    struct bench_random random;
    bench_seed(&random, seed);
    for (size_t i = 0; i < count; i++) {
        struct geo_lonlat ring[MOST_VERTICES + 1];
        star.centre.lon = bench_between(&random, 102, 109);
        star.centre.lat = bench_between(&random, 8.5, 23);
        bench_star_ring(&random, &star, ring);
        bench_add(ctx, batch, GEO_KIND_POLYGON, ring, n + 1);
    }
    return batch;
}

static struct geo_lonlat anywhere(struct bench_random *random)
{
    struct geo_lonlat place;
    place.lon = bench_between(random, 103, 108);
    place.lat = bench_between(random, 9, 23);
    return place;
}

static struct geo_lonlat near_to(struct bench_random *random, struct geo_lonlat town, double lon,
                                 double lat)
{
    struct geo_lonlat place = town;
    place.lon += lon * bench_normal(random);
    place.lat += lat * bench_normal(random);
    return place;
}

static void add_roads(struct geo_ctx *ctx, struct bench_random *random,
                      const struct geo_lonlat *town, size_t n, struct geo_batch *roads)
{
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat line[ROAD_VERTICES];
        struct geo_lonlat start = near_to(random, town[bench_choice(random, TOWNS)], 0.15, 0.15);
        bench_road(random, start, ROAD_VERTICES, line);
        bench_add(ctx, roads, GEO_KIND_LINE, line, ROAD_VERTICES);
    }
}

static void add_parcels(struct geo_ctx *ctx, struct bench_random *random,
                        const struct geo_lonlat *town, size_t n, struct geo_batch *parcels)
{
    struct bench_star star = {.n = PARCEL_VERTICES, .least = 1};
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat ring[PARCEL_VERTICES + 1];
        double along = (double)(i * TOWNS) / (double)n;
        size_t t = (size_t)along;
        star.centre = near_to(random, town[t], 0.005, 0.02);
        star.centre.lon += 0.4 * (along - (double)t - 0.5);
        if (bench_uniform(random) < 0.1)
            star.centre = anywhere(random);
        star.radius_m = bench_between(random, 20, 120);
        bench_star_ring(random, &star, ring);
        bench_add(ctx, parcels, GEO_KIND_POLYGON, ring, PARCEL_VERTICES + 1);
    }
}

struct bench_country bench_country(struct geo_ctx *ctx, size_t parcels, size_t segments,
                                   uint64_t seed)
{
    struct bench_country country = {bench_batch(), bench_batch()};
    struct geo_lonlat town[TOWNS];
    struct bench_random random;
    bench_seed(&random, seed);
    for (int t = 0; t < TOWNS; t++)
        town[t] = anywhere(&random);
    add_roads(ctx, &random, town, segments / (ROAD_VERTICES - 1), country.roads);
    add_parcels(ctx, &random, town, parcels, country.parcels);
    return country;
}

void bench_country_free(struct bench_country *country)
{
    geo_batch_free(country->parcels);
    geo_batch_free(country->roads);
}
