/* Formats that GDAL writes, read back by GDAL. */
#include "write_help.h"

#include <cpl_conv.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

/* A data set read back, and its only layer. */
struct back {
    GDALDatasetH set;
    OGRLayerH layer;
    OGRFeatureH feature;
};

static struct back read_back(const char *path)
{
    struct back back = {.set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL)};
    if (!back.set)
        fail_msg("%s cannot be read back", path);
    assert_int_equal(GDALDatasetGetLayerCount(back.set), 1);
    back.layer = GDALDatasetGetLayer(back.set, 0);
    return back;
}

static OGRFeatureH next(struct back *back)
{
    OGR_F_Destroy(back->feature);
    back->feature = OGR_L_GetNextFeature(back->layer);
    return back->feature;
}

static void close_back(struct back *back)
{
    assert_null(next(back)); /* no more than was expected */
    GDALClose(back->set);
}

static int field(const struct back *back, const char *name)
{
    int at = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(back->layer), name);
    if (at < 0)
        fail_msg("there is no field %s", name);
    return at;
}

static const char *text(const struct back *back, const char *name)
{
    return OGR_F_GetFieldAsString(back->feature, field(back, name));
}

/* Whether the feature's geometry is what WKT says. */
static void assert_wkt(const struct back *back, const char *expected)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(back->feature);
    char *wkt = NULL;
    assert_non_null(geometry);
    assert_int_equal(OGR_G_ExportToWkt(geometry, &wkt), OGRERR_NONE);
    assert_string_equal(wkt, expected);
    CPLFree(wkt);
}

#define RING "((105 21,106 21,106 22,105 22,105 21))"

static void attributes_and_shapes_come_back(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a.gpkg", "a.fgb", "a.sqlite"};
    size_t ten = add_column(f, "tên", GEO_TYPE_TEXT), n = add_column(f, "n", GEO_TYPE_INT);
    size_t x = add_column(f, "x", GEO_TYPE_REAL), day = add_column(f, "day", GEO_TYPE_DATE);
    size_t when = add_column(f, "at_time", GEO_TYPE_DATETIME);
    add_square(f, 105, 21);
    add_square(f, 107, 21);
    set_text(f, ten, 0, GEO_TYPE_TEXT, "Phúc Yên");
    geo_batch_set_int(f->batch, n, 0, 9007199254740993);
    geo_batch_set_real(f->batch, x, 0, 0.1);
    set_text(f, day, 0, GEO_TYPE_DATE, "2024-02-29");
    set_text(f, when, 0, GEO_TYPE_DATETIME, "2024-02-29T12:00:00Z");
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *path = in_folder(f, names[i]);
        write_batch(f, &(struct geo_write_options){.path = path});
        struct back back = read_back(path);
        assert_true(OGR_L_GetFeatureCount(back.layer, TRUE) == 2);
        OGR_L_SetAttributeFilter(back.layer, "n > 0"); /* FlatGeobuf sorts them */
        assert_non_null(next(&back));
        assert_string_equal(text(&back, "tên"), "Phúc Yên");
        assert_true(OGR_F_GetFieldAsInteger64(back.feature, field(&back, "n")) == 9007199254740993);
        assert_near(OGR_F_GetFieldAsDouble(back.feature, field(&back, "x")), 0.1, 0);
        /* FlatGeobuf has no dates but times of day. */
        assert_memory_equal(text(&back, "day"), "2024/02/29", strlen("2024/02/29"));
        assert_string_equal(text(&back, "at_time"), "2024/02/29 12:00:00+00");
        assert_wkt(&back, "MULTIPOLYGON (" RING ")");
        close_back(&back);
    }
}

static void a_shapefile_has_short_unique_names_and_says_so(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"near_distance", "near_distant", "NEAR_DISTA",
                                        "ha_0_1km",      "khoảng_cách",  "name"};
    for (size_t i = 0; i < COUNT(names); i++)
        add_column(f, names[i], GEO_TYPE_TEXT);
    add_square(f, 105, 21);
    for (size_t i = 0; i < COUNT(names); i++)
        set_text(f, i, 0, GEO_TYPE_TEXT, names[i]);
    const char *path = in_folder(f, "a.shp");
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    assert_string_equal(geo_sink_remarks(sink), "");
    put_batch(f, sink);
    assert_string_equal(geo_sink_remarks(sink), "near_distance -> near_dista\n"
                                                "near_distant -> near_dis_1\n"
                                                "NEAR_DISTA -> NEAR_DIS_2\n"
                                                "khoảng_cách -> khoảng_c");
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    struct back back = read_back(path);
    assert_non_null(next(&back));
    assert_string_equal(text(&back, "near_dista"), "near_distance");
    assert_string_equal(text(&back, "near_dis_1"), "near_distant");
    assert_string_equal(text(&back, "khoảng_c"), "khoảng_cách");
    assert_wkt(&back, "POLYGON ((105 21,105 22,106 22,106 21,105 21))");
    OGRSpatialReferenceH crs = OGR_L_GetSpatialRef(back.layer);
    assert_non_null(crs);
    assert_string_equal(OSRGetAuthorityCode(crs, NULL), "4326");
    close_back(&back);
    assert_contents(in_folder(f, "a.cpg"), "UTF-8");
}

