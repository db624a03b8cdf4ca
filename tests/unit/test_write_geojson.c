/* GeoJSON documents and lines. */
#include "write_help.h"

#include <math.h>
#include <yajl/yajl_tree.h>

#define GEO_MEMBER(fields)                                                                         \
    "\"geo\":{\"version\":\"" GEO_VERSION "\",\"tool\":\"geo-area 0.1.0\",\"edges\":\"geodesic\"," \
    "\"accuracy_m\":1,\"operation\":\"EPSG:6960\",\"fields\":{" fields "}}"

static const struct geo_provenance provenance = {
    .tool = "geo-area 0.1.0", .accuracy_m = 1, .operation = "EPSG:6960"};

static void a_document_has_one_feature_a_line(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "name", GEO_TYPE_TEXT);
    add_point(f, 105.5, 21.25);
    add_point(f, -0.00000001, -180e-9);
    set_text(f, name, 0, GEO_TYPE_TEXT, "Bình Xuyên");
    const char *path = in_folder(f, "out.geojson");
    write_batch(f, &(struct geo_write_options){.path = path, .provenance = provenance});
    assert_contents(
        path,
        "{\"type\":\"FeatureCollection\",\n" GEO_MEMBER(
            "\"name\":\"text\"") ",\n"
                                 "\"features\":[\n"
                                 "{\"type\":\"Feature\",\"properties\":{\"name\":\"Bình Xuyên\"},"
                                 "\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.5,21.25]}},\n"
                                 "{\"type\":\"Feature\",\"properties\":{\"name\":null},"
                                 "\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,-0.0000002]}}\n]}\n");
    assert_int_equal(count_entries(f->folder), 1);
}

static void lines_state_their_columns_in_the_first_feature_only(void **state)
{
    struct fixture *f = *state;
    add_column(f, "n", GEO_TYPE_INT);
    add_point(f, 1, 2);
    add_point(f, 3, 4);
    geo_batch_set_int(f->batch, 0, 1, INT64_MIN);
    const char *path = in_folder(f, "out.geojsonl");
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){.path = path, .provenance = provenance});
    put_batch(f, sink);
    put_batch(f, sink); /* the same again, as a second batch */
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
#define FIRST \
    "\"properties\":{\"n\":null},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}\n"
#define SECOND                                                           \
    "{\"type\":\"Feature\",\"properties\":{\"n\":-9223372036854775808}," \
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[3,4]}}\n"
    assert_contents(path,
                    "{\"type\":\"Feature\"," GEO_MEMBER(
                        "\"n\":\"int\"") "," FIRST SECOND "{\"type\":\"Feature\"," FIRST SECOND);
}

static void an_empty_layer_is_valid(void **state)
{
    struct fixture *f = *state;
    add_column(f, "n", GEO_TYPE_REAL);
    const char *document = in_folder(f, "out.json"), *lines = in_folder(f, "out.ndjson");
    write_batch(f, &(struct geo_write_options){.path = document, .provenance = provenance});
    assert_contents(document, "{\"type\":\"FeatureCollection\",\n" GEO_MEMBER(
                                  "\"n\":\"real\"") ",\n\"features\":[\n]}\n");
    write_batch(f, &(struct geo_write_options){.path = lines, .provenance = provenance});
    assert_contents(lines, "{\"type\":\"FeatureCollection\"," GEO_MEMBER(
                               "\"n\":\"real\"") ",\"features\":[]}\n");
}

static void dropped_features_leave_no_trace(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 4; i++)
        add_point(f, i, i);
    f->batch->dropped[0] = f->batch->dropped[2] = 1;
    const char *path = in_folder(f, "out.geojsonl");
    write_batch(f, &(struct geo_write_options){.path = path, .provenance = provenance});
    assert_contents(path, "{\"type\":\"Feature\"," GEO_MEMBER(
                              "") ",\"properties\":{},"
                                  "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,1]}}\n"
                                  "{\"type\":\"Feature\",\"properties\":{},"
                                  "\"geometry\":{\"type\":\"Point\",\"coordinates\":[3,3]}}\n");
}

