/* Tables in each of their formats, and the text they are made of. */
#include "near.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/table.h"
#include "kit/text.h"

static const struct table_column columns[] = {{"name", TABLE_TEXT, 0},
                                              {"n", TABLE_INTEGER, 0},
                                              {"ha", TABLE_REAL, 2},
                                              {"note", TABLE_TEXT, 0}};

#define VINH_PHUC            \
    "V\xC4\xA9nh Ph\xC3\xBA" \
    "c" /* precomposed */
#define VINH_PHUC_NFD          \
    "Vi\xCC\x83nh Phu\xCC\x81" \
    "c" /* combining */

static struct table *filled(void)
{
    struct table *t = table_new(columns, 4);

    assert_non_null(t);
    table_add_text(t, VINH_PHUC);
    table_add_integer(t, 24);
    table_add_real(t, 1234.567);
    table_add_text(t, "a;b");
    table_add_text(t, VINH_PHUC_NFD);
    table_add_integer(t, -3);
    table_add_real(t, -0.001);
    table_add_text(t, "");
    table_add_text(t, NULL);
    table_add_integer(t, 1000000);
    table_add_real(t, NAN);
    table_add_text(t, "say \"x\",\ny");
    return t;
}

/* Prints a table and frees it; the caller frees the text. */
static char *printed(struct table *t, enum table_format format, char decimal_mark)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    assert_true(table_print(t, format, decimal_mark, out));
    assert_int_equal(fclose(out), 0);
    table_free(t);
    return text;
}

static const struct {
    enum table_format format;
    char decimal_mark;
    const char *text;
} expected[] = {
    {TABLE_ALIGNED, '.',
     "name             n       ha  note\n" VINH_PHUC "       24  1234.57  a;b\n" VINH_PHUC_NFD
     "       -3     0.00  \n"
     "-          1000000        -  say \"x\", y\n"},
    {TABLE_ALIGNED, ',',
     "name             n       ha  note\n" VINH_PHUC "       24  1234,57  a;b\n" VINH_PHUC_NFD
     "       -3     0,00  \n"
     "-          1000000        -  say \"x\", y\n"},
    {TABLE_CSV, ',',
     "name,n,ha,note\n" VINH_PHUC ",24,1234.57,a;b\n" VINH_PHUC_NFD ",-3,0.00,\"\"\n"
     ",1000000,,\"say \"\"x\"\",\ny\"\n"},
    {TABLE_EXCEL, '.',
     "\xEF\xBB\xBFname;n;ha;note\n" VINH_PHUC ";24;1234.57;\"a;b\"\n" VINH_PHUC_NFD
     ";-3;0.00;\"\"\n"
     ";1000000;;\"say \"\"x\"\",\ny\"\n"},
    {TABLE_EXCEL, ',',
     "\xEF\xBB\xBFname;n;ha;note\n" VINH_PHUC ";24;1234,57;\"a;b\"\n" VINH_PHUC_NFD
     ";-3;0,00;\"\"\n"
     ";1000000;;\"say \"\"x\"\",\ny\"\n"},
    {TABLE_JSON, ',',
     "[\n"
     "{\"name\": \"" VINH_PHUC "\", \"n\": 24, \"ha\": 1234.57, \"note\": \"a;b\"},\n"
     "{\"name\": \"" VINH_PHUC_NFD "\", \"n\": -3, \"ha\": 0.00, \"note\": \"\"},\n"
     "{\"name\": null, \"n\": 1000000, \"ha\": null, \"note\": \"say \\\"x\\\",\\u000ay\"}\n"
     "]\n"},
};

static void a_table_prints_in_every_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *text = printed(filled(), expected[i].format, expected[i].decimal_mark);
        assert_string_equal(text, expected[i].text);
        free(text);
    }
}

static const struct {
    enum table_format format;
    const char *text;
} empty[] = {{TABLE_ALIGNED, "name  n  ha  note\n"},
             {TABLE_CSV, "name,n,ha,note\n"},
             {TABLE_EXCEL, "\xEF\xBB\xBFname;n;ha;note\n"},
             {TABLE_JSON, "[]\n"}};

static void a_table_without_rows_keeps_its_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        char *text = printed(table_new(columns, 4), empty[i].format, '.');
        assert_string_equal(text, empty[i].text);
        free(text);
    }
}

static void a_row_that_is_not_full_is_not_printed(void **state)
{
    struct table *t = filled();

    (void)state;
    table_add_text(t, "half");
    table_add_integer(t, 1);
    char *text = printed(t, TABLE_JSON, '.');
    assert_null(strstr(text, "half"));
    free(text);
}

