/* The features, layer upon layer. */
#include "draw/paper_shapes.h"

static void set_dash(cairo_t *cr, enum dash dash, double width)
{
    double on = dash == DASH_LONG ? 5 * width : width,
           off = dash == DASH_LONG ? 2.5 * width : 1.6 * width;
    double pattern[2] = {on, off};
    cairo_set_dash(cr, pattern, dash == DASH_NONE ? 0 : 2, 0);
}

void symbol_paint(cairo_t *cr, const struct symbol *symbol, enum geo_kind kind, double unit)
{
    double width = points_of_mm(symbol->line_mm) * unit;
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, kind == GEO_KIND_LINE && symbol->dash == DASH_NONE
                               ? CAIRO_LINE_CAP_ROUND
                               : CAIRO_LINE_CAP_BUTT);
    if (kind != GEO_KIND_LINE && symbol->fill_alpha > 0) {
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        set_colour(cr, symbol->fill, symbol->fill_alpha);
        cairo_fill_preserve(cr);
    }
    if (width > 0) {
        cairo_set_line_width(cr, width);
        set_dash(cr, symbol->dash, width);
        set_colour(cr, symbol->line, 1);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
}

/* White beside corridors, so that they read on any ground. */
static void draw_casings(struct sheet *sheet, struct tracer *tracer, size_t l)
{
    const struct geo_batch *batch = sheet->map->layer[l].drawn;
    cairo_t *cr = sheet->cr;
    for (size_t i = 0; i < batch->n; i++) {
        size_t c = sheet->shown[l].category[i];
        if (c == SIZE_MAX)
            continue;
        const struct symbol *symbol = &sheet->shown[l].theme->category[c].symbol;
        tracer_add(tracer, cr, batch, i, GEO_KIND_LINE, 0);
        cairo_set_line_width(cr, (points_of_mm(symbol->line_mm) + 1.6) * sheet->unit);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
        set_dash(cr, symbol->dash, points_of_mm(symbol->line_mm) * sheet->unit);
        set_colour(cr, PALETTE_PAPER, 0.85);
        cairo_stroke(cr);
    }
}

static void draw_layer(struct sheet *sheet, struct tracer *tracer, size_t l)
{
    const struct geo_batch *batch = sheet->map->layer[l].drawn;
    if (sheet->map->layer[l].looks.role == ROLE_CORRIDORS)
        draw_casings(sheet, tracer, l);
    for (size_t i = 0; i < batch->n; i++) {
        size_t c = sheet->shown[l].category[i];
        if (c == SIZE_MAX)
            continue;
        const struct symbol *symbol = &sheet->shown[l].theme->category[c].symbol;
        for (int kind = GEO_KIND_POLYGON; kind >= GEO_KIND_POINT; kind--) {
            tracer_add(tracer, sheet->cr, batch, i, (enum geo_kind)kind,
                       points_of_mm(symbol->marker_mm) * sheet->unit);
            symbol_paint(sheet->cr, symbol, (enum geo_kind)kind, sheet->unit);
        }
    }
}

bool sheet_draw_shapes(struct sheet *sheet)
{
    struct tracer tracer = tracer_on(&sheet->view);
    const struct area *frame = &sheet->plan.frame;
    cairo_save(sheet->cr);
    cairo_rectangle(sheet->cr, frame->x, frame->y, frame->width, frame->height);
    cairo_clip(sheet->cr);
    for (size_t l = 0; l < sheet->map->layers; l++)
        draw_layer(sheet, &tracer, l);
    cairo_restore(sheet->cr);
    bool is_short = tracer.is_short;
    tracer_release(&tracer);
    return !is_short || job_fail(sheet->job, GEO_ENOMEM, "out of memory");
}
