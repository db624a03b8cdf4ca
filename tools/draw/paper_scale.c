#include "draw/paper_scale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/paper_grid.h"
#include "draw/paper_sheet.h"

struct scale_bar scale_bar_for(double longest_m)
{
    double unit = pow(10, floor(log10(longest_m))), lead = longest_m / unit;
    if (lead >= 5)
        return (struct scale_bar){5 * unit, 5};
    if (lead >= 2)
        return (struct scale_bar){2 * unit, 4};
    return (struct scale_bar){unit, 2};
}

void scale_number(double number, bool is_vietnamese, char *out, size_t room)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%.0f", number);
    size_t used = 0;
    for (int k = 0; k < n && used + 2 < room; k++) {
        if (k > 0 && (n - k) % 3 == 0)
            out[used++] = is_vietnamese ? '.' : ',';
        out[used++] = digits[k];
    }
    out[used] = 0;
}

static void print_centred(struct sheet *s, const char *text, double x, double y)
{
    struct face face = {.size = 6 * s->unit};
    PangoLayout *layout = type_set(&s->type, &face, text);
    struct area size = type_size(layout);
    type_draw(s->cr, layout, (struct spot){x - size.width / 2, y}, PALETTE_INK, 0);
    g_object_unref(layout);
}

static void draw_bar(struct sheet *s, struct spot at, const struct scale_bar *bar)
{
    double width = bar->length_m * s->view.points_a_metre, height = 3.5 * s->unit;
    double piece = width / bar->pieces;
    cairo_set_dash(s->cr, NULL, 0, 0);
    cairo_set_line_width(s->cr, 0.5 * s->unit);
    for (int k = 0; k < bar->pieces; k++) {
        cairo_rectangle(s->cr, at.x + k * piece, at.y, piece, height);
        set_colour(s->cr, k % 2 ? PALETTE_PAPER : PALETTE_INK, 1);
        cairo_fill_preserve(s->cr);
        set_colour(s->cr, PALETTE_INK, 1);
        cairo_stroke(s->cr);
    }
    double unit = bar->length_m >= 1000 ? 1000 : 1;
    for (int k = 0; k <= 2; k++) {
        char text[40];
        int used = snprintf(text, sizeof text, "%g", k * bar->length_m / 2 / unit);
        char *point = strchr(text, '.');
        if (point && s->map->is_vietnamese)
            *point = ',';
        if (k == 2)
            snprintf(text + used, sizeof text - (size_t)used, unit > 1 ? " km" : " m");
        if (k != 1 || bar->pieces % 2 == 0)
            print_centred(s, text, at.x + k * width / 2, at.y + height + 1.5 * s->unit);
    }
}

/* Half of it black; above it the letter. */
static void draw_arrow(struct sheet *s, double x, double y)
{
    double u = s->unit, top = y + 9 * u, width = 11 * u, height = 24 * u;
    struct face face = {
        .size = 8 * u, .is_bold = true, .width = width, .align = PANGO_ALIGN_CENTER};
    type_print(&s->type, s->cr, &face, sheet_word(s, "N", "B"), (struct spot){x, y - u},
               PALETTE_INK);
    for (int half = 0; half < 2; half++) {
        cairo_move_to(s->cr, x + width / 2, top);
        cairo_line_to(s->cr, x + (half ? width : 0), top + height);
        cairo_line_to(s->cr, x + width / 2, top + 0.75 * height);
        cairo_close_path(s->cr);
        set_colour(s->cr, half ? PALETTE_INK : PALETTE_PAPER, 1);
        cairo_fill_preserve(s->cr);
        set_colour(s->cr, PALETTE_INK, 1);
        cairo_set_line_width(s->cr, 0.6 * u);
        cairo_stroke(s->cr);
    }
}

/* What the bar means, above it. */
static double print_meaning(struct sheet *s, double x, double y, double width)
{
    char text[200], number[40], lat[40];
    struct face face = {.size = 7.5 * s->unit, .is_bold = true, .width = width, .lines = 1};
    double top = y;
    if (s->is_paper) {
        scale_number(view_scale(&s->view), s->map->is_vietnamese, number, sizeof number);
        snprintf(text, sizeof text, "%s 1:%s", sheet_word(s, "Scale", "Tỷ lệ"), number);
        y += type_print(&s->type, s->cr, &face, text, (struct spot){x, y}, PALETTE_INK).height;
    }
    if (view_stretch(&s->view) > 0.01) {
        grid_label(round(s->view.lat * 60) * 60, false, 60, s->map->is_vietnamese, lat, sizeof lat);
        snprintf(text, sizeof text, "%s %s",
                 sheet_word(s, "true along latitude", "đúng dọc vĩ tuyến"), lat);
        face = (struct face){.size = 5.6 * s->unit, .width = width, .lines = 2};
        y += type_print(&s->type, s->cr, &face, text, (struct spot){x, y}, PALETTE_GREY).height;
    }
    return y - top;
}

void sheet_draw_scale(struct sheet *s)
{
    const struct area *a = &s->plan.scale;
    struct map_box range = view_range(&s->view);
    bool has_north = s->view.kind != VIEW_PLANE || range.east - range.west < 180;
    double left = a->x + (has_north ? 24 : 0) * s->unit, room = a->x + a->width - left;
    if (has_north)
        draw_arrow(s, a->x + 2 * s->unit, a->y + 2 * s->unit);
    double y = a->y + 2 * s->unit;
    y += print_meaning(s, left, y, room) + 5 * s->unit;
    struct scale_bar bar = scale_bar_for((room - 24 * s->unit) / s->view.points_a_metre);
    draw_bar(s, (struct spot){left + 3 * s->unit, y}, &bar);
}
