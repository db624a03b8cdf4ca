/* Files of a workload: every write is checked; what fails ends the program with a sentence. */
#ifndef BENCH_FILE_H
#define BENCH_FILE_H

#include <stdarg.h>
#include <stdio.h>

struct bench_file {
    FILE *stream;
    char path[4096];
};

/** Creates STEM + EXTENSION for writing. */
struct bench_file bench_create(const char *stem, const char *extension);

void bench_write(struct bench_file *file, const void *bytes, size_t n);
void bench_print(struct bench_file *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Goes back to the first byte. */
void bench_rewind(struct bench_file *file);

void bench_close(struct bench_file *file);

#endif
