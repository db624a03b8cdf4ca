#include "kit/sheet.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/sheet_text.h"

/* A column of the file that nobody asked for. */
#define UNKNOWN SIZE_MAX

struct sheet {
    const char *path;
    const char *const *name; /* the known columns */
    size_t column_count;
    char *text;  /* the file, which cells are cut from */
    char **cell; /* column_count a row; NULL: empty */
    size_t *line;
    size_t row_count, room;
};

/* Where reading stands. */
struct reader {
    struct job *job;
    struct sheet *sheet;
    char *at;
    size_t line;
    char separator;
    size_t *column; /* the known one for each of the header, or UNKNOWN */
    size_t column_count;
};

static bool fail_at(struct reader *r, size_t line, const char *what)
{
    return job_fail(r->job, GEO_EREAD, "%s:%zu: %s", r->sheet->path, line, what);
}

/* ---- cells ---- */

static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t", text[n - 1]))
        n--;
    text[n] = '\0';
    return text;
}

/* Takes the quotes off the cell at r->at, which goes on behind it. */
static bool unquote(struct reader *r, char **end)
{
    size_t begun = r->line;
    char *to = r->at, *from = r->at + 1;
    for (; *from; from++) {
        if (from[0] == '"' && from[1] != '"')
            break;
        from += from[0] == '"';
        r->line += *from == '\n';
        *to++ = *from;
    }
    if (!*from)
        return fail_at(r, begun, "a quote is opened and never closed");
    r->at = from + 1;
    *end = to;
    return true;
}

/* Cuts the next cell; *is_last: it ends its row. Goes on behind what parts it from the next. */
static bool next_cell(struct reader *r, char **text, bool *is_last)
{
    const char ends[] = {r->separator, '\r', '\n', '\0'};
    if (r->separator != '\t')
        r->at += strspn(r->at, " \t");
    char *end = r->at;
    *text = r->at;
    if (*r->at == '"') {
        if (!unquote(r, &end))
            return false;
        r->at += strspn(r->at, r->separator == '\t' ? " " : " \t");
        if (!strchr(ends, *r->at))
            return fail_at(r, r->line, "text follows a quoted cell: quotes inside it are doubled");
    } else {
        r->at += strcspn(r->at, ends);
        end = r->at;
    }
    char mark = *r->at;
    *is_last = mark != r->separator;
    if (mark)
        r->at++;
    if (mark == '\r' && *r->at == '\n')
        r->at++;
    r->line += mark == '\r' || mark == '\n';
    *end = '\0';
    *text = trim(*text);
    return true;
}

/* ---- the header ---- */

/* What stands most often in the first line, outside quotes. */
static char find_separator(const char *text)
{
    static const char marks[] = {',', ';', '\t'};
    size_t count[sizeof marks] = {0}, best = 0;
    bool quoted = false;
    for (; *text && (quoted || !strchr("\r\n", *text)); text++) {
        quoted ^= *text == '"';
        for (size_t m = 0; m < sizeof marks && !quoted; m++)
            count[m] += *text == marks[m];
    }
    for (size_t m = 1; m < sizeof marks; m++)
        if (count[m] > count[best])
            best = m;
    return marks[best];
}

static size_t find_known(const struct sheet *s, const char *name)
{
    size_t c = 0;
    while (c < s->column_count && strcasecmp(s->name[c], name) != 0)
        c++;
    return c < s->column_count ? c : UNKNOWN;
}

static bool add_column(struct reader *r, const char *name, size_t line)
{
    size_t known = find_known(r->sheet, name);
    for (size_t c = 0; known != UNKNOWN && c < r->column_count; c++)
        if (r->column[c] == known)
            return job_fail(r->job, GEO_EREAD, "%s:%zu: two columns are called '%s'",
                            r->sheet->path, line, name);
    size_t *grown = reallocarray(r->column, r->column_count + 1, sizeof *grown);
    if (!grown)
        return job_fail(r->job, GEO_ENOMEM, "out of memory");
    r->column = grown;
    r->column[r->column_count++] = known;
    if (known == UNKNOWN && *name)
        say_note(&r->job->say, "%s: column '%s' is not known and not used", r->sheet->path, name);
    return true;
}

static bool has_column(const struct reader *r, size_t known)
{
    for (size_t c = 0; c < r->column_count; c++)
        if (r->column[c] == known)
            return true;
    return false;
}

/* Names what lacks, and all that could be there. */
static bool check_header(struct reader *r, size_t required)
{
    char all[512] = "";
    size_t used = 0;
    for (size_t c = 0; c < r->sheet->column_count && used < sizeof all; c++)
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", c ? ", " : "",
                                 r->sheet->name[c]);
    for (size_t c = 0; c < required; c++)
        if (!has_column(r, c))
            return job_fail(r->job, GEO_EREAD, "%s: there is no column '%s' (the columns are %s)",
                            r->sheet->path, r->sheet->name[c], all);
    return true;
}

