#include "measure/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fail.h"

#define MAX_THREADS 256

/* A node of the tree of unions: nodes 2 i and 2 i + 1 are united in node i, the leaves are nodes
 * [leaves, 2 leaves). It waits here, done, for the other node of its pair. */
struct node {
    struct geo_mosaic mosaic;
    bool done;
};

/* What the threads share, under `lock`. A mosaic belongs to the thread that works on it. */
struct shift {
    const struct geo_crew *crew;
    pthread_mutex_t lock;
    struct node *node;
    size_t next, steps;     /* the leaf to draw next; leaves and unions that are done */
    size_t failed_leaf;     /* the first one that failed; no later one is begun */
    enum geo_status status; /* its status; the message is in ctx */
    struct geo_ctx *ctx;    /* of the calling thread */
};

static void fail_shift(struct shift *shift, struct geo_ctx *ctx, size_t leaf,
                       enum geo_status status)
{
    pthread_mutex_lock(&shift->lock);
    if (shift->status == GEO_OK || leaf < shift->failed_leaf) {
        shift->status = status;
        shift->failed_leaf = leaf;
        geo_ctx_copy_message(shift->ctx, ctx);
    }
    pthread_mutex_unlock(&shift->lock);
}

/* Leaves are taken in order, so that those before one that fails have been begun. */
static bool take_leaf(struct shift *shift, size_t *leaf)
{
    pthread_mutex_lock(&shift->lock);
    bool taken = shift->status == GEO_OK && shift->next < shift->crew->leaves;
    if (taken)
        *leaf = shift->next++;
    pthread_mutex_unlock(&shift->lock);
    return taken;
}

/* Puts down what node `at` holds. If the other one of its pair is done, takes both: *left and
 * *right, in their order. */
static bool put_down(struct shift *shift, size_t at, struct geo_mosaic *mosaic,
                     struct geo_mosaic *left, struct geo_mosaic *right)
{
    const struct geo_crew *crew = shift->crew;
    struct node *node = shift->node;

    pthread_mutex_lock(&shift->lock);
    node[at] = (struct node){*mosaic, true};
    shift->steps++;
    if (crew->progress)
        crew->progress(crew->progress_data, (double)shift->steps / (double)(2 * crew->leaves - 1));
    bool taken = at > 1 && node[at ^ 1].done && shift->status == GEO_OK;
    if (taken) {
        *left = node[at & ~(size_t)1].mosaic;
        *right = node[at | 1].mosaic;
        node[at].mosaic = node[at ^ 1].mosaic = (struct geo_mosaic){0};
    }
    pthread_mutex_unlock(&shift->lock);
    return taken;
}

/* Draws a leaf, then unites pairs upward until the other one of a pair is not done: whoever does
 * that one goes on. */
static enum geo_status climb(struct shift *shift, struct geo_ctx *ctx, size_t leaf)
{
    struct geo_mosaic mosaic = {0}, left, right;
    enum geo_status status = shift->crew->draw(ctx, shift->crew->data, leaf, &mosaic);
    size_t at = shift->crew->leaves + leaf;

    while (status == GEO_OK && put_down(shift, at, &mosaic, &left, &right)) {
        status = geo_mosaic_unite(ctx, &left, &right);
        geo_mosaic_release(ctx, &right);
        mosaic = left;
        at /= 2;
    }
    if (status != GEO_OK)
        geo_mosaic_release(ctx, &mosaic);
    return status;
}

static void work(struct shift *shift, struct geo_ctx *ctx)
{
    size_t leaf;

    while (take_leaf(shift, &leaf)) {
        enum geo_status status = climb(shift, ctx, leaf);
        if (status != GEO_OK)
            fail_shift(shift, ctx, leaf, status);
    }
}

/* A thread that has no context is done without. */
static void *work_alone(void *data)
{
    struct geo_ctx *ctx = geo_ctx_new();

    if (ctx)
        work(data, ctx);
    geo_ctx_free(ctx);
    return NULL;
}

static size_t thread_count(const struct geo_crew *crew)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = crew->threads ? crew->threads : (size_t)(cores > 0 ? cores : 1);

    n = n < MAX_THREADS ? n : MAX_THREADS;
    return n < crew->leaves ? n : crew->leaves;
}

/* The calling thread works too; a thread that cannot be started is done without. */
static void work_on_threads(struct shift *shift)
{
    pthread_t thread[MAX_THREADS];
    size_t n = thread_count(shift->crew), started = 0;

    while (started + 1 < n && !pthread_create(&thread[started], NULL, work_alone, shift))
        started++;
    work(shift, shift->ctx);
    for (size_t t = 0; t < started; t++)
        pthread_join(thread[t], NULL);
}

enum geo_status geo_crew_unite(struct geo_ctx *ctx, const struct geo_crew *crew,
                               struct geo_mosaic *whole)
{
    struct shift shift = {.crew = crew, .ctx = ctx};

    if (crew->leaves == 0)
        return GEO_OK;
    shift.node = calloc(2 * crew->leaves, sizeof *shift.node);
    if (!shift.node)
        return geo_no_memory(ctx);
    pthread_mutex_init(&shift.lock, NULL);
    work_on_threads(&shift);
    pthread_mutex_destroy(&shift.lock);
    if (shift.status == GEO_OK) {
        *whole = shift.node[1].mosaic;
        shift.node[1].mosaic = (struct geo_mosaic){0};
    }
    for (size_t i = 0; i < 2 * crew->leaves; i++)
        geo_mosaic_release(ctx, &shift.node[i].mosaic);
    free(shift.node);
    return shift.status;
}
