/* A table of results: filled cell by cell, row after row, and printed once. */
#ifndef KIT_TABLE_H
#define KIT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum table_type { TABLE_TEXT, TABLE_INTEGER, TABLE_REAL };

struct table_column {
    const char *name;
    enum table_type type;
    int decimals; /* of a REAL, 0 to 15 */
};

enum table_format {
    TABLE_ALIGNED, /* for people: columns under their names, "-" for nothing */
    TABLE_CSV,     /* RFC 4180 but for its line ends, which are \n; an empty field for
                      nothing, "" for an empty text */
    TABLE_EXCEL,   /* the same with semicolons and a byte order mark */
    TABLE_JSON     /* an array of objects, one a line; null for nothing */
};

/* The words of an option for it, in the order of the enum: text, csv, excel, json. */
extern const char *const table_formats[];

struct table;

/* @return an empty table with n >= 1 columns, which outlive it; NULL if out of memory.
 * The caller frees it with table_free(). */
struct table *table_new(const struct table_column *column, size_t n);

/* Frees @p t and all it owns. NULL is allowed. */
void table_free(struct table *t);

/* Each fills the next cell, whose column is of that type. Texts are copied; NULL, NAN and
 * infinities are nothing. A lack of memory shows in table_print(). */
void table_add_text(struct table *t, const char *text);
void table_add_integer(struct table *t, long long value);
void table_add_real(struct table *t, double value);

/* The same as table_add_real() without zeros at the end of the decimals: 21 and 4353.5. */
void table_add_short(struct table *t, double value);

/* Prints the rows filled so far. @p decimal_mark, '.' or ',', stands in the numbers of
 * ALIGNED and EXCEL, which people read; the others always have points.
 * @return false if memory ran out while it was filled, or writing failed (see ferror) */
bool table_print(const struct table *t, enum table_format format, char decimal_mark, FILE *out);

#endif
