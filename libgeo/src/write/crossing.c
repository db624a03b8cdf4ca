#include "write/crossing.h"

#include <geodesic.h>
#include <math.h>
#include <stdbool.h>

#include "base/fail.h"
#include "base/handles.h"

double geo_strip_of(double lon)
{
    return floor((lon + 180) / 360);
}

double geo_strip_border(double strip)
{
    return 180 + 360 * strip;
}

/* The latitude where the geodesic from a to b has longitude lon, by the Illinois method: along a
 * geodesic the longitude runs one way. */
static double geodesic_lat(struct geo_ctx *ctx, struct geo_lonlat a, struct geo_lonlat b,
                           double lon)
{
    enum { MOST_STEPS = 100 };
    struct geod_geodesicline line;
    geod_inverseline(&line, geo_ctx_earth(ctx), a.lat, a.lon, b.lat, b.lon, 0);
    double s0 = 0, s1 = line.s13, g0 = a.lon - lon, g1 = b.lon - lon, lat = a.lat;
    for (int i = 0, kept = 0; i < MOST_STEPS; i++) {
        double s = (s0 * g1 - s1 * g0) / (g1 - g0), at;
        geod_genposition(&line, GEOD_LONG_UNROLL, s, &lat, &at, NULL, NULL, NULL, NULL, NULL, NULL);
        double g = at - lon;
        if (fabs(g) < 1e-13 || fabs(s1 - s0) < 1e-9)
            break;
        bool keep = (g < 0) == (g0 < 0); /* end 1 is kept, else end 0 */
        if (keep) {
            s0 = s, g0 = g;
            g1 = kept == 1 ? g1 / 2 : g1;
        } else {
            s1 = s, g1 = g;
            g0 = kept == 2 ? g0 / 2 : g0;
        }
        kept = keep ? 1 : 2;
    }
    return lat;
}

static double crossing_lat(struct geo_ctx *ctx, struct geo_lonlat a, struct geo_lonlat b,
                           double lon, enum geo_edges edges)
{
    if (edges == GEO_EDGES_LONLAT)
        return a.lat + (b.lat - a.lat) * ((lon - a.lon) / (b.lon - a.lon));
    if (fabs(b.lon - a.lon) >= 180) /* over the pole, where it has every longitude */
        return a.lat + b.lat < 0 ? -90 : 90;
    return geodesic_lat(ctx, a, b, lon);
}

enum geo_status geo_add_crossings(struct geo_ctx *ctx, const struct geo_lonlat *vertex, size_t n,
                                  enum geo_edges edges, struct geo_batch *to)
{
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat *at;
        if (i > 0) {
            struct geo_lonlat a = vertex[i - 1], b = vertex[i];
            double border = geo_strip_border(geo_strip_of(fmin(a.lon, b.lon)));
            if (fmin(a.lon, b.lon) < border && border < fmax(a.lon, b.lon)) {
                GEO_TRY(geo_batch_add_vertices(ctx, to, 1, &at));
                *at = (struct geo_lonlat){border, crossing_lat(ctx, a, b, border, edges)};
            }
        }
        GEO_TRY(geo_batch_add_vertices(ctx, to, 1, &at));
        *at = vertex[i];
    }
    return GEO_OK;
}
