#include "draw/page_data.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "kit/table.h"
#include "kit/text.h"

static void write_member(FILE *out, const char *before, const char *key, const char *text)
{
    fprintf(out, "%s\"%s\":", before, key);
    text_print_json(out, text);
}

/* Takes the table, NULL where memory is out. */
static bool write_table(FILE *out, struct table *table)
{
    const bool done = table && table_print(table, TABLE_JSON, '.', out);
    table_free(table);
    return done;
}

static void write_notes(FILE *out, const struct map_note *note, size_t n)
{
    fputs("[", out);
    for (size_t i = 0; i < n; i++) {
        write_member(out, i ? ",\n{" : "\n{", "en", note[i].en);
        write_member(out, ",", "vi", note[i].vi);
        putc('}', out);
    }
    fputs("]", out);
}

/* ---- cards ---- */

/* More groups than these are for a table, not for a card. */
enum { GROUPS_MAX = 40 };

static bool write_area(FILE *out, const struct model *model)
{
    struct summary_rest rest;
    double ha;
    const uint64_t n = summary_total(model->zones.area, &ha);
    fputs("\"area\":", out);
    if (n == 0) {
        fputs("null", out);
        return true;
    }
    fprintf(out, "{\"n\":%" PRIu64 ",\"ha\":%.4f,\"by\":", n, ha);
    if (model->by)
        text_print_json(out, model->by);
    else
        fputs("null", out);
    fputs(",\"groups\":", out);
    struct table *table = summary_table(model->zones.area, model->by ? GROUPS_MAX : 0, ha, &rest);
    const bool done = write_table(out, table);
    fputs(",\"rest\":", out);
    if (model->by && rest.groups > 0)
        fprintf(out, "{\"groups\":%" PRIu64 ",\"n\":%" PRIu64 ",\"ha\":%.4f,\"pct\":%.2f}}",
                rest.groups, rest.n, rest.ha, ha > 0 ? 100 * rest.ha / ha : 0);
    else
        fputs("null}", out);
    return done;
}

static struct table *table_of_bands(const struct model *model)
{
    static const struct table_column columns[] = {
        {"band", TABLE_TEXT, 0}, {"from_m", TABLE_REAL, 9}, {"to_m", TABLE_REAL, 9},
        {"n", TABLE_INTEGER, 0}, {"ha", TABLE_REAL, 4},     {"pct", TABLE_REAL, 2}};
    const struct bands_plan *plan = &model->bands;
    const struct band_sum *sum = model->zones.band;
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    double all = 0;
    for (size_t k = 0; k <= plan->n; k++)
        all += sum[k].ha;
    for (size_t k = 0; table && k <= plan->n; k++) {
        table_add_text(table, plan->band[k]);
        table_add_short(table, k ? plan->edge_m[k - 1] : 0);
        table_add_short(table, k < plan->n ? plan->edge_m[k] : NAN);
        table_add_integer(table, (long long)sum[k].n);
        table_add_real(table, sum[k].ha);
        table_add_real(table, all > 0 ? 100 * (sum[k].ha / all) : NAN);
    }
    return table;
}

static bool write_bands(FILE *out, const struct model *model)
{
    double ha;
    fputs(",\n\"bands\":", out);
    if (model->bands.n == 0 || summary_total(model->zones.area, &ha) == 0) {
        fputs("null", out);
        return true;
    }
    fputs("{\"corridors\":[", out);
    for (size_t i = 0; i < model->corridors.n; i++) {
        fputs(i ? "," : "", out);
        text_print_json(out, model->corridors.at[i]);
    }
    fputs("],\"rows\":", out);
    const bool done = write_table(out, table_of_bands(model));
    putc('}', out);
    return done;
}

