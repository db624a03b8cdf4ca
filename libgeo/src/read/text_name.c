/* Names of encodings as files and people state them. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/text.h"

static bool starts(const char *text, const char *with)
{
    return !strncasecmp(text, with, strlen(with));
}

void geo_encoding_name(const char *stated, char *name, size_t room)
{
    static const char *const families[] = {"ANSI", "OEM", "CP", "WINDOWS", "MS"};
    while (isspace((unsigned char)*stated))
        stated++;
    size_t n = strcspn(stated, "\r\n\t/");
    while (n > 0 && isspace((unsigned char)stated[n - 1]))
        n--;
    snprintf(name, room, "%.*s", (int)n, stated);

    const char *number = name;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (starts(name, families[i]))
            number = name + strlen(families[i]);
    number += strspn(number, " -_");
    bool is_number = *number && strspn(number, "0123456789") == strlen(number);
    const char *iso = strstr(name, "8859");
    char digits[32];
    if (!strcasecmp(name, "UTF8") || !strcasecmp(name, "UTF 8") ||
        (is_number && !strcmp(number, "65001"))) {
        snprintf(name, room, "UTF-8");
    } else if (iso && (iso == name || starts(name, "ISO"))) {
        iso += 4 + strspn(iso + 4, " -_");
        snprintf(digits, sizeof digits, "%.*s", (int)strspn(iso, "0123456789"), iso);
        snprintf(name, room, "ISO-8859-%s", digits[0] ? digits : "1");
    } else if (is_number) {
        snprintf(digits, sizeof digits, "%s", number);
        snprintf(name, room, "CP%s", digits);
    } else if (starts(name, "TCVN") || !strcasecmp(name, "ABC")) {
        snprintf(name, room, "TCVN");
    } else if (!strcasecmp(name, GEO_VNI)) {
        snprintf(name, room, GEO_VNI);
    }
}
