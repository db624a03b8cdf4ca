#include "kit/text.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

static const int32_t replacement = 0xFFFD;

size_t text_next(const char *text, int32_t *code)
{
    /* no character is longer than 4 bytes; a terminating 0 in their midst ends it early */
    const utf8proc_ssize_t room = (utf8proc_ssize_t)strnlen(text, 4);
    const utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, room, code);

    if (n > 0)
        return (size_t)n;
    *code = replacement;
    return 1;
}

static bool is_control(int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

static void put(FILE *out, int32_t code)
{
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t n = utf8proc_encode_char(code, bytes);

    fwrite(bytes, 1, (size_t)n, out);
}

size_t text_width(const char *text)
{
    size_t width = 0;
    int32_t code;

    while (*text) {
        text += text_next(text, &code);
        width += is_control(code) ? 1 : (size_t)utf8proc_charwidth(code);
    }
    return width;
}

void text_print(FILE *out, const char *text)
{
    int32_t code;

    while (*text) {
        text += text_next(text, &code);
        put(out, is_control(code) ? ' ' : code);
    }
}

void text_clean(char *text)
{
    while (*text) {
        int32_t code;
        const size_t n = text_next(text, &code);
        if (is_control(code))
            memset(text, ' ', n);
        else if (n == 1 && code == replacement)
            *text = '?';
        text += n;
    }
}

void text_print_json(FILE *out, const char *text)
{
    int32_t code;

    fputc('"', out);
    while (*text) {
        text += text_next(text, &code);
        if (code == '"' || code == '\\')
            fprintf(out, "\\%c", (char)code);
        else if (is_control(code))
            fprintf(out, "\\u%04x", (unsigned)code);
        else
            put(out, code);
    }
    fputc('"', out);
}
