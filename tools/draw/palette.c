#include "draw/palette.h"

#include <math.h>

/* Widths and diameters, mm on paper. */
#define OUTLINE_MM 0.3
#define BAND_LINE_MM 0.15
#define ROAD_MM 0.9
#define ROAD_BUILDING_MM 0.5
#define MARKER_MM 2.6

static const double CONTRAST_OF_LINES = 3.0;

/* The last ones were searched for: the least difference among them, and to INK_OTHER, is as large
 * as can be for all kinds of sight. */
static const uint32_t inks[INKS] = {
    [INK_ZONE] = 0x5E3C99,
    [INK_CLUSTER] = 0xD95F02,
    [INK_CORRIDOR] = 0xA8123E,
    [INK_POINT] = 0x12414F,
    [INK_OTHER] = 0x8C8C8C,
    [INK_VALUE] = 0x6490FF,
    0xA01B07,
    0xC68100,
    0x002589,
    0xE62F59,
    0x885B8E,
    0x611437,
    0x780AFF,
};

static double linear(uint32_t byte)
{
    double c = (double)(byte & 0xFF) / 255;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double palette_contrast(uint32_t colour)
{
    double luminance =
        0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
    return 1.05 / (luminance + 0.05);
}

/* The colour at a share of the way from one to another. */
static uint32_t mixed(uint32_t from, uint32_t to, double share)
{
    uint32_t colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double a = (double)(from >> shift & 0xFF), b = (double)(to >> shift & 0xFF);
        colour |= (uint32_t)lround(a + share * (b - a)) << shift;
    }
    return colour;
}

uint32_t palette_line(uint32_t colour)
{
    uint32_t line = colour;
    for (int step = 1; palette_contrast(line) < CONTRAST_OF_LINES; step++)
        line = mixed(colour, 0, 0.02 * step);
    return line;
}

/* A polygon or a circle filled with a colour, or a line of it. */
static struct symbol painted(enum geo_kind kind, uint32_t fill, double alpha, uint32_t line)
{
    const bool is_line = kind == GEO_KIND_LINE;
    return (struct symbol){.fill = is_line ? line : fill,
                           .line = line,
                           .fill_alpha = is_line ? 0 : alpha,
                           .line_mm = is_line ? ROAD_MM : OUTLINE_MM,
                           .marker_mm = kind == GEO_KIND_POINT ? MARKER_MM : 0};
}

struct symbol palette_place(enum geo_kind kind, enum ink ink, enum stage_of_work work)
{
    static const double alpha[] = {[WORK_OPERATING] = 0.85,
                                   [WORK_BUILDING] = 0.5,
                                   [WORK_PLANNED] = 0.18,
                                   [WORK_UNKNOWN] = 0.65};
    uint32_t colour = inks[ink];
    uint32_t line = palette_line(kind == GEO_KIND_LINE ? colour : mixed(colour, 0, 0.25));
    struct symbol symbol = painted(kind, colour, alpha[work], line);
    if (work == WORK_PLANNED && kind != GEO_KIND_POINT)
        symbol.dash = DASH_LONG;
    if (work == WORK_BUILDING && kind == GEO_KIND_LINE)
        symbol.line_mm = ROAD_BUILDING_MM;
    return symbol;
}

struct symbol palette_verdict(enum geo_kind kind, enum judgement judgement)
{
    static const struct {
        uint32_t fill, line;
        double alpha;
    } look[] = {[JUDGED_PASS] = {0x2A9D8F, 0x0B7A6F, 0.8},
                [JUDGED_UNCERTAIN] = {0xFBE38A, 0xB58100, 0.8},
                [JUDGED_FAIL] = {0xA50F26, 0x7F0A1C, 0.8},
                [JUDGED_NONE] = {PALETTE_PAPER, 0x767676, 0.4}};
    struct symbol symbol =
        painted(kind, look[judgement].fill, look[judgement].alpha, look[judgement].line);
    if (judgement == JUDGED_UNCERTAIN && kind != GEO_KIND_POINT)
        symbol.dash = DASH_DOTS;
    return symbol;
}

struct symbol palette_band(enum geo_kind kind, size_t i, size_t n)
{
    static const uint32_t near = 0x2B7BA6, far = 0xE6F2F8, outline = 0x3D7796;
    double share = n > 1 ? (double)i / (double)(n - 1) : 0.4;
    uint32_t colour = mixed(near, far, share);
    struct symbol symbol =
        painted(kind, colour, 0.7, kind == GEO_KIND_LINE ? palette_line(colour) : outline);
    if (kind == GEO_KIND_POLYGON)
        symbol.line_mm = BAND_LINE_MM;
    return symbol;
}

struct symbol palette_beyond(enum geo_kind kind)
{
    struct symbol symbol = painted(kind, 0xD9D9D9, 0.35, 0x8C8C8C);
    if (kind == GEO_KIND_POLYGON)
        symbol.line_mm = BAND_LINE_MM;
    return symbol;
}

struct symbol palette_context(enum geo_kind kind)
{
    struct symbol symbol = painted(kind, PALETTE_PAPER, 0, PALETTE_GREY);
    symbol.line_mm = 0.4;
    return symbol;
}
