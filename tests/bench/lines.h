/* Workloads as GeoJSON lines, 7 decimals, attributes in Vietnamese. */
#ifndef BENCH_LINES_H
#define BENCH_LINES_H

#include <stddef.h>
#include <stdint.h>

/** @p n star-shaped zones of 6 to 23 vertices and 36 to 700 m radius in 104-107°E, 20-23°N. */
void bench_write_zones(const char *path, size_t n, uint64_t seed);

/** Three corridors of 240, 112 and 300 km, a vertex every 25 m. @p n is not looked at. */
void bench_write_corridors(const char *path, size_t n, uint64_t seed);

/** The same corridors, a feature for each segment: what an expert gives a tool that has an index
 *  over features only. */
void bench_write_corridor_segments(const char *path, size_t n, uint64_t seed);

/** @p n roads of 50 segments all over Việt Nam: what parcels are near to. */
void bench_write_roads(const char *path, size_t n, uint64_t seed);

#endif
