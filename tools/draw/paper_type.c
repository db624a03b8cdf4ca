#include "draw/paper_type.h"

#include <string.h>

#include "draw/paper_sheet.h"
#include "kit/text.h"

static const char families[] = "DejaVu Sans, Noto Sans, Liberation Sans, sans";

enum { LETTERS_MAX = 600 }; /* of a text; no place on a sheet shows more */

bool type_begin(struct type *type, bool is_vietnamese)
{
    type->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    if (!type->context)
        return false;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(type->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(type->context, 72);
    pango_context_set_round_glyph_positions(type->context, FALSE);
    pango_context_set_language(type->context,
                               pango_language_from_string(is_vietnamese ? "vi" : "en"));
    return true;
}

void type_end(struct type *type)
{
    if (type->context)
        g_object_unref(type->context);
    type->context = NULL;
}

/* What Cairo takes for UTF-8: no code points that Unicode will never name. */
static bool is_character(int32_t code)
{
    return (code & 0xfffe) != 0xfffe && (code < 0xfdd0 || code > 0xfdef) && code != 0xfffd;
}

/* A blank for what is no letter, U+FFFD for what is no character. */
static void clean(const char *text, char out[4 * LETTERS_MAX + 4])
{
    size_t n = 0;
    for (int letters = 0; *text && letters < LETTERS_MAX; letters++) {
        int32_t code;
        size_t length = text_next(text, &code);
        if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
            out[n++] = ' ';
        } else if (!is_character(code)) {
            memcpy(out + n, "\xef\xbf\xbd", 3);
            n += 3;
        } else {
            memcpy(out + n, text, length);
            n += length;
        }
        text += length;
    }
    memcpy(out + n, *text ? "…" : "\0\0\0", 4);
}

void type_align(PangoLayout *layout, PangoAlignment align)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    const bool is_swapped = pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL;
    if (is_swapped && align != PANGO_ALIGN_CENTER)
        align = align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
    pango_layout_set_alignment(layout, align);
}

PangoLayout *type_set(const struct type *type, const struct face *face, const char *text)
{
    char cleaned[4 * LETTERS_MAX + 4];
    PangoLayout *layout = pango_layout_new(type->context);
    PangoFontDescription *font = pango_font_description_from_string(families);
    pango_font_description_set_absolute_size(font, face->size * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      face->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font,
                                     face->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    clean(text, cleaned);
    pango_layout_set_text(layout, cleaned, -1);
    type_align(layout, face->align);
    if (face->width > 0) {
        pango_layout_set_width(layout, (int)(face->width * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    if (face->height > 0)
        pango_layout_set_height(layout, (int)(face->height * PANGO_SCALE));
    else if (face->lines > 0)
        pango_layout_set_height(layout, -face->lines);
    if (face->width > 0 && (face->height > 0 || face->lines > 0))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    return layout;
}

struct area type_size(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (struct area){(double)logical.x / PANGO_SCALE, (double)logical.y / PANGO_SCALE,
                         (double)logical.width / PANGO_SCALE, (double)logical.height / PANGO_SCALE};
}

void set_colour(cairo_t *cr, uint32_t colour, double alpha)
{
    cairo_set_source_rgba(cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                          (colour & 0xff) / 255.0, alpha);
}

void type_draw(cairo_t *cr, PangoLayout *layout, struct spot spot, uint32_t colour, double halo)
{
    if (halo > 0) {
        cairo_new_path(cr);
        cairo_move_to(cr, spot.x, spot.y);
        pango_cairo_layout_path(cr, layout);
        set_colour(cr, PALETTE_PAPER, 0.9);
        cairo_set_line_width(cr, 2 * halo);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cr, NULL, 0, 0);
        cairo_stroke(cr);
    }
    cairo_move_to(cr, spot.x, spot.y);
    set_colour(cr, colour, 1);
    pango_cairo_show_layout(cr, layout);
    cairo_new_path(cr);
}

struct area type_print(const struct type *type, cairo_t *cr, const struct face *face,
                       const char *text, struct spot spot, uint32_t colour)
{
    PangoLayout *layout = type_set(type, face, text);
    struct area size = type_size(layout);
    type_draw(cr, layout, spot, colour, 0);
    g_object_unref(layout);
    return size;
}
