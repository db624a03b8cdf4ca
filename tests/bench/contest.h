/* Two ways to do the same work, timed in turn in one process. */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include <stddef.h>
#include <stdint.h>

#include "geo/ctx.h"

/** What is timed. */
struct bench_contest {
    const char *job;
    const char *unit;         /**< what `scale` makes of seconds: "ns/vertex" */
    double scale;             /**< units in a second of the whole work */
    void (*ours)(void *data); /**< never NULL */
    void (*peer)(void *data); /**< NULL: nobody else does it */
    void *data;
    const char *must; /**< the ratio to reach: ">= 100", "" if none is set */
};

/** Runs both sides once to warm up, then each `rounds` times, turn by turn, and prints a row: the
 *  job, the unit, the medians of ours and the peer's, the peer's over ours, the ratio to reach;
 *  tabs between. Times are those of the processor in this thread, so that others' load counts for
 *  little. */
void bench_contest(const struct bench_contest *contest, int rounds);

/** Prints a sentence and ends the program if @p agree is 0: what differs is not worth timing. */
void bench_agree(int agree, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Ends the program with the message of @p ctx unless @p status is GEO_OK. */
void bench_must(struct geo_ctx *ctx, enum geo_status status);

/** @return @p n elements of @p size bytes, all zero; ends the program if there is no memory. */
void *bench_room(size_t n, size_t size);

#endif
