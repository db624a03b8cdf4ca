/* Attribute filters keep what OGR SQL says they keep. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/read.h"

struct fixture {
    struct geo_ctx *ctx;
    struct geo_batch *batch;
};

/* Three features: name (text), n (int), ha (real), ok (bool), mixed (text with numbers). */
static int set_up(void **state)
{
    static const char *const names[] = {"Bình Xuyên", "Khai Quang", "O'Brien"};
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    *state = f;
    f->ctx = geo_ctx_new();
    f->batch = geo_batch_new();
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "tên", GEO_TYPE_TEXT, NULL));
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "n", GEO_TYPE_INT, NULL));
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "plan ha", GEO_TYPE_REAL, NULL));
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "ok", GEO_TYPE_BOOL, NULL));
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "mixed", GEO_TYPE_TEXT, NULL));
    for (size_t i = 0; i < 3; i++) {
        assert_ok(f->ctx, geo_batch_end_feature(f->ctx, f->batch, GEO_SHAPE_NULL, 10 + (int64_t)i));
        assert_ok(f->ctx, geo_batch_set_text(f->ctx, f->batch, 0, i, GEO_TYPE_TEXT, names[i],
                                             strlen(names[i])));
        geo_batch_set_int(f->batch, 1, i, INT64_C(9007199254740993) + (int64_t)i);
        if (i < 2)
            geo_batch_set_real(f->batch, 2, i, 100.5 * (double)i);
        geo_batch_set_bool(f->batch, 3, i, i == 1);
    }
    geo_batch_set_int(f->batch, 4, 0, 5); /* a number where a later input has text */
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    geo_batch_free(f->batch);
    geo_ctx_free(f->ctx);
    free(f);
    return 0;
}

static void a_filter_keeps_what_holds(void **state)
{
    static const struct {
        const char *where;
        uint8_t kept[3];
    } known[] = {
        {"tên = 'Bình Xuyên'", {1, 0, 0}},
        {"\"tên\" LIKE '%Xuyên'", {1, 0, 0}},
        {"\"tên\" = 'O''Brien'", {0, 0, 1}},
        {"N > 0 AND \"plan ha\" > 100", {0, 1, 0}},
        {"\"plan ha\" IS NULL", {0, 0, 1}},
        {"n = 9007199254740993", {1, 0, 0}},
        {"n >= 9007199254740994 OR ok = 0", {1, 1, 1}},
        {"ok = 1", {0, 1, 0}},
        {"mixed = '5'", {1, 0, 0}},
        {"n IN (9007199254740993, 9007199254740995)", {1, 0, 1}},
        {"FID = 11", {0, 1, 0}},
    };
    struct fixture *f = *state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        memset(f->batch->dropped, 0, 3);
        assert_ok(f->ctx, geo_batch_filter(f->ctx, f->batch, known[k].where));
        for (size_t i = 0; i < 3; i++)
            if (f->batch->dropped[i] == known[k].kept[i])
                fail_msg("%s: feature %zu", known[k].where, i);
        assert_int_equal(f->batch->note_count, 0);
    }
}

static void what_was_dropped_stays_dropped(void **state)
{
    struct fixture *f = *state;
    f->batch->dropped[0] = 1;
    assert_ok(f->ctx, geo_batch_filter(f->ctx, f->batch, "n > 0"));
    assert_true(f->batch->dropped[0]);
    assert_false(f->batch->dropped[1] || f->batch->dropped[2]);
}

static void features_of_one_number_are_told_apart(void **state)
{
    struct fixture *f = *state;
    f->batch->fid[1] = f->batch->fid[2] = f->batch->fid[0];
    assert_ok(f->ctx, geo_batch_filter(f->ctx, f->batch, "ok = 1"));
    assert_true(f->batch->dropped[0] && !f->batch->dropped[1] && f->batch->dropped[2]);
}

static void a_long_text_is_compared_whole(void **state)
{
    char text[1000], where[1100];
    struct fixture *f = *state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_ok(f->ctx, geo_batch_set_text(f->ctx, f->batch, 0, 2, GEO_TYPE_TEXT, text, 999));
    snprintf(where, sizeof where, "\"tên\" = '%s'", text);
    assert_ok(f->ctx, geo_batch_filter(f->ctx, f->batch, where));
    assert_true(f->batch->dropped[0] && f->batch->dropped[1] && !f->batch->dropped[2]);
}

static void a_filter_that_makes_no_sense_is_refused(void **state)
{
    static const struct {
        const char *where, *says;
    } refused[] = {{"n =", "filter \"n =\": SQL Expression Parsing Error: syntax error"},
                   {"area > 5", "\"area\" not recognised as an available field"},
                   {" ", "is empty"},
                   {"OGR_GEOM_AREA > 5", "only columns"},
                   {"n = 1; DROP TABLE x", "filter"}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(geo_batch_filter(f->ctx, f->batch, refused[i].where), GEO_EARG);
        assert_non_null(strstr(geo_ctx_message(f->ctx), refused[i].says));
        assert_null(strchr(geo_ctx_message(f->ctx), '\n'));
        assert_false(f->batch->dropped[0] || f->batch->dropped[1] || f->batch->dropped[2]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_filter_keeps_what_holds),
        TEST(what_was_dropped_stays_dropped),
        TEST(features_of_one_number_are_told_apart),
        TEST(a_long_text_is_compared_whole),
        TEST(a_filter_that_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
