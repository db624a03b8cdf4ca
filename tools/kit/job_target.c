#include "kit/job_target.h"

#include <string.h>
#include <sys/stat.h>

/* Devices and pipes are not replaced, but written to. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat s, t;
    return stat(a, &s) == 0 && stat(b, &t) == 0 && S_ISREG(s.st_mode) && s.st_dev == t.st_dev &&
           s.st_ino == t.st_ino;
}

bool job_spares(struct job *job, const char *const *path, size_t n)
{
    const char *output = job->common->output;
    for (size_t i = 0; output && strcmp(output, "-") != 0 && i < n; i++)
        if (is_same_file(output, path[i]))
            return job_fail(
                job, GEO_EARG,
                "%s is an input: write to another file, and replace it then if you wish", output);
    return true;
}
