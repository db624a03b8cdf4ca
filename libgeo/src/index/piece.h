/* Pieces: edges cut so short that a straight segment in space is close to them. */
#ifndef GEO_INDEX_PIECE_H
#define GEO_INDEX_PIECE_H

#include <stdint.h>

#include "geo/batch.h"
#include "index/space.h"
#include "index/tree.h"

/* Longest piece; edges straight in longitude and latitude also turn by at most this a piece. */
#define GEO_PIECE_M 2000.0
#define GEO_PIECE_LON 1.0

/* A piece of an edge, or a vertex that stands alone (d = 0). */
struct geo_piece {
    struct geo_xyz a, d;        /* its start, and the segment to its end */
    struct geo_lonlat from, to; /* its ends; longitudes are continuous along a ring */
    double chainage_m;          /* of its start along the feature; NAN for points and polygons */
    uint32_t feature;
    uint32_t seq;   /* its place along all features: grows with feature, then chainage */
    float sag_m;    /* the true curve lies within this of the segment */
    bool ends_ring; /* no piece follows in its ring or line */
    bool is_last;   /* likewise, and none starts where it ends */
};

/* Pieces of parts, in order. */
struct geo_pieces {
    struct geo_piece *piece;
    size_t n, room;
};

/* Appends the pieces of a ring or line of a batch.
 * with_chainage: *chainage_m is where it starts, and afterwards where it ends; else NAN is stored
 * (the lengths need not be worked out then).
 * GEO_OK, GEO_ENOMEM, GEO_EDOMAIN (a latitude outside [-90, 90], a value that is not finite) */
GEO_MUST_USE enum geo_status geo_pieces_add_ring(struct geo_ctx *ctx, struct geo_pieces *pieces,
                                                 const struct geo_batch *batch, size_t ring,
                                                 size_t feature, enum geo_edges edges,
                                                 bool with_chainage, double *chainage_m);

/* The box of the true curve of a piece in a frame. The floats are widened by more than the frame's
 * own rounding, which is that of doubles. */
static inline struct geo_box geo_piece_box(const struct geo_piece *piece,
                                           const struct geo_frame *frame)
{
    struct geo_xyz a = geo_frame_turn(frame, geo_xyz_minus(piece->a, frame->origin));
    struct geo_xyz d = geo_frame_turn(frame, piece->d);
    double sag = (double)piece->sag_m;
    return (struct geo_box){
        {geo_float_below(a.x + geo_min(d.x, 0) - sag), geo_float_below(a.y + geo_min(d.y, 0) - sag),
         geo_float_below(a.z + geo_min(d.z, 0) - sag)},
        {geo_float_above(a.x + geo_max(d.x, 0) + sag), geo_float_above(a.y + geo_max(d.y, 0) + sag),
         geo_float_above(a.z + geo_max(d.z, 0) + sag)}};
}

#endif
