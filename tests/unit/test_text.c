/* Text of every encoding arrives whole, as UTF-8 in normal form C, or is refused. */
#include "layers.h"

#include <unistd.h>

#include "read/text.h"

/* Decodes a string; the result is terminated and valid until the next call. */
static enum geo_status decode(struct bench *bench, const char *encoding, const char *text,
                              char *result, size_t room, size_t *unfinished)
{
    struct geo_decoder *decoder = NULL;
    struct geo_batch *batch = geo_batch_new();
    size_t at = 0, length = 0;
    enum geo_status status = geo_decoder_new(bench->ctx, encoding, &decoder);
    if (status == GEO_OK) {
        status = geo_decode(bench->ctx, decoder, text, strlen(text), batch, &at, &length);
        *unfinished = geo_decoder_cut(decoder, text, strlen(text), true);
    }
    snprintf(result, room, "%.*s", (int)length, length ? batch->text + at : "");
    geo_decoder_free(decoder);
    geo_batch_free(batch);
    return status;
}

/* The bytes are those of the published tables of TCVN 5712, windows-1258 and the others. */
static void text_of_every_encoding_arrives_whole(void **state)
{
    static const struct {
        const char *encoding, *bytes, *text;
    } known[] = {
        {NULL, "KCN Bình Xuyên II", "KCN Bình Xuyên II"},
        {"UTF-8", "", ""},
        {"utf8", "Lô", "Lô"},
        {"65001", "Lô", "Lô"},
        {"UTF-8", "Lo\xCC\x82", "Lô"},                 /* decomposed */
        {"UTF-8", "\xC3\xAA\xCC\xA3", "\xE1\xBB\x87"}, /* ê + dot below: ệ */
        {"UTF-8", "\xE2\x84\xA6", "\xCE\xA9"},         /* ohm: omega */
        {"UTF-8", "\xE5\x9C\xB0\xF0\x9F\x97\xBA", "\xE5\x9C\xB0\xF0\x9F\x97\xBA"},
        {"TCVN", "Huy\xD6n S\xABng L\xAB", "Huyện Sông Lô"},
        {"TCVN3", "\xA7\xAAm", "Đêm"},
        {"TCVN", "\x01t \x84n", "Út Ạn"}, /* capitals where ASCII has controls */
        {"VISCII", "Huy\xAEn S\xF4ng L\xF4", "Huyện Sông Lô"},
        {"CP1258", "Huye\xF2n", "Huyẹn"},
        {"CP1258", "Huy\xEA\xF2n S\xF4ng L\xF4", "Huyện Sông Lô"},
        {"1258", "L\xF4", "Lô"},
        {"ANSI 1258", "ti\xEA\xEC", "tiế"}, /* a mark at the very end */
        {"windows-1258", "\xD0", "Đ"},
        {"ISO 88591", "caf\xE9", "café"},
        {"88591", "caf\xE9", "café"},
        {"ISO-8859-1", "caf\xE9", "café"},
        {"8859-15", "\xA4", "€"},
        {"CP1252", "\x80", "€"},
        {"OEM 437", "\x82", "é"},
        {"GBK", "\xB1\xB1\xBE\xA9", "北京"},
        {" CP1252\r\n", "\x80", "€"},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char result[64];
        size_t unfinished;
        assert_ok(bench->ctx, decode(bench, known[i].encoding, known[i].bytes, result,
                                     sizeof result, &unfinished));
        assert_string_equal(result, known[i].text);
    }
}

static void what_is_not_text_of_its_encoding_is_refused(void **state)
{
    static const struct {
        const char *encoding, *bytes;
        size_t unfinished; /* bytes of a character that is cut off at the end */
    } refused[] = {
        {NULL, "L\xF4", 1},
        {NULL, "\xC3", 1},
        {NULL, "a\xE1\xBB", 2},
        {NULL, "a\xF0\x9F\x97", 3},
        {NULL, "\xC0\x80", 0},
        {NULL, "\xED\xA0\x80", 0}, /* overlong, surrogate */
        {NULL, "\xF4\x90\x80\x80", 0},
        {NULL, "\x80", 0},
        {NULL,
         "\xE1\xBB"
         "b",
         0},
        {"CP1252", "\x81", 0},
        {"GBK", "\xB1", 1},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char result[64];
        size_t unfinished = 9;
        assert_int_equal(decode(bench, refused[i].encoding, refused[i].bytes, result, sizeof result,
                                &unfinished),
                         GEO_ETEXT);
        assert_int_equal(unfinished, refused[i].unfinished);
    }
}

