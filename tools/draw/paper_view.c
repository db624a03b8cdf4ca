#include "draw/paper_view.h"

#include <math.h>
#include <stdio.h>

enum { SAMPLES = 32 }; /* along a side */

static const double degree = 3.14159265358979323846 / 180;

/* Mercator's cylinder near the equator and for what no cone holds, the plane round a pole. */
static enum view_kind kind_for(const struct map_box *box, double lat)
{
    bool is_round = box->east - box->west > 180;
    bool is_polar = box->south >= 30 || box->north <= -30;
    if ((is_round && is_polar) || fabs(lat) > 78)
        return VIEW_PLANE;
    return is_round || fabs(lat) < 12 || box->north - box->south > 90 ? VIEW_CYLINDER : VIEW_CONE;
}

static void set_limits(struct view *view)
{
    double far = view->kind == VIEW_CYLINDER ? 85 : 90,
           near = view->kind == VIEW_CYLINDER ? 85 : 45;
    view->north = view->lat >= 0 ? far : near;
    view->south = view->lat >= 0 ? -near : -far;
}

static bool make_projection(struct view *view)
{
    char text[160];
    if (view->kind == VIEW_CYLINDER)
        snprintf(text, sizeof text, "+proj=merc +lat_ts=%.9f +lon_0=%.9f +ellps=WGS84 +over",
                 view->lat, view->lon);
    else if (view->kind == VIEW_PLANE)
        snprintf(text, sizeof text,
                 "+proj=stere +lat_0=%d +lat_ts=%.9f +lon_0=%.9f +ellps=WGS84 +over",
                 view->lat > 0 ? 90 : -90, view->lat, view->lon);
    else
        snprintf(text, sizeof text,
                 "+proj=lcc +lat_0=%.9f +lat_1=%.9f +lon_0=%.9f +ellps=WGS84 +over", view->lat,
                 view->lat, view->lon);
    view->context = proj_context_create();
    view->projection = view->context ? proj_create(view->context, text) : NULL;
    return view->projection != NULL;
}

/* In metres of the projection. */
static struct spot forward(const struct view *view, struct geo_lonlat place)
{
    double lat = fmin(fmax(place.lat, view->south), view->north);
    PJ_COORD at = proj_coord(place.lon * degree, lat * degree, 0, 0);
    at = proj_trans(view->projection, PJ_FWD, at);
    if (!isfinite(at.xy.x) || !isfinite(at.xy.y))
        return (struct spot){NAN, NAN};
    return (struct spot){at.xy.x, at.xy.y};
}

struct bounds {
    double x0, y0, x1, y1;
};

static const struct bounds no_bounds = {INFINITY, INFINITY, -INFINITY, -INFINITY};

/* NAN changes nothing. */
static void grow(struct bounds *b, double x, double y)
{
    *b = (struct bounds){fmin(b->x0, x), fmin(b->y0, y), fmax(b->x1, x), fmax(b->y1, y)};
}

/* Spot k of 4 * SAMPLES round a rectangle. */
static struct spot round_spot(const struct bounds *b, int k)
{
    double t = (double)(k % SAMPLES) / SAMPLES;
    double x = b->x0 + t * (b->x1 - b->x0), y = b->y0 + t * (b->y1 - b->y0);
    switch (k / SAMPLES) {
    case 0:
        return (struct spot){x, b->y0};
    case 1:
        return (struct spot){b->x1, y};
    case 2:
        return (struct spot){b->x0 + b->x1 - x, b->y1};
    default:
        return (struct spot){b->x0, b->y0 + b->y1 - y};
    }
}

/* One place is shown with a kilometre round it. */
static void measure_extent(struct view *view, const struct map_box *box)
{
    struct bounds degrees = {box->west, box->south, box->east, box->north}, b = no_bounds;
    for (int k = 0; k < 4 * SAMPLES; k++) {
        struct spot at = round_spot(&degrees, k);
        at = forward(view, (struct geo_lonlat){at.x, at.y});
        grow(&b, at.x, at.y);
    }
    double room = fmax(b.x1 - b.x0, b.y1 - b.y0) < 1 ? 500 : 0;
    view->extent = area_inset((struct area){b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0}, -room);
}

bool view_open(struct view *view, const struct map_box *box)
{
    double south = box->south, north = box->north;
    *view = (struct view){.lon = (box->west + box->east) / 2, .lat = (south + north) / 2};
    view->kind = kind_for(box, view->lat);
    if (view->kind == VIEW_CYLINDER)
        view->lat = (fmax(south, -85) + fmin(north, 85)) / 2;
    if (view->kind == VIEW_PLANE) /* the pole itself is no latitude to be true along */
        view->lat = fmax(fmin(view->lat, 89.9), -89.9);
    set_limits(view);
    if (!make_projection(view))
        return false;
    measure_extent(view, box);
    return true;
}