static void long_texts_are_cut_between_characters(void **state)
{
    struct fixture *f = *state;
    char words[301] = "";
    for (int i = 0; i < 100; i++)
        strcat(words, "ộ"); /* three bytes each */
    size_t name = add_column(f, "name", GEO_TYPE_TEXT);
    add_square(f, 105, 21);
    add_square(f, 106, 21);
    set_text(f, name, 0, GEO_TYPE_TEXT, words);
    words[252] = '\0'; /* fits */
    set_text(f, name, 1, GEO_TYPE_TEXT, words);
    const char *path = in_folder(f, "a.shp");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_int_equal(f->batch->note_count, 1);
    assert_int_equal(f->batch->note[0].kind, GEO_NOTE_INFO);
    assert_string_equal(f->batch->note[0].what, "text longer than 254 bytes: cut");
    struct back back = read_back(path);
    for (int i = 0; i < 2; i++) {
        assert_non_null(next(&back));
        assert_string_equal(text(&back, "name"), words);
    }
    close_back(&back);
}

static void values_that_do_not_fit_are_left_out_and_told(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.gpkg");
    size_t n = add_column(f, "n", GEO_TYPE_INT), day = add_column(f, "day", GEO_TYPE_DATE);
    for (int i = 0; i < 5; i++)
        add_point(f, i, 0);
    set_text(f, n, 0, GEO_TYPE_TEXT, "twelve");
    geo_batch_set_real(f->batch, n, 1, 2.5);
    geo_batch_set_real(f->batch, n, 2, 3);
    set_text(f, day, 3, GEO_TYPE_TEXT, "yesterday");
    set_text(f, day, 4, GEO_TYPE_DATE, "2024-02-29");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_int_equal(f->batch->note_count, 3);
    assert_string_equal(f->batch->note[0].detail, "n = twelve");
    assert_string_equal(f->batch->note[1].detail, "n = 2.5");
    assert_string_equal(f->batch->note[2].detail, "day = yesterday");
    struct back back = read_back(path);
    static const char *const expected[][2] = {
        {"", ""}, {"", ""}, {"3", ""}, {"", ""}, {"", "2024/02/29"}};
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_non_null(next(&back));
        assert_string_equal(text(&back, "n"), expected[i][0]);
        assert_string_equal(text(&back, "day"), expected[i][1]);
    }
    close_back(&back);
}

static void stated_widths_of_numbers_are_kept_in_shapefiles(void **state)
{
    struct fixture *f = *state;
    size_t ha = add_column(f, "ha", GEO_TYPE_REAL);
    f->batch->column[ha].width = 10;
    f->batch->column[ha].precision = 2;
    add_square(f, 105, 21);
    add_square(f, 106, 21);
    geo_batch_set_real(f->batch, ha, 0, -123456.75);
    geo_batch_set_real(f->batch, ha, 1, 1e9);
    const char *path = in_folder(f, "a.shp");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_int_equal(f->batch->note_count, 1);
    assert_string_equal(f->batch->note[0].detail, "ha = 1000000000");
    struct back back = read_back(path);
    OGRFieldDefnH made = OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(back.layer), 0);
    assert_int_equal(OGR_Fld_GetWidth(made), 10);
    assert_int_equal(OGR_Fld_GetPrecision(made), 2);
    assert_non_null(next(&back));
    assert_near(OGR_F_GetFieldAsDouble(back.feature, 0), -123456.75, 0);
    assert_non_null(next(&back));
    assert_false(OGR_F_IsFieldSetAndNotNull(back.feature, 0));
    close_back(&back);
}

