#include "index/piece.h"

#include "base/fail.h"
#include "index/curve.h"
#include "index/room.h"

#define BLOCK 64
#define RADIANS (3.14159265358979323846 / 180)

/* Radii of curvature of the ellipsoid: of the meridian at the equator, the smallest; at the pole,
 * the greatest. */
#define RADIUS_MIN_M (GEO_EARTH_B_M * GEO_EARTH_B_M / GEO_EARTH_A_M)
#define RADIUS_MAX_M (GEO_EARTH_A_M * GEO_EARTH_A_M / GEO_EARTH_B_M)

/* Cuts the edges of one ring. */
struct cutter {
    struct geo_ctx *ctx;
    struct geo_pieces *pieces;
    enum geo_edges edges;
    size_t feature;
    bool with_chainage;
    double chainage_m;
    double turn; /* what continues the longitudes of the ring: a multiple of 360 */
};

/* A vertex, or a point of an edge. */
struct knot {
    struct geo_lonlat lonlat;
    struct geo_xyz at;
};

/* Bound on the second derivative of a position along an edge straight in longitude and latitude,
 * which runs from 0 to 1. A quarter of half of it bounds the distance from the segment. */
static double lonlat_bend(const struct knot *p, const struct knot *q)
{
    double dlon = fabs(q->lonlat.lon - p->lonlat.lon) * RADIANS;
    double dlat = fabs(q->lonlat.lat - p->lonlat.lat) * RADIANS;
    double axis2 =
        geo_max(p->at.x * p->at.x + p->at.y * p->at.y, q->at.x * q->at.x + q->at.y * q->at.y);
    double axis = p->at.z * q->at.z < 0 ? GEO_EARTH_A_M : sqrt(axis2);
    double sine = geo_max(fabs(p->at.z), fabs(q->at.z)) / GEO_EARTH_B_M;
    double in = axis * dlon * dlon + RADIUS_MAX_M * dlat * dlat;
    double along = 2 * RADIUS_MAX_M * sine * dlon * dlat;
    return 1.02 * sqrt(in * in + along * along);
}

static enum geo_status append(struct cutter *cut, const struct knot *p, const struct knot *q,
                              double length_m)
{
    struct geo_pieces *pieces = cut->pieces;
    if (pieces->n >= UINT32_MAX)
        return geo_no_memory(cut->ctx);
    GEO_TRY(GEO_ROOM(cut->ctx, pieces->piece, pieces->room, pieces->n + 1));
    struct geo_xyz d = geo_xyz_minus(q->at, p->at);
    double bend = cut->edges == GEO_EDGES_GEODESIC ? geo_xyz_dot(d, d) * (1.001 / RADIUS_MIN_M)
                                                   : lonlat_bend(p, q);
    struct geo_piece *piece = &pieces->piece[pieces->n];
    *piece = (struct geo_piece){.a = p->at,
                                .d = d,
                                .from = p->lonlat,
                                .to = q->lonlat,
                                .chainage_m = NAN,
                                .feature = (uint32_t)cut->feature,
                                .seq = (uint32_t)pieces->n++,
                                .sag_m = geo_float_above(bend / 8 + 1e-8)};
    if (cut->with_chainage) {
        piece->chainage_m = cut->chainage_m;
        cut->chainage_m += length_m >= 0 ? length_m : geo_curve_length(piece, cut->edges, 1);
    }
    return GEO_OK;
}

