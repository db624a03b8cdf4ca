#include "bench/shapes.h"

#include <math.h>

static struct geo_lonlat moved(struct geo_lonlat from, double angle, double cosine, double by_deg)
{
    return (struct geo_lonlat){from.lon + by_deg * bench_cos(angle) / cosine,
                               from.lat + by_deg * bench_sin(angle)};
}

double bench_star_ring(struct bench_random *random, const struct bench_star *star,
                       struct geo_lonlat *ring)
{
    double cosine = bench_cos(star->centre.lat * (BENCH_PI / 180)), sum = 0;
    for (size_t i = 0; i < star->n; i++) {
        double place = (double)i + star->jitter * bench_uniform(random);
        double radius_m = star->radius_m * bench_between(random, star->least, 1);
        ring[i] = moved(star->centre, 2 * BENCH_PI * place / (double)star->n, cosine,
                        radius_m / BENCH_DEGREE_M);
        sum += radius_m;
    }
    ring[star->n] = ring[0];
    return sum / (double)star->n;
}

void bench_road(struct bench_random *random, struct geo_lonlat start, size_t n,
                struct geo_lonlat *line)
{
    double angle = 2 * BENCH_PI * bench_uniform(random);
    for (size_t i = 0; i < n; i++) {
        line[i] = start;
        start = moved(start, angle, bench_cos(start.lat * (BENCH_PI / 180)),
                      bench_between(random, 50, 350) / BENCH_DEGREE_M);
        angle += bench_between(random, -0.2, 0.2);
    }
}

void bench_corridor(struct bench_random *random, struct geo_lonlat start, double heading,
                    double step_m, size_t n, struct geo_lonlat *line)
{
    double cosine = bench_cos(start.lat * (BENCH_PI / 180)), turn = 0;
    for (size_t i = 0; i < n; i++) {
        turn += 0.009 * bench_normal(random);
        double angle = BENCH_PI / 2 - (heading + fmax(-0.7, fmin(0.7, turn)));
        line[i] = start;
        start = moved(start, angle, cosine, step_m / BENCH_DEGREE_M);
    }
}
