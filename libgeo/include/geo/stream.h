/** @file stream.h
 *  The one engine: batches from a source through steps on all cores to a consumer, in order.
 *
 *  Threads take turns at claiming batches (geo_source_claim()); each one loads its batch and runs
 *  the steps on it with its own context; batches are consumed in input order. At most four batches a
 *  thread are in flight, so memory does not grow with the input. Same input, same bytes, whatever
 *  the number of threads.
 */
#ifndef GEO_STREAM_H
#define GEO_STREAM_H

#include "geo/batch.h"
#include "geo/read.h"
#include "geo/write.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One step of the chain. Each thread has a state of its own. */
struct geo_step {
    const void *plan; /**< what `start` gets; read by all threads */
    /** Makes a thread's state, NULL so far; NULL: the state is @p plan. Where it fails, `stop` gets
     *  what there is of the state by then. */
    enum geo_status (*start)(struct geo_ctx *ctx, const void *plan, void **state);
    /** Works on one batch. A failure of reach FEATURE must be handled inside (geo_batch_note()). */
    enum geo_status (*apply)(struct geo_ctx *ctx, void *state, struct geo_batch *batch);
    /** Frees a thread's state; NULL: nothing to free. */
    void (*stop)(void *state);
};

/** Who takes the batches at the end of the chain, in order, one at a time. */
struct geo_consumer {
    void *self;
    enum geo_status (*take)(struct geo_ctx *ctx, void *self, struct geo_batch *batch);
};

/** How many features shared one fate. A note on the input as a whole (fid[0] < 0) is one by itself,
 *  counted once. */
struct geo_fate {
    enum geo_note_kind kind;
    const char *what;    /**< as in struct geo_note */
    char origin[256];    /**< name of the input */
    uint64_t count;      /**< features */
    size_t listed;       /**< how many of them are in fid and detail */
    int64_t fid[5];      /**< the first ones, in input order */
    char detail[5][120]; /**< place and value, "" if none */
    double before_m2,
        after_m2; /**< sums of the areas before and after; both 0 if no area changed */
};

/** What happened to the features of a run. */
struct geo_report {
    uint64_t read;    /**< features that came from the source */
    uint64_t written; /**< features that reached the end of the chain */
    uint64_t skipped, repaired;
    size_t fate_count;
    struct geo_fate *fate; /**< in order of first appearance */
};

/** How to run. Zero is the default of every member. */
struct geo_stream_options {
    unsigned threads; /**< 0: one for each core */
    bool strict;      /**< the first skipped or repaired feature ends the run with GEO_EREAD */
    /** Called now and then with the number of features done so far, by one thread at a time. */
    void (*progress)(void *data, uint64_t features);
    void *progress_data;
};

/** Runs the chain to the end of the source.
 *
 *  @param[in]  step    n steps, in order
 *  @param[out] report  initialised here, freed by geo_report_release(), on failure too
 *  @retval GEO_OK
 *  @retval any status of the source, the steps and the consumer: the first one in input order; the
 *          message is in @p ctx
 */
GEO_API GEO_MUST_USE enum geo_status geo_stream_run(struct geo_ctx *ctx, struct geo_source *source,
                                                    const struct geo_step *step, size_t n,
                                                    const struct geo_consumer *consumer,
                                                    const struct geo_stream_options *options,
                                                    struct geo_report *report);

/** Frees what a report holds; zero is allowed. */
GEO_API void geo_report_release(struct geo_report *report);

/** A step that brings batches to WGS 84 (geo_batch_to_wgs84()). */
GEO_API struct geo_step geo_step_to_wgs84(void);

/** A step that repairs (geo_batch_repair()). */
GEO_API struct geo_step geo_step_repair(void);

/** A step that encodes for @p sink (geo_sink_encode()). */
GEO_API struct geo_step geo_step_encode(const struct geo_sink *sink);

/** A consumer that writes to @p sink (geo_sink_emit()). */
GEO_API struct geo_consumer geo_sink_consumer(struct geo_sink *sink);

/** Reads a whole source into one batch, brought to WGS 84 and repaired: corridors, for the index.
 *  @param[out] batch   the caller frees it with geo_batch_free(); dropped features are left out
 *  @param[out] report  as geo_stream_run() */
GEO_API GEO_MUST_USE enum geo_status geo_stream_collect(struct geo_ctx *ctx,
                                                        struct geo_source *source,
                                                        const struct geo_stream_options *options,
                                                        struct geo_batch **batch,
                                                        struct geo_report *report);

#ifdef __cplusplus
}
#endif

#endif
