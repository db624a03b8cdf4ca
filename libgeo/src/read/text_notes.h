/* What is said of the text of an input: its findings and its note. */
#ifndef GEO_READ_TEXT_NOTES_H
#define GEO_READ_TEXT_NOTES_H

#include "read/input.h"

/* As snprintf(), but never cut within a character. */
void geo_say(char *text, size_t room, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An empty finding at the end of the origin's; NULL: out of memory. Valid until the next. */
struct geo_text_finding *geo_add_text_finding(struct geo_origin *origin,
                                              enum geo_severity severity);

/* Adds "text: more" to the origin's note. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_add_text_note(struct geo_ctx *ctx, struct geo_origin *origin, const char *text,
                                  const char *more);

#endif
