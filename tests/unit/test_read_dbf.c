/* The tables of shapefiles: read directly they are what they are by GDAL, and what is odd in them is
 * read for what it is, left empty with a note, or refused. */
#include "both_ways.h"

#include <unistd.h>

/* One field of a .dbf with a cell for each record, padded with blanks on the right. */
struct column {
    char type;
    unsigned char width, decimals;
    const char *cell[14];
};

static void put_little(char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> 8 * i);
}

static void make_dbf(const char *path, const struct column *column, size_t n, size_t rows)
{
    char bytes[32768] = {3, 125, 1, 1};
    size_t head = 32 * (n + 1) + 1, record = 1;
    for (size_t c = 0; c < n; c++) {
        char *field = bytes + 32 * (c + 1);
        snprintf(field, 11, "f%u", (unsigned)c % 1000);
        field[11] = column[c].type;
        field[16] = (char)column[c].width;
        field[17] = (char)column[c].decimals;
        record += column[c].width;
    }
    put_little(bytes + 4, (uint32_t)rows);
    put_little(bytes + 8, (uint32_t)(head | record << 16));
    bytes[head - 1] = '\r';
    memset(bytes + head, ' ', rows * record);
    for (size_t r = 0; r < rows; r++) {
        char *cell = bytes + head + r * record + 1;
        for (size_t c = 0; c < n; cell += column[c++].width)
            if (column[c].cell[r])
                memcpy(cell, column[c].cell[r], strnlen(column[c].cell[r], column[c].width));
    }
    make_file(path, bytes, head + rows * record);
}

/* A shapefile of as many points as the columns have cells. */
static const char *make_table(struct bench *bench, const struct column *column, size_t n)
{
    struct made_layer layer = {.driver = "ESRI Shapefile", .name = "x", .epsg = 4326};
    GDALDatasetH dataset;
    layer.type = wkbPoint;
    layer.options[0] = "ENCODING=UTF-8";
    layer.field[0] = "n:i";
    make_layers(in_folder(bench, "x.shp"), &layer, 1);
    dataset = GDALOpenEx(bench->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    OGRLayerH made = GDALDatasetGetLayer(dataset, 0);
    size_t rows = sizeof column->cell / sizeof *column->cell;
    for (size_t r = 0; r < rows; r++)
        make_row(made, (const char *const[]){"POINT(105 21)"}, 0);
    GDALClose(dataset);
    make_dbf(in_folder(bench, "x.dbf"), column, n, rows);
    return in_folder(bench, "x.shp");
}

static void cells_are_what_gdal_reads(void **state)
{
    static const struct column column[] = {
        {'N',
         9,
         0,
         {"7", "       -7", "+7", "*********", "", "1.5", "1e3", "abc", "0", "-", "007",
          "999999999", "-99999999", " 1 2"}},
        {'N',
         18,
         0,
         {"1", "-1", "123456789012345678", "-12345678901234567", "******", "1.9", "", "x",
          "12345678901", "0x10", "+5", "--1", "1e9", "\t12"}},
        {'N',
         19,
         0,
         {"9223372036854775807", "-9223372036854775807", "1", "", "*", "9007199254740993", "1e18",
          "0", "-0", "1", "2", "3", "4", "5"}},
        {'N',
         24,
         15,
         {"1.000000000000001", "-0.1", "0.3", ".5", "5.", "1e-5", "1E+300", "1e400", "nan", "inf",
          "-inf", "1,5", "", "123456789012345678901234"}},
        {'F',
         20,
         10,
         {"3.14159265358979", "-1.#IND", "1.#INF", "*", "+1.25", "- 1", "1.2.3", "1d5", "0.1e1",
          "-.e", "00000000000000000.1", "99999999999999999999", "1e", "."}},
        {'C',
         12,
         0,
         {"plain", "  leading", "trailing  ", "", "Bình Xuyên", "a b", "123456789012", "tab\t",
          "\"q\"", "Hà", "e\xCC\x81", "0", "*", "?"}},
        {'D',
         8,
         0,
         {"20250701", "00000000", "", "99999999", "2025-7-1", "0", "1997", "abc", "-1234567",
          "20251332", "00010101", "  2025", "********", "12/31/97"}},
        {'L', 1, 0, {"T", "F", "t", "f", "Y", "N", "y", "n", "?", "", "1", "0", "x", "*"}},
    };
    struct bench *bench = *state;
    for (size_t c = 0; c < sizeof column / sizeof *column; c++) {
        const char *path = make_table(bench, &column[c], 1);
        assert_true(is_direct(bench->ctx, path, NULL));
        assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 14);
    }
    const char *path = make_table(bench, column, sizeof column / sizeof *column);
    assert_true(is_direct(bench->ctx, path, NULL));
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 14);
}

