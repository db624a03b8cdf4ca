/* Laws of areas, on arbitrary stars all over the Earth. */
#include "shapes.h"

#include "geo/measure.h"

#define CORNERS 9

/* A number in [0, 1) that looks arbitrary and is always the same. */
static double chance(unsigned seed, unsigned i)
{
    return fmod(sin(seed * 12.9898 + i * 78.233) * 43758.5453 + 43759, 1);
}

/* A closed star about a centre, counter-clockwise, its spikes up to a size in degrees of latitude.
 */
static void star(struct geo_lonlat ring[CORNERS + 1], struct geo_lonlat centre, double size_deg,
                 unsigned seed)
{
    for (unsigned i = 0; i < CORNERS; i++) {
        double turn = 2 * M_PI * (i + 0.5 * chance(seed, i)) / CORNERS;
        double reach = size_deg * (0.3 + 0.7 * chance(seed, 50 + i));
        ring[i].lat = centre.lat + reach * sin(turn);
        ring[i].lon = centre.lon + reach * cos(turn) / cos(centre.lat * M_PI / 180);
    }
    ring[CORNERS] = ring[0];
}

static double area(struct geo_ctx *ctx, const struct geo_lonlat *ring, size_t n,
                   enum geo_edges edges, double *perimeter_m)
{
    struct geo_batch *batch = geo_batch_new();
    double area_m2;

    shape_simple(ctx, batch, GEO_KIND_POLYGON, ring, n);
    assert_ok(ctx, geo_area(ctx, batch, 0, edges, &area_m2, perimeter_m));
    geo_batch_free(batch);
    return area_m2;
}

/* What geo_area() promises. */
static double area_bound_m2(double area_m2)
{
    return fmax(1e-4, 1e-9 * area_m2);
}

static double length_bound_m(double length_m)
{
    return CORNERS * 1e-8 + 1e-9 * length_m;
}

static void assert_laws(struct geo_ctx *ctx, const struct geo_lonlat ring[CORNERS + 1],
                        enum geo_edges edges)
{
    struct geo_lonlat other[CORNERS + 1];
    double whole_m, part_m, whole_m2 = area(ctx, ring, CORNERS + 1, edges, &whole_m);
    double tolerance_m2 = 2 * area_bound_m2(whole_m2);
    double tolerance_m = 2 * length_bound_m(whole_m);

    for (size_t i = 0; i <= CORNERS; i++) /* the other way round, from another vertex */
        other[i] = ring[(2 * CORNERS + 4 - i) % CORNERS];
    assert_near(area(ctx, other, CORNERS + 1, edges, &part_m), whole_m2, tolerance_m2);
    assert_near(part_m, whole_m, tolerance_m);
    for (size_t i = 0; i <= CORNERS; i++) /* elsewhere on the parallel */
        other[i] = (struct geo_lonlat){ring[i].lon - 97.25, ring[i].lat};
    assert_near(area(ctx, other, CORNERS + 1, edges, &part_m), whole_m2, tolerance_m2);
    assert_near(part_m, whole_m, tolerance_m);
    for (size_t i = 0; i <= CORNERS; i++) /* on the other hemisphere */
        other[i] = (struct geo_lonlat){ring[i].lon, -ring[i].lat};
    assert_near(area(ctx, other, CORNERS + 1, edges, &part_m), whole_m2, tolerance_m2);
    assert_near(part_m, whole_m, tolerance_m);
}

/* A star is seen whole from its centre: triangles from there add up to it. */
static void assert_additive(struct geo_ctx *ctx, const struct geo_lonlat ring[CORNERS + 1],
                            struct geo_lonlat centre, enum geo_edges edges)
{
    double length_m, sum_m2 = 0, whole_m2 = area(ctx, ring, CORNERS + 1, edges, &length_m);
    double tolerance_m2 = area_bound_m2(whole_m2);

    for (size_t i = 0; i < CORNERS; i++) {
        struct geo_lonlat triangle[] = {centre, ring[i], ring[i + 1], centre};
        double part_m2 = area(ctx, triangle, 4, edges, &length_m);
        sum_m2 += part_m2;
        tolerance_m2 += area_bound_m2(part_m2);
    }
    assert_near(sum_m2, whole_m2, tolerance_m2);
}

/* Cut along the edge between two vertices; its area counts once on each side. */
static void assert_splits(struct geo_ctx *ctx, const struct geo_lonlat ring[CORNERS + 1],
                          enum geo_edges edges)
{
    enum { CUT = CORNERS / 2 };
    struct geo_lonlat first[CUT + 2], second[CORNERS - CUT + 2];
    double whole_m, first_m, second_m, cut_m;

    memcpy(first, ring, (CUT + 1) * sizeof *ring);
    first[CUT + 1] = ring[0];
    second[0] = ring[0];
    memcpy(second + 1, ring + CUT, (CORNERS - CUT + 1) * sizeof *ring);
    struct geo_lonlat there_and_back[] = {ring[0], ring[CUT], ring[0]};
    double whole_m2 = area(ctx, ring, CORNERS + 1, edges, &whole_m);
    double first_m2 = area(ctx, first, COUNT(first), edges, &first_m);
    double second_m2 = area(ctx, second, COUNT(second), edges, &second_m);
    double nothing_m2 = area(ctx, there_and_back, COUNT(there_and_back), edges, &cut_m);

    double bound_m2 = area_bound_m2(whole_m2) + area_bound_m2(first_m2) + area_bound_m2(second_m2);
    assert_near(first_m2 + second_m2, whole_m2, bound_m2);
    assert_near(nothing_m2, 0, area_bound_m2(0));
    assert_near(first_m + second_m - cut_m, whole_m, 4 * length_bound_m(whole_m));
}

/* Vertices that repeat make edges of no length. */
static void assert_repeats_are_nothing(struct geo_ctx *ctx,
                                       const struct geo_lonlat ring[CORNERS + 1],
                                       enum geo_edges edges)
{
    struct geo_lonlat doubled[2 * CORNERS + 2];
    double once_m, twice_m, once_m2 = area(ctx, ring, CORNERS + 1, edges, &once_m);

    for (size_t i = 0; i < COUNT(doubled); i++)
        doubled[i] = ring[i / 2];
    assert_near(area(ctx, doubled, COUNT(doubled), edges, &twice_m), once_m2,
                2 * area_bound_m2(once_m2));
    assert_near(twice_m, once_m, 2 * length_bound_m(once_m));
}

static void areas_obey_their_laws(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;

    for (unsigned seed = 1; seed <= 400; seed++) {
        struct geo_lonlat ring[CORNERS + 1];
        struct geo_lonlat centre = {360 * chance(seed, 100) - 180, 160 * chance(seed, 101) - 80};
        star(ring, centre, pow(10, 5 * chance(seed, 102) - 4.3), seed);
        for (int edges = 0; edges < 2; edges++) {
            enum geo_edges how = edges ? GEO_EDGES_LONLAT : GEO_EDGES_GEODESIC;
            assert_laws(ctx, ring, how);
            assert_additive(ctx, ring, centre, how);
            assert_splits(ctx, ring, how);
            assert_repeats_are_nothing(ctx, ring, how);
        }
    }
    geo_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_obey_their_laws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
