/* Tables: to a terminal, a pipe, or a file that appears whole. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/interrupt.h"
#include "kit/job.h"
#include "kit/table.h"

static bool is_stdout(const char *path)
{
    return !path || !strcmp(path, "-");
}

/* -f, else the extension, else by who reads it. */
bool job_table_format(struct job *job, enum table_format *format)
{
    const struct common *c = job->common;
    const char *dot = is_stdout(c->output) ? NULL : strrchr(c->output, '.');
    const char *word = c->format ? c->format : dot ? dot + 1 : NULL;
    if (c->style)
        return job_fail(job, GEO_EARG, "--style is for features: a table of sums has none");
    if (!word)
        *format = is_stdout(c->output) && isatty(STDOUT_FILENO) ? TABLE_ALIGNED : TABLE_CSV;
    else if (!strcasecmp(word, "text") || !strcasecmp(word, "txt"))
        *format = TABLE_ALIGNED;
    else if (!strcasecmp(word, "csv"))
        *format = TABLE_CSV;
    else if (!strcasecmp(word, "json"))
        *format = TABLE_JSON;
    else
        return job_fail(job, GEO_EARG,
                        "a table cannot be written as '%s': choose text, csv or json "
                        "with -f",
                        word);
    if (*format == TABLE_CSV && c->excel)
        *format = TABLE_EXCEL;
    return true;
}

static bool print_to(struct job *job, const struct table *table, enum table_format format,
                     FILE *out, const char *path)
{
    errno = 0;
    bool done = table_print(table, format, job->decimal_mark ? job->decimal_mark : '.', out) &&
                fflush(out) == 0;
    return done || job_fail(job, errno ? GEO_EWRITE : GEO_ENOMEM, "%s: %s", path,
                            errno ? strerror(errno) : "out of memory");
}

/* Written beside its target and renamed, so that it appears whole or not at all. */
static bool print_to_file(struct job *job, const struct table *table, enum table_format format)
{
    const char *path = job->common->output;
    struct stat there;
    bool direct = stat(path, &there) == 0 && !S_ISREG(there.st_mode);
    char *beside = NULL;
    if (!direct && access(path, F_OK) == 0 && !job->common->overwrite)
        return job_fail(job, GEO_EARG, "%s exists: say --overwrite to replace it", path);
    if (asprintf(&beside, direct ? "%s" : "%s.part", path) < 0)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    interrupt_hold();
    FILE *out = fopen(beside, "w");
    bool done = out || job_fail(job, GEO_EWRITE, "%s: %s", path, strerror(errno));
    if (out) {
        done = print_to(job, table, format, out, path);
        if (fclose(out) != 0 && done)
            done = job_fail(job, GEO_EWRITE, "%s: %s", path, strerror(errno));
        if (done && !direct && rename(beside, path) != 0)
            done = job_fail(job, GEO_EWRITE, "%s: %s", path, strerror(errno));
        if (!done && !direct)
            unlink(beside);
    }
    interrupt_release(NULL);
    free(beside);
    return done;
}

bool job_table(struct job *job, const struct table *table)
{
    enum table_format format = TABLE_CSV;
    if (job->status != GEO_OK || !job_table_format(job, &format))
        return false;
    if (!is_stdout(job->common->output))
        return print_to_file(job, table, format);
    return print_to(job, table, format, stdout, "standard output");
}
