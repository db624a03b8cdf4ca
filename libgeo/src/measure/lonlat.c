#include "measure/lonlat.h"

#include <math.h>

#include "base/handles.h"

#define RADIANS (M_PI / 180)
#define E2 (GEO_EARTH_F * (2 - GEO_EARTH_F))
#define NODES 6

/* Gauss-Legendre on [0, 1] (Abramowitz and Stegun 1964, table 25.4, n = 6). For the zone function,
 * a sum of sines of odd multiples of the latitude, its error on h radians is below 2e-16 h^13. */
static const double node[NODES] = {0.033765242898423987, 0.16939530676686775, 0.38069040695840155,
                                   0.61930959304159845,  0.83060469323313225, 0.96623475710157601};
static const double weight[NODES] = {0.085662246189585173, 0.18038078652406930,
                                     0.23395696728634552,  0.23395696728634552,
                                     0.18038078652406930,  0.085662246189585173};

/* Longest span of latitude that one rule takes. */
#define SPAN_DEG 45

/* Snyder, Map Projections: A Working Manual (1987), equation 3-12, as the difference of two values
 * without cancellation. */
double geo_lonlat_zone_m2(double lat_deg, double lat0_deg)
{
    double e = sqrt(E2);
    double b2 = GEO_EARTH_A_M * GEO_EARTH_A_M * (1 - E2);
    double x = sin(lat_deg * RADIANS);
    double x0 = sin(lat0_deg * RADIANS);
    double dx =
        2 * cos((lat_deg + lat0_deg) / 2 * RADIANS) * sin((lat_deg - lat0_deg) / 2 * RADIANS);
    double rational = dx * (1 + E2 * x * x0) / ((1 - E2 * x * x) * (1 - E2 * x0 * x0));
    double logarithm = atanh(e * dx / (1 - E2 * x * x0)) / e;

    return b2 / 2 * (rational + logarithm);
}

double geo_lonlat_area_m2(struct geo_lonlat a, struct geo_lonlat b, double lat0_deg)
{
    int pieces = 1 + (int)(fabs(b.lat - a.lat) / SPAN_DEG);
    double sum = 0;

    for (int i = 0; i < pieces; i++)
        for (int k = 0; k < NODES; k++) {
            double lat = a.lat + (i + node[k]) / pieces * (b.lat - a.lat);
            sum += weight[k] * geo_lonlat_zone_m2(lat, lat0_deg);
        }
    return sum / pieces * (b.lon - a.lon) * RADIANS;
}

/* Length by one rule: the metric of the ellipsoid, M dlat and N cos(lat) dlon. */
static double rule(struct geo_lonlat a, struct geo_lonlat b)
{
    double dlat = (b.lat - a.lat) * RADIANS;
    double dlon = (b.lon - a.lon) * RADIANS;
    double sum = 0;

    for (int k = 0; k < NODES; k++) {
        double lat = (a.lat + node[k] * (b.lat - a.lat)) * RADIANS;
        double s = sin(lat);
        double w2 = 1 - E2 * s * s;
        double north = GEO_EARTH_A_M * (1 - E2) / (w2 * sqrt(w2)) * dlat;
        double east = GEO_EARTH_A_M / sqrt(w2) * cos(lat) * dlon;
        sum += weight[k] * sqrt(north * north + east * east);
    }
    return sum;
}

/* Halves until the rule agrees with itself: close to a pole the integrand has a sharp bend. */
static double halved(struct geo_lonlat a, struct geo_lonlat b, double whole, int depth)
{
    struct geo_lonlat middle = {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2};
    double first = rule(a, middle);
    double second = rule(middle, b);

    if (depth == 0 || fabs(first + second - whole) <= 1e-12 * whole + 1e-9)
        return first + second;
    return halved(a, middle, first, depth - 1) + halved(middle, b, second, depth - 1);
}

double geo_lonlat_length_m(struct geo_lonlat a, struct geo_lonlat b)
{
    return halved(a, b, rule(a, b), 40);
}
