#include "near.h"

#include <stdio.h>
#include <string.h>

#include "steps/texts.h"

static void texts_are_counted_in_order_of_first_appearance(void **state)
{
    static const char *const words[] = {"b", "a", "b", "", "bb", "", "b", NULL};
    static const struct {
        const char *text;
        uint64_t count;
    } expected[] = {{"b", 3}, {"a", 1}, {"", 2}, {"bb", 1}};
    struct texts texts = {0};
    (void)state;
    assert_false(texts_has(&texts, "b"));
    for (size_t i = 0; words[i]; i++)
        assert_true(texts_add(&texts, words[i]) < 3);
    assert_int_equal(texts.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(texts_at(&texts, i), expected[i].text);
        assert_int_equal(texts.entry[i].count, expected[i].count);
    }
    assert_true(texts_has(&texts, "bb"));
    assert_false(texts_has(&texts, "c"));
    texts_release(&texts);
    assert_int_equal(texts.n, 0);
}

static void many_texts_are_told_apart(void **state)
{
    struct texts texts = {0};
    char text[32];
    (void)state;
    for (uint64_t round = 0; round < 2; round++)
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof text, "KCN %d", i);
            assert_int_equal(texts_add(&texts, text), round);
        }
    assert_int_equal(texts.n, 5000);
    assert_string_equal(texts_at(&texts, 4321), "KCN 4321");
    texts_release(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_counted_in_order_of_first_appearance),
        cmocka_unit_test(many_texts_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
