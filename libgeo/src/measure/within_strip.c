#include <math.h>

#include "base/fail.h"
#include "index/space.h"
#include "measure/within_query.h"

#define QUARTER (3.14159265358979323846 / 2)

/* The strip along a leg against one ring of a patch. */
struct strip {
    struct geo_ctx *ctx;
    struct within_patch *patch;
    const struct within_leg *leg;
    const struct within_arc *arc;
    struct within_spot along; /* of length 1; of a point 0 */
    struct within_spot middle;
    double half; /* all rings lie within this of `middle`: one polygon stands for the strip, so that
                    what it cuts from a hole is what it cuts from the exterior there */
    int at;      /* work[at] holds what is inside so far */
};

static double dot(struct within_spot a, struct within_spot b)
{
    return a.x * b.x + a.y * b.y;
}

static struct within_spot minus(struct within_spot a, struct within_spot b)
{
    return (struct within_spot){a.x - b.x, a.y - b.y};
}

static struct within_spot times(double t, struct within_spot a)
{
    return (struct within_spot){t * a.x, t * a.y};
}

/* Whether anything is left inside. */
static bool is_left(const struct strip *strip)
{
    return strip->patch->work[strip->at].ring_n > 0;
}

/* Leaves what lies no farther than c along a normal through a centre. */
static enum geo_status cut(struct strip *strip, struct within_spot centre,
                           struct within_spot normal, double c)
{
    struct within_chain *work = strip->patch->work;
    const struct within_line line = {normal.x, normal.y, dot(normal, centre) + c};
    if (!is_left(strip) || within_ring_is_inside(&work[strip->at], 0, line))
        return GEO_OK;
    struct within_chain *next = &work[1 - strip->at];
    within_chain_clear(next);
    GEO_TRY(within_chain_cut(strip->ctx, &work[strip->at], 0, line, next, &strip->patch->rest));
    strip->at = 1 - strip->at;
    return GEO_OK;
}

/* An end of the strip: the half of the circle about `centre` that lies along `axis`. */
struct end {
    struct within_spot centre, axis; /* 0: all of the circle */
    double radius;
};

/* The chords across `normal`, from chord `first` on, and those that follow within an angle; turn:
 * 1 counter-clockwise, -1 clockwise. */
static enum geo_status sweep(struct strip *strip, const struct end *end, struct within_spot normal,
                             int first, double angle, double turn)
{
    const struct within_arc *arc = strip->arc;
    const int n = (int)ceil(angle / arc->step);
    for (int i = 0; i <= n && is_left(strip) && dot(normal, end->axis) >= -1e-12; i++) {
        if (i >= first)
            GEO_TRY(cut(strip, end->centre, normal, end->radius * arc->chord));
        normal = (struct within_spot){normal.x * arc->cosine - turn * normal.y * arc->sine,
                                      normal.y * arc->cosine + turn * normal.x * arc->sine};
    }
    return GEO_OK;
}

static enum geo_status sweep_both(struct strip *strip, const struct end *end,
                                  struct within_spot normal, double angle)
{
    GEO_TRY(sweep(strip, end, normal, 0, angle, 1));
    return sweep(strip, end, normal, 1, angle, -1);
}

/* Of the end's arc, the chords that can be seen from it where the land lies. */
static enum geo_status cut_end(struct strip *strip, const struct end *end)
{
    const struct within_spot d = minus(strip->middle, end->centre);
    const double apart = sqrt(dot(d, d)), ahead = dot(d, end->axis);
    const bool is_point = dot(end->axis, end->axis) == 0;
    if (apart <= strip->half)
        return is_point ? sweep_both(strip, end, (struct within_spot){1, 0}, 2 * QUARTER)
                        : sweep_both(strip, end, end->axis, QUARTER);
    const double seen = asin(strip->half / apart);
    if (is_point || ahead >= 0)
        return sweep_both(strip, end, times(1 / apart, d), seen);
    /* The land's middle is beside the strip: the arc begins across the axis, on the land's side. */
    struct within_spot across = {-end->axis.y, end->axis.x};
    const bool is_left_side = dot(d, across) >= 0;
    if (!is_left_side)
        across = times(-1, across);
    const double away = asin(geo_min(1, -ahead / apart));
    return away > seen ? GEO_OK : sweep(strip, end, across, 0, seen - away, is_left_side ? -1 : 1);
}

static enum geo_status cut_sides(struct strip *strip)
{
    const struct within_leg *leg = strip->leg;
    const double radius = strip->arc->radius_m + leg->side_more;
    const struct within_spot left = {-strip->along.y, strip->along.x};
    GEO_TRY(cut(strip, leg->a, left, radius));
    return cut(strip, leg->a, times(-1, left), radius);
}

