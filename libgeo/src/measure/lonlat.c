#include "measure/lonlat.h"

#include <math.h>

#include "base/handles.h"

#define RADIANS (M_PI / 180)
#define E2 (GEO_EARTH_F * (2 - GEO_EARTH_F))
#define NODES GEO_GAUSS_NODES

/* Gauss-Legendre on [0, 1] (Abramowitz and Stegun 1964, table 25.4, n = 6). For the zone function,
 * a sum of sines of odd multiples of the latitude, its error on h radians is below 2e-16 h^13. */
const double geo_gauss_node[NODES] = {0.033765242898423987, 0.16939530676686775,
                                      0.38069040695840155,  0.61930959304159845,
                                      0.83060469323313225,  0.96623475710157601};
const double geo_gauss_weight[NODES] = {0.085662246189585173, 0.18038078652406930,
                                        0.23395696728634552,  0.23395696728634552,
                                        0.18038078652406930,  0.085662246189585173};

/* Longest span of latitude that one rule takes. */
#define SPAN_DEG 45

double geo_lonlat_sine(double deg)
{
    return (double)sinl(deg * RADIANS);
}

double geo_lonlat_rise(double lat_deg, double lat0_deg)
{
    double half_sum = (lat_deg + lat0_deg) / 2 * RADIANS;
    double half_difference = (lat_deg - lat0_deg) / 2 * RADIANS;

    return (double)(2 * cosl(half_sum) * sinl(half_difference));
}

/* atanh(e x) / e for |x| <= 2, below 1e-17. */
static double atanh_e(double x)
{
    static const double term[] = {1,        1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9, 1.0 / 11,
                                  1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
    double u2 = E2 * x * x, sum = 0;

    for (size_t k = sizeof term / sizeof *term; k-- > 0;)
        sum = term[k] + u2 * sum;
    return x * sum;
}

/* Snyder, Map Projections: A Working Manual (1987), equation 3-12, as the difference of two values
 * without cancellation. */
double geo_lonlat_rise_m2(double sine0, double rise)
{
    double b2 = GEO_EARTH_A_M * GEO_EARTH_A_M * (1 - E2);
    double sine = sine0 + rise;
    double rational =
        rise * (1 + E2 * sine * sine0) / ((1 - E2 * sine * sine) * (1 - E2 * sine0 * sine0));
    double logarithm = atanh_e(rise / (1 - E2 * sine * sine0));

    return b2 / 2 * (rational + logarithm);
}

double geo_lonlat_zone_m2(double lat_deg, double lat0_deg)
{
    return geo_lonlat_rise_m2(geo_lonlat_sine(lat0_deg), geo_lonlat_rise(lat_deg, lat0_deg));
}

double geo_lonlat_area_m2(struct geo_lonlat a, struct geo_lonlat b, double lat0_deg)
{
    int pieces = 1 + (int)(fabs(b.lat - a.lat) / SPAN_DEG);
    double sum = 0;

    for (int i = 0; i < pieces; i++)
        for (int k = 0; k < NODES; k++) {
            double lat = a.lat + (i + geo_gauss_node[k]) / pieces * (b.lat - a.lat);
            sum += geo_gauss_weight[k] * geo_lonlat_zone_m2(lat, lat0_deg);
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
        double lat = (a.lat + geo_gauss_node[k] * (b.lat - a.lat)) * RADIANS;
        double s = (double)sinl(lat);
        double w2 = 1 - E2 * s * s;
        double north = GEO_EARTH_A_M * (1 - E2) / (w2 * sqrt(w2)) * dlat;
        double east = GEO_EARTH_A_M / sqrt(w2) * (double)cosl(lat) * dlon;
        sum += geo_gauss_weight[k] * sqrt(north * north + east * east);
    }
    return sum;
}

/* Halves until the rule agrees with itself: close to a pole the integrand has a sharp bend. */
static double halved(struct geo_lonlat a, struct geo_lonlat b, double whole, int depth)
{
    struct geo_lonlat middle = {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2};
    double first = rule(a, middle);
    double second = rule(middle, b);

    if (depth == 0 || !(fabs(first + second - whole) > 1e-12 * whole + 1e-9)) /* NaN: overflow */
        return first + second;
    return halved(a, middle, first, depth - 1) + halved(middle, b, second, depth - 1);
}

double geo_lonlat_length_m(struct geo_lonlat a, struct geo_lonlat b)
{
    return halved(a, b, rule(a, b), 40);
}
