/* A table as spreadsheets write it, read whole: UTF-8 with or without a byte order mark, or UTF-16
 * with one; commas, semicolons or tabs; cells in quotes; any line ends. */
#ifndef KIT_SHEET_H
#define KIT_SHEET_H

#include "kit/job.h"

struct sheet;

/* Reads a table whose header row names its columns, in any order and case.
 * @param path     must outlive the sheet
 * @param columns  the known names, ended by NULL; must outlive the sheet. The first `required` must
 *                 be there. The first of all is the key: no cell of it is empty, no two are alike.
 *                 Other columns of the file are named in a note and passed over.
 * @param sheet    freed by sheet_free(). It has at least one row; rows without any text are none.
 *                 Texts are UTF-8 NFC, without blanks at their ends.
 * @return false after a message with the line: GEO_EREAD, GEO_ETEXT, GEO_ENOMEM */
bool sheet_read(struct job *job, const char *path, const char *const *columns, size_t required,
                struct sheet **sheet);

/* Frees @p sheet. NULL is allowed. */
void sheet_free(struct sheet *sheet);

size_t sheet_rows(const struct sheet *sheet);

/* The cell of a row and a column, an index into the known names: "" if it is empty or its column is
 * not there. */
const char *sheet_text(const struct sheet *sheet, size_t row, size_t column);

/* The line of the file on which a row begins, from 1. */
size_t sheet_line(const struct sheet *sheet, size_t row);

/* Takes a cell as a number, NAN if it is empty: decimal points, decimal commas and grouped
 * thousands, as sheet_parse_number() says. */
bool sheet_number(struct job *job, const struct sheet *sheet, size_t row, size_t column,
                  double *value);

/* Fails the job with "FILE:LINE: COLUMN 'CELL' " and the reason. Returns false. */
bool sheet_fail(struct job *job, const struct sheet *sheet, size_t row, size_t column,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

enum sheet_number { SHEET_NUMBER, SHEET_AMBIGUOUS, SHEET_NO_NUMBER };

/* Takes text as a number where it can be meant in one way only. A mark (point or comma) that stands
 * twice groups thousands; of two different ones the last is the decimal mark; one alone is it,
 * too, unless it stands as a thousands mark would: "7.000" and "7,000" are ambiguous, "0.125" and
 * "1234.500" are not. */
enum sheet_number sheet_parse_number(const char *text, double *value);

#endif
