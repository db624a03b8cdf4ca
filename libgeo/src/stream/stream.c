/* The engine: threads take turns at claiming a batch, load it, work on it, and hand it over in
 * order. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "geo/stream.h"
#include "stream/report.h"

/* Batches a thread may be ahead of the one whose turn it is to be consumed. */
#define AHEAD 4
#define MAX_THREADS 256

/* What the threads share. `lock` guards everything but the claims on the source and the consumer,
 * each of which is used by the one thread that holds `reading` or `consuming`. */
struct run {
    struct geo_source *source;
    const struct geo_step *step;
    size_t step_count;
    const struct geo_consumer *consumer;
    const struct geo_stream_options *options;
    struct geo_report *report;

    pthread_mutex_t reading, lock;
    pthread_cond_t moved;    /* next_out went on, or the run is over */
    struct geo_batch **slot; /* finished batches that wait for their turn, by seq % slots */
    size_t slots;
    struct geo_batch **pool; /* consumed batches, whose memory is used again */
    size_t pooled;
    uint64_t next_in, next_out;
    bool consuming, ended;
    uint64_t failed_seq; /* the first batch in input order that failed */
    enum geo_status status;
    char message[1024];  /* of that failure: a thread's own may be followed by another one's */
    struct geo_ctx *ctx; /* the caller's, with which it works too */
};

/* What one thread has. */
struct worker {
    struct run *run;
    struct geo_ctx *ctx;
    void **state;
    struct geo_batch *spare; /* a batch to load into */
};

/* Of several failures the first in input order counts, so that the message does not depend on
 * the number of threads. */
static void fail_run(struct run *run, const char *message, uint64_t seq, enum geo_status status)
{
    pthread_mutex_lock(&run->lock);
    if (run->status == GEO_OK || seq < run->failed_seq) {
        run->status = status;
        run->failed_seq = seq;
        snprintf(run->message, sizeof run->message, "%s", message);
    }
    pthread_cond_broadcast(&run->moved);
    pthread_mutex_unlock(&run->lock);
}

/* Whether batch seq is still wanted: everything before the first failure is. */
static bool is_wanted(const struct run *run, uint64_t seq)
{
    return run->status == GEO_OK || seq < run->failed_seq;
}

/* Claims the next batch; GEO_END when there is none or the run has failed. */
static enum geo_status claim_batch(struct worker *worker, struct geo_claim *claim, uint64_t *seq)
{
    struct run *run = worker->run;
    enum geo_status status = GEO_END;
    pthread_mutex_lock(&run->reading);
    pthread_mutex_lock(&run->lock);
    bool open = !run->ended && run->status == GEO_OK;
    pthread_mutex_unlock(&run->lock);
    if (open) {
        *seq = run->next_in;
        status = geo_source_claim(worker->ctx, run->source, worker->spare, claim);
        if (status == GEO_OK)
            run->next_in++;
        else if (status != GEO_END)
            fail_run(run, geo_ctx_message(worker->ctx), *seq, status);
        if (status != GEO_OK) {
            pthread_mutex_lock(&run->lock);
            run->ended = true;
            pthread_mutex_unlock(&run->lock);
        }
    }
    pthread_mutex_unlock(&run->reading);
    return status;
}

static enum geo_status apply_steps(struct worker *worker)
{
    const struct run *run = worker->run;
    for (size_t s = 0; s < run->step_count; s++)
        GEO_TRY(run->step[s].apply(worker->ctx, worker->state[s], worker->spare));
    return GEO_OK;
}

/* Loads the claimed batch and runs the steps on it. */
static enum geo_status work_on_batch(struct worker *worker, const struct geo_claim *claim,
                                     uint64_t seq)
{
    struct geo_batch *batch = worker->spare;
    GEO_TRY(geo_source_load(worker->ctx, worker->run->source, claim, batch));
    batch->seq = seq;
    batch->read = batch->n;
    return apply_steps(worker);
}

static enum geo_status consume(struct run *run, struct geo_ctx *ctx, struct geo_batch *batch)
{
    if (run->options->strict)
        GEO_TRY(geo_report_strict(ctx, batch));
    GEO_TRY(run->consumer->take(ctx, run->consumer->self, batch));
    if (run->options->strict) /* what the consumer noted */
        GEO_TRY(geo_report_strict(ctx, batch));
    GEO_TRY(geo_report_add(ctx, run->report, batch));
    if (run->options->progress)
        run->options->progress(run->options->progress_data, run->report->read);
    return GEO_OK;
}

/* Consumes every batch whose turn has come. Called with the lock held; gives it up meanwhile. */
static void drain(struct run *run, struct geo_ctx *ctx)
{
    if (run->consuming)
        return;
    run->consuming = true;
    for (struct geo_batch *batch;
         is_wanted(run, run->next_out) && (batch = run->slot[run->next_out % run->slots]);) {
        pthread_mutex_unlock(&run->lock);
        enum geo_status status = consume(run, ctx, batch);
        if (status != GEO_OK)
            fail_run(run, geo_ctx_message(ctx), batch->seq, status);
        pthread_mutex_lock(&run->lock);
        run->slot[run->next_out++ % run->slots] = NULL;
        run->pool[run->pooled++] = batch;
        pthread_cond_broadcast(&run->moved);
    }
    run->consuming = false;
}

