/* bench-kernels ROUNDS FEATURES: the kernels against their peers, rows of bench/contest.h.
 * bench-kernels near ROUNDS ZONES CORRIDORS: the search alone, on two files.
 * bench-kernels country FEATURES PARCELS SEGMENTS: writes these two as GeoJSON lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/contest.h"
#include "bench/kernels.h"

static int usage(void)
{
    fputs("usage: bench-kernels ROUNDS FEATURES\n"
          "       bench-kernels near ROUNDS ZONES CORRIDORS\n"
          "       bench-kernels country FEATURES PARCELS SEGMENTS\n",
          stderr);
    return 2;
}

/* A whole number in 1 … ten million, or 0. */
static long number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);
    return end != text && !*end && value >= 1 && value <= 10000000 ? value : 0;
}

static void all(struct geo_ctx *ctx, struct bench_size size)
{
    bench_kernel_area(ctx, size);
    bench_kernel_near(ctx, size);
    bench_kernel_buffer(ctx, size.rounds);
}

int main(int argc, char **argv)
{
    struct bench_size size = {1000, 1};
    if (argc == 3)
        size = (struct bench_size){(size_t)number(argv[2]), (int)number(argv[1])};
    else if (argc == 5 && !strcmp(argv[1], "near"))
        size.rounds = (int)number(argv[2]);
    else if (argc == 5 && !strcmp(argv[1], "country"))
        size.features = (size_t)number(argv[2]);
    else
        return usage();
    if (size.features < 1000 || size.rounds < 1)
        return usage();
    struct geo_ctx *ctx = geo_ctx_new();
    if (!ctx)
        bench_must(NULL, GEO_ENOMEM);
    if (argc == 3)
        all(ctx, size);
    else if (!strcmp(argv[1], "near"))
        bench_kernel_files(ctx, argv[3], argv[4], size.rounds);
    else
        bench_write_country(ctx, size, argv[3], argv[4]);
    geo_ctx_free(ctx);
    return 0;
}
