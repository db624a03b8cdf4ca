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
    {TEXT_AT(layer), .name = "reference-layer", .arg = "NAME",
     .help = "Layer of a reference that has several"},
    {TEXT_AT(crs), .name = "reference-crs", .arg = "CRS",
     .help = "CRS of the reference, in place of the one it states"},
    {LENGTH_AT(accuracy_m), .name = "reference-accuracy", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "How accurate the reference is; estimated, unless said, as how far the best is off"},
    {.kind = OPT_END},
};

bool reference_check(struct job *job, const struct reference_options *reference)
{
    const char *alone = !isnan(reference->accuracy_m) ? "accuracy"
                        : reference->crs              ? "crs"
                        : reference->layer            ? "layer"
                                                      : NULL;
    return reference->path || !alone ||
           job_fail(job, GEO_EARG, "--reference-%s: there is no --reference", alone);
}

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

static bool load_reference(struct job *job, const struct reference_options *reference,
                           struct geo_batch **batch)
{
    struct corridor_options layer = {.path = {.n = 1, .at = {reference->path}},
                                     .layer = reference->layer,
                                     .crs = reference->crs,
                                     .prefix = "--reference"};
    struct job before = *job;
    bool done = job_load(job, &layer, batch);
    job->accuracy_m = before.accuracy_m; /* nothing of it gets into the output */
    job->skipped = before.skipped;
    memcpy(job->operation, before.operation, sizeof before.operation);
    if (!done || (*batch)->vertex_count > 0)
        return done;
    geo_batch_free(*batch);
    *batch = NULL;
    return job_fail(job, GEO_EREAD, "%s: has no coordinates to compare with", reference->path);
}

static bool rank(struct job *job, const struct reference_options *reference,
                 struct geo_source *source, struct geo_ranking *ranking)
{
    struct geo_batch *raw = NULL, *target = NULL;
    struct geo_rank_options options = {
        .origin = geo_source_input(source, 0),
        .accuracy_m = isnan(reference->accuracy_m) ? 0 : reference->accuracy_m};
    bool done = load_raw(job, source, &raw) && load_reference(job, reference, &target) &&
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

const char *reference_says_nothing(const struct reference_options *reference,
                                   const struct geo_ranking *ranking)
{
    if (ranking->is_apart)
        return "no CRS that is known puts the layer where it lies";
    if (!ranking->is_shared)
        return "the layer shares no outlines with it, and lies no better on it than by chance";
    double accuracy_m = isnan(reference->accuracy_m) ? INFINITY : reference->accuracy_m;
    if (ranking->hypothesis[0].off_m > 3 * accuracy_m && ranking->as_good > 0)
        return "what fits best is off by more than three times its accuracy";
    return NULL;
}

/* With several that fit: the official one, if it is the only one. */
static bool choose_best(struct job *job, const struct geo_ranking *ranking, const char *operand,
                        const struct geo_crs_hypothesis **best)
{
    bool is_open = isfinite(reference_apart_m(ranking));
    *best = is_open ? only_official(ranking) : &ranking->hypothesis[0];
    return *best || job_fail(job, GEO_ECRS,
                             "%s: %zu CRSs fit the reference as well as each other: choose with -s "
                             "from those that geo-info --reference lists",
                             operand, ranking->as_good);
}

static bool take(struct job *job, const struct geo_ranking *ranking,
                 const struct geo_crs_hypothesis *best, const char *operand)
{
    const struct geo_crs_hypothesis *stated = reference_stated(ranking);
    char option[REFERENCE_OPTION_BYTES], off[REFERENCE_LENGTH_BYTES], was[REFERENCE_LENGTH_BYTES];
    reference_option(best, option);
    reference_length(best->off_m, off);
    reference_length(stated ? stated->off_m : INFINITY, was);
    say_note(&job->say, "%s: fixed: taken with %s, %s off the reference%s%s%s", operand, option,
             off, stated ? ", as stated " : "", stated ? was : "", stated ? " off" : "");
    if (isfinite(reference_apart_m(ranking)))
        say_note(
            &job->say,
            "%s: the reference does not show datum shift and scale: taken as the official ones",
            operand);
    job->fix &= ~(GEO_FIX_CRS | GEO_FIX_AXES);
    job->taken_crs = best->crs[0] ? strdup(best->crs) : NULL;
    job->takes_swapped = best->swap_axes;
    job->has_mended = true;
    return !best->crs[0] || job->taken_crs || job_fail(job, GEO_ENOMEM, "out of memory");
}

bool reference_fix(struct job *job, const struct reference_options *reference,
                   const struct geo_ranking *ranking, const char *operand)
{
    const struct geo_crs_hypothesis *best, *stated = reference_stated(ranking);
    const char *nothing = reference_says_nothing(reference, ranking);
    char off[REFERENCE_LENGTH_BYTES];
    if (ranking->n == 0)
        return job_fail(job, GEO_ECRS, "%s: no CRS that is known puts it on the globe", operand);
    if (nothing) {
        say_note(&job->say, "%s: the reference %s tells nothing of its CRS, which stays: %s",
                 operand, reference->path, nothing);
        return true;
    }
    if (stated && stated->is_as_good) {
        reference_length(stated->off_m, off);
        say_note(&job->say,
                 "%s: its CRS stays: as stated it is %s off the reference, which nothing "
                 "fits better",
                 operand, off);
        return true;
    }
    return choose_best(job, ranking, operand, &best) && take(job, ranking, best, operand);
}
