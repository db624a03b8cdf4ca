#define OPT_OWNER struct common
#include "kit/job.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cpl_conv.h>

#include "kit/exits.h"
#include "kit/interrupt.h"
#include "kit/job_report.h"
#include "kit/job_target.h"

const char *const edges_words[] = {"geodesic", "lonlat", NULL};

bool job_fail(struct job *job, enum geo_status status, const char *format, ...)
{
    va_list args;
    char text[1024];
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (job->status == GEO_OK) {
        job->status = status;
        say_error(&job->say, "%s", text);
    }
    return false;
}

bool job_try(struct job *job, enum geo_status status)
{
    if (status == GEO_OK)
        return job->status == GEO_OK;
    if (status == GEO_EPIPE) /* the reader has gone: end as if the signal had not been ignored */
        interrupt_end(SIGPIPE);
    const char *message = geo_ctx_message(job->ctx);
    bool is_told = message[0] && status != GEO_ENOMEM;
    return job_fail(job, status, "%s", is_told ? message : geo_status_text(status));
}

static bool configure(struct job *job)
{
    for (size_t i = 0; i < job->common->config.n; i++) {
        const char *pair = job->common->config.at[i], *value = strchr(pair, '=');
        if (!value || value == pair)
            return job_fail(job, GEO_EARG, "--config: '%s' is not KEY=VALUE", pair);
        char *key = strndup(pair, (size_t)(value - pair));
        if (!key)
            return job_fail(job, GEO_ENOMEM, "out of memory");
        CPLSetConfigOption(key, value + 1);
        free(key);
    }
    return true;
}

bool job_begin(struct job *job, const char *name, const struct common *common)
{
    *job = (struct job){
        .name = name,
        .common = common,
        .say = {.out = stderr,
                .name = name,
                .level = common->quiet     ? SAY_QUIET
                         : common->verbose ? SAY_VERBOSE
                                           : SAY_NORMAL},
    };
    if (!interrupt_watch())
        return job_fail(job, GEO_EDEFECT, "signals cannot be watched");
    if (!configure(job))
        return false;
    job->ctx = geo_ctx_new();
    return job->ctx || job_fail(job, GEO_ENOMEM, "out of memory");
}

/* ---- inputs ---- */

/* Texts of the option table as the library takes them: NULL-terminated. */
static const char *const *list(const struct opt_texts *texts, const char *room[OPT_LIST_MAX + 1])
{
    for (size_t i = 0; i < texts->n; i++)
        room[i] = texts->at[i];
    room[texts->n] = NULL;
    return room;
}

/* Remembers how an input was brought to WGS 84, once each. */
static void add_operation(struct job *job, const char *text)
{
    size_t used = strlen(job->operation);
    if (!text[0] || strstr(job->operation, text))
        return;
    snprintf(job->operation + used, sizeof job->operation - used, "%s%s", used ? "; " : "", text);
}

static void describe_inputs(struct job *job, const struct geo_source *source)
{
    for (size_t i = 0; i < geo_source_inputs(source); i++) {
        struct geo_origin_info info = geo_origin_info(geo_source_input(source, i));
        add_operation(job, info.operation);
        if (info.crs_note[0])
            say_note(&job->say, "%s: %s", info.name, info.crs_note);
        if (info.text_note[0])
            say_note(&job->say, "%s: %s", info.name, info.text_note);
        job->has_mended = job->has_mended || info.crs_note[0] || info.text_note[0];
        if (info.accuracy_m < 0 || job->accuracy_m < 0)
            job->accuracy_m = -1;
        else if (info.accuracy_m > job->accuracy_m)
            job->accuracy_m = info.accuracy_m;
        if (job->common->verbose || job->common->dry_run)
            job_explain_input(&job->say, &info, job->common->dry_run);
    }
}

static bool set_edges(struct job *job, int edges)
{
    int stated = -1;
    for (size_t i = 0; i < geo_source_inputs(job->source); i++) {
        int input = geo_origin_info(geo_source_input(job->source, i)).edges;
        if (input >= 0 && stated >= 0 && input != stated && edges == OPT_NOT_GIVEN)
            return job_fail(job, GEO_EARG,
                            "the inputs state different edges: say which with --edges");
        stated = input >= 0 ? input : stated;
    }
    if (edges == OPT_NOT_GIVEN)
        edges = stated >= 0 ? stated : GEO_EDGES_GEODESIC;
    job->edges = edges == EDGES_LONLAT ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
    return true;
}

