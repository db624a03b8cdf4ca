/* What a CRS may be is ranked by how well a layer falls on a reference. */
#include "layers.h"

#include <math.h>
#include <proj.h>

#include "geo/crs.h"
#include "read/input.h"

enum { ROWS = 5, COLUMNS = 6, STEPS = 12 };

struct place {
    struct geo_ctx *ctx;
    struct geo_batch *layer, *reference;
    struct geo_origin origin;
    struct geo_ranking ranking;
};

static int set_up(void **state)
{
    static const struct geo_read_options plain = {0};
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    *state = place;
    place->ctx = geo_ctx_new();
    place->layer = geo_batch_new();
    place->reference = geo_batch_new();
    if (!place->ctx || !place->layer || !place->reference)
        return -1;
    return geo_origin_begin(place->ctx, &place->origin, "wards.shp", &plain) == GEO_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    geo_origin_release(&place->origin);
    geo_batch_free(place->layer);
    geo_batch_free(place->reference);
    geo_ctx_free(place->ctx);
    free(place);
    return 0;
}

/* A corner of the wards; all of them are irregular, and the same at every call. */
static struct geo_lonlat corner(int i, int j, double west, double south)
{
    return (struct geo_lonlat){west + 0.07 * i + 0.012 * sin(3.1 * i + 5.3 * j),
                               south + 0.07 * j + 0.012 * cos(2.3 * i + 4.7 * j)};
}

/* Vertices of the side between two corners, drawn as a wave; those of a side are the same whichever
 * ward it is of. */
static size_t draw_side(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat *vertex)
{
    for (int k = 0; k < STEPS; k++) {
        double t = (double)k / STEPS, off = 0.05 * sin(M_PI * t) * sin(9 * (a.lon + b.lon));
        vertex[k].lon = a.lon + t * (b.lon - a.lon) - off * (b.lat - a.lat);
        vertex[k].lat = a.lat + t * (b.lat - a.lat) + off * (b.lon - a.lon);
    }
    return STEPS;
}

/* Wards on WGS 84; noise in metres, drawn anew for each vertex. */
static void draw(struct place *place, struct geo_batch *batch, double west, double south,
                 double noise_m)
{
    unsigned seed = 7;
    for (int i = 0; i < COLUMNS; i++)
        for (int j = 0; j < ROWS; j++) {
            const int at[5][2] = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}, {i, j}};
            struct geo_lonlat ring[4 * STEPS + 1], *vertex;
            size_t n = 0;
            for (int k = 0; k < 4; k++)
                n += draw_side(corner(at[k][0], at[k][1], west, south),
                               corner(at[k + 1][0], at[k + 1][1], west, south), ring + n);
            for (size_t v = 0; v < n; v++) {
                seed = seed * 1664525u + 1013904223u; /* Numerical Recipes, 7.1 */
                double angle = seed * (2 * M_PI / 4294967296.0);
                ring[v].lon += noise_m * cos(angle) / 103600;
                ring[v].lat += noise_m * sin(angle) / 110700;
            }
            ring[n] = ring[0];
            assert_ok(place->ctx, geo_batch_add_vertices(place->ctx, batch, n + 1, &vertex));
            memcpy(vertex, ring, (n + 1) * sizeof *ring);
            assert_ok(place->ctx, geo_batch_end_ring(place->ctx, batch));
            assert_ok(place->ctx, geo_batch_end_part(place->ctx, batch, GEO_KIND_POLYGON));
            assert_ok(place->ctx,
                      geo_batch_end_feature(place->ctx, batch, GEO_SHAPE_POLYGON, i * ROWS + j));
        }
}

/* Takes the layer to the numbers of a CRS by PROJ itself. */
static void project(struct place *place, const char *crs, bool is_swapped)
{
    PJ *way = proj_create_crs_to_crs(PJ_DEFAULT_CTX, "OGC:CRS84", crs, NULL);
    PJ *plain = proj_normalize_for_visualization(PJ_DEFAULT_CTX, way);
    assert_non_null(plain);
    for (size_t v = 0; v < place->layer->vertex_count; v++) {
        struct geo_lonlat *at = &place->layer->vertex[v];
        PJ_COORD to = proj_trans(plain, PJ_FWD, proj_coord(at->lon, at->lat, 0, 0));
        *at = is_swapped ? (struct geo_lonlat){to.xy.y, to.xy.x}
                         : (struct geo_lonlat){to.xy.x, to.xy.y};
    }
    proj_destroy(plain);
    proj_destroy(way);
}

