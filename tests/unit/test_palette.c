/* Colours are told apart by everyone, lines are seen on white, and greys say what is there. */
#include "near.h"

#include "draw/palette.h"
#include "draw/terms.h"
#include "sight.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* CIEDE2000. 2.3 is just noticeable side by side; a legend is further away. */
static const double APART_VERDICTS = 20, APART_PLACES = 10, APART_VALUES = 10;

static const enum geo_kind kinds[] = {GEO_KIND_POINT, GEO_KIND_LINE, GEO_KIND_POLYGON};

/* ---- the ruler itself ---- */

/* Pairs of table 1 of Sharma, Wu, Dalal 2005. */
static void differences_are_those_of_the_published_pairs(void **state)
{
    static const struct {
        struct lab p, q;
        double difference;
    } pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, -1, 2}, {50, 0, 0}, 2.3669},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {50, 3.2592, 0.335}, 1.0000},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{22.7233, 20.0904, -46.694}, {23.0331, 14.973, -42.5619}, 2.0373},
        {{2.0776, 0.0795, -1.135}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++)
        assert_near(sight_difference(pairs[i].p, pairs[i].q), pairs[i].difference, 5e-5);
}

/* WCAG 2.1: black on white is 21, #767676 the first grey with 4.5. */
static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_near(palette_contrast(0x000000), 21, 1e-9);
    assert_near(palette_contrast(0xFFFFFF), 1, 1e-9);
    assert_near(palette_contrast(0x767676), 4.54, 0.005);
    assert_near(palette_contrast(0x777777), 4.48, 0.005);
}

/* ---- differences ---- */

/* What is seen of a symbol over white: its fill, or the stroke of a line. */
static struct lab seen(enum sight sight, enum geo_kind kind, struct symbol symbol)
{
    return kind == GEO_KIND_LINE ? sight_of(sight, symbol.line, 1)
                                 : sight_of(sight, symbol.fill, symbol.fill_alpha);
}

static void assert_apart(const struct symbol *symbol, size_t n, enum geo_kind kind,
                         double difference)
{
    for (enum sight s = SIGHT_FULL; s < SIGHTS; s++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++) {
                double d = sight_difference(seen(s, kind, symbol[i]), seen(s, kind, symbol[j]));
                if (d < difference)
                    fail_msg("kind %d, sight %d: %06x and %06x differ by %.1f", (int)kind, (int)s,
                             symbol[i].fill, symbol[j].fill, d);
            }
}

static void verdicts_are_told_apart_by_everyone(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct symbol symbol[3];
        for (enum judgement j = JUDGED_PASS; j <= JUDGED_FAIL; j++)
            symbol[j] = palette_verdict(kinds[k], j);
        assert_apart(symbol, 3, kinds[k], APART_VERDICTS);
        for (enum judgement j = JUDGED_PASS; j <= JUDGED_FAIL; j++) /* outlines too */
            symbol[j].fill = symbol[j].line;
        assert_apart(symbol, 3, GEO_KIND_LINE, APART_VERDICTS);
    }
}

static double lightness(struct symbol symbol)
{
    return seen(SIGHT_FULL, GEO_KIND_POLYGON, symbol).l;
}

static void verdicts_are_told_apart_in_grey(void **state)
{
    double pass = lightness(palette_verdict(GEO_KIND_POLYGON, JUDGED_PASS));
    double uncertain = lightness(palette_verdict(GEO_KIND_POLYGON, JUDGED_UNCERTAIN));
    double fail = lightness(palette_verdict(GEO_KIND_POLYGON, JUDGED_FAIL));
    (void)state;
    assert_true(uncertain > pass + 20);
    assert_true(pass > fail + 20);
    assert_int_equal(palette_verdict(GEO_KIND_LINE, JUDGED_UNCERTAIN).dash, DASH_DOTS);
}

static void kinds_and_states_of_places_are_told_apart_by_everyone(void **state)
{
    struct symbol symbol[6];
    (void)state;
    for (enum stage_of_work w = WORK_OPERATING; w <= WORK_PLANNED; w++) {
        symbol[w] = palette_place(GEO_KIND_POLYGON, INK_ZONE, w);
        symbol[3 + w] = palette_place(GEO_KIND_POLYGON, INK_CLUSTER, w);
    }
    assert_apart(symbol, 6, GEO_KIND_POLYGON, APART_PLACES);
}

static void grey_says_whether_a_place_is_there_yet(void **state)
{
    (void)state;
    for (enum ink ink = INK_ZONE; ink <= INK_CLUSTER; ink++) {
        double there = lightness(palette_place(GEO_KIND_POLYGON, ink, WORK_OPERATING));
        double begun = lightness(palette_place(GEO_KIND_POLYGON, ink, WORK_BUILDING));
        struct symbol planned = palette_place(GEO_KIND_POLYGON, ink, WORK_PLANNED);
        assert_true(begun > there + 12);
        assert_true(lightness(planned) > begun + 12);
        assert_int_equal(planned.dash, DASH_LONG);
    }
    assert_int_equal(palette_place(GEO_KIND_LINE, INK_CORRIDOR, WORK_OPERATING).dash, DASH_NONE);
    assert_int_equal(palette_place(GEO_KIND_LINE, INK_CORRIDOR, WORK_PLANNED).dash, DASH_LONG);
}

