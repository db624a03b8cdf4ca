/* What GDAL opens arrives whole, or is refused with a sentence. */
#include "layers.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct geo_read_options plain = {0};

static const struct made_layer zones = {
    .driver = "ESRI Shapefile",
    .name = "zones",
    .epsg = 4326,
    .type = wkbPolygon,
    .options = {"ENCODING=UTF-8"},
    .field = {"ten:s", "n:i", "big:l", "ha:r", "ngay:d"},
    .row = {{"POLYGON((105 21,105.1 21,105.1 21.1,105 21.1,105 21),(105.02 21.02,105.02 21.04,"
             "105.04 21.04,105.02 21.02))",
             "Bình Xuyên II", "7", "9007199254740993", "12.5", "2025/07/01"},
            {"", NULL, NULL, NULL, NULL, NULL},
            {"MULTIPOLYGON(((106 21,106.1 21,106.1 21.1,106 21)),((107 21,107.1 21,107.1 21.1,107 "
             "21)))",
             "Khai Quang", "-1", "-9007199254740993", "0.25", "1997/01/01"}}};

/* ---- what arrives ---- */

static void a_shapefile_arrives_whole(void **state)
{
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "zones.shp");
    make_layers(path, &zones, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);

    assert_int_equal(geo_source_count(source), 3);
    assert_int_equal(batch->n, 3);
    assert_int_equal(batch->seq, 0);
    assert_int_equal(batch->fid[2], 2);
    assert_int_equal(batch->shape[0], GEO_SHAPE_POLYGON);
    assert_int_equal(batch->shape[1], GEO_SHAPE_NULL);
    assert_int_equal(batch->shape[2], GEO_SHAPE_MULTIPOLYGON);
    assert_int_equal(batch->part_start[1] - batch->part_start[0], 1);
    assert_int_equal(batch->ring_start[1] - batch->ring_start[0], 2);
    assert_int_equal(batch->part_start[3] - batch->part_start[2], 2);
    assert_int_equal(batch->vertex_start[1], 5);
    assert_cell(batch, "ten", 0, "Bình Xuyên II");
    assert_cell(batch, "n", 0, "7");
    assert_cell(batch, "big", 0, "9007199254740993"); /* no double holds it */
    assert_cell(batch, "big", 2, "-9007199254740993");
    assert_cell(batch, "ha", 2, "0.25");
    assert_cell(batch, "ngay", 0, "2025-07-01");
    assert_true(cell_is_null(batch, "ten", 1) && cell_is_null(batch, "big", 1));
    assert_int_equal(batch->column[2].type, GEO_TYPE_INT);
    assert_int_equal(batch->column[4].type, GEO_TYPE_DATE);
    assert_int_equal(geo_source_next(bench->ctx, source, batch), GEO_END);
    assert_int_equal(batch->n, 0);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void the_origin_says_what_the_input_is(void **state)
{
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "zones.shp");
    make_layers(path, &zones, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    struct geo_origin_info info = geo_origin_info(batch->origin);
    assert_ptr_equal(batch->origin, geo_source_input(source, 0));
    assert_int_equal(geo_source_inputs(source), 1);
    assert_string_equal(info.name, path);
    assert_string_equal(info.driver, "ESRI Shapefile");
    assert_string_equal(info.layer, "zones");
    assert_string_equal(info.crs, "EPSG:4326");
    assert_string_equal(info.operation, "");
    assert_string_equal(info.encoding, "UTF-8");
    assert_near(info.accuracy_m, 0, 0);
    assert_int_equal(info.edges, -1);
    assert_false(info.streamed);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void every_shape_of_every_format_arrives(void **state)
{
    static const struct {
        const char *driver, *file, *wkt;
        OGRwkbGeometryType type;
        enum geo_shape shape;
        size_t parts, vertices;
    } known[] = {
        {"ESRI Shapefile", "a.shp", "POINT(105 21)", wkbPoint, GEO_SHAPE_POINT, 1, 1},
        {"ESRI Shapefile", "b.shp", "MULTIPOINT(105 21,106 22)", wkbMultiPoint,
         GEO_SHAPE_MULTIPOINT, 2, 2},
        {"ESRI Shapefile", "c.shp", "LINESTRING(105 21,106 22,107 22)", wkbLineString,
         GEO_SHAPE_LINE, 1, 3},
        {"ESRI Shapefile", "d.shp", "MULTILINESTRING((105 21,106 22),(107 22,108 22))",
         wkbLineString, GEO_SHAPE_MULTILINE, 2, 4},
        {"ESRI Shapefile", "e.shp", "POINT Z(105 21 9)", wkbPoint25D, GEO_SHAPE_POINT, 1, 1},
        {"GPKG", "f.gpkg", "POLYGON((105 21,106 21,106 22,105 21))", wkbPolygon, GEO_SHAPE_POLYGON,
         1, 4},
        {"GPKG", "g.gpkg", "GEOMETRYCOLLECTION(POINT(105 21),LINESTRING(105 21,106 21))",
         wkbUnknown, GEO_SHAPE_COLLECTION, 2, 3},
        {"GPKG", "h.gpkg",
         "TIN Z(((105 21 0,106 21 0,106 22 0,105 21 0)),((105 21 0,106 22 0,105 "
         "22 0,105 21 0)))",
         wkbUnknown, GEO_SHAPE_MULTIPOLYGON, 2, 8},
        {"GPKG", "i.gpkg", "POLYGON EMPTY", wkbPolygon, GEO_SHAPE_POLYGON, 0, 0},
        {"GPKG", "j.gpkg", "MULTIPOLYGON(EMPTY,((105 21,106 21,106 22,105 21)))", wkbMultiPolygon,
         GEO_SHAPE_MULTIPOLYGON, 1, 4},
        {"FlatGeobuf", "k.fgb", "POLYGON((105 21,106 21,106 22,105 21))", wkbPolygon,
         GEO_SHAPE_POLYGON, 1, 4},
        {"KML", "l.kml", "LINESTRING(105 21,106 22)", wkbUnknown, GEO_SHAPE_LINE, 1, 2},
        {"MapInfo File", "m.tab", "POLYGON((105 21,106 21,106 22,105 21))", wkbUnknown,
         GEO_SHAPE_POLYGON, 1, 4},
        {"GML", "n.gml", "LINESTRING(105 21,106 22)", wkbLineString, GEO_SHAPE_LINE, 1, 2},
    };
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct made_layer layer = {.driver = known[i].driver,
                                   .name = "x",
                                   .epsg = 4326,
                                   .type = known[i].type,
                                   .row = {{known[i].wkt, "Lô"}}};
        layer.field[0] = "Name:s";
        if (!strcmp(known[i].driver, "ESRI Shapefile"))
            layer.options[0] = "ENCODING=UTF-8";
        const char *path = in_folder(bench, known[i].file);
        make_layers(path, &layer, 1);
        struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
        assert_ok(bench->ctx, geo_batch_to_wgs84(bench->ctx, batch));
        if (batch->n != 1 || batch->shape[0] != known[i].shape ||
            batch->part_count != known[i].parts || batch->vertex_count != known[i].vertices)
            fail_msg("%s: %zu features, %s, %zu parts, %zu vertices", known[i].file, batch->n,
                     geo_shape_name(batch->shape[0]), batch->part_count, batch->vertex_count);
        if (batch->vertex_count > 0) {
            assert_near(batch->vertex[0].lon, 105, 1e-6);
            assert_near(batch->vertex[0].lat, 21, 1e-6);
        }
        assert_cell(batch, "Name", 0, "Lô");
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void every_type_of_field_arrives(void **state)
{
    static const struct made_layer layer = {
        .driver = "GPKG",
        .name = "x",
        .epsg = 4326,
        .type = wkbPoint,
        .field = {"i:i", "l:l", "r:r", "s:s", "d:d", "w:w", "b:b", "o:o"},
        .row = {{"POINT(1 2)", "1", "-9223372036854775807", "0.1", "Tiếng Việt", "2025/07/01",
                 "2025/07/01 06:30:15.25+07", "FF", "1"}}};
    static const struct {
        const char *column, *text;
        enum geo_type type;
    } known[] = {{"i", "1", GEO_TYPE_INT},
                 {"l", "-9223372036854775807", GEO_TYPE_INT},
                 {"r", "0.1", GEO_TYPE_REAL},
                 {"s", "Tiếng Việt", GEO_TYPE_TEXT},
                 {"d", "2025-07-01", GEO_TYPE_DATE},
                 {"o", "true", GEO_TYPE_BOOL},
                 {"w", "2025-07-01T06:30:15.250+07:00", GEO_TYPE_DATETIME}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.gpkg");
    make_layers(path, &layer, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_cell(batch, known[i].column, 0, known[i].text);
        assert_int_equal(batch->column[geo_batch_find_column(batch, known[i].column)].type,
                         known[i].type);
    }
    assert_int_equal(geo_batch_find_column(batch, "b"), SIZE_MAX);
    assert_non_null(find_note(batch, "binary fields are left out"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void lists_arrive_as_json(void **state)
{
    static const char text[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"i\":[1,2],\"r\":[0.1,2.5],\"s\":[\"L\\u00f4\",\"a\\\"b\\\\\\n\"],\"j\":{\"a\":[1]}},"
        "\"geometry\":null}]}";
    static const char *const open_options[] = {"NATIVE_DATA=NO", NULL}; /* GDAL is to read it */
    static const struct geo_read_options options = {.open_options = open_options};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.json");
    make_file(path, text, sizeof text - 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_cell(batch, "i", 0, "[1,2]");
    assert_cell(batch, "r", 0, "[0.1,2.5]");
    assert_cell(batch, "s", 0, "[\"Lô\",\"a\\\"b\\\\\\u000a\"]");
    assert_int_equal(batch->column[geo_batch_find_column(batch, "j")].type, GEO_TYPE_JSON);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_drawing_arrives_in_the_crs_that_is_stated(void **state)
{
    static const struct geo_read_options options = {.src_crs = "EPSG:5897"};
    static const struct made_layer layer = {
        .driver = "DXF",
        .name = "entities",
        .type = wkbUnknown,
        .row = {{"LINESTRING(565509.1574 2357171.7728,570319.13 2359213.7789)"}}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.dxf");
    make_layers(path, &layer, 1);
    assert_refused(bench->ctx, path, &plain, GEO_ECRS,
                   "no CRS is stated (x runs from 567914.1437 ");
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_ok(bench->ctx, geo_batch_to_wgs84(bench->ctx, batch));
    assert_int_equal(batch->shape[0], GEO_SHAPE_LINE);
    assert_near(batch->vertex[0].lon, 105.6333236, 1e-7); /* PROJ 9.1.1, cs2cs */
    assert_near(batch->vertex[0].lat, 21.3079027, 1e-7);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void heights_are_dropped_and_said_once(void **state)
{
    static const struct made_layer layer = {
        .driver = "GPKG",
        .name = "x",
        .epsg = 4326,
        .type = wkbUnknown,
        .row = {{"LINESTRING Z(1 2 3,4 5 6)"}, {"POINT ZM(1 2 3 4)"}}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.gpkg");
    make_layers(path, &layer, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_near(batch->vertex[1].lon, 4, 0);
    assert_near(batch->vertex[1].lat, 5, 0);
    assert_int_equal(batch->note_count, 1);
    assert_non_null(find_note(batch, "heights and measures"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void arcs_become_chords_close_to_the_arc(void **state)
{
    static const struct made_layer layer = {
        .driver = "GPKG",
        .name = "x",
        .epsg = 32648,
        .type = wkbUnknown,
        .row = {{"CURVEPOLYGON(CIRCULARSTRING(400000 2300000,401000 2301000,402000 2300000,401000 "
                 "2299000,400000 2300000))"}}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.gpkg");
    double twice_area = 0;
    make_layers(path, &layer, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_int_equal(batch->shape[0], GEO_SHAPE_POLYGON);
    for (size_t v = 0; v + 1 < batch->vertex_count; v++) {
        struct geo_lonlat a = batch->vertex[v], b = batch->vertex[v + 1];
        twice_area += (a.lon - 401000) * (b.lat - 2300000) - (b.lon - 401000) * (a.lat - 2300000);
    }
    assert_near(fabs(twice_area) / 2 / (acos(-1) * 1e6), 1, 2e-5);
    assert_non_null(find_note(batch, "arcs are drawn as chords"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_coordinate_that_is_not_finite_drops_its_feature(void **state)
{
    static const struct made_layer layer = {
        .driver = "ESRI Shapefile",
        .name = "x",
        .epsg = 4326,
        .type = wkbLineString,
        .field = {"n:i"},
        .row = {{"LINESTRING(1 2,3 4)", "1"}, {"LINESTRING(1 2,3 4)", "2"}}};
    static const char nan_bytes[] = {0, 0, 0, 0, 0, 0, (char)0xF8, 0x7F};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.shp");
    make_layers(path, &layer, 1);
    /* The second record: header 8, type 4, box 32, counts 8, part 4, first vertex 16, x. */
    patch_file(path, 100 + 8 + 4 + 32 + 8 + 4 + 32 + 8 + 4 + 32 + 8 + 4 + 16, nan_bytes, 8);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_int_equal(batch->n, 2);
    assert_false(batch->dropped[0]);
    assert_true(batch->dropped[1]);
    const struct geo_note *note = find_note(batch, "coordinate is not finite");
    assert_non_null(note);
    assert_int_equal(note->kind, GEO_NOTE_SKIPPED);
    assert_int_equal(note->fid, 1);
    assert_string_equal(note->detail, "vertex 2");
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

/* ---- tables ---- */

static void a_csv_gives_points_and_keeps_codes(void **state)
{
    static const char text[] = "ma,kinh_do,vi_do,ha,ngay,muc\n"
                               "00123,105.5,21.25,1.5,2025-07-01,1e2\n"
                               "00124,105.75,21.5,-2,,0.5\n"
                               "00125,,,,2024-02-29,7\n";
    static const struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_int_equal(geo_source_count(source), 3);
    assert_int_equal(batch->shape[0], GEO_SHAPE_POINT);
    assert_int_equal(batch->shape[2], GEO_SHAPE_NULL);
    assert_near(batch->vertex[1].lon, 105.75, 0);
    assert_near(batch->vertex[1].lat, 21.5, 0);
    assert_cell(batch, "ma", 0, "00123");
    assert_cell(batch, "ha", 1, "-2");
    assert_cell(batch, "muc", 0, "100");
    assert_true(cell_is_null(batch, "ha", 2) && cell_is_null(batch, "ngay", 1));
    assert_int_equal(batch->column[geo_batch_find_column(batch, "ma")].type, GEO_TYPE_TEXT);
    assert_int_equal(batch->column[geo_batch_find_column(batch, "ha")].type, GEO_TYPE_REAL);
    assert_int_equal(batch->column[geo_batch_find_column(batch, "ngay")].type, GEO_TYPE_DATE);
    assert_int_equal(geo_batch_find_column(batch, "kinh_do"), SIZE_MAX);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_csv_gives_the_shapes_of_its_wkt(void **state)
{
    static const char text[] = "id,WKT\n1,\"POLYGON((0 0,1 0,1 1,0 0))\"\n";
    static const struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_int_equal(batch->shape[0], GEO_SHAPE_POLYGON);
    assert_int_equal(batch->vertex_count, 4);
    assert_int_equal(batch->column_count, 1);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_place_of_a_csv_that_cannot_be_read_is_said(void **state)
{
    static const struct {
        const char *text;
        int dropped[2];
    } known[] = {{"n,lon,lat\n1,105,21\n2,abc,21\n", {0, 1}},
                 {"n,lon,lat\n1,105,\n2,,\n", {1, 0}},
                 {"n,WKT\n1,\"POINT(1 2\"\n2,POINT(1 2)\n", {1, 0}}};
    static const struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *path = in_folder(bench, "x.csv");
        make_file(path, known[i].text, strlen(known[i].text));
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_int_equal(batch->n, 2);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(batch->dropped[k], known[i].dropped[k]);
        assert_int_equal(batch->note_count, 1);
        assert_int_equal(find_note(batch, "coordinates cannot be read")->kind, GEO_NOTE_SKIPPED);
        assert_int_equal(batch->column_count, 1);
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void a_table_without_geometry_needs_no_crs(void **state)
{
    static const char text[] = "nhom,n\nKCN,24\n";
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_int_equal(batch->n, 1);
    assert_int_equal(batch->shape[0], GEO_SHAPE_NULL);
    assert_cell(batch, "nhom", 0, "KCN");
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_csv_prefers_wkt_wherever_it_stands(void **state)
{
    static const char *const known[] = {"lon,lat,ma,wkt\n105,21,007,POINT (1 2)\n",
                                        "WKT,ma,lon,lat\nPOINT (1 2),007,105,21\n",
                                        "lon,geometry,ma,lat\n105,POINT (1 2),007,21\n"};
    static const struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *path = in_folder(bench, "x.csv");
        make_file(path, known[i], strlen(known[i]));
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_int_equal(batch->vertex_count, 1);
        assert_near(batch->vertex[0].lon, 1, 0);
        assert_near(batch->vertex[0].lat, 2, 0);
        assert_int_equal(batch->column_count, 3);
        assert_cell(batch, "lon", 0, "105");
        assert_cell(batch, "lat", 0, "21");
        assert_cell(batch, "ma", 0, "007");
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void a_csv_takes_the_places_it_is_told(void **state)
{
    static const char text[] = "x,y,lon,lat,the_geom,hinh\n3,4,105,21,POINT (1 2),POINT (5 6)\n";
    static const struct {
        const char *open[3];
        double lon, lat;
    } known[] = {{{"X_POSSIBLE_NAMES=lon", "Y_POSSIBLE_NAMES=lat"}, 105, 21},
                 {{"GEOM_POSSIBLE_NAMES=hinh"}, 5, 6},
                 {{"KEEP_GEOM_COLUMNS=NO"}, 1, 2}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct geo_read_options options = {.src_crs = "EPSG:4326", .open_options = known[i].open};
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_near(batch->vertex[0].lon, known[i].lon, 0);
        assert_near(batch->vertex[0].lat, known[i].lat, 0);
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void the_place_of_a_csv_that_is_to_blame_is_named(void **state)
{
    static const char *const known[][2] = {
        {"id,lon,lat\n4,abc,21\n", "column 2: 'abc'"},
        {"id,lon,lat\n4,105,2x\n", "column 3: '2x'"},
        {"id,lat,lon\n4,21,abc\n", "column 3: 'abc'"},
        {"id,lon,lat\n4,105,\n", "column 3: ''"},
        {"id,lon,lat\n4,,21\n", "column 2: ''"},
        {"lon,lat,wkt\nabc,21,POINT (1\n", "column 3: 'POINT (1'"},
    };
    static const struct geo_read_options options = {.src_crs = "EPSG:4326"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *path = in_folder(bench, "x.csv");
        make_file(path, known[i][0], strlen(known[i][0]));
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_string_equal(find_note(batch, "coordinates cannot be read")->detail, known[i][1]);
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void an_empty_cell_of_a_csv_is_null_unless_it_is_told(void **state)
{
    static const char text[] = "n,ten\n1,\n,b\n";
    static const char *const as_text[] = {"EMPTY_STRING_AS_NULL=NO", NULL};
    static const struct geo_read_options told = {.open_options = as_text};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_true(cell_is_null(batch, "ten", 0) && cell_is_null(batch, "n", 1));
    assert_cell(batch, "ten", 1, "b");
    geo_source_close(bench->ctx, source);
    source = read_first(bench->ctx, &path, 1, &told, batch);
    assert_false(cell_is_null(batch, "ten", 0));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_missing_crs_is_guessed_by_the_first_coordinates(void **state)
{
    static const char *const known[][2] = {
        {"lon,lat\n105,21\n-180,90\n", ": longitude and latitude? -s EPSG:4326 (WGS 84)"},
        {"n,wkt\n1,\"LINESTRING (1 2,3 4)\"\n", ": longitude and latitude? -s EPSG:4326 (WGS 84)"},
        {"lat,lon\n21,105\n", ": longitude and latitude? -s EPSG:4326 (WGS 84)"},
        {"x,y\n21,105\n", ": latitude and longitude? -s EPSG:4326 --swap-axes"},
        {"x,y\n565509.2,2357171.8\n", "-s vn2000:105.00 with the meridian of the province"},
        {"x,y\n2357171.8,565509.2\n", "x to the north: -s vn2000:105.00 --swap-axes"},
        {"x,y\n11759167,2426000\n", "numbers of Web Mercator: -s EPSG:3857"},
        {"x,y\n500000,5800000\n", ": a projected CRS: ask who made the file and say it with -s,"},
        {"lon,lat\n105,190.5\n", ": neither degrees nor metres of a place: ask who made"},
        {"lon,lat\n,\n", "no CRS is stated: say which CRS it is: -s EPSG:…"}};
    static const struct geo_read_options corridor = {.crs_option = "--corridor-crs"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *path = in_folder(bench, "x.csv");
        make_file(path, known[i][0], strlen(known[i][0]));
        assert_refused(bench->ctx, path, &plain, GEO_ECRS, known[i][1]);
    }
    assert_refused(bench->ctx, bench->path, &corridor, GEO_ECRS,
                   "no CRS is stated: say which CRS it is: --corridor-crs EPSG:…");
}

/* ---- degrees in a CRS of metres ---- */

static void degrees_in_a_projected_crs_are_refused(void **state)
{
    static const struct made_layer degrees = {.name = "x",
                                              .epsg = 5897,
                                              .type = wkbPoint,
                                              .field = {"n:i"},
                                              .row = {{"POINT(105 21)", "1"}}};
    static const char *const known[][2] = {
        {"ESRI Shapefile", "a.shp"}, {"GPKG", "a.gpkg"}, {"FlatGeobuf", "a.fgb"}};
    static const char text[] = "x,y\n105,21\n";
    static const struct geo_read_options stated = {.src_crs = "EPSG:5897"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct made_layer layer = degrees;
        layer.driver = known[i][0];
        make_layers(in_folder(bench, known[i][1]), &layer, 1);
        assert_refused(bench->ctx, bench->path, &plain, GEO_ECRS,
                       "but the CRS has metres): -s EPSG:4326 if they are WGS 84");
    }
    make_file(in_folder(bench, "x.csv"), text, sizeof text - 1);
    assert_refused(bench->ctx, bench->path, &stated, GEO_ECRS,
                   "but the CRS has metres): -s EPSG:4326 if they are WGS 84");
}

static void a_projected_layer_without_coordinates_is_fine(void **state)
{
    static const struct made_layer null = {.name = "x",
                                           .epsg = 5897,
                                           .type = wkbPolygon,
                                           .field = {"n:i"},
                                           .row = {{"", "1"}, {"", "2"}}};
    static const char *const known[][3] = {{"ESRI Shapefile", "a.shp", "b.shp"},
                                           {"GPKG", "a.gpkg", "b.gpkg"}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (size_t rows = 0; rows < 3; rows += 2) {
            struct made_layer layer = null;
            layer.driver = known[i][0];
            layer.row[rows][0] = NULL;
            const char *path = in_folder(bench, rows ? known[i][1] : known[i][2]);
            make_layers(path, &layer, 1);
            struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
            assert_int_equal(batch->n, rows);
            geo_source_close(bench->ctx, source);
        }
    geo_batch_free(batch);
}

/* ---- several layers, several inputs ---- */

static const struct made_layer two_layers[] = {
    {.driver = "GPKG",
     .name = "zones",
     .epsg = 4326,
     .type = wkbPoint,
     .field = {"n:i"},
     .row = {{"POINT(1 2)", "1"}}},
    {.driver = "GPKG",
     .name = "roads",
     .epsg = 4326,
     .type = wkbPoint,
     .field = {"n:i"},
     .row = {{"POINT(3 4)", "2"}}},
};

static void of_several_layers_one_must_be_named(void **state)
{
    static const struct geo_read_options roads = {.layer = "roads"}, none = {.layer = "rails"},
                                         corridor = {.layer_option = "--corridor-layer"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.gpkg");
    make_layers(path, two_layers, 2);
    assert_refused(bench->ctx, path, &plain, GEO_EARG,
                   "has 2 layers; say which with -l: zones, roads");
    assert_refused(bench->ctx, path, &corridor, GEO_EARG,
                   "has 2 layers; say which with --corridor-layer: zones, roads");
    assert_refused(bench->ctx, path, &none, GEO_EARG,
                   "has no layer 'rails'; its layers are: zones, roads");
    struct geo_source *source = read_first(bench->ctx, &path, 1, &roads, batch);
    assert_cell(batch, "n", 0, "2");
    assert_non_null(strstr(geo_origin_info(batch->origin).name, "x.gpkg:roads"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_folder_of_shapefiles_has_a_layer_for_each(void **state)
{
    static const struct geo_read_options options = {.layer = "zones"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    struct made_layer other = zones;
    other.name = "other";
    make_layers(in_folder(bench, "zones.shp"), &zones, 1);
    make_layers(in_folder(bench, "other.shp"), &other, 1);
    const char *path = bench->folder;
    assert_refused(bench->ctx, path, &plain, GEO_EARG, "has 2 layers");
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_int_equal(batch->n, 3);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void add_to_zip(void *zip, const char *member, const char *file)
{
    GByte *bytes = NULL;
    vsi_l_offset n = 0;
    assert_true(VSIIngestFile(NULL, file, &bytes, &n, -1));
    assert_int_equal(CPLCreateFileInZip(zip, member, NULL), CE_None);
    assert_int_equal(CPLWriteFileInZip(zip, bytes, (int)n), CE_None);
    assert_int_equal(CPLCloseFileInZip(zip), CE_None);
    VSIFree(bytes);
}

static void a_zipped_shapefile_is_found_wherever_it_lies(void **state)
{
    static const char *const known[][2] = {
        {"a.zip", "zones"}, {"b.shz", "zones"}, {"c.zip", "deep/down/zones"}};
    static const char *const ends[] = {"shp", "shx", "dbf", "prj", "cpg"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    make_layers(in_folder(bench, "zones.shp"), &zones, 1);
    for (size_t i = 0; i < 3; i++) {
        char member[64], file[96];
        void *zip = CPLCreateZip(in_folder(bench, known[i][0]), NULL);
        for (size_t k = 0; k < 5; k++) {
            snprintf(member, sizeof member, "%s.%s", known[i][1], ends[k]);
            snprintf(file, sizeof file, "%s/zones.%s", bench->folder, ends[k]);
            add_to_zip(zip, member, file);
        }
        assert_int_equal(CPLCloseZip(zip), CE_None);
        const char *path = in_folder(bench, known[i][0]);
        struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
        assert_int_equal(batch->n, 3);
        assert_cell(batch, "ten", 0, "Bình Xuyên II");
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void inputs_are_united_column_by_column(void **state)
{
    static const struct made_layer first = {.driver = "GPKG",
                                            .name = "x",
                                            .epsg = 4326,
                                            .type = wkbPoint,
                                            .field = {"a:i", "b:i"},
                                            .row = {{"POINT(105.6333236 21.3079027)", "1", "2"}}};
    static const struct made_layer second = {
        .driver = "GPKG",
        .name = "x",
        .epsg = 5897,
        .type = wkbPoint,
        .field = {"b:r", "c:s"},
        .row = {{"POINT(565509.1574 2357171.7728)", "2.5", "ba"}}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    char one[96], two[96];
    strcpy(one, in_folder(bench, "one.gpkg"));
    strcpy(two, in_folder(bench, "two.gpkg"));
    make_layers(one, &first, 1);
    make_layers(two, &second, 1);
    const char *path[] = {one, two};
    struct geo_source *source = read_first(bench->ctx, path, 2, &plain, batch);
    assert_int_equal(geo_source_count(source), 2);
    for (size_t i = 0; i < 2; i++) {
        static const char *const names[] = {"a", "b", "c"};
        assert_int_equal(batch->seq, i);
        assert_ptr_equal(batch->origin, geo_source_input(source, i));
        assert_int_equal(batch->column_count, 3);
        for (size_t c = 0; c < 3; c++)
            assert_string_equal(batch->column[c].name, names[c]);
        assert_int_equal(batch->column[1].type, GEO_TYPE_REAL);
        assert_cell(batch, "b", 0, i ? "2.5" : "2");
        assert_true(cell_is_null(batch, i ? "a" : "c", 0));
        assert_ok(bench->ctx, geo_batch_to_wgs84(bench->ctx, batch));
        assert_near(batch->vertex[0].lon, 105.6333236, 1e-7);
        assert_near(batch->vertex[0].lat, 21.3079027, 1e-7);
        assert_int_equal(geo_source_next(bench->ctx, source, batch), i ? GEO_END : GEO_OK);
    }
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void an_empty_layer_gives_one_batch_with_its_columns(void **state)
{
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    struct made_layer empty = zones;
    memset(empty.row, 0, sizeof empty.row);
    const char *path = in_folder(bench, "empty.shp");
    make_layers(path, &empty, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_int_equal(batch->n, 0);
    assert_int_equal(batch->column_count, 5);
    assert_ptr_equal(batch->origin, geo_source_input(source, 0));
    assert_int_equal(geo_source_next(bench->ctx, source, batch), GEO_END);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_batch_is_a_source_that_gives_it_once(void **state)
{
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new(), *held = geo_batch_new();
    struct geo_source *source;
    assert_ok(bench->ctx, geo_batch_add_column(bench->ctx, held, "a", GEO_TYPE_INT, NULL));
    assert_ok(bench->ctx, geo_batch_end_feature(bench->ctx, held, GEO_SHAPE_NULL, 5));
    assert_ok(bench->ctx, geo_source_of_batch(bench->ctx, held, &source));
    assert_int_equal(geo_source_count(source), 1);
    assert_int_equal(geo_source_inputs(source), 0);
    assert_ok(bench->ctx, geo_source_next(bench->ctx, source, batch));
    assert_int_equal(batch->n, 1);
    assert_int_equal(batch->fid[0], 5);
    assert_null(batch->origin);
    assert_int_equal(geo_source_next(bench->ctx, source, batch), GEO_END);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void columns_and_features_are_selected(void **state)
{
    static const struct geo_read_options some = {.select = "ha,ten"},
                                         filtered = {.select = "ha", .where = "ten = 'Khai Quang'"},
                                         unknown = {.select = "ten,xa"},
                                         malformed = {.where = "huyen = 1"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "zones.shp");
    make_layers(path, &zones, 1);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &some, batch);
    assert_int_equal(batch->column_count, 2);
    assert_cell(batch, "ten", 2, "Khai Quang");
    geo_source_close(bench->ctx, source);
    source = read_first(bench->ctx, &path, 1, &filtered, batch);
    assert_int_equal(geo_source_count(source), -1);
    assert_int_equal(batch->column_count, 1);
    assert_true(batch->dropped[0] && batch->dropped[1] && !batch->dropped[2]);
    geo_source_close(bench->ctx, source);
    assert_refused(bench->ctx, path, &unknown, GEO_EARG,
                   "zones.shp has no column 'xa'; it has ten, n, big, ha, ngay");
    assert_refused(bench->ctx, path, &malformed, GEO_EARG, "huyen");
    geo_batch_free(batch);
}

static void the_columns_there_are_are_listed_up_to_a_length(void **state)
{
    static const struct geo_read_options unknown = {.select = "nam"};
    static const char name[] = "a_rather_long_name_of_a_column";
    char text[8 * sizeof name + 8] = "n", expected[300] = "it has n";
    struct bench *bench = *state;
    for (int i = 0; i < 7; i++) {
        sprintf(text + strlen(text), ",%s%d", name, i);
        if (i < 6)
            sprintf(expected + strlen(expected), ", %s%d", name, i);
    }
    strcat(text, "\n");
    strcat(expected, ", …");
    make_file(in_folder(bench, "x.csv"), text, strlen(text));
    assert_refused(bench->ctx, bench->path, &unknown, GEO_EARG, expected);
    assert_string_equal(strstr(geo_ctx_message(bench->ctx), "it has"), expected);
}

static void several_inputs_list_the_columns_of_all(void **state)
{
    static const char one[] = "n,ten\n1,a\n", two[] = "n,ha\n1,2\n";
    static const struct geo_read_options unknown = {.select = "n,nam"};
    struct bench *bench = *state;
    struct geo_source *source = NULL;
    char first[96], second[96];
    strcpy(first, in_folder(bench, "one.csv"));
    strcpy(second, in_folder(bench, "two.csv"));
    make_file(first, one, sizeof one - 1);
    make_file(second, two, sizeof two - 1);
    const char *path[] = {first, second};
    assert_int_equal(geo_source_open(bench->ctx, path, 2, &unknown, &source), GEO_EARG);
    assert_string_equal(geo_ctx_message(bench->ctx),
                        "no input has a column 'nam'; they have n, ten, ha");
}

static void a_filter_sees_the_columns_of_every_input(void **state)
{
    static const char text[] =
        "{\"type\":\"Feature\",\"properties\":{\"ten\":\"a\"},\"geometry\":null}\n"
        "{\"type\":\"Feature\",\"properties\":{\"late\":5},\"geometry\":null}\n";
    static const struct geo_read_options options = {.where = "late = 5 OR n = 7", .select = "ten"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    char one[96], two[96];
    strcpy(one, in_folder(bench, "zones.shp"));
    strcpy(two, in_folder(bench, "x.geojsonl"));
    make_layers(one, &zones, 1);
    make_file(two, text, sizeof text - 1);
    const char *path[] = {one, two};
    struct geo_source *source = read_first(bench->ctx, path, 2, &options, batch);
    assert_true(!batch->dropped[0] && batch->dropped[1] && batch->dropped[2]);
    assert_int_equal(batch->column_count, 1);
    assert_ok(bench->ctx, geo_source_next(bench->ctx, source, batch));
    assert_int_equal(batch->n, 2);
    assert_true(batch->dropped[0] && !batch->dropped[1]);
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void standard_input_is_read_only_once(void **state)
{
    static const char *const path[] = {"-", "-"};
    struct bench *bench = *state;
    struct geo_source *source = NULL;
    assert_int_equal(geo_source_open(bench->ctx, path, 2, &plain, &source), GEO_EARG);
    assert_int_equal(geo_source_open(bench->ctx, path, 0, &plain, &source), GEO_EARG);
    assert_null(source);
}

/* ---- what is refused ---- */

/* A damaged copy of the shapefile: a member is removed, or cut to a part of its length. */
static void damaged_shapefiles_are_refused(void **state)
{
    static const struct {
        const char *member;
        double keep; /* of the length; < 0: the member is removed */
        const char *says;
    } known[] = {{"zones.shx", -1, "zones.shx"},        {"zones.dbf", -1, "zones.dbf is missing"},
                 {"zones.shp", 0.6, "is truncated"},    {"zones.dbf", 0.6, "is truncated"},
                 {"zones.shx", 0.95, ".shx"},           {"zones.shp", 0.999, "is truncated"},
                 {"zones.shp", 0, "the file is empty"}, {"zones.dbf", 0, "zones"}};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct stat found;
        unlink(in_folder(bench, "zones.shp"));
        unlink(in_folder(bench, "zones.dbf"));
        make_layers(in_folder(bench, "zones.shp"), &zones, 1);
        const char *member = in_folder(bench, known[i].member);
        assert_int_equal(stat(member, &found), 0);
        if (known[i].keep < 0)
            assert_int_equal(unlink(member), 0);
        else
            assert_int_equal(truncate(member, (off_t)((double)found.st_size * known[i].keep)), 0);
        assert_refused(bench->ctx, in_folder(bench, "zones.shp"), &plain, GEO_EREAD, known[i].says);
    }
}

static void a_mapinfo_table_without_its_shapes_is_refused(void **state)
{
    static const struct made_layer layer = {.driver = "MapInfo File",
                                            .name = "x",
                                            .epsg = 4326,
                                            .type = wkbUnknown,
                                            .field = {"n:i"},
                                            .row = {{"POINT(1 2)", "1"}}};
    struct bench *bench = *state;
    make_layers(in_folder(bench, "x.tab"), &layer, 1);
    assert_int_equal(unlink(in_folder(bench, "x.map")), 0);
    assert_refused(bench->ctx, in_folder(bench, "x.tab"), &plain, GEO_EREAD, "x.map is missing");
}

static void shapes_and_records_must_be_as_many(void **state)
{
    struct bench *bench = *state;
    make_layers(in_folder(bench, "zones.shp"), &zones, 1);
    patch_file(in_folder(bench, "zones.dbf"), 4, "\2", 1);
    assert_refused(bench->ctx, in_folder(bench, "zones.shp"), &plain, GEO_EREAD,
                   "zones.shp has 3 shapes, but");
}

static void a_damaged_record_is_no_end(void **state)
{
    static const char many[] = {0x7F, 0x7F, 0x7F, 0x7F};
    struct bench *bench = *state;
    make_layers(in_folder(bench, "zones.shp"), &zones, 1);
    /* The first polygon's count of vertices: header 100, record 8, type 4, box 32, parts 4. */
    patch_file(in_folder(bench, "zones.shp"), 148, many, 4);
    assert_refused(bench->ctx, in_folder(bench, "zones.shp"), &plain, GEO_EREAD,
                   "cannot be read to its end");
}

static void an_empty_file_is_said_to_be_empty(void **state)
{
    static const char *const known[] = {"x.csv", "x.gpkg", "x.shp", "x.geojson", "x.zip", "x"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        make_file(in_folder(bench, known[i]), "", 0);
        assert_refused(bench->ctx, bench->path, &plain, GEO_EREAD, "the file is empty");
    }
}

static void what_is_no_data_set_is_refused(void **state)
{
    static const struct geo_read_options nothing = {0};
    struct bench *bench = *state;
    make_file(in_folder(bench, "x.shp"), "hello", 5);
    assert_refused(bench->ctx, bench->path, &nothing, GEO_EREAD, "is not a vector data set");
    make_file(in_folder(bench, "x.zip"), "hello", 5);
    assert_refused(bench->ctx, bench->path, &nothing, GEO_EREAD, "holds no data set");
    assert_refused(bench->ctx, in_folder(bench, "none.shp"), &nothing, GEO_EREAD,
                   "none.shp: No such file or directory");
    assert_int_equal(mkdir(in_folder(bench, "empty"), 0700), 0);
    assert_refused(bench->ctx, in_folder(bench, "empty"), &nothing, GEO_EREAD,
                   "is a folder without layers");
    assert_refused(bench->ctx, "PG:host=/nowhere password=secret", &nothing, GEO_EREAD, "PG: ");
    assert_null(strstr(geo_ctx_message(bench->ctx), "secret"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_shapefile_arrives_whole),
        TEST(the_origin_says_what_the_input_is),
        TEST(every_shape_of_every_format_arrives),
        TEST(every_type_of_field_arrives),
        TEST(lists_arrive_as_json),
        TEST(a_drawing_arrives_in_the_crs_that_is_stated),
        TEST(heights_are_dropped_and_said_once),
        TEST(arcs_become_chords_close_to_the_arc),
        TEST(a_coordinate_that_is_not_finite_drops_its_feature),
        TEST(a_csv_gives_points_and_keeps_codes),
        TEST(a_csv_gives_the_shapes_of_its_wkt),
        TEST(a_place_of_a_csv_that_cannot_be_read_is_said),
        TEST(a_csv_prefers_wkt_wherever_it_stands),
        TEST(a_csv_takes_the_places_it_is_told),
        TEST(the_place_of_a_csv_that_is_to_blame_is_named),
        TEST(an_empty_cell_of_a_csv_is_null_unless_it_is_told),
        TEST(a_missing_crs_is_guessed_by_the_first_coordinates),
        TEST(degrees_in_a_projected_crs_are_refused),
        TEST(a_projected_layer_without_coordinates_is_fine),
        TEST(a_table_without_geometry_needs_no_crs),
        TEST(of_several_layers_one_must_be_named),
        TEST(a_folder_of_shapefiles_has_a_layer_for_each),
        TEST(a_zipped_shapefile_is_found_wherever_it_lies),
        TEST(inputs_are_united_column_by_column),
        TEST(an_empty_layer_gives_one_batch_with_its_columns),
        TEST(a_batch_is_a_source_that_gives_it_once),
        TEST(columns_and_features_are_selected),
        TEST(the_columns_there_are_are_listed_up_to_a_length),
        TEST(several_inputs_list_the_columns_of_all),
        TEST(a_filter_sees_the_columns_of_every_input),
        TEST(standard_input_is_read_only_once),
        TEST(damaged_shapefiles_are_refused),
        TEST(a_mapinfo_table_without_its_shapes_is_refused),
        TEST(shapes_and_records_must_be_as_many),
        TEST(a_damaged_record_is_no_end),
        TEST(an_empty_file_is_said_to_be_empty),
        TEST(what_is_no_data_set_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
