/* Tables as spreadsheets write them. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/sheet.h"

static const char *const columns[] = {"id", "value", "text", NULL};
enum { ID, VALUE, TEXT };

/* A job whose messages are kept, and a file. */
struct bench {
    struct job job;
    char path[32];
    char *heard;
    size_t size;
    struct sheet *sheet;
};

/* Reads bytes as a table. */
static bool read_bytes(struct bench *b, const char *bytes, size_t n)
{
    *b = (struct bench){.path = "/tmp/geo-sheet-XXXXXX"};
    int file = mkstemp(b->path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, n), n);
    assert_int_equal(close(file), 0);
    b->job.say =
        (struct say){.out = open_memstream(&b->heard, &b->size), .name = "t", .level = SAY_NORMAL};
    bool done = sheet_read(&b->job, b->path, columns, 2, &b->sheet);
    fflush(b->job.say.out);
    return done;
}

static void done_with(struct bench *b)
{
    sheet_free(b->sheet);
    fclose(b->job.say.out);
    free(b->heard);
    unlink(b->path);
}

/* "id|value|text" of each row, with the line before it. */
static void assert_rows(const struct bench *b, const char *expected)
{
    char all[1024] = "";
    size_t used = 0;
    for (size_t row = 0; row < sheet_rows(b->sheet); row++)
        used += (size_t)snprintf(all + used, sizeof all - used, "%zu:%s|%s|%s;",
                                 sheet_line(b->sheet, row), sheet_text(b->sheet, row, ID),
                                 sheet_text(b->sheet, row, VALUE), sheet_text(b->sheet, row, TEXT));
    assert_string_equal(all, expected);
}

#define BYTES(text) text, sizeof text - 1

static const struct {
    const char *bytes;
    size_t n;
    const char *rows;
} written[] = {
    {BYTES("id,value,text\na,1,x\nb,2,y\n"), "2:a|1|x;3:b|2|y;"},
    {BYTES("id;value;text\r\na;1,5;x\r\n"), "2:a|1,5|x;"},
    {BYTES("id\tvalue\ttext\na\t1\t\nb\t\ty"), "2:a|1|;3:b||y;"},
    {BYTES("\xEF\xBB\xBFid,value\na,1\n"), "2:a|1|;"},
    {BYTES(" ID , Text ,VALUE\n a ,  x y , 1 \n"), "2:a|1|x y;"},
    {BYTES("id,value,text\na,\"1,5\",\"say \"\"x\"\"\"\n"), "2:a|1,5|say \"x\";"},
    {BYTES("id,value,text\na,1,\"two\nlines\"\nb,2,\n"), "2:a|1|two\nlines;4:b|2|;"},
    {BYTES("id,value,text\na,1\n\n,,\nb,2,y\n,,,,\n"), "2:a|1|;5:b|2|y;"},
    {BYTES("\"id\";\"a, b, c\";\"value\"\na;;1\n"), "2:a|1|;"},
    {BYTES("id,value\ra,1\rb,2\r"), "2:a|1|;3:b|2|;"},
    {BYTES("id,value,text\nxa\xCC\x81,1,a\xCC\x81\n"), "2:xá|1|á;"}, /* NFC */
    {BYTES("id,value,text\na,1,5\" pipe\n"), "2:a|1|5\" pipe;"},
    {BYTES("\xFF\xFEi\0d\0;\0v\0a\0l\0u\0e\0\n\0\xE1\0;\0001\0"), "2:á|1|;"},
    {BYTES("\xFE\xFF\0i\0d\0,\0v\0a\0l\0u\0e\0\n\x1E\xA1\0,\0001"), "2:ạ|1|;"},
};

static void every_form_that_a_spreadsheet_writes_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        struct bench b;
        assert_true(read_bytes(&b, written[i].bytes, written[i].n));
        assert_rows(&b, written[i].rows);
        done_with(&b);
    }
}

static const struct {
    const char *bytes;
    size_t n;
    enum geo_status status;
    const char *says;
} refused[] = {
    {BYTES(""), GEO_EREAD, " is empty"},
    {BYTES("\n\r\n"), GEO_EREAD, " is empty"},
    {BYTES("id,value\n"), GEO_EREAD, " has no rows below its header"},
    {BYTES("id,value\n,\n"), GEO_EREAD, " has no rows below its header"},
    {BYTES("id,text\na,x\n"), GEO_EREAD,
     ": there is no column 'value' (the columns are id, value, text)"},
    {BYTES("id,value,ID\na,1,b\n"), GEO_EREAD, ":1: two columns are called 'ID'"},
    {BYTES("id,value\na,1\nb,2\na,3\n"), GEO_EREAD, ":4: id 'a' stands on line 2 already"},
    {BYTES("id,value\na,1\n,2\n"), GEO_EREAD, ":3: id '' is empty"},
    {BYTES("id,value\na,1,5\n"), GEO_EREAD, ":2: more cells than the header has columns"},
    {BYTES("id,value\na,\"1\nb,2\n"), GEO_EREAD, ":2: a quote is opened and never closed"},
    {BYTES("id,value\na,\"is\" = 1\n"), GEO_EREAD, ":2: text follows a quoted cell"},
    {BYTES("id,value\na,1\nb\xFF,2\n"), GEO_ETEXT, ":3: text is not UTF-8"},
    {BYTES("i\0d\0,\0v\0a\0l\0u\0e\0"), GEO_ETEXT, " holds zero bytes"},
    {BYTES("\xFF\xFEi\0d\0\0\xD8"), GEO_ETEXT, " begins with the mark of UTF-16LE but is not"},
    {BYTES("PK\3\4\24\0"), GEO_EREAD, " is a workbook: save its sheet as CSV"},
};

