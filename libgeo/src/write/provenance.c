#include "write/provenance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "write/json_text.h"
#include "write/number.h"

static char *put_text(char *out, const char *text)
{
    return stpcpy(out, text);
}

static char *put_string(char *out, const char *text)
{
    return geo_put_json_text(out, text, strlen(text));
}

enum geo_status geo_provenance_head(struct geo_ctx *ctx, const struct geo_provenance *provenance,
                                    char **head)
{
    const char *tool = provenance->tool ? provenance->tool : "";
    const char *operation = provenance->operation ? provenance->operation : "";
    double accuracy_m = provenance->accuracy_m;
    enum { FIXED = 256 };
    char *text =
        malloc(FIXED + GEO_JSON_TEXT_ROOM(strlen(tool)) + GEO_JSON_TEXT_ROOM(strlen(operation)));
    if (!text)
        return geo_no_memory(ctx);
    char *out = put_text(text, "\"geo\":{\"version\":\"" GEO_VERSION "\",\"tool\":");
    out = put_string(out, tool);
    out = put_text(out, ",\"edges\":");
    out = put_string(out, provenance->edges == GEO_EDGES_GEODESIC ? "geodesic" : "lonlat");
    out = put_text(out, ",\"accuracy_m\":");
    if (accuracy_m >= 0 && accuracy_m < 1e9)
        out = geo_put_fixed(out, accuracy_m, 3);
    else
        out = put_text(out, "null"); /* not known */
    out = put_text(out, ",\"operation\":");
    out = put_string(out, operation);
    *out = '\0';
    *head = text;
    return GEO_OK;
}

enum geo_status geo_provenance_member(struct geo_ctx *ctx, const char *head,
                                      const struct geo_batch *batch, char **member)
{
    enum { FIXED = 64 };
    size_t n = batch ? batch->column_count : 0, room = strlen(head) + FIXED;
    for (size_t c = 0; c < n; c++)
        room += GEO_JSON_TEXT_ROOM(strlen(batch->column[c].name)) + FIXED;
    char *text = malloc(room);
    if (!text)
        return geo_no_memory(ctx);
    char *out = put_text(text, head);
    out = put_text(out, ",\"fields\":{");
    for (size_t c = 0; c < n; c++) {
        if (c)
            *out++ = ',';
        out = put_string(out, batch->column[c].name);
        *out++ = ':';
        out = put_string(out, geo_type_name(batch->column[c].type));
    }
    out = put_text(out, "}}");
    *out = '\0';
    *member = text;
    return GEO_OK;
}
