/* A style appears with its output, or neither does. */
#include "write_help.h"

#include <gdal.h>
#include <ogr_api.h>
#include <sys/stat.h>

#define QML "<qgis version=\"3.22.0\">đ &amp; \xF0\x9F\x98\x80</qgis>\n"

static enum geo_status write_styled(struct fixture *f, const char *path, const char *format,
                                    bool overwrite)
{
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){
                         .path = path, .format = format, .overwrite = overwrite, .style = true});
    put_batch(f, sink);
    assert_ok(f->ctx, geo_sink_set_style(f->ctx, sink, QML));
    return geo_sink_finish(f->ctx, sink);
}

static void a_file_has_its_style_beside_it(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name, *format, *style;
    } rows[] = {
        {"a.geojson", NULL, "a.qml"},
        {"b.json", NULL, "b.qml"},
        {"c.geojsonl", NULL, "c.qml"},
        {"d.fgb", NULL, "d.qml"},
        {"e.shp", NULL, "e.qml"},
        {"f.2024.geojson", NULL, "f.2024.qml"},
        {"g", "geojson", "g.qml"},
        {".h", "geojson", ".h.qml"},
        {"Vĩnh Phúc.shp", NULL, "Vĩnh Phúc.qml"},
    };
    add_square(f, 105, 21);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_ok(f->ctx, write_styled(f, in_folder(f, rows[i].name), rows[i].format, false));
        assert_contents(in_folder(f, rows[i].style), QML);
    }
}

/* ---- GeoPackage ---- */

static void assert_cell(OGRFeatureH row, const char *column, const char *expected)
{
    int at = OGR_F_GetFieldIndex(row, column);
    assert_true(at >= 0);
    assert_string_equal(OGR_F_GetFieldAsString(row, at), expected);
}

/* Columns and what they hold as QGIS 3.22 makes them. */
static void a_geopackage_has_its_style_in_the_table_of_qgis(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "zones.2024.gpkg");
    add_square(f, 105, 21);
    assert_ok(f->ctx, write_styled(f, path, NULL, false));
    assert_int_equal(count_entries(f->folder), 1);
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(set);
    OGRLayerH table = GDALDatasetGetLayerByName(set, "layer_styles");
    assert_non_null(table);
    assert_string_equal(OGR_L_GetFIDColumn(table), "id");
    assert_int_equal(OGR_L_GetFeatureCount(table, TRUE), 1);
    OGRFeatureH row = OGR_L_GetNextFeature(table);
    assert_cell(row, "f_table_catalog", "");
    assert_cell(row, "f_table_schema", "");
    assert_cell(row, "f_table_name", "zones.2024");
    assert_cell(row, "f_geometry_column", "geom");
    assert_cell(row, "styleName", "default");
    assert_cell(row, "styleQML", QML);
    assert_cell(row, "useAsDefault", "1");
    assert_cell(row, "owner", "");
    assert_true(OGR_F_IsFieldSetAndNotNull(row, OGR_F_GetFieldIndex(row, "update_time")));
    assert_false(OGR_F_IsFieldSetAndNotNull(row, OGR_F_GetFieldIndex(row, "styleSLD")));
    assert_true(OGR_F_GetFieldIndex(row, "ui") >= 0 &&
                OGR_F_GetFieldIndex(row, "description") >= 0);
    OGR_F_Destroy(row);
    assert_int_equal(OGR_L_GetFeatureCount(GDALDatasetGetLayerByName(set, "zones.2024"), TRUE), 1);
    GDALClose(set);
}

static void an_empty_geopackage_has_a_style_too(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.gpkg");
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path, .style = true});
    assert_ok(f->ctx, geo_sink_set_style(f->ctx, sink, QML));
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(set);
    assert_non_null(GDALDatasetGetLayerByName(set, "layer_styles"));
    GDALClose(set);
}

/* ---- what is in the way ---- */

static void a_style_needs_a_file_of_shapes(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name, *format, *words;
    } rows[] = {
        {NULL, "geojson", "standard output: a style needs a file"},
        {"a.csv", NULL, "a.csv is a table"},
        {"a.ods", NULL, "a.ods is a table"},
        {"a.qml", "geojson", "a.qml is the name of its style"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *path = rows[i].name ? in_folder(f, rows[i].name) : NULL;
        assert_refused(
            f, &(struct geo_write_options){.path = path, .format = rows[i].format, .style = true},
            GEO_EARG, rows[i].words);
    }
    assert_refused(f, &(struct geo_write_options){.path = "/dev/null", .style = true}, GEO_EARG,
                   "/dev/null: a style needs a file");
    assert_int_equal(count_entries(f->folder), 0);
}

static void a_style_that_exists_is_replaced_only_on_request(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.geojson"), *style = in_folder(f, "a.qml");
    add_square(f, 105, 21);
    put_file(style, "old");
    assert_refused(f, &(struct geo_write_options){.path = path, .style = true}, GEO_EARG,
                   "a.qml exists: say --overwrite");
    assert_int_equal(count_entries(f->folder), 1);
    assert_ok(f->ctx, write_styled(f, path, NULL, true));
    assert_contents(style, QML);
    put_file(style, "mine");
    write_batch(f, &(struct geo_write_options){.path = path, .overwrite = true});
    assert_contents(style, "mine"); /* a style that was not asked for is not touched */
    assert_int_equal(count_entries(f->folder), 2);
}

static void neither_file_nor_style_is_left_of_a_failure(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.shp");
    add_square(f, 105, 21);
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path, .style = true});
    put_batch(f, sink);
    assert_ok(f->ctx, geo_sink_set_style(f->ctx, sink, QML));
    geo_sink_abandon(f->ctx, sink);
    assert_int_equal(count_entries(f->folder), 0);
    /* A folder that has the style's name is not ours to remove. */
    put_file(path, "old");
    assert_int_equal(mkdir(in_folder(f, "a.qml"), 0777), 0);
    assert_int_equal(write_styled(f, path, NULL, true), GEO_EWRITE);
    assert_contents(path, "old");
    assert_int_equal(count_entries(f->folder), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_has_its_style_beside_it),
        TEST(a_geopackage_has_its_style_in_the_table_of_qgis),
        TEST(an_empty_geopackage_has_a_style_too),
        TEST(a_style_needs_a_file_of_shapes),
        TEST(a_style_that_exists_is_replaced_only_on_request),
        TEST(neither_file_nor_style_is_left_of_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
