#include "geo/measure.h"

#include <geodesic.h>

#include "shapes.h"

/* A square of a tenth of a degree. */
static const struct geo_lonlat square[] = {
    {105, 21}, {105.1, 21}, {105.1, 21.1}, {105, 21.1}, {105, 21}};
static const struct geo_lonlat hole[] = {
    {105.02, 21.02}, {105.02, 21.04}, {105.05, 21.04}, {105.02, 21.02}};
static const struct geo_lonlat far_triangle[] = {{106, 20}, {106.2, 20}, {106.1, 20.3}, {106, 20}};

/* Area and perimeter by PROJ's geodesic.h, each edge cut into pieces straight in longitude and
 * latitude. */
static void densified(const struct geo_lonlat *vertex, size_t n, int pieces, double *area_m2,
                      double *perimeter_m)
{
    struct geod_geodesic earth;
    struct geod_polygon polygon;

    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_polygon_init(&polygon, 0);
    for (size_t v = 0; v + 1 < n; v++)
        for (int k = 0; k < pieces; k++)
            geod_polygon_addpoint(&earth, &polygon,
                                  vertex[v].lat + (vertex[v + 1].lat - vertex[v].lat) * k / pieces,
                                  vertex[v].lon + (vertex[v + 1].lon - vertex[v].lon) * k / pieces);
    geod_polygon_compute(&earth, &polygon, 0, 1, area_m2, perimeter_m);
    *area_m2 = fabs(*area_m2);
}

static void holes_are_subtracted_and_parts_are_added(void **state)
{
    struct room *room = *state;
    double square_m2, hole_m2, far_m2, square_m, hole_m, far_m, area_m2, perimeter_m;

    shape_ring(room->ctx, room->in, square, COUNT(square));
    shape_ring(room->ctx, room->in, hole, COUNT(hole));
    shape_part(room->ctx, room->in, GEO_KIND_POLYGON);
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, far_triangle, COUNT(far_triangle));
    densified(square, COUNT(square), 1, &square_m2, &square_m);
    densified(hole, COUNT(hole), 1, &hole_m2, &hole_m);
    densified(far_triangle, COUNT(far_triangle), 1, &far_m2, &far_m);
    assert_ok(room->ctx,
              geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &area_m2, &perimeter_m));
    assert_near(area_m2, square_m2 - hole_m2 + far_m2, 1e-4);
    assert_near(perimeter_m, square_m + hole_m + far_m, 1e-6);
}

static void lines_have_a_length_and_points_have_none(void **state)
{
    struct room *room = *state;
    double area_m2, perimeter_m, distance_m;
    struct geod_geodesic earth;

    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, 21, 105, 21, 105.1, &distance_m, NULL, NULL);
    shape_ring(room->ctx, room->in, square, 1);
    shape_part(room->ctx, room->in, GEO_KIND_POINT);
    shape_simple(room->ctx, room->in, GEO_KIND_LINE, square, 2);
    assert_ok(room->ctx,
              geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &area_m2, &perimeter_m));
    assert_near(area_m2, 0, 0);
    assert_near(perimeter_m, distance_m, 1e-8);
}

static void an_empty_geometry_has_no_area(void **state)
{
    struct room *room = *state;
    double area_m2 = 1, perimeter_m = 1, grid_m2 = 1;

    shape_feature(room->ctx, room->in);
    assert_ok(room->ctx,
              geo_area(room->ctx, room->in, 0, GEO_EDGES_LONLAT, &area_m2, &perimeter_m));
    assert_ok(room->ctx, geo_grid_area(room->ctx, room->in, 0, "EPSG:5897", &grid_m2));
    assert_near(area_m2 + perimeter_m + grid_m2, 0, 0);
}

static void the_perimeter_may_be_left_out(void **state)
{
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, square, COUNT(square));
    for (int edges = 0; edges < 2; edges++) {
        double with_m2, without_m2, perimeter_m;
        assert_ok(room->ctx,
                  geo_area(room->ctx, room->in, 0, (enum geo_edges)edges, &with_m2, &perimeter_m));
        assert_ok(room->ctx,
                  geo_area(room->ctx, room->in, 0, (enum geo_edges)edges, &without_m2, NULL));
        assert_near(without_m2, with_m2, 0);
    }
}

/* Rings that enclose nothing, and how long they are in meridian degrees of 110574.3886 m at the
 * equator (Planimeter -l). */
