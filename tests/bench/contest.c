#include "bench/contest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void (*run)(void *), void *data)
{
    struct timespec a, b;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    run(data);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *value, int n)
{
    qsort(value, (size_t)n, sizeof *value, ascending);
    return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

void bench_contest(const struct bench_contest *contest, int rounds)
{
    double *ours = bench_room((size_t)rounds, sizeof *ours);
    double *peer = bench_room((size_t)rounds, sizeof *peer);
    contest->ours(contest->data);
    if (contest->peer)
        contest->peer(contest->data);
    for (int i = 0; i < rounds; i++) {
        ours[i] = contest->scale * seconds(contest->ours, contest->data);
        if (contest->peer)
            peer[i] = contest->scale * seconds(contest->peer, contest->data);
    }
    double a = median(ours, rounds), b = median(peer, rounds);
    printf("%s\t%s\t%.4g\t", contest->job, contest->unit, a);
    if (contest->peer)
        printf("%.4g\t%.4g\t%s\n", b, b / a, contest->must);
    else
        printf("\t\t\n");
    fflush(stdout);
    free(ours);
    free(peer);
}

void bench_agree(int agree, const char *format, ...)
{
    if (agree)
        return;
    va_list args;
    va_start(args, format);
    fputs("bench-kernels: ours and the peer's differ: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void bench_must(struct geo_ctx *ctx, enum geo_status status)
{
    if (status == GEO_OK)
        return;
    fprintf(stderr, "bench: %s\n", ctx ? geo_ctx_message(ctx) : geo_status_text(status));
    exit(1);
}

void *bench_room(size_t n, size_t size)
{
    void *room = calloc(n ? n : 1, size);
    if (!room)
        bench_must(NULL, GEO_ENOMEM);
    return room;
}