static void a_shapefile_holds_one_kind_of_shape(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.shp");
    static const double line[] = {105, 21, 106, 22};
    add_point(f, 105, 21);
    add_square(f, 105, 21);
    add_line(f, line, 2);
    add_square(f, 106, 21);
    end_feature(f, GEO_SHAPE_NULL);
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_int_equal(f->batch->note_count, 2);
    assert_int_equal(f->batch->note[0].kind, GEO_NOTE_SKIPPED);
    assert_string_equal(f->batch->note[0].detail, "Point");
    assert_string_equal(f->batch->note[1].detail, "LineString");
    assert_int_equal(f->batch->dropped[0] && f->batch->dropped[2], 1);
    struct back back = read_back(path);
    for (int i = 0; i < 3; i++)
        assert_non_null(next(&back));
    close_back(&back);
}

static void a_geopackage_of_several_kinds_holds_them_all(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.gpkg");
    static const double line[] = {105, 21, 106, 22};
    add_point(f, 105, 21);
    add_square(f, 105, 21);
    add_line(f, line, 2);
    end_feature(f, GEO_SHAPE_POLYGON);
    write_batch(f, &(struct geo_write_options){.path = path, .layer = "khu công nghiệp"});
    static const char *const expected[] = {"POINT (105 21)",
                                           "POLYGON ((105 21,106 21,106 22,105 22,105 21))",
                                           "LINESTRING (105 21,106 22)", "POLYGON EMPTY"};
    struct back back = read_back(path);
    assert_string_equal(OGR_L_GetName(back.layer), "khu công nghiệp");
    assert_int_equal(OGR_L_GetGeomType(back.layer), wkbUnknown);
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_non_null(next(&back));
        assert_wkt(&back, expected[i]);
    }
    close_back(&back);
}

static void the_first_shape_decides_when_the_first_features_have_none(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.shp");
    end_feature(f, GEO_SHAPE_NULL);
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    put_batch(f, sink);
    geo_batch_clear(f->batch);
    add_point(f, 105, 21);
    add_point(f, 106, 21);
    add_square(f, 105, 21);
    put_batch(f, sink);
    assert_int_equal(f->batch->dropped[0] || f->batch->dropped[1], 0);
    assert_int_equal(f->batch->dropped[2], 1);
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    struct back back = read_back(path);
    assert_non_null(next(&back));
    assert_null(OGR_F_GetGeometryRef(back.feature));
    assert_non_null(next(&back));
    assert_wkt(&back, "POINT (105 21)");
    assert_non_null(next(&back));
    close_back(&back);
}

static void an_empty_layer_keeps_its_columns(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a.gpkg", "a.shp", "a.fgb"};
    add_column(f, "ha", GEO_TYPE_REAL);
    add_square(f, 0, 0);
    f->batch->dropped[0] = 1;
    for (size_t i = 0; i < COUNT(names); i++) {
        write_batch(f, &(struct geo_write_options){.path = in_folder(f, names[i])});
        struct back back = read_back(in_folder(f, names[i]));
        assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(back.layer),
                                                             field(&back, "ha"))),
                         OFTReal);
        close_back(&back);
    }
}

/* Coordinates by cs2cs of PROJ 9.1.1: VN-2000 / TM-3 105-45, operation EPSG:6960. */
static void another_crs_is_written_where_the_format_has_one(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "a.gpkg");
    add_point(f, 105.6, 21.3);
    write_batch(f, &(struct geo_write_options){.path = path, .dst_crs = "EPSG:5897"});
    struct back back = read_back(path);
    assert_string_equal(OSRGetAuthorityCode(OGR_L_GetSpatialRef(back.layer), NULL), "5897");
    assert_non_null(next(&back));
    OGRGeometryH at = OGR_F_GetGeometryRef(back.feature);
    assert_near(OGR_G_GetX(at, 0), 562055.1871, 1e-3);
    assert_near(OGR_G_GetY(at, 0), 2356283.3111, 1e-3);
    close_back(&back);
    assert_refused(
        f, &(struct geo_write_options){.path = in_folder(f, "b.geojson"), .dst_crs = "EPSG:5897"},
        GEO_EARG, "geojson is written in WGS 84 only: for EPSG:5897 write .gpkg");
}

static void an_unfit_crs_is_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const known[] = {"EPSG:999999", "nonsense", "EPSG:4978",
                                        "+proj=utm +zone=48 +ellps=intl +type=crs", "EPSG:5773"};
    for (size_t i = 0; i < COUNT(known); i++)
        assert_refused(
            f, &(struct geo_write_options){.path = in_folder(f, "a.gpkg"), .dst_crs = known[i]},
            GEO_ECRS, known[i]);
    assert_int_equal(count_entries(f->folder), 0);
}