/* The only line of a file as a tree, freed by the caller. */
static yajl_val parse(const char *path)
{
    char *text = contents(path), message[256] = "";
    yajl_val tree = yajl_tree_parse(text, message, sizeof message);
    if (!tree)
        print_error("%s\n%s\n", text, message);
    free(text);
    assert_non_null(tree);
    return tree;
}

static yajl_val member(yajl_val tree, const char *a, const char *b)
{
    const char *path[] = {a, b, NULL};
    yajl_val found = yajl_tree_get(tree, path, yajl_t_any);
    if (!found)
        fail_msg("there is no %s.%s", a, b ? b : "");
    return found;
}

static void every_type_comes_back(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {
        [GEO_TYPE_TEXT] =
            "a \"quoted\" \\ text\twith\nlines\x01, \xE2\x80\xA8 and \xF0\x9F\x98\x80",
        [GEO_TYPE_DATE] = "2024-02-29",
        [GEO_TYPE_TIME] = "23:59:58.5",
        [GEO_TYPE_DATETIME] = "2024-02-29T23:59:58+07:00",
        [GEO_TYPE_JSON] = "{\"a\":[1,\n2]}"};
    for (int type = GEO_TYPE_NULL; type <= GEO_TYPE_JSON; type++)
        add_column(f, geo_type_name((enum geo_type)type), (enum geo_type)type);
    add_point(f, 1, 2);
    geo_batch_set_bool(f->batch, GEO_TYPE_BOOL, 0, true);
    geo_batch_set_int(f->batch, GEO_TYPE_INT, 0, INT64_MAX);
    geo_batch_set_real(f->batch, GEO_TYPE_REAL, 0, 12);
    for (size_t type = GEO_TYPE_TEXT; type <= GEO_TYPE_JSON; type++)
        set_text(f, type, 0, (enum geo_type)type, texts[type]);
    const char *path = in_folder(f, "out.geojsonl");
    write_batch(f, &(struct geo_write_options){.path = path});
    yajl_val tree = parse(path);
    assert_true(YAJL_IS_NULL(member(tree, "properties", "null")));
    assert_true(YAJL_IS_TRUE(member(tree, "properties", "bool")));
    assert_true(YAJL_GET_INTEGER(member(tree, "properties", "int")) == INT64_MAX);
    assert_string_equal(YAJL_GET_NUMBER(member(tree, "properties", "real")), "12.0");
    for (size_t type = GEO_TYPE_TEXT; type < GEO_TYPE_JSON; type++)
        assert_string_equal(
            YAJL_GET_STRING(member(tree, "properties", geo_type_name((enum geo_type)type))),
            texts[type]);
    assert_int_equal(YAJL_GET_ARRAY(member(member(tree, "properties", "json"), "a", NULL))->len, 2);
    yajl_tree_free(tree);
    char *text = contents(path); /* a line is a line */
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
    free(text);
}

static void an_empty_text_is_not_null(void **state)
{
    struct fixture *f = *state;
    size_t name = add_column(f, "", GEO_TYPE_TEXT);
    end_feature(f, GEO_SHAPE_NULL);
    set_text(f, name, 0, GEO_TYPE_TEXT, "");
    const char *path = in_folder(f, "out.geojsonl");
    write_batch(f, &(struct geo_write_options){.path = path});
    char *text = contents(path);
    assert_non_null(strstr(text, "\"properties\":{\"\":\"\"},"));
    free(text);
}

static void texts_of_every_length_and_byte_are_escaped(void **state)
{
    struct fixture *f = *state;
    size_t column = add_column(f, "quote\" and \\", GEO_TYPE_TEXT);
    char text[64];
    const char *path = in_folder(f, "out.geojsonl");
    for (int byte = 1; byte < 0x80; byte++) {
        size_t n = (size_t)byte % 20, at = (size_t)byte % (n + 1);
        memset(text, 'x', n + 1);
        text[at] = (char)byte;
        text[n + 1] = '\0';
        geo_batch_clear(f->batch);
        column = add_column(f, "quote\" and \\", GEO_TYPE_TEXT);
        add_point(f, 0, 0);
        set_text(f, column, 0, GEO_TYPE_TEXT, text);
        write_batch(f, &(struct geo_write_options){.path = path, .overwrite = true});
        yajl_val tree = parse(path);
        assert_string_equal(YAJL_GET_STRING(member(tree, "properties", "quote\" and \\")), text);
        yajl_tree_free(tree);
    }
}

