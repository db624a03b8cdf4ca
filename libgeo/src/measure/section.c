#include "measure/section.h"

#include <math.h>

#include "base/fail.h"
#include "base/grow.h"
#include "index/tree.h"

static enum geo_status add(struct geo_ctx *ctx, struct geo_sections *sections,
                           struct geo_section section)
{
    if (sections->n == sections->room) {
        size_t room = geo_grown(sections->room, sections->n + 1);
        if (!geo_grow(&sections->section, room, sizeof *sections->section))
            return geo_no_memory(ctx);
        sections->room = room;
    }
    sections->section[sections->n++] = section;
    return GEO_OK;
}

/* Cuts a ring into equal runs. */
static enum geo_status add_ring(struct geo_ctx *ctx, struct geo_sections *sections,
                                const struct geo_batch *batch, size_t ring,
                                struct geo_section section)
{
    size_t first = batch->vertex_start[ring], n = batch->vertex_start[ring + 1] - first;
    size_t edges = n > 0 ? n - 1 : 0;
    size_t runs = edges == 0 ? 1 : (edges + GEO_SECTION_EDGES - 1) / GEO_SECTION_EDGES;

    section.closed = section.closed && runs == 1;
    for (size_t k = 0; n > 0 && k < runs; k++) {
        section.first = first + edges * k / runs;
        section.end = first + edges * (k + 1) / runs + 1;
        GEO_TRY(add(ctx, sections, section));
    }
    return GEO_OK;
}

enum geo_status geo_sections_add_part(struct geo_ctx *ctx, struct geo_sections *sections,
                                      const struct geo_batch *batch, size_t part, int kinds,
                                      double shift_deg)
{
    size_t first = batch->ring_start[part], end = batch->ring_start[part + 1];
    bool is_polygon = batch->part_kind[part] == GEO_KIND_POLYGON;
    struct geo_section section = {.part = part, .shift_deg = shift_deg};

    section.kind = GEO_SECTION_LAND;
    section.first = batch->vertex_start[first];
    section.end = batch->vertex_start[end];
    if (is_polygon && (kinds & GEO_SECTION_LAND) && section.end > section.first)
        GEO_TRY(add(ctx, sections, section));
    section.kind = GEO_SECTION_COURSE;
    section.closed = is_polygon;
    for (size_t r = first; r < end && (kinds & GEO_SECTION_COURSE); r++)
        GEO_TRY(add_ring(ctx, sections, batch, r, section));
    return GEO_OK;
}

static struct geo_box box_of(const struct geo_batch *batch, const struct geo_section *section)
{
    struct geo_box box = geo_box_none();

    for (size_t v = section->first; v < section->end; v++) {
        double lon = batch->vertex[v].lon + section->shift_deg, lat = batch->vertex[v].lat;
        struct geo_box one = {{(float)lon, (float)lat, 0}, {(float)lon, (float)lat, 0}};
        geo_box_add(&box, &one);
    }
    return box;
}

/* Moves sections to their places on the curve. */
static enum geo_status sort(struct geo_ctx *ctx, struct geo_sections *sections,
                            const struct geo_batch *batch)
{
    size_t n = sections->n;
    struct geo_box *box = reallocarray(NULL, n, sizeof *box);
    uint32_t *order = reallocarray(NULL, n, sizeof *order);
    struct geo_section *sorted = reallocarray(NULL, n, sizeof *sorted);
    enum geo_status status = box && order && sorted ? GEO_OK : geo_no_memory(ctx);

    for (size_t i = 0; status == GEO_OK && i < n; i++)
        box[i] = box_of(batch, &sections->section[i]);
    if (status == GEO_OK)
        status = geo_tree_order(ctx, box, n, order);
    for (size_t i = 0; status == GEO_OK && i < n; i++)
        sorted[i] = sections->section[order[i]];
    free(box);
    free(order);
    if (status != GEO_OK) {
        free(sorted);
        return status;
    }
    free(sections->section);
    sections->section = sorted;
    sections->room = n;
    return GEO_OK;
}

enum geo_status geo_sections_order(struct geo_ctx *ctx, struct geo_sections *sections,
                                   const struct geo_batch *batch)
{
    size_t edges = 0;

    if (sections->n > 1)
        GEO_TRY(sort(ctx, sections, batch));
    sections->leaf = reallocarray(NULL, sections->n + 1, sizeof *sections->leaf);
    if (!sections->leaf)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < sections->n; i++) {
        if (edges == 0)
            sections->leaf[sections->leaves++] = i;
        edges += sections->section[i].end - sections->section[i].first;
        if (edges >= GEO_SECTION_EDGES)
            edges = 0;
    }
    sections->leaf[sections->leaves] = sections->n;
    return GEO_OK;
}

void geo_sections_release(struct geo_sections *sections)
{
    free(sections->section);
    free(sections->leaf);
    *sections = (struct geo_sections){0};
}