static void write_verdicts(FILE *out, const struct figures *zones)
{
    fputs(",\n\"verdicts\":", out);
    if (zones->has_verdict)
        fprintf(out,
                "{\"pass\":%" PRIu64 ",\"fail\":%" PRIu64 ",\"uncertain\":%" PRIu64
                ",\"none\":%" PRIu64 "}",
                zones->verdict[FIGURES_PASS], zones->verdict[FIGURES_FAIL],
                zones->verdict[FIGURES_UNCERTAIN], zones->verdict[FIGURES_NONE]);
    else
        fputs("null", out);
}

static bool write_plan(FILE *out, const struct model *model)
{
    if (!model->targets) {
        fputs(",\n\"plan\":null,\"plan_notes\":null,\"as_of\":null", out);
        return true;
    }
    fprintf(out, ",\n\"as_of\":\"%04d-%02d-%02d\",\"plan\":", model->as_of / 10000,
            model->as_of / 100 % 100, model->as_of % 100);
    const bool done = table_print(model->targets, TABLE_JSON, '.', out);
    fputs(",\n\"plan_notes\":", out);
    write_notes(out, model->target_note, model->target_notes);
    return done;
}

/* ---- what stands beside ---- */

static void write_accuracy(FILE *out, double m)
{
    char en[64] = "accuracy not known", vi[64] = "chưa biết độ chính xác", *point;
    fputs(",\"accuracy\":", out);
    if (m == 0) {
        fputs("null", out);
        return;
    }
    if (m > 0) {
        snprintf(en, sizeof en, "accuracy %g m", m);
        snprintf(vi, sizeof vi, "độ chính xác %g m", m);
    }
    if ((point = strchr(vi, '.')))
        *point = ',';
    write_member(out, "{", "en", en);
    write_member(out, ",", "vi", vi);
    putc('}', out);
}

static void write_inputs(FILE *out, const struct model *model)
{
    fputs("\"inputs\":[", out);
    for (size_t i = 0; i < model->inputs; i++) {
        const struct map_input *input = &model->input[i];
        write_member(out, i ? ",\n{" : "\n{", "file", input->file);
        write_member(out, ",", "crs", input->crs);
        write_member(out, ",", "operation", input->operation);
        write_accuracy(out, input->accuracy_m);
        fprintf(out, ",\"features\":%" PRIu64 "}", input->features);
    }
    fputs("],\n", out);
}

/* "0.1.0", "GDAL 3.6.2", … a line each; the first is ours. */
static void write_programs(FILE *out)
{
    const char *line = geo_version_text();
    fputs("\"programs\":[\"geo-map ", out);
    for (; *line; line++)
        if (*line != '\n')
            putc(*line, out);
        else if (line[1])
            fputs("\",\"", out);
    fputs("\"]", out);
}

static void write_tiles(FILE *out, const struct page_tiles *tiles)
{
    fputs(",\n\"tiles\":", out);
    if (tiles->url) {
        write_member(out, "{", "url", tiles->url);
        write_member(out, ",", "credit", tiles->credit);
        putc('}', out);
    } else {
        fputs("null", out);
    }
}

bool page_data(FILE *out, const struct model *model, const struct page_tiles *tiles)
{
    const struct map *map = &model->map;
    write_member(out, "{", "version", GEO_VERSION);
    write_member(out, ",", "title", map->title);
    write_member(out, ",", "lang", map->is_vietnamese ? "vi" : "en");
    write_tiles(out, tiles);
    fprintf(out, ",\n\"box\":[%.9g,%.9g,%.9g,%.9g],\n\"layers\":", map->box.west, map->box.south,
            map->box.east, map->box.north);
    if (!page_layers(out, map))
        return false;
    fputs(",\n\"cards\":{", out);
    if (!write_area(out, model) || !write_bands(out, model))
        return false;
    write_verdicts(out, &model->zones);
    if (!write_plan(out, model))
        return false;
    fputs("},\n", out);
    fputs("\"notes\":", out);
    write_notes(out, map->note, map->notes);
    fputs(",\n", out);
    write_inputs(out, model);
    write_programs(out);
    fputs("}\n", out);
    return true;
}
