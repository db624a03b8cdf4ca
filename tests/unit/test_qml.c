/* Looks become XML that says what they say, whatever the values hold. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

#include <cpl_minixml.h>

#include "draw/qml.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Looks by hand: a theme of categories that share a symbol. */
struct made {
    struct looks looks;
    struct category category[4];
};

static struct made *make(struct made *made, enum theme_kind kind, const char *a, const char *b)
{
    *made = (struct made){.looks = {.geometry = GEO_KIND_POLYGON, .n = 1, .features = 3}};
    struct theme *theme = &made->looks.theme[0];
    theme->kind = kind;
    theme->column[0] = (char *)(uintptr_t)a;
    theme->column[1] = (char *)(uintptr_t)b;
    theme->category = made->category;
    return made;
}

static void add(struct made *made, const char *value, const char *en, const char *vi)
{
    struct theme *theme = &made->looks.theme[0];
    theme->category[theme->n++] =
        (struct category){.value = (char *)(uintptr_t)value,
                          .en = (char *)(uintptr_t)en,
                          .vi = (char *)(uintptr_t)vi,
                          .symbol = palette_place(made->looks.geometry, INK_ZONE, WORK_PLANNED)};
}

/* The style as GDAL's parser reads it; the caller destroys it. */
static CPLXMLNode *parsed(const struct made *made, bool is_vietnamese)
{
    char *text = qml_text(&made->looks, is_vietnamese);
    assert_non_null(text);
    CPLXMLNode *root = CPLParseXMLString(text);
    assert_non_null(root);
    free(text);
    return root;
}

static const char *at(CPLXMLNode *root, const char *path)
{
    char whole[200] = "=qgis.";
    strncat(whole, path, sizeof whole - 10);
    return CPLGetXMLValue(root, whole, "(nothing)");
}

/* The i-th category. */
static CPLXMLNode *category(CPLXMLNode *root, int i)
{
    CPLXMLNode *node = CPLGetXMLNode(root, "=qgis.renderer-v2.categories");
    assert_non_null(node);
    for (node = node->psChild; node && i > 0; i--)
        node = node->psNext;
    assert_non_null(node);
    return node;
}

static void assert_category(CPLXMLNode *root, int i, const char *value, const char *label)
{
    assert_string_equal(CPLGetXMLValue(category(root, i), "value", "?"), value);
    assert_string_equal(CPLGetXMLValue(category(root, i), "label", "?"), label);
}

static void values_and_labels_come_back_whatever_they_hold(void **state)
{
    static const char *const hostile[] = {"</category><script>\"'&amp;&lt;]]>",
                                          "tab\there\nand\rthere ", "Vĩnh Phúc \xF0\x9F\x98\x80"};
    struct made made;
    (void)state;
    make(&made, THEME_VALUES, "a\"b<c", NULL);
    for (size_t i = 0; i < COUNT(hostile); i++)
        add(&made, hostile[i], hostile[i], "x");
    CPLXMLNode *root = parsed(&made, false);
    assert_string_equal(at(root, "renderer-v2.attr"), "a\"b<c");
    for (size_t i = 0; i < COUNT(hostile); i++)
        assert_category(root, (int)i, hostile[i], hostile[i]);
    CPLDestroyXMLNode(root);
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
    struct made made;
    (void)state;
    make(&made, THEME_VALUES, "a", NULL);
    add(&made, "\x01\x1F|\xEF\xBF\xBF|\xFF", "x", "y");
    CPLXMLNode *root = parsed(&made, true);
    assert_category(root, 0, "\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD", "y");
    CPLDestroyXMLNode(root);
}

