/* Records of a .dbf as cells of a batch. */
#include <cpl_conv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "read/dbf.h"
#include "read/geojson_number.h"
#include "read/ogr.h"

#define CELL_BYTES 256 /* no field is as wide */

/* Whether there is more than blanks and zeros from a zero byte to the end of its cell. */
static bool has_rest(const char *zero, const char *end)
{
    while (zero < end && (*zero == ' ' || *zero == '\0'))
        zero++;
    return zero < end;
}

/* The text of a cell, and whether something stands behind it. */
static const char *trim(const char *cell, size_t width, size_t *n, bool *is_cut)
{
    const char *zero = memchr(cell, 0, width), *end = zero ? zero : cell + width;
    *is_cut = zero && has_rest(zero, cell + width);
    while (cell < end && *cell == ' ')
        cell++;
    while (end > cell && end[-1] == ' ')
        end--;
    *n = (size_t)(end - cell);
    return cell;
}

const char *geo_dbf_trim(const char *cell, size_t width, size_t *n)
{
    bool is_cut;
    return trim(cell, width, n, &is_cut);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(const char *text, const char *end)
{
    const char *s = text;
    while (s < end && is_digit(*s))
        s++;
    return (size_t)(s - text);
}

static bool is_plain_int(const char *text, size_t n)
{
    size_t sign = n > 0 && *text == '-';
    return n > sign && digits(text + sign, text + n) == n - sign;
}

/* Whether a text is a sign, digits with or without a point, and nothing else. */
static bool is_plain_real(const char *text, size_t n)
{
    const char *s = text + (n > 0 && *text == '-'), *end = text + n;
    size_t whole = digits(s, end), part = 0;
    s += whole;
    if (s < end && *s == '.') {
        part = digits(s + 1, end);
        s += 1 + part;
    }
    return s == end && whole + part > 0;
}

/* ---- what a cell is not ---- */

static const char no_number[] = "cell that is no number left empty";
static const char has_comma[] = "number with a decimal comma left empty";
static const char no_integer[] = "number that is no integer, in a column of integers, left empty";
static const char no_date[] = "cell that is no date left empty";
static const char no_truth[] = "cell that is neither true nor false left empty";

/* A cell that is null for a reason, which names the field and shows what is there. */
static enum geo_status note_cell(struct geo_ctx *ctx, struct geo_batch *batch, size_t c, size_t i,
                                 const char *what, const char *text, size_t n)
{
    char shown[41];
    size_t most = n < sizeof shown - 1 ? n : sizeof shown - 1;
    for (size_t k = 0; k < most; k++)
        shown[k] = (char)(text[k] >= ' ' && text[k] <= '~' ? text[k] : '?');
    shown[most] = '\0';
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i], what, "field '%s': '%s'",
                          batch->column[c].name, shown);
}

/* Whether a text is all of one byte. */
static bool is_all(const char *text, size_t n, char byte)
{
    while (n > 0 && text[n - 1] == byte)
        n--;
    return n == 0;
}

/* A sign, digits, a comma, digits: what it means is not for us to say. */
static bool is_with_comma(const char *text, size_t n)
{
    const char *s = text + (n > 0 && *text == '-'), *end = text + n;
    size_t whole = digits(s, end);
    return whole > 0 && s + whole < end && s[whole] == ',' && end - (s + whole + 1) > 0 &&
           digits(s + whole + 1, end) == (size_t)(end - (s + whole + 1));
}

/* Whether an exponent follows at a place in a text: its letter, a sign or none, digits. */
static bool is_exponent(const char *text, const char *end)
{
    if (end - text < 2 || (*text != 'e' && *text != 'E'))
        return false;
    text += 1 + (text[1] == '+' || text[1] == '-');
    return text < end && digits(text, end) == (size_t)(end - text);
}

/* A number in any way that tables have it, "1e-5" too; NULL, or what it is not. */
static const char *parse_real(const char *text, size_t n, double *value)
{
    char copy[CELL_BYTES];
    size_t mantissa = 0;
    while (mantissa < n && text[mantissa] != 'e' && text[mantissa] != 'E')
        mantissa++;
    if (!is_plain_real(text, mantissa) || (mantissa < n && !is_exponent(text + mantissa, text + n)))
        return is_with_comma(text, n) ? has_comma : no_number;
    memcpy(copy, text, n);
    copy[n] = '\0';
    *value = CPLAtof(copy);
    return isfinite(*value) ? NULL : no_number;
}

/* ---- the values ---- */

static const char *set_int(struct geo_batch *batch, size_t c, size_t i, const char *text, size_t n)
{
    double real;
    int64_t value;
    if (!is_plain_int(text, n) || !geo_json_int(text, n, &value)) {
        const char *fault = parse_real(text, n, &real);
        if (fault)
            return fault;
        if (real != trunc(real) || fabs(real) > 0x1p53)
            return no_integer;
        value = (int64_t)real;
    }
    geo_batch_set_int(batch, c, i, value);
    return NULL;
}

static const char *set_real(struct geo_batch *batch, size_t c, size_t i, const char *text, size_t n)
{
    double value;
    if (!is_plain_real(text, n) || !geo_quick_real(text, n, &value)) {
        const char *fault = parse_real(text, n, &value);
        if (fault)
            return fault;
    }
    geo_batch_set_real(batch, c, i, value);
    return NULL;
}

