/* Text of drawings. GDAL decodes it by the drawing's code page, but loses the last character of
 * windows-1258 text, and does so too from AC1021 (2007) on, where text is UTF-8 whatever the code
 * page; and drawings with fonts of TCVN3 state a code page that is not theirs. */
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <stdio.h>
#include <string.h>

#include "read/ogr.h"

#define HEADER_BYTES 65536 /* the code page stands among the first variables */

/* The value of a variable in the header of a drawing, which stands two lines below its name; ""
 * if there is none. */
static void header_value(const char *header, const char *name, char *value, size_t room)
{
    value[0] = '\0';
    const char *at = strstr(header, name);
    for (int line = 0; at && line < 2; line++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    if (!at)
        return;
    size_t n = strcspn(at, "\r\n");
    n = n < room ? n : room - 1;
    memcpy(value, at, n);
    value[n] = '\0';
}

void geo_dxf_encoding(const char *path, char *encoding, size_t room)
{
    char version[16] = "", page[32] = "";
    char *header = CPLMalloc(HEADER_BYTES + 1);
    VSILFILE *file = VSIFOpenL(path, "rb");
    size_t n = file ? VSIFReadL(header, 1, HEADER_BYTES, file) : 0;
    if (file)
        VSIFCloseL(file);
    header[n] = '\0';
    header_value(header, "$ACADVER", version, sizeof version);
    header_value(header, "$DWGCODEPAGE", page, sizeof page);
    CPLFree(header);
    bool is_utf8 = strcmp(version, "AC1021") >= 0;
    bool is_cut = !strcmp(page, "ANSI_1258");
    snprintf(encoding, room, "%s", is_utf8 && !page[0] ? "UTF-8" : is_utf8 || is_cut ? page : "");
}
