#define OPT_OWNER struct reference_options
#include "steps/reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/job_report.h"
#include "steps/try.h"

const struct opt reference_options[] = {
    {GROUP, .help = "Reference"},
    {FILE_AT(path), .name = "reference", .arg = "LAYER",
     .help = "A layer of the same place whose CRS is right: rank what that of the input may be by "
             "how well it falls on it"},
    {LENGTH_AT(accuracy_m), .name = "reference-accuracy", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "How accurate the reference is; estimated, unless said, as how far the best is off"},
    {.kind = OPT_END},
};

/* ---- ranking ---- */

/* The coordinates of a layer as they stand in its file. */
static enum geo_status collect(struct geo_ctx *ctx, struct geo_source *source,
                               struct geo_batch *batch, struct geo_batch *all)
{
    enum geo_status status;
    while ((status = geo_source_next(ctx, source, batch)) == GEO_OK)
        for (size_t i = 0; i < batch->n; i++) {
            if (batch->dropped[i])
                continue;
            for (size_t p = batch->part_start[i]; p < batch->part_start[i + 1]; p++)
                TRY(geo_batch_copy_part(ctx, all, batch, p));
            TRY(geo_batch_end_feature(ctx, all, (enum geo_shape)batch->shape[i], batch->fid[i]));
        }
    return status == GEO_END ? GEO_OK : status;
}

static bool load_raw(struct job *job, struct geo_source *source, struct geo_batch **raw)
{
    struct geo_batch *batch = geo_batch_new(), *all = geo_batch_new();
    bool done = (batch && all) || job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && job_try(job, collect(job->ctx, source, batch, all));
    geo_batch_free(batch);
    if (done)
        *raw = all;
    else
        geo_batch_free(all);
    return done;
}

static bool load_reference(struct job *job, const char *path, struct geo_batch **batch)
{
    struct corridor_options corridors = {.path = {.n = 1, .at = {path}}};
    struct job before = *job;
    bool done = job_load(job, &corridors, batch);
    job->accuracy_m = before.accuracy_m; /* nothing of it gets into the output */
    job->skipped = before.skipped;
    memcpy(job->operation, before.operation, sizeof before.operation);
    return done;
}

static bool rank(struct job *job, const struct reference_options *reference,
                 struct geo_source *source, struct geo_ranking *ranking)
{
    struct geo_batch *raw = NULL, *target = NULL;
    struct geo_rank_options options = {
        .origin = geo_source_input(source, 0),
        .accuracy_m = isnan(reference->accuracy_m) ? 0 : reference->accuracy_m};
    bool done = load_raw(job, source, &raw) && load_reference(job, reference->path, &target) &&
                job_try(job, geo_crs_rank(job->ctx, raw, target, &options, ranking));
    geo_batch_free(raw);
    geo_batch_free(target);
    return done;
}

bool reference_rank(struct job *job, const struct reference_options *reference, char *operand,
                    struct geo_ranking **ranking)
{
    const struct common *c = job->common;
    const char *path = operand;
    const struct geo_read_options options = {.layer = c->layer,
                                             .where = c->where,
                                             .src_crs = c->src_crs,
                                             .swap_axes = c->swap_axes,
                                             .encoding = c->encoding,
                                             .any_crs = true};
    struct geo_source *source = NULL;
    struct geo_ranking *made = malloc(sizeof *made);
    if (!strcmp(operand, "-"))
        job_fail(job, GEO_EARG, "--reference: standard input is read once; name a file");
    else if (!made)
        job_fail(job, GEO_ENOMEM, "out of memory");
    bool done = job->status == GEO_OK &&
                job_try(job, geo_source_open(job->ctx, &path, 1, &options, &source)) &&
                rank(job, reference, source, made);
    geo_source_close(job->ctx, source);
    if (done)
        *ranking = made;
    else
        free(made);
    return done;
}

/* ---- words ---- */

