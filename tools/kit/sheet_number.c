/* Numbers as people write them in one country or another. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/sheet.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mark(char c)
{
    return c == '.' || c == ',';
}

/* Whether the mark parts groups of three digits all the way up to end. */
static bool is_grouped(const char *text, const char *end, char mark)
{
    size_t digits = 0;
    bool is_first = true;
    for (; text <= end; text++) {
        if (text < end && is_digit(*text)) {
            digits++;
        } else if (text < end && *text != mark) {
            return false;
        } else {
            if (is_first ? digits < 1 || digits > 3 : digits != 3)
                return false;
            is_first = false;
            digits = 0;
        }
    }
    return true;
}

/* Finds the decimal mark among the digits text[0..n-1]: n if there is none. */
static enum sheet_number find_decimal(const char *text, size_t n, size_t *decimal)
{
    size_t first = n, last = n, marks = 0;
    for (size_t i = 0; i < n; i++)
        if (is_mark(text[i])) {
            first = marks++ ? first : i;
            last = i;
        }
    *decimal = last;
    if (marks == 0)
        return SHEET_NUMBER;
    if (text[first] != text[last]) /* 1.234,5 */
        return is_grouped(text, text + last, text[first]) ? SHEET_NUMBER : SHEET_NO_NUMBER;
    bool grouped = is_grouped(text, text + n, text[first]);
    if (marks > 1) { /* 1.234.567 */
        *decimal = n;
        return grouped ? SHEET_NUMBER : SHEET_NO_NUMBER;
    }
    return grouped && text[0] != '0' ? SHEET_AMBIGUOUS : SHEET_NUMBER;
}

enum sheet_number sheet_parse_number(const char *text, double *value)
{
    char plain[64];
    size_t sign = *text == '-' || *text == '+', used = 0, n, decimal;
    const char *digits = text + sign;
    for (n = 0; is_digit(digits[n]) || is_mark(digits[n]); n++)
        continue;
    const char *rest = digits + n;
    if (n == 0 || strlen(text) >= sizeof plain || (*rest && *rest != 'e' && *rest != 'E'))
        return SHEET_NO_NUMBER;
    enum sheet_number kind = find_decimal(digits, n, &decimal);
    if (kind != SHEET_NUMBER)
        return kind;
    if (sign)
        plain[used++] = *text;
    for (size_t i = 0; i < n; i++) {
        if (is_digit(digits[i]))
            plain[used++] = digits[i];
        else if (i == decimal)
            plain[used++] = '.';
    }
    snprintf(plain + used, sizeof plain - used, "%s", rest);
    char *end;
    double number = strtod(plain, &end); /* programs of this project keep the locale "C" */
    if (*end || end == plain || !isfinite(number))
        return SHEET_NO_NUMBER;
    *value = number;
    return SHEET_NUMBER;
}

bool sheet_number(struct job *job, const struct sheet *sheet, size_t row, size_t column,
                  double *value)
{
    const char *text = sheet_text(sheet, row, column);
    double number = NAN;
    enum sheet_number kind = *text ? sheet_parse_number(text, &number) : SHEET_NUMBER;
    if (kind == SHEET_AMBIGUOUS)
        return sheet_fail(job, sheet, row, column,
                          "is ambiguous: write it without marks between thousands, and without "
                          "zeros at the end of its decimals");
    if (kind == SHEET_NO_NUMBER)
        return sheet_fail(job, sheet, row, column, "is no number");
    *value = number;
    return true;
}