static void a_field_of_another_kind_is_left_to_gdal(void **state)
{
    static const char kind[] = "MGIBOT@Y";
    struct bench *bench = *state;
    for (size_t i = 0; kind[i]; i++) {
        struct column column = {.type = kind[i], .width = 10, .cell = {"1", "2", "3"}};
        const char *path = make_table(bench, &column, 1);
        assert_false(is_direct(bench->ctx, path, NULL));
    }
}

static void text_is_decoded_as_gdal_s_is(void **state)
{
    static const struct column column[] = {{'C',
                                            6,
                                            0,
                                            {"abc", "\xC7\xD2", "",
                                             "B\xEC"
                                             "nh",
                                             "\xE9t\xE9", "a\xCC", "e\xEC", "x\xF2", "6"}}};
    static const char *const encoding[] = {"CP1258",     "TCVN3", "VNI",  "VISCII",
                                           "ISO-8859-1", "UTF-8", "CP949"};
    struct bench *bench = *state;
    const char *path = make_table(bench, column, 1);
    assert_true(is_direct(bench->ctx, path, NULL));
    unlink(in_folder(bench, "x.cpg"));
    path = in_folder(bench, "x.shp");
    for (size_t i = 0; i < sizeof encoding / sizeof *encoding; i++)
        compare(bench->ctx, path, (struct geo_read_options){.encoding = encoding[i]});
    struct geo_read_options options = {.encoding = "UTF-8"};
    struct whole direct = read_whole(bench->ctx, path, &options);
    options.open_options = by_gdal;
    struct whole gdal = read_whole(bench->ctx, path, &options);
    assert_int_equal(direct.status, GEO_ETEXT);
    assert_string_equal(direct.message, gdal.message);
    geo_batch_free(direct.batch);
    geo_batch_free(gdal.batch);
}

static void text_that_is_cut_in_its_field_is_said_to_be(void **state)
{
    static const struct column column[] = {
        {'C', 7, 0, {"xa\xE1\xBB\x87\xE1\xBB", "12345\xE1\xBB"}}};
    struct bench *bench = *state;
    const char *path = make_table(bench, column, 1);
    assert_int_equal(compare(bench->ctx, path, (struct geo_read_options){0}), 14);
}

/* ---- what is odd ---- */

/* A cell in a field, what it is read as ("" for null), and what is said of it (NULL: nothing). */
struct odd_cell {
    char type;
    unsigned char width, decimals;
    const char *cell, *value, *what, *detail;
};

static const char no_number[] = "cell that is no number left empty",
                  has_comma[] = "number with a decimal comma left empty",
                  no_integer[] = "number that is no integer, in a column of integers, left empty",
                  no_date[] = "cell that is no date left empty",
                  has_rest[] = "cell ends at a zero byte; what stands behind it is left out";

static const struct odd_cell odd_cells[] = {
    {'N', 9, 2, "1.50", "1.5", NULL, NULL},
    {'N', 9, 2, "1,50", "", has_comma, "field 'f0': '1,50'"},
    {'N', 9, 0, " -12,5", "", has_comma, "field 'f0': '-12,5'"},
    {'F', 12, 3, "1.234,5", "", no_number, "field 'f0': '1.234,5'"},
    {'F', 12, 3, "1,234,5", "", no_number, "field 'f0': '1,234,5'"},
    {'F', 12, 3, ",5", "", no_number, "field 'f0': ',5'"},
    {'N', 9, 2, "abc", "", no_number, "field 'f0': 'abc'"},
    {'N', 9, 0, "12ha", "", no_number, "field 'f0': '12ha'"},
    {'N', 9, 0, "1 2", "", no_number, "field 'f0': '1 2'"},
    {'N', 9, 0, "\xE1\t", "", no_number, "field 'f0': '?\?'"},
    {'N', 9, 2, "-", "", no_number, "field 'f0': '-'"},
    {'N', 9, 2, "+", "", no_number, "field 'f0': '+'"},
    {'N', 9, 2, "+-5", "", no_number, "field 'f0': '+-5'"},
    {'N', 9, 2, "1e", "", no_number, "field 'f0': '1e'"},
    {'N', 9, 2, "1e+", "", no_number, "field 'f0': '1e+'"},
    {'N', 9, 2, "nan", "", no_number, "field 'f0': 'nan'"},
    {'F', 12, 2, "1.#INF", "", no_number, "field 'f0': '1.#INF'"},
    {'F', 12, 2, "1e400", "", no_number, "field 'f0': '1e400'"},
    {'F', 12, 2, "**1**", "", no_number, "field 'f0': '**1**'"},
    {'N', 9, 2, "+1.5E+2", "150", NULL, NULL},
    {'N', 9, 0, "+7", "7", NULL, NULL},
    {'N', 18, 0, "+12345678901234567", "12345678901234567", NULL, NULL},
    {'N', 9, 0, "12.00", "12", NULL, NULL},
    {'N', 9, 0, "1e3", "1000", NULL, NULL},
    {'N', 9, 0, "1.5", "", no_integer, "field 'f0': '1.5'"},
    /* null as GDAL writes it */
    {'N', 9, 0, "*********", "", NULL, NULL},
    {'N', 9, 2, "", "", NULL, NULL},
    {'D', 8, 0, "20240229", "2024-02-29", NULL, NULL},
    {'D', 8, 0, "20000229", "2000-02-29", NULL, NULL},
    {'D', 8, 0, "19000229", "", no_date, "field 'f0': '19000229'"},
    {'D', 8, 0, "20230229", "", no_date, "field 'f0': '20230229'"},
    {'D', 8, 0, "20241332", "", no_date, "field 'f0': '20241332'"},
    {'D', 8, 0, "20240010", "", no_date, "field 'f0': '20240010'"},
    {'D', 8, 0, "20241200", "", no_date, "field 'f0': '20241200'"},
    {'D', 8, 0, "00000101", "", no_date, "field 'f0': '00000101'"},
    {'D', 8, 0, "********", "", no_date, "field 'f0': '********'"},
    {'D', 8, 0, "31/12/97", "", no_date, "field 'f0': '31/12/97'"},
    {'D', 10, 0, "03/04/2024", "", no_date, "field 'f0': '03/04/2024'"},
    {'D', 8, 0, "00000000", "", NULL, NULL},
    {'D', 8, 0, "0", "", NULL, NULL},
    {'D', 8, 0, "", "", NULL, NULL},
};

