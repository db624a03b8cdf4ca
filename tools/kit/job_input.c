/* The inputs of a job: the main one, and layers that are read whole. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kit/job.h"
#include "kit/job_report.h"
#include "kit/job_run.h"
#include "kit/job_target.h"

const char *const edges_words[] = {"geodesic", "lonlat", NULL};

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
        if (job->listener)
            job->listener->meet(job->listener->data, &info);
        add_operation(job, info.operation);
        if (info.crs_note[0])
            say_note(&job->say, "%s: %s", info.name, info.crs_note);
        if (info.text_doubt[0]) /* what is written is likely misread: --quiet hides no errors */
            say_error(&job->say, "%s: %s", info.name, info.text_doubt);
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
        .any_text = job->any_text,
        .fix = job->fix,
        .encoding = c->encoding,
        .open_options = c->open_options.at,
        .fixed_columns = job->wants_columns || geo_write_needs_columns(&output)};
    const char *const *path = (const char *const *)operand;
    if (!job_spares(job, path, (size_t)n) ||
        !job_try(job, geo_source_open(job->ctx, path, (size_t)n, &options, &job->source)))
        return false;
    describe_inputs(job, job->source);
    return set_edges(job, edges);
}

static bool load(struct job *job, struct geo_source *source, struct geo_batch **batch)
{
    struct geo_stream_options options = job_stream_options(job);
    struct geo_report report;
    bool done = job_try(job, geo_stream_collect(job->ctx, source, &options, batch, &report));
    job_tell(job, &report);
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
