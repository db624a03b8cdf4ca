#include "kit/slug.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "kit/text.h"

/* The ASCII letter under a character's marks, 0 if there is none. */
static char base_letter(int32_t code)
{
    utf8proc_int32_t part[8];
    if (code == 0x110 || code == 0x111) /* đ has no decomposition */
        return 'd';
    utf8proc_ssize_t n =
        utf8proc_decompose_char(code, part, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    if (n < 1 || part[0] > 127 || !isalnum((int)part[0]))
        return 0;
    return (char)tolower((int)part[0]);
}

void slug_of(const char *text, char *slug, size_t size)
{
    size_t n = 0;
    bool parted = false;
    while (*text && n + 1 < size) {
        int32_t code;
        text += text_next(text, &code);
        utf8proc_category_t category = utf8proc_category(code);
        if (category == UTF8PROC_CATEGORY_MN) /* a mark on the letter before it */
            continue;
        char letter = base_letter(code);
        if (!letter) {
            parted = n > 0;
            continue;
        }
        if (parted && n + 2 < size)
            slug[n++] = '_';
        parted = false;
        slug[n++] = letter;
    }
    slug[n] = '\0';
    if (!n && size > strlen("none"))
        memcpy(slug, "none", sizeof "none");
}
