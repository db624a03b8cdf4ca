#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "draw/page_data.h"
#include "kit/text.h"

/* A text of any length, kept between cells. */
struct room {
    char *text;
    size_t size;
};

/* ---- cells ---- */

/* JavaScript's numbers are exact up to 2^53. */
#define EXACT_MAX 9007199254740992

static bool write_text_cell(FILE *out, const struct geo_batch *drawn,
                            const struct geo_column *column, size_t i, struct room *room)
{
    size_t n = geo_batch_cell_text(drawn, column, i, room->text, room->size);
    if (n >= room->size) {
        char *grown = realloc(room->text, n + 1);
        if (!grown)
            return false;
        *room = (struct room){grown, n + 1};
        geo_batch_cell_text(drawn, column, i, room->text, room->size);
    }
    text_print_json(out, room->text);
    return true;
}

static bool write_cell(FILE *out, const struct geo_batch *drawn, const struct geo_column *column,
                       size_t i, struct room *room)
{
    const int64_t integer = column->value[i].integer;
    char number[64];
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_NULL:
        fputs("null", out);
        return true;
    case GEO_TYPE_BOOL:
        fputs(integer ? "true" : "false", out);
        return true;
    case GEO_TYPE_INT:
        fprintf(out, integer > EXACT_MAX || integer < -EXACT_MAX ? "\"%" PRId64 "\"" : "%" PRId64,
                integer);
        return true;
    case GEO_TYPE_REAL:
        geo_batch_cell_text(drawn, column, i, number, sizeof number);
        fputs(number, out);
        return true;
    default:
        return write_text_cell(out, drawn, column, i, room);
    }
}

static bool write_rows(FILE *out, const struct geo_batch *drawn)
{
    struct room room = {malloc(256), 256};
    bool done = room.text != NULL;
    fputs("\"rows\":[", out);
    for (size_t i = 0; done && i < drawn->n; i++) {
        fputs(i ? ",\n[" : "\n[", out);
        for (size_t c = 0; done && c < drawn->column_count; c++) {
            if (c)
                putc(',', out);
            done = write_cell(out, drawn, &drawn->column[c], i, &room);
        }
        putc(']', out);
    }
    putc(']', out);
    free(room.text);
    return done;
}

static void write_columns(FILE *out, const struct geo_batch *drawn)
{
    fputs("\"columns\":[", out);
    for (size_t c = 0; c < drawn->column_count; c++) {
        const enum geo_type type = drawn->column[c].type;
        fprintf(out, "%s{\"name\":", c ? "," : "");
        text_print_json(out, drawn->column[c].name);
        fprintf(out, ",\"type\":\"%s\"}",
                geo_type_name(type == GEO_TYPE_NULL ? GEO_TYPE_TEXT : type));
    }
    fputs("]", out);
}

/* ---- shapes ---- */

/* Millionths of a degree, each vertex from the one before. */
static void write_vertices(FILE *out, const struct geo_lonlat *vertex, size_t n)
{
    long long x = 0, y = 0;
    putc('[', out);
    for (size_t v = 0; v < n; v++) {
        const long long to_x = llround(vertex[v].lon * 1e6), to_y = llround(vertex[v].lat * 1e6);
        fprintf(out, "%s%lld,%lld", v ? "," : "", to_x - x, to_y - y);
        x = to_x;
        y = to_y;
    }
    putc(']', out);
}

static void write_ring(FILE *out, const struct geo_batch *drawn, size_t r, bool is_closed)
{
    const size_t first = drawn->vertex_start[r], n = drawn->vertex_start[r + 1] - first;
    write_vertices(out, drawn->vertex + first, is_closed && n > 1 ? n - 1 : n);
}

static void write_part(FILE *out, const struct geo_batch *drawn, size_t p)
{
    const size_t first = drawn->ring_start[p];
    if (drawn->part_kind[p] != GEO_KIND_POLYGON) {
        write_ring(out, drawn, first, false);
        return;
    }
    putc('[', out);
    for (size_t r = first; r < drawn->ring_start[p + 1]; r++) {
        if (r > first)
            putc(',', out);
        write_ring(out, drawn, r, true);
    }
    putc(']', out);
}

/* The parts of one kind. */
static size_t write_kind(FILE *out, const struct geo_batch *drawn, size_t i, enum geo_kind kind,
                         const char *before)
{
    static const char *const key[] = {
        [GEO_KIND_POINT] = "t", [GEO_KIND_LINE] = "l", [GEO_KIND_POLYGON] = "p"};
    size_t n = 0;
    for (size_t p = drawn->part_start[i]; p < drawn->part_start[i + 1]; p++) {
        if (drawn->part_kind[p] != kind)
            continue;
        if (n++ == 0)
            fprintf(out, "%s\"%s\":[", before, key[kind]);
        else
            putc(',', out);
        write_part(out, drawn, p);
    }
    if (n > 0)
        putc(']', out);
    return n;
}

