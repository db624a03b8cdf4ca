/* Our own GeoJSON reader. What it reads is written down as text (batch_text.h), so that a row is an
 * input and what it means. */
#include "batch_text.h"
#include "near.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/geojson.h"
#include "read/geojson_number.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const struct geo_read_options none;

/* Chunks so small that every token is cut somewhere, and the usual one. */
static const size_t chunks[] = {1, 2, 3, 5, 7, 64, GEO_GEOJSON_CHUNK};

/* ---- reading ---- */

/* The next batch, cleared and given its columns as a source does it. */
static enum geo_status next_batch(struct geo_ctx *ctx, struct geo_input *input,
                                  struct geo_batch *batch)
{
    geo_batch_clear(batch);
    add_fields(ctx, input, batch);
    return input->next(ctx, input->self, batch);
}

/* Reads all of an input; the text is the caller's. A failure is its last line. */
static char *read_all(struct geo_ctx *ctx, const char *path, const struct geo_read_options *options,
                      size_t chunk)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    assert_non_null(out);
    assert_non_null(batch);
    enum geo_status status = geo_geojson_open_by(ctx, path, options, chunk, &input);
    bool is_open = status == GEO_OK;
    while (status == GEO_OK)
        if ((status = next_batch(ctx, &input, batch)) == GEO_OK) {
            print_features(out, batch);
            print_notes(out, batch);
        }
    if (status != GEO_END)
        fprintf(out, "%s", geo_ctx_message(ctx));
    if (is_open)
        close_input(ctx, &input);
    else
        assert_null(input.self);
    geo_batch_free(batch);
    fclose(out);
    return text;
}

/* Tests run in a folder of their own. */
static const char *file_of(const char *text, size_t n)
{
    unlink("in.geojson"); /* writing over it would wait for the disk */
    FILE *file = fopen("in.geojson", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return "in.geojson";
}

/* Makes a text standard input, through a pipe that holds it. */
static void pipe_in(const char *text, size_t n)
{
    int end[2];
    assert_int_equal(pipe(end), 0);
    assert_int_equal(write(end[1], text, n), (ssize_t)n);
    assert_int_equal(dup2(end[0], STDIN_FILENO), STDIN_FILENO);
    close(end[0]);
    close(end[1]);
}

struct row {
    const char *name, *text, *expected;
};

static void check_rows(struct geo_ctx *ctx, const struct row *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < COUNT(chunks); c++) {
            const char *path = file_of(row[i].text, strlen(row[i].text));
            char *text = read_all(ctx, path, &none, chunks[c]);
            if (strcmp(text, row[i].expected))
                print_error("%s, %zu bytes at once:\n", row[i].name, chunks[c]);
            assert_string_equal(text, row[i].expected);
            free(text);
        }
}

/* ---- geometry ---- */

#define G(type, coordinates) "{\"type\":\"" type "\",\"coordinates\":" coordinates "}"
#define F(geometry) "{\"type\":\"Feature\",\"properties\":null,\"geometry\":" geometry "}"
#define P(properties) "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":null}"

static void every_geometry_type_becomes_parts(void **state)
{
    static const struct row rows[] = {
        {"point", G("Point", "[105.5,21.25]"), "0 Point p(105.5 21.25)\n"},
        {"line", G("LineString", "[[1,2],[3,4],[5,6]]"), "0 LineString l(1 2,3 4,5 6)\n"},
        {"polygon with a hole",
         G("Polygon", "[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]"),
         "0 Polygon a(0 0,9 0,9 9,0 0|1 1,2 1,2 2,1 1)\n"},
        {"open ring", G("Polygon", "[[[0,0],[9,0],[9,9]]]"), "0 Polygon a(0 0,9 0,9 9)\n"},
        {"points", G("MultiPoint", "[[1,2],[3,4]]"), "0 MultiPoint p(1 2) p(3 4)\n"},
        {"lines", G("MultiLineString", "[[[1,2],[3,4]],[[5,6],[7,8]]]"),
         "0 MultiLineString l(1 2,3 4) l(5 6,7 8)\n"},
        {"polygons",
         G("MultiPolygon", "[[[[0,0],[1,0],[0,0]],[[2,2],[3,3],[2,2]]],[[[5,5],[6,6],[5,5]]]]"),
         "0 MultiPolygon a(0 0,1 0,0 0|2 2,3 3,2 2) a(5 5,6 6,5 5)\n"},
        {"nested collections",
         "{\"type\":\"GeometryCollection\",\"geometries\":[" G(
             "Point",
             "[1,2]") ","
                      "{\"geometries\":[" G(
                          "LineString",
                          "[[3,4],[5,6]]") ",{\"type\":\"GeometryCollection\","
                                           "\"geometries\":[]}],\"type\":\"GeometryCollection\"}," G(
                                               "MultiPoint", "[[7,8],[9,0]]") "]}",
         "0 GeometryCollection p(1 2) l(3 4,5 6) p(7 8) p(9 0)\n"},
        {"no geometry", F("null"), "0 null\n"},
        {"a feature without geometry", "{\"type\":\"Feature\"}", "0 null\n"},
        {"empty point", F(G("Point", "[]")), "0 Point\n"},
        {"empty polygons", F(G("MultiPolygon", "[[],[[]]]")), "0 MultiPolygon\n"},
        {"empty line of several", F(G("MultiLineString", "[[],[[1,2],[3,4]]]")),
         "0 MultiLineString l(1 2,3 4)\n"},
        {"empty hole", F(G("Polygon", "[[[0,0],[1,0],[0,0]],[]]")), "0 Polygon a(0 0,1 0,0 0)\n"},
        {"heights", F(G("LineString", "[[1,2,3],[4,5,6,7]]")) F(G("Point", "[1,2,3]")),
         "0 LineString l(1 2,4 5)\n1 Point p(1 2)\ninfo -1: heights (Z) were left out\n"},
    };
    check_rows(*state, rows, COUNT(rows));
}

