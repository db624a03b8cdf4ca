#include "measure/draw.h"

#include "base/fail.h"
#include "measure/surface.h"

/* What one leaf is drawn with. */
struct pen {
    const struct geo_drawing *drawing;
    struct geo_course course;
    struct geo_outline outline;
    struct geo_tower legs, sections;
};

static enum geo_status add_outline(struct geo_ctx *ctx, struct pen *pen)
{
    struct geo_mosaic one = {0};
    GEOSGeometry *polygon;

    GEO_TRY(geo_geos_polygon(ctx, pen->outline.vertex, pen->outline.n, &polygon));
    GEO_TRY(geo_mosaic_add(ctx, &one, polygon));
    return geo_tower_add(ctx, &pen->legs, &one);
}

static enum geo_status draw_course(struct geo_ctx *ctx, struct pen *pen,
                                   const struct geo_section *section, struct geo_mosaic *mosaic)
{
    const struct geo_drawing *drawing = pen->drawing;
    const struct geo_lonlat *vertex = drawing->batch->vertex + section->first;

    pen->course.n = 0;
    pen->course.closed = section->closed;
    GEO_TRY(geo_course_add(ctx, &pen->course, vertex, section->end - section->first, drawing->edges,
                           drawing->plan.leg_m, section->shift_deg));
    for (size_t i = 0; i < pen->course.n; i++) {
        GEO_TRY(geo_capsule(ctx, &drawing->plan, &pen->course, i, &pen->outline));
        GEO_TRY(add_outline(ctx, pen));
    }
    if (pen->course.n == 0) {
        struct geo_lonlat centre = {vertex[0].lon + section->shift_deg, vertex[0].lat};
        GEO_TRY(geo_circle(ctx, &drawing->plan, centre, &pen->outline));
        GEO_TRY(add_outline(ctx, pen));
    }
    return geo_tower_finish(ctx, &pen->legs, mosaic);
}

static enum geo_status draw_land(struct geo_ctx *ctx, const struct geo_drawing *drawing,
                                 const struct geo_section *section, struct geo_mosaic *mosaic)
{
    GEOSGeometry *surface;

    GEO_TRY(geo_surface(ctx, drawing->batch, section->part, drawing->edges, drawing->gap_m,
                        section->shift_deg, &surface));
    return geo_mosaic_add(ctx, mosaic, surface);
}

static enum geo_status draw_sections(struct geo_ctx *ctx, struct pen *pen, size_t leaf)
{
    const struct geo_sections *sections = &pen->drawing->sections;

    for (size_t i = sections->leaf[leaf]; i < sections->leaf[leaf + 1]; i++) {
        const struct geo_section *section = &sections->section[i];
        struct geo_mosaic mosaic = {0};
        enum geo_status status = section->kind == GEO_SECTION_LAND
                                     ? draw_land(ctx, pen->drawing, section, &mosaic)
                                     : draw_course(ctx, pen, section, &mosaic);
        if (status == GEO_OK)
            status = geo_tower_add(ctx, &pen->sections, &mosaic);
        geo_mosaic_release(ctx, &mosaic);
        if (status != GEO_OK)
            return status;
    }
    return GEO_OK;
}

enum geo_status geo_draw_leaf(struct geo_ctx *ctx, const void *drawing, size_t leaf,
                              struct geo_mosaic *mosaic)
{
    struct pen pen = {.drawing = drawing};
    enum geo_status status = draw_sections(ctx, &pen, leaf);

    if (status == GEO_OK)
        status = geo_tower_finish(ctx, &pen.sections, mosaic);
    geo_course_release(&pen.course);
    geo_outline_release(&pen.outline);
    geo_tower_release(ctx, &pen.legs);
    geo_tower_release(ctx, &pen.sections);
    return status;
}
