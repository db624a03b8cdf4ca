/* Coordinates, captured by their nesting and made into parts when their type is known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/geojson_draft.h"
#include "read/geojson_number.h"

/* The deepest positions: those of a MultiPolygon. */
#define LEVEL_MAX 4

/* Bytes of the input's text that a message shows. */
#define SHOWN_MAX 60

static const char wrong_nesting[] = "coordinates are not nested as the geometry's type asks";

int geo_draft_shown(const char *text, size_t n)
{
    size_t most = SHOWN_MAX;
    if (n <= most)
        return (int)n;
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return (int)most;
}

void geo_draft_fault(struct geo_draft *draft, const char *fault, const char *detail, size_t n)
{
    if (draft->fault)
        return;
    draft->fault = fault;
    snprintf(draft->detail, sizeof draft->detail, "%.*s", geo_draft_shown(detail, n), detail);
}

struct geo_capture_mark geo_draft_mark(const struct geo_draft *draft)
{
    const struct geo_capture *capture = &draft->capture;
    return (struct geo_capture_mark){capture->vertex_n, capture->ring_n, capture->part_n};
}

void geo_draft_back(struct geo_draft *draft, struct geo_capture_mark mark)
{
    draft->capture.vertex_n = mark.vertex;
    draft->capture.ring_n = mark.ring;
    draft->capture.part_n = mark.part;
}

void geo_draft_forget_geometry(struct geo_draft *draft)
{
    geo_draft_back(draft, (struct geo_capture_mark){0});
    draft->shape = GEO_SHAPE_NULL;
    draft->fault = NULL;
}

/* ---- as it comes ---- */

void geo_draft_begin(struct geo_draft *draft)
{
    struct geo_capture *capture = &draft->capture;
    capture->first = capture->vertex_n;
    capture->end_n[0] = capture->end_n[1] = 0;
    capture->level = 1;
    capture->position_level = capture->numbers = 0;
}

void geo_draft_open(struct geo_draft *draft)
{
    if (draft->capture.numbers > 0)
        geo_draft_fault(draft, wrong_nesting, "", 0);
    draft->capture.level++;
}

void geo_draft_number(struct geo_draft *draft, const char *text, size_t n, locale_t plain)
{
    struct geo_capture *capture = &draft->capture;
    double value;
    if (draft->fault)
        return;
    if (capture->position_level == 0 && capture->level <= LEVEL_MAX)
        capture->position_level = capture->level;
    if (capture->position_level != capture->level) {
        geo_draft_fault(draft, wrong_nesting, "", 0);
        return;
    }
    if (capture->numbers++ >= 2)
        return;
    if (!geo_json_real(text, n, plain, &value))
        geo_draft_fault(draft, "coordinate is too large for a number", text, n);
    else if (capture->numbers == 1)
        capture->position.lon = value;
    else
        capture->position.lat = value;
}

static enum geo_status close_position(struct geo_ctx *ctx, struct geo_draft *draft)
{
    struct geo_capture *capture = &draft->capture;
    if (capture->numbers < 2)
        geo_draft_fault(draft, "position has fewer than two numbers", "", 0);
    if (capture->numbers > 2)
        draft->has_heights = true;
    capture->numbers = 0;
    if (capture->vertex_n == capture->vertex_room) {
        size_t room = geo_grown(capture->vertex_room, capture->vertex_n + 1);
        if (!geo_grow(&capture->vertex, room, sizeof *capture->vertex))
            return geo_no_memory(ctx);
        capture->vertex_room = room;
    }
    capture->vertex[capture->vertex_n++] = capture->position;
    return GEO_OK;
}

static enum geo_status close_list(struct geo_ctx *ctx, struct geo_draft *draft, size_t level)
{
    struct geo_capture *capture = &draft->capture;
    if (level >= LEVEL_MAX) {
        geo_draft_fault(draft, wrong_nesting, "", 0);
        return GEO_OK;
    }
    if (level < 2)
        return GEO_OK;
    size_t k = level - 2, n = capture->end_n[k];
    if (n == capture->end_room[k]) {
        size_t room = geo_grown(n, n + 1);
        if (!geo_grow(&capture->end[k], room, sizeof *capture->end[k]))
            return geo_no_memory(ctx);
        capture->end_room[k] = room;
    }
    capture->end[k][n] = (struct geo_capture_end){capture->vertex_n, capture->end_n[1]};
    capture->end_n[k]++;
    return GEO_OK;
}

enum geo_status geo_draft_close(struct geo_ctx *ctx, struct geo_draft *draft)
{
    size_t level = draft->capture.level--;
    if (draft->fault)
        return GEO_OK;
    return draft->capture.numbers > 0 ? close_position(ctx, draft) : close_list(ctx, draft, level);
}

/* ---- as parts ---- */

static enum geo_status end_ring(struct geo_ctx *ctx, struct geo_capture *capture, size_t vertex)
{
    if (capture->ring_n == capture->ring_room) {
        size_t room = geo_grown(capture->ring_room, capture->ring_n + 1);
        if (!geo_grow(&capture->ring_end, room, sizeof *capture->ring_end))
            return geo_no_memory(ctx);
        capture->ring_room = room;
    }
    capture->ring_end[capture->ring_n++] = vertex;
    return GEO_OK;
}

