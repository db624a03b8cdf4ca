#include "kit/table.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kit/text.h"

const char *const table_formats[] = {"text", "csv", "excel", "json", NULL};

/* Cells are offsets into one text; a cell of nothing has none. */
struct table {
    const struct table_column *column;
    size_t n_columns;
    char *text;
    size_t text_used, text_room;
    size_t *cell;
    size_t n_cells, cell_room;
    bool failed;
};

static const size_t nothing = SIZE_MAX;

struct table *table_new(const struct table_column *column, size_t n)
{
    struct table *t = calloc(1, sizeof *t);

    if (t) {
        t->column = column;
        t->n_columns = n;
    }
    return t;
}

void table_free(struct table *t)
{
    if (!t)
        return;
    free(t->text);
    free(t->cell);
    free(t);
}

/* Makes room for `more` items after the used ones. */
static bool grow(void **items, size_t item_size, size_t used, size_t more, size_t *room)
{
    if (more <= *room - used)
        return true;
    size_t wanted = *room < 64 ? 64 : *room;
    while (wanted - used < more)
        if (__builtin_mul_overflow(wanted, 2, &wanted))
            return false;
    void *grown = reallocarray(*items, wanted, item_size);
    if (!grown)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

void table_add_text(struct table *t, const char *text)
{
    const size_t size = text ? strlen(text) + 1 : 0;
    void *cells = t->cell, *bytes = t->text;

    if (t->failed)
        return;
    t->failed = !grow(&cells, sizeof *t->cell, t->n_cells, 1, &t->cell_room);
    t->cell = cells;
    t->failed = t->failed || !grow(&bytes, 1, t->text_used, size, &t->text_room);
    t->text = bytes;
    if (t->failed)
        return;
    t->cell[t->n_cells++] = text ? t->text_used : nothing;
    if (text)
        memcpy(t->text + t->text_used, text, size);
    t->text_used += size;
}

void table_add_integer(struct table *t, long long value)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", value);
    table_add_text(t, text);
}

static void add_number(struct table *t, double value, bool is_short)
{
    const int decimals = t->column[t->n_cells % t->n_columns].decimals;
    char text[352]; /* the longest double has 309 digits before its point */

    if (!isfinite(value)) {
        table_add_text(t, NULL);
        return;
    }
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    while (is_short && decimals > 0 && (text[n - 1] == '0' || text[n - 1] == '.')) {
        const bool is_point = text[n - 1] == '.';
        text[--n] = '\0';
        if (is_point)
            break;
    }
    const bool is_zero = text[strspn(text, "-0.")] == '\0';
    table_add_text(t, is_zero && *text == '-' ? text + 1 : text); /* no -0.00 */
}

void table_add_real(struct table *t, double value)
{
    add_number(t, value, false);
}

void table_add_short(struct table *t, double value)
{
    add_number(t, value, true);
}

static const char *cell_text(const struct table *t, size_t row, size_t column)
{
    const size_t at = t->cell[row * t->n_columns + column];

    return at == nothing ? NULL : t->text + at;
}

static size_t row_count(const struct table *t)
{
    return t->n_cells / t->n_columns;
}

static void print_number(FILE *out, const char *text, char decimal_mark)
{
    for (; *text; text++)
        fputc(*text == '.' ? decimal_mark : *text, out);
}

/* Writes one cell padded to its column; the last one at the left gets no blanks after. */
static void print_padded(FILE *out, const struct table *t, size_t column, const char *text,
                         size_t width, char decimal_mark)
{
    const bool is_last = column + 1 == t->n_columns;
    const int padding = (int)(width - text_width(text));

    fputs(column ? "  " : "", out);
    if (t->column[column].type == TABLE_TEXT) {
        text_print(out, text);
        fprintf(out, "%*s", is_last ? 0 : padding, "");
    } else {
        fprintf(out, "%*s", padding, "");
        print_number(out, text, decimal_mark);
    }
}

static size_t column_width(const struct table *t, size_t column)
{
    size_t width = text_width(t->column[column].name);

    for (size_t row = 0; row < row_count(t); row++) {
        const char *text = cell_text(t, row, column);
        const size_t wanted = text ? text_width(text) : 1;
        width = wanted > width ? wanted : width;
    }
    return width;
}

static bool print_aligned(const struct table *t, char decimal_mark, FILE *out)
{
    size_t *width = calloc(t->n_columns, sizeof *width);

    if (!width)
        return false;
    for (size_t c = 0; c < t->n_columns; c++) {
        width[c] = column_width(t, c);
        print_padded(out, t, c, t->column[c].name, width[c], '.');
    }
    fputc('\n', out);
    for (size_t row = 0; row < row_count(t); row++) {
        for (size_t c = 0; c < t->n_columns; c++) {
            const char *text = cell_text(t, row, c);
            print_padded(out, t, c, text ? text : "-", width[c], decimal_mark);
        }
        fputc('\n', out);
    }
    free(width);
    return true;
}

/* A text with a quote, a line end, a separator or nothing in it stands in quotes. */
static void print_field(FILE *out, const char *text, char separator)
{
    const char special[] = {'"', '\r', '\n', separator, '\0'};

    if (*text && !text[strcspn(text, special)]) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void print_csv(const struct table *t, char separator, char decimal_mark, FILE *out)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        if (c)
            fputc(separator, out);
        print_field(out, t->column[c].name, separator);
    }
    fputc('\n', out);
    for (size_t row = 0; row < row_count(t); row++) {
        for (size_t c = 0; c < t->n_columns; c++) {
            const char *text = cell_text(t, row, c);
            if (c)
                fputc(separator, out);
            if (text && t->column[c].type == TABLE_TEXT)
                print_field(out, text, separator);
            else if (text)
                print_number(out, text, decimal_mark);
        }
        fputc('\n', out);
    }
}

static void print_json_row(const struct table *t, size_t row, FILE *out)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        const char *text = cell_text(t, row, c);
        fputs(c ? ", " : "{", out);
        text_print_json(out, t->column[c].name);
        fputs(": ", out);
        if (text && t->column[c].type == TABLE_TEXT)
            text_print_json(out, text);
        else
            fputs(text ? text : "null", out);
    }
    fputc('}', out);
}

static void print_json(const struct table *t, FILE *out)
{
    fputc('[', out);
    for (size_t row = 0; row < row_count(t); row++) {
        fputs(row ? ",\n" : "\n", out);
        print_json_row(t, row, out);
    }
    fputs(row_count(t) ? "\n]\n" : "]\n", out);
}

bool table_print(const struct table *t, enum table_format format, char decimal_mark, FILE *out)
{
    bool printed = !t->failed;

    if (!printed)
        return false;
    if (format == TABLE_JSON) {
        print_json(t, out);
    } else if (format == TABLE_CSV) {
        print_csv(t, ',', '.', out);
    } else if (format == TABLE_EXCEL) {
        fputs("\xEF\xBB\xBF", out);
        print_csv(t, ';', decimal_mark, out);
    } else {
        printed = print_aligned(t, decimal_mark, out);
    }
    return printed && !ferror(out);
}
