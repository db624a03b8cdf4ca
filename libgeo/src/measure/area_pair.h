/* Two edges at a time: the vectors that every CPU has, so that all give the same bits. Wider ones
 * gain little on rings of ten vertices. */
#ifndef GEO_MEASURE_AREA_PAIR_H
#define GEO_MEASURE_AREA_PAIR_H

#include <string.h>

#include "measure/area_table.h"

typedef double geo_pair __attribute__((vector_size(16)));
typedef long long geo_pair_mask __attribute__((vector_size(16))); /* -1: true */

/* Longitude and latitude. */
static inline geo_pair geo_pair_of(const struct geo_lonlat *vertex)
{
    geo_pair pair;

    memcpy(&pair, vertex, sizeof pair);
    return pair;
}

/* The edges from a to b and from b to c: differences and, over the row, mid-latitudes in degrees. */
struct geo_edge_pair {
    geo_pair x, y, m;
};

static inline struct geo_edge_pair geo_edge_pair(const struct geo_area_row *row,
                                                 const struct geo_lonlat *a,
                                                 const struct geo_lonlat *b,
                                                 const struct geo_lonlat *c)
{
    geo_pair pa = geo_pair_of(a), pb = geo_pair_of(b), pc = geo_pair_of(c);
    geo_pair ab = pb - pa, bc = pc - pb;
    /* Less the row's latitude before they are added: no digit of a small ring is lost. */
    geo_pair zero = {0, row->lat_deg};
    geo_pair sum_ab = (pa - zero) + (pb - zero), sum_bc = (pb - zero) + (pc - zero);

    return (struct geo_edge_pair){
        {ab[0], bc[0]}, {ab[1], bc[1]}, 0.5 * (geo_pair){sum_ab[1], sum_bc[1]}};
}

static inline geo_pair geo_pair_magnitude(geo_pair pair)
{
    return (geo_pair)((geo_pair_mask)pair & (geo_pair_mask){INT64_MAX, INT64_MAX});
}

/* Both mid-latitudes are within reach of the row. */
static inline geo_pair_mask geo_edge_pair_near(const struct geo_edge_pair *edge)
{
    double reach = GEO_ROW_REACH_DEG;

    return edge->m * edge->m < (geo_pair){reach * reach, reach * reach};
}

#endif
