/* Themes follow from the columns and values; categories are in order, and their counts are right. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/looks.h"
#include "draw/tally.h"

struct room {
    struct geo_ctx *ctx;
    struct geo_batch *batch;
    struct looks looks;
};

static int open_room(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    if (!room)
        return -1;
    room->ctx = geo_ctx_new();
    room->batch = geo_batch_new();
    *state = room;
    return room->ctx && room->batch ? 0 : -1;
}

static int close_room(void **state)
{
    struct room *room = *state;
    looks_release(&room->looks);
    geo_batch_free(room->batch);
    geo_ctx_free(room->ctx);
    free(room);
    return 0;
}

/* ---- features ---- */

static void add_columns(struct room *room, const char *const *names)
{
    for (size_t c = 0; names[c]; c++)
        assert_ok(room->ctx,
                  geo_batch_add_column(room->ctx, room->batch, names[c], GEO_TYPE_TEXT, NULL));
}

/* A part of as many vertices as its kind needs. */
static void add_part(struct room *room, enum geo_kind kind)
{
    struct geo_lonlat *vertex;
    size_t n = kind == GEO_KIND_POLYGON ? 4 : kind == GEO_KIND_LINE ? 2 : 1;
    assert_ok(room->ctx, geo_batch_add_vertices(room->ctx, room->batch, n, &vertex));
    for (size_t v = 0; v < n; v++)
        vertex[v] = (struct geo_lonlat){105 + (double)(v % 3), 21 + (double)(v % 2)};
    assert_ok(room->ctx, geo_batch_end_ring(room->ctx, room->batch));
    assert_ok(room->ctx, geo_batch_end_part(room->ctx, room->batch, kind));
}

/* A feature; a cell that reads as a number is one. NULL: no value. */
static void add(struct room *room, enum geo_kind kind, const char *const *cells)
{
    struct geo_batch *batch = room->batch;
    size_t i = batch->n;
    add_part(room, kind);
    assert_ok(room->ctx, geo_batch_end_feature(room->ctx, batch, GEO_SHAPE_COLLECTION, (int64_t)i));
    for (size_t c = 0; c < batch->column_count; c++) {
        char *end;
        double number = cells[c] ? strtod(cells[c], &end) : 0;
        if (cells[c] && end > cells[c] && !*end)
            geo_batch_set_real(batch, c, i, number);
        else if (cells[c])
            assert_ok(room->ctx, geo_batch_set_text(room->ctx, batch, c, i, GEO_TYPE_TEXT, cells[c],
                                                    strlen(cells[c])));
    }
}
#define CELLS(...) ((const char *const[]){__VA_ARGS__})

static void settle(struct room *room, const char *by, int role)
{
    assert_ok(room->ctx, looks_begin(room->ctx, &room->looks, by));
    assert_ok(room->ctx, looks_see(room->ctx, &room->looks, room->batch));
    assert_ok(room->ctx, looks_settle(room->ctx, &room->looks, role));
}

/* ---- themes as text ---- */

/* "value|en|vi|features" of each category, a line each. */
static void assert_theme(const struct theme *theme, enum theme_kind kind, const char *text)
{
    char *got = NULL;
    size_t size;
    FILE *out = open_memstream(&got, &size);
    for (size_t i = 0; i < theme->n; i++) {
        const struct category *c = &theme->category[i];
        fprintf(out, "%s|%s|%s|%d\n", c->value ? c->value : "*", c->en, c->vi, (int)c->features);
    }
    fclose(out);
    assert_int_equal(theme->kind, kind);
    assert_string_equal(got, text);
    free(got);
}

