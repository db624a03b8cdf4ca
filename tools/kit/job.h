/* What every tool does alike: open the inputs and the output, run the stream between them, tell
 * what happened to the features, and end with the right exit status. */
#ifndef KIT_JOB_H
#define KIT_JOB_H

#include "geo/geo.h"
#include "kit/datum.h"
#include "kit/opt.h"
#include "kit/progress.h"
#include "kit/say.h"
#include "kit/table.h"

/* The options common to all tools; those of a group that a tool has not stay as they are. */
struct common {
    const char *output, *format, *layer, *where, *select, *src_crs, *dst_crs, *encoding;
    struct opt_texts open_options, layer_options, config;
    int precision, threads, progress;
    int lang; /* a LANG_… */
    bool strict, overwrite, quiet, verbose, dry_run, bbox, excel, swap_axes, trust_prj, style;
};
extern const struct opt input_options[], output_options[], run_options[];

/* Of what people read. */
enum { LANG_EN, LANG_VI };

/* How edges run: the option of every tool that measures. */
enum { EDGES_GEODESIC, EDGES_LONLAT };
extern const char *const edges_words[];
#define EDGES_OPTION                                                                            \
    CHOICE_AT(edges), .name = "edges", .arg = "EDGES", .choice = edges_words,                   \
                      .help = "How the edge between two vertices runs: the geodesic (the "      \
                              "default, or as the input states), or straight in longitude and " \
                              "latitude"

/* Corridors: another layer, read whole. */
struct corridor_options {
    struct opt_texts path;
    const char *layer, *where, *crs, *encoding;
    const char *prefix; /* of the options' names in messages; NULL: "--corridor" */
};
extern const struct opt corridor_options[];

/* Who wants to know of the inputs and what became of their features, beside those who read standard
 * error: of the main input, of corridors, in order. */
struct job_listener {
    void *data;
    void (*meet)(void *data, const struct geo_origin_info *info); /* an input was opened */
    /* One was read. Takes the report in place of the lines on standard error. */
    void (*hear)(void *data, const struct geo_report *report);
};

struct job {
    const char *name; /* of the program */
    const struct common *common;
    struct say say;
    struct geo_ctx *ctx;
    struct geo_source *source; /* the main input */
    enum geo_status status;    /* of the first failure */
    uint64_t skipped;
    bool failed_check;  /* a feature did not pass: exit status 1 */
    bool wants_columns; /* set it before job_open(): the first batch must have all columns */
    bool is_replaced;   /* by job_replace() */
    bool reads_stdin;   /* an input does */
    char decimal_mark;  /* of tables that people read; 0: a point */
    bool any_crs;       /* set it before job_open(): as struct geo_read_options */
    bool any_text;      /* likewise */
    bool is_raw;        /* the input's coordinates stay as they are: no WGS 84, no repair */
    unsigned fix;       /* set it before job_open(): GEO_FIX_… */
    bool is_asked_to_fix, has_mended; /* something is to be mended; something was, and is told */
    char *taken_crs;    /* set it before job_open(): in place of --src-crs; freed at the end */
    bool takes_swapped; /* with it */
    int operands;       /* of the main input, once stage_run() has them */
    char **operand;
    struct progress progress;      /* of reading the main input; its say is NULL before and after */
    uint64_t done, total;          /* features of it; total: 0 if not known */
    const struct geo_step *before; /* a step on the raw coordinates, NULL for none */
    /* Takes the report of the run in place of the lines on standard error; NULL for those. */
    void (*tell)(void *data, const struct geo_report *report);
    void *tell_data;
    const struct job_listener *listener; /* NULL: none */
    enum geo_edges edges;
    double accuracy_m;   /* the worst of all inputs, < 0 if one is not known */
    char operation[512]; /* how inputs were brought to WGS 84, "; " between */
};

/* Starts a job: messages, signals, GDAL's configuration, the context. Every job that began ends
 * with job_end(), whatever happened between. The functions below do nothing once one has failed,
 * and return whether all is well. */
bool job_begin(struct job *job, const char *name, const struct common *common);

/* Opens the main input. edges: an EDGES_… or OPT_NOT_GIVEN (as the input states, else geodesic). */
bool job_open(struct job *job, int n, char **operand, int edges);

/* Reads a whole layer of corridors. The caller frees the batch.
 * @param[out] datum  how they came to WGS 84; NULL if it is not wanted */
bool job_load(struct job *job, const struct corridor_options *corridors, struct geo_batch **batch);
bool job_load_datum(struct job *job, const struct corridor_options *corridors,
                    struct geo_batch **batch, struct datum *datum);

/* With --dry-run shows on standard output what is left to say of the main input.
 * @return whether that was all there is to do. */
bool job_is_dry(const struct job *job);

/* Makes a batch the main input, in place of the one that was gathered. Takes the batch. */
bool job_replace(struct job *job, struct geo_batch *batch);

/* At most so many steps of tools in one run. */
enum { JOB_STEPS_MAX = 32 };

/* Runs the main input through n steps (after WGS 84 and repair) to the output.
 * decimals: of the coordinates unless --precision says otherwise; -1: the sink's default. */
bool job_stream(struct job *job, const struct geo_step *step, size_t n, int decimals);

/* The same to a consumer, for tables and what needs all features at once. */
bool job_gather(struct job *job, const struct geo_step *step, size_t n,
                const struct geo_consumer *consumer);

/* Prints a table to --output (which appears whole) or standard output: aligned on a terminal, CSV
 * otherwise, or as -f text|csv|json or the extension says. */
bool job_table(struct job *job, const struct table *table);

/* The form that it takes. */
bool job_table_format(struct job *job, enum table_format *format);

/* Fails the job with a message: usage and the like. Returns false. */
bool job_fail(struct job *job, enum geo_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes a status of the library: GEO_OK, or fails the job with the context's message. */
bool job_try(struct job *job, enum geo_status status);

/* Closes the main input, so that another can be opened. */
void job_close(struct job *job);

/* Frees all, says what failed, and returns the exit status. */
int job_end(struct job *job);

#endif
