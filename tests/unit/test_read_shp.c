/* A plain shapefile read directly is what GDAL reads of it, bit by bit. */
#include "both_ways.h"

#include <unistd.h>

/* ---- files of GDAL ---- */

static const struct made_layer holes = {
    .driver = "ESRI Shapefile",
    .name = "x",
    .epsg = 4326,
    .type = wkbPolygon,
    .options = {"ENCODING=UTF-8"},
    .field = {"ten:s40", "n:i", "big:l", "ha:r", "ngay:d", "o:o"},
    .row = {{"POLYGON((105 21,106 21,106 22,105 21),(105.5 21.2,105.6 21.2,105.6 21.3,105.5 21.2))",
             "Bình Xuyên II", "7", "9007199254740993", "12.5", "2025/07/01", "1"},
            {"", NULL, NULL, NULL, NULL, NULL, NULL},
            {"MULTIPOLYGON(((106 21,106.1 21,106.1 21.1,106 21)),((107 21,107.1 21,107.1 21.1,107 "
             "21),(107.05 21.01,107.06 21.01,107.06 21.02,107.05 21.01)))",
             "Khai Quang ", "-1", "-9007199254740993", "0.25", "1997/01/01", "0"},
            /* an island in a hole, after its polygon and before it */
            {"MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1)),((3 3,6 3,6 6,3 6,3 3)))",
             " đầu", "0", "0", "-1e-7", NULL, NULL},
            {"MULTIPOLYGON(((3 3,6 3,6 6,3 6,3 3)),((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1)))",
             "Ô Cách", "123456789", "1", "123456789.125", "1900/12/31", "1"},
            /* vertices that are one to GDAL, and a ring of them only */
            {"POLYGON((0 0,1e-6 0,1 1,0 0),(0.5 0.6,0.500001 0.6,0.5 0.7,0.5 0.6))", "", "5", "5",
             "1", "0001/01/01", "0"},
            {"POLYGON((0 0,4 0,4 4,0 0),(3 1,3.000001 1,3.000001 1.000001,3 1))", "a", "6", "6",
             "1e15", "9999/12/31", "1"},
            {"POLYGON((0 0,4 0,4 4,0 0),(10 10,11 10,11 11,10 10))", "outside", "8", "8", "3",
             "2000/02/29", "1"}}};

static void polygons_are_what_gdal_makes_of_their_rings(void **state)
{
    struct bench *bench = *state;
    const char *path = in_folder(bench, "x.shp");
    make_layers(path, &holes, 1);
    assert_true(is_direct(bench->ctx, path, NULL));
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 8);
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){.select = "ha,ten"}), 8);
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){.where = "ha > 1"}), 8);
}

