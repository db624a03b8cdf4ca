#include "draw/paper_path.h"

#include <math.h>
#include <stdlib.h>

static const double window_margin = 24, finest = 0.05; /* points */

struct tracer tracer_on(const struct view *view)
{
    return (struct tracer){.view = view, .window = area_inset(view->frame, -window_margin)};
}

void tracer_release(struct tracer *tracer)
{
    free(tracer->line.at);
    free(tracer->other.at);
}

static void add(struct tracer *t, struct spots *spots, struct spot spot)
{
    if (spots->n == spots->room) {
        size_t room = spots->room ? 2 * spots->room : 256;
        struct spot *at = realloc(spots->at, room * sizeof *at);
        if (!at) {
            t->is_short = true;
            return;
        }
        spots->at = at;
        spots->room = room;
    }
    spots->at[spots->n++] = spot;
}

void tracer_spot(struct tracer *t, struct spot spot)
{
    if (isfinite(spot.x))
        add(t, &t->line, spot);
}

static void add_place(struct tracer *t, struct geo_lonlat place, bool is_last)
{
    struct spot spot = view_spot(t->view, place);
    size_t n = t->line.n;
    if (!isfinite(spot.x))
        return;
    if (!is_last && n > 0 && fabs(spot.x - t->line.at[n - 1].x) < finest &&
        fabs(spot.y - t->line.at[n - 1].y) < finest)
        return;
    add(t, &t->line, spot);
}

void tracer_ring(struct tracer *t, const struct geo_batch *batch, size_t ring)
{
    size_t from = batch->vertex_start[ring], to = batch->vertex_start[ring + 1];
    t->line.n = 0;
    for (size_t k = from; k < to; k++) {
        struct geo_lonlat a = batch->vertex[k > from ? k - 1 : k], b = batch->vertex[k];
        double degrees = fmax(fabs(b.lon - a.lon), fabs(b.lat - a.lat));
        int pieces = (int)fmin(ceil(degrees), 720);
        for (int p = 1; p < pieces; p++) {
            double part = (double)p / pieces;
            struct geo_lonlat between = {a.lon + part * (b.lon - a.lon),
                                         a.lat + part * (b.lat - a.lat)};
            add_place(t, between, false);
        }
        add_place(t, b, k + 1 == to);
    }
}

/* ---- cutting ---- */

/* How far inside side k of the window a spot lies. */
static double depth(const struct area *w, int k, struct spot s)
{
    double all[4] = {s.x - w->x, w->x + w->width - s.x, s.y - w->y, w->y + w->height - s.y};
    return all[k];
}

static struct spot between(struct spot a, struct spot b, double depth_a, double depth_b)
{
    double t = depth_a / (depth_a - depth_b);
    return (struct spot){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* Sides of the window that some spot lies beyond, by bits; -1 if all lie beyond one. */
static int sides_to_cut(const struct area *w, const struct spots *spots)
{
    int sides = 0;
    for (int k = 0; k < 4; k++) {
        size_t beyond = 0;
        for (size_t i = 0; i < spots->n; i++)
            beyond += depth(w, k, spots->at[i]) < 0;
        if (beyond == spots->n)
            return -1;
        sides |= (beyond > 0) << k;
    }
    return sides;
}

/* Sutherland and Hodgman, Reentrant polygon clipping (1974), against one side. */
static void cut_ring(struct tracer *t, int k)
{
    t->other.n = 0;
    for (size_t i = 0; i < t->line.n; i++) {
        struct spot a = t->line.at[i ? i - 1 : t->line.n - 1], b = t->line.at[i];
        double depth_a = depth(&t->window, k, a), depth_b = depth(&t->window, k, b);
        if ((depth_a < 0) != (depth_b < 0))
            add(t, &t->other, between(a, b, depth_a, depth_b));
        if (depth_b >= 0)
            add(t, &t->other, b);
    }
    struct spots swap = t->line;
    t->line = t->other;
    t->other = swap;
}

static void add_ring(struct tracer *t, cairo_t *cr)
{
    int sides = t->line.n ? sides_to_cut(&t->window, &t->line) : -1;
    if (sides < 0)
        return;
    for (int k = 0; k < 4; k++)
        if (sides & 1 << k)
            cut_ring(t, k);
    if (t->line.n < 3)
        return;
    cairo_new_sub_path(cr);
    for (size_t i = 0; i < t->line.n; i++)
        cairo_line_to(cr, t->line.at[i].x, t->line.at[i].y);
    cairo_close_path(cr);
}

/* Cuts a segment to the window. @return whether anything is left */
static bool cut_segment(const struct area *w, struct spot *a, struct spot *b)
{
    for (int k = 0; k < 4; k++) {
        double depth_a = depth(w, k, *a), depth_b = depth(w, k, *b);
        if (depth_a < 0 && depth_b < 0)
            return false;
        if (depth_a < 0)
            *a = between(*a, *b, depth_a, depth_b);
        else if (depth_b < 0)
            *b = between(*a, *b, depth_a, depth_b);
    }
    return true;
}

void tracer_add_line(struct tracer *t, cairo_t *cr)
{
    bool is_open = false;
    for (size_t i = 1; i < t->line.n; i++) {
        struct spot a = t->line.at[i - 1], b = t->line.at[i];
        if (!cut_segment(&t->window, &a, &b)) {
            is_open = false;
            continue;
        }
        if (!is_open || a.x != t->line.at[i - 1].x || a.y != t->line.at[i - 1].y)
            cairo_move_to(cr, a.x, a.y);
        cairo_line_to(cr, b.x, b.y);
        is_open = b.x == t->line.at[i].x && b.y == t->line.at[i].y;
    }
}

static void add_circle(struct tracer *t, cairo_t *cr, double diameter)
{
    if (t->line.n == 0 || !area_has(&t->window, t->line.at[0]))
        return;
    cairo_new_sub_path(cr);
    cairo_arc(cr, t->line.at[0].x, t->line.at[0].y, diameter / 2, 0, 2 * M_PI);
    cairo_close_path(cr);
}

void tracer_add(struct tracer *t, cairo_t *cr, const struct geo_batch *batch, size_t feature,
                enum geo_kind kind, double diameter)
{
    for (size_t p = batch->part_start[feature]; p < batch->part_start[feature + 1]; p++) {
        if (batch->part_kind[p] != kind)
            continue;
        for (size_t r = batch->ring_start[p]; r < batch->ring_start[p + 1]; r++) {
            tracer_ring(t, batch, r);
            if (kind == GEO_KIND_POLYGON)
                add_ring(t, cr);
            else if (kind == GEO_KIND_LINE)
                tracer_add_line(t, cr);
            else
                add_circle(t, cr, diameter);
        }
    }
}
