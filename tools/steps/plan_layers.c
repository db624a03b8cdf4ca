/* The day of the judgement, and the layers one after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "steps/plan.h"

/* "2030" is its last day. @return YYYYMMDD; 0: it is no day */
static int parse_day(const char *text)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, used = 0;
    if (strspn(text, "0123456789") == 4 && strlen(text) == 4)
        return atoi(text) * 10000 + 1231;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 ||
        used != 10 || month < 1 || month > 12)
        return 0;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    bool is_day = day >= 1 && day <= days[month - 1] + (month == 2 && is_leap);
    return is_day ? year * 10000 + month * 100 + day : 0;
}

bool plan_choose_day(struct job *job, const char *text, int *as_of)
{
    time_t now = time(NULL);
    struct tm today;
    if (text) {
        *as_of = parse_day(text);
        return *as_of || job_fail(job, GEO_EARG,
                                  "--as-of: '%s' is neither a year such as 2030 nor a day such as "
                                  "2030-06-30",
                                  text);
    }
    if (!localtime_r(&now, &today))
        return job_fail(job, GEO_EDEFECT, "today is not known: say --as-of");
    *as_of = (today.tm_year + 1900) * 10000 + (today.tm_mon + 1) * 100 + today.tm_mday;
    return true;
}

/* "data/zones.shp" is called zones. */
static void name_file(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash && slash[1] ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    snprintf(name, size, "%.*s", (int)(dot && dot > base ? (size_t)(dot - base) : strlen(base)),
             base);
}

static bool set_edges(struct plan *plan, const struct corridor_options *corridors)
{
    struct job *job = plan->job;
    bool is_first = !plan->has_edges;
    if (!is_first && job->edges != plan->edges)
        return job_fail(job, GEO_EARG, "the inputs state different edges: say which with --edges");
    plan->edges = job->edges;
    plan->has_edges = true;
    return !is_first || plan_load(plan, corridors);
}

bool plan_measure_layer(struct plan *plan, char *operand, int edges,
                        const struct corridor_options *corridors)
{
    struct job *job = plan->job;
    char file[256];
    name_file(operand, file, sizeof file);
    bool done = job_open(job, 1, &operand, edges) && set_edges(plan, corridors);
    if (done && !job_is_dry(job)) {
        struct geo_origin_info info = geo_origin_info(geo_source_input(job->source, 0));
        struct geo_step step = plan_step(plan);
        struct geo_consumer consumer = plan_consumer(plan);
        if (plan_begin_layer(plan, file, info.layer))
            done = job_gather(job, &step, 1, &consumer);
    }
    job_close(job);
    return done && job->status == GEO_OK;
}
