/* Properties of the feature under way. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/geojson_draft.h"
#include "read/geojson_number.h"

void geo_draft_clear(struct geo_draft *draft)
{
    geo_draft_forget_geometry(draft);
    draft->remark = NULL;
    draft->has_heights = false;
    draft->cell_n = draft->text_n = 0;
    draft->id = (struct geo_draft_cell){0};
}

void geo_draft_release(struct geo_draft *draft)
{
    free(draft->capture.vertex);
    free(draft->capture.ring_end);
    free(draft->capture.part_end);
    free(draft->capture.part_kind);
    free(draft->capture.end[0]);
    free(draft->capture.end[1]);
    free(draft->cell);
    free(draft->text);
    *draft = (struct geo_draft){0};
}

/* ---- text ---- */

static enum geo_status add_text(struct geo_ctx *ctx, struct geo_draft *draft, const char *text,
                                size_t n)
{
    if (n > draft->text_room - draft->text_n) {
        size_t room = geo_grown(draft->text_room, draft->text_n + n);
        if (!geo_grow(&draft->text, room, 1))
            return geo_no_memory(ctx);
        draft->text_room = room;
    }
    if (n > 0)
        memcpy(draft->text + draft->text_n, text, n);
    draft->text_n += n;
    return GEO_OK;
}

/* ---- cells ---- */

enum geo_status geo_draft_key(struct geo_ctx *ctx, struct geo_draft *draft, const char *name,
                              size_t n)
{
    if (draft->cell_n == draft->cell_room) {
        size_t room = geo_grown(draft->cell_room, draft->cell_n + 1);
        if (!geo_grow(&draft->cell, room, sizeof *draft->cell))
            return geo_no_memory(ctx);
        draft->cell_room = room;
    }
    draft->cell[draft->cell_n] = (struct geo_draft_cell){.key = draft->text_n, .key_n = n};
    GEO_TRY(add_text(ctx, draft, name, n));
    draft->cell_n++;
    return GEO_OK;
}

enum geo_status geo_draft_set(struct geo_ctx *ctx, struct geo_draft *draft,
                              struct geo_draft_cell *cell, struct geo_scalar scalar, locale_t plain)
{
    cell->type = scalar.type;
    switch (scalar.type) {
    case GEO_TYPE_BOOL:
        cell->value.integer = scalar.text[0] == 't';
        return GEO_OK;
    case GEO_TYPE_REAL:
        if (geo_json_int(scalar.text, scalar.n, &cell->value.integer))
            cell->type = GEO_TYPE_INT;
        else if (!geo_json_real(scalar.text, scalar.n, plain, &cell->value.real)) {
            cell->type = GEO_TYPE_NULL;
            draft->remark = "number is too large for a cell: left out";
        }
        return GEO_OK;
    case GEO_TYPE_TEXT:
        cell->value.text.at = draft->text_n;
        cell->value.text.n = scalar.n;
        return add_text(ctx, draft, scalar.text, scalar.n);
    default:
        return GEO_OK;
    }
}

/* ---- JSON ---- */

/* The comma before a member or element, if it is not the first. */
static enum geo_status add_comma(struct geo_ctx *ctx, struct geo_draft *draft)
{
    if (draft->text_n == draft->json)
        return GEO_OK;
    char last = draft->text[draft->text_n - 1];
    return last == '[' || last == '{' || last == ':' ? GEO_OK : add_text(ctx, draft, ",", 1);
}

static enum geo_status add_escaped(struct geo_ctx *ctx, struct geo_draft *draft, unsigned char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
    const char *found = c ? strchr(plain, c) : NULL;
    char text[8];
    if (found)
        snprintf(text, sizeof text, "\\%c", letter[found - plain]);
    else
        snprintf(text, sizeof text, "\\u%04x", c);
    return add_text(ctx, draft, text, strlen(text));
}

static enum geo_status add_string(struct geo_ctx *ctx, struct geo_draft *draft, const char *text,
                                  size_t n)
{
    size_t from = 0;
    GEO_TRY(add_text(ctx, draft, "\"", 1));
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        GEO_TRY(add_text(ctx, draft, text + from, i - from));
        GEO_TRY(add_escaped(ctx, draft, c));
        from = i + 1;
    }
    GEO_TRY(add_text(ctx, draft, text + from, n - from));
    return add_text(ctx, draft, "\"", 1);
}

void geo_draft_json_begin(struct geo_draft *draft)
{
    draft->json = draft->text_n;
}

enum geo_status geo_draft_json_open(struct geo_ctx *ctx, struct geo_draft *draft, char bracket)
{
    GEO_TRY(add_comma(ctx, draft));
    return add_text(ctx, draft, &bracket, 1);
}

enum geo_status geo_draft_json_close(struct geo_ctx *ctx, struct geo_draft *draft, char bracket)
{
    return add_text(ctx, draft, &bracket, 1);
}

enum geo_status geo_draft_json_key(struct geo_ctx *ctx, struct geo_draft *draft, const char *name,
                                   size_t n)
{
    GEO_TRY(add_comma(ctx, draft));
    GEO_TRY(add_string(ctx, draft, name, n));
    return add_text(ctx, draft, ":", 1);
}

enum geo_status geo_draft_json_value(struct geo_ctx *ctx, struct geo_draft *draft,
                                     struct geo_scalar scalar)
{
    GEO_TRY(add_comma(ctx, draft));
    return scalar.type == GEO_TYPE_TEXT ? add_string(ctx, draft, scalar.text, scalar.n)
                                        : add_text(ctx, draft, scalar.text, scalar.n);
}
