/* Names beside what they name: corridors first, then zones from large to small, then points. A name
 * that finds no room is left out. */
#include <math.h>
#include <stdlib.h>

#include "draw/paper_along.h"
#include "draw/paper_anchor.h"
#include "draw/paper_shapes.h"

enum { LABELS_MAX = 3000, TEXT_MAX = 400 };

struct label {
    size_t layer, feature;
    enum geo_kind kind;
    struct anchor anchor; /* of polygons and points */
    double size;          /* the largest first */
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
    enum role role = layer->looks.role;
    return layer->title != SIZE_MAX && role != ROLE_CONTEXT && role != ROLE_BANDS;
}

/* The order of kinds stands before that of sizes. */
static int compare(const void *a, const void *b)
{
    static const int rank[] = {[GEO_KIND_LINE] = 0, [GEO_KIND_POLYGON] = 1, [GEO_KIND_POINT] = 2};
    const struct label *l = a, *m = b;
    if (l->kind != m->kind)
        return rank[l->kind] < rank[m->kind] ? -1 : 1;
    if (l->size != m->size)
        return l->size > m->size ? -1 : 1;
    if (l->layer != m->layer)
        return l->layer < m->layer ? -1 : 1;
    return l->feature < m->feature ? -1 : l->feature > m->feature;
}

static bool measure(struct labels *labels, struct label *label)
{
    const struct map_layer *layer = &labels->sheet->map->layer[label->layer];
    const struct geo_batch *batch = layer->drawn;
    size_t part = batch->part_start[label->feature];
    label->kind = (enum geo_kind)batch->part_kind[part];
    if (label->kind == GEO_KIND_LINE) {
        label->size = anchor_longest_line(&labels->tracer, batch, label->feature);
        return label->size > 0;
    }
    label->size = anchor_find(&labels->tracer, batch, label->feature, &label->anchor);
    return label->size >= 0 && area_has(&labels->sheet->plan.frame, label->anchor.spot);
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
    qsort(labels->label, labels->n, sizeof *labels->label, compare);
    labels->n = labels->n > LABELS_MAX ? LABELS_MAX : labels->n;
    return true;
}

/* What labels had better not hide: lines and points, zones less so. */
static void draw_ink(struct labels *labels)
{
    const struct sheet *s = labels->sheet;
    cairo_t *cr = placer_ink(&labels->placer);
    for (size_t l = 0; l < s->map->layers; l++) {
        enum role role = s->map->layer[l].looks.role;
        const struct geo_batch *batch = s->map->layer[l].drawn;
        if (role == ROLE_CONTEXT || role == ROLE_BANDS)
            continue;
        for (size_t i = 0; i < batch->n; i++) {
            if (s->shown[l].category[i] == SIZE_MAX)
                continue;
            tracer_add(&labels->tracer, cr, batch, i, GEO_KIND_POLYGON, 0);
            cairo_set_source_rgba(cr, 0, 0, 0, 0.5);
            cairo_fill(cr);
            tracer_add(&labels->tracer, cr, batch, i, GEO_KIND_LINE, 0);
            cairo_set_source_rgba(cr, 0, 0, 0, 1);
            cairo_set_line_width(cr, 3 * s->unit);
            cairo_stroke(cr);
            tracer_add(&labels->tracer, cr, batch, i, GEO_KIND_POINT, 7 * s->unit);
            cairo_fill(cr);
        }
    }
    cairo_destroy(cr);
    cairo_surface_flush(labels->placer.ink);
}

/* ---- placing ---- */

/* In its zone if there is room, else on one of eight sides, better right than left. */
static bool find_beside(const struct placer *placer, const struct label *label, double width,
                        double height, struct label_box *best)
{
    static const signed char side[8][2] = {{1, 0},  {-1, 0}, {0, -1},  {0, 1},
                                           {1, -1}, {1, 1},  {-1, -1}, {-1, 1}};
    const struct area *a = &label->anchor.box;
    double least = INFINITY;
    struct label_box box = {.middle = label->anchor.spot, .width = width, .height = height};
    if (width < a->width && height < a->height && placer_cost(placer, &box) < INFINITY) {
        *best = box;
        return true;
    }
    for (int k = 0; k < 8; k++) {
        box.middle.x = a->x + a->width / 2 + side[k][0] * (a->width + width) / 2;
        box.middle.y = a->y + a->height / 2 + side[k][1] * (a->height + height) / 2;
        double cost = placer_cost(placer, &box) + 0.02 * k;
        if (cost < least) {
            least = cost;
            *best = box;
        }
    }
    return least < INFINITY;
}

static struct face face_of(const struct labels *labels, const struct label *label)
{
    double u = labels->sheet->unit, frame = labels->sheet->plan.frame.width;
    if (label->kind == GEO_KIND_LINE)
        return (struct face){.size = 6.6 * u, .is_bold = true, .width = 0.4 * frame, .lines = 1};
    bool is_point = label->kind == GEO_KIND_POINT;
    return (struct face){.size = (is_point ? 5.2 : 5.8) * u,
                         .is_italic = is_point,
                         .width = fmin(84 * u, 0.3 * frame),
                         .lines = 2,
                         .align = PANGO_ALIGN_CENTER};
}

static void draw_label(struct sheet *s, const struct label *label, PangoLayout *layout,
                       const struct label_box *box)
{
    const struct shown *shown = &s->shown[label->layer];
    const struct symbol *symbol = &shown->theme->category[shown->category[label->feature]].symbol;
    struct area size = type_size(layout);
    uint32_t colour = label->kind == GEO_KIND_LINE ? symbol->line : PALETTE_INK;
    cairo_save(s->cr);
    cairo_translate(s->cr, box->middle.x, box->middle.y);
    cairo_rotate(s->cr, box->angle);
    type_draw(s->cr, layout, (struct spot){-size.x - size.width / 2, -size.y - size.height / 2},
              colour, 0.9 * s->unit);
    cairo_restore(s->cr);
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
    struct area size = type_size(layout);
    double air = 1.5 * s->unit, width = size.width + 2 * air, height = size.height;
    bool found = false;
    if (label->kind == GEO_KIND_LINE) {
        anchor_longest_line(&labels->tracer, layer->drawn, label->feature);
        found =
            along_find(&labels->placer, &labels->tracer.line, width, height, 1.5 * s->unit, &box);
    } else {
        found = find_beside(&labels->placer, label, width, height, &box);
    }
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