static bool read_header(struct reader *r, size_t required)
{
    bool is_last = false;
    for (; *r->at && strchr("\r\n", *r->at); r->at++)
        r->line += *r->at == '\n';
    if (!*r->at)
        return job_fail(r->job, GEO_EREAD, "%s is empty", r->sheet->path);
    r->separator = find_separator(r->at);
    size_t line = r->line;
    while (!is_last) {
        char *name;
        if (!next_cell(r, &name, &is_last) || !add_column(r, name, line))
            return false;
    }
    return check_header(r, required);
}

/* ---- rows ---- */

static bool add_row(struct sheet *s, size_t line)
{
    if (s->row_count == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        char **cell = reallocarray(s->cell, room, s->column_count * sizeof *cell);
        s->cell = cell ? cell : s->cell;
        size_t *lines = cell ? reallocarray(s->line, room, sizeof *lines) : NULL;
        if (!lines)
            return false;
        s->line = lines;
        s->room = room;
    }
    memset(s->cell + s->row_count * s->column_count, 0, s->column_count * sizeof *s->cell);
    s->line[s->row_count++] = line;
    return true;
}

static bool read_row(struct reader *r)
{
    struct sheet *s = r->sheet;
    bool is_last = false, has_text = false;
    if (!add_row(s, r->line))
        return job_fail(r->job, GEO_ENOMEM, "out of memory");
    size_t line = r->line;
    char **cell = s->cell + (s->row_count - 1) * s->column_count;
    for (size_t c = 0; !is_last; c++) {
        char *text;
        if (!next_cell(r, &text, &is_last))
            return false;
        if (c >= r->column_count && *text)
            return fail_at(r, line,
                           "more cells than the header has columns: a cell with the separator in "
                           "it stands in quotes");
        if (c < r->column_count && r->column[c] != UNKNOWN)
            cell[r->column[c]] = text;
        has_text = has_text || *text;
    }
    s->row_count -= !has_text;
    return true;
}

static int by_key(const void *a, const void *b, void *data)
{
    const struct sheet *s = data;
    size_t row = *(const size_t *)a, other = *(const size_t *)b;
    int order = strcmp(sheet_text(s, row, 0), sheet_text(s, other, 0));
    return order ? order : (row > other) - (row < other);
}

static bool find_twins(struct job *job, struct sheet *s, size_t *order)
{
    for (size_t i = 0; i < s->row_count; i++)
        order[i] = i;
    qsort_r(order, s->row_count, sizeof *order, by_key, s);
    for (size_t i = 1; i < s->row_count; i++)
        if (!strcmp(sheet_text(s, order[i - 1], 0), sheet_text(s, order[i], 0)))
            return sheet_fail(job, s, order[i], 0, "stands on line %zu already",
                              s->line[order[i - 1]]);
    return true;
}

static bool check_keys(struct job *job, struct sheet *s)
{
    for (size_t row = 0; row < s->row_count; row++)
        if (!*sheet_text(s, row, 0))
            return sheet_fail(job, s, row, 0, "is empty: every row has its own");
    size_t *order = reallocarray(NULL, s->row_count, sizeof *order);
    if (!order)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    bool done = find_twins(job, s, order);
    free(order);
    return done;
}

static bool read_rows(struct reader *r)
{
    while (*r->at)
        if (!read_row(r))
            return false;
    if (r->sheet->row_count == 0)
        return job_fail(r->job, GEO_EREAD, "%s has no rows below its header", r->sheet->path);
    return check_keys(r->job, r->sheet);
}

bool sheet_read(struct job *job, const char *path, const char *const *columns, size_t required,
                struct sheet **sheet)
{
    struct sheet *s = calloc(1, sizeof *s);
    if (!s)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    struct reader r = {.job = job, .sheet = s, .line = 1};
    s->path = path;
    s->name = columns;
    while (columns[s->column_count])
        s->column_count++;
    bool done = sheet_load(job, path, &s->text);
    r.at = s->text;
    done = done && read_header(&r, required) && read_rows(&r);
    free(r.column);
    if (done)
        *sheet = s;
    else
        sheet_free(s);
    return done;
}

void sheet_free(struct sheet *sheet)
{
    if (!sheet)
        return;
    free(sheet->text);
    free(sheet->cell);
    free(sheet->line);
    free(sheet);
}

/* ---- what it holds ---- */

size_t sheet_rows(const struct sheet *sheet)
{
    return sheet->row_count;
}

const char *sheet_text(const struct sheet *sheet, size_t row, size_t column)
{
    const char *text = sheet->cell[row * sheet->column_count + column];
    return text ? text : "";
}

size_t sheet_line(const struct sheet *sheet, size_t row)
{
    return sheet->line[row];
}

bool sheet_fail(struct job *job, const struct sheet *sheet, size_t row, size_t column,
                const char *format, ...)
{
    char reason[512];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    return job_fail(job, GEO_EREAD, "%s:%zu: %s '%s' %s", sheet->path, sheet->line[row],
                    sheet->name[column], sheet_text(sheet, row, column), reason);
}
