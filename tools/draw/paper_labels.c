/* Names beside what they name: corridors first, then zones from large to small, then points. A name
 * that finds no room is left out. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "draw/paper_along.h"
#include "draw/paper_anchor.h"
#include "draw/paper_shapes.h"

enum { LABELS_MAX = 3000, LABELS_FEW = 400, LABELS_MANY = 200, TEXT_MAX = 400 };

/* Who comes first. */
enum rank { RANK_LINE, RANK_ZONE, RANK_POINT, RANK_CONTEXT };

struct label {
    size_t layer, feature;
    enum rank rank;
    struct anchor anchor; /* of polygons and points */
    double size;          /* the largest first */
    uint32_t turn;        /* of those alike */
};

struct labels {
    struct sheet *sheet;
    struct tracer tracer;
    struct placer placer;
    size_t n;
    struct label *label;
};

static bool has_labels(const struct map_layer *layer)
{
    return layer->title != SIZE_MAX && layer->looks.role != ROLE_BANDS;
}

static int compare(const void *a, const void *b)
{
    const struct label *l = a, *m = b;
    if (l->rank != m->rank)
        return l->rank < m->rank ? -1 : 1;
    if (l->size != m->size)
        return l->size > m->size ? -1 : 1;
    if (l->turn != m->turn)
        return l->turn < m->turn ? -1 : 1;
    if (l->layer != m->layer)
        return l->layer < m->layer ? -1 : 1;
    return l->feature < m->feature ? -1 : l->feature > m->feature;
}

static bool measure(struct labels *labels, struct label *label)
{
    const struct map_layer *layer = &labels->sheet->map->layer[label->layer];
    const struct geo_batch *batch = layer->drawn;
    enum geo_kind kind = (enum geo_kind)batch->part_kind[batch->part_start[label->feature]];
    bool is_context = layer->looks.role == ROLE_CONTEXT;
    if (kind == GEO_KIND_LINE) {
        label->rank = RANK_LINE;
        label->size = anchor_longest_line(&labels->tracer, batch, label->feature);
        return label->size > 0 && !is_context;
    }
    label->rank = is_context ? RANK_CONTEXT : kind == GEO_KIND_POINT ? RANK_POINT : RANK_ZONE;
    label->size = anchor_find(&labels->tracer, batch, label->feature, &label->anchor);
    label->anchor.box = area_inset(label->anchor.box, -0.7 * labels->sheet->unit);
    return label->size >= 0 && area_has(&labels->sheet->plan.frame, label->anchor.spot) &&
           (label->rank != RANK_CONTEXT || kind == GEO_KIND_POLYGON);
}

/* Of many only some find room: neither their order in a file nor the projection, which makes some a
 * little larger, shall crowd these in one place. Fibonacci hashing, Knuth TAOCP 3, 6.4. */
static void spread(struct labels *labels)
{
    for (size_t i = 0; i < labels->n; i++) {
        struct label *label = &labels->label[i];
        label->size = label->size > 0 ? exp2(2 * floor(log2(label->size) / 2)) : 0;
        label->turn = (uint32_t)((label->feature + 1) * 0x9E3779B97F4A7C15u >> 32);
    }
}

static bool collect(struct labels *labels)
{
    const struct map *map = labels->sheet->map;
    size_t room = 0;
    for (size_t l = 0; l < map->layers; l++)
        room += has_labels(&map->layer[l]) ? map->layer[l].drawn->n : 0;
    labels->label = malloc((room + 1) * sizeof *labels->label);
    if (!labels->label)
        return false;
    for (size_t l = 0; l < map->layers; l++) {
        const struct shown *shown = &labels->sheet->shown[l];
        for (size_t i = 0; has_labels(&map->layer[l]) && i < map->layer[l].drawn->n; i++) {
            struct label label = {.layer = l, .feature = i};
            if (shown->category[i] != SIZE_MAX && measure(labels, &label))
                labels->label[labels->n++] = label;
        }
    }
    if (labels->n > LABELS_MANY)
        spread(labels);
    qsort(labels->label, labels->n, sizeof *labels->label, compare);
    if (labels->n > LABELS_MAX) /* all that find room would hide the map */
        labels->n = LABELS_FEW;
    return true;
}

/* What labels had better not hide: lines, points and small zones; large ones bear a name, and the
 * outlines of the surroundings a little. */
