/* Syllables, and words in a font of capitals, are told from what only looks like them. */
#include "read/syllable.h"

#include "read/capitals.h"
#include "vietnamese.h"

/* ---- words ---- */

static void syllables_are_known(void **state)
{
    static const char syllables[] =
        "người nghiêng khuỷu quỳnh giếng gìn quốc thuở huyện Đắk Lắk Krông hòa hoà thủy thuỷ Ứng ĐÔNG "
        "ươm yếm ghềnh nghĩa xoong khuya quạ giữa gà gì kỹ Mỹ ỷ ở ố ẩm";
    static const char impossible[] =
        "Orléans café Săo Köln čas Łódź phúb đưc ngê cê ghà Phúó ắp̀ tấ́ pHú PhÚ Sụụng Phó» бвг 北京 ñu";
    (void)state;
    for (const char *at = syllables; *at;) {
        size_t n = strcspn(at, " ");
        if (geo_judge_word(at, n, false) != GEO_WORD_SYLLABLE)
            fail_msg("no syllable: %.*s", (int)n, at);
        at += n + (at[n] == ' ');
    }
    for (const char *at = impossible; *at;) {
        size_t n = strcspn(at, " ");
        if (geo_judge_word(at, n, false) != GEO_WORD_IMPOSSIBLE)
            fail_msg("a syllable: %.*s", (int)n, at);
        at += n + (at[n] == ' ');
    }
    assert_int_equal(geo_judge_word("QĐ", 3, false), GEO_WORD_NEITHER);
    assert_int_equal(geo_judge_word("PHú", 4, false), GEO_WORD_IMPOSSIBLE);
    assert_int_equal(geo_judge_word("PHú", 4, true), GEO_WORD_SYLLABLE);
}

static void every_word_of_the_names_is_a_syllable(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLACE_NAMES; i++)
        for (const char *at = place_names[i]; *at;) {
            size_t n = strcspn(at, " ");
            if (geo_judge_word(at, n, false) != GEO_WORD_SYLLABLE)
                fail_msg("no syllable: %.*s", (int)n, at);
            at += n + (at[n] == ' ');
        }
}

/* ---- fonts of capitals ---- */

static void columns_in_a_font_of_capitals_are_told(void **state)
{
    static const struct {
        const char *text[6];
        enum geo_capitals capitals;
    } known[] = {
        {{"PHú THọ", "VĩNH PHúC", "Hà NộI"}, GEO_CAPITALS_ALL},
        {{"Phú Thọ", "Vĩnh Phúc", "Hà Nội"}, GEO_CAPITALS_NONE},
        {{"PHÚ THỌ", "VĨNH PHÚC", "HÀ NỘI"}, GEO_CAPITALS_NONE},
        {{"PHú THọ", "VĩNH PHúC", "Hà NộI", "TâY Hồ", "Phú Thọ"}, GEO_CAPITALS_SOME},
        {{"PHú THọ", "VĩNH PHúC", "Phú Thọ"}, GEO_CAPITALS_NONE},
        {{"Hà", "Xã", "ở"}, GEO_CAPITALS_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct geo_capitals_count count = {0};
        for (size_t k = 0; k < 6 && known[i].text[k]; k++)
            geo_count_capitals(&count, known[i].text[k], strlen(known[i].text[k]));
        assert_int_equal(geo_capitals_of(&count), known[i].capitals);
    }
}

static void capitals_are_restored_where_they_can_be_known(void **state)
{
    static const struct {
        const char *text, *restored;
        enum geo_capitals column;
        enum geo_restored fate;
    } known[] = {
        {"PHú THọ", "PHÚ THỌ", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
        {"Hà", "HÀ", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
        {"KCN BìNH XUYêN ii", "KCN BÌNH XUYÊN ii", GEO_CAPITALS_SOME, GEO_RESTORED_CAPITALS},
        {"Hà", "Hà", GEO_CAPITALS_SOME, GEO_RESTORED_UNKNOWN},
        {"Xã PHú THọ", "XÃ PHÚ THỌ", GEO_CAPITALS_SOME, GEO_RESTORED_CAPITALS},
        {"Xã PHú (giai đoạn 1)", "Xã PHÚ (giai đoạn 1)", GEO_CAPITALS_SOME, GEO_RESTORED_UNKNOWN},
        {"Phú Thọ", "Phú Thọ", GEO_CAPITALS_SOME, GEO_RESTORED_NOTHING},
        {"KCN 2", "KCN 2", GEO_CAPITALS_ALL, GEO_RESTORED_NOTHING},
        {"ĐườNG ƯƠNG", "ĐƯỜNG ƯƠNG", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s", known[i].text);
        assert_int_equal(geo_restore_capitals(text, strlen(text), known[i].column), known[i].fate);
        assert_string_equal(text, known[i].restored);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables_are_known),
        cmocka_unit_test(every_word_of_the_names_is_a_syllable),
        cmocka_unit_test(columns_in_a_font_of_capitals_are_told),
        cmocka_unit_test(capitals_are_restored_where_they_can_be_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