static void rings_without_an_inside_have_no_area(void **state)
{
    static const struct {
        const char *what;
        size_t n;
        struct geo_lonlat ring[6];
        double length_m, tolerance_m2; /* near a pole, that of the general method */
    } rows[] = {
        {"one place", 4, {{105, 21}, {105, 21}, {105, 21}, {105, 21}}, 0, 1e-4},
        {"one place, closed the other way round", 3, {{-180, 21}, {180, 21}, {-180, 21}}, 0, 1e-4},
        {"the pole", 4, {{10, 90}, {40, 90}, {90, 90}, {10, 90}}, 0, 0.1},
        {"along a meridian", 4, {{7, 0}, {7, 1}, {7, 0.5}, {7, 0}}, 2 * 110574.388558, 1e-4},
        {"along a long meridian",
         4,
         {{7, -80}, {7, 80}, {7, 20}, {7, -80}},
         2 * 17770279.743874,
         1e-4},
        {"to the pole and back", 3, {{7, 0}, {7, 90}, {7, 0}}, 2 * 10001965.729313, 0.1},
        {"along the equator",
         5,
         {{1, 0}, {2, 0}, {2, 0}, {1.5, 0}, {1, 0}},
         2 * 111319.490793,
         1e-4},
    };
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, rows[i].ring, rows[i].n);
        for (int edges = 0; edges < 2; edges++) {
            double area_m2, perimeter_m;
            if (edges == GEO_EDGES_LONLAT && i == 1)
                continue; /* straight in longitude, that is a whole parallel */
            print_message("%s\n", rows[i].what);
            assert_ok(room->ctx, geo_area(room->ctx, room->in, i, (enum geo_edges)edges, &area_m2,
                                          &perimeter_m));
            assert_near(area_m2, 0, rows[i].tolerance_m2);
            assert_near(perimeter_m, rows[i].length_m, 1e-5);
        }
    }
}

/* Edges of 0.1 to 3000 km in all directions, the long ones in the midst of short ones. */
static void lengths_are_those_of_the_inverse(void **state)
{
    struct room *room = *state;
    struct geod_geodesic earth;
    struct geo_lonlat line[100];

    geod_init(&earth, 6378137, 1 / 298.257223563);
    for (int lat = -80; lat <= 80; lat += 16) {
        double exact_m = 0, tolerance_m = 0, area_m2, length_m;
        line[0] = (struct geo_lonlat){178, lat};
        for (size_t v = 1; v < COUNT(line); v++) {
            double step_m = v % 30 == 7 ? 3e6 : pow(10, 2 + (double)(v % 13) / 4);
            geod_direct(&earth, line[v - 1].lat, line[v - 1].lon, 40.0 * (double)v, step_m,
                        &line[v].lat, &line[v].lon, NULL);
            line[v].lon += 360 * round((line[v - 1].lon - line[v].lon) / 360);
            exact_m += step_m;
            tolerance_m += 1e-8 + (step_m < 2e5 ? 1e-9 * step_m : 0);
        }
        geo_batch_clear(room->in);
        shape_simple(room->ctx, room->in, GEO_KIND_LINE, line, COUNT(line));
        assert_ok(room->ctx,
                  geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &area_m2, &length_m));
        assert_near(length_m, exact_m, tolerance_m);
    }
}

static void a_latitude_out_of_range_is_named_and_results_stay(void **state)
{
    struct room *room = *state;
    struct geo_lonlat ring[] = {{0, 0}, {1, 0}, {1, 97.25}, {0, 0}};
    double area_m2 = 7, perimeter_m = 8;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, COUNT(ring));
    ring[2] = (struct geo_lonlat){NAN, 1};
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, COUNT(ring));
    ring[2] = (struct geo_lonlat){1, NAN};
    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, COUNT(ring));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            geo_area(room->ctx, room->in, i, GEO_EDGES_GEODESIC, &area_m2, &perimeter_m),
            GEO_EDOMAIN);
    assert_near(area_m2 + perimeter_m, 15, 0);
    assert_int_equal(geo_area(room->ctx, room->in, 0, GEO_EDGES_LONLAT, &area_m2, &perimeter_m),
                     GEO_EDOMAIN);
    assert_non_null(strstr(geo_ctx_message(room->ctx), "97.25"));
}

