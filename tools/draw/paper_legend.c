/* The legend: layers, and the categories that are drawn, each with its own symbol. */
#include <stdio.h>
#include <stdlib.h>

#include "draw/paper_shapes.h"

struct entry {
    size_t layer, category; /* SIZE_MAX: the heading of its layer */
};

struct legend {
    struct sheet *sheet;
    size_t n;
    struct entry *entry;
    double unit; /* smaller than the sheet's where there is much to tell */
};

static bool is_alike(const struct shown *shown)
{
    return shown->theme->kind == THEME_ALIKE;
}

/* From the top of the map to its ground. */
static bool list_entries(struct legend *legend)
{
    const struct sheet *s = legend->sheet;
    size_t room = 1;
    for (size_t l = 0; l < s->map->layers; l++)
        room += s->shown[l].theme->n + 1;
    legend->entry = malloc(room * sizeof *legend->entry);
    if (!legend->entry)
        return false;
    for (size_t l = s->map->layers; l-- > 0;) {
        size_t heading = legend->n;
        if (!is_alike(&s->shown[l]))
            legend->entry[legend->n++] = (struct entry){l, SIZE_MAX};
        size_t before = legend->n;
        for (size_t c = 0; c < s->shown[l].theme->n; c++)
            if (s->shown[l].features[c] > 0)
                legend->entry[legend->n++] = (struct entry){l, c};
        if (legend->n == before)
            legend->n = heading;
    }
    return true;
}

static PangoLayout *set_entry(const struct legend *legend, const struct entry *entry, double width)
{
    const struct sheet *s = legend->sheet;
    const struct map_layer *layer = &s->map->layer[entry->layer];
    const struct theme *theme = s->shown[entry->layer].theme;
    double u = legend->unit;
    if (entry->category == SIZE_MAX) {
        char text[600];
        struct face face = {.size = 7 * u, .is_bold = true, .width = width, .lines = 2};
        snprintf(text, sizeof text, "%s · %s", layer->name, sheet_word(s, theme->en, theme->vi));
        return type_set(&s->type, &face, text);
    }
    const struct category *category = &theme->category[entry->category];
    struct face face = {.size = 6.5 * u, .width = width - 24 * u, .lines = 2};
    return type_set(&s->type, &face,
                    theme->kind == THEME_ALIKE ? layer->name
                                               : sheet_word(s, category->en, category->vi));
}

static void draw_symbol(struct sheet *s, const struct symbol *symbol, enum geo_kind kind,
                        struct area at, double unit)
{
    double middle = at.y + at.height / 2;
    if (kind == GEO_KIND_LINE) {
        cairo_move_to(s->cr, at.x, middle);
        cairo_line_to(s->cr, at.x + at.width, middle);
    } else if (kind == GEO_KIND_POINT) {
        cairo_new_sub_path(s->cr);
        cairo_arc(s->cr, at.x + at.width / 2, middle, points_of_mm(symbol->marker_mm) * unit / 2, 0,
                  6.283185307179586);
        cairo_close_path(s->cr);
    } else {
        cairo_rectangle(s->cr, at.x, at.y, at.width, at.height);
    }
    symbol_paint(s->cr, symbol, kind, s->unit);
}

static void draw_entry(struct legend *legend, const struct entry *entry, PangoLayout *layout,
                       struct spot at)
{
    struct sheet *s = legend->sheet;
    double u = legend->unit;
    bool is_heading = entry->category == SIZE_MAX;
    if (!is_heading) {
        struct area swatch = {at.x + 1 * u, at.y + 0.6 * u, 16 * u, 7.5 * u};
        draw_symbol(s, &s->shown[entry->layer].theme->category[entry->category].symbol,
                    s->map->layer[entry->layer].looks.geometry, swatch, u);
    }
    type_draw(s->cr, layout, (struct spot){at.x + (is_heading ? 0 : 23 * u), at.y}, PALETTE_INK, 0);
}

/* Sets entry after entry, column after column. @return how many found room */
static size_t flow(struct legend *legend, const struct area *area, bool is_drawn)
{
    int columns = legend->sheet->plan.legend_columns, column = 0;
    double width = area->width / columns, gap = 6 * legend->unit, y = area->y;
    for (size_t i = 0; i < legend->n; i++) {
        const struct entry *entry = &legend->entry[i];
        bool begins = i == 0 || entry->layer != entry[-1].layer;
        PangoLayout *layout = set_entry(legend, entry, width - gap);
        double height = type_size(layout).height + 1.5 * legend->unit;
        y += begins && y > area->y ? 4 * legend->unit : 0;
        /* no heading alone at a column's end */
        double need = entry->category == SIZE_MAX ? 2.2 * height : height;
        if (y + need > area->y + area->height) {
            column++;
            y = area->y;
        }
        if (column < columns && is_drawn)
            draw_entry(legend, entry, layout, (struct spot){area->x + column * width, y});
        g_object_unref(layout);
        if (column >= columns)
            return i;
        y += height;
    }
    return legend->n;
}

/* Of a line that says what is left out. */
static double rest_height(const struct sheet *s)
{
    return 9 * s->unit;
}

static void draw_rest(struct legend *legend, const struct area *area, size_t rest)
{
    struct sheet *s = legend->sheet;
    char text[80];
    struct face face = {
        .size = 6 * legend->unit, .width = area->width, .lines = 1, .align = PANGO_ALIGN_RIGHT};
    snprintf(text, sizeof text, "%s: %zu", sheet_word(s, "not shown", "chưa hiện"), rest);
    type_print(&s->type, s->cr, &face, text, (struct spot){area->x, area->y + area->height},
               PALETTE_GREY);
}

/* Of the word "Legend" and the air below it. */
static double heading_height(const struct sheet *s)
{
    return 14 * s->unit;
}

double sheet_legend_height(struct sheet *s)
{
    struct legend legend = {.sheet = s, .unit = s->unit};
    struct area area = s->plan.legend;
    if (!list_entries(&legend))
        return area.height;
    area.height = 10 * s->unit;
    while (area.height < s->plan.legend.height && flow(&legend, &area, false) < legend.n)
        area.height += 4 * s->unit;
    free(legend.entry);
    return heading_height(s) + area.height + rest_height(s);
}

bool sheet_draw_legend(struct sheet *s)
{
    struct legend legend = {.sheet = s, .unit = s->unit};
    struct area area = s->plan.legend;
    struct face face = {.size = 9 * s->unit, .is_bold = true};
    if (!list_entries(&legend))
        return job_fail(s->job, GEO_ENOMEM, "out of memory");
    type_print(&s->type, s->cr, &face, sheet_word(s, "Legend", "Chú giải"),
               (struct spot){area.x, area.y}, PALETTE_INK);
    area.y += heading_height(s);
    area.height -= heading_height(s) + rest_height(s);
    while (flow(&legend, &area, false) < legend.n && legend.unit > 0.7 * s->unit)
        legend.unit -= 0.05 * s->unit;
    size_t fit = flow(&legend, &area, true);
    if (fit < legend.n)
        draw_rest(&legend, &area, legend.n - fit);
    free(legend.entry);
    return true;
}
