#include "draw/paper_along.h"

#include <math.h>
#include <stdlib.h>

struct course {
    const struct spots *line;
    double *length; /* from the first spot to each */
    double whole;
};

static bool make_course(struct course *course, const struct spots *line)
{
    *course = (struct course){.line = line};
    course->length = line->n > 1 ? malloc(line->n * sizeof *course->length) : NULL;
    if (!course->length)
        return false;
    course->length[0] = 0;
    for (size_t i = 1; i < line->n; i++)
        course->length[i] = course->length[i - 1] + hypot(line->at[i].x - line->at[i - 1].x,
                                                          line->at[i].y - line->at[i - 1].y);
    course->whole = course->length[line->n - 1];
    return true;
}

static struct spot spot_at(const struct course *c, double length)
{
    size_t low = 0, high = c->line->n - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(c->length[middle] <= length ? &low : &high) = middle;
    }
    struct spot a = c->line->at[low], b = c->line->at[high];
    double piece = c->length[high] - c->length[low];
    double t = piece > 0 ? (length - c->length[low]) / piece : 0;
    return (struct spot){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* The chord under a label, and how far the line strays from it to either side. */
struct chord {
    struct spot a, b;
    double length, left, right;
};

static struct chord chord_at(const struct course *course, double middle, double width)
{
    enum { LOOKS = 12 };
    struct chord c = {.a = spot_at(course, middle - width / 2),
                      .b = spot_at(course, middle + width / 2)};
    c.length = hypot(c.b.x - c.a.x, c.b.y - c.a.y);
    for (int k = 1; k < LOOKS && c.length > 0; k++) {
        struct spot s = spot_at(course, middle + width * ((double)k / LOOKS - 0.5));
        double off = ((c.b.x - c.a.x) * (s.y - c.a.y) - (c.b.y - c.a.y) * (s.x - c.a.x)) / c.length;
        c.left = fmax(c.left, -off);
        c.right = fmax(c.right, off);
    }
    return c;
}

/* side: -1 left of the chord's direction, 1 right of it. */
static struct label_box beside(const struct chord *c, int side, double width, double height,
                               double gap)
{
    double angle = atan2(c->b.y - c->a.y, c->b.x - c->a.x);
    double off = side * (gap + height / 2 + (side < 0 ? c->left : c->right));
    struct label_box box = {.width = width, .height = height, .angle = angle};
    box.middle = (struct spot){(c->a.x + c->b.x) / 2 - sin(angle) * off,
                               (c->a.y + c->b.y) / 2 + cos(angle) * off};
    if (angle > M_PI / 2 || angle <= -M_PI / 2) /* not upside down */
        box.angle -= copysign(M_PI, angle);
    return box;
}

bool along_find(const struct placer *placer, const struct spots *line, double width, double height,
                double gap, struct label_box *best)
{
    struct course course;
    double least = INFINITY;
    if (!make_course(&course, line))
        return false;
    double step = fmax(width / 6, course.whole / 1000);
    for (double at = width / 2; at <= course.whole - width / 2; at += step) {
        struct chord chord = chord_at(&course, at, width);
        if (!area_has(&placer->frame, spot_at(&course, at)) || chord.length < 0.8 * width)
            continue;
        for (int side = -1; side <= 1; side += 2) {
            struct label_box box = beside(&chord, side, width, height, gap);
            double bend = (chord.left + chord.right) / height;
            double cost =
                placer_cost(placer, &box) + 0.15 * bend + 0.2 * fabs(at / course.whole - 0.5);
            if (cost < least) {
                least = cost;
                *best = box;
            }
        }
    }
    free(course.length);
    return least < INFINITY;
}