static void every_type_of_shape_is_what_gdal_reads(void **state)
{
    static const struct {
        const char *file;
        OGRwkbGeometryType type;
        const char *wkt[3];
    } known[] = {
        {"a.shp", wkbPoint, {"", "POINT(105 21)", "POINT(-0 0)"}},
        {"b.shp", wkbPoint25D, {"", "POINT Z(105 21 9)", "POINT Z(1 2 3)"}},
        {"c.shp", wkbPointM, {"", "POINT M(105 21 9)", ""}},
        {"d.shp", wkbPointZM, {"POINT ZM(105 21 9 8)", "", "POINT ZM(1 2 3 4)"}},
        {"e.shp", wkbMultiPoint, {"", "MULTIPOINT(105 21,106 22)", "MULTIPOINT(1 1)"}},
        {"f.shp", wkbMultiPoint25D, {"MULTIPOINT Z(105 21 1,106 22 2)", "", ""}},
        {"g.shp", wkbMultiPointM, {"", "MULTIPOINT M(105 21 1,106 22 2)", ""}},
        {"h.shp",
         wkbLineString,
         {"LINESTRING(1 2,3 4)", "", "MULTILINESTRING((1 2,3 4),(5 6,7 8))"}},
        {"i.shp", wkbLineString25D, {"", "LINESTRING Z(1 2 3,3 4 5)", "LINESTRING Z(1 2 3,3 4 5)"}},
        {"j.shp", wkbLineStringM, {"", "MULTILINESTRING M((1 2 3,3 4 5),(5 6 7,7 8 9))", ""}},
        {"k.shp", wkbLineStringZM, {"", "LINESTRING ZM(1 2 3 4,3 4 5 6)", ""}},
        {"l.shp", wkbPolygon25D, {"", "POLYGON Z((0 0 1,1 0 2,1 1 3,0 0 1))", ""}},
        {"m.shp", wkbPolygonM, {"POLYGON M((0 0 1,1 0 2,1 1 3,0 0 1))", "", ""}},
        {"n.shp",
         wkbPolygonZM,
         {"", "POLYGON ZM((0 0 1 1,9 0 2 1,9 9 3 1,0 0 1 1),(5 1 1 1,5 2 1 1,6 2 1 1,5 1 1 1))",
          ""}},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct made_layer layer = {.driver = "ESRI Shapefile", .name = "x", .epsg = 4326};
        layer.type = known[i].type;
        layer.field[0] = "t:s9";
        for (size_t r = 0; r < 3; r++)
            layer.row[r][0] = known[i].wkt[r], layer.row[r][1] = "x";
        const char *path = in_folder(bench, known[i].file);
        make_layers(path, &layer, 1);
        assert_true(is_direct(bench->ctx, path, NULL));
        assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 3);
    }
}

static void the_example_province_is_what_gdal_reads(void **state)
{
    static const char *const name[] = {"clusters", "corridors", "interchanges",
                                       "province", "unsized",   "zones"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char path[600];
        snprintf(path, sizeof path, "%s/data/%s.shp", getenv("SOURCE"), name[i]);
        assert_true(is_direct(bench->ctx, path, NULL));
        assert_true(compare(bench->ctx, path, (struct geo_read_options){0}) > 0);
    }
}

static void deleted_features_are_left_out(void **state)
{
    struct bench *bench = *state;
    const char *path = in_folder(bench, "x.shp");
    make_layers(path, &holes, 1);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    for (int fid = 0; fid < 8; fid += 3)
        assert_int_equal(OGR_L_DeleteFeature(GDALDatasetGetLayer(dataset, 0), fid), OGRERR_NONE);
    GDALClose(dataset);
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 5);
}

static void what_is_not_plain_is_left_to_gdal(void **state)
{
    static const struct made_layer table = {.driver = "ESRI Shapefile",
                                            .name = "t",
                                            .type = wkbNone,
                                            .field = {"n:i"},
                                            .row = {{"", "1"}}};
    struct bench *bench = *state;
    make_layers(in_folder(bench, "x.shp"), &holes, 1);
    assert_false(is_direct(bench->ctx, bench->path, by_gdal));
    make_layers(in_folder(bench, "t.dbf"), &table, 1);
    assert_false(is_direct(bench->ctx, bench->path, NULL));
    /* The index says that these are lines with heights. */
    patch_file(in_folder(bench, "x.shx"), 32, "\15", 1);
    assert_false(is_direct(bench->ctx, in_folder(bench, "x.shp"), NULL));
    assert_int_equal(compare(bench->ctx, bench->path, (struct geo_read_options){0}), 8);
}

/* ---- damage ---- */

/* A sequence that is the same in every run (the constants are Knuth's). */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static char *read_file(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 65536);
    *n = fread(bytes, 1, 65536, file);
    fclose(file);
    return bytes;
}

/* Both refuse a damaged file, or both read the same of it. */
static void compare_damaged(struct bench *bench, const char *path)
{
    struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct whole direct = read_whole(bench->ctx, path, &options);
    options.open_options = by_gdal;
    struct whole gdal = read_whole(bench->ctx, path, &options);
    if (direct.status == GEO_END || gdal.status == GEO_END)
        assert_same(path, &direct, &gdal);
    geo_batch_free(direct.batch);
    geo_batch_free(gdal.batch);
}

