/* CSV: read back by GDAL's driver, an independent reader of RFC 4180. */
#include "write_help.h"

#include <gdal.h>
#include <ogr_api.h>

static void points_get_two_columns(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "name", GEO_TYPE_TEXT), area = add_column(f, "area", GEO_TYPE_REAL);
    add_point(f, 105.5, 21.123456789);
    end_feature(f, GEO_SHAPE_NULL);
    set_text(f, name, 0, GEO_TYPE_TEXT, "Khai Quang");
    geo_batch_set_real(f->batch, area, 0, 221.5);
    geo_batch_set_real(f->batch, area, 1, 12);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_contents(path, "name,area,lon,lat\nKhai Quang,221.5,105.5,21.1234568\n,12,,\n");
}

static void other_shapes_are_wkt(void **state)
{
    struct fixture *f = *state;
    static const double ring[] = {0, 0, 4, 0, 4, 4, 0, 0}, hole[] = {2, 1, 3, 2, 3, 1, 2, 1};
    size_t n = add_column(f, "wkt", GEO_TYPE_INT);
    add_point(f, 1, 2);
    add_line(f, ring, 2);
    add_ring(f, ring, 4);
    add_ring(f, hole, 4);
    end_part(f, GEO_KIND_POLYGON);
    add_ring(f, ring, 4);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_MULTIPOLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    add_ring(f, ring, 1);
    end_part(f, GEO_KIND_POINT);
    add_ring(f, ring, 2);
    end_part(f, GEO_KIND_LINE);
    end_feature(f, GEO_SHAPE_COLLECTION);
    add_ring(f, ring, 1);
    end_part(f, GEO_KIND_POINT);
    add_ring(f, hole, 1);
    end_part(f, GEO_KIND_POINT);
    end_feature(f, GEO_SHAPE_MULTIPOINT);
    geo_batch_set_int(f->batch, n, 0, -5);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_contents(path, "wkt,wkt_2\n-5,\"POINT (1 2)\"\n,\"LINESTRING (0 0,4 0)\"\n"
                          ",\"MULTIPOLYGON (((0 0,4 0,4 4,0 0),(2 1,3 2,3 1,2 1)),"
                          "((0 0,4 0,4 4,0 0)))\"\n,\"POLYGON EMPTY\"\n"
                          ",\"GEOMETRYCOLLECTION (POINT (0 0),LINESTRING (0 0,4 0))\"\n"
                          ",\"MULTIPOINT ((0 0),(2 1))\"\n");
}

static void points_with_columns_of_these_names_are_wkt(void **state)
{
    struct fixture *f = *state;
    add_column(f, "lat", GEO_TYPE_REAL);
    add_point(f, 1, 2);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_contents(path, "lat,wkt\n,\"POINT (1 2)\"\n");
}

static void texts_come_back_whatever_they_hold(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {"plain", "a,b", "say \"x\"", "two\nlines", " space ",
                                        "a;b",   "\"",  "=1+1",      "Tam Đảo"};
    size_t name = add_column(f, "a name; with, all", GEO_TYPE_TEXT);
    for (size_t i = 0; i < COUNT(texts); i++) {
        add_square(f, 0, 0);
        set_text(f, name, i, GEO_TYPE_TEXT, texts[i]);
    }
    for (int excel = 0; excel < 2; excel++) {
        const char *path = in_folder(f, excel ? "excel.csv" : "out.csv");
        write_batch(f, &(struct geo_write_options){.path = path, .excel = excel});
        GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
        assert_non_null(set);
        OGRLayerH layer = GDALDatasetGetLayer(set, 0);
        assert_string_equal(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(layer), 0)),
                            "a name; with, all");
        for (size_t i = 0; i < COUNT(texts); i++) {
            OGRFeatureH feature = OGR_L_GetNextFeature(layer);
            assert_non_null(feature);
            assert_string_equal(OGR_F_GetFieldAsString(feature, 0), texts[i]);
            OGR_F_Destroy(feature);
        }
        assert_null(OGR_L_GetNextFeature(layer));
        GDALClose(set);
    }
}

static void an_empty_text_is_not_null(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "name", GEO_TYPE_TEXT);
    add_point(f, 1, 2);
    add_point(f, 3, 4);
    set_text(f, name, 0, GEO_TYPE_TEXT, "");
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "out.csv")});
    assert_contents(in_folder(f, "out.csv"), "name,lon,lat\n\"\",1,2\n,3,4\n");
}

static void a_carriage_return_is_quoted(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "name", GEO_TYPE_TEXT);
    add_point(f, 1, 2);
    set_text(f, name, 0, GEO_TYPE_TEXT, "a\rb");
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "out.csv")});
    assert_contents(in_folder(f, "out.csv"), "name,lon,lat\n\"a\rb\",1,2\n");
}

