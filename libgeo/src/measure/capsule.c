#include "measure/capsule.h"

#include <math.h>

#include "base/fail.h"
#include "base/grow.h"

/* What is within r of a course: a point x of it has a nearest point p on the course. If p is inside
 * a leg, x lies on a perpendicular there: in the strip of the leg. If p is a joint, x lies in the
 * wedge between the perpendiculars of both legs, on the outer side of the turn. If p is a free end,
 * x lies in the half disc there. So strips, wedges and half discs cover everything, and few arcs
 * are drawn. The share of a leg is its strip and, in one polygon with it, the wedge at its end.
 *
 * Shares overlap where they meet, so that rounding leaves no gap: each goes on for one step of arc
 * beyond its ray from the joint to the arc. Rays are straight in longitude and latitude between
 * `spokes` points of the true ray. All rays of a joint bend alike: where their pieces are at most
 * 0.5 / k long, k the curvature of such lines, two rays an angle apart come nearer to one another by
 * a third of that angle at most, and pieces meet their ends at a quarter of a radian.
 *
 * Where the deviation e goes:
 *  0.35 e  arcs: with vertices at 2 r / (1 + cos(step / 2)), chords lie as far inside r as vertices
 *          outside, r tan²(step / 4)
 *  0.25 e  sides and chords of length L, read as geodesics or straight in longitude and latitude:
 *          (k + tan(r / R) / R) L² / 8; tan(r / R) / R is the curvature of the line at distance r
 *          from a geodesic. Half of that for edges straight in longitude and latitude, the other
 *          half for the legs that stand for them, k L² / 8 with the k of the edges' own latitude
 *  0.10 e  rounding to the grid of geo_buffer_decimals()
 *  0.30 e  in reserve */
#define ARC_SHARE 0.35
#define SIDE_SHARE 0.25
#define WIDEST_STEP_DEG 30
#define LONGEST_PIECE_M 1e5

/* An angle that is nothing, as a share of a step: vertices so close would be in the order that
 * rounding gives them, and the outline would cross itself. Overlaps have ten times that to spare. */
#define NO_TURN 0.01

#define RADIANS (M_PI / 180)

/* The longest line of a curvature that lies within a gap of its chord. */
static double longest_m(double gap_m, double curvature)
{
    return fmin(LONGEST_PIECE_M, sqrt(8 * gap_m / curvature));
}

struct geo_capsule_plan geo_capsule_plan(double radius_m, double deviation_m, enum geo_edges edges,
                                         double top_lat_deg)
{
    double k = geo_lonlat_curvature(top_lat_deg + radius_m / GEO_DEGREE_MIN_M);
    double offset = tan(radius_m / GEO_EARTH_MIN_RADIUS_M) / GEO_EARTH_MIN_RADIUS_M;
    double gap_m = SIDE_SHARE * deviation_m * (edges == GEO_EDGES_LONLAT ? 0.5 : 1);
    double piece_m = longest_m(gap_m, k + offset);
    double arc = 4 * atan(sqrt(ARC_SHARE * deviation_m / radius_m));
    double step = fmin(fmin(arc, piece_m / radius_m), WIDEST_STEP_DEG * RADIANS);

    return (struct geo_capsule_plan){
        .vertex_m = 2 * radius_m / (1 + cos(step / 2)),
        .step_deg = step / RADIANS,
        .leg_m = longest_m(gap_m, geo_lonlat_curvature(top_lat_deg)),
        .piece_m = piece_m,
        .spokes = (int)fmax(1, ceil(2 * k * radius_m)),
    };
}

static enum geo_status add(struct geo_ctx *ctx, struct geo_outline *outline, struct geo_lonlat p)
{
    if (outline->n == outline->room) {
        size_t room = geo_grown(outline->room, outline->n + 1);
        if (!geo_grow(&outline->vertex, room, sizeof *outline->vertex))
            return geo_no_memory(ctx);
        outline->room = room;
    }
    outline->vertex[outline->n++] = p;
    return GEO_OK;
}

static enum geo_status add_at(struct geo_ctx *ctx, struct geo_outline *outline,
                              struct geo_lonlat from, double azi_deg, double distance_m)
{
    struct geo_lonlat p;

    geod_gendirect(geo_ctx_earth(ctx), from.lat, from.lon, azi_deg, GEOD_LONG_UNROLL, distance_m,
                   &p.lat, &p.lon, NULL, NULL, NULL, NULL, NULL, NULL);
    return add(ctx, outline, p);
}