static void a_crs_without_a_seam_keeps_shapes_whole(void **state)
{
    struct fixture *f = *state;
    double ring[2 * 37];
    for (int i = 0; i <= 36; i++) {
        ring[2 * i] = 33 + 10.0 * i;
        ring[2 * i + 1] = 80;
    }
    add_square(f, 179.5, 10);
    write_batch(
        f, &(struct geo_write_options){.path = in_folder(f, "utm.shp"), .dst_crs = "EPSG:32660"});
    struct back back = read_back(in_folder(f, "utm.shp"));
    assert_non_null(next(&back));
    assert_int_equal(OGR_G_GetGeometryType(OGR_F_GetGeometryRef(back.feature)), wkbPolygon);
    assert_true(OGR_G_IsValid(OGR_F_GetGeometryRef(back.feature)));
    close_back(&back);

    geo_batch_clear(f->batch);
    add_polygon(f, ring, 37);
    write_batch(
        f, &(struct geo_write_options){.path = in_folder(f, "pole.shp"), .dst_crs = "EPSG:3995"});
    back = read_back(in_folder(f, "pole.shp"));
    assert_non_null(next(&back));
    OGRGeometryH polygon = OGR_F_GetGeometryRef(back.feature),
                 pole = OGR_G_CreateGeometry(wkbPoint);
    OGR_G_SetPoint_2D(pole, 0, 0, 0);
    assert_true(OGR_G_IsValid(polygon) && OGR_G_Contains(polygon, pole));
    OGR_G_DestroyGeometry(pole);
    close_back(&back);
}

static void what_the_crs_does_not_reach_is_skipped(void **state)
{
    struct fixture *f = *state;
    add_point(f, 0, -10);
    add_point(f, 0, 45);
    write_batch(
        f, &(struct geo_write_options){.path = in_folder(f, "a.fgb"),
                                       .dst_crs = "+proj=gnom +lat_0=90 +datum=WGS84 +type=crs"});
    assert_int_equal(f->batch->dropped[0], 1);
    assert_int_equal(f->batch->note_count, 1);
    assert_int_equal(f->batch->note[0].kind, GEO_NOTE_SKIPPED);
    assert_int_equal(f->batch->dropped[1], 0);
}

static void layer_options_are_those_of_the_driver(void **state)
{
    struct fixture *f = *state;
    static const char *const good[] = {"spatial_index=NO", "GEOMETRY_NAME=hình", NULL};
    static const char *const unknown[] = {"SPATIAL_INDX=NO", NULL};
    static const char *const malformed[] = {"SPATIAL_INDEX", NULL};
    const char *path = in_folder(f, "a.gpkg");
    assert_refused(f, &(struct geo_write_options){.path = path, .layer_options = unknown}, GEO_EARG,
                   "GPKG has no layer option SPATIAL_INDX");
    assert_refused(f, &(struct geo_write_options){.path = path, .layer_options = malformed},
                   GEO_EARG, "'SPATIAL_INDEX' is not of the form KEY=VALUE");
    add_point(f, 1, 2);
    write_batch(f, &(struct geo_write_options){.path = path, .layer_options = good});
    struct back back = read_back(path);
    assert_string_equal(OGR_L_GetGeometryColumn(back.layer), "hình");
    assert_non_null(next(&back));
    close_back(&back);
}

static void columns_of_the_layer_itself_do_not_clash(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"fid", "GEOM", "Name", "name"};
    for (size_t i = 0; i < COUNT(names); i++)
        add_column(f, names[i], GEO_TYPE_TEXT);
    add_point(f, 1, 2);
    set_text(f, 0, 0, GEO_TYPE_TEXT, "a");
    set_text(f, 3, 0, GEO_TYPE_TEXT, "d");
    const char *path = in_folder(f, "a.gpkg");
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    put_batch(f, sink);
    assert_string_equal(geo_sink_remarks(sink), "fid -> fid_1\nGEOM -> GEOM_1\nname -> name_1");
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    struct back back = read_back(path);
    assert_non_null(next(&back));
    assert_string_equal(text(&back, "fid_1"), "a");
    assert_string_equal(text(&back, "name_1"), "d");
    close_back(&back);
}

