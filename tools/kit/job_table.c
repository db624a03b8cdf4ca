/* Tables: to a terminal, a pipe, or a file that appears whole. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kit/job.h"
#include "kit/job_target.h"
#include "kit/table.h"

/* -f, else the extension, else by who reads it. */
bool job_table_format(struct job *job, enum table_format *format)
{
    const struct common *c = job->common;
    const char *dot = job_is_to_stdout(job) ? NULL : strrchr(c->output, '.');
    const char *word = c->format ? c->format : dot ? dot + 1 : NULL;
    if (c->style)
        return job_fail(job, GEO_EARG, "--style is for features: a table of sums has none");
    if (!word)
        *format = job_is_to_stdout(job) && isatty(STDOUT_FILENO) ? TABLE_ALIGNED : TABLE_CSV;
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

struct print {
    const struct table *table;
    enum table_format format;
};

static bool print(struct job *job, FILE *out, void *data)
{
    const struct print *p = data;
    return table_print(p->table, p->format, job->decimal_mark ? job->decimal_mark : '.', out) ||
           (!errno && job_fail(job, GEO_ENOMEM, "out of memory"));
}

bool job_table(struct job *job, const struct table *table)
{
    struct print p = {.table = table};
    if (job->status != GEO_OK || !job_table_format(job, &p.format))
        return false;
    return job_write_whole(job, print, &p);
}