static void other_values_are_told_apart_by_everyone(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct symbol symbol[PALETTE_VALUES + 1];
        for (size_t i = 0; i < PALETTE_VALUES; i++)
            symbol[i] = palette_place(kinds[k], (enum ink)(INK_VALUE + i), WORK_UNKNOWN);
        symbol[PALETTE_VALUES] = palette_place(kinds[k], INK_OTHER, WORK_UNKNOWN);
        assert_apart(symbol, PALETTE_VALUES + 1, kinds[k], APART_VALUES);
    }
}

static void bands_grow_lighter_outwards_however_many(void **state)
{
    (void)state;
    for (size_t n = 2; n <= 64; n++)
        for (size_t i = 1; i < n; i++)
            assert_true(lightness(palette_band(GEO_KIND_POLYGON, i, n)) >
                        lightness(palette_band(GEO_KIND_POLYGON, i - 1, n)));
    struct symbol five[5];
    for (size_t i = 0; i < 5; i++)
        five[i] = palette_band(GEO_KIND_POLYGON, i, 5);
    assert_apart(five, 5, GEO_KIND_POLYGON, 4);
}

/* ---- lines ---- */

static void assert_line(struct symbol symbol)
{
    assert_true(symbol.line_mm > 0);
    if (palette_contrast(symbol.line) < 3)
        fail_msg("the line %06x has a contrast of %.2f", symbol.line,
                 palette_contrast(symbol.line));
}

static void lines_are_seen_on_white(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        for (int ink = 0; ink < INKS; ink++)
            for (enum stage_of_work w = WORK_OPERATING; w <= WORK_UNKNOWN; w++)
                assert_line(palette_place(kinds[k], (enum ink)ink, w));
        for (enum judgement j = JUDGED_PASS; j <= JUDGED_NONE; j++)
            assert_line(palette_verdict(kinds[k], j));
        for (size_t i = 0; i < 64; i++)
            assert_line(palette_band(kinds[k], i, 64));
        assert_line(palette_band(kinds[k], 0, 1));
        assert_line(palette_beyond(kinds[k]));
        assert_line(palette_context(kinds[k]));
    }
    assert_true(palette_contrast(PALETTE_INK) >= 7 && palette_contrast(PALETTE_GREY) >= 4.5);
}

static void a_line_is_darkened_only_as_needed(void **state)
{
    (void)state;
    assert_int_equal(palette_line(0x000080), 0x000080);
    assert_near(palette_contrast(palette_line(0xFFFF00)), 3.1, 0.1);
    assert_near(palette_contrast(palette_line(0xFFFFFF)), 3.1, 0.1);
}

static void points_are_circles_and_surroundings_have_no_fill(void **state)
{
    (void)state;
    assert_true(palette_place(GEO_KIND_POINT, INK_POINT, WORK_PLANNED).marker_mm > 0);
    assert_near(palette_context(GEO_KIND_POLYGON).fill_alpha, 0, 0);
    assert_near(palette_place(GEO_KIND_LINE, INK_CORRIDOR, WORK_PLANNED).fill_alpha, 0, 0);
}

/* ---- words ---- */

static void each_term_has_words_in_both_languages(void **state)
{
    (void)state;
    for (int t = 0; t < TERMS; t++) {
        struct words words = term_words((enum term)t);
        assert_non_null(words.en);
        assert_non_null(words.vi);
        assert_true(words.en[0] && words.vi[0]);
    }
    assert_string_equal(term_words(TERM_ZONE).vi, "khu công nghiệp");
    assert_string_equal(term_words(TERM_UNCERTAIN).vi, "chưa đủ căn cứ");
}

static void values_are_known_in_both_languages(void **state)
{
    (void)state;
    assert_int_equal(term_of_value("KCN"), TERM_ZONE);
    assert_int_equal(term_of_value("Cụm công nghiệp"), TERM_CLUSTER);
    assert_int_equal(term_of_value("ĐANG HOẠT ĐỘNG"), TERM_OPERATING);
    assert_int_equal(term_of_value("quy hoạch"), TERM_PLANNED);
    assert_int_equal(term_of_value("building"), TERM_BUILDING);
    assert_int_equal(term_of_value(""), TERMS);
    assert_int_equal(term_of_value("operatingg"), TERMS);
    assert_int_equal(term_of_value("\xF0\x9F\x98\x80 planned"), TERMS);
    assert_int_equal(term_of_value("planned?"), TERMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_those_of_the_published_pairs),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(verdicts_are_told_apart_by_everyone),
        cmocka_unit_test(verdicts_are_told_apart_in_grey),
        cmocka_unit_test(kinds_and_states_of_places_are_told_apart_by_everyone),
        cmocka_unit_test(grey_says_whether_a_place_is_there_yet),
        cmocka_unit_test(other_values_are_told_apart_by_everyone),
        cmocka_unit_test(bands_grow_lighter_outwards_however_many),
        cmocka_unit_test(lines_are_seen_on_white),
        cmocka_unit_test(a_line_is_darkened_only_as_needed),
        cmocka_unit_test(points_are_circles_and_surroundings_have_no_fill),
        cmocka_unit_test(each_term_has_words_in_both_languages),
        cmocka_unit_test(values_are_known_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