static void what_a_format_cannot_keep_is_noted(void **state)
{
    struct fixture *f = *state;
    add_column(f, "name", GEO_TYPE_TEXT);
    add_point(f, 1, 2);
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){.path = in_folder(f, "a.dxf")});
    put_batch(f, sink);
    assert_string_equal(geo_sink_remarks(sink), "");
    geo_sink_abandon(f->ctx, sink);
    assert_int_equal(f->batch->note_count, 1);
    assert_string_equal(f->batch->note[0].what, "column that the format does not take: left out");
    assert_string_equal(f->batch->note[0].detail, "name");
    sink = open_sink(f, &(struct geo_write_options){.path = in_folder(f, "a.xlsx")});
    put_batch(f, sink);
    assert_string_equal(geo_sink_remarks(sink), "");
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    assert_int_equal(f->batch->note_count, 2);
    assert_string_equal(f->batch->note[1].what, "the format holds no geometry: left out");
    assert_string_equal(f->batch->note[1].detail, "XLSX");
}

/* 24 columns hold the whole part of a number, or its sign and 23 digits. */
static void a_shapefile_never_holds_a_cut_number(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double x;
        bool fits;
    } known[] = {{1e300, false}, {-1.5e23, false}, {1e24, false}, {-1.1e23, false},
                 {1.5e23, true}, {-1.5e22, true},  {9e23, true},  {-123456789.25, true}};
    size_t x = add_column(f, "x", GEO_TYPE_REAL), told = 0;
    for (size_t i = 0; i < COUNT(known); i++) {
        add_point(f, (double)i, 0);
        geo_batch_set_real(f->batch, x, i, known[i].x);
    }
    const char *path = in_folder(f, "a.shp");
    write_batch(f, &(struct geo_write_options){.path = path});
    struct back back = read_back(path);
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_non_null(next(&back));
        assert_int_equal(OGR_F_IsFieldSetAndNotNull(back.feature, 0), known[i].fits);
        if (known[i].fits) {
            assert_near(OGR_F_GetFieldAsDouble(back.feature, 0), known[i].x, 0);
            continue;
        }
        assert_true(told < f->batch->note_count);
        assert_int_equal(f->batch->note[told].kind, GEO_NOTE_INFO);
        assert_true(f->batch->note[told++].fid == (int64_t)i + 1);
    }
    assert_int_equal(told, f->batch->note_count);
    close_back(&back);
}

static void a_stated_width_has_room_for_a_digit_or_a_sign(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double x;
        const char *back;
    } known[] = {{1234567.89, "1234567.89"},
                 {-234567.89, "-234567.89"},
                 {9999999.999, ""},
                 {-999999.999, ""},
                 {-1234567, ""},
                 {10000000, ""}};
    size_t ha = add_column(f, "ha", GEO_TYPE_REAL);
    f->batch->column[ha].width = 10;
    f->batch->column[ha].precision = 2;
    for (size_t i = 0; i < COUNT(known); i++) {
        add_point(f, (double)i, 0);
        geo_batch_set_real(f->batch, ha, i, known[i].x);
    }
    const char *path = in_folder(f, "a.shp");
    write_batch(f, &(struct geo_write_options){.path = path});
    assert_int_equal(f->batch->note_count, 4);
    struct back back = read_back(path);
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_non_null(next(&back));
        assert_string_equal(text(&back, "ha"), known[i].back);
    }
    close_back(&back);
}

static void nulls_that_become_zeros_are_told(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path;
        bool has_null;
    } known[] = {
        {"a.tab", false}, {"a.mif", false}, {"a.gmt", false}, {"a.gpkg", true}, {"a.shp", true}};
    size_t near_m = add_column(f, "near_m", GEO_TYPE_REAL), n = add_column(f, "n", GEO_TYPE_INT);
    add_column(f, "name", GEO_TYPE_TEXT);
    for (int i = 0; i < 2; i++)
        add_point(f, i, 0);
    geo_batch_set_real(f->batch, near_m, 0, 12.5);
    set_text(f, n, 1, GEO_TYPE_TEXT, "twelve");
    for (size_t i = 0; i < COUNT(known); i++) {
        size_t first = f->batch->note_count, zeros = 0;
        write_batch(f, &(struct geo_write_options){.path = in_folder(f, known[i].path)});
        const struct geo_note *note = f->batch->note;
        for (size_t k = first; k < f->batch->note_count; k++)
            zeros += !strcmp(note[k].what, "null written as 0: the format has none");
        assert_int_equal(f->batch->note_count - first, known[i].has_null ? 1 : 3);
        assert_int_equal(zeros, known[i].has_null ? 0 : 2);
        if (known[i].has_null)
            continue;
        assert_string_equal(note[first].detail, "n");
        assert_true(note[first].fid == 1 && note[first + 1].fid == 2);
        assert_string_equal(note[first + 1].detail, "near_m");
        assert_string_equal(note[first + 2].what,
                            "value does not fit its column: written as 0, the format has no null");
    }
}