static void draw_ink_of(struct labels *labels, cairo_t *cr, const struct map_layer *layer, size_t i)
{
    double unit = labels->sheet->unit, x0, y0, x1, y1;
    bool is_context = layer->looks.role == ROLE_CONTEXT;
    tracer_add(&labels->tracer, cr, layer->drawn, i, GEO_KIND_POLYGON, 0);
    cairo_path_extents(cr, &x0, &y0, &x1, &y1);
    bool is_small = (x1 - x0) * (y1 - y0) < 400 * unit * unit;
    cairo_set_source_rgba(cr, 0, 0, 0, is_context ? 0.3 : is_small ? 1 : 0.5);
    cairo_set_line_width(cr, 2 * unit);
    if (is_context)
        cairo_stroke(cr);
    else
        cairo_fill(cr);
    tracer_add(&labels->tracer, cr, layer->drawn, i, GEO_KIND_LINE, 0);
    cairo_set_source_rgba(cr, 0, 0, 0, is_context ? 0.3 : 1);
    cairo_set_line_width(cr, 3 * unit);
    cairo_stroke(cr);
    tracer_add(&labels->tracer, cr, layer->drawn, i, GEO_KIND_POINT, 7 * unit);
    cairo_fill(cr);
}

static void draw_ink(struct labels *labels)
{
    const struct sheet *s = labels->sheet;
    cairo_t *cr = placer_ink(&labels->placer);
    for (size_t l = 0; l < s->map->layers; l++)
        for (size_t i = 0; i < s->map->layer[l].drawn->n; i++)
            if (s->shown[l].category[i] != SIZE_MAX && s->map->layer[l].looks.role != ROLE_BANDS)
                draw_ink_of(labels, cr, &s->map->layer[l], i);
    cairo_destroy(cr);
    cairo_surface_flush(labels->placer.ink);
}

/* ---- placing ---- */

/* Sides of what is named, in halves of both sizes: better right than left, better beside than
 * above. */
static const struct spot sides[] = {
    {1, 0},   {-1, 0}, {1, -.6},  {1, .6},  {-1, -.6}, {-1, .6}, {0, -1},  {0, 1},
    {.6, -1}, {.6, 1}, {-.6, -1}, {-.6, 1}, {1, -1},   {1, 1},   {-1, -1}, {-1, 1},
};
enum { SIDES = sizeof sides / sizeof sides[0] };

/* In its zone if there is room, else beside it, unless that costs more than `worst`.
 * @return the side, SIDES for inside, -1 for none */
static int find_beside(const struct placer *placer, const struct label *label, double worst,
                       double width, double height, struct label_box *best)
{
    const struct area *a = &label->anchor.box;
    double least = worst;
    int found = -1;
    struct label_box box = {.middle = label->anchor.spot, .width = width, .height = height};
    if (width < a->width && height < a->height && placer_cost(placer, &box) < INFINITY) {
        *best = box;
        return SIDES;
    }
    for (int k = 0; k < 2 * SIDES; k++) { /* close by, then farther off */
        struct spot side = sides[k % SIDES];
        double air = k < SIDES ? 0 : 0.6 * height;
        box.middle.x = a->x + a->width / 2 + side.x * ((a->width + width) / 2 + air);
        box.middle.y = a->y + a->height / 2 + side.y * ((a->height + height) / 2 + air);
        double cost = placer_cost(placer, &box) + 0.0015 * k;
        if (cost < least) {
            least = cost;
            *best = box;
            found = k % SIDES;
        }
    }
    return found;
}

/* Surroundings are named in large grey letters where there is most room. */
static int find_within(const struct placer *placer, const struct label *label, double width,
                       double height, struct label_box *best)
{
    enum { GRID = 6 };
    const struct area *a = &label->anchor.box;
    double least = 0.05;
    int found = -1;
    struct label_box box = {.width = width, .height = height};
    for (int k = 0; k < GRID * GRID; k++) {
        double right = (k % GRID + 0.5) / GRID - 0.5, down = (k / GRID + 0.5) / GRID - 0.5;
        box.middle.x = label->anchor.spot.x + right * 0.6 * a->width;
        box.middle.y = label->anchor.spot.y + down * 0.6 * a->height;
        double cost = placer_cost(placer, &box) + 0.04 * hypot(right, down);
        if (cost < least) {
            least = cost;
            *best = box;
            found = SIDES;
        }
    }
    return found;
}