/* The geometry of the only feature, as written. */
static void assert_geometry(struct fixture *f, const struct geo_write_options *options,
                            const char *expected)
{
    struct geo_write_options with_path = *options;
    with_path.path = in_folder(f, "geometry.geojsonl");
    with_path.overwrite = true;
    write_batch(f, &with_path);
    char *text = contents(with_path.path), *at = strstr(text, "\"geometry\":");
    assert_non_null(at);
    at[strlen(at) - 2] = '\0'; /* }\n */
    assert_string_equal(at + strlen("\"geometry\":"), expected);
    free(text);
    geo_batch_clear(f->batch);
}

static void every_shape_is_written_as_it_is(void **state)
{
    struct fixture *f = *state;
    const struct geo_write_options plain = {0};
    static const double outer[] = {0, 0, 9, 0, 9, 9, 0, 0}, inner[] = {5, 1, 6, 2, 6, 1, 5, 1};
    end_feature(f, GEO_SHAPE_NULL);
    assert_geometry(f, &plain, "null");
    end_feature(f, GEO_SHAPE_MULTIPOLYGON);
    assert_geometry(f, &plain, "{\"type\":\"MultiPolygon\",\"coordinates\":[]}");
    end_feature(f, GEO_SHAPE_COLLECTION);
    assert_geometry(f, &plain, "{\"type\":\"GeometryCollection\",\"geometries\":[]}");
    add_line(f, outer, 3);
    assert_geometry(f, &plain, "{\"type\":\"LineString\",\"coordinates\":[[0,0],[9,0],[9,9]]}");
    for (int i = 0; i < 2; i++) {
        add_ring(f, inner, 1);
        end_part(f, GEO_KIND_POINT);
    }
    end_feature(f, GEO_SHAPE_MULTIPOINT);
    assert_geometry(f, &plain, "{\"type\":\"MultiPoint\",\"coordinates\":[[5,1],[5,1]]}");
    add_ring(f, outer, 2);
    end_part(f, GEO_KIND_LINE);
    end_feature(f, GEO_SHAPE_MULTILINE);
    assert_geometry(f, &plain, "{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[9,0]]]}");
    add_ring(f, outer, 4);
    add_ring(f, inner, 4);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    assert_geometry(f, &plain,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],"
                    "[[5,1],[6,2],[6,1],[5,1]]]}");
    add_ring(f, outer, 4);
    end_part(f, GEO_KIND_POLYGON);
    add_ring(f, inner, 1);
    end_part(f, GEO_KIND_POINT);
    end_feature(f, GEO_SHAPE_COLLECTION);
    assert_geometry(f, &plain,
                    "{\"type\":\"GeometryCollection\",\"geometries\":["
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]]]},"
                    "{\"type\":\"Point\",\"coordinates\":[5,1]}]}");
}

static void precision_is_as_asked_for(void **state)
{
    struct fixture *f = *state;
    add_point(f, 100.123456789012345, 0);
    assert_geometry(f, &(struct geo_write_options){0},
                    "{\"type\":\"Point\",\"coordinates\":[100.1234568,0]}");
    add_point(f, 100.123456789012345, 0);
    assert_geometry(f, &(struct geo_write_options){.precision = 3},
                    "{\"type\":\"Point\",\"coordinates\":[100.123,0]}");
    add_point(f, 100.5, 0);
    assert_geometry(f, &(struct geo_write_options){.precision_set = true},
                    "{\"type\":\"Point\",\"coordinates\":[100,0]}");
    assert_refused(f, &(struct geo_write_options){.precision = 16}, GEO_EARG, "0 to 15");
    assert_refused(f, &(struct geo_write_options){.precision = -1}, GEO_EARG, "0 to 15");
}

