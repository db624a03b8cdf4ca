#include "measure/course.h"
#include "measure/near_query.h"
#include "measure/within_query.h"

/* The greatest curvature of the ellipsoid: along the meridian, on the equator. */
#define CURVATURE_MAX (GEO_EARTH_A_M / (GEO_EARTH_B_M * GEO_EARTH_B_M))
/* Its greatest radius of curvature: at the poles. */
#define RADIUS_MAX_M (GEO_EARTH_A_M * GEO_EARTH_A_M / GEO_EARTH_B_M)
/* Longest half of a place whose edges' bending is worked out; a longer one has bent edges, too. */
#define BEND_MAX_M 1e5
/* What the rounding of positions and of the box of a tree may cost. */
#define SLACK_M 1e-3

/* From the middle of a box straight in longitude and latitude to any point of it, at most. */
static double half_diagonal_m(struct within_box box)
{
    double sine, cosine = 1;
    if (box.y_lo > 0 || box.y_hi < 0)
        geo_sincos_deg(geo_min(fabs(box.y_lo), fabs(box.y_hi)), &sine, &cosine);
    const double half = RADIUS_MAX_M / 2 * 3.14159265358979323846 / 180;
    const double x = half * cosine * (box.x_hi - box.x_lo), y = half * (box.y_hi - box.y_lo);
    return sqrt(x * x + y * y);
}

/* How far a geodesic between points of a box may lie outside. */
static double bend_m(struct within_box box, double half_m)
{
    double top = geo_max(fabs(box.y_lo), fabs(box.y_hi));
    top += half_m / GEO_DEGREE_MIN_M;
    if (half_m > BEND_MAX_M || top > 89)
        return half_m;
    return geo_min(half_m, geo_lonlat_curvature(top) * half_m * half_m / 2);
}

struct within_place within_place(struct within_box box, enum geo_edges edges)
{
    struct within_place place = {
        .lonlat = {box.x_lo + (box.x_hi - box.x_lo) / 2, box.y_lo + (box.y_hi - box.y_lo) / 2}};
    place.half_m = half_diagonal_m(box);
    if (edges == GEO_EDGES_GEODESIC)
        place.half_m += bend_m(box, place.half_m);
    geo_space_place(&place.lonlat, 1, &place.at);
    return place;
}

/* The longest geodesic that may belong to a chord. */
static double longest_m(double chord_m)
{
    const double x = CURVATURE_MAX * chord_m / 2;
    return x < 1 ? 2 / CURVATURE_MAX * asin(x) : INFINITY;
}

/* A search for the nearest piece. Distances are chords. */
struct search {
    struct geo_within_query *query;
    const struct within_place *place;
    size_t from, to;
    double low_m, high_m; /* of the nearest piece so far */
    size_t nearest;
    double limit_m; /* pieces farther than this decide nothing */
};

/* Nearer pieces matter while they may show that the place is nearer than an edge that it is not
 * known to lie within. */
static void set_limit(struct search *search)
{
    const double *edge_m = search->query->edge_m;
    const double high_m = longest_m(search->high_m) + search->place->half_m + SLACK_M;
    while (search->to > search->from && high_m <= edge_m[search->to - 1])
        search->to--;
    if (search->to == search->from)
        search->limit_m = -1;
    else
        search->limit_m =
            geo_min(search->high_m, edge_m[search->to - 1] + search->place->half_m + SLACK_M);
}

static void try_piece(struct search *search, size_t place)
{
    const struct geo_piece *piece = &search->query->index->piece[place];
    const double sag_m = (double)piece->sag_m;
    const double apart_m = sqrt(near_segment2(search->place->at, piece, near_inverse2(piece)));
    search->low_m = geo_min(search->low_m, apart_m - sag_m);
    if (apart_m + sag_m < search->high_m) {
        search->high_m = apart_m + sag_m;
        search->nearest = place;
        set_limit(search);
    }
}

struct geo_box within_point_box(const struct geo_index *index, struct geo_xyz at)
{
    const struct geo_xyz p = geo_frame_turn(&index->frame, geo_xyz_minus(at, index->frame.origin));
    return (struct geo_box){{geo_float_below(p.x), geo_float_below(p.y), geo_float_below(p.z)},
                            {geo_float_above(p.x), geo_float_above(p.y), geo_float_above(p.z)}};
}

static float square_above(double limit_m)
{
    return limit_m < 0 ? -1 : limit_m < 1e15 ? geo_float_above(limit_m * limit_m) : 1e30f;
}

/* Leaves *low_m, a chord that no piece is nearer than. */
static void find_nearest(struct search *search)
{
    struct geo_within_query *query = search->query;
    set_limit(search);
    if (query->hint < query->index->tree.n)
        try_piece(search, query->hint);
    const struct geo_box box = within_point_box(query->index, search->place->at);
    struct geo_walk walk;
    size_t item;
    float reach2;
    geo_walk_start(&walk, &query->index->tree, &box);
    while (geo_walk_next(&walk, square_above(search->limit_m), &item, &reach2))
        if (item != query->hint)
            try_piece(search, item);
    search->low_m = geo_min(search->low_m, search->limit_m);
    if (search->nearest != SIZE_MAX)
        query->hint = search->nearest;
}

bool within_holds(const struct geo_within_query *query, struct geo_lonlat p, struct geo_xyz at)
{
    const struct geo_index *index = query->index;
    double lon = geo_lon_home(p.lon);
    for (int turn = 0; turn < 2; turn++, lon += 360) {
        const struct geo_box point = {{geo_float_below(lon), geo_float_below(p.lat), 0},
                                      {geo_float_above(lon), geo_float_above(p.lat), 0}};
        struct geo_walk walk;
        size_t item;
        float reach2;
        geo_walk_start(&walk, &index->region_tree, &point);
        while (geo_walk_next(&walk, 0, &item, &reach2))
            if (geo_region_holds(&index->region[index->region_at[item]], index->edges, p, at))
                return true;
    }
    return false;
}

/* In a polygon: all of the place is, where its boundary keeps away; else its points are no farther
 * than the middle is from them. */
static void decide_held(struct search *search)
{
    const struct within_place *place = search->place;
    const double *edge_m = search->query->edge_m;
    if (search->low_m >= place->half_m + SLACK_M)
        search->to = search->from;
    while (search->to > search->from && place->half_m + SLACK_M <= edge_m[search->to - 1])
        search->to--;
}

void within_reach(struct geo_within_query *query, const struct within_place *place, size_t *from,
                  size_t *to)
{
    struct search search = {.query = query,
                            .place = place,
                            .from = *from,
                            .to = *to,
                            .low_m = INFINITY,
                            .high_m = INFINITY,
                            .nearest = SIZE_MAX};
    const double *edge_m = query->edge_m;
    find_nearest(&search);
    if (search.to > search.from && query->index->region_count > 0 &&
        within_holds(query, place->lonlat, place->at)) {
        decide_held(&search);
    } else {
        while (search.from < search.to &&
               edge_m[search.from] + place->half_m + SLACK_M <= search.low_m)
            search.from++;
    }
    *from = search.from;
    *to = search.to;
}
