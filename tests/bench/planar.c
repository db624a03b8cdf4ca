#include "bench/planar.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/shapes.h"

_Noreturn static void give_up(const char *who)
{
    fprintf(stderr, "bench-kernels: %s failed\n", who);
    exit(1);
}

struct bench_plane bench_plane(void)
{
    struct bench_plane plane = {GEOS_init_r(),
                                proj_create(NULL, "+proj=utm +zone=48 +ellps=WGS84")};
    if (!plane.geos)
        give_up("GEOS");
    if (!plane.utm)
        give_up("PROJ");
    return plane;
}

void bench_plane_free(struct bench_plane *plane)
{
    GEOS_finish_r(plane->geos);
    proj_destroy(plane->utm);
}

GEOSGeometry *bench_made(GEOSGeometry *geometry)
{
    if (!geometry)
        give_up("GEOS");
    return geometry;
}

GEOSGeometry *bench_planar(const struct bench_plane *plane, enum geo_kind kind,
                           const struct geo_lonlat *vertex, size_t n)
{
    GEOSContextHandle_t geos = plane->geos;
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)n, 2);
    if (!sequence)
        give_up("GEOS");
    for (size_t i = 0; i < n; i++) {
        PJ_COORD at =
            proj_coord(vertex[i].lon * (BENCH_PI / 180), vertex[i].lat * (BENCH_PI / 180), 0, 0);
        at = proj_trans(plane->utm, PJ_FWD, at);
        if (!GEOSCoordSeq_setXY_r(geos, sequence, (unsigned)i, at.xy.x, at.xy.y))
            give_up("GEOS");
    }
    if (kind == GEO_KIND_LINE)
        return bench_made(GEOSGeom_createLineString_r(geos, sequence));
    GEOSGeometry *ring = bench_made(GEOSGeom_createLinearRing_r(geos, sequence));
    return bench_made(GEOSGeom_createPolygon_r(geos, ring, NULL, 0));
}