static void a_short_number_ends_without_zeros(void **state)
{
    static const struct table_column column[] = {{"x", TABLE_REAL, 4}};
    static const double values[] = {21, 100, 0, -0.00001, 4353.5, 0.1234, 1e20, -0.5, NAN};
    struct table *t = table_new(column, 1);

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        table_add_short(t, values[i]);
    char *text = printed(t, TABLE_CSV, '.');
    assert_string_equal(text, "x\n21\n100\n0\n0\n4353.5\n0.1234\n100000000000000000000\n-0.5\n\n");
    free(text);
}

static void reals_of_any_size_are_whole(void **state)
{
    static const struct table_column wide[] = {{"x", TABLE_REAL, 15}};
    struct table *t = table_new(wide, 1);

    (void)state;
    assert_non_null(t);
    table_add_real(t, -DBL_MAX);
    table_add_real(t, -INFINITY);
    table_add_real(t, -10);
    char *text = printed(t, TABLE_CSV, '.');
    assert_int_equal(strlen(text),
                     2 + (1 + 309 + 1 + 15) + 1 + 1 + strlen("-10.000000000000000\n"));
    assert_non_null(strstr(text, ".000000000000000\n\n-10.000000000000000\n"));
    free(text);
}

static void many_rows_keep_their_order(void **state)
{
    static const struct table_column one[] = {{"i", TABLE_INTEGER, 0}};
    struct table *t = table_new(one, 1);
    const long long rows = 20000;

    (void)state;
    assert_non_null(t);
    for (long long i = 0; i < rows; i++)
        table_add_integer(t, i);
    char *text = printed(t, TABLE_CSV, '.'), *at = text + 2;
    for (long long i = 0; i < rows; i++)
        assert_int_equal(strtoll(at, &at, 10), i);
    assert_string_equal(at, "\n");
    free(text);
}

static void a_device_that_is_full_fails_the_printing(void **state)
{
    struct table *t = filled();
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(full);
    setvbuf(full, NULL, _IONBF, 0);
    assert_false(table_print(t, TABLE_CSV, '.', full));
    fclose(full);
    table_free(t);
}

static const struct {
    const char *text;
    size_t columns;
    const char *cleaned;
} texts[] = {
    {"", 0, ""},
    {"abc", 3, "abc"},
    {VINH_PHUC, 9, VINH_PHUC},
    {VINH_PHUC_NFD, 9, VINH_PHUC_NFD},
    {"\xE1\xBA\xA1", 1, "\xE1\xBA\xA1"},                         /* ạ */
    {"\xE6\xB0\xB8\xE7\xA6\x8F", 4, "\xE6\xB0\xB8\xE7\xA6\x8F"}, /* two wide characters */
    {"a\x1B[31mb", 7, "a [31mb"},                                /* an escape sequence */
    {"a\xC2\x9B"
     "b",
     3, "a  b"}, /* the same in C1 */
    {"a\tb\n", 4, "a b "},
    {"\xFF", 1, "?"},
    {"a\xE1\xBA", 3, "a??"},              /* cut within a character */
    {"\xC0\x80\xED\xA0\x80", 5, "?????"}, /* overlong, surrogate */
};

static void width_counts_columns_and_cleaning_keeps_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char copy[32];
        snprintf(copy, sizeof copy, "%s", texts[i].text);
        assert_int_equal(text_width(copy), texts[i].columns);
        text_clean(copy);
        assert_string_equal(copy, texts[i].cleaned);
    }
}

static void json_strings_are_valid_whatever_the_bytes(void **state)
{
    char text[128] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    (void)state;
    assert_non_null(out);
    text_print_json(out, "\"\\/\b\x01\x7F\xC2\x85 \xFF\xC4\xA9");
    fclose(out);
    assert_string_equal(text, "\"\\\"\\\\/\\u0008\\u0001\\u007f\\u0085 \xEF\xBF\xBD\xC4\xA9\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_prints_in_every_format),
        cmocka_unit_test(a_table_without_rows_keeps_its_names),
        cmocka_unit_test(a_row_that_is_not_full_is_not_printed),
        cmocka_unit_test(a_short_number_ends_without_zeros),
        cmocka_unit_test(reals_of_any_size_are_whole),
        cmocka_unit_test(many_rows_keep_their_order),
        cmocka_unit_test(a_device_that_is_full_fails_the_printing),
        cmocka_unit_test(width_counts_columns_and_cleaning_keeps_characters),
        cmocka_unit_test(json_strings_are_valid_whatever_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
