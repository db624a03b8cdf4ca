/* A peer's plane: shapes of a batch as geometries of GEOS in UTM zone 48, projected by PROJ. */
#ifndef BENCH_PLANAR_H
#define BENCH_PLANAR_H

#include <geos_c.h>
#include <proj.h>

#include "geo/batch.h"

struct bench_plane {
    GEOSContextHandle_t geos;
    PJ *utm;
};

struct bench_plane bench_plane(void);
void bench_plane_free(struct bench_plane *plane);

/** @return @p n vertices as a line or, closed, as a polygon; the caller destroys it. */
GEOSGeometry *bench_planar(const struct bench_plane *plane, enum geo_kind kind,
                           const struct geo_lonlat *vertex, size_t n);

/** @return @p geometry; ends the program if GEOS gave none. */
GEOSGeometry *bench_made(GEOSGeometry *geometry);

#endif
