#include "draw/paper_grid.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "draw/paper_place.h"
#include "draw/paper_sheet.h"

static const double steps[] = {1,   2,    5,    10,   15,   20,    30,    60,    120,   300,   600,
                               900, 1200, 1800, 3600, 7200, 18000, 36000, 54000, 72000, 108000};

enum { STEPS = sizeof steps / sizeof steps[0] };

double grid_step(double wish)
{
    for (size_t k = 0; k < STEPS; k++)
        if (steps[k] >= wish)
            return steps[k];
    return steps[STEPS - 1];
}

void grid_label(double seconds, bool is_lon, double step, bool is_vietnamese, char *out,
                size_t room)
{
    static const char *const letters[2][4] = {{"E", "W", "N", "S"}, {"Đ", "T", "B", "N"}};
    double wrapped = is_lon ? remainder(seconds, 360 * 3600) : seconds;
    long whole = lround(fabs(wrapped));
    const char *letter = letters[is_vietnamese][(is_lon ? 0 : 2) + (wrapped < 0)];
    if (whole == 0 || (is_lon && whole == 180 * 3600))
        letter = "";
    int used = snprintf(out, room, "%ld°", whole / 3600);
    if (step < 3600 && used > 0 && (size_t)used < room)
        used += snprintf(out + used, room - (size_t)used, "%02ld′", whole / 60 % 60);
    if (step < 60 && used > 0 && (size_t)used < room)
        used += snprintf(out + used, room - (size_t)used, "%02ld″", whole % 60);
    if (used > 0 && (size_t)used < room)
        snprintf(out + used, room - (size_t)used, "%s", letter);
}

/* ---- drawing ---- */

enum { PIECES = 96, LINES_MAX = 400, LABELS_MAX = 800 };

/* More meridians turn a sheet grey where they meet. */
enum { MERIDIANS_MAX = 24 };

struct grid {
    struct sheet *sheet;
    struct tracer *tracer;
    struct map_box range; /* that the frame shows */
    struct map_box reach; /* a little more, so that lines cross the frame's sides */
    double step[2];       /* seconds, between parallels and between meridians */
    size_t n;             /* of labels */
    struct label_box *label;
};

static struct geo_lonlat on_line(const struct map_box *r, bool is_meridian, double degrees, int k)
{
    double part = (double)k / PIECES;
    return is_meridian ? (struct geo_lonlat){degrees, r->south + part * (r->north - r->south)}
                       : (struct geo_lonlat){r->west + part * (r->east - r->west), degrees};
}