static void straight_edges_are_geodesics_of_ever_shorter_pieces(void **state)
{
    static const struct geo_lonlat shapes[][5] = {
        {{105, 21}, {106, 21.3}, {105.7, 22}, {104.9, 21.9}, {105, 21}},
        {{-3, -70}, {15, -66}, {12, -60}, {-5, -61}, {-3, -70}},
        {{179, -2}, {183, -1}, {184, 3}, {180, 2}, {179, -2}},
        {{20, 80}, {50, 83.5}, {70, 80}, {40, 79}, {20, 80}},
        {{10, 5}, {10.0003, 5.0001}, {10.0002, 5.0004}, {9.9999, 5.0002}, {10, 5}},
    };
    static const int pieces[] = {1000, 1000, 1000, 1000, 1}; /* PROJ errs by 2e-5 m² an edge */
    struct room *room = *state;

    for (size_t i = 0; i < COUNT(shapes); i++) {
        double area_m2, perimeter_m, coarse_m2, coarse_m, fine_m2, fine_m;
        shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, shapes[i], 5);
        assert_ok(room->ctx,
                  geo_area(room->ctx, room->in, i, GEO_EDGES_LONLAT, &area_m2, &perimeter_m));
        densified(shapes[i], 5, pieces[i], &coarse_m2, &coarse_m);
        densified(shapes[i], 5, 2 * pieces[i], &fine_m2, &fine_m);
        /* The error of pieces falls with the square of their length. */
        assert_near(area_m2, (4 * fine_m2 - coarse_m2) / 3, 1e-3 + 1e-12 * area_m2);
        assert_near(perimeter_m, (4 * fine_m - coarse_m) / 3, 1e-5);
    }
}

/* Rings of many vertices over many latitudes, against PROJ's sums. */
static void long_rings_are_those_of_the_general_method(void **state)
{
    static const struct {
        double lon, lat, radius_deg; /* of latitude; 0: round the pole at that latitude */
    } rows[] = {{105, 21, 3}, {0, 0, 0.1}, {-60, -75, 8}, {180, 45, 2}, {0, 80, 0}, {0, -83, 0}};
    enum { CORNERS = 720 };
    struct room *room = *state;
    struct geo_lonlat ring[CORNERS + 1];

    for (size_t i = 0; i < COUNT(rows); i++)
        for (int wrapped = 0; wrapped < 2; wrapped++) {
            double area_m2, perimeter_m, exact_m2, exact_m;
            for (int v = 0; v <= CORNERS; v++) {
                double turn = 2 * M_PI * v / CORNERS, wave = sin(9 * turn);
                double stretch = 1 / cos(rows[i].lat * M_PI / 180);
                ring[v].lat =
                    rows[i].radius_deg > 0
                        ? rows[i].lat + rows[i].radius_deg * (0.9 + 0.1 * wave) * sin(turn)
                        : rows[i].lat + 0.5 * wave;
                ring[v].lon = rows[i].radius_deg > 0
                                  ? rows[i].lon + rows[i].radius_deg * stretch * cos(turn)
                                  : 360.0 * v / CORNERS;
                if (wrapped)
                    ring[v].lon = remainder(ring[v].lon, 360);
            }
            ring[CORNERS] = (struct geo_lonlat){
                ring[0].lon + (!wrapped && rows[i].radius_deg == 0 ? 360 : 0), ring[0].lat};
            densified(ring, COUNT(ring), 1, &exact_m2, &exact_m);
            geo_batch_clear(room->in);
            shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, COUNT(ring));
            assert_ok(room->ctx,
                      geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &area_m2, &perimeter_m));
            assert_near(area_m2, exact_m2, 1e-9 * exact_m2);
            assert_near(perimeter_m, exact_m, 1e-8 * CORNERS + 1e-10 * exact_m);
        }
}

/* A geodesic in two halves and back in one: what one edge leaves out, the other two do not. The
 * half-way point is rounded to a nanometre or two. */
static void needles_have_no_area(void **state)
{
    static const double lengths_m[] = {1e3, 1e4, 3e4, 1e5, 2e5, 4e5, 8e5, 1.6e6, 3e6};
    struct room *room = *state;
    struct geod_geodesic earth;

    geod_init(&earth, 6378137, 1 / 298.257223563);
    for (int lat = -70; lat <= 70; lat += 20)
        for (size_t i = 0; i < COUNT(lengths_m); i++)
            for (int azimuth = 5; azimuth < 360; azimuth += 30) {
                struct geo_lonlat ring[4] = {{20, lat}};
                double area_m2, rounding_m2 = lengths_m[i] < 3e5 ? 1e-4 : 0.05;
                for (int v = 1; v < 3; v++)
                    geod_direct(&earth, lat, 20, azimuth, lengths_m[i] * v / 2, &ring[v].lat,
                                &ring[v].lon, NULL);
                ring[3] = ring[0];
                geo_batch_clear(room->in);
                shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, 4);
                assert_ok(room->ctx,
                          geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &area_m2, NULL));
                assert_near(area_m2, 0, rounding_m2 + 4e-9 * lengths_m[i]);
            }
}