static void zones_are_grouped_by_kind_and_status_in_the_order_of_the_work(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("kind", "name", "status", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("CCN", "a", "planned"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "b", "planned"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "c", "operating"));
    add(room, GEO_KIND_POLYGON, CELLS("Làng nghề", "d", "operating"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "e", "building"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "f", NULL));
    add(room, GEO_KIND_POLYGON, CELLS(NULL, "g", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("CCN", "h", "planned"));
    add(room, GEO_KIND_POLYGON, CELLS("CCN", "i", "planned"));
    room->batch->dropped[8] = 1;
    settle(room, NULL, -1);
    assert_int_equal(room->looks.role, ROLE_ZONES);
    assert_string_equal(room->looks.title, "name");
    assert_int_equal(room->looks.features, 8);
    assert_int_equal(room->looks.n, 2);
    assert_theme(&room->looks.theme[0], THEME_STATUS,
                 "KCN operating|Industrial zone, operating|Khu công nghiệp, đang hoạt động|1\n"
                 "KCN building|Industrial zone, under construction|"
                 "Khu công nghiệp, đang xây dựng|1\n"
                 "KCN planned|Industrial zone, planned|Khu công nghiệp, quy hoạch|1\n"
                 "KCN |Industrial zone, not stated|Khu công nghiệp, không rõ|1\n"
                 "CCN planned|Industrial cluster, planned|Cụm công nghiệp, quy hoạch|2\n"
                 "Làng nghề operating|Làng nghề, operating|Làng nghề, đang hoạt động|1\n"
                 "*|Not stated|Không rõ|1\n");
    assert_theme(&room->looks.theme[1], THEME_ALIKE, "*|Zones|Khu, cụm công nghiệp|8\n");
    assert_int_equal(room->looks.theme[0].category[0].symbol.dash, DASH_NONE);
    assert_int_equal(room->looks.theme[0].category[3].symbol.dash, DASH_DOTS);
    static const size_t category[] = {4, 2, 0, 5, 1, 3, 6, 4};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(theme_category(&room->looks.theme[0], room->batch, i), category[i]);
    assert_int_equal(theme_category(&room->looks.theme[1], room->batch, 3), 0);
}

static void kinds_in_words_of_their_own_are_divided_where_they_are_known(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("kind", "status", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("Khu công nghiệp", "Đang hoạt động"));
    add(room, GEO_KIND_POLYGON, CELLS("Cụm công nghiệp", "treo"));
    settle(room, NULL, -1);
    assert_theme(&room->looks.theme[0], THEME_STATUS,
                 "Khu công nghiệp Đang hoạt động|Industrial zone, operating|"
                 "Khu công nghiệp, đang hoạt động|1\n"
                 "Cụm công nghiệp treo|Industrial cluster, treo|Cụm công nghiệp, treo|1\n");
}

static void corridors_have_a_status_and_are_named_by_their_ref(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("ref", "name", "status", NULL));
    add(room, GEO_KIND_LINE, CELLS("VD4", "Vành đai 4", "planned"));
    add(room, GEO_KIND_LINE, CELLS("CT05", "Nội Bài – Lào Cai", "operating"));
    settle(room, NULL, -1);
    assert_int_equal(room->looks.role, ROLE_CORRIDORS);
    assert_string_equal(room->looks.title, "ref");
    const struct theme *theme = &room->looks.theme[0];
    assert_theme(theme, THEME_STATUS,
                 "operating|Operating|Đang hoạt động|1\nplanned|Planned|Quy hoạch|1\n");
    assert_string_equal(theme->column[0], "status");
    assert_null(theme->column[1]);
    assert_int_equal(theme->category[0].symbol.dash, DASH_NONE);
    assert_int_equal(theme->category[1].symbol.dash, DASH_LONG);
    assert_int_equal(theme_category(theme, room->batch, 0), 1);
}

