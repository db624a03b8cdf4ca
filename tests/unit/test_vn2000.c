/* VN-2000 is known by its names, its grid and its shift, and its meridians by their spellings. */
#include "layers.h"

#include <math.h>

#include "base/handles.h"
#include "read/crs.h"
#include "read/vn2000.h"

static void every_zone_has_the_meridian_that_proj_gives_it(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;
    for (size_t z = 0; z < GEO_VN2000_ZONES; z++) {
        char code[16];
        snprintf(code, sizeof code, "EPSG:%d", geo_vn2000_zone[z].code);
        PJ *crs = geo_crs_create(geo_ctx_proj(ctx), code);
        struct geo_vn2000 vn = geo_vn2000_inspect(geo_ctx_proj(ctx), crs);
        assert_near(vn.meridian_deg, geo_vn2000_zone[z].meridian_deg, 1e-9);
        assert_near(vn.scale, 0.9999, 1e-12);
        assert_true(vn.is_datum && geo_vn2000_is(&vn) && geo_vn2000_is_grid(&vn));
        proj_destroy(crs);
    }
    geo_ctx_free(ctx);
}

static void meridians_are_read_in_every_reasonable_spelling(void **state)
{
    static const struct {
        const char *typed, *code;
    } known[] = {
        {"vn2000:105.00", "EPSG:5897"},  {"vn2000:105", "EPSG:5897"},
        {"VN2000:105d00", "EPSG:5897"},  {"vn-2000:105°", "EPSG:5897"},
        {"vn2000:105d30", "EPSG:9209"},  {"vn2000:105.5", "EPSG:9209"},
        {"vn2000:105-30", "EPSG:9209"},  {"VN-2000:105°30'", "EPSG:9209"},
        {"vn2000:105°30′", "EPSG:9209"}, {"vn_2000:105 30", "EPSG:9209"},
        {"vn2000:104.75", "EPSG:9208"},  {"vn2000:104d45", "EPSG:9208"},
        {"vn2000:107d45'", "EPSG:5899"}, {"vn2000:108.250", "EPSG:9217"},
        {"EPSG:9211", "EPSG:9211"},      {"+proj=longlat", "+proj=longlat"},
    };
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char *expanded = NULL;
        assert_ok(ctx, geo_vn2000_expand(ctx, known[i].typed, &expanded));
        assert_string_equal(expanded, known[i].code);
        free(expanded);
    }
    geo_ctx_free(ctx);
}

static void a_meridian_that_is_none_is_refused_with_the_likely_one(void **state)
{
    static const struct {
        const char *typed, *said;
    } known[] = {
        {"vn2000:105.30", "; do you mean vn2000:105d30"},
        {"vn2000:105,00", "; do you mean vn2000:105.00"},
        {"vn2000:105,30", "; do you mean vn2000:105d30"},
        {"vn2000:104:45", "; do you mean vn2000:104d45"},
        {"vn2000", "vn2000:105.00 is the grid on the meridian"},
        {"VN-2000", "EPSG:4756 longitude and latitude"},
        {"5897", "do you mean EPSG:5897"},
        {"vn2000:104.45", "vn2000:104d45"},
        {"vn2000:", "names no meridian"},
        {"vn2000:105.1", "names no meridian"},
        {"vn2000:98", "names no meridian"},
        {"vn2000:105.00x", "names no meridian"},
        {"vn2000:105d", NULL},
        {"vn2000:1e2", "names no meridian"},
        {"vn2000:105d61", "names no meridian"},
        {"vn2000:99999999999999999999", "names no meridian"},
    };
    struct geo_ctx *ctx = geo_ctx_new();
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char *expanded = NULL;
        enum geo_status status = geo_vn2000_expand(ctx, known[i].typed, &expanded);
        assert_int_equal(status, known[i].said ? GEO_EARG : GEO_OK);
        if (known[i].said)
            assert_non_null(strstr(geo_ctx_message(ctx), known[i].said));
        free(expanded);
    }
    geo_ctx_free(ctx);
}

/* A meridian of a quarter of a degree that EPSG has no zone for is still VN-2000 with its shift. */
static void a_meridian_without_a_code_has_the_official_datum(void **state)
{
    struct geo_ctx *ctx = geo_ctx_new();
    char *expanded = NULL;
    (void)state;
    assert_ok(ctx, geo_vn2000_expand(ctx, "vn2000:109.25", &expanded));
    PJ *crs = geo_crs_create(geo_ctx_proj(ctx), expanded);
    assert_non_null(crs);
    struct geo_vn2000 vn = geo_vn2000_inspect(geo_ctx_proj(ctx), crs);
    assert_true(vn.is_datum);
    assert_near(vn.meridian_deg, 109.25, 1e-9);
    proj_destroy(crs);
    free(expanded);
    geo_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_zone_has_the_meridian_that_proj_gives_it),
        cmocka_unit_test(meridians_are_read_in_every_reasonable_spelling),
        cmocka_unit_test(a_meridian_that_is_none_is_refused_with_the_likely_one),
        cmocka_unit_test(a_meridian_without_a_code_has_the_official_datum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
