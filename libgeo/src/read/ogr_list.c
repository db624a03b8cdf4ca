/* List fields of GDAL as JSON arrays. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"

/* Appends to the text of a batch, where nothing else is added meanwhile. */
static enum geo_status append(struct geo_ctx *ctx, struct geo_batch *batch, const char *text)
{
    size_t at;
    return geo_batch_add_text(ctx, batch, text, strlen(text), &at);
}

static enum geo_status append_real(struct geo_ctx *ctx, struct geo_batch *batch, double real)
{
    char number[40];
    if (!isfinite(real))
        return append(ctx, batch, "null");
    snprintf(number, sizeof number, "%.15g", real);
    if (strtod(number, NULL) != real)
        snprintf(number, sizeof number, "%.17g", real);
    return append(ctx, batch, number);
}

static enum geo_status append_int(struct geo_ctx *ctx, struct geo_batch *batch, int64_t integer)
{
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, integer);
    return append(ctx, batch, number);
}

static enum geo_status append_string(struct geo_ctx *ctx, struct geo_batch *batch,
                                     const char *string)
{
    GEO_TRY(append(ctx, batch, "\""));
    for (const char *s = string; *s;) {
        char escaped[8];
        size_t at, plain = 0;
        while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\')
            plain++;
        GEO_TRY(geo_batch_add_text(ctx, batch, s, plain, &at));
        s += plain;
        if (!*s)
            break;
        snprintf(escaped, sizeof escaped, *s == '"' || *s == '\\' ? "\\%c" : "\\u%04x", *s);
        GEO_TRY(append(ctx, batch, escaped));
        s++;
    }
    return append(ctx, batch, "\"");
}

/* A list of any type, as GDAL lends it. */
struct list {
    OGRFieldType type;
    int n;
    const int *integer;
    const GIntBig *integer64;
    const double *real;
    char **string;
};

static struct list borrow(OGRFeatureH feature, int field, OGRFieldType type)
{
    struct list list = {.type = type};
    if (type == OFTIntegerList)
        list.integer = OGR_F_GetFieldAsIntegerList(feature, field, &list.n);
    else if (type == OFTInteger64List)
        list.integer64 = OGR_F_GetFieldAsInteger64List(feature, field, &list.n);
    else if (type == OFTRealList)
        list.real = OGR_F_GetFieldAsDoubleList(feature, field, &list.n);
    else
        for (list.string = OGR_F_GetFieldAsStringList(feature, field);
             list.string && list.string[list.n];)
            list.n++;
    return list;
}

static enum geo_status append_item(struct geo_ctx *ctx, struct geo_batch *batch,
                                   const struct list *list, int i)
{
    if (list->integer)
        return append_int(ctx, batch, list->integer[i]);
    if (list->integer64)
        return append_int(ctx, batch, list->integer64[i]);
    if (list->real)
        return append_real(ctx, batch, list->real[i]);
    return append_string(ctx, batch, list->string[i]);
}

enum geo_status geo_ogr_list(struct geo_ctx *ctx, OGRFeatureH feature, int field, OGRFieldType type,
                             struct geo_batch *batch, size_t *at, size_t *length)
{
    struct list list = borrow(feature, field, type);
    size_t start = batch->text_count;
    GEO_TRY(append(ctx, batch, "["));
    for (int i = 0; i < list.n; i++) {
        if (i > 0)
            GEO_TRY(append(ctx, batch, ","));
        GEO_TRY(append_item(ctx, batch, &list, i));
    }
    GEO_TRY(append(ctx, batch, "]"));
    *at = start;
    *length = batch->text_count - start;
    return GEO_OK;
}