static enum geo_status end_part(struct geo_ctx *ctx, struct geo_capture *capture,
                                enum geo_kind kind)
{
    if (capture->part_n == capture->part_room) {
        size_t room = geo_grown(capture->part_room, capture->part_n + 1);
        if (!geo_grow(&capture->part_end, room, sizeof *capture->part_end) ||
            !geo_grow(&capture->part_kind, room, sizeof *capture->part_kind))
            return geo_no_memory(ctx);
        capture->part_room = room;
    }
    capture->part_kind[capture->part_n] = (uint8_t)kind;
    capture->part_end[capture->part_n++] = capture->ring_n;
    return GEO_OK;
}

static enum geo_status add_points(struct geo_ctx *ctx, struct geo_capture *capture)
{
    for (size_t v = capture->first; v < capture->vertex_n; v++) {
        GEO_TRY(end_ring(ctx, capture, v + 1));
        GEO_TRY(end_part(ctx, capture, GEO_KIND_POINT));
    }
    return GEO_OK;
}

/* A line of the vertices from first to the one before end; none if it is empty. */
static enum geo_status add_line(struct geo_ctx *ctx, struct geo_capture *capture, size_t first,
                                size_t end)
{
    if (first == end)
        return GEO_OK;
    GEO_TRY(end_ring(ctx, capture, end));
    return end_part(ctx, capture, GEO_KIND_LINE);
}

static enum geo_status add_lines(struct geo_ctx *ctx, struct geo_capture *capture)
{
    size_t first = capture->first;
    for (size_t k = 0; k < capture->end_n[0]; k++) {
        GEO_TRY(add_line(ctx, capture, first, capture->end[0][k].vertex));
        first = capture->end[0][k].vertex;
    }
    return GEO_OK;
}

/* A polygon of n rings that end at `end`, the first one beginning at vertex `first`. Empty holes
 * are left out, and so is an empty polygon. */
static enum geo_status add_polygon(struct geo_ctx *ctx, struct geo_draft *draft, size_t first,
                                   const struct geo_capture_end *end, size_t n)
{
    struct geo_capture *capture = &draft->capture;
    size_t before = capture->ring_n;
    if (n > 0 && end[0].vertex == first && end[n - 1].vertex > first)
        geo_draft_fault(draft, "polygon has holes but no exterior ring", "", 0);
    for (size_t r = 0; r < n; r++) {
        if (end[r].vertex > first)
            GEO_TRY(end_ring(ctx, capture, end[r].vertex));
        first = end[r].vertex;
    }
    return capture->ring_n > before ? end_part(ctx, capture, GEO_KIND_POLYGON) : GEO_OK;
}

static enum geo_status add_polygons(struct geo_ctx *ctx, struct geo_draft *draft)
{
    const struct geo_capture *capture = &draft->capture;
    size_t first = capture->first, ring = 0;
    for (size_t k = 0; k < capture->end_n[0]; k++) {
        const struct geo_capture_end *polygon = &capture->end[0][k];
        if (polygon->inner > ring)
            GEO_TRY(add_polygon(ctx, draft, first, capture->end[1] + ring, polygon->inner - ring));
        first = polygon->vertex;
        ring = polygon->inner;
    }
    return GEO_OK;
}

/* The level at which a type has its positions. */
static size_t level_of(enum geo_shape shape)
{
    switch (shape) {
    case GEO_SHAPE_POINT:
        return 1;
    case GEO_SHAPE_LINE:
    case GEO_SHAPE_MULTIPOINT:
        return 2;
    case GEO_SHAPE_POLYGON:
    case GEO_SHAPE_MULTILINE:
        return 3;
    default:
        return 4;
    }
}

enum geo_status geo_draft_geometry(struct geo_ctx *ctx, struct geo_draft *draft,
                                   enum geo_shape shape)
{
    struct geo_capture *capture = &draft->capture;
    size_t level = level_of(shape);
    if ((capture->position_level > 0 && capture->position_level != level) ||
        (level < 3 && capture->end_n[0] > 0) || (level < 4 && capture->end_n[1] > 0)) {
        geo_draft_fault(draft, wrong_nesting, "", 0);
        return GEO_OK;
    }
    switch (shape) {
    case GEO_SHAPE_POINT:
    case GEO_SHAPE_MULTIPOINT:
        return add_points(ctx, capture);
    case GEO_SHAPE_LINE:
        return add_line(ctx, capture, capture->first, capture->vertex_n);
    case GEO_SHAPE_MULTILINE:
        return add_lines(ctx, capture);
    case GEO_SHAPE_POLYGON:
        return add_polygon(ctx, draft, capture->first, capture->end[0], capture->end_n[0]);
    default:
        return add_polygons(ctx, draft);
    }
}

enum geo_status geo_draft_add_parts(struct geo_ctx *ctx, const struct geo_draft *draft,
                                    struct geo_batch *batch)
{
    const struct geo_capture *capture = &draft->capture;
    size_t first = 0, ring = 0;
    for (size_t p = 0; p < capture->part_n; p++) {
        for (; ring < capture->part_end[p]; ring++) {
            size_t end = capture->ring_end[ring];
            struct geo_lonlat *vertex;
            GEO_TRY(geo_batch_add_vertices(ctx, batch, end - first, &vertex));
            memcpy(vertex, capture->vertex + first, (end - first) * sizeof *vertex);
            GEO_TRY(geo_batch_end_ring(ctx, batch));
            first = end;
        }
        GEO_TRY(geo_batch_end_part(ctx, batch, (enum geo_kind)capture->part_kind[p]));
    }
    return GEO_OK;
}
