#include "draw/qml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>

#include "kit/text.h"

/* Above so many features names would hide the map. */
enum { LABELS_MAX = 2000 };

struct qml {
    FILE *out;
    const struct looks *looks;
    const struct theme *theme;
    bool is_vietnamese;
};

/* ---- XML ---- */

/* What XML 1.0 cannot hold becomes U+FFFD, as text that is not UTF-8 does. */
static bool is_character(int32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

/* quotes: how often each quotation mark is written. */
static void print_text(FILE *out, const char *text, int quotes)
{
    while (*text) {
        int32_t code;
        size_t n = text_next(text, &code);
        if (code == 0xFFFD || !is_character(code))
            fputs("\xEF\xBF\xBD", out);
        else if (code < 0x80 && strchr("&<>'\t\n\r", (int)code))
            fprintf(out, "&#%d;", (int)code);
        else if (code == '"')
            fputs(quotes == 2 ? "&quot;&quot;" : "&quot;", out);
        else
            fwrite(text, 1, n, out);
        text += n;
    }
}

static void print_escaped(FILE *out, const char *text)
{
    print_text(out, text, 1);
}

/* A column in an expression. */
static void print_name(FILE *out, const char *name)
{
    fputs("&quot;", out);
    print_text(out, name, 2);
    fputs("&quot;", out);
}

/* ---- symbols ---- */

static void print_option(FILE *out, const char *name, const char *value)
{
    fprintf(out, "      <Option name=\"%s\" type=\"QString\" value=\"%s\"/>\n", name, value);
}

static void print_colour(FILE *out, const char *name, uint32_t colour, double alpha)
{
    char text[32];
    snprintf(text, sizeof text, "%d,%d,%d,%d", (int)(colour >> 16 & 0xFF),
             (int)(colour >> 8 & 0xFF), (int)(colour & 0xFF), (int)lround(255 * alpha));
    print_option(out, name, text);
}

static void print_mm(FILE *out, const char *name, double mm)
{
    char text[32];
    snprintf(text, sizeof text, "%g", mm);
    print_option(out, name, text);
    snprintf(text, sizeof text, "%s_unit", name);
    print_option(out, text, "MM");
}

static const char *line_style(struct symbol symbol)
{
    static const char *const styles[] = {
        [DASH_NONE] = "solid", [DASH_LONG] = "dash", [DASH_DOTS] = "dot"};
    return symbol.line_mm > 0 ? styles[symbol.dash] : "no";
}

static void print_line_options(FILE *out, struct symbol symbol)
{
    print_colour(out, "line_color", symbol.line, 1);
    print_option(out, "line_style", line_style(symbol));
    print_mm(out, "line_width", symbol.line_mm);
    print_option(out, "joinstyle", "round");
    print_option(out, "capstyle", symbol.dash == DASH_NONE ? "round" : "flat");
}

static void print_fill_options(FILE *out, enum geo_kind geometry, struct symbol symbol)
{
    print_colour(out, "color", symbol.fill, symbol.fill_alpha);
    print_colour(out, "outline_color", symbol.line, 1);
    print_option(out, "outline_style", line_style(symbol));
    print_mm(out, "outline_width", symbol.line_mm);
    print_option(out, "joinstyle", "round");
    if (geometry == GEO_KIND_POLYGON) {
        print_option(out, "style", symbol.fill_alpha > 0 ? "solid" : "no");
        return;
    }
    print_option(out, "name", "circle");
    print_mm(out, "size", symbol.marker_mm);
}

/* pass: symbols of a higher one are drawn over all of a lower one. */
static void print_symbol(const struct qml *qml, size_t i, size_t pass)
{
    static const struct {
        const char *type, *layer;
    } classes[] = {[GEO_KIND_POINT] = {"marker", "SimpleMarker"},
                   [GEO_KIND_LINE] = {"line", "SimpleLine"},
                   [GEO_KIND_POLYGON] = {"fill", "SimpleFill"}};
    const enum geo_kind geometry = qml->looks->geometry;
    const struct symbol symbol = qml->theme->category[i].symbol;
    fprintf(
        qml->out,
        "   <symbol name=\"%zu\" type=\"%s\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
        "    <layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"%zu\">\n"
        "     <Option type=\"Map\">\n",
        i, classes[geometry].type, classes[geometry].layer, pass);
    if (geometry == GEO_KIND_LINE)
        print_line_options(qml->out, symbol);
    else
        print_fill_options(qml->out, geometry, symbol);
    fputs("     </Option>\n    </layer>\n   </symbol>\n", qml->out);
}

/* ---- the renderer ---- */

/* A number as QGIS (Qt) makes text of a real one: 1234567, but 1e+06. */
static void print_real(FILE *out, double value)
{
    char text[40];
    int digits = 6;
    do
        snprintf(text, sizeof text, "%.*g", digits, value);
    while (CPLAtof(text) != value && ++digits <= 17);
    fputs(text, out);
}

/* "0 1000", "10000 ": numbers with a blank between. */
static void print_distances(FILE *out, const char *value)
{
    const char *blank = strchr(value, ' ');
    if (blank > value)
        print_real(out, CPLAtof(value));
    fputc(' ', out);
    if (blank[1])
        print_real(out, CPLAtof(blank + 1));
}

/* What a category's value is compared with: a column, or two and a blank between, in which a null
 * is "" as in our values. */
static void print_attribute(const struct qml *qml)
{
    char *const *column = qml->theme->column;
    const bool are_numbers = qml->theme->kind == THEME_BAND;
    const char *open = are_numbers ? "to_real(" : "", *close = are_numbers ? ")" : "";
    if (!column[1]) {
        print_escaped(qml->out, column[0]);
        return;
    }
    fprintf(qml->out, "concat(%s", open);
    print_name(qml->out, column[0]);
    fprintf(qml->out, "%s, &#39; &#39;, %s", close, open);
    print_name(qml->out, column[1]);
    fprintf(qml->out, "%s)", close);
}

static void print_category(const struct qml *qml, size_t i)
{
    const struct category *category = &qml->theme->category[i];
    fputs("   <category render=\"true\" type=\"string\" value=\"", qml->out);
    if (category->value && qml->theme->kind == THEME_BAND)
        print_distances(qml->out, category->value);
    else if (category->value) /* an empty one is all that is left, as we have it */
        print_escaped(qml->out, category->value);
    fputs("\" label=\"", qml->out);
    print_escaped(qml->out, qml->is_vietnamese ? category->vi : category->en);
    fprintf(qml->out, "\" symbol=\"%zu\"/>\n", i);
}

static void print_categorized(const struct qml *qml)
{
    const size_t n = qml->theme->n;
    const bool near_on_top = qml->theme->kind == THEME_BAND; /* discs hide one another */
    fputs(" <renderer-v2 type=\"categorizedSymbol\" attr=\"", qml->out);
    print_attribute(qml);
    fprintf(qml->out, "\" symbollevels=\"%d\" enableorderby=\"0\" forceraster=\"0\">\n",
            near_on_top);
    fputs("  <categories>\n", qml->out);
    for (size_t i = 0; i < n; i++)
        print_category(qml, i);
    fputs("  </categories>\n  <symbols>\n", qml->out);
    for (size_t i = 0; i < n; i++)
        print_symbol(qml, i, near_on_top ? n - 1 - i : 0);
    fputs("  </symbols>\n </renderer-v2>\n", qml->out);
}

static void print_alike(const struct qml *qml)
{
    fputs(" <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" "
          "forceraster=\"0\">\n  <symbols>\n",
          qml->out);
    print_symbol(qml, 0, 0);
    fputs("  </symbols>\n </renderer-v2>\n", qml->out);
}

/* ---- labels ---- */

static bool has_labels(const struct looks *looks)
{
    return looks->title && looks->role != ROLE_BANDS && looks->features <= LABELS_MAX;
}

/* QGIS's numbers for where a label stands: round a point, along a line, level in a polygon. */
static void print_labels(const struct qml *qml)
{
    static const int placement[] = {
        [GEO_KIND_POINT] = 6, [GEO_KIND_LINE] = 2, [GEO_KIND_POLYGON] = 4};
    fputs(
        " <labeling type=\"simple\">\n  <settings>\n   <text-style isExpression=\"0\" fieldName=\"",
        qml->out);
    print_escaped(qml->out, qml->looks->title);
    fprintf(qml->out,
            "\" fontSize=\"8\" fontSizeUnit=\"Point\" textColor=\"%d,%d,%d,255\" "
            "textOpacity=\"1\">\n",
            PALETTE_INK >> 16 & 0xFF, PALETTE_INK >> 8 & 0xFF, PALETTE_INK & 0xFF);
    fprintf(qml->out,
            "    <text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferSizeUnits=\"MM\" "
            "bufferColor=\"255,255,255,255\" bufferOpacity=\"0.85\"/>\n"
            "   </text-style>\n   <text-format wrapChar=\"\" autoWrapLength=\"24\" "
            "useMaxLineLengthForAutoWrap=\"1\" multilineAlign=\"1\"/>\n"
            "   <placement placement=\"%d\" dist=\"1\" distUnits=\"MM\"/>\n"
            "   <rendering obstacle=\"0\"/>\n"
            "  </settings>\n </labeling>\n",
            placement[qml->looks->geometry]);
}

/* ---- the whole ---- */

static void print_style(const struct qml *qml)
{
    const bool labels = has_labels(qml->looks);
    fprintf(qml->out,
            "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
            "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling|Rendering\" "
            "labelsEnabled=\"%d\">\n",
            labels);
    if (qml->theme->column[0])
        print_categorized(qml);
    else
        print_alike(qml);
    if (labels)
        print_labels(qml);
    fputs(" <blendMode>0</blendMode>\n <featureBlendMode>0</featureBlendMode>\n"
          " <layerOpacity>1</layerOpacity>\n</qgis>\n",
          qml->out);
}

char *qml_text(const struct looks *looks, bool is_vietnamese)
{
    char *text = NULL;
    size_t size;
    struct qml qml = {.out = open_memstream(&text, &size),
                      .looks = looks,
                      .theme = &looks->theme[0],
                      .is_vietnamese = is_vietnamese};
    if (!qml.out)
        return NULL;
    print_style(&qml);
    const bool done = !ferror(qml.out);
    if (fclose(qml.out) == 0 && done)
        return text;
    free(text);
    return NULL;
}
