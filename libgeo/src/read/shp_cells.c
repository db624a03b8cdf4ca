/* Records of a .dbf as cells of a batch. */
#include <cpl_conv.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/geojson_number.h"
#include "read/shp.h"

#define CELL_BYTES 256 /* no field is as wide */

const char *geo_shp_trim(const char *cell, size_t width, size_t *n)
{
    const char *end = memchr(cell, 0, width);
    end = end ? end : cell + width;
    while (cell < end && *cell == ' ')
        cell++;
    while (end > cell && end[-1] == ' ')
        end--;
    *n = (size_t)(end - cell);
    return cell;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(const char *text, const char *end)
{
    const char *s = text;
    while (s < end && is_digit(*s))
        s++;
    return (size_t)(s - text);
}

static bool is_plain_int(const char *text, size_t n)
{
    size_t sign = n > 0 && *text == '-';
    return n > sign && digits(text + sign, text + n) == n - sign;
}

/* Whether a text is a sign, digits with or without a point, and nothing else. */
static bool is_plain_real(const char *text, size_t n)
{
    const char *s = text + (n > 0 && *text == '-'), *end = text + n;
    size_t whole = digits(s, end), part = 0;
    s += whole;
    if (s < end && *s == '.') {
        part = digits(s + 1, end);
        s += 1 + part;
    }
    return s == end && whole + part > 0;
}

static void set_int(struct geo_batch *batch, size_t c, size_t i, const char *text, size_t n)
{
    char copy[CELL_BYTES];
    int64_t value;
    if (!is_plain_int(text, n) || !geo_json_int(text, n, &value)) {
        memcpy(copy, text, n);
        copy[n] = '\0';
        value = strtoll(copy, NULL, 10); /* as GDAL reads "1.5" or "1e3" where it expects none */
    }
    geo_batch_set_int(batch, c, i, value);
}

static void set_real(struct geo_batch *batch, size_t c, size_t i, const char *text, size_t n)
{
    char copy[CELL_BYTES];
    double value;
    if (!is_plain_real(text, n) || !geo_quick_real(text, n, &value)) {
        memcpy(copy, text, n);
        copy[n] = '\0';
        value = CPLAtof(copy);
    }
    geo_batch_set_real(batch, c, i, value);
}

/* YYYYMMDD as ISO 8601; eight zeros are no date. */
static enum geo_status set_date(struct geo_ctx *ctx, struct geo_batch *batch, size_t c, size_t i,
                                const char *text)
{
    char date[10] = {text[0], text[1], text[2], text[3], '-',
                     text[4], text[5], '-',     text[6], text[7]};
    if (!memcmp(text, "00000000", 8))
        return GEO_OK;
    return geo_batch_set_text(ctx, batch, c, i, GEO_TYPE_DATE, date, sizeof date);
}

static enum geo_status set_text(struct geo_ctx *ctx, const struct geo_shp *shp,
                                struct geo_decoder *decoder, struct geo_batch *batch, size_t c,
                                size_t i, const char *text, size_t n)
{
    struct geo_column *column = &batch->column[c];
    struct geo_ogr_place place = {column->name, batch->fid[i], shp->ogr->column[c].capitals};
    size_t at = 0, length = 0;
    GEO_TRY(geo_ogr_decode(ctx, shp->ogr, decoder, text, n, shp->cell[c].width, place, batch, &at,
                           &length));
    column = &batch->column[c];
    column->value[i].text.at = at;
    column->value[i].text.n = length;
    column->cell_type[i] = GEO_TYPE_TEXT;
    return GEO_OK;
}

static enum geo_status set_cell(struct geo_ctx *ctx, const struct geo_shp *shp,
                                struct geo_decoder *decoder, struct geo_batch *batch, size_t c,
                                size_t i, const char *text, size_t n)
{
    if (shp->ogr->column[c].type == GEO_TYPE_BOOL) {
        if (*text != '?')
            geo_batch_set_bool(batch, c, i, strchr("TtYy", *text) != NULL);
        return GEO_OK;
    }
    switch (shp->ogr->column[c].ogr) {
    case OFTInteger:
    case OFTInteger64:
        if (*text != '*')
            set_int(batch, c, i, text, n);
        return GEO_OK;
    case OFTReal:
        if (*text != '*')
            set_real(batch, c, i, text, n);
        return GEO_OK;
    case OFTDate:
        return set_date(ctx, batch, c, i, text);
    default:
        return set_text(ctx, shp, decoder, batch, c, i, text, n);
    }
}

bool geo_shp_are_cells_plain(const struct geo_shp *shp, const char *record)
{
    for (size_t c = 0; c < shp->ogr->column_count; c++) {
        size_t n;
        if (shp->cell[c].type != 'D')
            continue;
        const char *text = geo_shp_trim(record + shp->cell[c].at, shp->cell[c].width, &n);
        if (n != 0 && (n != 8 || digits(text, text + n) != 8))
            return false;
    }
    return true;
}

enum geo_status geo_shp_cells(struct geo_ctx *ctx, const struct geo_shp *shp,
                              struct geo_decoder *decoder, const char *record,
                              struct geo_batch *batch, size_t i)
{
    for (size_t c = 0; c < shp->ogr->column_count; c++) {
        size_t n;
        const char *text = geo_shp_trim(record + shp->cell[c].at, shp->cell[c].width, &n);
        if (n > 0)
            GEO_TRY(set_cell(ctx, shp, decoder, batch, c, i, text, n));
    }
    return GEO_OK;
}