static void excel_gets_a_mark_semicolons_and_points(void **state)
{
    struct fixture *f = *state;
    size_t area = add_column(f, "area", GEO_TYPE_REAL);
    size_t done = add_column(f, "done", GEO_TYPE_BOOL);
    add_point(f, 1.5, 2);
    geo_batch_set_real(f->batch, area, 0, 0.5);
    geo_batch_set_bool(f->batch, done, 0, true);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path, .excel = true});
    assert_contents(path, "\xEF\xBB\xBF"
                          "area;done;lon;lat\r\n0.5;true;1.5;2\r\n");
}

static void the_first_features_decide_for_all(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "out.csv");
    add_column(f, "a", GEO_TYPE_INT);
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    put_batch(f, sink); /* nothing in it */
    add_point(f, 1, 2);
    geo_batch_set_int(f->batch, 0, 0, 7);
    put_batch(f, sink);

    geo_batch_clear(f->batch); /* another order, a new column, another shape */
    add_column(f, "b", GEO_TYPE_INT);
    add_column(f, "a", GEO_TYPE_INT);
    add_square(f, 0, 0);
    geo_batch_set_int(f->batch, 0, 0, 8);
    geo_batch_set_int(f->batch, 1, 0, 9);
    put_batch(f, sink);
    assert_int_equal(f->batch->note_count, 2);
    assert_string_equal(f->batch->note[0].what, "not a point: lon and lat left empty");
    assert_string_equal(f->batch->note[1].detail, "b");
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    assert_contents(path, "a,lon,lat\n7,1,2\n9,,\n");
}

static void the_id_is_a_column_unless_there_is_one(void **state)
{
    struct fixture *f = *state;
    assert_ok(f->ctx, geo_batch_want_id(f->ctx, f->batch));
    add_point(f, 1, 2);
    f->batch->id.value[0].integer = 12;
    f->batch->id.cell_type[0] = GEO_TYPE_INT;
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "a.csv")});
    assert_contents(in_folder(f, "a.csv"), "id,lon,lat\n12,1,2\n");
    add_column(f, "id", GEO_TYPE_INT);
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "b.csv")});
    assert_contents(in_folder(f, "b.csv"), "id,lon,lat\n,1,2\n");
}

static void a_row_of_nothing_is_a_row(void **state)
{
    struct fixture *f = *state;
    end_feature(f, GEO_SHAPE_NULL);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_contents(path, "wkt\n\"\"\n");
}

static void only_wgs_84_and_no_options_of_drivers(void **state)
{
    struct fixture *f = *state;
    static const char *const option[] = {"SEPARATOR=TAB", NULL};
    const char *path = in_folder(f, "out.csv");
    assert_refused(f, &(struct geo_write_options){.path = path, .dst_crs = "EPSG:5897"}, GEO_EARG,
                   "csv is written in WGS 84 only");
    assert_refused(f, &(struct geo_write_options){.path = path, .layer_options = option}, GEO_EARG,
                   "SEPARATOR=TAB");
    write_batch(f, &(struct geo_write_options){.path = path, .dst_crs = "EPSG:4326"});
    assert_contents(path, "wkt\n");
}

static void a_polygon_that_rounding_would_spoil_keeps_12_decimals(void **state)
{
    struct fixture *f = *state;
    static const double notch[] = {0, 0, 9, 0, 9, 9, 4.0004, 0.0004, 0, 9, 0, 0};
    add_polygon(f, notch, 6);
    add_square(f, 1.00001, 0);
    const char *path = in_folder(f, "out.csv");
    write_batch(f, &(struct geo_write_options){.path = path, .precision = 3});
    assert_contents(path, "wkt\n\"POLYGON ((0 0,9 0,9 9,4.0004 0.0004,0 9,0 0))\"\n"
                          "\"POLYGON ((1 0,2 0,2 1,1 1,1 0))\"\n");
}

static void all_but_geojson_need_their_columns_at_once(void **state)
{
    static const struct {
        const char *path, *format;
        bool needs;
    } rows[] = {{NULL, NULL, false},           {"-", NULL, false},
                {"/dev/stdout", NULL, false},  {"a.geojson", NULL, false},
                {"a.GeoJSONSeq", NULL, false}, {"a.csv", NULL, true},
                {"a.gpkg", NULL, true},        {"a.geojson", "csv", true},
                {"a.gpkg", "geojsonl", false}, {"a", NULL, true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(geo_write_needs_columns(&(struct geo_write_options){
                             .path = rows[i].path, .format = rows[i].format}),
                         rows[i].needs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_but_geojson_need_their_columns_at_once),
        TEST(points_get_two_columns),
        TEST(other_shapes_are_wkt),
        TEST(points_with_columns_of_these_names_are_wkt),
        TEST(texts_come_back_whatever_they_hold),
        TEST(an_empty_text_is_not_null),
        TEST(a_carriage_return_is_quoted),
        TEST(excel_gets_a_mark_semicolons_and_points),
        TEST(the_first_features_decide_for_all),
        TEST(the_id_is_a_column_unless_there_is_one),
        TEST(a_row_of_nothing_is_a_row),
        TEST(a_polygon_that_rounding_would_spoil_keeps_12_decimals),
        TEST(only_wgs_84_and_no_options_of_drivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
