#include "kit/job_target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/interrupt.h"

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

bool job_is_to_stdout(const struct job *job)
{
    return !job->common->output || !strcmp(job->common->output, "-");
}

static bool is_direct(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode);
}

bool job_target_is_free(struct job *job)
{
    const char *path = job->common->output;
    if (job_is_to_stdout(job) || is_direct(path) || job->common->overwrite ||
        access(path, F_OK) != 0)
        return true;
    return job_fail(job, GEO_EARG, "%s exists: say --overwrite to replace it", path);
}

typedef bool filler(struct job *job, FILE *out, void *data);

static bool fill_stream(struct job *job, const char *path, FILE *out, filler *fill, void *data)
{
    errno = 0;
    bool done = fill(job, out, data);
    int why = errno ? errno : EIO;
    if (fflush(out) != 0) /* what a failed write left in the buffer fails once more, and says why */
        why = errno;
    done = done && !ferror(out);
    if (done || job->status != GEO_OK)
        return done;
    return job_fail(job, GEO_EWRITE, "%s: %s", path, strerror(why));
}

static bool fill_file(struct job *job, filler *fill, void *data)
{
    const char *path = job->common->output;
    bool direct = is_direct(path);
    char *beside = NULL;
    if (!job_target_is_free(job))
        return false;
    if (asprintf(&beside, direct ? "%s" : "%s.part", path) < 0)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    interrupt_hold();
    FILE *out = fopen(beside, "w");
    bool done = out || job_fail(job, GEO_EWRITE, "%s: %s", path, strerror(errno));
    if (out) {
        done = fill_stream(job, path, out, fill, data);
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

bool job_write_whole(struct job *job, bool (*fill)(struct job *job, FILE *out, void *data),
                     void *data)
{
    if (job->status != GEO_OK)
        return false;
    return job_is_to_stdout(job) ? fill_stream(job, "standard output", stdout, fill, data)
                                 : fill_file(job, fill, data);
}
