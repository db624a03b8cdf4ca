/* The tables of plain shapefiles, read directly, are what GDAL reads of them. */
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
    char bytes[8192] = {3, 125, 1, 1};
    size_t head = 32 * (n + 1) + 1, record = 1;
    for (size_t c = 0; c < n; c++) {
        char *field = bytes + 32 * (c + 1);
        field[0] = 'f', field[1] = (char)('0' + (int)c);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_are_what_gdal_reads),
        TEST(a_field_of_another_kind_is_left_to_gdal),
        TEST(text_is_decoded_as_gdal_s_is),
        TEST(text_that_is_cut_in_its_field_is_said_to_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