/* Whether both ways agree, and what they give. */
static struct whole read_both_ways(struct bench *bench, const char *path)
{
    compare(bench->ctx, path, (struct geo_read_options){0});
    struct whole whole = read_whole(bench->ctx, path, &(struct geo_read_options){0});
    assert_int_equal(whole.status, GEO_END);
    return whole;
}

static void assert_odd_cell(struct bench *bench, const struct odd_cell *odd)
{
    struct column column = {odd->type, odd->width, odd->decimals, {NULL, odd->cell}};
    struct whole whole = read_both_ways(bench, make_table(bench, &column, 1));
    assert_cell(whole.batch, "f0", 1, odd->value);
    if (whole.batch->note_count != (odd->what != NULL))
        fail_msg("'%s': %zu notes", odd->cell, whole.batch->note_count);
    if (odd->what) {
        const struct geo_note *note = whole.batch->note;
        assert_int_equal(note->kind, GEO_NOTE_INFO);
        assert_int_equal(note->fid, 1);
        assert_string_equal(note->what, odd->what);
        assert_string_equal(note->detail, odd->detail);
    }
    geo_batch_free(whole.batch);
}

static void a_cell_is_what_its_field_holds_or_empty_with_a_note(void **state)
{
    for (size_t i = 0; i < sizeof odd_cells / sizeof *odd_cells; i++)
        assert_odd_cell(*state, &odd_cells[i]);
}

static void what_stands_behind_a_zero_byte_is_noted(void **state)
{
    static const struct column columns[] = {{'C', 8, 0, {"abc", "abc", "abc"}},
                                            {'N', 6, 0, {"12", "12", "12"}}};
    struct bench *bench = *state;
    const char *path = make_table(bench, columns, 2);
    const long first = 32 * 3 + 1 + 1, record = 15;
    patch_file(in_folder(bench, "x.dbf"), first,
               "abc\0\0  \0"
               "12\0 \0",
               13);
    patch_file(in_folder(bench, "x.dbf"), first + record, "abc\0\0de", 7);
    patch_file(in_folder(bench, "x.dbf"), first + 2 * record + 8,
               "12\0"
               "34",
               5);
    path = in_folder(bench, "x.shp");
    struct whole whole = read_both_ways(bench, path);
    for (size_t i = 0; i < 3; i++) {
        assert_cell(whole.batch, "f0", i, "abc");
        assert_cell(whole.batch, "f1", i, "12");
    }
    assert_int_equal(whole.batch->note_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(whole.batch->note[i].what, has_rest);
        assert_int_equal(whole.batch->note[i].fid, i + 1);
        assert_string_equal(whole.batch->note[i].detail, i ? "field 'f1'" : "field 'f0'");
    }
    geo_batch_free(whole.batch);
}

