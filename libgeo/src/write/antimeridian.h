/* Longitudes brought to [-180, 180], and shapes that go across the antimeridian cut there
 * (RFC 7946, 3.1.9). */
#ifndef GEO_WRITE_ANTIMERIDIAN_H
#define GEO_WRITE_ANTIMERIDIAN_H

#include "geo/batch.h"

/* Cuts the shapes of a repaired batch, in place.
 *
 * Points are wrapped; lines and polygons are cut into parts where their edges meet the antimeridian,
 * an edge being what `edges` says. A ring that goes round a pole is closed along the antimeridian
 * and through that pole, the one on its left if it is an exterior, on its right if it is a hole.
 * The shape becomes Multi… where a part was cut into several. Winding stays RFC 7946's.
 * A feature with a coordinate out of range (longitude beyond ±540, latitude beyond ±90) or that GEOS
 * cannot cut is dropped with a note.
 * One pass over the longitudes, and nothing more, where all lie in [-180, 180].
 *
 * GEO_OK, GEO_ENOMEM. */
enum geo_status geo_batch_cut(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_edges edges);

#endif