static void vertices_that_coincide_once_rounded_are_written_once(void **state)
{
    struct fixture *f = *state;
    const struct geo_write_options plain = {0};
    static const double close_by[] = {0, 0, 1e-9, 0, 1, 0, 1, 1, 1, 1 + 1e-8, 1e-9, 1e-9, 0, 0};
    add_polygon(f, close_by, 7);
    assert_geometry(f, &plain,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}");
    add_line(f, close_by, 4);
    assert_geometry(f, &plain, "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,0],[1,1]]}");
}

static void what_would_collapse_keeps_its_vertices_and_gets_decimals(void **state)
{
    struct fixture *f = *state;
    const struct geo_write_options plain = {0};
    static const double tiny[] = {1, 1, 1 + 2e-9, 1, 1, 1 + 2e-9, 1, 1};
    add_polygon(f, tiny, 4);
    assert_geometry(f, &plain,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[1.000000002,1],"
                    "[1,1.000000002],[1,1]]]}");
    add_line(f, tiny, 2);
    assert_geometry(f, &plain, "{\"type\":\"LineString\",\"coordinates\":[[1,1],[1.000000002,1]]}");
    add_polygon(f, tiny, 4);
    assert_geometry(f, &(struct geo_write_options){.precision = 15},
                    "{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[1.000000002,1],"
                    "[1,1.000000002],[1,1]]]}");
}

/* A polygon whose notch ends 3e-8 degrees above its lower side. */

static void a_polygon_that_rounding_would_spoil_keeps_12_decimals(void **state)
{
    struct fixture *f = *state;
    const struct geo_write_options plain = {0}, coarse = {.precision = 3};
    static const double notch[] = {105,         21,  105.001, 21,  105.001, 21.001, 105.0005000312,
                                   21.00000003, 105, 21.001,  105, 21};
    static const double outer[] = {0, 0, 9, 0.0004, 9, 9, 0, 9, 0, 0};
    static const double hole[] = {1, 8.9996, 2, 8, 1, 8, 1, 8.9996};
    static const double above[] = {0, 9.0004, 9, 9.0004, 5, 12, 0, 9.0004};
    add_polygon(f, notch, 6);
    assert_geometry(f, &plain,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[105,21],[105.001,21],"
                    "[105.001,21.001],[105.0005000312,21.00000003],[105,21.001],[105,21]]]}");
    add_polygon(f, notch, 6); /* on these decimals it is what it is */
    assert_geometry(f, &(struct geo_write_options){.precision = 11},
                    "{\"type\":\"Polygon\",\"coordinates\":[[[105,21],[105.001,21],"
                    "[105.001,21.001],[105.0005000312,21.00000003],[105,21.001],[105,21]]]}");
    add_ring(f, outer, 5); /* a hole that comes to touch its exterior */
    add_ring(f, hole, 4);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_POLYGON);
    assert_geometry(f, &coarse,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0.0004],[9,9],[0,9],[0,0]],"
                    "[[1,8.9996],[2,8],[1,8],[1,8.9996]]]}");
    add_ring(f, outer, 5); /* parts that come to touch each other */
    end_part(f, GEO_KIND_POLYGON);
    add_ring(f, above, 4);
    end_part(f, GEO_KIND_POLYGON);
    end_feature(f, GEO_SHAPE_MULTIPOLYGON);
    assert_geometry(f, &coarse,
                    "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0.0004],[9,9],[0,9],"
                    "[0,0]]],[[[0,9.0004],[9,9.0004],[5,12],[0,9.0004]]]]}");
    add_polygon(f, outer, 5); /* alone it may be rounded */
    assert_geometry(f, &coarse,
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,9],[0,0]]]}");
}

static void a_polygon_on_its_decimals_stays_as_it_is(void **state)
{
    struct fixture *f = *state;
    static const double touching[] = {0, 0, 0.2, 0, 0.2, 0.2, 0.1, 0, 0, 0.2, 0, 0};
    add_polygon(f, touching, 6);
    assert_geometry(f, &(struct geo_write_options){.precision = 1},
                    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0.2,0],[0.2,0.2],[0.1,0],"
                    "[0,0.2],[0,0]]]}");
}