/* Clockwise arc about a centre, from one azimuth to another that is not less. */
static enum geo_status add_arc(struct geo_ctx *ctx, struct geo_outline *outline,
                               const struct geo_capsule_plan *plan, struct geo_lonlat centre,
                               double from_deg, double to_deg)
{
    double steps = ceil((to_deg - from_deg) / plan->step_deg);

    for (double k = 0; k < steps; k++)
        GEO_TRY(add_at(ctx, outline, centre, from_deg + k / steps * (to_deg - from_deg),
                       plan->vertex_m));
    return add_at(ctx, outline, centre, to_deg, plan->vertex_m);
}

/* The end of a share that leaves along azi: clockwise from its left side to its right one. The
 * wedge reaches to the side of a leg that goes on by turn (clockwise). */
static enum geo_status add_end(struct geo_ctx *ctx, struct geo_outline *outline,
                               const struct geo_capsule_plan *plan, struct geo_lonlat centre,
                               double azi_deg, double turn_deg)
{
    double left = azi_deg - 90 + fmax(turn_deg, 0);
    double right = azi_deg + 90 + fmin(turn_deg, 0);
    double last_left = left + plan->step_deg;
    double first_right = right - plan->step_deg;

    if (last_left >= first_right - NO_TURN * plan->step_deg)
        return add_arc(ctx, outline, plan, centre, azi_deg - 90, azi_deg + 90);
    GEO_TRY(add_arc(ctx, outline, plan, centre, azi_deg - 90, left));
    for (int k = plan->spokes; k > 0; k--)
        GEO_TRY(add_at(ctx, outline, centre, last_left, plan->vertex_m * k / plan->spokes));
    GEO_TRY(add(ctx, outline, centre));
    for (int k = 1; k <= plan->spokes; k++)
        GEO_TRY(add_at(ctx, outline, centre, first_right, plan->vertex_m * k / plan->spokes));
    return add_arc(ctx, outline, plan, centre, right, azi_deg + 90);
}

/* The vertices of a side between its ends, which belong to the ends of the share. */
static enum geo_status add_side(struct geo_ctx *ctx, struct geo_outline *outline,
                                const struct geo_capsule_plan *plan, const struct geo_leg *leg,
                                bool back)
{
    double pieces = ceil(leg->length_m / plan->piece_m);
    struct geod_geodesicline line;

    if (pieces <= 1)
        return GEO_OK;
    geod_lineinit(&line, geo_ctx_earth(ctx), leg->a.lat, leg->a.lon, leg->azi_a_deg,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_AZIMUTH | GEOD_DISTANCE_IN);
    for (double k = 1; k < pieces; k++) {
        struct geo_lonlat p;
        double azi;
        double s = leg->length_m * (back ? pieces - k : k) / pieces;
        geod_genposition(&line, GEOD_LONG_UNROLL, s, &p.lat, &p.lon, &azi, NULL, NULL, NULL, NULL,
                         NULL);
        GEO_TRY(add_at(ctx, outline, p, azi + (back ? 90 : -90), plan->vertex_m));
    }
    return GEO_OK;
}

/* Turn from leg i to the one that follows, clockwise, in [-180, 180]; a free end turns back. */
static double turn_after(const struct geo_capsule_plan *plan, const struct geo_course *course,
                         size_t i)
{
    if (i + 1 == course->n && !course->closed)
        return 180;
    const struct geo_leg *next = &course->leg[(i + 1) % course->n];
    double turn = remainder(next->azi_a_deg - course->leg[i].azi_b_deg, 360);
    return fabs(turn) < NO_TURN * plan->step_deg ? 0 : turn;
}

static enum geo_status close_outline(struct geo_ctx *ctx, struct geo_outline *outline)
{
    return add(ctx, outline, outline->vertex[0]);
}

enum geo_status geo_capsule(struct geo_ctx *ctx, const struct geo_capsule_plan *plan,
                            const struct geo_course *course, size_t i, struct geo_outline *outline)
{
    const struct geo_leg *leg = &course->leg[i];
    double turn_before = i == 0 && !course->closed ? 180 : 0;

    outline->n = 0;
    GEO_TRY(add_side(ctx, outline, plan, leg, false));
    GEO_TRY(add_end(ctx, outline, plan, leg->b, leg->azi_b_deg, turn_after(plan, course, i)));
    GEO_TRY(add_side(ctx, outline, plan, leg, true));
    GEO_TRY(add_end(ctx, outline, plan, leg->a, leg->azi_a_deg + 180, turn_before));
    return close_outline(ctx, outline);
}

enum geo_status geo_circle(struct geo_ctx *ctx, const struct geo_capsule_plan *plan,
                           struct geo_lonlat centre, struct geo_outline *outline)
{
    outline->n = 0;
    GEO_TRY(add_arc(ctx, outline, plan, centre, 0, 360));
    outline->vertex[outline->n - 1] = outline->vertex[0];
    return GEO_OK;
}

void geo_outline_release(struct geo_outline *outline)
{
    free(outline->vertex);
    *outline = (struct geo_outline){0};
}