void view_close(struct view *view)
{
    proj_destroy(view->projection);
    proj_context_destroy(view->context);
    *view = (struct view){0};
}

static const double points_a_metre_of_paper = 72 / 0.0254;

double view_scale(const struct view *view)
{
    return points_a_metre_of_paper / view->points_a_metre;
}

struct spot view_spot(const struct view *view, struct geo_lonlat place)
{
    struct spot at = forward(view, place);
    const struct area *e = &view->extent;
    double x = at.x - e->x - e->width / 2, y = at.y - e->y - e->height / 2;
    return (struct spot){view->middle.x + x * view->points_a_metre,
                         view->middle.y - y * view->points_a_metre};
}

/* Mercator's world ends at 180 degrees from the middle and at the last latitudes. */
static void cut_frame(struct view *view)
{
    struct spot a = view_spot(view, (struct geo_lonlat){view->lon - 179.99, view->north - 0.01});
    struct spot b = view_spot(view, (struct geo_lonlat){view->lon + 179.99, view->south + 0.01});
    struct area *f = &view->frame;
    double right = fmin(f->x + f->width, b.x), bottom = fmin(f->y + f->height, b.y);
    f->x = fmax(f->x, a.x);
    f->y = fmax(f->y, a.y);
    f->width = right - f->x;
    f->height = bottom - f->y;
}

void view_fit(struct view *view, struct area frame, bool is_round)
{
    double room = 0.94; /* the rest is air */
    view->frame = frame;
    view->middle = (struct spot){frame.x + frame.width / 2, frame.y + frame.height / 2};
    view->points_a_metre = room * fmin(frame.width / fmax(view->extent.width, 1e-3),
                                       frame.height / fmax(view->extent.height, 1e-3));
    if (is_round) {
        double n = view_scale(view), unit = pow(10, floor(log10(n)) - 1);
        view->points_a_metre = points_a_metre_of_paper / (ceil(n / unit - 1e-9) * unit);
    }
    if (view->kind == VIEW_CYLINDER)
        cut_frame(view);
}

struct geo_lonlat view_place(const struct view *view, struct spot spot)
{
    const struct area *e = &view->extent;
    double x = (spot.x - view->middle.x) / view->points_a_metre + e->x + e->width / 2;
    double y = (view->middle.y - spot.y) / view->points_a_metre + e->y + e->height / 2;
    PJ_COORD at = proj_trans(view->projection, PJ_INV, proj_coord(x, y, 0, 0));
    double lon = at.lp.lam / degree, lat = at.lp.phi / degree;
    if (!isfinite(lon) || !isfinite(lat) || fabs(lon - view->lon) > 180.0001)
        return (struct geo_lonlat){NAN, NAN};
    return (struct geo_lonlat){lon, lat};
}

struct map_box view_range(const struct view *view)
{
    const struct area *f = &view->frame;
    struct bounds sheet = {f->x, f->y, f->x + f->width, f->y + f->height}, b = no_bounds;
    bool is_cut = false;
    for (int k = 0; k < 4 * SAMPLES; k++) {
        struct geo_lonlat at = view_place(view, round_spot(&sheet, k));
        grow(&b, at.lon, at.lat);
        is_cut = is_cut || isnan(at.lon);
    }
    for (int side = -1; side <= 1; side += 2) { /* a pole in the middle of it */
        struct geo_lonlat pole = {view->lon, 90 * side};
        if (view->kind == VIEW_CYLINDER || !area_has(f, view_spot(view, pole)) ||
            side * view->lat < 0)
            continue;
        grow(&b, pole.lon, pole.lat);
        is_cut = true;
    }
    if (is_cut || !(b.x0 <= b.x1))
        b.x0 = view->lon - 180, b.x1 = view->lon + 180;
    if (!(b.y0 <= b.y1))
        b.y0 = view->south, b.y1 = view->north;
    return (struct map_box){b.x0, fmax(b.y0, view->south), b.x1, fmin(b.y1, view->north)};
}

double view_stretch(const struct view *view)
{
    struct map_box range = view_range(view);
    double worst = 0;
    for (int k = 0; k <= SAMPLES; k++) {
        double lat = range.south + (range.north - range.south) * k / SAMPLES;
        PJ_COORD at = proj_coord(view->lon * degree, lat * degree, 0, 0);
        PJ_FACTORS factors = proj_factors(view->projection, at);
        if (proj_errno(view->projection) == 0)
            worst = fmax(worst, fabs(factors.parallel_scale - 1));
        proj_errno_reset(view->projection);
    }
    return worst;
}

bool area_has(const struct area *area, struct spot spot)
{
    return spot.x >= area->x && spot.x <= area->x + area->width && spot.y >= area->y &&
           spot.y <= area->y + area->height;
}

struct area area_inset(struct area area, double by)
{
    return (struct area){area.x + by, area.y + by, area.width - 2 * by, area.height - 2 * by};
}
