/* How much of a polygon lies within distances of the corridors.
 *
 *      within.c        the whole: by distance alone where that decides, else by tiles
 *      within_rings.c  the polygon as rings in longitude and latitude
 *      within_reach.c  how far a place is from the corridors
 *      within_tile.c   halves what an edge crosses until it is small
 *      within_patch.c  a small tile in a plane: what the strips along the corridors take of it
 *      within_strip.c  the strip along one piece of a corridor
 *      within_land.c   what the polygons among the corridors take of a tile
 *      within_chain.c  rings cut by lines */
#ifndef GEO_MEASURE_WITHIN_QUERY_H
#define GEO_MEASURE_WITHIN_QUERY_H

#include "geo/within.h"
#include "index/corridors.h"
#include "measure/within_chain.h"

/* Halvings at most: from half the Earth to less than a millimetre, both ways. */
#define WITHIN_LEVELS 80

/* Up to this half of its size a tile may be a patch: there the plane errs by 1e-8 of its area. */
#define WITHIN_PATCH_M 700.0

/* Deviations, as shares of the one that is allowed: of arcs from their chords; of edges straight in
 * longitude and latitude, of corridors, from the legs that stand for them; of the polygon's edges
 * from those that stand for them. */
#define WITHIN_ARC_SHARE 0.5
#define WITHIN_LEG_SHARE 0.05
#define WITHIN_RING_SHARE 0.02

/* Somewhere, with all that lies within half_m of it. */
struct within_place {
    struct geo_lonlat lonlat;
    struct geo_xyz at;
    double half_m;
};

/* A piece of a corridor near a patch, by its segment in space. */
struct within_near {
    struct geo_xyz off; /* from its nearest point to the middle */
    double apart_m, sag_m;
    uint32_t piece;
};

/* A leg of a corridor in the plane of a patch. Its ends lie where the distance from the middle and
 * the bending of circles there put them, in truth `more` nearer than in the plane. */
struct within_leg {
    struct within_spot a, b;
    double a_more, side_more, b_more;
    double apart; /* of the middle of the patch, in the plane */
    bool bounds;  /* an edge of a polygon */
};

/* How arcs of a radius are drawn: chords whose ends lie as far outside as their middles inside. */
struct within_arc {
    double radius_m;
    double step, cosine, sine; /* angle between chords */
    double chord;              /* their distance from the centre, as a share of the radius */
};

/* A tile in the plane that touches the ellipsoid in its middle: east, north. */
struct within_patch {
    struct within_place place;
    struct geo_frame frame;
    struct within_near *near;
    size_t near_n, near_room;
    struct within_leg *leg; /* nearest first */
    size_t leg_n, leg_room;
    struct within_chain land;    /* what is left of the tile */
    struct within_chain rest;    /* what is left after this strip */
    struct within_chain work[2]; /* what lies inside of all lines so far */
};

struct geo_within_query {
    const struct geo_index *index;
    size_t hint; /* place of the piece that was nearest last; SIZE_MAX: none */

    /* What is asked. */
    const double *edge_m;
    size_t n;
    double deviation_m;

    double *tally; /* n + 1: what lies within each edge and not within the one before; beyond */
    double *part;  /* the same of a patch */
    size_t tally_room, part_room;

    struct within_chain level[WITHIN_LEVELS]; /* tiles in longitude and latitude */
    struct within_chain cell[WITHIN_LEVELS];  /* convex cells of a patch, */
    struct within_chain shard[WITHIN_LEVELS]; /* and what of it lies in them */
    struct within_patch patch;
    struct geo_lonlat *ring; /* for areas in longitude and latitude */
    size_t ring_room;
};

/* The middle of a box of longitude and latitude. Edges between points in it may be geodesics that
 * leave it. */
struct within_place within_place(struct within_box box, enum geo_edges edges);

/* Which of the edges [*from, *to) distances alone do not decide: of those before *from afterwards
 * nothing about the place lies within, of those from *to on all does. */
void within_reach(struct geo_within_query *query, const struct within_place *place, size_t *from,
                  size_t *to);

/* The box of a position in the tree of the index's pieces. */
struct geo_box within_point_box(const struct geo_index *index, struct geo_xyz at);

/* Box of the polygons of a feature; false: it has none. */
bool within_feature_box(const struct geo_batch *batch, size_t i, struct within_box *box);

/* How many pieces of an edge it takes that of each the geodesic and the line straight in longitude
 * and latitude lie within a gap of one another (INFINITY: 1). */
double within_count_pieces(struct geo_lonlat a, struct geo_lonlat b, double gap_m);

/* Loads the polygons of a feature as rings in longitude and latitude, exteriors counter-clockwise;
 * their edges are cut into such pieces, as geodesics. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_load(struct geo_ctx *ctx, const struct geo_batch *batch,
                                         size_t i, double gap_m, struct within_chain *rings);

/* Adds the tiles of level 0 to the tally, for the edges [from, to). GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_tiles(struct geo_ctx *ctx, struct geo_within_query *query,
                                          size_t from, size_t to);

/* Adds a tile to the tally, its weight divided by the edges [from, to). Where there is more about it
 * than is handled well at once, *done is false and nothing is added, unless it must be.
 * GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_patch(struct geo_ctx *ctx, struct geo_within_query *query,
                                          const struct within_chain *tile,
                                          const struct within_place *place, size_t from, size_t to,
                                          bool must, double weight, bool *done);

/* Takes from the land of a patch what lies in polygons of the corridors. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_take_land(struct geo_ctx *ctx, struct geo_within_query *query,
                                              double *taken);

/* Takes from it what lies within the radius of an arc of a leg. GEO_OK, GEO_ENOMEM */
GEO_MUST_USE enum geo_status within_take_strip(struct geo_ctx *ctx, struct within_patch *patch,
                                               const struct within_leg *leg,
                                               const struct within_arc *arc, double *taken);

/* Distance of a spot from a leg, in the plane. */
double within_leg_apart(const struct within_leg *leg, struct within_spot p);

/* Whether a position lies in a polygon of the corridors. */
bool within_holds(const struct geo_within_query *query, struct geo_lonlat p, struct geo_xyz at);

#endif
