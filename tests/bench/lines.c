#include "bench/lines.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/file.h"
#include "bench/shapes.h"

enum { ROAD_VERTICES = 51, ZONE_VERTICES = 23, STEP_M = 25 };

static const struct corridor {
    const char *name;
    struct geo_lonlat start;
    double heading, length_m;
} corridors[] = {{"CT.05 Hà Nội–Lào Cai", {105.80, 21.22}, -0.9, 240e3},
                 {"Vành đai 4", {105.55, 20.85}, 0.4, 112e3},
                 {"Vành đai 5", {105.20, 20.70}, 0.5, 300e3}};

static void write_positions(struct bench_file *file, const struct geo_lonlat *vertex, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bench_print(file, "%s[%.7f,%.7f]", i ? "," : "", vertex[i].lon, vertex[i].lat);
}

static void write_line(struct bench_file *file, size_t id, const char *name,
                       const struct geo_lonlat *vertex, size_t n)
{
    bench_print(file,
                "{\"type\":\"Feature\",\"properties\":{\"id\":%zu,\"name\":\"%s\"},"
                "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[",
                id, name);
    write_positions(file, vertex, n);
    bench_print(file, "]}}\n");
}

static void write_zone(struct bench_file *file, struct bench_random *random, size_t i)
{
    static const char *const kinds[] = {"KCN", "CCN"};
    static const char *const stages[] = {"existing", "planned", "expanded"};
    struct geo_lonlat ring[ZONE_VERTICES + 1];
    struct bench_star star = {.least = 0.6, .jitter = 0.8};
    star.n = 6 + bench_choice(random, ZONE_VERTICES - 5);
    star.radius_m = bench_between(random, 60, 700);
    star.centre.lon = bench_between(random, 104, 107);
    star.centre.lat = bench_between(random, 20, 23);
    double mean_m = bench_star_ring(random, &star, ring);
    bench_print(file,
                "{\"type\":\"Feature\",\"properties\":{\"id\":%zu,\"name\":\"Khu công nghiệp %zu\","
                "\"kind\":\"%s\",\"status\":\"%s\",\"plan_ha\":%.1f},"
                "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[",
                i, i, kinds[i % 2], stages[i % 3], mean_m * mean_m * 3.1 / 1e4);
    write_positions(file, ring, star.n + 1);
    bench_print(file, "]]}}\n");
}

void bench_write_zones(const char *path, size_t n, uint64_t seed)
{
    struct bench_file file = bench_create(path, "");
    struct bench_random random;
    bench_seed(&random, seed);
    for (size_t i = 0; i < n; i++)
        write_zone(&file, &random, i);
    bench_close(&file);
}

/* Both forms of the corridors draw the same numbers. */
static void write_each_corridor(const char *path, uint64_t seed, size_t vertices_a_feature)
{
    struct bench_file file = bench_create(path, "");
    struct bench_random random;
    bench_seed(&random, seed);
    size_t id = 0;
    for (size_t c = 0; c < sizeof corridors / sizeof *corridors; c++) {
        size_t n = (size_t)(corridors[c].length_m / STEP_M) + 1;
        struct geo_lonlat *line = malloc(n * sizeof *line);
        if (!line) {
            fputs("bench-workload: out of memory\n", stderr);
            exit(1);
        }
        bench_corridor(&random, corridors[c].start, corridors[c].heading, STEP_M, n, line);
        size_t take = vertices_a_feature ? vertices_a_feature : n;
        for (size_t i = 0; i + take <= n; i += take - 1)
            write_line(&file, id++, corridors[c].name, line + i, take);
        free(line);
    }
    bench_close(&file);
}

void bench_write_corridors(const char *path, size_t n, uint64_t seed)
{
    (void)n;
    write_each_corridor(path, seed, 0);
}

void bench_write_corridor_segments(const char *path, size_t n, uint64_t seed)
{
    (void)n;
    write_each_corridor(path, seed, 2);
}

void bench_write_roads(const char *path, size_t n, uint64_t seed)
{
    struct bench_file file = bench_create(path, "");
    struct bench_random random;
    bench_seed(&random, seed);
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat line[ROAD_VERTICES], start;
        start.lon = bench_between(&random, 102, 109);
        start.lat = bench_between(&random, 8.5, 23);
        bench_road(&random, start, ROAD_VERTICES, line);
        write_line(&file, i, "Đường", line, ROAD_VERTICES);
    }
    bench_close(&file);
}