bool job_open(struct job *job, int n, char **operand, int edges)
{
    const struct common *c = job->common;
    const char *open_options[OPT_LIST_MAX + 1];
    struct geo_write_options output = {.path = c->output, .format = c->format};
    if (job->status != GEO_OK)
        return false;
    for (int i = 0; i < n; i++)
        job->reads_stdin = job->reads_stdin || !strcmp(operand[i], "-");
    if (job->reads_stdin && isatty(STDIN_FILENO))
        return job_fail(job, GEO_EARG,
                        "standard input is a terminal: name a file, or pipe GeoJSON in (see %s "
                        "--help)",
                        job->name);
    struct geo_read_options options = {
        .layer = c->layer,
        .where = c->where,
        .select = c->select,
        .src_crs = job->taken_crs ? job->taken_crs : c->src_crs,
        .swap_axes = job->taken_crs ? job->takes_swapped : c->swap_axes,
        .trust_prj = c->trust_prj,
        .any_crs = job->any_crs,
        .fix = job->fix,
        .encoding = c->encoding,
        .open_options = list(&c->open_options, open_options),
        .fixed_columns = job->wants_columns || geo_write_needs_columns(&output)};
    const char *const *path = (const char *const *)operand;
    if (!job_spares(job, path, (size_t)n) ||
        !job_try(job, geo_source_open(job->ctx, path, (size_t)n, &options, &job->source)))
        return false;
    describe_inputs(job, job->source);
    return set_edges(job, edges);
}

static struct geo_stream_options stream_options(const struct job *job)
{
    return (struct geo_stream_options){.threads = (unsigned)job->common->threads,
                                       .strict = job->common->strict};
}

static bool load(struct job *job, struct geo_source *source, struct geo_batch **batch)
{
    struct geo_stream_options options = stream_options(job);
    struct geo_report report;
    bool done = job_try(job, geo_stream_collect(job->ctx, source, &options, batch, &report));
    job_report(&job->say, &report);
    job->skipped += report.skipped;
    geo_report_release(&report);
    return done;
}

bool job_load(struct job *job, const struct corridor_options *corridors, struct geo_batch **batch)
{
    return job_load_datum(job, corridors, batch, NULL);
}

bool job_load_datum(struct job *job, const struct corridor_options *corridors,
                    struct geo_batch **batch, struct datum *datum)
{
    struct geo_source *source = NULL;
    char option[3][64];
    if (job->status != GEO_OK)
        return false;
    for (size_t i = 0; i < corridors->path.n; i++) {
        bool is_stdin = !strcmp(corridors->path.at[i], "-");
        if (is_stdin && job->reads_stdin)
            return job_fail(job, GEO_EARG, "standard input (-) can be read once only");
        job->reads_stdin = job->reads_stdin || is_stdin;
    }
    if (corridors->path.n == 0)
        return job_fail(job, GEO_EARG, "no corridors: name their layer with -c");
    static const char *const words[3] = {"crs", "layer", "encoding"};
    for (size_t i = 0; i < 3; i++)
        snprintf(option[i], sizeof option[i], "%s-%s",
                 corridors->prefix ? corridors->prefix : "--corridor", words[i]);
    struct geo_read_options options = {.layer = corridors->layer,
                                       .where = corridors->where,
                                       .src_crs = corridors->crs,
                                       .trust_prj = job->common->trust_prj,
                                       .encoding = corridors->encoding,
                                       .crs_option = option[0],
                                       .layer_option = option[1],
                                       .encoding_option = option[2],
                                       .fixed_columns = true};
    if (!job_spares(job, corridors->path.at, corridors->path.n) ||
        !job_try(job, geo_source_open(job->ctx, corridors->path.at, corridors->path.n, &options,
                                      &source)))
        return false;
    describe_inputs(job, source);
    if (datum)
        *datum = datum_of_source(source);
    bool done = load(job, source, batch);
    geo_source_close(job->ctx, source);
    return done;
}

bool job_is_dry(const struct job *job)
{
    if (job->common->dry_run)
        job_explain(job->source, job->edges);
    return job->common->dry_run;
}

bool job_replace(struct job *job, struct geo_batch *batch)
{
    struct geo_source *source;
    if (!job_try(job, geo_source_of_batch(job->ctx, batch, &source)))
        return false;
    geo_source_close(job->ctx, job->source);
    job->source = source;
    job->is_replaced = true;
    return true;
}

/* ---- the run ---- */

/* With those before and after the tools' own. */
enum { ALL_STEPS_MAX = JOB_STEPS_MAX + 4 };

/* WGS 84 and repair come first, then the tool's own steps. What replaced the input has been
 * through them. */
static size_t chain(const struct job *job, const struct geo_step *step, size_t n,
                    struct geo_step all[ALL_STEPS_MAX])
{
    size_t count = 0;
    if (job->before)
        all[count++] = *job->before;
    if (!job->is_replaced && !job->is_raw) {
        all[count++] = geo_step_to_wgs84();
        all[count++] = geo_step_repair();
    }
    for (size_t s = 0; s < n; s++)
        all[count++] = step[s];
    return count;
}