/* Cuts a geodesic into pieces of equal length. */
static enum geo_status cut_geodesic(struct cutter *cut, struct knot p, const struct knot *q)
{
    struct geod_geodesicline line;
    const struct geo_lonlat start = p.lonlat;
    geod_inverseline(&line, geo_ctx_earth(cut->ctx), start.lat, start.lon, q->lonlat.lat,
                     q->lonlat.lon, GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    const double n = ceil(line.s13 / GEO_PIECE_M);
    double end_lon;
    geod_genposition(&line, GEOD_LONG_UNROLL, line.s13, NULL, &end_lon, NULL, NULL, NULL, NULL,
                     NULL, NULL);
    /* Over a pole both ways round are the same: the vertices say which is meant. */
    const double other_way = 360 * rint((q->lonlat.lon - end_lon) / 360);
    for (double i = 1; i < n; i++) {
        struct knot next;
        geod_genposition(&line, GEOD_LONG_UNROLL, line.s13 * i / n, &next.lonlat.lat,
                         &next.lonlat.lon, NULL, NULL, NULL, NULL, NULL, NULL);
        if (fabs(next.lonlat.lon - start.lon) > 90)
            next.lonlat.lon += other_way;
        geo_space_place(&next.lonlat, 1, &next.at);
        GEO_TRY(append(cut, &p, &next, line.s13 / n));
        p = next;
    }
    return append(cut, &p, q, line.s13 / n);
}

/* Cuts an edge that is straight in longitude and latitude. */
static enum geo_status cut_lonlat(struct cutter *cut, struct knot p, const struct knot *q, double n)
{
    const struct geo_lonlat start = p.lonlat;
    for (double i = 1; i < n; i++) {
        struct knot next;
        next.lonlat.lon = start.lon + (q->lonlat.lon - start.lon) * i / n;
        next.lonlat.lat = start.lat + (q->lonlat.lat - start.lat) * i / n;
        geo_space_place(&next.lonlat, 1, &next.at);
        GEO_TRY(append(cut, &p, &next, -1));
        p = next;
    }
    return append(cut, &p, q, -1);
}

/* How many pieces an edge straight in longitude and latitude needs. */
static double count_lonlat(const struct knot *p, const struct knot *q, double chord2)
{
    double dlon = fabs(q->lonlat.lon - p->lonlat.lon);
    if (dlon <= GEO_PIECE_LON && chord2 <= GEO_PIECE_M * GEO_PIECE_M)
        return 1;
    double dlat = fabs(q->lonlat.lat - p->lonlat.lat);
    double axis2 =
        geo_max(p->at.x * p->at.x + p->at.y * p->at.y, q->at.x * q->at.x + q->at.y * q->at.y);
    double axis = p->at.z * q->at.z < 0 ? GEO_EARTH_A_M : sqrt(axis2);
    double length_m = hypot(axis * dlon, RADIUS_MAX_M * dlat) * RADIANS;
    return geo_max(ceil(length_m / GEO_PIECE_M), ceil(dlon / GEO_PIECE_LON));
}

static enum geo_status cut_edge(struct cutter *cut, struct knot *p, struct geo_lonlat vertex,
                                struct geo_xyz at)
{
    struct knot q = {.lonlat = vertex, .at = at};
    q.lonlat.lon = geo_lon_tame(vertex.lon) + cut->turn;
    double dlon = q.lonlat.lon - p->lonlat.lon;
    if (fabs(dlon) > 180) {
        double round = 360 * rint(dlon / 360);
        cut->turn -= round;
        q.lonlat.lon = geo_lon_tame(vertex.lon) + cut->turn;
    }
    double chord2 = geo_xyz_distance2(p->at, q.at), n = 1;
    if (cut->edges == GEO_EDGES_LONLAT)
        n = count_lonlat(p, &q, chord2);
    if (n > 1)
        GEO_TRY(cut_lonlat(cut, *p, &q, n));
    else if (cut->edges == GEO_EDGES_GEODESIC && chord2 > GEO_PIECE_M * GEO_PIECE_M)
        GEO_TRY(cut_geodesic(cut, *p, &q));
    else
        GEO_TRY(append(cut, p, &q, -1));
    *p = q;
    return GEO_OK;
}

static enum geo_status check_vertices(struct geo_ctx *ctx, const struct geo_lonlat *vertex,
                                      size_t n, int64_t fid)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs(vertex[i].lat) <= 90) || !isfinite(vertex[i].lon))
            return geo_fail(ctx, GEO_EDOMAIN,
                            "feature %lld has a vertex at longitude %g, latitude %g",
                            (long long)fid, vertex[i].lon, vertex[i].lat);
    return GEO_OK;
}

enum geo_status geo_pieces_add_ring(struct geo_ctx *ctx, struct geo_pieces *pieces,
                                    const struct geo_batch *batch, size_t ring, size_t feature,
                                    enum geo_edges edges, bool with_chainage, double *chainage_m)
{
    const struct geo_lonlat *vertex = &batch->vertex[batch->vertex_start[ring]];
    const size_t n = batch->vertex_start[ring + 1] - batch->vertex_start[ring];
    struct cutter cut = {ctx, pieces, edges, feature, with_chainage, *chainage_m, 0};
    struct knot p = {0};
    struct geo_xyz at[BLOCK], start = {0};
    GEO_TRY(GEO_ROOM(ctx, pieces->piece, pieces->room, pieces->n + n));
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t count = n - first < BLOCK ? n - first : BLOCK, i = 0;
        GEO_TRY(check_vertices(ctx, &vertex[first], count, batch->fid[feature]));
        geo_space_place(&vertex[first], count, at);
        if (first == 0) {
            start = at[0];
            p = (struct knot){{geo_lon_tame(vertex[0].lon), vertex[0].lat}, at[i++]};
        }
        for (; i < count; i++)
            GEO_TRY(cut_edge(&cut, &p, vertex[first + i], at[i]));
    }
    if (n == 1)
        GEO_TRY(append(&cut, &p, &p, 0));
    if (n > 0) {
        struct geo_piece *last = &pieces->piece[pieces->n - 1];
        last->ends_ring = true;
        last->is_last = geo_xyz_distance2(start, p.at) > 0;
    }
    *chainage_m = cut.chainage_m;
    return GEO_OK;
}
