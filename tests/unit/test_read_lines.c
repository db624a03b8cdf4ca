/* Lines of GeoJSON in two halves: what is read is the same as in one, down to the place of a fault,
 * however the bytes come. */
#include "near.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch_text.h"
#include "read/geojson.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const struct geo_read_options none;

static const size_t chunks[] = {7, 1000, GEO_GEOJSON_CHUNK};

#define P(properties) "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":null}"
#define POINT(x, y) "{\"type\":\"Point\",\"coordinates\":[" x "," y "]}"
#define GEO                                                                                              \
    "{\"type\":\"Feature\",\"geo\":{\"tool\":\"geo-area 0\",\"fields\":{\"a\":\"int\",\"r\":\"real\"}}," \
    "\"properties\":{\"a\":1},\"geometry\":null}\n"

/* The first batch is read in one: it is full with these lines. */
static char *behind_a_batch(const char *head, const char *text, size_t n, size_t *length)
{
    static const char line[] = P("{\"a\":1}") "\n";
    size_t first = head ? strlen(head) : 0, size = sizeof line - 1;
    size_t lines = (size_t)GEO_BATCH_FEATURES - (head != NULL);
    char *made = malloc(first + lines * size + n + 1);
    assert_non_null(made);
    memcpy(made, head ? head : "", first);
    for (size_t i = 0; i < lines; i++)
        memcpy(made + first + i * size, line, size);
    memcpy(made + first + lines * size, text, n);
    *length = first + lines * size + n;
    return made;
}