static void members_come_in_any_order(void **state)
{
    static const struct row rows[] = {
        {"type after coordinates", "{\"coordinates\":[[1,2],[3,4]],\"type\":\"MultiPoint\"}",
         "0 MultiPoint p(1 2) p(3 4)\n"},
        {"type last of all",
         "{\"properties\":{\"a\":1},\"id\":\"x\",\"geometry\":{\"coordinates\":[1,2],\"type\":"
         "\"Point\"},\"type\":\"Feature\"}",
         "0 Point p(1 2) a=1:int id=x:text\n"},
        {"a collection that says so at the end",
         "{\"features\":[" F(G("Point", "[1,2]")) "," F("null") "],\"name\":\"x\",\"type\":"
                                                                "\"FeatureCollection\"}",
         "0 Point p(1 2)\n1 null\n"},
        {"unknown members",
         "{\"bbox\":[1,[2,{\"type\":\"Feature\"}]],\"type\":\"Feature\",\"coordinates\":\"none\",\"x\":{"
         "\"geometry\":5},\"geometry\":{\"bbox\":[0,0],\"type\":\"Point\",\"coordinates\":[1,2]}}",
         "0 Point p(1 2)\n"},
        {"the last of two geometries",
         "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[\"no\"]},\"geometry\":" G(
             "Point", "[3,4]") "}",
         "0 Point p(3 4)\n"},
        {"the last of two lists of coordinates",
         F("{\"coordinates\":[[1,2],[3,4]],\"type\":\"Point\",\"coordinates\":[5,6]}"),
         "0 Point p(5 6)\n"},
    };
    check_rows(*state, rows, COUNT(rows));
}

static void a_feature_that_makes_no_sense_is_left_out_and_named(void **state)
{
    static const char nesting[] = "coordinates are not nested as the geometry's type asks";
    static const struct {
        const char *geometry, *why;
    } rows[] = {
        {G("Point", "[1]"), "position has fewer than two numbers"},
        {G("LineString", "[[1,2],[3]]"), "position has fewer than two numbers"},
        {G("Point", "[1e999,2]"), "coordinate is too large for a number: 1e999"},
        {G("Point", "[1,-1e400]"), "coordinate is too large for a number: -1e400"},
        {G("Point", "[null,2]"), "coordinate is not a number: null"},
        {G("Point", "[\"105\",\"21\"]"), "coordinate is not a number: 105"},
        {G("Point", "[{\"x\":[1]},2]"), "coordinate is not a number"},
        {G("Point", "[[1,2]]"), nesting},
        {G("LineString", "[1,2]"), nesting},
        {G("LineString", "[[1,2],[]]"), nesting},
        {G("Polygon", "[[1,2],[3,4]]"), nesting},
        {G("Polygon", "[[[1,2],[3,4],[[5,6]]]]"), nesting},
        {G("Polygon", "[[[1,2],3]]"), nesting},
        {G("Polygon", "[[[1,2,[3]]]]"), nesting},
        {G("MultiPolygon", "[[[[]]]]"), nesting},
        {G("MultiPolygon", "[[[[[1,2]]]]]"), nesting},
        {G("Polygon", "[[],[[1,2],[3,4],[1,2]]]"), "polygon has holes but no exterior ring"},
        {G("Point", "7"), "coordinates are no array"},
        {G("Point", "{\"x\":1}"), "coordinates are no array"},
        {G("CircularString", "[[1,2]]"),
         "geometry is of a type that GeoJSON does not have: CircularString"},
        {G("Feature", "[1,2]"), "geometry is of a type that GeoJSON does not have: Feature"},
        {"{\"coordinates\":[1,2]}", "geometry has no type"},
        {"{\"type\":\"Point\"}", "geometry lacks its coordinates or has geometries"},
        {"{\"type\":\"GeometryCollection\",\"coordinates\":[]}",
         "geometry collection lacks its geometries or has coordinates"},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[5]}", "geometry is no object"},
        {"{\"type\":\"GeometryCollection\",\"geometries\":{}}",
         "geometries of a collection are no array"},
        {"[1,2]", "geometry is no object"},
        {"\"POINT(1 2)\"", "geometry is no object"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[600], expected[600];
        snprintf(text, sizeof text,
                 "%s\n{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":%s}\n%s",
                 F("null"), rows[i].geometry, G("Point", "[3,4]"));
        snprintf(expected, sizeof expected,
                 "0 null\n1 dropped a=1:int\n2 Point p(3 4)\nskipped 1: %s\n", rows[i].why);
        check_rows(*state, &(struct row){rows[i].geometry, text, expected}, 1);
    }
}

/* ---- properties ---- */

static void values_become_typed_cells(void **state)
{
    static const struct row rows[] = {
        {"every type",
         P("{\"t\":\"x\",\"i\":-7,\"r\":2.5,\"e\":1e2,\"b\":true,\"f\":false,\"n\":null}"),
         "0 null t=x:text i=-7:int r=2.5:real e=100:real b=true:bool f=false:bool\n"},
        {"the limits of integers",
         P("{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":10000000000000000000000,\"d\":-0}"),
         "0 null a=9223372036854775807:int b=-9223372036854775808:int c=1e+22:real "
         "d=0:int\n"},
        {"JSON is written again compactly",
         P("{\"a\": [ 1 , 2.50, [ ], { } , \"q\\\"\\\\\\n\\u0001\\u00e9\" ] , \"b\": {\"k\" : null, \"l\":"
           " [true , false]}}"),
         "0 null a=[1,2.50,[],{},\"q\\\"\\\\\\n\\u0001é\"]:json b={\"k\":null,\"l\":[true,false]}:json\n"},
        {"the last of two values", P("{\"a\":1,\"b\":2,\"a\":\"x\"}") P("{\"a\":1,\"a\":null}"),
         "0 null a=x:text b=2:int\n1 null\n"},
        {"the last of two lists of properties",
         "{\"type\":\"Feature\",\"properties\":{\"a\":1},\"properties\":{\"b\":2}}",
         "0 null b=2:int\n"},
        {"identifiers",
         "{\"type\":\"Feature\",\"id\":\"KCN-01\"}{\"type\":\"Feature\",\"id\":5}{\"type\":\"Feature\",\"id\":"
         "null}{\"type\":\"Feature\",\"id\":[1]}{\"type\":\"Feature\"}",
         "0 null id=KCN-01:text\n1 null id=5:int\n2 null\n3 null\n4 null\n"},
        {"a number beyond doubles", P("{\"a\":1e999,\"b\":1}"),
         "0 null b=1:int\ninfo 0: number is too large for a cell: left out\n"},
        {"properties that are a list", P("[{\"a\":1}]") P("[]") P("5"),
         "0 null\n1 null\n2 null\ninfo 0: properties are no object: left out\n"
         "info 1: properties are no object: left out\ninfo 2: properties are no object: left out\n"},
        {"properties of a collection are not those of a feature",
         "{\"properties\":{\"x\":1},\"features\":[" P(
             "{\"a\":1}") "],\"type\":\"FeatureCollection\"}",
         "0 null a=1:int\n"},
    };
    check_rows(*state, rows, COUNT(rows));
}