static void an_unknown_encoding_is_refused(void **state)
{
    static const char *const unknown[] = {"VPS", "", "klingon", "//TRANSLIT", "CP99999"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        char result[8];
        size_t unfinished;
        assert_int_equal(decode(bench, unknown[i], "a", result, sizeof result, &unfinished),
                         GEO_ETEXT);
        assert_non_null(strstr(geo_ctx_message(bench->ctx), "is unknown"));
    }
}

/* ---- shapefiles ---- */

/* A shapefile of one point whose field's name and text are these bytes, without a .cpg unless one
 * is given, and with a language id. */
static const char *make_raw(struct bench *bench, const char *name, const char *text,
                            const char *cpg, char language)
{
    char field[32];
    struct made_layer layer = {.driver = "ESRI Shapefile",
                               .name = "x",
                               .epsg = 4326,
                               .type = wkbPoint,
                               .options = {"ENCODING="},
                               .row = {{"POINT(105 21)", text}}};
    snprintf(field, sizeof field, "%s:s254", name);
    layer.field[0] = field;
    unlink(in_folder(bench, "x.dbf"));
    unlink(in_folder(bench, "x.shp"));
    make_layers(in_folder(bench, "x.shp"), &layer, 1);
    patch_file(in_folder(bench, "x.dbf"), 29, &language, 1);
    unlink(in_folder(bench, "x.cpg")); /* GDAL wrote an empty one */
    if (cpg)
        make_file(in_folder(bench, "x.cpg"), cpg, strlen(cpg));
    return in_folder(bench, "x.shp");
}

static void a_shapefile_states_its_encoding_in_many_ways(void **state)
{
    static const struct {
        const char *cpg;
        unsigned char language;
        const char *option, *name, *bytes, *name_read, *text, *encoding;
    } known[] = {
        {"UTF-8", 0, NULL, "tên", "Sông Lô", "tên", "Sông Lô", "UTF-8"},
        {NULL, 0, NULL, "tên", "Sông Lô", "tên", "Sông Lô", "UTF-8"},
        {NULL, 0x57, NULL, "tên", "Sông Lô", "tên", "Sông Lô", "UTF-8"}, /* ANSI: says nothing */
        {"TCVN", 0, NULL, "t\xAAn", "S\xABng L\xAB", "tên", "Sông Lô", "TCVN"},
        {"CP1258", 0, NULL, "t\xEAn", "S\xF4ng L\xF4", "tên", "Sông Lô", "CP1258"},
        {"1258", 0x57, NULL, "t\xEAn", "S\xF4ng L\xF4", "tên", "Sông Lô", "CP1258"},
        {"ISO 88591", 0, NULL, "ten", "caf\xE9", "ten", "café", "ISO-8859-1"},
        {NULL, 0x03, NULL, "ten", "caf\xE9 \x80", "ten", "café €", "CP1252"},
        {NULL, (unsigned char)0xC8, NULL, "ten", "\xB3", "ten", "ł", "CP1250"},
        {"UTF-8", 0, "CP1258", "t\xEAn", "S\xF4ng L\xF4", "tên", "Sông Lô", "CP1258"},
        {NULL, 0x03, "TCVN3", "t\xAAn", "L\xAB", "tên", "Lô", "TCVN"},
    };
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct geo_read_options options = {.encoding = known[i].option};
        const char *path =
            make_raw(bench, known[i].name, known[i].bytes, known[i].cpg, (char)known[i].language);
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_string_equal(batch->column[0].name, known[i].name_read);
        assert_cell(batch, known[i].name_read, 0, known[i].text);
        assert_string_equal(geo_origin_info(batch->origin).encoding, known[i].encoding);
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

static void text_of_no_stated_encoding_is_not_guessed(void **state)
{
    static const struct geo_read_options plain = {0}, wrong = {.encoding = "CP1252"};
    struct bench *bench = *state;
    const char *path = make_raw(bench, "ten", "S\xF4ng L\xF4", NULL, 0);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT,
                   "x.shp: its text states no encoding: it may be TCVN (0.323: 'Sụng Lụ') or VNI "
                   "(0.323: 'Sơng Lơ') or CP1258 (0.323: 'Sông Lô'); say which with --encoding, "
                   "for example --encoding TCVN");
    path = make_raw(bench, "t\xEAn", "a", NULL, 0);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT, "may be TCVN");
    path = make_raw(bench, "ten", "S\xF4ng L\xF4", "UTF-8", 0);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT,
                   "x.shp: field 'ten', feature 0: text is not UTF-8; say which encoding with "
                   "--encoding, for example --encoding CP1258");
    path = make_raw(bench, "ten", "\x81", NULL, 0);
    assert_refused(bench->ctx, path, &wrong, GEO_ETEXT,
                   "field 'ten', feature 0: byte 0x81 of the text is not CP1252");
}

