#include "draw/paper_anchor.h"

#include <math.h>

static const double marker = 7; /* points */

/* Twice the area of the ring in tracer->line, and its centre of mass. */
static double centre(const struct spots *ring, struct spot *middle)
{
    double sum = 0, x = 0, y = 0;
    struct spot o = ring->at[0];
    for (size_t i = 1; i < ring->n; i++) {
        double ax = ring->at[i - 1].x - o.x, ay = ring->at[i - 1].y - o.y;
        double bx = ring->at[i].x - o.x, by = ring->at[i].y - o.y, cross = ax * by - bx * ay;
        sum += cross;
        x += cross * (ax + bx);
        y += cross * (ay + by);
    }
    *middle = sum != 0 ? (struct spot){o.x + x / (3 * sum), o.y + y / (3 * sum)} : o;
    return fabs(sum);
}

static struct area box_of(const struct spots *ring)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (size_t i = 0; i < ring->n; i++) {
        x0 = fmin(x0, ring->at[i].x), x1 = fmax(x1, ring->at[i].x);
        y0 = fmin(y0, ring->at[i].y), y1 = fmax(y1, ring->at[i].y);
    }
    return (struct area){x0, y0, x1 - x0, y1 - y0};
}

/* The next crossing of the ring with the line y right of x; INFINITY if there is none. */
static double next_crossing(const struct spots *ring, double x, double y)
{
    double next = INFINITY;
    for (size_t i = 1; i < ring->n; i++) {
        struct spot a = ring->at[i - 1], b = ring->at[i];
        if ((a.y > y) == (b.y > y))
            continue;
        double at = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
        if (at > x && at < next)
            next = at;
    }
    return next;
}

/* The middle of the widest stretch inside the ring at the height of its centre, unless that lies
 * inside. */
static struct spot inside(const struct spots *ring, struct spot centre_spot)
{
    enum { STRETCHES = 64 };
    double widest = 0, x = -INFINITY;
    struct spot best = centre_spot;
    for (int k = 0; k < STRETCHES; k++) {
        double from = next_crossing(ring, x, centre_spot.y);
        double to = next_crossing(ring, from, centre_spot.y);
        if (!isfinite(to))
            break;
        if (from < centre_spot.x && centre_spot.x < to)
            return centre_spot;
        if (to - from > widest) {
            widest = to - from;
            best.x = (from + to) / 2;
        }
        x = to;
    }
    return best;
}

double anchor_find(struct tracer *t, const struct geo_batch *batch, size_t feature,
                   struct anchor *anchor)
{
    double largest = -1;
    for (size_t p = batch->part_start[feature]; p < batch->part_start[feature + 1]; p++) {
        tracer_ring(t, batch, batch->ring_start[p]);
        if (t->line.n == 0)
            continue;
        struct spot middle = t->line.at[0];
        double size = centre(&t->line, &middle) / 2;
        if (size <= largest)
            continue;
        largest = size;
        anchor->box = box_of(&t->line);
        anchor->spot = inside(&t->line, middle);
        if (batch->part_kind[p] == GEO_KIND_POINT)
            anchor->box = area_inset(anchor->box, -marker / 2);
    }
    return largest;
}

double anchor_longest_line(struct tracer *t, const struct geo_batch *batch, size_t feature)
{
    size_t ring = batch->ring_start[batch->part_start[feature]];
    double longest = -1;
    for (size_t p = batch->part_start[feature]; p < batch->part_start[feature + 1]; p++) {
        tracer_ring(t, batch, batch->ring_start[p]);
        double length = 0;
        for (size_t i = 1; i < t->line.n; i++)
            length +=
                hypot(t->line.at[i].x - t->line.at[i - 1].x, t->line.at[i].y - t->line.at[i - 1].y);
        if (length > longest) {
            longest = length;
            ring = batch->ring_start[p];
        }
    }
    tracer_ring(t, batch, ring);
    return longest;
}