static void the_two_kinds_of_edges_differ_as_the_sagitta_says(void **state)
{
    struct geo_lonlat box[] = {{105, 21}, {106, 21}, {106, 22}, {105, 22}, {105, 21}};
    struct room *room = *state;
    double geodesic_m2, lonlat_m2, perimeter_m;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, box, COUNT(box));
    assert_ok(room->ctx,
              geo_area(room->ctx, room->in, 0, GEO_EDGES_GEODESIC, &geodesic_m2, &perimeter_m));
    assert_ok(room->ctx,
              geo_area(room->ctx, room->in, 0, GEO_EDGES_LONLAT, &lonlat_m2, &perimeter_m));
    /* A lens of length L and sagitta tan(lat) L² / 8 R has the area L² / 12 of that, times L. */
    double top = pow(103179, 3) * tan(22 * M_PI / 180) / 12 / 6.38e6;
    double bottom = pow(103878, 3) * tan(21 * M_PI / 180) / 12 / 6.38e6;
    assert_near(geodesic_m2 - lonlat_m2, top - bottom, 0.02 * (top - bottom));
}

static void the_grid_area_is_that_of_the_projected_vertices(void **state)
{
    /* Corners by cs2cs (PROJ 9.1.1) from EPSG:4326; the area is their shoelace. */
    static const struct {
        const char *grid;
        double x[4], y[4];
    } rows[] = {
        {"EPSG:5897",
         {499804.122598, 510200.079686, 510193.138302, 499804.121610},
         {2322952.676813, 2322955.929074, 2334026.551508, 2334023.286653}},
        {"EPSG:32648",
         {500000.000000, 510392.885254, 510385.947216, 500000.000000},
         {2322147.638355, 2322150.888577, 2333218.240265, 2333214.977450}},
        {"+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
         "+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,"
         "-0.01975479,0.00427372,0.252906278 +units=m",
         {499804.122598, 510200.079686, 510193.138302, 499804.121610},
         {2322952.676813, 2322955.929074, 2334026.551508, 2334023.286653}},
    };
    struct room *room = *state;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, square, COUNT(square));
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int again = 0; again < 2; again++) {
            double area_m2, twice = 0;
            for (int k = 0; k < 4; k++)
                twice += (rows[i].x[k] - rows[i].x[0]) * (rows[i].y[(k + 1) % 4] - rows[i].y[0]) -
                         (rows[i].x[(k + 1) % 4] - rows[i].x[0]) * (rows[i].y[k] - rows[i].y[0]);
            assert_ok(room->ctx, geo_grid_area(room->ctx, room->in, 0, rows[i].grid, &area_m2));
            assert_near(area_m2, twice / 2, 0.05);
        }
}

static void a_grid_that_is_none_is_refused(void **state)
{
    static const char *const grids[] = {
        "EPSG:4326", /* degrees */
        "EPSG:2225", /* feet */
        "EPSG:0",    /* nothing */
        "nonsense",  /* nothing */
        "",          /* nothing */
        "EPSG:4978", /* geocentric */
        "+proj=longlat +datum=WGS84",
        "+proj=tmerc +lon_0=105 +ellps=krass +units=m", /* no datum: a ballpark */
    };
    struct room *room = *state;
    double area_m2 = 7;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, square, COUNT(square));
    for (size_t i = 0; i < COUNT(grids); i++) {
        assert_int_equal(geo_grid_area(room->ctx, room->in, 0, grids[i], &area_m2), GEO_ECRS);
        assert_non_null(strstr(geo_ctx_message(room->ctx), grids[i]));
    }
    assert_near(area_m2, 7, 0);
}

static void a_vertex_that_has_no_place_in_the_grid_is_named(void **state)
{
    struct geo_lonlat ring[] = {{105, 1}, {106, 1}, {195, 0}, {105, 1}};
    struct room *room = *state;
    double area_m2 = 7;

    shape_simple(room->ctx, room->in, GEO_KIND_POLYGON, ring, COUNT(ring));
    assert_int_equal(geo_grid_area(room->ctx, room->in, 0, "EPSG:32648", &area_m2), GEO_EDOMAIN);
    assert_non_null(strstr(geo_ctx_message(room->ctx), "195, 0"));
    assert_near(area_m2, 7, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(holes_are_subtracted_and_parts_are_added),
        TEST(lines_have_a_length_and_points_have_none),
        TEST(an_empty_geometry_has_no_area),
        TEST(the_perimeter_may_be_left_out),
        TEST(rings_without_an_inside_have_no_area),
        TEST(lengths_are_those_of_the_inverse),
        TEST(a_latitude_out_of_range_is_named_and_results_stay),
        TEST(straight_edges_are_geodesics_of_ever_shorter_pieces),
        TEST(long_rings_are_those_of_the_general_method),
        TEST(needles_have_no_area),
        TEST(the_two_kinds_of_edges_differ_as_the_sagitta_says),
        TEST(the_grid_area_is_that_of_the_projected_vertices),
        TEST(a_grid_that_is_none_is_refused),
        TEST(a_vertex_that_has_no_place_in_the_grid_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