static void memo_and_binary_fields_are_left_out(void **state)
{
    static const char kind[] = "MGBPI+@YT0";
    struct bench *bench = *state;
    for (size_t i = 0; kind[i]; i++) {
        const struct column columns[] = {
            {'N', 5, 0, {"7"}}, {kind[i], 10, 0, {"        12"}}, {'C', 5, 0, {"abc"}}};
        struct whole whole = read_both_ways(bench, make_table(bench, columns, 3));
        assert_int_equal(whole.batch->column_count, 2);
        assert_cell(whole.batch, "f0", 0, "7");
        assert_cell(whole.batch, "f2", 0, "abc");
        assert_int_equal(whole.batch->note_count, 1);
        assert_string_equal(whole.batch->note->what, "memo and binary fields are left out");
        assert_string_equal(whole.batch->note->detail, "f1");
        geo_batch_free(whole.batch);
    }
}

/* The fields of the header end at byte 97, and a record has 12 bytes. */
static void a_header_that_does_not_agree_with_its_fields_is_refused(void **state)
{
    static const struct {
        long at;
        char low, high;
    } damage[] = {{8, 96, 0},  {8, 95, 0},  {8, 65, 0},  {8, 64, 0},      {8, 33, 0},
                  {8, 32, 0},  {8, 31, 0},  {8, 0, 0},   {8, 98, 0},      {8, 100, 0},
                  {8, 110, 0}, {10, 11, 0}, {10, 13, 0}, {32 + 16, 6, 0}, {64 + 16, 4, 0}};
    static const struct column columns[] = {{'N', 5, 0, {"7"}}, {'C', 6, 0, {"abc"}}};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        const char *path = make_table(bench, columns, 2);
        patch_file(in_folder(bench, "x.dbf"), damage[i].at,
                   (const char[]){damage[i].low, damage[i].high}, 2);
        FILE *file = fopen(in_folder(bench, "x.dbf"), "ab"); /* no shorter than is stated */
        assert_non_null(file);
        for (int k = 0; k < 64; k++)
            fputc(0x1A, file);
        assert_int_equal(fclose(file), 0);
        path = in_folder(bench, "x.shp");
        for (int way = 0; way < 2; way++) {
            struct geo_read_options options = {.open_options = way ? by_gdal : NULL};
            struct whole whole = read_whole(bench->ctx, path, &options);
            if (whole.status != GEO_EREAD || !strstr(whole.message, "dbf"))
                fail_msg("%ld: %d: %d (%s)", damage[i].at, damage[i].low, whole.status,
                         whole.message);
            geo_batch_free(whole.batch);
        }
    }
}

static void a_header_may_lack_its_mark_or_have_zeros_after_it(void **state)
{
    static const struct column columns[] = {{'N', 5, 0, {"7"}}, {'C', 6, 0, {"abc"}}};
    static const int more[] = {-1, 1, 264};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        char bytes[1024] = {0};
        const char *path = make_table(bench, columns, 2);
        FILE *file = fopen(in_folder(bench, "x.dbf"), "rb");
        assert_non_null(file);
        size_t n = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        memmove(bytes + 97 + more[i], bytes + 97, n - 97);
        if (more[i] > 0)
            memset(bytes + 97, 0, (size_t)more[i]);
        bytes[8] = (char)((97 + more[i]) & 0xFF), bytes[9] = (char)((97 + more[i]) >> 8);
        make_file(in_folder(bench, "x.dbf"), bytes, n + (size_t)(more[i] + 1));
        path = in_folder(bench, "x.shp");
        struct whole whole = read_both_ways(bench, path);
        assert_cell(whole.batch, "f0", 0, "7");
        assert_cell(whole.batch, "f1", 0, "abc");
        geo_batch_free(whole.batch);
    }
}

static void as_many_fields_as_dbase_has_are_read(void **state)
{
    enum { FIELDS = 255 };
    struct column columns[FIELDS];
    struct bench *bench = *state;
    for (size_t c = 0; c < FIELDS; c++)
        columns[c] = (struct column){'N', (unsigned char)(1 + c % 9), 0, {c % 2 ? "1" : "2"}};
    struct whole whole = read_both_ways(bench, make_table(bench, columns, FIELDS));
    assert_int_equal(whole.batch->column_count, FIELDS);
    for (size_t c = 0; c < FIELDS; c++)
        assert_int_equal(whole.batch->column[c].value[0].integer, c % 2 ? 1 : 2);
    geo_batch_free(whole.batch);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_are_what_gdal_reads),
        TEST(a_field_of_another_kind_is_left_to_gdal),
        TEST(text_is_decoded_as_gdal_s_is),
        TEST(text_that_is_cut_in_its_field_is_said_to_be),
        TEST(a_cell_is_what_its_field_holds_or_empty_with_a_note),
        TEST(what_stands_behind_a_zero_byte_is_noted),
        TEST(memo_and_binary_fields_are_left_out),
        TEST(a_header_that_does_not_agree_with_its_fields_is_refused),
        TEST(a_header_may_lack_its_mark_or_have_zeros_after_it),
        TEST(as_many_fields_as_dbase_has_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