static void verdicts_come_first_and_in_order(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("kind", "verdict", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "fail"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "uncertain"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "pass"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", "fail"));
    add(room, GEO_KIND_POLYGON, CELLS("KCN", NULL));
    settle(room, NULL, -1);
    assert_int_equal(room->looks.n, 3);
    assert_theme(&room->looks.theme[0], THEME_VERDICT,
                 "pass|Pass|Đạt|1\nuncertain|Uncertain|Chưa đủ căn cứ|1\n"
                 "fail|Fail|Không đạt|2\n*|No rule applies|Không có quy tắc|1\n");
    assert_theme(&room->looks.theme[1], THEME_STATUS, "KCN|Industrial zone|Khu công nghiệp|5\n");
    assert_int_equal(theme_category(&room->looks.theme[0], room->batch, 4), 3);
}

static void bands_run_outwards_with_lengths_in_words(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("from_m", "to_m", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("10000", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("1500", "10000"));
    add(room, GEO_KIND_POLYGON, CELLS("0", "500"));
    add(room, GEO_KIND_POLYGON, CELLS("500", "1500"));
    add(room, GEO_KIND_POLYGON, CELLS("500", "1500"));
    add(room, GEO_KIND_POLYGON, CELLS("-500", "0"));
    add(room, GEO_KIND_POLYGON, CELLS(NULL, "-500"));
    settle(room, NULL, -1);
    assert_int_equal(room->looks.role, ROLE_BANDS);
    const struct theme *theme = &room->looks.theme[0];
    assert_theme(theme, THEME_BAND,
                 " -500|Up to -500 m|Đến -500 m|1\n-500 0|-500 to 0 m|-500 đến 0 m|1\n"
                 "0 500|0–500 m|0–500 m|1\n500 1500|0.5–1.5 km|0,5–1,5 km|2\n"
                 "1500 10000|1.5–10 km|1,5–10 km|1\n10000 |Beyond 10 km|Ngoài 10 km|1\n");
    assert_int_equal(theme_category(theme, room->batch, 4), 3);
    assert_int_equal(theme_category(theme, room->batch, 0), 5);
    assert_int_equal(theme->category[0].symbol.fill, palette_band(GEO_KIND_POLYGON, 0, 5).fill);
}

static void a_column_of_the_user_comes_first_with_its_frequent_values(void **state)
{
    struct room *room = *state;
    char text[16];
    add_columns(room, CELLS("huyện", "verdict", NULL));
    for (int i = 0; i < 20; i++) { /* value 7 has 7 features, 3 has 3, … */
        for (int k = 0; k < i && i <= 8; k++) {
            snprintf(text, sizeof text, "%d", i);
            add(room, GEO_KIND_POLYGON, CELLS(text, "pass"));
        }
    }
    add(room, GEO_KIND_POLYGON, CELLS(NULL, "pass"));
    settle(room, "huyện", -1);
    assert_theme(&room->looks.theme[0], THEME_VALUES,
                 "3|3|3|3\n4|4|4|4\n5|5|5|5\n6|6|6|6\n7|7|7|7\n8|8|8|8\n*|Other|Khác|4\n");
    assert_string_equal(room->looks.theme[0].en, "huyện");
    assert_int_equal(room->looks.theme[1].kind, THEME_VERDICT);
    assert_int_equal(theme_category(&room->looks.theme[0], room->batch, 0), 6);
}

static void a_column_that_is_not_there_is_refused(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("name", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("a"));
    assert_ok(room->ctx, looks_begin(room->ctx, &room->looks, "huyện"));
    assert_ok(room->ctx, looks_see(room->ctx, &room->looks, room->batch));
    assert_int_equal(looks_settle(room->ctx, &room->looks, -1), GEO_EARG);
    assert_non_null(strstr(geo_ctx_message(room->ctx), "'huyện'"));
}

static void values_without_end_are_counted_within_bounds(void **state)
{
    struct room *room = *state;
    char text[16], *longest = calloc(1, 10000);
    assert_non_null(longest);
    memset(longest, 'x', 9999);
    add_columns(room, CELLS("by", NULL));
    for (int i = 0; i < 3000; i++) {
        snprintf(text, sizeof text, "v%d", i);
        add(room, GEO_KIND_POINT, CELLS(text));
    }
    for (int i = 0; i < 3; i++)
        add(room, GEO_KIND_POINT, CELLS("v2999"));
    add(room, GEO_KIND_POINT, CELLS("v7"));
    add(room, GEO_KIND_POINT, CELLS(longest));
    settle(room, "by", -1);
    const struct theme *theme = &room->looks.theme[0];
    assert_int_equal(theme->n, PALETTE_VALUES + 1);
    uint64_t sum = 0;
    for (size_t i = 0; i < theme->n; i++)
        sum += theme->category[i].features;
    assert_int_equal(sum, 3005);
    assert_string_equal(theme->category[5].value, "v7");
    assert_int_equal(theme->category[5].features, 2);
    assert_int_equal(theme_category(theme, room->batch, 3004), theme->n - 1);
    free(longest);
}

static void values_are_counted_over_batches_whose_columns_differ(void **state)
{
    struct room *room = *state;
    add(room, GEO_KIND_POLYGON, NULL);
    assert_ok(room->ctx, looks_begin(room->ctx, &room->looks, NULL));
    assert_ok(room->ctx, looks_see(room->ctx, &room->looks, room->batch));
    geo_batch_clear(room->batch);
    add_columns(room, CELLS("x", "verdict", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("1", "pass"));
    assert_ok(room->ctx, looks_see(room->ctx, &room->looks, room->batch));
    assert_ok(room->ctx, looks_settle(room->ctx, &room->looks, -1));
    assert_theme(&room->looks.theme[0], THEME_VERDICT,
                 "pass|Pass|Đạt|1\n*|No rule applies|Không có quy tắc|1\n");
}

static void a_role_can_be_given_and_surroundings_are_all_alike(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("kind", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("KCN"));
    settle(room, NULL, ROLE_CONTEXT);
    assert_int_equal(room->looks.role, ROLE_CONTEXT);
    assert_int_equal(room->looks.n, 1);
    assert_theme(&room->looks.theme[0], THEME_ALIKE, "*|Surroundings|Nền|1\n");
}

static void the_geometry_is_that_of_most_parts(void **state)
{
    struct room *room = *state;
    add(room, GEO_KIND_POLYGON, NULL);
    add(room, GEO_KIND_POINT, NULL);
    add(room, GEO_KIND_POINT, NULL);
    settle(room, NULL, -1);
    assert_int_equal(room->looks.geometry, GEO_KIND_POINT);
    assert_int_equal(room->looks.role, ROLE_POINTS);
    assert_null(room->looks.title);
}

static void nothing_at_all_has_one_theme(void **state)
{
    struct room *room = *state;
    settle(room, NULL, -1);
    assert_int_equal(room->looks.n, 1);
    assert_theme(&room->looks.theme[0], THEME_ALIKE, "*|Zones|Khu, cụm công nghiệp|0\n");
}

static void columns_of_other_meanings_make_no_theme(void **state)
{
    struct room *room = *state;
    add_columns(room, CELLS("kind", "status", "verdict", "from_m", "to_m", NULL));
    add(room, GEO_KIND_POLYGON, CELLS("x y z", "draft", "guilty", "here", "there"));
    settle(room, NULL, -1);
    assert_int_equal(room->looks.n, 1);
    assert_int_equal(room->looks.theme[0].kind, THEME_ALIKE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_room, close_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(zones_are_grouped_by_kind_and_status_in_the_order_of_the_work),
        TEST(kinds_in_words_of_their_own_are_divided_where_they_are_known),
        TEST(corridors_have_a_status_and_are_named_by_their_ref),
        TEST(verdicts_come_first_and_in_order),
        TEST(bands_run_outwards_with_lengths_in_words),
        TEST(a_column_of_the_user_comes_first_with_its_frequent_values),
        TEST(a_column_that_is_not_there_is_refused),
        TEST(values_without_end_are_counted_within_bounds),
        TEST(values_are_counted_over_batches_whose_columns_differ),
        TEST(a_role_can_be_given_and_surroundings_are_all_alike),
        TEST(the_geometry_is_that_of_most_parts),
        TEST(nothing_at_all_has_one_theme),
        TEST(columns_of_other_meanings_make_no_theme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