/* Plain text is the same in any encoding. */
static void a_name_of_no_encoding_is_the_file_s_fault_or_the_user_s(void **state)
{
    static const struct geo_read_options plain = {0}, wrong = {.encoding = "VPS"};
    struct bench *bench = *state;
    struct geo_source *source;
    const char *path = make_raw(bench, "ten", "S\xF4ng L\xF4", "VPS", 0);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT,
                   "x.shp: its .cpg states 'VPS', which is no encoding: it may be TCVN");
    assert_refused(bench->ctx, path, &wrong, GEO_EARG, "--encoding: 'VPS' is no encoding; VNI and");
    path = make_raw(bench, "ten", "a", "VPS", 0);
    assert_ok(bench->ctx, geo_source_open(bench->ctx, &path, 1, &plain, &source));
    geo_source_close(bench->ctx, source);
}

/* 0x8A is no byte of CP1258. */
static void what_has_failed_is_not_suggested(void **state)
{
    static const struct geo_read_options options[] = {{.encoding = "CP1258"},
                                                      {.encoding = "ANSI 1258"},
                                                      {.encoding = NULL}}; /* the .cpg has it */
    struct bench *bench = *state;
    for (size_t i = 0; i < 3; i++) {
        const char *path = make_raw(bench, "ten", "a\x8A", options[i].encoding ? NULL : "1258", 0);
        assert_refused(bench->ctx, path, &options[i], GEO_ETEXT,
                       "byte 0x8a of the text is not CP1258; say which encoding with --encoding, "
                       "for example --encoding TCVN3");
    }
}

static void messages_name_the_option_they_are_told(void **state)
{
    static const struct geo_read_options options = {.encoding_option = "--corridor-encoding"};
    struct bench *bench = *state;
    const char *path = make_raw(bench, "ten", "S\xF4ng", NULL, 0);
    assert_refused(bench->ctx, path, &options, GEO_ETEXT,
                   " with --corridor-encoding, for example --corridor-encoding TCVN");
    path = make_raw(bench, "ten", "S\xF4ng", "VPS", 0);
    assert_refused(bench->ctx, path, &options, GEO_ETEXT,
                   " with --corridor-encoding, for example --corridor-encoding TCVN");
}