static enum geo_status cut_ring(struct strip *strip, size_t ring, double *taken)
{
    struct within_patch *patch = strip->patch;
    const struct within_leg *leg = strip->leg;
    const double radius = strip->arc->radius_m;
    const bool is_point = dot(strip->along, strip->along) == 0;
    const struct end a = {leg->a, times(-1, strip->along), radius + leg->a_more};
    const struct end b = {leg->b, strip->along, radius + leg->b_more};
    strip->at = 0;
    within_chain_clear(&patch->work[0]);
    GEO_TRY(within_chain_copy(strip->ctx, &patch->work[0], &patch->land, ring));
    if (!is_point)
        GEO_TRY(cut_sides(strip));
    GEO_TRY(cut_end(strip, &a));
    if (!is_point)
        GEO_TRY(cut_end(strip, &b));
    if (is_left(strip))
        *taken += within_ring_area(&patch->work[strip->at], 0);
    return GEO_OK;
}

static struct within_spot nearest_on(const struct within_leg *leg, struct within_spot p)
{
    const struct within_spot d = minus(leg->b, leg->a), w = minus(p, leg->a);
    const double length2 = dot(d, d);
    double t = length2 > 0 ? dot(w, d) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return (struct within_spot){leg->a.x + t * d.x, leg->a.y + t * d.y};
}

double within_leg_apart(const struct within_leg *leg, struct within_spot p)
{
    const struct within_spot off = minus(p, nearest_on(leg, p));
    return sqrt(dot(off, off));
}

/* Whether one chord keeps the strip from a ring: that across the way to the middle of the two spots
 * of it that are nearest. */
static bool is_beyond(const struct strip *strip, size_t ring, double radius)
{
    const struct within_chain *land = &strip->patch->land;
    const struct within_ring r = land->ring[ring];
    const struct within_spot *spot = &land->spot[r.first];
    double least = INFINITY, second = INFINITY;
    struct within_spot a = spot[0], b = spot[0];
    for (size_t i = 0; i < r.n; i++) {
        const struct within_spot off = minus(spot[i], nearest_on(strip->leg, spot[i]));
        const double apart2 = dot(off, off);
        if (apart2 < least) {
            second = least, b = a;
            least = apart2, a = spot[i];
        } else if (apart2 < second) {
            second = apart2, b = spot[i];
        }
    }
    const struct within_spot middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    const struct within_spot foot = nearest_on(strip->leg, middle);
    struct within_spot normal = minus(middle, foot);
    const double length = sqrt(dot(normal, normal));
    if (!(length > 0))
        return false;
    normal = times(1 / length, normal);
    const double limit = dot(normal, foot) + radius * strip->arc->chord;
    for (size_t i = 0; i < r.n; i++)
        if (dot(normal, spot[i]) < limit)
            return false;
    return true;
}

static enum geo_status take_ring(struct strip *strip, size_t ring, double *taken)
{
    struct within_patch *patch = strip->patch;
    const struct within_leg *leg = strip->leg;
    const struct within_box box = within_ring_box(&patch->land, ring);
    const double x = (box.x_hi - box.x_lo) / 2, y = (box.y_hi - box.y_lo) / 2;
    const struct within_spot middle = {box.x_lo + x, box.y_lo + y};
    const double half = sqrt(x * x + y * y);
    const double apart = within_leg_apart(leg, middle), radius = strip->arc->radius_m;
    const double most = geo_max(leg->side_more, geo_max(leg->a_more, leg->b_more));
    const double least = geo_min(leg->side_more, geo_min(leg->a_more, leg->b_more));
    if (apart - half > radius + most || is_beyond(strip, ring, radius + most))
        return within_chain_copy(strip->ctx, &patch->rest, &patch->land, ring);
    if (apart + half > radius + least)
        return cut_ring(strip, ring, taken);
    *taken += within_ring_area(&patch->land, ring);
    return GEO_OK;
}

enum geo_status within_take_strip(struct geo_ctx *ctx, struct within_patch *patch,
                                  const struct within_leg *leg, const struct within_arc *arc,
                                  double *taken)
{
    const struct within_spot d = minus(leg->b, leg->a);
    const double length = sqrt(dot(d, d));
    struct strip strip = {.ctx = ctx, .patch = patch, .leg = leg, .arc = arc};
    if (length > 0)
        strip.along = times(1 / length, d);
    const struct within_box box = within_chain_box(&patch->land);
    const double x = (box.x_hi - box.x_lo) / 2, y = (box.y_hi - box.y_lo) / 2;
    strip.middle = (struct within_spot){box.x_lo + x, box.y_lo + y};
    strip.half = sqrt(x * x + y * y);
    within_chain_clear(&patch->rest);
    for (size_t ring = 0; ring < patch->land.ring_n; ring++)
        GEO_TRY(take_ring(&strip, ring, taken));
    const struct within_chain land = patch->land;
    patch->land = patch->rest;
    patch->rest = land;
    return GEO_OK;
}