static void text_is_unescaped_and_composed(void **state)
{
    static const struct row rows[] = {
        {"escapes", P("{\"a\":\"\\\"\\\\\\/\\t\\u0041\\u00e9\\u1ec7\"}"),
         "0 null a=\"\\/\tAéệ:text\n"},
        {"surrogates", P("{\"a\":\"\\ud83d\\ude00 \\\\ud83d \\\\\\uD83D\\uDE00\"}"),
         "0 null a=😀 \\ud83d \\😀:text\n"},
        /* NFD of "Vĩnh Phúc", of "Tên", and of "ệ" in JSON text: UAX #15 */
        {"composition",
         P("{\"T\x65\xcc\x82n\":\"Vi\xcc\x83nh Phu\xcc\x81\x63\",\"j\":[\"e\\u0323\\u0302\"]}"),
         "0 null Tên=Vĩnh Phúc:text j=[\"ệ\"]:json\n"},
        {"two spellings of one name", P("{\"e\xcc\x82\":1}") P("{\"ê\":2}") P("{\"e\xcc\x82\":3}"),
         "0 null ê=1:int\n1 null ê=2:int\n2 null ê=3:int\n"},
    };
    check_rows(*state, rows, COUNT(rows));
}

static void columns_keep_their_places(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    FILE *file = fopen("in.geojson", "w");
    for (int i = 0; i < 3000; i++)
        fprintf(file, i == 5      ? P("{\"b\":1,\"a\":2}") "\n"
                      : i == 2000 ? P("{\"c\":\"x\",\"a\":0.5}") "\n"
                                  : P("{\"a\":1,\"b\":2}") "\n");
    fclose(file);
    assert_ok(ctx, geo_geojson_open(ctx, "in.geojson", &none, &input));
    assert_int_equal(input.count, -1);
    assert_int_equal(input.fields.n, 0);
    static const size_t features[] = {1024, 1024, 952}, columns[] = {2, 3, 3};
    for (size_t k = 0; k < 3; k++) {
        assert_ok(ctx, next_batch(ctx, &input, batch));
        assert_int_equal(batch->n, features[k]);
        assert_int_equal(batch->fid[0], 1024 * k);
        assert_int_equal(batch->column_count, columns[k]);
        assert_string_equal(batch->column[0].name, "a");
        assert_string_equal(batch->column[1].name, "b");
        assert_int_equal(batch->column[0].type, k == 0 ? GEO_TYPE_INT : GEO_TYPE_REAL);
    }
    assert_string_equal(batch->column[2].name, "c");
    assert_int_equal(batch->column[2].type, GEO_TYPE_TEXT);
    assert_int_equal(next_batch(ctx, &input, batch), GEO_END);
    assert_int_equal(next_batch(ctx, &input, batch), GEO_END);
    close_input(ctx, &input);
    geo_batch_free(batch);
}

static void a_batch_ends_with_the_vertex_that_fills_it(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    FILE *file = fopen("in.geojson", "w");
    for (int i = 0; i < 20; i++) {
        fprintf(file, "{\"type\":\"LineString\",\"coordinates\":[");
        for (int v = 0; v < 10000; v++)
            fprintf(file, "%s[%d,%d]", v ? "," : "", v % 10, i);
        fprintf(file, "]}");
    }
    fclose(file);
    assert_ok(ctx, geo_geojson_open(ctx, "in.geojson", &none, &input));
    static const size_t features[] = {7, 7, 6};
    for (size_t k = 0; k < COUNT(features); k++) {
        assert_ok(ctx, next_batch(ctx, &input, batch));
        assert_int_equal(batch->n, features[k]);
        assert_int_equal(batch->vertex_count, 10000 * features[k]);
    }
    assert_int_equal(next_batch(ctx, &input, batch), GEO_END);
    close_input(ctx, &input);
    geo_batch_free(batch);
}