/* 253 letters and the first byte of a character fill the 254 bytes of a cell. */
static void a_character_cut_by_the_end_of_a_cell_is_left_out(void **state)
{
    static const struct geo_read_options plain = {0};
    char text[256];
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    memset(text, 'a', 252);
    strcpy(text + 252, "\xE1\xBB"); /* two bytes of the three of ệ */
    const char *path = make_raw(bench, "ten", text, "UTF-8", 0);
    struct geo_source *source = read_first(bench->ctx, &path, 1, &plain, batch);
    text[252] = '\0';
    assert_cell(batch, "ten", 0, text);
    const struct geo_note *note = find_note(batch, "ends within a character");
    assert_non_null(note);
    assert_int_equal(note->kind, GEO_NOTE_INFO);
    assert_string_equal(note->detail, "field 'ten'");
    geo_source_close(bench->ctx, source);
    /* Far from full it is wrong, unless whole characters stand before it. */
    strcpy(text + 240, "\xE1\xBB");
    path = make_raw(bench, "ten", text, "UTF-8", 0);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT, "text is not UTF-8");
    path = make_raw(bench, "ten", "H\xC3\xA0 N\xE1\xBB", "UTF-8", 0);
    source = read_first(bench->ctx, &path, 1, &plain, batch);
    assert_cell(batch, "ten", 0, "Hà N");
    assert_non_null(find_note(batch, "ends within a character"));
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void other_formats_are_utf_8_in_normal_form(void **state)
{
    static const struct made_layer layer = {.driver = "GPKG",
                                            .name = "x",
                                            .epsg = 4326,
                                            .type = wkbPoint,
                                            .field = {"te\xCC\x82n:s"},
                                            .row = {{"POINT(1 2)", "Lo\xCC\x82"}}};
    static const struct geo_read_options options = {.encoding = "utf8"},
                                         wrong = {.encoding = "CP1258"};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.gpkg");
    make_layers(path, &layer, 1);
    assert_refused(bench->ctx, path, &wrong, GEO_EARG, "its text is always UTF-8, not CP1258");
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_cell(batch, "tên", 0, "Lô");
    assert_string_equal(geo_origin_info(batch->origin).encoding, "UTF-8");
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

static void a_csv_is_decoded_as_it_is_said(void **state)
{
    static const char text[] = "t\xEAn,n\nS\xF4ng L\xF4,1\n";
    static const struct geo_read_options options = {.encoding = "CP1258"}, plain = {0};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    const char *path = in_folder(bench, "x.csv");
    make_file(path, text, sizeof text - 1);
    assert_refused(bench->ctx, path, &plain, GEO_ETEXT, "may be TCVN");
    struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
    assert_cell(batch, "tên", 0, "Sông Lô");
    geo_source_close(bench->ctx, source);
    geo_batch_free(batch);
}

/* GDAL loses the last character of the first and cannot know the second. */
static void text_of_drawings_arrives_whole(void **state)
{
    static const struct {
        const char *version, *page, *entity, *option, *bytes, *text;
    } known[] = {{"AC1015", "ANSI_1258", "TEXT", NULL, "S\xF4ng L\xF4", "Sông Lô"},
                 {"AC1015", "ANSI_1258", "MTEXT", NULL, "L\\U+00F4", "Lô"},
                 {"AC1015", "ANSI_1252", "TEXT", "TCVN", "S\xABng L\xAB", "Sông Lô"},
                 {"AC1015", "ANSI_1252", "TEXT", NULL, "caf\xE9", "café"},
                 {"AC1021", "ANSI_1258", "TEXT", NULL, "Lô", "Lô"}};
    struct bench *bench = *state;
    struct geo_batch *batch = geo_batch_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[600];
        struct geo_read_options options = {.src_crs = "EPSG:4326", .encoding = known[i].option};
        int n = snprintf(text, sizeof text,
                         "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\n%s\n9\n$DWGCODEPAGE\n3\n%s\n0\n"
                         "ENDSEC\n0\nSECTION\n2\nENTITIES\n0\n%s\n8\n0\n10\n105.5\n20\n21.5\n40\n"
                         "1.0\n1\n%s\n0\nENDSEC\n0\nEOF\n",
                         known[i].version, known[i].page, known[i].entity, known[i].bytes);
        const char *path = in_folder(bench, "x.dxf");
        make_file(path, text, (size_t)n);
        struct geo_source *source = read_first(bench->ctx, &path, 1, &options, batch);
        assert_cell(batch, "Text", 0, known[i].text);
        geo_source_close(bench->ctx, source);
    }
    geo_batch_free(batch);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_of_every_encoding_arrives_whole),
        TEST(what_is_not_text_of_its_encoding_is_refused),
        TEST(an_unknown_encoding_is_refused),
        TEST(a_shapefile_states_its_encoding_in_many_ways),
        TEST(text_of_no_stated_encoding_is_not_guessed),
        TEST(a_name_of_no_encoding_is_the_file_s_fault_or_the_user_s),
        TEST(what_has_failed_is_not_suggested),
        TEST(messages_name_the_option_they_are_told),
        TEST(a_character_cut_by_the_end_of_a_cell_is_left_out),
        TEST(other_formats_are_utf_8_in_normal_form),
        TEST(a_csv_is_decoded_as_it_is_said),
        TEST(text_of_drawings_arrives_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