void reference_option(const struct geo_crs_hypothesis *hypothesis,
                      char text[REFERENCE_OPTION_BYTES])
{
    const char *quote = strchr(hypothesis->crs, ' ') ? "'" : "";
    const char *swap = hypothesis->swap_axes ? " --swap-axes" : "";
    if (hypothesis->crs[0])
        snprintf(text, REFERENCE_OPTION_BYTES, "-s %s%s%s%s", quote, hypothesis->crs, quote, swap);
    else
        snprintf(text, REFERENCE_OPTION_BYTES, "--trust-prj%s", swap);
}

void reference_length(double length_m, char text[REFERENCE_LENGTH_BYTES])
{
    if (length_m < 9.95)
        snprintf(text, REFERENCE_LENGTH_BYTES, "%.1f m", length_m);
    else if (length_m < 9999.5)
        snprintf(text, REFERENCE_LENGTH_BYTES, "%.0f m", length_m);
    else
        snprintf(text, REFERENCE_LENGTH_BYTES, "%.0f km", length_m / 1000);
}

double reference_apart_m(const struct geo_ranking *ranking)
{
    double least = INFINITY;
    for (size_t i = 0; i < ranking->as_good; i++)
        if (ranking->hypothesis[i].apart_m > 1)
            least = fmin(least, ranking->hypothesis[i].apart_m);
    return least;
}

/* ---- the fix ---- */

const struct geo_crs_hypothesis *reference_stated(const struct geo_ranking *ranking)
{
    for (size_t i = 0; i < ranking->n; i++)
        if (ranking->hypothesis[i].is_stated)
            return &ranking->hypothesis[i];
    return NULL;
}

/* The only official one among those that fit; NULL if there is none, or several. */
static const struct geo_crs_hypothesis *only_official(const struct geo_ranking *ranking)
{
    const struct geo_crs_hypothesis *found = NULL;
    for (size_t i = 0; i < ranking->as_good; i++) {
        const struct geo_crs_hypothesis *one = &ranking->hypothesis[i];
        bool is_official = !strncmp(one->name, "VN-2000 1", 9) && strstr(one->name, "k = 0.9999") &&
                           !strncmp(one->crs, "EPSG:", 5);
        if (is_official && found)
            return NULL;
        found = is_official ? one : found;
    }
    return found;
}

bool reference_fix(struct job *job, const struct geo_ranking *ranking, const char *operand)
{
    const struct geo_crs_hypothesis *best = &ranking->hypothesis[0];
    const struct geo_crs_hypothesis *stated = reference_stated(ranking);
    char option[REFERENCE_OPTION_BYTES], off[REFERENCE_LENGTH_BYTES], was[REFERENCE_LENGTH_BYTES];
    if (ranking->n == 0)
        return job_fail(job, GEO_ECRS, "%s: no CRS that is known puts it on the globe", operand);
    if (stated && stated->is_as_good)
        return true;
    double apart_m = reference_apart_m(ranking);
    if (isfinite(apart_m))
        best = only_official(ranking);
    if (!best)
        return job_fail(job, GEO_ECRS,
                        "%s: %zu CRSs fit the reference as well as each other: choose with -s from "
                        "those that geo-info --reference lists",
                        operand, ranking->as_good);
    reference_option(best, option);
    reference_length(best->off_m, off);
    reference_length(stated ? stated->off_m : INFINITY, was);
    say_note(&job->say, "%s: fixed: taken with %s, %s off the reference%s%s%s", operand, option,
             off, stated ? ", as stated " : "", stated ? was : "", stated ? " off" : "");
    if (isfinite(apart_m))
        say_note(
            &job->say,
            "%s: the reference does not show datum shift and scale: taken as the official ones",
            operand);
    job->fix = 0;
    job->taken_crs = best->crs[0] ? strdup(best->crs) : NULL;
    job->takes_swapped = best->swap_axes;
    return !best->crs[0] || job->taken_crs || job_fail(job, GEO_ENOMEM, "out of memory");
}
