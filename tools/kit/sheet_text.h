/* The bytes of a table's file as text, for kit/sheet.c. */
#ifndef KIT_SHEET_TEXT_H
#define KIT_SHEET_TEXT_H

#include "kit/job.h"

/* Reads a file whole and decodes it to UTF-8 in normal form C, without a byte order mark, ended
 * by a zero and with no other in it. The caller frees *text.
 * @return false after a message: GEO_EREAD, GEO_ETEXT, GEO_ENOMEM */
bool sheet_load(struct job *job, const char *path, char **text);

#endif
