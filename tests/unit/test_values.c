/* Values are told apart by the whole of their texts, and numbered as they come. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/values.h"

enum { MANY = 20000 };

struct fixture {
    struct geo_ctx *ctx;
    struct geo_batch *batch;
    struct values values;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    *state = f;
    f->ctx = geo_ctx_new();
    f->batch = geo_batch_new();
    return f->ctx && f->batch ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    values_release(&f->values);
    geo_batch_free(f->batch);
    geo_ctx_free(f->ctx);
    free(f);
    return 0;
}

/* A batch of n features with a column of nulls. */
static void fill(struct fixture *f, size_t n)
{
    assert_ok(f->ctx, geo_batch_add_column(f->ctx, f->batch, "ref", GEO_TYPE_TEXT, NULL));
    for (size_t i = 0; i < n; i++)
        assert_ok(f->ctx, geo_batch_end_feature(f->ctx, f->batch, GEO_SHAPE_NULL, (int64_t)i));
}

static void set(struct fixture *f, size_t i, const char *text)
{
    assert_ok(f->ctx,
              geo_batch_set_text(f->ctx, f->batch, 0, i, GEO_TYPE_TEXT, text, strlen(text)));
}

static size_t number_of(struct fixture *f, size_t column, size_t i)
{
    size_t number;
    assert_true(values_find(&f->values, f->batch, column, i, &number));
    return number;
}

static void long_values_that_differ_at_their_ends_are_two(void **state)
{
    static const size_t lengths[] = {254, 255, 256, 1022, 1023, 1024, 100000};
    struct fixture *f = *state;
    const size_t n = sizeof lengths / sizeof *lengths;
    char *text = malloc(100002);
    assert_non_null(text);
    fill(f, 2 * n);
    for (size_t i = 0; i < 2 * n; i++) {
        memset(text, 'x', lengths[i / 2]);
        memcpy(text + lengths[i / 2], i % 2 ? "b" : "a", 2);
        set(f, i, text);
    }
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < 2 * n; i++)
            assert_int_equal(number_of(f, 0, i), i);
    assert_int_equal(f->values.n, 2 * n);
    assert_string_equal(f->values.value[2 * n - 1]->text, text);
    free(text);
}

static void many_values_are_numbered_as_they_come(void **state)
{
    struct fixture *f = *state;
    fill(f, 2 * MANY);
    for (size_t i = 0; i < 2 * MANY; i++) {
        char text[24];
        snprintf(text, sizeof text, "v%zu", i * 7919 % MANY); /* each one twice */
        set(f, i, text);
    }
    for (size_t i = 0; i < 2 * MANY; i++)
        assert_int_equal(number_of(f, 0, i), i % MANY);
    assert_int_equal(f->values.n, MANY);
}

static void numbers_are_texts_the_null_is_empty_and_zeros_count(void **state)
{
    struct fixture *f = *state;
    fill(f, 8);
    set(f, 1, "");
    set(f, 2, "1.5");
    geo_batch_set_real(f->batch, 0, 3, 1.5);
    geo_batch_set_bool(f->batch, 0, 4, true);
    set(f, 5, "true");
    assert_ok(f->ctx, geo_batch_set_text(f->ctx, f->batch, 0, 6, GEO_TYPE_TEXT, "true\0", 5));
    assert_ok(f->ctx, geo_batch_set_text(f->ctx, f->batch, 0, 7, GEO_TYPE_TEXT, "true\0x", 6));
    static const size_t numbers[] = {0, 0, 1, 1, 2, 2, 3, 4};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(number_of(f, 0, i), numbers[i]);
    assert_int_equal(number_of(f, SIZE_MAX, 3), 0);
    assert_string_equal(f->values.value[0]->text, "");
    assert_string_equal(f->values.value[1]->text, "1.5");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(long_values_that_differ_at_their_ends_are_two),
                                       TEST(many_values_are_numbered_as_they_come),
                                       TEST(numbers_are_texts_the_null_is_empty_and_zeros_count)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
