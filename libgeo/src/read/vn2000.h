/* VN-2000, the CRS of Viet Nam, and how files state it wrongly. */
#ifndef GEO_READ_VN2000_H
#define GEO_READ_VN2000_H

#include <proj.h>
#include <stdbool.h>
#include <stddef.h>

#include "geo/ctx.h"

/* The zones of 3 degrees that PROJ knows. */
struct geo_vn2000_zone {
    int code; /* EPSG */
    double meridian_deg;
};
enum { GEO_VN2000_ZONES = 18 };
extern const struct geo_vn2000_zone geo_vn2000_zone[GEO_VN2000_ZONES];

/* The official datum shift as EPSG:6960 states it (coordinate frame rotation), by decision
 * 05/2007/QD-BTNMT: metres, seconds of arc, parts per million. As +towgs84 (position vector) the
 * three rotations change sign. */
extern const double geo_vn2000_shift[7];

enum geo_shift {
    GEO_SHIFT_UNSTATED,
    GEO_SHIFT_ZERO,
    GEO_SHIFT_OFFICIAL,
    GEO_SHIFT_FLIPPED, /* the official one with the rotations' signs as they are in EPSG:6960 */
    GEO_SHIFT_OTHER
};

/* What a CRS says of VN-2000. */
struct geo_vn2000 {
    bool is_named;      /* a name in it says VN-2000 */
    bool is_datum;      /* its datum is PROJ's Vietnam 2000, which brings its shift along */
    bool is_datum_open; /* its datum has no name that says anything */
    bool is_ellipsoid;  /* the ellipsoid is that of WGS 84 */
    bool is_geographic;
    bool is_tm;                        /* transverse Mercator in metres from the equator */
    bool is_utm_named, is_three_named; /* its name says UTM, a zone of 3 degrees */
    enum geo_shift shift;
    double towgs84[7];
    double meridian_deg, scale, false_easting_m, false_northing_m;
};

struct geo_vn2000 geo_vn2000_inspect(PJ_CONTEXT *proj, const PJ *crs);

/* Whether it can be nothing but VN-2000: by its name, or, where the datum has none, by the grid. */
bool geo_vn2000_is(const struct geo_vn2000 *vn);

/* Whether it is on a meridian of the zones of 3 degrees, with their false easting. */
bool geo_vn2000_is_grid(const struct geo_vn2000 *vn);

/* The same CRS with the official shift: "EPSG:5897" where that is the grid's code, else WKT; the
 * caller frees it. NULL if out of memory. */
char *geo_vn2000_grid(double meridian_deg, double scale, double false_easting_m,
                      double false_northing_m);

/* "vn2000:105.00", "vn2000:105d30", "VN-2000:104°45'" as what PROJ takes; a copy of any other
 * definition. GEO_OK, GEO_ENOMEM, GEO_EARG (there is no such meridian; "vn2000" without one, "5897"
 * without its authority). The caller frees it. */
enum geo_status geo_vn2000_expand(struct geo_ctx *ctx, const char *definition, char **expanded);

#endif
