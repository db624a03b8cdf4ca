/* bench-workload KIND OUT [N [SEED]]: writes a seeded workload, the same bytes on every machine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/lines.h"
#include "bench/parcels.h"

static const struct kind {
    const char *name;
    size_t n; /* by default; 0: it has no size */
    void (*write)(const char *path, size_t n, uint64_t seed);
    const char *what;
} kinds[] = {
    {"parcels", 1000000, bench_write_parcels, "OUT.shp .shx .dbf .prj: N rings of 11 vertices"},
    {"roads", 2000, bench_write_roads, "N lines of 50 segments, for parcels"},
    {"zones", 20000, bench_write_zones, "N rings of 6 to 23 vertices"},
    {"corridors", 0, bench_write_corridors, "3 lines of 112 to 300 km, for zones"},
    {"corridor-segments", 0, bench_write_corridor_segments, "the same, a segment a feature"},
};

static void usage(FILE *to)
{
    fputs("usage: bench-workload KIND OUT [N [SEED]]\n", to);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        fprintf(to, "  %-18s %s\n", kinds[k].name, kinds[k].what);
}

/* Whether text is a whole number up to ten million: a shapefile ends at 4 GB. */
static int number(const char *text, unsigned long long *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && !*end && !errno && *value <= 10000000;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--help")) {
        usage(stdout);
        return fflush(stdout) ? 1 : 0;
    }
    for (size_t k = 0; argc >= 3 && argc <= 5 && k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(argv[1], kinds[k].name))
            continue;
        unsigned long long n = kinds[k].n, seed = 7;
        if ((argc > 3 && (!kinds[k].n || !number(argv[3], &n))) ||
            (argc > 4 && !number(argv[4], &seed)))
            break;
        kinds[k].write(argv[2], (size_t)n, seed);
        return 0;
    }
    usage(stderr);
    return 2;
}