static const char *file_of(const char *text, size_t n)
{
    unlink("lines.geojson");
    FILE *file = fopen("lines.geojson", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return "lines.geojson";
}

/* ---- reading ---- */

static enum geo_status read_parts(struct geo_ctx *ctx, struct geo_input *input,
                                  struct geo_batch *batch, size_t *parts)
{
    struct geo_claim claim = {.is_loaded = true};
    enum geo_status status = input->claim(ctx, input->self, &claim);
    if (status != GEO_OK)
        return status;
    if (claim.is_loaded)
        return input->next(ctx, input->self, batch);
    ++*parts;
    status = input->load(ctx, input->self, &claim, batch);
    return status == GEO_OK ? input->settle(ctx, input->self, &claim, batch) : status;
}

/* All features, all notes, and the failure if there is one. parts: NULL, or how many were read in two
 * halves. */
static char *read_all(struct geo_ctx *ctx, const char *path, size_t chunk, size_t *parts)
{
    char *text = NULL, *notes = NULL;
    size_t n = 0, notes_n = 0;
    FILE *out = open_memstream(&text, &n), *later = open_memstream(&notes, &notes_n);
    struct geo_batch *batch = geo_batch_new();
    struct geo_input input;
    assert_ok(ctx, geo_geojson_open_by(ctx, path, &none, chunk, &input));
    enum geo_status status = GEO_OK;
    while (status == GEO_OK) {
        geo_batch_clear(batch);
        add_fields(ctx, &input, batch);
        status = parts ? read_parts(ctx, &input, batch, parts) : input.next(ctx, input.self, batch);
        if (status != GEO_OK)
            break;
        print_features(out, batch);
        print_notes(later, batch);
    }
    fclose(later);
    fprintf(out, "%s%s", notes, status == GEO_END ? "" : geo_ctx_message(ctx));
    fclose(out);
    free(notes);
    close_input(ctx, &input);
    geo_batch_free(batch);
    return text;
}

/* What is behind the first batch, or, of a text that cannot be read, only why. */
static const char *gist(const char *text)
{
    const char *why = strstr(text, "lines.geojson:"), *behind = strstr(text, "\n1024 ");
    return why ? why : behind ? behind : text + strlen(text) / 2;
}

/* Both ways of reading say the same. */
static void assert_same(struct geo_ctx *ctx, const char *head, const char *tail, size_t n)
{
    size_t length;
    char *text = behind_a_batch(head, tail, n, &length);
    const char *path = file_of(text, length);
    char *whole = read_all(ctx, path, GEO_GEOJSON_CHUNK, NULL);
    for (size_t c = 0; c < COUNT(chunks); c++) {
        size_t parts = 0;
        char *in_parts = read_all(ctx, path, chunks[c], &parts);
        if (strcmp(gist(in_parts), gist(whole)))
            print_error("%zu bytes at once, %.*s:\n", chunks[c], (int)n, tail);
        assert_string_equal(gist(in_parts), gist(whole));
        assert_true(parts > 0 || n == 0);
        free(in_parts);
    }
    free(whole);
    free(text);
}

/* ---- what is the same ---- */

static void lines_in_parts_are_read_as_in_one(void **state)
{
    static const char *const tails[] = {
        P("{\"a\":2}") "\n" P("{\"a\":3}") "\n",
        P("{\"a\":2}") "\r\n" P("{\"a\":3}"),
        "\n \n" P("{\"a\":2}") "\n\n\t\n" P("{\"a\":3}") "\n \n",
        "\x1e" P("{\"a\":2}") "\n\x1e" P("{\"a\":3}") "\n",
        P("{\"a\":2}") P("{\"a\":3}") "\n" P("{\"a\":4}") " " POINT("1", "2") "\n",
        P("{\"a\":2.5,\"b\":\"x\"}") "\n" P("{\"a\":\"t\",\"c\":{\"x\":\n[1,{}\n]}}") "\n",
        "{\n\"type\":\"Feature\",\"properties\":\n{\"a\":2}\n,\"geometry\":\n" POINT(
            "1", "2") "\n}\n" P("{\"a\":3}") "\n",
        "{\"type\":\"FeatureCollection\",\"features\":[\n" P("{\"a\":2}") ",\n" P(
            "{\"a\":3}") "\n]}\n" P("{\"a\":4}") "\n",
        "{\"type\":\"GeometryCollection\",\"geometries\":[" POINT("1", "2") "\n,\n" POINT(
            "3", "4") "]}\n" POINT("5", "6") "\n",
        POINT("1", "2,3") "\n" POINT("1e999", "0") "\n" POINT("\"x\"", "0") "\n" POINT(
            "1", "2,3") "\n" P("[]") "\n",
        P("{\"a\":\"}\\n{\",\"b\":\"\\u00ea\xe1\xbb\x87\"}") "\n" P("{\"b\":\"{\"}") "\n",
    };
    for (size_t i = 0; i < COUNT(tails); i++)
        assert_same(*state, NULL, tails[i], strlen(tails[i]));
}

static void faults_in_parts_have_the_place_they_have_in_one(void **state)
{
    static const char *const tails[] = {
        P("{\"a\":2}") "\n{\"a\":1}\n" P("{\"a\":3}") "\n",
        P("{\"a\":2}") "\n\n[1]\n" P("{}") "\n",
        P("{\"a\":2}") "\n12\n" P("{}") "\n",
        P("{\"a\":2}") "\n" P("{\"\xc3\xa9\":NaN}") "\n" P("{}") "\n",
        P("{\"a\":2}") "}\n" P("{}") "\n",
        P("{\"a\":\"x\ny\"}") "\n" P("{}") "\n",
        P("{\"a\":\"\xff\"}") "\n" P("{}") "\n",
        P("{\"a\":\"\xed\xa0\x80\"}") "\n" P("{}") "\n",
        P("{\"a\":\"\\ud83d\"}") "\n" P("{}") "\n",
        "{\"type\":\"Feature\",\"properties\":{\"a\":{}\n" P("{}") "\n",
        "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],{}\n{}\n]}\n",
        "\x1e{\"type\":\"Feature\",\"properties\":{}\n\x1e" P("{}") "\n",
        "{\"type\":\"Feature\",\"properties\":{}\n",
        P("{}") "\n{\"type\":\"Topology\"}\n" P("{}") "\n",
        P("{\"a\\u0000b\":1}") "\n" P("{}") "\n",
        P("{\"a\":2}") "\n\xef\xbb\xbf" P("{\"a\":2}") "\n",
    };
    for (size_t i = 0; i < COUNT(tails); i++)
        assert_same(*state, NULL, tails[i], strlen(tails[i]));
}

/* With and without our member `geo`, which says that a text without its last line's end is cut. */
static void a_text_cut_anywhere_is_told_as_in_one(void **state)
{
    static const char tail[] = P("{\"a\":[1,\"\xe1\xbb\x87\"],\"r\":7}") "\n" POINT(
        "1.5", "-2e1") "\n" P("{\"r\":true}") "\n";
    for (size_t n = 0; n < sizeof tail; n++)
        for (int is_ours = 0; is_ours < 2; is_ours++)
            assert_same(*state, is_ours ? GEO : NULL, tail, n);
}

static void any_byte_may_be_wrong(void **state)
{
    static const char wrong[] = "\"\\{}[],:\n\x1e\xff-e0";
    char tail[] = P("{\"a\":[1,\"x\"],\"r\":7}") "\n" POINT("1.5", "-2e1") "\n" P("{}") "\n";
    for (size_t i = 0; i < sizeof tail - 1; i++) {
        char right = tail[i];
        tail[i] = wrong[i % (sizeof wrong - 1)];
        assert_same(*state, NULL, tail, sizeof tail - 1);
        tail[i] = right;
    }
}

/* A line too long to be set aside is read as it comes, and those behind it are set aside again. */
static void long_lines_are_read_as_they_come(void **state)
{
    struct geo_ctx *ctx = *state;
    enum { LONG = 5 << 20 };
    char *tail = malloc(LONG + 400), *end = tail;
    assert_non_null(tail);
    end = stpcpy(end, P("{\"a\":2}") "\n{\"type\":\"Feature\",\"properties\":{\"b\":\"");
    memset(end, 'x', LONG);
    end = stpcpy(end + LONG, "\"},\"geometry\":null}\n");
    for (int i = 0; i < 3; i++)
        end = stpcpy(end, P("{\"a\":3}") "\n");
    assert_same(ctx, NULL, tail, (size_t)(end - tail));
    free(tail);
}

/* ---- columns ---- */

/* Columns of lines far apart are those of all lines before, in any number of threads: a real one
 * that is stated stays one, names come in the order in which they are met. */
static void columns_are_united_in_the_order_of_the_lines(void **state)
{
    struct geo_ctx *ctx = *state;
    static const char *const path[] = {"lines.geojson"};
    enum { LINES = 10000 };
    struct geo_batch *batch = geo_batch_new();
    struct geo_source *source;
    unlink(path[0]);
    FILE *file = fopen(path[0], "w");
    fprintf(file, GEO);
    for (int i = 1; i < LINES; i++)
        fprintf(file, i == 2500   ? P("{\"z\":\"late\",\"a\":2}") "\n"
                      : i == 2600 ? P("{\"y\":1,\"z\":\"late\"}") "\n"
                      : i == 5000 ? P("{\"y\":1.5,\"x\":1,\"r\":2}") "\n"
                                  : P("{\"a\":1,\"r\":3}") "\n");
    fclose(file);
    assert_ok(ctx, geo_source_open(ctx, path, 1, &none, &source));
    size_t rows = 0;
    for (size_t columns[] = {2, 2, 4, 4, 5, 5, 5, 5, 5, 5}, k = 0; k < COUNT(columns); k++) {
        static const char *const names[] = {"a", "r", "z", "y", "x"};
        assert_ok(ctx, geo_source_next(ctx, source, batch));
        assert_int_equal(batch->column_count, columns[k]);
        for (size_t c = 0; c < columns[k]; c++)
            assert_string_equal(batch->column[c].name, names[c]);
        assert_int_equal(batch->fid[0], rows);
        assert_int_equal(batch->column[1].cell_type[batch->n - 1], GEO_TYPE_REAL);
        rows += batch->n;
    }
    assert_int_equal(batch->column[3].type, GEO_TYPE_REAL);
    assert_int_equal(rows, LINES);
    assert_int_equal(geo_source_next(ctx, source, batch), GEO_END);
    geo_source_close(ctx, source);
    geo_batch_free(batch);
}

/* What is selected may come late; what never comes is said at the end. */
static void a_selection_is_checked_behind_the_last_line(void **state)
{
    struct geo_ctx *ctx = *state;
    static const char *const path[] = {"lines.geojson"};
    static const char tail[] = P("{\"b\":1}") "\n";
    size_t n;
    char *text = behind_a_batch(NULL, tail, sizeof tail - 1, &n);
    struct geo_batch *batch = geo_batch_new();
    struct geo_source *source;
    file_of(text, n);
    for (int i = 0; i < 2; i++) {
        struct geo_read_options options = {.select = i ? "b" : "b,c"};
        assert_ok(ctx, geo_source_open(ctx, path, 1, &options, &source));
        assert_ok(ctx, geo_source_next(ctx, source, batch));
        assert_ok(ctx, geo_source_next(ctx, source, batch));
        assert_int_equal(batch->column_count, 1);
        assert_string_equal(batch->column[0].name, "b");
        assert_int_equal(geo_source_next(ctx, source, batch), i ? GEO_END : GEO_EARG);
        geo_source_close(ctx, source);
    }
    geo_batch_free(batch);
    free(text);
}

/* Names made from data are refused wherever they stand. */
static void too_many_columns_in_all_lines_are_refused(void **state)
{
    struct geo_ctx *ctx = *state;
    static const char *const path[] = {"lines.geojson"};
    struct geo_batch *batch = geo_batch_new();
    struct geo_source *source;
    enum geo_status status;
    unlink(path[0]);
    FILE *file = fopen(path[0], "w");
    for (int i = 0; i < 12000; i++)
        fprintf(file, P("{\"n%d\":1}") "\n", i);
    fclose(file);
    assert_ok(ctx, geo_source_open(ctx, path, 1, &none, &source));
    while ((status = geo_source_next(ctx, source, batch)) == GEO_OK)
        ;
    assert_int_equal(status, GEO_EREAD);
    assert_non_null(strstr(geo_ctx_message(ctx), "lines.geojson:9217:1: features have more than "
                                                 "10000 different properties"));
    geo_source_close(ctx, source);
    geo_batch_free(batch);
}

/* A claim that waits for ever is a failure too. */
static void a_stream_without_features_is_one_empty_batch(void **state)
{
    static const char text[] = "{\"type\":\"FeatureCollection\",\"features\":[]}\n";
    struct geo_ctx *ctx = *state;
    struct geo_source *source;
    struct geo_batch *batch = geo_batch_new();
    const char *path = file_of(text, sizeof text - 1);
    alarm(60);
    assert_ok(ctx, geo_source_open(ctx, &path, 1, &none, &source));
    assert_ok(ctx, geo_source_next(ctx, source, batch));
    assert_int_equal(batch->n, 0);
    assert_int_equal(geo_source_next(ctx, source, batch), GEO_END);
    assert_int_equal(geo_source_next(ctx, source, batch), GEO_END);
    alarm(0);
    geo_source_close(ctx, source);
    geo_batch_free(batch);
}

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
    char folder[] = "/tmp/geo-test-XXXXXX";
    const struct CMUnitTest tests[] = {
        TEST(lines_in_parts_are_read_as_in_one),
        TEST(faults_in_parts_have_the_place_they_have_in_one),
        TEST(a_text_cut_anywhere_is_told_as_in_one),
        TEST(any_byte_may_be_wrong),
        TEST(long_lines_are_read_as_they_come),
        TEST(columns_are_united_in_the_order_of_the_lines),
        TEST(a_selection_is_checked_behind_the_last_line),
        TEST(too_many_columns_in_all_lines_are_refused),
        TEST(a_stream_without_features_is_one_empty_batch),
    };
    if (!mkdtemp(folder) || chdir(folder))
        return 1;
    int failed = cmocka_run_group_tests_name("read/geojson_lines", tests, NULL, NULL);
    unlink("lines.geojson");
    return chdir("/") || rmdir(folder) || failed;
}