static void rank(struct place *place, const char *stated, double accuracy_m)
{
    const struct geo_rank_options options = {.origin = &place->origin, .accuracy_m = accuracy_m};
    free(place->origin.stated);
    place->origin.stated = strdup(stated);
    assert_ok(place->ctx,
              geo_crs_rank(place->ctx, place->layer, place->reference, &options, &place->ranking));
}

static const struct geo_crs_hypothesis *stated_of(const struct place *place)
{
    for (size_t i = 0; i < place->ranking.n; i++)
        if (place->ranking.hypothesis[i].is_stated)
            return &place->ranking.hypothesis[i];
    fail();
    return NULL;
}

static void the_truth_ranks_first_on_outlines_true_to_2_m(void **state)
{
    static const struct {
        const char *crs, *name;
        bool is_swapped;
        double stated_off_m; /* how far 5897 puts it off, at least */
    } known[] = {
        {"EPSG:3405", "VN-2000 105°00', k = 0.9996", false, 100},
        {"EPSG:9211", "VN-2000 106°00', k = 0.9999", false, 10000},
        {"EPSG:9208", "VN-2000 104°45', k = 0.9999, x and y exchanged", true, 0},
        {"+proj=tmerc +lon_0=105 +k=0.9999 +x_0=500000 +datum=WGS84 +type=crs",
         "VN-2000 105°00', k = 0.9999, no datum shift", false, 50},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct place *place = *state;
        geo_batch_clear(place->layer);
        geo_batch_clear(place->reference);
        draw(place, place->layer, 105.4, 21.2, 0);
        draw(place, place->reference, 105.4, 21.2, 2);
        project(place, known[i].crs, known[i].is_swapped);
        rank(place, "EPSG:5897", 0);
        const struct geo_ranking *ranking = &place->ranking;
        assert_string_equal(ranking->hypothesis[0].name, known[i].name);
        assert_true(ranking->is_shared && !ranking->is_apart);
        assert_true(ranking->hypothesis[0].is_as_good && ranking->hypothesis[0].off_m < 3);
        assert_true(ranking->chance_m > 300);
        assert_int_equal(ranking->hypothesis[0].swap_axes, known[i].is_swapped);
        if (known[i].stated_off_m > 0)
            assert_true(stated_of(place)->off_m > known[i].stated_off_m);
    }
}

static void a_stated_crs_that_fits_is_the_likeliest(void **state)
{
    struct place *place = *state;
    draw(place, place->layer, 105.4, 21.2, 0);
    draw(place, place->reference, 105.4, 21.2, 2);
    project(place, "EPSG:9208", false);
    rank(place, "EPSG:9208", 1500);
    assert_true(place->ranking.hypothesis[0].is_stated);
    assert_true(place->ranking.as_good > 3); /* scale and shift are less than the accuracy */
    assert_near(place->ranking.accuracy_m, 1500, 0);
}

/* A reference of the next place, and one 500 km away: the stated CRS is right, and whatever falls on
 * the reference does so by chance. */
static void a_reference_of_another_place_tells_nothing(void **state)
{
    struct place *place = *state;
    draw(place, place->layer, 105.4, 21.2, 0);
    draw(place, place->reference, 105.4 + 0.45, 21.21, 2);
    project(place, "EPSG:5897", false);
    rank(place, "EPSG:5897", 0);
    assert_false(place->ranking.is_shared);
    assert_true(stated_of(place)->is_as_good);
    geo_batch_clear(place->reference);
    draw(place, place->reference, 106.8, 16.5, 2);
    rank(place, "EPSG:5897", 0);
    assert_true(place->ranking.is_apart && !place->ranking.is_shared);
}

static void nothing_to_compare_is_refused(void **state)
{
    static const double wrong[] = {-1, NAN};
    struct place *place = *state;
    struct geo_rank_options options = {0};
    draw(place, place->layer, 105.4, 21.2, 0);
    assert_int_equal(
        geo_crs_rank(place->ctx, place->layer, place->reference, &options, &place->ranking),
        GEO_EARG);
    assert_int_equal(
        geo_crs_rank(place->ctx, place->reference, place->layer, &options, &place->ranking),
        GEO_EARG);
    for (size_t i = 0; i < 2; i++) {
        options.accuracy_m = wrong[i];
        assert_int_equal(
            geo_crs_rank(place->ctx, place->layer, place->layer, &options, &place->ranking),
            GEO_EARG);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_truth_ranks_first_on_outlines_true_to_2_m),
        TEST(a_stated_crs_that_fits_is_the_likeliest),
        TEST(a_reference_of_another_place_tells_nothing),
        TEST(nothing_to_compare_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
