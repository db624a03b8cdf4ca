/* Text as terminals and JSON take it. All text is UTF-8; bytes that are not become
 * U+FFFD on the way out, and control characters never reach a terminal. */
#ifndef KIT_TEXT_H
#define KIT_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Reads the character at text, which is not at its end.
 * @return its length in bytes, 1 or more; *code is U+FFFD if it is not UTF-8 */
size_t text_next(const char *text, int32_t *code);

/* @return the columns of a terminal that text_print() takes for text: 0 for combining
 * characters, 2 for wide ones. */
size_t text_width(const char *text);

/* Writes text for a terminal on one line: a blank for each control character. */
void text_print(FILE *out, const char *text);

/* The same in place: a blank for each byte of a control character, '?' for each that is
 * not UTF-8. */
void text_clean(char *text);

/* Writes text as a JSON string with its quotes. */
void text_print_json(FILE *out, const char *text);

#endif
