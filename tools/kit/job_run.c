/* The run of a job: the main input through steps to the output. */
#include "kit/job_run.h"

#include <stdio.h>
#include <string.h>

#include "draw/style.h"
#include "kit/interrupt.h"
#include "kit/job_report.h"

struct geo_stream_options job_stream_options(const struct job *job)
{
    return (struct geo_stream_options){.threads = (unsigned)job->common->threads,
                                       .strict = job->common->strict};
}

void job_tell(struct job *job, const struct geo_report *report)
{
    if (job->listener)
        job->listener->hear(job->listener->data, report);
    else
        job_report(&job->say, report);
}

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

static bool run_chain(struct job *job, const struct geo_step *step, size_t n,
                      const struct geo_consumer *consumer)
{
    struct geo_stream_options options = job_stream_options(job);
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
        job_tell(job, &report);
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
    bool given = c->precision != OPT_NOT_GIVEN;
    struct geo_write_options options = {
        .path = c->output,
        .format = c->format,
        .dst_crs = c->dst_crs,
        .layer_options = c->layer_options.at,
        .precision = given           ? c->precision
                     : decimals >= 0 ? decimals
                                     : 0,
        .precision_set = given || decimals >= 0,
        .overwrite = c->overwrite,
        .bbox = c->bbox,
        .excel = c->excel,
        .style = c->style,
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

/* To a sink which gets the style of what it is given. */
static void run_styled(struct job *job, const struct geo_step *step, size_t n,
                       struct geo_sink *sink)
{
    struct style style = {0};
    bool done = job_try(job, style_begin(job->ctx, &style, sink));
    struct geo_consumer consumer = style_consumer(&style);
    if (done && run_chain(job, step, n, &consumer))
        job_try(job, style_end(job->ctx, &style, job->common->lang == LANG_VI));
    style_release(&style);
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
    if (job->common->style) {
        run_styled(job, all, count, sink);
    } else {
        struct geo_consumer consumer = geo_sink_consumer(sink);
        run_chain(job, all, count, &consumer);
    }
    if (job->status == GEO_OK && job->is_asked_to_fix && !job->has_mended)
        say_note(&job->say, "nothing needed mending");
    return close_sink(job, sink);
}
