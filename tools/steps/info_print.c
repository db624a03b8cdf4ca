#include "steps/info_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kit/text.h"
#include "steps/reference_print.h"

static bool is_number(const struct info_field *field)
{
    return field->min <= field->max;
}

/* ---- text ---- */

static void print_shapes(const struct info *info)
{
    const char *between = ": ";
    printf("  features   %" PRIu64, info->features);
    for (int s = 0; s < INFO_SHAPES; s++)
        if (info->by_shape[s]) {
            printf("%s%" PRIu64 " %s", between, info->by_shape[s],
                   geo_shape_name((enum geo_shape)s));
            between = ", ";
        }
    printf("; %" PRIu64 " vertices\n", info->vertices);
}

static void print_extent(const char *name, const struct info_extent *e, int decimals)
{
    if (e->min_x > e->max_x)
        return;
    printf("  %-11s", name);
    printf("%.*f, %.*f … %.*f, %.*f\n", decimals, e->min_x, decimals, e->min_y, decimals, e->max_x,
           decimals, e->max_y);
}

static void print_operation(const struct geo_origin_info *origin)
{
    if (!origin->operation[0])
        return;
    printf("  to WGS 84  %s", origin->operation);
    if (origin->accuracy_m >= 0)
        printf(", accuracy %g m\n", origin->accuracy_m);
    else
        puts(", accuracy not known");
}

static int name_width(const struct info *info)
{
    size_t widest = 0;
    for (size_t f = 0; f < info->field_count; f++) {
        size_t width = text_width(info->field[f].name);
        widest = width > widest ? width : widest;
    }
    return (int)widest;
}

static void print_field(const struct info_field *field, int width)
{
    printf("    ");
    text_print(stdout, field->name);
    printf("%*s  %-8s  ", width - (int)text_width(field->name), "", geo_type_name(field->type));
    if (is_number(field))
        printf("%.15g … %.15g", field->min, field->max);
    for (size_t k = 0; k < field->sample_count; k++) {
        fputs(k ? " | " : "", stdout);
        text_print(stdout, field->sample[k]);
    }
    if (field->nulls)
        printf("%s%" PRIu64 " null", field->values ? "; " : "", field->nulls);
    putchar('\n');
}

void info_print_text(const struct info *info, const struct geo_origin_info *origin, bool is_first)
{
    fputs(is_first ? "" : "\n", stdout);
    text_print(stdout, origin->name);
    printf("\n  driver     %s, layer ", origin->driver);
    text_print(stdout, origin->layer);
    putchar('\n');
    print_shapes(info);
    printf("  CRS        %s\n", origin->crs);
    print_operation(origin);
    if (origin->operation[0] || origin->crs_fault[0])
        print_extent("extent", &info->raw, 3);
    print_extent("lon, lat", &info->lonlat, 7);
    printf("  text       %s\n", origin->encoding);
    printf("  geometry   %" PRIu64 " invalid (mended), %" PRIu64 " skipped, %" PRIu64
           " empty, %" PRIu64 " null, %" PRIu64 " repeated\n",
           info->repaired, info->skipped, info->empty, info->by_shape[GEO_SHAPE_NULL],
           info->duplicates);
    findings_print_text(&info->findings);
    if (info->ranking)
        reference_print_text(info->ranking);
    printf("  fields     %zu\n", info->field_count);
    int width = name_width(info);
    for (size_t f = 0; f < info->field_count; f++)
        print_field(&info->field[f], width);
}

/* ---- JSON ---- */

static void json_text(const char *key, const char *text)
{
    printf("\"%s\":", key);
    text_print_json(stdout, text);
}

static void json_extent(const char *key, const struct info_extent *e)
{
    printf(",\"%s\":", key);
    if (e->min_x > e->max_x)
        fputs("null", stdout);
    else
        printf("[%.15g,%.15g,%.15g,%.15g]", e->min_x, e->min_y, e->max_x, e->max_y);
}

static void json_field(const struct info_field *field)
{
    putchar('{');
    json_text("name", field->name);
    printf(",\"type\":\"%s\",\"values\":%" PRIu64 ",\"nulls\":%" PRIu64, geo_type_name(field->type),
           field->values, field->nulls);
    if (is_number(field))
        printf(",\"min\":%.17g,\"max\":%.17g", field->min, field->max);
    fputs(",\"samples\":[", stdout);
    for (size_t k = 0; k < field->sample_count; k++) {
        fputs(k ? "," : "", stdout);
        text_print_json(stdout, field->sample[k]);
    }
    fputs("]}", stdout);
}

static void json_origin(const struct geo_origin_info *origin)
{
    json_text("name", origin->name);
    putchar(',');
    json_text("driver", origin->driver);
    putchar(',');
    json_text("layer", origin->layer);
    putchar(',');
    json_text("crs", origin->crs);
    putchar(',');
    json_text("operation", origin->operation);
    if (origin->accuracy_m >= 0)
        printf(",\"accuracy_m\":%.15g,", origin->accuracy_m);
    else
        fputs(",\"accuracy_m\":null,", stdout);
    json_text("encoding", origin->encoding);
}

static void json_shapes(const struct info *info)
{
    const char *between = "";
    fputs(",\"types\":{", stdout);
    for (int s = 0; s < INFO_SHAPES; s++)
        if (info->by_shape[s]) {
            printf("%s\"%s\":%" PRIu64, between, geo_shape_name((enum geo_shape)s),
                   info->by_shape[s]);
            between = ",";
        }
    putchar('}');
}

void info_print_json(const struct info *info, const struct geo_origin_info *origin, bool is_first)
{
    fputs(is_first ? "[{" : ",\n{", stdout);
    json_origin(origin);
    printf(",\"features\":%" PRIu64 ",\"vertices\":%" PRIu64, info->features, info->vertices);
    json_shapes(info);
    json_extent("extent", &info->raw);
    json_extent("lonlat", &info->lonlat);
    putchar(',');
    findings_print_json(&info->findings);
    if (info->ranking) {
        putchar(',');
        reference_print_json(info->ranking);
    }
    printf(",\"invalid\":%" PRIu64 ",\"skipped\":%" PRIu64 ",\"empty\":%" PRIu64
           ",\"null\":%" PRIu64 ",\"repeated\":%" PRIu64 ",\"fields\":[",
           info->repaired, info->skipped, info->empty, info->by_shape[GEO_SHAPE_NULL],
           info->duplicates);
    for (size_t f = 0; f < info->field_count; f++) {
        fputs(f ? "," : "", stdout);
        json_field(&info->field[f]);
    }
    fputs("]}", stdout);
}

void info_print_json_end(void)
{
    puts("]");
}
