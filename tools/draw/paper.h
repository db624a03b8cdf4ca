/* The map on paper: one sheet as SVG, PDF or PNG, by Cairo and Pango. */
#ifndef DRAW_PAPER_H
#define DRAW_PAPER_H

#include "draw/map.h"

enum paper_kind { PAPER_SVG, PAPER_PDF, PAPER_PNG };
enum paper_size { PAPER_A4, PAPER_A3, PAPER_PIXELS };

struct paper_options {
    enum paper_kind kind;
    enum paper_size size;
    int width, height; /* pixels of 1/96 inch, of PAPER_PIXELS */
    double dpi;        /* of a PNG on A4 or A3 */
};

enum { PAPER_DPI = 150 }; /* unless the user says otherwise */

/* @return whether a file of that name is a map on paper: .svg, .pdf, .png; false for NULL. */
bool paper_kind_of(const char *path, enum paper_kind *kind);

/* Reads the options of a sheet.
 * size: "A4", "A3" or "1600x1000"; NULL: A4
 * dpi: OPT_NOT_GIVEN for the usual one; for PNG on paper sizes only
 * @return false after job_fail(): what the user gave is no such size */
bool paper_options_read(struct job *job, enum paper_kind kind, const char *size, int dpi,
                        struct paper_options *options);

/* Writes a map to the job's output, whole or not at all. The same bytes for the same map.
 * @return false after job_fail() */
bool paper_write(struct job *job, const struct map *map, const struct paper_options *options);

#endif