/* Side of the frame that a segment crosses: 0 left, 1 right, 2 top, 3 bottom; -1 none. */
static int crossing(const struct area *f, struct spot a, struct spot b, struct spot *at)
{
    double edges[4] = {f->x, f->x + f->width, f->y, f->y + f->height};
    for (int side = 0; side < 4; side++) {
        bool is_x = side < 2;
        double from = (is_x ? a.x : a.y) - edges[side], to = (is_x ? b.x : b.y) - edges[side];
        if ((from < 0) == (to < 0))
            continue;
        double t = from / (from - to);
        *at = (struct spot){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        double along = is_x ? at->y - f->y : at->x - f->x;
        if (along >= 0 && along <= (is_x ? f->height : f->width))
            return side;
    }
    return -1;
}

/* Whether it stands apart from all labels before, which it joins then. */
static bool takes_place(struct grid *grid, struct label_box box)
{
    if (grid->n == LABELS_MAX)
        return false;
    for (size_t i = 0; i < grid->n; i++)
        if (boxes_meet(&box, &grid->label[i]))
            return false;
    grid->label[grid->n++] = box;
    return true;
}

/* Outside the frame, beside where the line leaves it; read from below on the left, from above on the
 * right. */
static void print_label(struct grid *grid, double seconds, bool is_meridian, int side,
                        struct spot at)
{
    static const struct spot away[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    char text[40];
    struct sheet *s = grid->sheet;
    struct face face = {.size = 6 * s->unit};
    grid_label(seconds, is_meridian, grid->step[is_meridian], s->map->is_vietnamese, text,
               sizeof text);
    PangoLayout *layout = type_set(&s->type, &face, text);
    struct area size = type_size(layout);
    double gap = 2.5 * s->unit, off = gap + size.height / 2;
    struct label_box box = {.middle = {at.x + away[side].x * off, at.y + away[side].y * off},
                            .width = size.width + 2 * gap,
                            .height = size.height,
                            .angle = side == 0   ? -M_PI / 2
                                     : side == 1 ? M_PI / 2
                                                 : 0};
    if (takes_place(grid, box)) {
        cairo_save(s->cr);
        cairo_translate(s->cr, box.middle.x, box.middle.y);
        cairo_rotate(s->cr, box.angle);
        type_draw(s->cr, layout, (struct spot){-size.width / 2, -size.height / 2}, PALETTE_INK, 0);
        cairo_restore(s->cr);
    }
    g_object_unref(layout);
}

/* Round a pole parallels are circles: their names stand on the middle meridian. */
static void print_inside(struct grid *grid, double seconds)
{
    char text[40];
    struct sheet *s = grid->sheet;
    struct face face = {.size = 6 * s->unit};
    struct spot at = view_spot(&s->view, (struct geo_lonlat){s->view.lon, seconds / 3600});
    struct area inner = area_inset(s->plan.frame, 12 * s->unit);
    if (!area_has(&inner, at) || fabs(seconds) >= 90 * 3600)
        return;
    grid_label(seconds, false, grid->step[0], s->map->is_vietnamese, text, sizeof text);
    PangoLayout *layout = type_set(&s->type, &face, text);
    struct area size = type_size(layout);
    if (takes_place(grid, (struct label_box){at, size.width, size.height, 0}))
        type_draw(s->cr, layout, (struct spot){at.x - size.width / 2, at.y - size.height / 2},
                  PALETTE_GREY, s->unit);
    g_object_unref(layout);
}

static void label_line(struct grid *grid, double seconds, bool is_meridian)
{
    struct sheet *s = grid->sheet;
    bool is_plane = s->view.kind == VIEW_PLANE;
    struct spot before = {NAN, NAN};
    for (int k = 0; k <= PIECES; k++) {
        struct spot at, here;
        here = view_spot(&s->view, on_line(&grid->reach, is_meridian, seconds / 3600, k));
        int side = k ? crossing(&s->plan.frame, before, here, &at) : -1;
        if (side >= 0 && (is_plane ? is_meridian : is_meridian == (side >= 2)))
            print_label(grid, seconds, is_meridian, side, at);
        before = here;
    }
    if (is_plane && !is_meridian)
        print_inside(grid, seconds);
}

static void trace_line(struct grid *grid, double seconds, bool is_meridian)
{
    struct tracer *t = grid->tracer;
    t->line.n = 0;
    for (int k = 0; k <= PIECES; k++)
        tracer_spot(t, view_spot(&grid->sheet->view,
                                 on_line(&grid->reach, is_meridian, seconds / 3600, k)));
    tracer_add_line(t, grid->sheet->cr);
}

static void draw_all(struct grid *grid, void (*draw)(struct grid *, double, bool))
{
    const struct map_box *r = &grid->range;
    for (int is_meridian = 0; is_meridian < 2; is_meridian++) {
        const double step = grid->step[is_meridian];
        double from = (is_meridian ? r->west : r->south) * 3600 / step;
        double to = (is_meridian ? r->east : r->north) * 3600 / step;
        if (is_meridian && r->east - r->west >= 360) /* the last is the first */
            to -= 1e-6;
        for (int k = 0; k < LINES_MAX && ceil(from) + k <= to; k++)
            draw(grid, (ceil(from) + k) * step, is_meridian);
    }
}

static struct grid make_grid(struct sheet *sheet)
{
    struct map_box range = view_range(&sheet->view);
    double seconds_a_point = 3600 / (sheet->view.points_a_metre * 111195);
    double wish = seconds_a_point * 85 * sheet->unit;
    double apart = fmax(wish, (range.east - range.west) * 3600 / MERIDIANS_MAX);
    double east = 0.01 * (range.east - range.west), north = 0.01 * (range.north - range.south);
    return (struct grid){
        .sheet = sheet,
        .range = range,
        .reach = {range.west - east, fmax(range.south - north, -90), range.east + east,
                  fmin(range.north + north, 90)},
        .step = {grid_step(wish), grid_step(apart)},
    };
}

bool sheet_draw_graticule(struct sheet *sheet)
{
    struct grid grid = make_grid(sheet);
    struct tracer tracer = tracer_on(&sheet->view);
    const struct area *f = &sheet->plan.frame;
    grid.tracer = &tracer;
    cairo_save(sheet->cr);
    cairo_rectangle(sheet->cr, f->x, f->y, f->width, f->height);
    cairo_clip(sheet->cr);
    draw_all(&grid, trace_line);
    set_colour(sheet->cr, PALETTE_GREY, 0.5);
    cairo_set_line_width(sheet->cr, 0.35 * sheet->unit);
    cairo_stroke(sheet->cr);
    cairo_restore(sheet->cr);
    bool is_short = tracer.is_short;
    tracer_release(&tracer);
    return !is_short || job_fail(sheet->job, GEO_ENOMEM, "out of memory");
}

void sheet_draw_degrees(struct sheet *sheet)
{
    struct label_box label[LABELS_MAX];
    struct grid grid = make_grid(sheet);
    grid.label = label;
    draw_all(&grid, label_line);
}