static void features_get_their_id_and_bbox(void **state)
{
    struct fixture *f = *state;
    assert_ok(f->ctx, geo_batch_want_id(f->ctx, f->batch));
    add_square(f, 10, 20);
    add_square(f, 179.5, 0);
    end_feature(f, GEO_SHAPE_NULL);
    f->batch->id.value[0].integer = 7;
    f->batch->id.cell_type[0] = GEO_TYPE_INT;
    size_t at;
    assert_ok(f->ctx, geo_batch_add_text(f->ctx, f->batch, "b", 1, &at));
    f->batch->id.value[1].text.at = at;
    f->batch->id.value[1].text.n = 1;
    f->batch->id.cell_type[1] = GEO_TYPE_TEXT;
    const char *path = in_folder(f, "out.geojson");
    write_batch(f, &(struct geo_write_options){
                       .path = path, .bbox = true, .provenance.edges = GEO_EDGES_LONLAT});
    char *text = contents(path);
    assert_non_null(strstr(text, "{\"type\":\"Feature\",\"id\":7,\"bbox\":[10,20,11,21],"));
    assert_non_null(strstr(text, "\"id\":\"b\",\"bbox\":[179.5,0,-179.5,1],"));
    assert_non_null(strstr(text, "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}"));
    assert_non_null(strstr(text, "\"edges\":\"lonlat\""));
    free(text);
}

static void a_bbox_tells_on_which_side_of_the_antimeridian_it_lies(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double line[6];
        const char *bbox;
    } known[] = {
        {{179, 0, 181, 1, 180, 2}, "[179,0,-179,2]"},
        {{-181, 0, -179, 1, -180, 2}, "[179,0,-179,2]"},
        {{180, 0, 181, 1, 180.5, 2}, "[-180,0,-179,2]"},
        {{-180, 0, -181, 1, -180.5, 2}, "[179,0,180,2]"},
        {{-180, 0, -179, 1, -180, 2}, "[-180,0,-179,2]"},
        {{-180, 0, 0, 1, 180, 2}, "[-180,0,180,2]"},
        {{-170, 0, 10, 1, 190, 2}, "[-180,0,180,2]"},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        geo_batch_clear(f->batch);
        add_line(f, known[i].line, 3);
        const char *path = in_folder(f, "out.geojsonl");
        write_batch(f, &(struct geo_write_options){.path = path,
                                                   .overwrite = true,
                                                   .bbox = true,
                                                   .provenance.edges = GEO_EDGES_LONLAT});
        yajl_val tree = parse(path);
        char got[64] = "[";
        for (size_t k = 0; k < 4; k++)
            sprintf(got + strlen(got), "%s%s",
                    YAJL_GET_NUMBER(YAJL_GET_ARRAY(member(tree, "bbox", NULL))->values[k]),
                    k < 3 ? "," : "]");
        assert_string_equal(got, known[i].bbox);
        yajl_tree_free(tree);
    }
}

static void a_coordinate_out_of_range_is_skipped_and_told(void **state)
{
    struct fixture *f = *state;
    static const double bad[][2] = {{541, 0}, {0, 91}, {NAN, 0}, {0, INFINITY}};
    for (size_t i = 0; i < COUNT(bad); i++)
        add_point(f, bad[i][0], bad[i][1]);
    add_point(f, 190, 0);
    assert_geometry(f, &(struct geo_write_options){0},
                    "{\"type\":\"Point\",\"coordinates\":[-170,0]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_has_one_feature_a_line),
        TEST(lines_state_their_columns_in_the_first_feature_only),
        TEST(an_empty_layer_is_valid),
        TEST(dropped_features_leave_no_trace),
        TEST(every_type_comes_back),
        TEST(an_empty_text_is_not_null),
        TEST(texts_of_every_length_and_byte_are_escaped),
        TEST(every_shape_is_written_as_it_is),
        TEST(precision_is_as_asked_for),
        TEST(vertices_that_coincide_once_rounded_are_written_once),
        TEST(what_would_collapse_keeps_its_vertices_and_gets_decimals),
        TEST(a_polygon_that_rounding_would_spoil_keeps_12_decimals),
        TEST(a_polygon_on_its_decimals_stays_as_it_is),
        TEST(features_get_their_id_and_bbox),
        TEST(a_bbox_tells_on_which_side_of_the_antimeridian_it_lies),
        TEST(a_coordinate_out_of_range_is_skipped_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