/* Progress is that of reading the main input, not what replaced it. */
static void begin_progress(struct job *job)
{
    int64_t total = geo_source_count(job->source);
    if (job->is_replaced)
        return;
    job->total = total > 0 ? (uint64_t)total : 0;
    job->progress = progress_begin(&job->say, (enum progress_style)job->common->progress);
}

static void show_progress(void *data, uint64_t features)
{
    struct job *job = data;
    if (job->is_replaced)
        return;
    job->done = features;
    progress_show(&job->progress, features, job->total);
}

static void end_progress(struct job *job)
{
    if (job->progress.say)
        progress_end(&job->progress, job->done, job->total);
    job->progress.say = NULL;
}

static bool run_chain(struct job *job, const struct geo_step *step, size_t n,
                      const struct geo_consumer *consumer)
{
    struct geo_stream_options options = stream_options(job);
    struct geo_report report;
    begin_progress(job);
    options.progress = show_progress;
    options.progress_data = job;
    enum geo_status status =
        geo_stream_run(job->ctx, job->source, step, n, consumer, &options, &report);
    say_wipe(&job->say); /* what follows is printed */
    if (job->tell)
        job->tell(job->tell_data, &report);
    else
        job_report(&job->say, &report);
    job->skipped += report.skipped;
    job->has_mended = job->has_mended || report.repaired + report.skipped > 0;
    geo_report_release(&report);
    return job_try(job, status);
}

bool job_gather(struct job *job, const struct geo_step *step, size_t n,
                const struct geo_consumer *consumer)
{
    struct geo_step all[ALL_STEPS_MAX];
    if (job->status != GEO_OK)
        return false;
    return run_chain(job, all, chain(job, step, n, all), consumer);
}

static bool open_sink(struct job *job, int decimals, const char *made_by, struct geo_sink **sink)
{
    const struct common *c = job->common;
    const char *layer_options[OPT_LIST_MAX + 1];
    bool given = c->precision != OPT_NOT_GIVEN;
    struct geo_write_options options = {
        .path = c->output,
        .format = c->format,
        .dst_crs = c->dst_crs,
        .layer_options = list(&c->layer_options, layer_options),
        .precision = given           ? c->precision
                     : decimals >= 0 ? decimals
                                     : 0,
        .precision_set = given || decimals >= 0,
        .overwrite = c->overwrite,
        .bbox = c->bbox,
        .excel = c->excel,
        .provenance = {.tool = made_by,
                       .edges = job->edges,
                       .accuracy_m = job->accuracy_m,
                       .operation = job->operation},
    };
    interrupt_hold();
    bool done = job_try(job, geo_sink_open(job->ctx, &options, sink));
    interrupt_release(done ? geo_sink_directory(*sink) : NULL);
    return done;
}

/* A note for each line. */
static void tell_remarks(struct job *job, const char *remarks)
{
    while (*remarks) {
        int n = (int)strcspn(remarks, "\n");
        say_note(&job->say, "name changed to fit the format: %.*s", n, remarks);
        remarks += n + (remarks[n] == '\n');
    }
}

static bool close_sink(struct job *job, struct geo_sink *sink)
{
    if (job->status == GEO_OK)
        tell_remarks(job, geo_sink_remarks(sink));
    interrupt_hold();
    bool done = job->status == GEO_OK;
    if (done)
        done = job_try(job, geo_sink_finish(job->ctx, sink));
    else
        geo_sink_abandon(job->ctx, sink);
    interrupt_release(NULL);
    return done;
}

bool job_stream(struct job *job, const struct geo_step *step, size_t n, int decimals)
{
    struct geo_step all[ALL_STEPS_MAX];
    struct geo_sink *sink;
    char made_by[64];
    if (job->status != GEO_OK)
        return false;
    snprintf(made_by, sizeof made_by, "%s %s", job->name, GEO_VERSION);
    if (!open_sink(job, decimals, made_by, &sink))
        return false;
    size_t count = chain(job, step, n, all);
    all[count++] = geo_step_encode(sink);
    struct geo_consumer consumer = geo_sink_consumer(sink);
    bool done = run_chain(job, all, count, &consumer);
    if (done && job->is_asked_to_fix && !job->has_mended)
        say_note(&job->say, "nothing needed mending");
    return close_sink(job, sink);
}

void job_close(struct job *job)
{
    end_progress(job);
    geo_source_close(job->ctx, job->source);
    job->source = NULL;
}

int job_end(struct job *job)
{
    job_close(job);
    free(job->taken_crs);
    geo_ctx_free(job->ctx);
    if (geo_status_scope(job->status) ==
        GEO_SCOPE_FEATURE) /* one feature stands for all: no output */
        return EXIT_INPUT;
    if (job->status != GEO_OK)
        return geo_status_exit(job->status);
    if (job->failed_check)
        return EXIT_CHECK_FAILED;
    return job->skipped ? EXIT_SKIPPED : EXIT_DONE;
}
