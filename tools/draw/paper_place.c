#include "draw/paper_place.h"

#include <math.h>
#include <stdlib.h>

bool placer_begin(struct placer *placer, struct area frame)
{
    *placer = (struct placer){.frame = frame, .cell = 1.5};
    placer->ink = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)(frame.width / placer->cell) + 1,
                                             (int)(frame.height / placer->cell) + 1);
    return cairo_surface_status(placer->ink) == CAIRO_STATUS_SUCCESS;
}

cairo_t *placer_ink(struct placer *placer)
{
    cairo_t *cr = cairo_create(placer->ink);
    cairo_scale(cr, 1 / placer->cell, 1 / placer->cell);
    cairo_translate(cr, -placer->frame.x, -placer->frame.y);
    return cr;
}

void placer_end(struct placer *placer)
{
    cairo_surface_destroy(placer->ink);
    free(placer->taken);
    *placer = (struct placer){0};
}

/* Half of what a box measures along a direction. */
static double reach(const struct label_box *b, double x, double y)
{
    double c = cos(b->angle), s = sin(b->angle);
    return fabs(c * x + s * y) * b->width / 2 + fabs(c * y - s * x) * b->height / 2;
}

/* Two boxes are apart if they are so along one of their four sides. */
bool boxes_meet(const struct label_box *a, const struct label_box *b)
{
    double dx = b->middle.x - a->middle.x, dy = b->middle.y - a->middle.y;
    for (int k = 0; k < 4; k++) {
        double angle = (k < 2 ? a->angle : b->angle) + (k % 2 ? M_PI / 2 : 0);
        double x = cos(angle), y = sin(angle);
        if (fabs(dx * x + dy * y) > reach(a, x, y) + reach(b, x, y))
            return false;
    }
    return true;
}

static bool is_free(const struct placer *p, const struct label_box *box)
{
    double x = reach(box, 1, 0), y = reach(box, 0, 1);
    struct spot first = {box->middle.x - x, box->middle.y - y};
    struct spot last = {box->middle.x + x, box->middle.y + y};
    if (!area_has(&p->frame, first) || !area_has(&p->frame, last))
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (boxes_meet(box, &p->taken[i]))
            return false;
    return true;
}

static double ink_at(const struct placer *p, double x, double y)
{
    int column = (int)((x - p->frame.x) / p->cell), row = (int)((y - p->frame.y) / p->cell);
    int stride = cairo_image_surface_get_stride(p->ink);
    if (column < 0 || row < 0 || column >= cairo_image_surface_get_width(p->ink) ||
        row >= cairo_image_surface_get_height(p->ink))
        return 0;
    return cairo_image_surface_get_data(p->ink)[row * stride + column] / 255.0;
}

double placer_cost(const struct placer *p, const struct label_box *box)
{
    if (!is_free(p, box))
        return INFINITY;
    int columns = (int)fmin(ceil(box->width / p->cell), 400);
    int rows = (int)fmin(ceil(box->height / p->cell), 100);
    double c = cos(box->angle), s = sin(box->angle), sum = 0;
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            double along = box->width * ((column + 0.5) / columns - 0.5);
            double across = box->height * ((row + 0.5) / rows - 0.5);
            sum += ink_at(p, box->middle.x + c * along - s * across,
                          box->middle.y + s * along + c * across);
        }
    }
    return sum / fmax(columns * rows, 1);
}

bool placer_take(struct placer *p, const struct label_box *box)
{
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 64;
        struct label_box *taken = realloc(p->taken, room * sizeof *taken);
        if (!taken)
            return false;
        p->taken = taken;
        p->room = room;
    }
    p->taken[p->n++] = *box;
    return true;
}
