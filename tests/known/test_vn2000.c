/* VN-2000, right and as its usual mistakes have it, comes to WGS 84 where PROJ 9.1.1 says. */
#include "../unit/layers.h"

#include <geodesic.h>

#include "geo/read.h"
#include "read/input.h"
#include "vn2000_table.h"

static struct geo_lonlat take(struct geo_ctx *ctx, const char *crs, double x, double y)
{
    static const struct geo_read_options plain = {0};
    const double extent[4] = {x - 1000, y - 1000, x + 1000, y + 1000};
    struct geo_origin origin = {0};
    struct geo_lonlat *vertex;
    struct geo_batch *batch = geo_batch_new();
    assert_ok(ctx, geo_origin_begin(ctx, &origin, "a.shp", &plain));
    assert_ok(ctx, geo_origin_set_crs(ctx, &origin, crs, extent));
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, 1, &vertex));
    *vertex = (struct geo_lonlat){x, y};
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_POINT));
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_POINT, 0));
    batch->origin = &origin;
    assert_ok(ctx, geo_batch_to_wgs84(ctx, batch));
    struct geo_lonlat at = batch->vertex[0];
    geo_batch_free(batch);
    geo_origin_release(&origin);
    return at;
}

static double apart_m(struct geo_lonlat a, struct geo_lonlat b)
{
    struct geod_geodesic earth;
    double distance_m;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, a.lat, a.lon, b.lat, b.lon, &distance_m, NULL, NULL);
    return distance_m;
}

/* The table's grids hold to 1 mm; its degrees are rounded, by up to 7.5 mm. */
static void each_variant_leads_to_the_same_place(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;
    for (size_t p = 0; p < sizeof vn2000_point / sizeof *vn2000_point; p++) {
        struct geo_lonlat first =
            take(ctx, vn2000_variant[0], vn2000_point[p].at[0][0], vn2000_point[p].at[0][1]);
        struct geo_lonlat stated = {vn2000_point[p].lon, vn2000_point[p].lat};
        assert_near(apart_m(first, stated), 0, 0.0085);
        for (size_t v = 1; v < VN2000_VARIANTS; v++) {
            const double *at = vn2000_point[p].at[v];
            assert_near(apart_m(take(ctx, vn2000_variant[v], at[0], at[1]), first), 0, 1e-3);
        }
    }
    geo_ctx_free(ctx);
}

static void a_meridian_by_name_is_its_code(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;
    for (size_t p = 0; p < sizeof vn2000_point / sizeof *vn2000_point; p++) {
        const double *a = vn2000_point[p].at[0], *b = vn2000_point[p].at[1];
        assert_near(
            apart_m(take(ctx, "vn2000:105.00", a[0], a[1]), take(ctx, "vn2000:104d45", b[0], b[1])),
            0, 1e-3);
    }
    geo_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_variant_leads_to_the_same_place),
        cmocka_unit_test(a_meridian_by_name_is_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
