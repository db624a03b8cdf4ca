#include "kit/job.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>

#include "kit/exits.h"
#include "kit/interrupt.h"

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

static void end_progress(struct job *job)
{
    if (job->progress.say)
        progress_end(&job->progress, job->done, job->total);
    job->progress.say = NULL;
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
