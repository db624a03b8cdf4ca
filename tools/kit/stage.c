#include "kit/stage.h"

#include <stdlib.h>

static const struct stage *stage_of(const struct staged *staged)
{
    return staged->tool->stage;
}

/* Messages are on this stage from now on; NULL: on the whole. */
static void speak_for(struct job *job, const struct staged *staged)
{
    job->say.name = staged ? staged->name : job->name;
}

static bool check_all(struct job *job, const struct staged *staged, size_t n)
{
    bool done = true;
    for (size_t i = 0; done && i < n; i++) {
        speak_for(job, &staged[i]);
        done = !stage_of(&staged[i])->check ||
               stage_of(&staged[i])->check(job, staged[i].settings, i + 1 == n);
    }
    speak_for(job, NULL);
    return done;
}

const struct common *stage_common(const struct staged *staged)
{
    return (const void *)((const char *)staged->settings + stage_of(staged)->common);
}

/* ---- edges ---- */

static bool measures(const struct staged *staged)
{
    return stage_of(staged)->edges != STAGE_NO_EDGES;
}

static int edges_given(const struct staged *staged)
{
    return *(const int *)(const void *)((const char *)staged->settings + stage_of(staged)->edges);
}

/* The first stage that measures; n if there is none. */
static size_t first_measuring(const struct staged *staged, size_t n)
{
    size_t first = 0;
    while (first < n && !measures(&staged[first]))
        first++;
    return first;
}

static bool open_input(struct job *job, const struct staged *staged, size_t n, int operands,
                       char **operand)
{
    size_t first = first_measuring(staged, n);
    if (!job_open(job, operands, operand, first < n ? edges_given(&staged[first]) : OPT_NOT_GIVEN))
        return false;
    int taken = job->edges == GEO_EDGES_LONLAT ? EDGES_LONLAT : EDGES_GEODESIC;
    for (size_t i = first + 1; i < n; i++) {
        int given = measures(&staged[i]) ? edges_given(&staged[i]) : OPT_NOT_GIVEN;
        if (given == OPT_NOT_GIVEN || given == taken)
            continue;
        speak_for(job, &staged[i]);
        return job_fail(job, GEO_EARG, "--edges %s: a step before takes edges as %s; say it there",
                        edges_words[given], edges_words[taken]);
    }
    return true;
}

/* ---- the run ---- */

static bool prepare(struct job *job, struct staged *staged)
{
    const struct stage *stage = stage_of(staged);
    staged->part.decimals = -1;
    if (!stage->prepare)
        return true;
    staged->state = calloc(1, stage->state_size + 1);
    speak_for(job, staged);
    bool done = staged->state || job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && stage->prepare(job, staged->settings, staged->state, &staged->part);
    speak_for(job, NULL);
    return done;
}

static bool prepare_all(struct job *job, struct staged *staged, size_t n)
{
    bool done = true;
    for (size_t i = 0; done && i < n; i++)
        done = prepare(job, &staged[i]);
    return done;
}

/* All features through the steps so far, then on from what the stage makes of them. */
static bool run_whole(struct job *job, struct staged *staged, const struct geo_step *step, size_t n)
{
    struct geo_batch *made = NULL;
    if (!job_gather(job, step, n, &staged->part.all))
        return false;
    speak_for(job, staged);
    bool done = staged->part.make(job, staged->state, &made);
    speak_for(job, NULL);
    return done && job_replace(job, made);
}

static bool run_all(struct job *job, struct staged *staged, size_t n)
{
    struct geo_step step[JOB_STEPS_MAX];
    const struct staged *last = &staged[n - 1];
    size_t steps = 0;
    for (size_t i = 0; i < n; i++) {
        if (staged[i].part.make) {
            if (!run_whole(job, &staged[i], step, steps))
                return false;
            steps = 0;
        } else if (staged[i].part.step.apply) {
            step[steps++] = staged[i].part.step;
        }
    }
    if (stage_of(last)->finish)
        return stage_of(last)->finish(job, last->settings, step, steps);
    return job_stream(job, step, steps, last->part.decimals);
}

int stage_run(const char *name, const struct common *common, struct staged *staged, size_t n,
              int operands, char **operand)
{
    struct job job;
    bool has_begun = job_begin(&job, name, common);
    job.operands = operands;
    job.operand = operand;
    if (has_begun && check_all(&job, staged, n) && open_input(&job, staged, n, operands, operand) &&
        prepare_all(&job, staged, n) && !job_is_dry(&job))
        run_all(&job, staged, n);
    for (size_t i = 0; i < n; i++) {
        if (staged[i].state && stage_of(&staged[i])->end)
            stage_of(&staged[i])->end(&job, staged[i].state);
        free(staged[i].state);
    }
    return job_end(&job);
}