static void write_shape(FILE *out, const struct geo_batch *drawn, size_t i)
{
    static const enum geo_kind kinds[] = {GEO_KIND_POLYGON, GEO_KIND_LINE, GEO_KIND_POINT};
    size_t n = 0;
    if (drawn->part_start[i] == drawn->part_start[i + 1]) {
        fputs("null", out);
        return;
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        n += write_kind(out, drawn, i, kinds[k], n ? "," : "{");
    putc('}', out);
}

static void write_shapes(FILE *out, const struct geo_batch *drawn)
{
    fputs("\"shapes\":[", out);
    for (size_t i = 0; i < drawn->n; i++) {
        fputs(i ? ",\n" : "\n", out);
        write_shape(out, drawn, i);
    }
    putc(']', out);
}

/* ---- themes ---- */

static void write_words(FILE *out, const char *en, const char *vi)
{
    fputs("{\"en\":", out);
    text_print_json(out, en);
    fputs(",\"vi\":", out);
    text_print_json(out, vi);
    putc('}', out);
}

void page_colour(FILE *out, unsigned colour)
{
    fprintf(out, "\"#%06x\"", colour & 0xFFFFFF);
}

static void write_symbol(FILE *out, const struct symbol *symbol)
{
    static const char *const dashes[] = {
        [DASH_NONE] = "none", [DASH_LONG] = "long", [DASH_DOTS] = "dots"};
    fputs("{\"fill\":", out);
    page_colour(out, symbol->fill);
    fprintf(out, ",\"fillAlpha\":%g,\"line\":", symbol->fill_alpha);
    page_colour(out, symbol->line);
    fprintf(out, ",\"lineMm\":%g,\"dash\":\"%s\",\"markerMm\":%g}", symbol->line_mm,
            dashes[symbol->dash], symbol->marker_mm);
}

static void write_category(FILE *out, const struct category *category)
{
    fputs("\n{\"value\":", out);
    if (category->value)
        text_print_json(out, category->value);
    else
        fputs("null", out);
    fputs(",\"label\":", out);
    write_words(out, category->en, category->vi);
    fprintf(out, ",\"features\":%" PRIu64 ",\"symbol\":", category->features);
    write_symbol(out, &category->symbol);
    putc('}', out);
}

static void write_theme(FILE *out, const struct theme *theme, const struct geo_batch *drawn)
{
    static const char *const kinds[] = {[THEME_VERDICT] = "verdict",
                                        [THEME_STATUS] = "status",
                                        [THEME_BAND] = "band",
                                        [THEME_VALUES] = "values",
                                        [THEME_ALIKE] = "alike"};
    fprintf(out, "{\"kind\":\"%s\",\"columns\":[", kinds[theme->kind]);
    for (int c = 0; c < 2 && theme->column[c]; c++) {
        fputs(c ? "," : "", out);
        text_print_json(out, theme->column[c]);
    }
    fputs("],\"title\":", out);
    write_words(out, theme->en, theme->vi);
    fputs(",\"categories\":[", out);
    for (size_t c = 0; c < theme->n; c++) {
        fputs(c ? "," : "", out);
        write_category(out, &theme->category[c]);
    }
    fputs("],\"category\":[", out);
    for (size_t i = 0; i < drawn->n; i++)
        fprintf(out, "%s%zu", i ? "," : "", theme_category(theme, drawn, i));
    fputs("]}", out);
}

static bool write_layer(FILE *out, const struct map_layer *layer)
{
    static const char *const roles[] = {[ROLE_ZONES] = "zones",
                                        [ROLE_BANDS] = "bands",
                                        [ROLE_CORRIDORS] = "corridors",
                                        [ROLE_POINTS] = "points",
                                        [ROLE_CONTEXT] = "context"};
    const long long title = layer->title == SIZE_MAX ? -1 : (long long)layer->title;
    fputs("\n{\"file\":", out);
    text_print_json(out, layer->file);
    fputs(",\"name\":", out);
    text_print_json(out, layer->name);
    fprintf(out, ",\"role\":\"%s\",\"features\":%" PRIu64 ",\"drawn\":%zu,\n",
            roles[layer->looks.role], layer->features, layer->drawn->n);
    write_columns(out, layer->drawn);
    fprintf(out, ",\"title\":%lld,\n\"themes\":[", title);
    for (size_t t = 0; t < layer->looks.n; t++) {
        fputs(t ? ",\n" : "", out);
        write_theme(out, &layer->looks.theme[t], layer->drawn);
    }
    fputs("],\n", out);
    bool done = write_rows(out, layer->drawn);
    fputs(",\n", out);
    write_shapes(out, layer->drawn);
    putc('}', out);
    return done;
}

bool page_layers(FILE *out, const struct map *map)
{
    bool done = true;
    putc('[', out);
    for (size_t l = 0; done && l < map->layers; l++) {
        fputs(l ? "," : "", out);
        done = write_layer(out, &map->layer[l]);
    }
    putc(']', out);
    return done;
}