static void what_is_no_table_is_refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct bench b;
        char expected[128];
        assert_false(read_bytes(&b, refused[i].bytes, refused[i].n));
        assert_int_equal(b.job.status, refused[i].status);
        snprintf(expected, sizeof expected, "t: %s%s", b.path, refused[i].says);
        assert_int_equal(strncmp(b.heard, expected, strlen(expected)), 0);
        assert_null(b.sheet);
        done_with(&b);
    }
}

static void a_file_that_is_not_there_or_a_folder_is_refused(void **state)
{
    static const char *const paths[] = {"/nonexistent/plan.csv", "/tmp"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct bench b;
        assert_true(read_bytes(&b, BYTES("id,value\na,1\n")));
        sheet_free(b.sheet);
        b.sheet = NULL;
        assert_false(sheet_read(&b.job, paths[i], columns, 2, &b.sheet));
        assert_int_equal(b.job.status, GEO_EREAD);
        done_with(&b);
    }
}

static void columns_that_are_not_known_are_named_and_passed_over(void **state)
{
    struct bench b;
    char expected[128];
    (void)state;
    assert_true(read_bytes(&b, BYTES("id,notes,value,,text\na,n,1,,x\n")));
    assert_rows(&b, "2:a|1|x;");
    snprintf(expected, sizeof expected, "t: %s: column 'notes' is not known and not used\n",
             b.path);
    assert_string_equal(b.heard, expected);
    done_with(&b);
}

static const struct {
    const char *text;
    double value;
} numbers[] = {
    {"0", 0},
    {"24", 24},
    {"-3.5", -3.5},
    {"+7", 7},
    {"3,5", 3.5},
    {"0,125", 0.125},
    {"0.125", 0.125},
    {".5", 0.5},
    {",5", 0.5},
    {"5.", 5},
    {"1.234,5", 1234.5},
    {"1,234.5", 1234.5},
    {"1.234.567", 1e6 + 234567},
    {"1,234,567.25", 1e6 + 234567.25},
    {"12.345,678", 12345.678},
    {"1234.500", 1234.5},
    {"1234,500", 1234.5},
    {"1e3", 1000},
    {"1,5E+05", 150000},
    {"7000", 7000},
    {"00,250", 0.25},
};

static const struct {
    const char *text;
    enum sheet_number kind;
} no_numbers[] = {
    {"7.000", SHEET_AMBIGUOUS},
    {"7,000", SHEET_AMBIGUOUS},
    {"-999,125", SHEET_AMBIGUOUS},
    {"", SHEET_NO_NUMBER},
    {"x", SHEET_NO_NUMBER},
    {"5 km", SHEET_NO_NUMBER},
    {"5%", SHEET_NO_NUMBER},
    {"1.23.456", SHEET_NO_NUMBER},
    {"1.2,3.4", SHEET_NO_NUMBER},
    {"1,2,3.4", SHEET_NO_NUMBER},
    {"1.2345,6", SHEET_NO_NUMBER},
    {".", SHEET_NO_NUMBER},
    {"--1", SHEET_NO_NUMBER},
    {"0x10", SHEET_NO_NUMBER},
    {"nan", SHEET_NO_NUMBER},
    {"inf", SHEET_NO_NUMBER},
    {"1e999", SHEET_NO_NUMBER},
    {"1e", SHEET_NO_NUMBER},
    {"1.234,5,6", SHEET_NO_NUMBER},
    {"1111111111111111111111111111111111111111111111111111111111111111", SHEET_NO_NUMBER},
};

static void a_number_is_read_in_every_countrys_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value = NAN;
        assert_int_equal(sheet_parse_number(numbers[i].text, &value), SHEET_NUMBER);
        assert_near(value, numbers[i].value, 0);
    }
}

static void a_number_that_could_be_two_is_not_guessed_at(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++) {
        double value = 42;
        assert_int_equal(sheet_parse_number(no_numbers[i].text, &value), no_numbers[i].kind);
        assert_near(value, 42, 0);
    }
}

static void a_cell_that_is_no_number_is_named_with_line_and_column(void **state)
{
    struct bench b;
    double value = 42;
    char expected[128];
    (void)state;
    assert_true(read_bytes(&b, BYTES("id,value\na,\"2,5\"\nb,\nc,7.000\n")));
    assert_true(sheet_number(&b.job, b.sheet, 0, VALUE, &value));
    assert_near(value, 2.5, 0);
    assert_true(sheet_number(&b.job, b.sheet, 1, VALUE, &value));
    assert_true(isnan(value));
    assert_false(sheet_number(&b.job, b.sheet, 2, VALUE, &value));
    fflush(b.job.say.out);
    snprintf(expected, sizeof expected, "t: %s:4: value '7.000' is ambiguous", b.path);
    assert_int_equal(strncmp(b.heard, expected, strlen(expected)), 0);
    done_with(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_that_a_spreadsheet_writes_is_read),
        cmocka_unit_test(what_is_no_table_is_refused_with_its_line),
        cmocka_unit_test(a_file_that_is_not_there_or_a_folder_is_refused),
        cmocka_unit_test(columns_that_are_not_known_are_named_and_passed_over),
        cmocka_unit_test(a_number_is_read_in_every_countrys_way),
        cmocka_unit_test(a_number_that_could_be_two_is_not_guessed_at),
        cmocka_unit_test(a_cell_that_is_no_number_is_named_with_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