static void select_keeps_columns(void **state)
{
    static const char text[] = P("{\"a\":1,\"b\":2,\"c\":3}") "\n" P("{\"c\":4,\"d\":5}") "\n";
    static const struct {
        const char *select;
        bool fixed;
        const char *expected;
    } rows[] = {
        {"a,c", false, "0 null a=1:int c=3:int\n1 null c=4:int\n"},
        {"c,a,c", true, "0 null a=1:int c=3:int\n1 null c=4:int\n"},
        {"d", false, "0 null\n1 null d=5:int\n"},
        {"a,x", false, "in.geojson has no column 'x'; it has a, b, c, d"},
        {"a,x", true, "in.geojson has no column 'x'; it has a, b, c, d"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct geo_read_options options = {.select = rows[i].select,
                                           .fixed_columns = rows[i].fixed};
        char *read = read_all(*state, file_of(text, strlen(text)), &options, 16);
        assert_string_equal(read, rows[i].expected);
        free(read);
    }
}

/* ---- texts ---- */

static void lines_sequences_and_documents_are_read(void **state)
{
    static const struct row rows[] = {
        {"lines", P("{\"a\":1}") "\n" P("{\"a\":2}") "\n", "0 null a=1:int\n1 null a=2:int\n"},
        {"lines without the last line's end", P("{\"a\":1}") "\r\n" P("{\"a\":2}"),
         "0 null a=1:int\n1 null a=2:int\n"},
        {"blank lines between", "\n \n" P("{\"a\":1}") "\n\n\t\n" P("{\"a\":2}") "\n\n",
         "0 null a=1:int\n1 null a=2:int\n"},
        {"a sequence of RFC 8142", "\x1e" P("{\"a\":1}") "\n\x1e" P("{\"a\":2}") "\n",
         "0 null a=1:int\n1 null a=2:int\n"},
        {"a byte order mark", "\xef\xbb\xbf" P("{\"a\":1}"), "0 null a=1:int\n"},
        {"a document over lines",
         "{ \"type\" : \"FeatureCollection\" ,\n\t\"features\" : [\n" P("{\"a\":1}") " ,\n" P(
             "{\"a\":2}") "\r\n] }\n",
         "0 null a=1:int\n1 null a=2:int\n"},
        {"documents and lines after each other",
         "{\"type\":\"FeatureCollection\",\"features\":[]}\n" P("{\"a\":1}") "\n" G(
             "Point", "[1,2]") "{\"type\":\"FeatureCollection\",\"features\":[" P("{\"a\":2}") "]}",
         "0 null a=1:int\n1 Point p(1 2)\n2 null a=2:int\n"},
        {"an empty layer", "{\"type\":\"FeatureCollection\",\"features\":[]}", ""},
    };
    check_rows(*state, rows, COUNT(rows));
}

/* yajl names a place at the last character that it could take. */
static const struct row refused[] = {
    {"nothing", "", "in.geojson: the file is empty"},
    {"blanks", " \n\n", "in.geojson: there is no object of GeoJSON in it"},
    {"an array", "[" F("null") "]",
     "in.geojson:1:1: an array stands where an object of GeoJSON should be"},
    {"a number", "12", "in.geojson:1:2: a value that is no object is not GeoJSON"},
    {"TopoJSON", "\n{\"type\":\"Topology\"}",
     "in.geojson:2:18: an object of type \"Topology\" is not GeoJSON"},
    {"no type", F("null") "\n{\"a\":1}",
     "in.geojson:2:7: an object without \"type\" is not GeoJSON"},
    {"a type that is no text", "{\"type\":[\"Feature\"]}",
     "in.geojson:1:9: an object of type \"\" is not GeoJSON"},
    {"no features", "{\"type\":\"FeatureCollection\"}",
     "in.geojson:1:28: a FeatureCollection without \"features\""},
    {"features that are no array", "{\"type\":\"FeatureCollection\",\"features\":{}}",
     "in.geojson:1:40: \"features\" is not an array"},
    {"null in features", "{\"type\":\"FeatureCollection\",\"features\":[null]}",
     "in.geojson:1:44: an element of \"features\" is no object"},
    {"a geometry in features",
     "{\"type\":\"FeatureCollection\",\"features\":[\n" G("Point", "[1,2]") "]}",
     "in.geojson:2:15: an object of type \"Point\" stands where a Feature should be"},
    {"two lists of features", "{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}",
     "in.geojson:1:52: a second \"features\" in one object"},
    {"features in a feature", "{\"features\":[],\"type\":\"Feature\"}",
     "in.geojson:1:32: an object mixes the members of collections, features and geometries"},
    {"coordinates in a feature", "{\"coordinates\":[1,2],\"type\":\"Feature\"}",
     "in.geojson:1:38: an object mixes the members of collections, features and geometries"},
    {"not a number of JSON", "\n\n{\"type\":\"Feature\",\"properties\":{\n  \"é\":1,\"ê\":NaN}}",
     "in.geojson:4:13: not JSON: invalid char in json text"},
    {"a comma too many", G("Point", "[1,2,]"),
     "in.geojson:1:36: not JSON: unallowed token at this point in JSON text"},
    {"invalid UTF-8", "{\"type\":\"Feature\",\"properties\":{\"a\":\"b\xff\"}}",
     "in.geojson:1:39: not JSON: invalid bytes in UTF8 string"},
    {"a surrogate in UTF-8", P("{\"a\":\"\xed\xa0\x80\"}"),
     "in.geojson:1:57: the text of property 'a' is not UTF-8"},
    {"half a surrogate pair", "{\"type\":\"Feature\",\"properties\":{\"a\":\"\\ud83dx\"}}",
     "in.geojson:1:44: half of a surrogate pair stands alone"},
    {"the other half", "{\"type\":\"Feature\",\"properties\":{\"a\":\"\\ude00\"}}",
     "in.geojson:1:43: half of a surrogate pair stands alone"},
    {"a bracket too many", F("null") "}",
     "in.geojson:1:53: not JSON: unallowed token at this point in JSON text"},
    {"a record in a record", "\x1e" P("{}") "\n\x1e{\"type\":\n\x1e" P("{}"),
     "in.geojson:3:1: a record begins before the last one ended"},
    {"cut in a feature", F("null") "\n{\"type\":\"Feature\",\"prop",
     "in.geojson:2:23: the input ends in the middle of a value"},
    {"cut between features", "{\"type\":\"FeatureCollection\",\"features\":[" F("null") ",\n",
     "in.geojson:2:1: the input ends in the middle of a value"},
    {"a zero in a name", P("{\"a\\u0000b\":1}"),
     "in.geojson:1:62: a property's name holds a zero character"},
};

static void what_is_not_geojson_is_refused_with_its_place(void **state)
{
    for (size_t i = 0; i < COUNT(refused); i++) {
        char *text = read_all(*state, file_of(refused[i].text, strlen(refused[i].text)), &none,
                              GEO_GEOJSON_CHUNK);
        if (strcmp(text, refused[i].expected))
            print_error("%s:\n", refused[i].name);
        assert_string_equal(text, refused[i].expected);
        free(text);
    }
}

static void where_a_text_is_cut_it_is_refused(void **state)
{
    static const char text[] = "{\"type\":\"FeatureCollection\",\"features\":[" P(
        "{\"a\":[1,\"x\"]}") "," F(G("Point", "[1,2]")) "]}";
    for (size_t n = 0; n < sizeof text - 1; n++)
        for (size_t c = 0; c < 2; c++) {
            struct geo_read_options options = {.fixed_columns = c == 1};
            struct geo_batch *batch = geo_batch_new();
            struct geo_input input;
            enum geo_status status =
                geo_geojson_open_by(*state, file_of(text, n), &options, 8, &input);
            if (status == GEO_OK) {
                while ((status = next_batch(*state, &input, batch)) == GEO_OK)
                    ;
                close_input(*state, &input);
            }
            assert_int_equal(status, GEO_EREAD);
            geo_batch_free(batch);
        }
}

/* n times open, the core, n times close */
static char *nested(const char *before, const char *open, size_t n, const char *core,
                    const char *close, const char *after)
{
    char *text = malloc(strlen(before) + n * (strlen(open) + strlen(close)) + strlen(core) +
                        strlen(after) + 1);
    assert_non_null(text);
    char *end = stpcpy(text, before);
    for (size_t i = 0; i < n; i++)
        end = stpcpy(end, open);
    end = stpcpy(end, core);
    for (size_t i = 0; i < n; i++)
        end = stpcpy(end, close);
    stpcpy(end, after);
    return text;
}

static void depth_does_no_harm(void **state)
{
    static const struct {
        const char *before, *open, *core, *close, *after, *expected;
        size_t n;
    } rows[] = {
        {"{\"type\":\"Feature\",\"x\":", "[", "", "]", "}", "0 null\n", 10000},
        {"{\"type\":\"Feature\",\"x\":", "{\"a\":", "1", "}", "}", "0 null\n", 10000},
        {"{\"type\":\"Point\",\"coordinates\":", "[", "", "]", "}",
         "0 dropped\nskipped 0: coordinates are not nested as the geometry's type asks\n", 10000},
        {"{\"type\":\"Feature\",\"geometry\":", "{\"type\":\"GeometryCollection\",\"geometries\":[",
         G("Point", "[1,2]"), "]}", "}" G("Point", "[3,4]"),
         "0 dropped\n1 Point p(3 4)\nskipped 0: geometry collections are nested too deeply\n",
         10000},
        {"{\"type\":\"Feature\",\"geometry\":", "{\"type\":\"GeometryCollection\",\"geometries\":[",
         G("Point", "[1,2]"), "]}", "}", "0 GeometryCollection p(1 2)\n", 20},
        {"{\"type\":\"Feature\",\"x\":", "[", "", "]", "}",
         "in.geojson:1:65558: values are nested more than 65536 deep", 100000},
        {"{\"type\":\"Feature\",\"crs\":", "[", "", "]", "}",
         "in.geojson:1:57: \"crs\" is nested too deeply", 10000},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = nested(rows[i].before, rows[i].open, rows[i].n, rows[i].core, rows[i].close,
                            rows[i].after);
        char *read = read_all(*state, file_of(text, strlen(text)), &none, GEO_GEOJSON_CHUNK);
        assert_string_equal(read, rows[i].expected);
        free(read);
        free(text);
    }
}

static void deep_properties_are_kept_whole(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    char *text = nested("{\"type\":\"Feature\",\"properties\":{\"a\":", "[", 10000, "", "]", "}}");
    assert_ok(ctx, geo_geojson_open_by(ctx, file_of(text, strlen(text)), &none, 100, &input));
    assert_ok(ctx, next_batch(ctx, &input, batch));
    assert_int_equal(batch->column[0].value[0].text.n, 20000);
    assert_int_equal(batch->text[batch->column[0].value[0].text.at + 9999], '[');
    assert_int_equal(batch->text[batch->column[0].value[0].text.at + 10000], ']');
    close_input(ctx, &input);
    geo_batch_free(batch);
    free(text);
}

/* A text of a megabyte that ends an object at every other byte would cost hours if every slice
 * looked at all of it again. */
static void a_long_text_is_read_in_linear_time(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    char *text = nested(P("{\"a\":1}") "{\"type\":\"Feature\",\"properties\":{\"a\":\"", "}\\\"",
                        1000000, "", "", "\"}}" P("{\"a\":3}"));
    assert_ok(ctx, geo_geojson_open_by(ctx, file_of(text, strlen(text)), &none, 100, &input));
    assert_ok(ctx, next_batch(ctx, &input, batch));
    assert_int_equal(batch->n, 3);
    assert_int_equal(batch->column[0].value[1].text.n, 2000000);
    assert_int_equal(batch->column[0].value[2].integer, 3);
    close_input(ctx, &input);
    geo_batch_free(batch);
    free(text);
}

/* ---- what an input says of itself ---- */

#define GEO(fields)                                                                               \
    "\"geo\":{\"version\":1,\"tool\":\"geo-area 0.1.0\",\"edges\":\"lonlat\",\"accuracy_m\":1.5," \
    "\"operation\":\"EPSG:6960\",\"fields\":{" fields "}}"
#define FIRST GEO("\"d\":\"date\",\"r\":\"real\",\"n\":\"int\"")
#define LINE \
    "{\"type\":\"Feature\"," FIRST ",\"properties\":{\"n\":1,\"r\":5,\"d\":\"2030-12-31\"}}\n"

static void our_own_stream_states_its_columns(void **state)
{
    static const char *const texts[] = {
        LINE,
        "{\"type\":\"FeatureCollection\"," FIRST
        ",\"features\":[" P("{\"n\":1,\"r\":5,\"d\":\"2030-12-31\"}") "]}\n",
        "{\"properties\":{\"n\":1,\"r\":5,\"d\":\"2030-12-31\"}," FIRST ",\"type\":\"Feature\"}\n",
    };
    struct geo_ctx *ctx = *state;
    for (size_t i = 0; i < 2 * COUNT(texts); i++) {
        const char *text = texts[i / 2];
        struct geo_read_options options = {.fixed_columns = i % 2};
        struct geo_batch *batch = geo_batch_new();
        struct geo_input input;
        pipe_in(text, strlen(text));
        assert_ok(ctx, geo_geojson_open(ctx, "-", &options, &input));
        assert_true(input.origin.streamed);
        assert_int_equal(input.origin.edges, GEO_EDGES_LONLAT);
        assert_near(input.origin.accuracy_m, 1.5, 0);
        assert_string_equal(input.origin.operation_text, "EPSG:6960");
        assert_string_equal(input.origin.crs, "OGC:CRS84");
        assert_null(input.origin.operation);
        static const struct {
            const char *name;
            enum geo_type type;
        } known[] = {{"d", GEO_TYPE_DATE}, {"r", GEO_TYPE_REAL}, {"n", GEO_TYPE_INT}};
        assert_int_equal(input.fields.n, COUNT(known));
        assert_ok(ctx, next_batch(ctx, &input, batch));
        for (size_t c = 0; c < COUNT(known); c++) {
            assert_string_equal(input.fields.field[c].name, known[c].name);
            assert_int_equal(input.fields.field[c].type, known[c].type);
            assert_int_equal(batch->column[c].cell_type[0], known[c].type);
        }
        assert_near(batch->column[1].value[0].real, 5, 0);
        assert_int_equal(next_batch(ctx, &input, batch), GEO_END);
        close_input(ctx, &input);
        geo_batch_free(batch);
    }
}

static void an_empty_layer_has_columns(void **state)
{
    static const char text[] = "{\"type\":\"FeatureCollection\"," FIRST ",\"features\":[]}\n";
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    pipe_in(text, strlen(text));
    assert_ok(ctx, geo_geojson_open(ctx, "-", &none, &input));
    assert_int_equal(input.fields.n, 3);
    assert_int_equal(next_batch(ctx, &input, batch), GEO_END);
    assert_int_equal(batch->n, 0);
    close_input(ctx, &input);
    geo_batch_free(batch);
}

static void a_stream_that_failed_is_not_taken_for_a_short_one(void **state)
{
#define CUT "-: the stream ends in the middle: the tool before this one failed"
    static const struct row rows[] = {
        {"nothing", "", "-: nothing came: the tool before this one failed"},
        {"whole", LINE, "0 null d=2030-12-31:date r=5:real n=1:int\n"},
        {"two lines", LINE P("{}") "\n", "0 null d=2030-12-31:date r=5:real n=1:int\n1 null\n"},
        {"the last line without its end", LINE P("{}"), CUT},
        {"the last line cut", LINE "{\"type\":\"Feat", CUT},
        {"the first line cut", "{\"type\":\"Feature\"," FIRST ",\"prop", CUT},
        {"an empty layer without its end",
         "{\"type\":\"FeatureCollection\"," FIRST ",\"features\":[]}", CUT},
        {"another tool's lines", P("{\"a\":1}"), "0 null a=1:int\n"},
        {"another tool's `geo`",
         "{\"type\":\"Feature\",\"geo\":{\"lat\":1},\"properties\":{\"a\":1}}", "0 null a=1:int\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        pipe_in(rows[i].text, strlen(rows[i].text));
        char *text = read_all(*state, "-", &none, GEO_GEOJSON_CHUNK);
        if (strcmp(text, rows[i].expected))
            print_error("%s:\n", rows[i].name);
        assert_string_equal(text, rows[i].expected);
        free(text);
    }
}

static void lines_of_ours_in_a_file_must_end(void **state)
{
    static const struct row rows[] = {
        {"lines", LINE P("{}"),
         "in.geojson:2:50: the last line is not ended: the tool that wrote it failed"},
        {"a cut line", LINE "nul", "in.geojson:2:3: the input ends in the middle of a value"},
        {"a document", "{\"type\":\"FeatureCollection\"," FIRST ",\"features\":[" P("{}") "]}",
         "0 null\n"},
    };
    check_rows(*state, rows, COUNT(rows));
}

static void fixed_columns_are_known_before_the_first_batch(void **state)
{
    static const char text[] = "{\"type\":\"FeatureCollection\",\"features\":[" P(
        "{\"a\":1,\"b\":null}") "," P("{\"c\":[1],\"a\":0.5}") "," P("{\"b\":true}") "]}\n";
    static const struct {
        const char *name;
        enum geo_type type;
    } known[] = {{"a", GEO_TYPE_REAL}, {"b", GEO_TYPE_BOOL}, {"c", GEO_TYPE_JSON}};
    struct geo_read_options options = {.fixed_columns = true};
    struct geo_ctx *ctx = *state;
    for (size_t i = 0; i < 2 * COUNT(chunks); i++) {
        const char *path = "-";
        struct geo_input input;
        if (i % 2)
            path = file_of(text, strlen(text));
        else
            pipe_in(text, strlen(text));
        assert_ok(ctx, geo_geojson_open_by(ctx, path, &options, chunks[i / 2], &input));
        assert_int_equal(input.fields.n, COUNT(known));
        for (size_t c = 0; c < COUNT(known); c++) {
            assert_string_equal(input.fields.field[c].name, known[c].name);
            assert_int_equal(input.fields.field[c].type, known[c].type);
        }
        close_input(ctx, &input);
        if (i % 2 == 0)
            pipe_in(text, strlen(text));
        char *read = read_all(ctx, path, &options, chunks[i / 2]);
        assert_string_equal(read,
                            "0 null a=1:int\n1 null a=0.5:real c=[1]:json\n2 null b=true:bool\n");
        free(read);
    }
}

#define CRS(name) "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"" name "\"}}"

static void the_crs_of_old_geojson_is_honoured(void **state)
{
    static const struct {
        const char *text, *src_crs, *crs; /* crs NULL: refused with GEO_ECRS */
        bool moves;
    } rows[] = {
        {G("Point", "[1,2]"), NULL, "OGC:CRS84", false},
        {G("Point", "[5e5,23e5]"), "EPSG:5897", "EPSG:5897", true},
        {"{\"type\":\"FeatureCollection\"," CRS("urn:ogc:def:crs:EPSG::5897") ",\"features\":[]}",
         NULL, "EPSG:5897", true},
        {"{\"type\":\"FeatureCollection\"," CRS(
             "urn:ogc:def:crs:OGC:1.3:CRS84") ",\"features\":[]}",
         NULL, "OGC:CRS84", false},
        {"{\"type\":\"FeatureCollection\"," CRS("EPSG:5897") ",\"features\":[]}", "EPSG:9210",
         "EPSG:9210", true},
        {"{\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[]}", NULL, "OGC:CRS84", false},
        /* as ST_AsGeoJSON() writes it, with every geometry */
        {"{\"type\":\"Point\"," CRS("EPSG:5897") ",\"coordinates\":[5e5,23e5]}{\"type\":\"Point\"," CRS(
             "EPSG:5897") ",\"coordinates\":[5e5,23e5]}",
         NULL, "EPSG:5897", true},
        {"{\"type\":\"FeatureCollection\"," CRS("EPSG:999999") ",\"features\":[]}", NULL, NULL,
         false},
        {"{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"link\"},\"features\":[]}", NULL, NULL,
         false},
        {"{\"type\":\"FeatureCollection\",\"features\":[" F("null") "]," CRS("EPSG:5897") "}", NULL,
         NULL, false},
        {"{\"type\":\"FeatureCollection\",\"features\":[" F("null") "]," CRS("EPSG:4326") "}", NULL,
         "OGC:CRS84", false},
        {"{\"type\":\"Point\"," CRS("EPSG:5897") ",\"coordinates\":[5e5,23e5]}{\"type\":\"Point\"," CRS(
             "EPSG:9210") ",\"coordinates\":[5e5,23e5]}",
         NULL, NULL, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct geo_read_options options = {.src_crs = rows[i].src_crs};
        struct geo_batch *batch = geo_batch_new();
        struct geo_input input;
        enum geo_status status =
            geo_geojson_open(*state, file_of(rows[i].text, strlen(rows[i].text)), &options, &input);
        if (status == GEO_OK) {
            if (rows[i].crs)
                assert_string_equal(input.origin.crs, rows[i].crs);
            if (rows[i].crs)
                assert_int_equal(input.origin.operation != NULL, rows[i].moves);
            while ((status = next_batch(*state, &input, batch)) == GEO_OK)
                ;
            close_input(*state, &input);
        }
        assert_int_equal(status, rows[i].crs ? GEO_END : GEO_ECRS);
        geo_batch_free(batch);
    }
}

/* Reads all that there is and compares the end of it. */
static void assert_ends(struct geo_ctx *ctx, const char *text,
                        const struct geo_read_options *options, const char *expected)
{
    char *read = read_all(ctx, file_of(text, strlen(text)), options, 64);
    size_t n = strlen(read), m = strlen(expected);
    assert_string_equal(n > m ? read + n - m : read, expected);
    free(read);
}

static void degrees_in_a_projected_crs_are_refused(void **state)
{
    static const struct geo_read_options stated = {.src_crs = "EPSG:5897",
                                                   .crs_option = "--corridor-crs"};
    static const char says[] =
        "degrees in a projected CRS (x runs from 105 to 105, y from 21 to 21, "
        "but the CRS has metres): --corridor-crs EPSG:4326 if they are WGS "
        "84, or EPSG:4756 if they are VN-2000: 224 m apart";
    assert_ends(*state, G("Point", "[105,21]"), &stated, says);
    assert_ends(*state, P("{}") "\n" G("Point", "[105,21]"), &stated, says);
    assert_ends(*state, "{\"type\":\"Point\"," CRS("EPSG:5897") ",\"coordinates\":[105,21]}", &none,
                "but the CRS has metres): -s EPSG:4326 if they are WGS 84, or EPSG:4756 if they "
                "are VN-2000: 224 m apart");
    assert_ends(*state, P("{}"), &stated, "0 null\n");
    assert_ends(
        *state, G("Point", "[0,0]") G("Point", "[5e5,23e5]"), &stated,
        "1 Point p(500000 2300000)\ninfo -1: the layer reaches out of the area where its CRS is "
        "used: nothing if it is right; another zone or CRS: --corridor-crs, or geo-info "
        "--reference LAYER of the same place\n");
}

static void messages_name_the_option_they_are_told(void **state)
{
    static const struct geo_read_options corridor = {.crs_option = "--corridor-crs"};
    assert_ends(*state, "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"link\"}}", &corridor,
                "its \"crs\" names no CRS; say which it is with --corridor-crs");
    assert_ends(*state, F("null") "{\"type\":\"FeatureCollection\"," CRS("EPSG:5897") "}",
                &corridor, "say which CRS it is with --corridor-crs");
}

/* ---- opening ---- */

static void options_that_do_not_fit_are_refused(void **state)
{
    static const char *const gdal[] = {"X=1", NULL};
    static const struct {
        struct geo_read_options options;
        enum geo_status status;
    } rows[] = {
        {{.encoding = "UTF-8", .layer = "in"}, GEO_OK},
        {{.encoding = "CP1258"}, GEO_EARG},
        {{.layer = "zones"}, GEO_EARG},
        {{.open_options = gdal}, GEO_EARG},
        {{.src_crs = "EPSG:999999"}, GEO_ECRS},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct geo_input input;
        enum geo_status status = geo_geojson_open(*state, file_of(F("null"), strlen(F("null"))),
                                                  &rows[i].options, &input);
        assert_int_equal(status, rows[i].status);
        if (status == GEO_OK)
            close_input(*state, &input);
    }
}

static void a_missing_file_and_a_folder_are_named(void **state)
{
    struct geo_input input;
    char expected[100];
    assert_int_equal(geo_geojson_open(*state, "none.geojson", &none, &input), GEO_EREAD);
    snprintf(expected, sizeof expected, "none.geojson: %s", strerror(ENOENT));
    assert_string_equal(geo_ctx_message(*state), expected);
    assert_int_equal(geo_geojson_open(*state, ".", &none, &input), GEO_EREAD);
    snprintf(expected, sizeof expected, ".: %s", strerror(EISDIR));
    assert_string_equal(geo_ctx_message(*state), expected);
}

static void a_stream_that_cannot_be_kept_is_refused(void **state)
{
    struct geo_read_options options = {.fixed_columns = true};
    struct geo_input input;
    pipe_in(P("{}"), strlen(P("{}")));
    assert_int_equal(setenv("TMPDIR", "no/such/folder", 1), 0);
    assert_int_equal(geo_geojson_open(*state, "-", &options, &input), GEO_EREAD);
    unsetenv("TMPDIR");
    assert_non_null(strstr(geo_ctx_message(*state), "no/such/folder"));
}

static void names_of_geojson_are_taken(void **state)
{
    static const char *const gdal[] = {"X=1", NULL};
    static const struct {
        const char *path;
        bool plain, with_options;
    } rows[] = {{"-", true, true},
                {"a/zones.geojson", true, false},
                {"Z.GeoJSONL", true, false},
                {"z.geojsons", true, false},
                {"z.geojsonseq", true, false},
                {"z.ndjson", true, false},
                {"z.json", false, false},
                {"z.shp", false, false},
                {"d.geojson/z", false, false},
                {"geojson", false, false}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct geo_read_options options = {.open_options = gdal};
        assert_int_equal(geo_geojson_takes(rows[i].path, &none), rows[i].plain);
        assert_int_equal(geo_geojson_takes(rows[i].path, &options), rows[i].with_options);
    }
}

/* As a shell writes <(...). */
static void a_pipe_of_any_name_is_read(void **state)
{
    static const char *const gdal[] = {"X=1", NULL};
    const struct geo_read_options options = {.open_options = gdal};
    char path[32];
    int end[2];
    assert_int_equal(pipe(end), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", end[0]);
    assert_true(geo_geojson_takes(path, &none));
    assert_false(geo_geojson_takes(path, &options));
    assert_true(geo_geojson_takes("/dev/null", &none));
    assert_int_equal(write(end[1], P("{\"a\":1}"), strlen(P("{\"a\":1}"))),
                     (ssize_t)strlen(P("{\"a\":1}")));
    close(end[1]);
    struct geo_source *source = NULL;
    struct geo_batch *batch = geo_batch_new();
    const char *paths[] = {path};
    const struct geo_read_options fixed = {.fixed_columns = true};
    assert_ok(*state, geo_source_open(*state, paths, 1, &fixed, &source));
    assert_ok(*state, geo_source_next(*state, source, batch));
    assert_int_equal(batch->n, 1);
    assert_int_equal(batch->column_count, 1);
    geo_source_close(*state, source);
    geo_batch_free(batch);
    close(end[0]);
}

static void our_stream_in_a_pipe_must_end(void **state)
{
    static const char document[] =
        "{\"type\":\"FeatureCollection\"," FIRST ",\"features\":[" P("{}");
    int end[2];
    char path[32], expected[120];
    assert_int_equal(pipe(end), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", end[0]);
    snprintf(expected, sizeof expected,
             "%s: the stream ends in the middle: the tool before this one failed", path);
    assert_int_equal(write(end[1], document, strlen(document)), (ssize_t)strlen(document));
    close(end[1]);
    char *read = read_all(*state, path, &none, 64);
    assert_string_equal(read, expected);
    free(read);
    close(end[0]);
}

/* ---- numbers ---- */

/* The compiler's own reading of the same digits, correctly rounded. */
static void numbers_are_rounded_correctly(void **state)
{
#define ROW(number)     \
    {                   \
#number, number \
    }
    static const struct {
        const char *text;
        double value;
    } rows[] = {ROW(0),
                ROW(105.6),
                ROW(-0.1),
                ROW(105.123456789012345),
                ROW(21.999999999999999999),
                ROW(9007199254740993.0),
                ROW(4503599627370496.5),
                ROW(4503599627370497.5),
                ROW(0.3000000000000000166),
                ROW(1.7976931348623157e308),
                ROW(4.9406564584124654e-324),
                ROW(2.2250738585072011e-308),
                ROW(1e22),
                ROW(1e23),
                ROW(8.41e21),
                ROW(1844674407370955161.5),
                ROW(0.000000000000000000000000000001),
                ROW(179.99999999999999999999999999999999999999999999999999999999999999999999999)};
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double value;
        assert_true(geo_json_real(rows[i].text, strlen(rows[i].text), plain, &value));
        assert_near(value, rows[i].value, 0);
    }
    freelocale(plain);
}

/* The C library as judge over digits and exponents of every length. */
static void any_number_is_read_as_the_c_library_reads_it(void **state)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    (void)state;
    srandom(1);
    for (int i = 0; i < 200000; i++) {
        char text[80];
        double value;
        long whole = random() % 1000, digits = random() % 18;
        int n = snprintf(text, sizeof text, "%s%ld.%0*ld%ld", i & 1 ? "-" : "", whole, (int)digits,
                         random(), random());
        if (i % 3 == 0)
            n += snprintf(text + n, sizeof text - (size_t)n, "e%ld", random() % 80 - 40);
        assert_true(geo_json_real(text, (size_t)n, plain, &value));
        assert_near(value, strtod(text, NULL), 0);
    }
    freelocale(plain);
}

/* ---- */

static int setup(void **state)
{
    return !(*state = geo_ctx_new());
}

static int teardown(void **state)
{
    geo_ctx_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_geometry_type_becomes_parts),
        TEST(members_come_in_any_order),
        TEST(a_feature_that_makes_no_sense_is_left_out_and_named),
        TEST(values_become_typed_cells),
        TEST(text_is_unescaped_and_composed),
        TEST(columns_keep_their_places),
        TEST(a_batch_ends_with_the_vertex_that_fills_it),
        TEST(select_keeps_columns),
        TEST(lines_sequences_and_documents_are_read),
        TEST(what_is_not_geojson_is_refused_with_its_place),
        TEST(where_a_text_is_cut_it_is_refused),
        TEST(depth_does_no_harm),
        TEST(deep_properties_are_kept_whole),
        TEST(a_long_text_is_read_in_linear_time),
        TEST(our_own_stream_states_its_columns),
        TEST(an_empty_layer_has_columns),
        TEST(a_stream_that_failed_is_not_taken_for_a_short_one),
        TEST(lines_of_ours_in_a_file_must_end),
        TEST(fixed_columns_are_known_before_the_first_batch),
        TEST(the_crs_of_old_geojson_is_honoured),
        TEST(degrees_in_a_projected_crs_are_refused),
        TEST(messages_name_the_option_they_are_told),
        TEST(options_that_do_not_fit_are_refused),
        TEST(a_missing_file_and_a_folder_are_named),
        TEST(a_stream_that_cannot_be_kept_is_refused),
        TEST(names_of_geojson_are_taken),
        TEST(a_pipe_of_any_name_is_read),
        TEST(our_stream_in_a_pipe_must_end),
        TEST(numbers_are_rounded_correctly),
        TEST(any_number_is_read_as_the_c_library_reads_it),
    };
    char folder[] = "/tmp/geo-test-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink("in.geojson");
    return chdir("/") || rmdir(folder) || failed;
}