static const char *set_bool(struct geo_batch *batch, size_t c, size_t i, char letter)
{
    if (letter == '?')
        return NULL;
    if (!strchr("TtYyFfNn", letter))
        return no_truth;
    geo_batch_set_bool(batch, c, i, strchr("TtYy", letter) != NULL);
    return NULL;
}

static int two_digits(const char *text)
{
    return 10 * (text[0] - '0') + (text[1] - '0');
}

/* Whether YYYYMMDD is a day of the Gregorian calendar. */
static bool is_day(const char *text, size_t n)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (n != 8 || digits(text, text + n) != n)
        return false;
    int year = 100 * two_digits(text) + two_digits(text + 2);
    int month = two_digits(text + 4), day = two_digits(text + 6);
    if (year == 0 || month < 1 || month > 12 || day < 1)
        return false;
    if (month == 2 && day == 29)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1];
}

/* YYYYMMDD as ISO 8601; zeros are no date, as blanks are none. */
static enum geo_status set_date(struct geo_ctx *ctx, struct geo_batch *batch, size_t c, size_t i,
                                const char *text, size_t n)
{
    if (*text == '0' && is_all(text, n, '0'))
        return GEO_OK;
    if (!is_day(text, n))
        return note_cell(ctx, batch, c, i, no_date, text, n);
    char date[10] = {text[0], text[1], text[2], text[3], '-',
                     text[4], text[5], '-',     text[6], text[7]};
    return geo_batch_set_text(ctx, batch, c, i, GEO_TYPE_DATE, date, sizeof date);
}

static enum geo_status set_text(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                struct geo_decoder *decoder, struct geo_batch *batch, size_t c,
                                size_t i, const char *text, size_t n)
{
    struct geo_column *column = &batch->column[c];
    struct geo_ogr_place place = {column->name, batch->fid[i], ogr->column[c].capitals};
    size_t at = 0, length = 0, width = ogr->dbf->field[ogr->column[c].field].width;
    GEO_TRY(geo_ogr_decode(ctx, ogr, decoder, text, n, width, place, batch, &at, &length));
    column = &batch->column[c];
    column->value[i].text.at = at;
    column->value[i].text.n = length;
    column->cell_type[i] = GEO_TYPE_TEXT;
    return GEO_OK;
}

/* A value that is not text. A number of asterisks is null: GDAL writes null so, and where another
 * program means a number too wide for its field, it is lost. */
static enum geo_status set_value(struct geo_ctx *ctx, enum geo_type type, struct geo_batch *batch,
                                 size_t c, size_t i, const char *text, size_t n)
{
    const char *fault = NULL;
    size_t plus = *text == '+' && n > 1 && text[1] != '-';
    if (type == GEO_TYPE_DATE)
        return set_date(ctx, batch, c, i, text, n);
    if (type == GEO_TYPE_BOOL)
        fault = set_bool(batch, c, i, *text);
    else if (*text == '*' && is_all(text, n, '*'))
        return GEO_OK;
    else if (type == GEO_TYPE_INT)
        fault = set_int(batch, c, i, text + plus, n - plus);
    else
        fault = set_real(batch, c, i, text + plus, n - plus);
    return fault ? note_cell(ctx, batch, c, i, fault, text, n) : GEO_OK;
}

/* ---- the cells ---- */

static enum geo_status note_rest(struct geo_ctx *ctx, struct geo_batch *batch, size_t c, size_t i)
{
    return geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                          "cell ends at a zero byte; what stands behind it is left out",
                          "field '%s'", batch->column[c].name);
}

enum geo_status geo_dbf_note_rest(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                                  const char *record, struct geo_batch *batch, size_t c, size_t i)
{
    const struct geo_dbf_field *field = &ogr->dbf->field[ogr->column[c].field];
    size_t n;
    bool is_cut;
    trim(record + field->at, field->width, &n, &is_cut);
    return is_cut ? note_rest(ctx, batch, c, i) : GEO_OK;
}

enum geo_status geo_dbf_cell(struct geo_ctx *ctx, const struct geo_ogr *ogr, const char *record,
                             struct geo_batch *batch, size_t c, size_t i)
{
    const struct geo_dbf_field *field = &ogr->dbf->field[ogr->column[c].field];
    size_t n;
    const char *text = geo_dbf_trim(record + field->at, field->width, &n);
    return n > 0 ? set_value(ctx, ogr->column[c].type, batch, c, i, text, n) : GEO_OK;
}

enum geo_status geo_dbf_cells(struct geo_ctx *ctx, const struct geo_ogr *ogr,
                              struct geo_decoder *decoder, const char *record,
                              struct geo_batch *batch, size_t i)
{
    for (size_t c = 0; c < ogr->column_count; c++) {
        const struct geo_dbf_field *field = &ogr->dbf->field[ogr->column[c].field];
        size_t n;
        bool is_cut;
        const char *text = trim(record + field->at, field->width, &n, &is_cut);
        if (is_cut)
            GEO_TRY(note_rest(ctx, batch, c, i));
        if (n == 0)
            continue;
        if (ogr->column[c].type == GEO_TYPE_TEXT)
            GEO_TRY(set_text(ctx, ogr, decoder, batch, c, i, text, n));
        else
            GEO_TRY(set_value(ctx, ogr->column[c].type, batch, c, i, text, n));
    }
    return GEO_OK;
}