static void mapinfo_keeps_texts_and_has_plain_names(void **state)
{
    struct fixture *f = *state;
    static const char *const paths[] = {"a.tab", "a.mif"};
    static const char *const names[][2] = {
        {"tên", "ten"},   {"Đường kính", "Duong_kinh"},
        {"TEN", "TEN_1"}, {"khoảng_cách_đến_đường_gần_nhất_m", "khoang_cach_den_duong_gan_nhat_"},
        {"名前", "__"},   {"0_1km", "_0_1km"}};
    char words[258] = "";
    for (int i = 0; i < 85; i++)
        strcat(words, "ộ"); /* three bytes each */
    for (size_t c = 0; c < COUNT(names); c++)
        add_column(f, names[c][0], GEO_TYPE_TEXT);
    add_point(f, 1, 2);
    for (size_t c = 0; c < COUNT(names); c++)
        set_text(f, c, 0, GEO_TYPE_TEXT, c ? "Đồng" : words);
    words[252] = '\0'; /* what fits into 254 bytes */
    for (size_t p = 0; p < COUNT(paths); p++) {
        const char *path = in_folder(f, paths[p]);
        struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
        put_batch(f, sink);
        assert_string_equal(geo_sink_remarks(sink),
                            "tên -> ten\nĐường kính -> Duong_kinh\nTEN -> TEN_1\n"
                            "khoảng_cách_đến_đường_gần_nhất_m -> khoang_cach_den_duong_gan_nhat_\n"
                            "名前 -> __\n0_1km -> _0_1km");
        assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
        struct back back = read_back(path);
        assert_non_null(next(&back));
        for (size_t c = 0; c < COUNT(names); c++)
            assert_string_equal(text(&back, names[c][1]), c ? "Đồng" : words);
        close_back(&back);
    }
}

static void every_driver_of_the_common_ones_reads_back(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path, *format;
    } known[] = {{"a.kml", NULL}, {"a.tab", NULL},         {"a.mif", NULL}, {"a.gml", NULL},
                 {"a.dxf", NULL}, {"b.dat", "FlatGeobuf"}, {"a.gdb", NULL}, {"a.jml", NULL}};
    add_column(f, "name", GEO_TYPE_TEXT);
    add_square(f, 105, 21);
    set_text(f, 0, 0, GEO_TYPE_TEXT, "Vĩnh Yên");
    for (size_t i = 0; i < COUNT(known); i++) {
        const char *path = in_folder(f, known[i].path);
        write_batch(f, &(struct geo_write_options){.path = path, .format = known[i].format});
        struct back back = read_back(path);
        assert_non_null(next(&back));
        assert_non_null(OGR_F_GetGeometryRef(back.feature));
        close_back(&back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attributes_and_shapes_come_back),
        TEST(a_shapefile_has_short_unique_names_and_says_so),
        TEST(long_texts_are_cut_between_characters),
        TEST(values_that_do_not_fit_are_left_out_and_told),
        TEST(stated_widths_of_numbers_are_kept_in_shapefiles),
        TEST(a_shapefile_holds_one_kind_of_shape),
        TEST(a_geopackage_of_several_kinds_holds_them_all),
        TEST(the_first_shape_decides_when_the_first_features_have_none),
        TEST(an_empty_layer_keeps_its_columns),
        TEST(another_crs_is_written_where_the_format_has_one),
        TEST(an_unfit_crs_is_refused),
        TEST(a_crs_without_a_seam_keeps_shapes_whole),
        TEST(what_the_crs_does_not_reach_is_skipped),
        TEST(layer_options_are_those_of_the_driver),
        TEST(columns_of_the_layer_itself_do_not_clash),
        TEST(what_a_format_cannot_keep_is_noted),
        TEST(a_shapefile_never_holds_a_cut_number),
        TEST(a_stated_width_has_room_for_a_digit_or_a_sign),
        TEST(nulls_that_become_zeros_are_told),
        TEST(mapinfo_keeps_texts_and_has_plain_names),
        TEST(every_driver_of_the_common_ones_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
