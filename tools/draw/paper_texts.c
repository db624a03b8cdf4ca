/* What is written round the map: title, notes, sources. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/paper_grid.h"
#include "draw/paper_sheet.h"

/* One line as large as it fits, else two smaller ones. */
static void draw_title(struct sheet *s)
{
    const struct area *a = &s->plan.title;
    struct face face = {.size = 15 * s->unit,
                        .is_bold = true,
                        .width = a->width,
                        .lines = 1,
                        .align = PANGO_ALIGN_CENTER};
    PangoLayout *layout = type_set(&s->type, &face, s->map->title);
    if (pango_layout_is_ellipsized(layout)) {
        g_object_unref(layout);
        face.size = 10.5 * s->unit;
        face.lines = 2;
        layout = type_set(&s->type, &face, s->map->title);
    }
    double y = a->y + (a->height - type_size(layout).height) / 2;
    type_draw(s->cr, layout, (struct spot){a->x, y}, PALETTE_INK, 0);
    g_object_unref(layout);
}

/* @return the height of the notes, at most that of their area */
static double set_notes(struct sheet *s, bool is_drawn)
{
    const struct area *a = &s->plan.notes;
    double u = s->unit, y = a->y, end = a->y + a->height;
    struct face face = {.size = 7 * u, .is_bold = true};
    if (s->map->notes == 0 || a->height < 16 * u)
        return 0;
    if (is_drawn)
        type_print(&s->type, s->cr, &face, sheet_word(s, "Notes", "Ghi chú"),
                   (struct spot){a->x, y}, PALETTE_INK);
    y += 10 * u;
    for (size_t i = 0; i < s->map->notes && end - y > 7 * u; i++) {
        const struct map_note *note = &s->map->note[i];
        face = (struct face){.size = 5.4 * u, .width = a->width - 6 * u, .height = end - y};
        PangoLayout *layout = type_set(&s->type, &face, sheet_word(s, note->en, note->vi));
        if (is_drawn) {
            type_print(&s->type, s->cr, &face, "•", (struct spot){a->x, y}, PALETTE_GREY);
            type_draw(s->cr, layout, (struct spot){a->x + 6 * u, y}, PALETTE_GREY, 0);
        }
        y += type_size(layout).height + 1.5 * u;
        g_object_unref(layout);
    }
    return fmin(y, end) - a->y;
}

double sheet_notes_height(struct sheet *s)
{
    return set_notes(s, false);
}

/* The projection and the program. */
static void describe_making(const struct sheet *s, char *text, size_t room)
{
    static const char *const names[][2] = {
        [VIEW_CONE] = {"Lambert conformal conic projection", "phép chiếu nón đồng góc Lambert"},
        [VIEW_CYLINDER] = {"Mercator projection", "phép chiếu Mercator"},
        [VIEW_PLANE] = {"polar stereographic projection", "phép chiếu lập thể cực"},
    };
    char lat[40];
    const char *const *name = names[s->view.kind];
    grid_label(round(s->view.lat * 60) * 60, false, 60, s->map->is_vietnamese, lat, sizeof lat);
    snprintf(text, room, "WGS 84, %s, %s %s · %s %s", sheet_word(s, name[0], name[1]),
             sheet_word(s, "true along", "đúng dọc vĩ tuyến"), lat, s->job->name, GEO_VERSION);
}

/* The inputs, each once. */
static void list_inputs(const struct sheet *s, char *text, size_t room)
{
    const struct map *map = s->map;
    size_t used = (size_t)snprintf(text, room, "%s", sheet_word(s, "Data: ", "Dữ liệu: "));
    for (size_t l = 0, listed = 0; l < map->layers && used < room; l++) {
        bool is_known = false;
        for (size_t k = 0; k < l; k++)
            is_known = is_known || !strcmp(map->layer[k].file, map->layer[l].file);
        if (!is_known)
            used += (size_t)snprintf(text + used, room - used, "%s%s", listed++ ? ", " : "",
                                     map->layer[l].file);
    }
}

static void draw_foot(struct sheet *s)
{
    const struct area *a = &s->plan.foot;
    char inputs[1000], making[400];
    double u = s->unit, part = 0.45 * a->width;
    struct face left = {.size = 5.4 * u, .width = part, .lines = 1}, right = left;
    right.width = a->width - part - 6 * u;
    right.align = PANGO_ALIGN_RIGHT;
    list_inputs(s, inputs, sizeof inputs);
    describe_making(s, making, sizeof making);
    type_print(&s->type, s->cr, &left, inputs, (struct spot){a->x, a->y + 2 * u}, PALETTE_GREY);
    type_print(&s->type, s->cr, &right, making,
               (struct spot){a->x + a->width - right.width, a->y + 2 * u}, PALETTE_GREY);
}

void sheet_draw_texts(struct sheet *s)
{
    draw_title(s);
    set_notes(s, true);
    draw_foot(s);
}