/* Puts the worker's batch where its turn will find it, once there is room. */
static void hand_over(struct worker *worker, uint64_t seq)
{
    struct run *run = worker->run;
    pthread_mutex_lock(&run->lock);
    while (is_wanted(run, seq) && seq >= run->next_out + run->slots)
        pthread_cond_wait(&run->moved, &run->lock);
    if (is_wanted(run, seq)) {
        run->slot[seq % run->slots] = worker->spare;
        worker->spare = NULL;
        drain(run, worker->ctx);
    }
    pthread_mutex_unlock(&run->lock);
}

/* A batch to load into: a used one if there is one. NULL: no memory. */
static struct geo_batch *take_batch(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    struct geo_batch *batch = run->pooled ? run->pool[--run->pooled] : NULL;
    pthread_mutex_unlock(&run->lock);
    return batch ? batch : geo_batch_new();
}

static enum geo_status worker_start(struct worker *worker)
{
    const struct run *run = worker->run;
    worker->state = calloc(run->step_count + 1, sizeof *worker->state);
    if (!worker->state)
        return geo_no_memory(worker->ctx);
    for (size_t s = 0; s < run->step_count; s++) {
        const struct geo_step *step = &run->step[s];
        if (step->start)
            GEO_TRY(step->start(worker->ctx, step->plan, &worker->state[s]));
        else
            memcpy(&worker->state[s], &step->plan, sizeof step->plan);
    }
    return GEO_OK;
}

static void worker_stop(struct worker *worker)
{
    const struct run *run = worker->run;
    for (size_t s = 0; worker->state && s < run->step_count; s++)
        if (run->step[s].stop && worker->state[s])
            run->step[s].stop(worker->state[s]);
    free(worker->state);
    geo_batch_free(worker->spare);
}

static void work(struct worker *worker)
{
    struct run *run = worker->run;
    enum geo_status status = worker_start(worker);
    struct geo_claim claim;
    uint64_t seq = 0;
    while (status == GEO_OK) {
        if (!worker->spare && !(worker->spare = take_batch(run)))
            status = geo_no_memory(worker->ctx);
        else if ((status = claim_batch(worker, &claim, &seq)) == GEO_OK) {
            status = work_on_batch(worker, &claim, seq);
            if (status == GEO_OK)
                hand_over(worker, seq);
        } else {
            break; /* the end, or a failure that is already told */
        }
    }
    if (status != GEO_OK && status != GEO_END)
        fail_run(run, geo_ctx_message(worker->ctx), seq, status);
    worker_stop(worker);
}

static void *work_alone(void *data)
{
    struct worker worker = {.run = data, .ctx = geo_ctx_new()};
    if (worker.ctx)
        work(&worker);
    else
        fail_run(worker.run, geo_status_text(GEO_ENOMEM), 0, GEO_ENOMEM);
    geo_ctx_free(worker.ctx);
    return NULL;
}

static unsigned thread_count(const struct geo_stream_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = options->threads ? options->threads : (unsigned)(cores > 0 ? cores : 1);
    return n < MAX_THREADS ? n : MAX_THREADS;
}

/* The calling thread works too; a thread that cannot be started is done without. */
static void work_on_threads(struct run *run, unsigned n)
{
    pthread_t thread[MAX_THREADS];
    unsigned started = 0;
    while (started + 1 < n && !pthread_create(&thread[started], NULL, work_alone, run))
        started++;
    struct worker worker = {.run = run, .ctx = run->ctx};
    work(&worker);
    for (unsigned t = 0; t < started; t++)
        pthread_join(thread[t], NULL);
}

static void release_batches(struct run *run)
{
    for (size_t s = 0; run->slot && s < run->slots; s++)
        geo_batch_free(run->slot[s]);
    while (run->pooled)
        geo_batch_free(run->pool[--run->pooled]);
    free(run->slot);
    free(run->pool);
}

enum geo_status geo_stream_run(struct geo_ctx *ctx, struct geo_source *source,
                               const struct geo_step *step, size_t n,
                               const struct geo_consumer *consumer,
                               const struct geo_stream_options *options, struct geo_report *report)
{
    unsigned threads = thread_count(options);
    struct run run = {.source = source,
                      .step = step,
                      .step_count = n,
                      .consumer = consumer,
                      .options = options,
                      .report = report,
                      .slots = (size_t)threads * AHEAD,
                      .ctx = ctx};
    *report = (struct geo_report){0};
    /* Beside those that wait each thread has one, and one is being consumed. */
    run.slot = calloc(run.slots, sizeof(struct geo_batch *));
    run.pool = calloc(run.slots + threads + 1, sizeof(struct geo_batch *));
    if (!run.slot || !run.pool) {
        release_batches(&run);
        return geo_no_memory(ctx);
    }
    pthread_mutex_init(&run.reading, NULL);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.moved, NULL);

    work_on_threads(&run, threads);

    pthread_cond_destroy(&run.moved);
    pthread_mutex_destroy(&run.lock);
    pthread_mutex_destroy(&run.reading);
    release_batches(&run);
    return run.status == GEO_OK ? GEO_OK : geo_fail(ctx, run.status, "%s", run.message);
}
