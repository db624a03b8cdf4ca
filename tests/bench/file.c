#include "bench/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void give_up(const struct bench_file *file)
{
    fprintf(stderr, "bench-workload: %s: cannot be written: %s\n", file->path, strerror(errno));
    exit(1);
}

struct bench_file bench_create(const char *stem, const char *extension)
{
    struct bench_file file = {0};
    int n = snprintf(file.path, sizeof file.path, "%s%s", stem, extension);
    if (n < 0 || (size_t)n >= sizeof file.path) {
        errno = ENAMETOOLONG;
        give_up(&file);
    }
    file.stream = fopen(file.path, "wb");
    if (!file.stream)
        give_up(&file);
    return file;
}

void bench_write(struct bench_file *file, const void *bytes, size_t n)
{
    if (fwrite(bytes, 1, n, file->stream) != n)
        give_up(file);
}

void bench_print(struct bench_file *file, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfprintf(file->stream, format, args);
    va_end(args);
    if (n < 0)
        give_up(file);
}

void bench_rewind(struct bench_file *file)
{
    if (fseek(file->stream, 0, SEEK_SET))
        give_up(file);
}

void bench_close(struct bench_file *file)
{
    if (fclose(file->stream))
        give_up(file);
    file->stream = NULL;
}
