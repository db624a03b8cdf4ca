/* bench-kernels ROUNDS FEATURES: the kernels against their peers, rows of bench/contest.h.
 * bench-kernels ROUNDS near ZONES CORRIDORS: the search alone, on two files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/contest.h"
#include "bench/kernels.h"

static int usage(void)
{
    fputs("usage: bench-kernels ROUNDS FEATURES | ROUNDS near ZONES CORRIDORS\n", stderr);
    return 2;
}

/* A whole number in 1 … most, or 0. */
static long number(const char *text, long most)
{
    char *end;
    long value = strtol(text, &end, 10);
    return end != text && !*end && value >= 1 && value <= most ? value : 0;
}

int main(int argc, char **argv)
{
    int files = argc == 5 && !strcmp(argv[2], "near");
    long rounds = argc > 1 ? number(argv[1], 1000) : 0;
    long features = argc == 3 ? number(argv[2], 10000000) : 0;
    if (!rounds || (!files && features < 1000))
        return usage();
    struct geo_ctx *ctx = geo_ctx_new();
    if (!ctx)
        bench_must(NULL, GEO_ENOMEM);
    if (files) {
        bench_kernel_files(ctx, argv[3], argv[4], (int)rounds);
    } else {
        struct bench_size size = {(size_t)features, (int)rounds};
        bench_kernel_area(ctx, size);
        bench_kernel_near(ctx, size);
        bench_kernel_buffer(ctx, (int)rounds);
    }
    geo_ctx_free(ctx);
    return 0;
}
