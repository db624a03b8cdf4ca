#include "write/ogr_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

/* What names a driver holds. */
struct rule {
    const char *driver;
    size_t most; /* bytes */
    bool plain;  /* letters, digits and underscores of ASCII only */
};

static struct rule rule_of(const char *driver)
{
    static const struct rule known[] = {{"ESRI Shapefile", 10, false}, {"MapInfo File", 31, true}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(driver, known[i].driver))
            return known[i];
    return (struct rule){driver, GEO_OGR_NAME_ROOM - 1, false};
}

/* Bytes of a name that fit into room without cutting a character. */
static size_t fitting(const char *name, size_t room)
{
    size_t n = strlen(name);
    if (n <= room)
        return n;
    while (room > 0 && ((unsigned char)name[room] & 0xC0) == 0x80)
        room--;
    return room;
}

/* Whether the layer has a column of this name already, be it its own. Case does not count in most
 * formats. */
static bool is_taken(OGRLayerH layer, const char *name)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int f = 0; f < OGR_FD_GetFieldCount(definition); f++)
        if (!strcasecmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, f)), name))
            return true;
    return !strcasecmp(OGR_L_GetFIDColumn(layer), name) ||
           !strcasecmp(OGR_L_GetGeometryColumn(layer), name);
}

static bool is_plain(int32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* A character in ASCII: the letter without its marks, else an underscore. */
static char plain_letter(int32_t c)
{
    enum { D_WITH_STROKE = 0x110, SMALL_D_WITH_STROKE = 0x111 }; /* that have no decomposition */
    int32_t apart[32];
    int boundary = 0;
    if (c == D_WITH_STROKE || c == SMALL_D_WITH_STROKE)
        return c == D_WITH_STROKE ? 'D' : 'd';
    utf8proc_ssize_t n = utf8proc_decompose_char(c, apart, sizeof apart / sizeof *apart,
                                                 UTF8PROC_DECOMPOSE, &boundary);
    return n > 0 && is_plain(apart[0]) ? (char)apart[0] : '_';
}

/* A name in ASCII, as much as room takes of it. It does not begin with a digit, which the driver
 * would write as an underscore. */
static void make_plain(const char *name, char *plain, size_t room)
{
    const uint8_t *at = (const uint8_t *)name;
    char *out = plain, *end = plain + room - 1;
    if (*at >= '0' && *at <= '9')
        *out++ = '_';
    while (*at && out < end) {
        int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(at, -1, &c);
        *out++ = n > 0 ? plain_letter(c) : '_';
        at += n > 0 ? n : 1;
    }
    *out = '\0';
}

void geo_ogr_choose_name(const char *driver, OGRLayerH layer, const char *name,
                         char chosen[GEO_OGR_NAME_ROOM])
{
    struct rule rule = rule_of(driver);
    char plain[GEO_OGR_NAME_ROOM];
    if (rule.plain) {
        make_plain(name, plain, sizeof plain);
        name = plain;
    }
    snprintf(chosen, GEO_OGR_NAME_ROOM, "%.*s", (int)fitting(name, rule.most), name);
    for (int k = 1; is_taken(layer, chosen); k++) {
        char number[16];
        int n = snprintf(number, sizeof number, "_%d", k);
        snprintf(chosen, GEO_OGR_NAME_ROOM, "%.*s%s", (int)fitting(name, rule.most - (size_t)n),
                 name, number);
    }
}
