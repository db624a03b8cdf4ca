/* Areas and perimeters against a table computed in quadruple precision: area_quad/area_quad.c makes
 * the table, area_quad/polygon.h the polygons. */
#include <stdio.h>

#include "area_quad/polygon.h"
#include "geo/measure.h"
#include "shapes.h"

struct exact {
    double area_m2[2], perimeter_m[2]; /* for each enum geo_edges */
};

/* A line of the table. */
static void read_exact(FILE *table, struct exact *exact)
{
    assert_int_equal(fscanf(table, "%lf %lf %lf %lf", &exact->area_m2[GEO_EDGES_GEODESIC],
                            &exact->perimeter_m[GEO_EDGES_GEODESIC],
                            &exact->area_m2[GEO_EDGES_LONLAT],
                            &exact->perimeter_m[GEO_EDGES_LONLAT]),
                     4);
}

/* How longitudes are written. */
enum wrap { CONTINUOUS, WRAPPED };

static void add_polygon(struct geo_ctx *ctx, struct geo_batch *batch, const struct polygon *polygon,
                        enum wrap wrap)
{
    for (int r = 0; r < polygon->rings; r++) {
        const struct ring *ring = &polygon->ring[r];
        struct geo_lonlat vertex[CORNERS_MAX + 1];
        for (int i = 0; i < ring->n; i++) {
            double lon = ring->lon[i];
            vertex[i] =
                (struct geo_lonlat){wrap == WRAPPED && lon > 180 ? lon - 360 : lon, ring->lat[i]};
        }
        shape_ring(ctx, batch, vertex, (size_t)ring->n);
    }
    shape_part(ctx, batch, GEO_KIND_POLYGON);
    shape_feature(ctx, batch);
}

/* The largest error, as a part of what is promised. */
struct worst {
    double area, perimeter;
    int area_polygon, perimeter_polygon;
};

static void judge(struct geo_ctx *ctx, const struct polygon *polygon, int number,
                  enum geo_edges edges, enum wrap wrap, const struct exact *exact,
                  struct worst *worst)
{
    struct geo_batch *batch = geo_batch_new();
    double area_m2, perimeter_m, corners = polygon->ring[0].n + polygon->ring[1].n;

    add_polygon(ctx, batch, polygon, wrap);
    assert_ok(ctx, geo_area(ctx, batch, 0, edges, &area_m2, &perimeter_m));
    double area = fabs(area_m2 - exact->area_m2[edges]) / fmax(1e-4, 1e-9 * exact->area_m2[edges]);
    double perimeter = fabs(perimeter_m - exact->perimeter_m[edges]) /
                       fmax(1e-8 * corners, 1e-9 * exact->perimeter_m[edges]);
    if (!(area <= worst->area)) {
        worst->area = area;
        worst->area_polygon = number;
    }
    if (!(perimeter <= worst->perimeter)) {
        worst->perimeter = perimeter;
        worst->perimeter_polygon = number;
    }
    geo_batch_free(batch);
}

static struct worst judge_all(enum geo_edges edges, enum wrap wrap)
{
    struct geo_ctx *ctx = geo_ctx_new();
    struct worst worst = {0, 0, -1, -1};
    char path[4096];
    const char *source = getenv("SOURCE");

    snprintf(path, sizeof path, "%s/tests/known/area_quad/table.txt", source ? source : ".");
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    for (int number = 0; number < POLYGONS; number++) {
        struct polygon polygon = make_polygon((uint64_t)number);
        struct exact exact;
        read_exact(table, &exact);
        if (wrap == CONTINUOUS || polygon.antimeridian)
            judge(ctx, &polygon, number, edges, wrap, &exact, &worst);
    }
    fclose(table);
    geo_ctx_free(ctx);
    print_message("worst error / tolerance: area %.3f (polygon %d), perimeter %.3f (polygon %d)\n",
                  worst.area, worst.area_polygon, worst.perimeter, worst.perimeter_polygon);
    return worst;
}

static void geodesic_areas_are_exact(void **state)
{
    (void)state;
    struct worst worst = judge_all(GEO_EDGES_GEODESIC, CONTINUOUS);
    assert_near(worst.area, 0, 1);
    assert_near(worst.perimeter, 0, 1);
}

static void straight_areas_are_exact(void **state)
{
    (void)state;
    struct worst worst = judge_all(GEO_EDGES_LONLAT, CONTINUOUS);
    assert_near(worst.area, 0, 1);
    assert_near(worst.perimeter, 0, 1);
}

static void wrapped_longitudes_change_nothing(void **state)
{
    (void)state;
    struct worst worst = judge_all(GEO_EDGES_GEODESIC, WRAPPED);
    assert_near(worst.area, 0, 1);
    assert_near(worst.perimeter, 0, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geodesic_areas_are_exact),
        cmocka_unit_test(straight_areas_are_exact),
        cmocka_unit_test(wrapped_longitudes_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