static struct face face_of(const struct labels *labels, const struct label *label)
{
    double u = labels->sheet->unit, frame = labels->sheet->plan.frame.width;
    struct face face = {.size = 5.8 * u,
                        .width = fmin(84 * u, 0.3 * frame),
                        .lines = 2,
                        .align = PANGO_ALIGN_CENTER};
    if (label->rank == RANK_LINE)
        return (struct face){.size = 6.6 * u, .is_bold = true, .width = 0.4 * frame, .lines = 1};
    if (label->rank == RANK_POINT) {
        face.size = 5.2 * u;
        face.is_italic = true;
    } else if (label->rank == RANK_CONTEXT) {
        face.size = 9.5 * u;
        face.is_bold = true;
    }
    return face;
}

static const struct symbol *symbol_of(const struct sheet *s, const struct label *label)
{
    const struct shown *shown = &s->shown[label->layer];
    return &shown->theme->category[shown->category[label->feature]].symbol;
}

static void draw_label(struct sheet *s, const struct label *label, PangoLayout *layout,
                       const struct label_box *box)
{
    struct area size = type_size(layout);
    uint32_t colour = label->rank == RANK_LINE      ? palette_line(symbol_of(s, label)->line)
                      : label->rank == RANK_CONTEXT ? PALETTE_GREY
                                                    : PALETTE_INK;
    cairo_save(s->cr);
    cairo_translate(s->cr, box->middle.x, box->middle.y);
    cairo_rotate(s->cr, box->angle);
    type_draw(s->cr, layout, (struct spot){-size.x - size.width / 2, -size.y - size.height / 2},
              colour, 0.9 * s->unit);
    cairo_restore(s->cr);
}

static bool find(struct labels *labels, const struct label *label, PangoLayout *layout,
                 struct label_box *box)
{
    const struct geo_batch *batch = labels->sheet->map->layer[label->layer].drawn;
    struct area size = type_size(layout);
    double unit = labels->sheet->unit, width = size.width + 3 * unit, height = size.height;
    if (label->rank == RANK_LINE) {
        double gap = points_of_mm(symbol_of(labels->sheet, label)->line_mm) * unit / 2 + 1.2 * unit;
        anchor_longest_line(&labels->tracer, batch, label->feature);
        return along_find(&labels->placer, &labels->tracer.line, width, height, gap, box);
    }
    /* on a crowded map a name would hide more than it tells */
    double worst = labels->n > LABELS_MANY ? 0.08 : 0.28;
    int side = label->rank == RANK_CONTEXT
                   ? find_within(&labels->placer, label, width, height, box)
                   : find_beside(&labels->placer, label, worst, width, height, box);
    if (side >= 0 && side < SIDES && fabs(sides[side].x) == 1)
        type_align(layout, sides[side].x > 0 ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
    return side >= 0;
}

/* False if memory ran out. */
static bool place(struct labels *labels, const struct label *label)
{
    struct sheet *s = labels->sheet;
    const struct map_layer *layer = &s->map->layer[label->layer];
    char text[TEXT_MAX];
    struct label_box box;
    geo_batch_cell_text(layer->drawn, &layer->drawn->column[layer->title], label->feature, text,
                        sizeof text);
    if (!text[0])
        return true;
    struct face face = face_of(labels, label);
    PangoLayout *layout = type_set(&s->type, &face, text);
    bool found = find(labels, label, layout, &box);
    if (found)
        draw_label(s, label, layout, &box);
    g_object_unref(layout);
    return !found || placer_take(&labels->placer, &box);
}

bool sheet_draw_labels(struct sheet *sheet)
{
    struct labels labels = {.sheet = sheet, .tracer = tracer_on(&sheet->view)};
    bool done = placer_begin(&labels.placer, area_inset(sheet->plan.frame, 1)) && collect(&labels);
    if (done)
        draw_ink(&labels);
    for (size_t i = 0; done && i < labels.n; i++)
        done = place(&labels, &labels.label[i]);
    done = done && !labels.tracer.is_short;
    placer_end(&labels.placer);
    tracer_release(&labels.tracer);
    free(labels.label);
    return done || job_fail(sheet->job, GEO_ENOMEM, "out of memory");
}
