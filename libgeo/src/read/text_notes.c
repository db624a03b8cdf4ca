#include "read/text_notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/grow.h"

void geo_say(char *text, size_t room, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, room, format, args);
    va_end(args);
    if (n < 0 || (size_t)n < room)
        return;
    size_t end = room - 1; /* of a character that may be cut, all bytes go, then its first one */
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

struct geo_text_finding *geo_add_text_finding(struct geo_origin *origin, enum geo_severity severity)
{
    if (!geo_grow(&origin->text, origin->text_count + 1, sizeof *origin->text))
        return NULL;
    struct geo_text_finding *finding = &origin->text[origin->text_count++];
    *finding = (struct geo_text_finding){.severity = severity};
    return finding;
}

enum geo_status geo_add_text_note(struct geo_ctx *ctx, struct geo_origin *origin, const char *text,
                                  const char *more)
{
    char *longer = NULL;
    const char *before = origin->text_note ? origin->text_note : "";
    if (asprintf(&longer, "%s%s%s%s%s", before, before[0] ? "; " : "", text, more[0] ? ": " : "",
                 more) < 0)
        return geo_no_memory(ctx);
    free(origin->text_note);
    origin->text_note = longer;
    return GEO_OK;
}