static void damage_is_met_as_gdal_meets_it(void **state)
{
    static const char *const member[] = {"x.shp", "x.shx", "x.dbf"};
    struct bench *bench = *state;
    uint64_t seed = 20250701;
    make_layers(in_folder(bench, "x.shp"), &holes, 1);
    for (int m = 0; m < 3; m++) {
        size_t n;
        char *bytes = read_file(in_folder(bench, member[m]), &n);
        for (int i = 0; i < 500; i++) {
            size_t at = next_random(&seed) % n;
            char kept = bytes[at];
            bytes[at] = (char)(unsigned char)(next_random(&seed) % 256);
            make_file(in_folder(bench, member[m]), bytes, n);
            compare_damaged(bench, in_folder(bench, "x.shp"));
            bytes[at] = kept;
        }
        make_file(in_folder(bench, member[m]), bytes, n);
        free(bytes);
    }
}

static void a_file_cut_while_it_is_read_is_refused(void **state)
{
    struct bench *bench = *state;
    const char *path = in_folder(bench, "x.shp");
    struct geo_source *source = NULL;
    struct geo_batch *batch = geo_batch_new();
    struct geo_claim claim;
    make_layers(path, &holes, 1);
    assert_ok(bench->ctx,
              geo_source_open(bench->ctx, &path, 1, &(struct geo_read_options){0}, &source));
    assert_ok(bench->ctx, geo_source_claim(bench->ctx, source, batch, &claim));
    assert_false(claim.is_loaded);
    assert_int_equal(truncate(path, 300), 0);
    assert_int_equal(geo_source_load(bench->ctx, source, &claim, batch), GEO_EREAD);
    assert_non_null(strstr(geo_ctx_message(bench->ctx), "it has become shorter"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

/* ---- the two halves ---- */

static void claims_may_be_loaded_in_any_order(void **state)
{
    enum { ROWS = 3000 };
    struct bench *bench = *state;
    struct made_layer layer = {.driver = "ESRI Shapefile", .name = "x", .epsg = 4326};
    struct geo_batch *batch[4];
    struct geo_claim claim[4];
    struct geo_source *source = NULL;
    layer.type = wkbPoint;
    layer.field[0] = "n:i";
    const char *path = in_folder(bench, "x.shp");
    make_layers(path, &layer, 1);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    for (int r = 0; r < ROWS; r++) {
        char n[16];
        snprintf(n, sizeof n, "%d", r);
        make_row(GDALDatasetGetLayer(dataset, 0), (const char *const[]){"POINT(1 2)", n}, 1);
    }
    GDALClose(dataset);
    assert_ok(bench->ctx,
              geo_source_open(bench->ctx, &path, 1, &(struct geo_read_options){0}, &source));
    for (int i = 0; i < 4; i++) {
        batch[i] = geo_batch_new();
        assert_int_equal(geo_source_claim(bench->ctx, source, batch[i], &claim[i]),
                         i < 3 ? GEO_OK : GEO_END);
    }
    for (int i = 2; i >= 0; i--) {
        char first[16];
        assert_ok(bench->ctx, geo_source_load(bench->ctx, source, &claim[i], batch[i]));
        assert_int_equal(batch[i]->seq, i);
        assert_int_equal(batch[i]->n, i < 2 ? GEO_BATCH_FEATURES : ROWS - 2 * GEO_BATCH_FEATURES);
        snprintf(first, sizeof first, "%d", i * GEO_BATCH_FEATURES);
        assert_cell(batch[i], "n", 0, first);
        assert_ptr_equal(batch[i]->origin, geo_source_input(source, 0));
    }
    geo_source_close(bench->ctx, source);
    for (int i = 0; i < 4; i++)
        geo_batch_free(batch[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(polygons_are_what_gdal_makes_of_their_rings),
        TEST(every_type_of_shape_is_what_gdal_reads),
        TEST(the_example_province_is_what_gdal_reads),
        TEST(deleted_features_are_left_out),
        TEST(what_is_not_plain_is_left_to_gdal),
        TEST(damage_is_met_as_gdal_meets_it),
        TEST(a_file_cut_while_it_is_read_is_refused),
        TEST(claims_may_be_loaded_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
