/* Areas that others have published or computed: GeographicLib's geodtest.c (Planimeter0, 5, 6, 12),
 * Planimeter -E, Planimeter -R (rhumb lines: along meridians and parallels these are edges straight in longitude
 * and latitude). */
#include "shapes.h"

#include "geo/measure.h"

#define GEODESIC GEO_EDGES_GEODESIC
#define LONLAT GEO_EDGES_LONLAT

struct row {
    const char *what;
    enum geo_edges edges;
    size_t n; /* vertices without the closing one */
    struct geo_lonlat vertex[6];
    double close_lon_deg; /* longitude of the closing vertex, less that of the first */
    double area_m2, perimeter_m, area_tolerance_m2, perimeter_tolerance_m;
};

static const struct row rows[] = {
    {"north cap",
     GEODESIC,
     4,
     {{0, 89}, {90, 89}, {180, 89}, {270, 89}},
     360,
     24952305678.0,
     631819.8745,
     1,
     1e-4},
    {"south cap",
     GEODESIC,
     4,
     {{0, -89}, {90, -89}, {180, -89}, {270, -89}},
     360,
     24952305678.0,
     631819.8745,
     1,
     1e-4},
    {"diamond",
     GEODESIC,
     4,
     {{-1, 0}, {0, -1}, {1, 0}, {0, 1}},
     0,
     24619419146.0,
     627598.2731,
     1,
     1e-4},
    {"octant", GEODESIC, 3, {{0, 90}, {0, 0}, {90, 0}}, 0, 63758202715511.0, 30022685, 1, 1},
    {"triangle round the pole",
     GEODESIC,
     3,
     {{0.1, 89}, {90.1, 89}, {180.1, 89}},
     0,
     12476152838.5,
     539297,
     1,
     1},
    {"needle over the pole", GEODESIC, 3, {{-1e-14, 9}, {180, 9}, {0, 9}}, 0, 0, 36026861, 1, 1},
    {"there and back", GEODESIC, 2, {{0, 66.562222222}, {180, 66.562222222}}, 0, 0, 10465729, 1, 1},
    {"degree on the equator",
     LONLAT,
     4,
     {{0, 0}, {1, 0}, {1, 1}, {0, 1}},
     0,
     12308463894.0,
     443770.917679,
     0.06,
     1e-6},
    {"degree in Vietnam",
     LONLAT,
     4,
     {{105, 21}, {106, 21}, {106, 22}, {105, 22}},
     0,
     11473057472.7,
     428679.767963,
     0.06,
     1e-6},
    {"wide box in the north",
     LONLAT,
     4,
     {{-10, 60}, {20, 60}, {20, 84}, {-10, 84}},
     0,
     2750524369038.3,
     7379750.636545,
     0.1,
     1e-6},
    {"edges of 110 degrees",
     GEODESIC,
     3,
     {{0, 0}, {110, 10}, {60, 60}},
     0,
     39254160032239.7,
     27507831.846102,
     0.1,
     1e-6},
    {"edges from south to north",
     GEODESIC,
     3,
     {{0, -60}, {20, -55}, {10, 60}},
     0,
     12557204104834.3,
     27433721.094478,
     0.1,
     1e-6},
    {"edges of 150 degrees",
     GEODESIC,
     3,
     {{0, 10}, {150, 20}, {80, -30}},
     0,
     80569749411304.0,
     34280140.482741,
     0.1,
     1e-6},
    {"beyond 84 degrees",
     GEODESIC,
     3,
     {{0, 85}, {100, 86}, {50, 80}},
     0,
     307349551609.3,
     2539069.834658,
     0.1,
     1e-6},
    {"small beyond 84 degrees",
     GEODESIC,
     3,
     {{10, 84.2}, {10.01, 84.2}, {10.01, 84.201}},
     0,
     6302.8,
     383.330196,
     0.1,
     1e-6},
    {"straight edges of 120 degrees",
     LONLAT,
     4,
     {{0, 0}, {120, 0}, {120, 60}, {0, 60}},
     0,
     73538986782380.1,
     33362484.722866,
     0.1,
     1e-6},
    {"straight edges from south to north",
     LONLAT,
     4,
     {{0, -70}, {10, -70}, {10, 70}, {0, 70}},
     0,
     13307026122032.7,
     31839653.736588,
     0.1,
     1e-6},
    {"straight octant",
     LONLAT,
     4,
     {{0, 0}, {90, 0}, {90, 90}, {0, 90}},
     0,
     63758202715511.0,
     30022685,
     1,
     1},
    {"hemisphere",
     LONLAT,
     3,
     {{0, 0}, {120, 0}, {240, 0}},
     360,
     255032810862044.2,
     40075016.685578,
     0.1,
     1e-6},
};

static void published_areas_are_met(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct geo_batch *batch = geo_batch_new();
        struct geo_lonlat ring[7];
        double area_m2, perimeter_m;

        memcpy(ring, rows[i].vertex, sizeof rows[i].vertex);
        ring[rows[i].n] = (struct geo_lonlat){ring[0].lon + rows[i].close_lon_deg, ring[0].lat};
        shape_simple(ctx, batch, GEO_KIND_POLYGON, ring, rows[i].n + 1);
        print_message("%s\n", rows[i].what);
        assert_ok(ctx, geo_area(ctx, batch, 0, rows[i].edges, &area_m2, &perimeter_m));
        assert_near(area_m2, rows[i].area_m2, rows[i].area_tolerance_m2);
        assert_near(perimeter_m, rows[i].perimeter_m, rows[i].perimeter_tolerance_m);
        geo_batch_free(batch);
    }
    geo_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_areas_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
