/* What the kernels of area and length need to know of the ellipsoid, a row for every quarter of a
 * degree of latitude. All is in degrees of longitude and latitude, since vertices are. */
#ifndef GEO_MEASURE_AREA_TABLE_H
#define GEO_MEASURE_AREA_TABLE_H

#include "base/handles.h"
#include "geo/batch.h"
#include "measure/lonlat.h"

#define GEO_ROW_STEP_DEG 0.25
#define GEO_ROW_TOP_DEG 84
#define GEO_ROWS (2 * GEO_ROW_TOP_DEG * 4 + 1)

/* How far from its parallel the polynomials of a row hold: half a degree of reach and the row's
 * own half step. */
#define GEO_ROW_REACH_DEG 0.6

/* Polynomials in m, the latitude in degrees less that of the row; coefficient of m^i at [i]. */
struct geo_area_row {
    double lat_deg;

    /* Area between the row's parallel and the latitude, m² a degree of longitude, over m. */
    double zone[6];
    /* What the edge of differences x, y and mid-latitude m adds to the zone of m, for each enum
     * geo_edges: bow_x x² + bow_y y². */
    double bow_x[2][3], bow_y[2][3];
    /* Estimate of what that leaves out, times |x| h⁴. */
    double error[2];

    /* Squared length of that edge: east x² + north y² + xx x⁴ + xy x²y² + yy y⁴, to fourth order for
     * the geodesic; for the straight edge the first two are its squared speed at m. */
    double east[6], north[4], xx[3], xy[3], yy[2];
};

struct geo_area_table {
    struct geo_area_row row[GEO_ROWS];
    double hemisphere_m2; /* half the ellipsoid */

    /* Of the arch over [0, 1] whose second derivative is -bend, by the bends at the nodes k of
     * Gauss: its height and its slope at the nodes i. */
    double arch[GEO_GAUSS_NODES][GEO_GAUSS_NODES], arch_slope[GEO_GAUSS_NODES][GEO_GAUSS_NODES];
};

/* The table of the context, made at the first call. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_area_table(struct geo_ctx *ctx, const struct geo_area_table **table);

/* The row nearest to a latitude; NULL beyond GEO_ROW_TOP_DEG. */
static inline const struct geo_area_row *geo_area_row(const struct geo_area_table *table,
                                                      double lat_deg)
{
    if (!(lat_deg >= -GEO_ROW_TOP_DEG && lat_deg <= GEO_ROW_TOP_DEG))
        return NULL;
    return &table->row[(size_t)((lat_deg + GEO_ROW_TOP_DEG) / GEO_ROW_STEP_DEG + 0.5)];
}

#endif
