#ifndef BENCH_PARCELS_H
#define BENCH_PARCELS_H

#include <stddef.h>
#include <stdint.h>

/** Vertices of a parcel's ring, closed. */
#define BENCH_PARCEL_VERTICES 11

/** Writes @p n parcels of 30 to 50 m radius all over Việt Nam as STEM.shp, .shx, .dbf and .prj:
 *  rings of 11 vertices, 232 bytes a record, four attributes, 62 bytes. */
void bench_write_parcels(const char *stem, size_t n, uint64_t seed);

#endif