static void two_columns_are_joined_as_their_values_are(void **state)
{
    struct made made;
    (void)state;
    make(&made, THEME_STATUS, "ki\"nd", "status");
    add(&made, "KCN planned", "zone", "khu");
    add(&made, NULL, "other", "khác");
    CPLXMLNode *root = parsed(&made, true);
    assert_string_equal(at(root, "renderer-v2.type"), "categorizedSymbol");
    assert_string_equal(at(root, "renderer-v2.attr"), "concat(\"ki\"\"nd\", ' ', \"status\")");
    assert_category(root, 0, "KCN planned", "khu");
    assert_category(root, 1, "", "khác");
    assert_string_equal(at(root, "renderer-v2.symbols.symbol.type"), "fill");
    assert_string_equal(at(root, "renderer-v2.symbols.symbol.layer.class"), "SimpleFill");
    CPLDestroyXMLNode(root);
}

/* Asked of QGIS: concat(1000000.0, ' ') is 1e+06, concat(1234567.0, ' ') 1234567. */
static void distances_are_the_text_that_qgis_makes_of_them(void **state)
{
    static const char *const pairs[][2] = {{"0 0.5", "0 0.5"},
                                           {"500 999999", "500 999999"},
                                           {"-500 1000000", "-500 1e+06"},
                                           {"1234567 ", "1234567 "}};
    struct made made;
    (void)state;
    make(&made, THEME_BAND, "from_m", "to_m");
    for (size_t i = 0; i < COUNT(pairs); i++)
        add(&made, pairs[i][0], "x", "x");
    CPLXMLNode *root = parsed(&made, false);
    assert_string_equal(at(root, "renderer-v2.attr"),
                        "concat(to_real(\"from_m\"), ' ', to_real(\"to_m\"))");
    for (size_t i = 0; i < COUNT(pairs); i++)
        assert_category(root, (int)i, pairs[i][1], "x");
    assert_string_equal(at(root, "renderer-v2.symbollevels"), "1");
    CPLDestroyXMLNode(root);
}

static void a_theme_of_one_is_a_single_symbol_of_its_geometry(void **state)
{
    static const struct {
        enum geo_kind kind;
        const char *type, *layer;
    } rows[] = {{GEO_KIND_POINT, "marker", "SimpleMarker"},
                {GEO_KIND_LINE, "line", "SimpleLine"},
                {GEO_KIND_POLYGON, "fill", "SimpleFill"}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        make(&made, THEME_ALIKE, NULL, NULL);
        made.looks.geometry = rows[i].kind;
        add(&made, NULL, "all", "tất cả");
        CPLXMLNode *root = parsed(&made, false);
        assert_string_equal(at(root, "renderer-v2.type"), "singleSymbol");
        assert_string_equal(at(root, "renderer-v2.symbols.symbol.type"), rows[i].type);
        assert_string_equal(at(root, "renderer-v2.symbols.symbol.layer.class"), rows[i].layer);
        CPLDestroyXMLNode(root);
    }
}

static void features_are_labelled_by_name_unless_they_are_many(void **state)
{
    struct made made;
    (void)state;
    make(&made, THEME_ALIKE, NULL, NULL);
    add(&made, NULL, "all", "tất cả");
    made.looks.title = "tên <1>";
    CPLXMLNode *root = parsed(&made, false);
    assert_string_equal(at(root, "labelsEnabled"), "1");
    assert_string_equal(at(root, "labeling.settings.text-style.fieldName"), "tên <1>");
    CPLDestroyXMLNode(root);
    made.looks.features = 1000000;
    root = parsed(&made, false);
    assert_string_equal(at(root, "labelsEnabled"), "0");
    CPLDestroyXMLNode(root);
    made.looks.features = 3;
    made.looks.role = ROLE_BANDS;
    root = parsed(&made, false);
    assert_string_equal(at(root, "labelsEnabled"), "0");
    CPLDestroyXMLNode(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_labels_come_back_whatever_they_hold),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
        cmocka_unit_test(two_columns_are_joined_as_their_values_are),
        cmocka_unit_test(distances_are_the_text_that_qgis_makes_of_them),
        cmocka_unit_test(a_theme_of_one_is_a_single_symbol_of_its_geometry),
        cmocka_unit_test(features_are_labelled_by_name_unless_they_are_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
