#include "near.h"

#include <string.h>

#include "kit/slug.h"

static void letters_lose_their_marks_and_runs_become_underscores(void **state)
{
    static const struct {
        const char *text, *slug;
    } rows[] = {
        {"CT05", "ct05"},
        {"CT.05", "ct_05"},
        {"Vành đai 4", "vanh_dai_4"},
        {"ĐƯỜNG  SẮT – Hà Nội", "duong_sat_ha_noi"},
        {"a\xCC\x81", "a"}, /* a and a combining acute accent */
        {"  x  ", "x"},     /* none at the ends */
        {"高速", "none"},   /* nothing in plain letters */
        {"", "none"},
        {"\xFF\xFE z", "z"}, /* bytes that are not UTF-8 */
        {"ﬁ ②", "f_2"},      /* the first letter of what stands for several */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char slug[40];
        slug_of(rows[i].text, slug, sizeof slug);
        assert_string_equal(slug, rows[i].slug);
    }
}

static void long_text_is_cut_to_fit(void **state)
{
    char slug[8];
    (void)state;
    slug_of("một hai ba bốn", slug, sizeof slug);
    assert_string_equal(slug, "mot_hai");
    slug_of("mot haiba", slug, 5); /* no underscore at the end */
    assert_true(strlen(slug) <= 4 && slug[strlen(slug) - 1] != '_');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_lose_their_marks_and_runs_become_underscores),
        cmocka_unit_test(long_text_is_cut_to_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
