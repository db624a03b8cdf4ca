/* Lists of fields, and what an origin says of itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/input.h"
#include "read/tiles.h"

enum geo_status geo_fields_add(struct geo_ctx *ctx, struct geo_fields *fields, const char *name,
                               enum geo_type type, int width, int precision)
{
    if (!geo_grow(&fields->field, fields->n + 1, sizeof *fields->field))
        return geo_no_memory(ctx);
    struct geo_field field = {.type = type, .width = width, .precision = precision};
    field.name = strdup(name);
    if (!field.name)
        return geo_no_memory(ctx);
    fields->field[fields->n++] = field;
    return GEO_OK;
}

size_t geo_fields_find(const struct geo_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (!strcmp(fields->field[i].name, name))
            return i;
    return SIZE_MAX;
}

bool geo_select_has(const char *select, const char *name)
{
    size_t n = strlen(name);
    while (select) {
        const char *comma = strchr(select, ',');
        size_t length = comma ? (size_t)(comma - select) : strlen(select);
        if (length == n && !memcmp(select, name, n))
            return true;
        if (!comma)
            return false;
        select = comma + 1;
    }
    return true;
}

const char *geo_select_missing(const char *select, const struct geo_fields *fields, size_t *n)
{
    for (const char *name = select; name && *name; name += *n + (name[*n] == ',')) {
        bool is_there = false;
        *n = strcspn(name, ",");
        for (size_t i = 0; i < fields->n && !is_there; i++)
            is_there =
                strlen(fields->field[i].name) == *n && !memcmp(fields->field[i].name, name, *n);
        if (!is_there)
            return name;
    }
    return NULL;
}

void geo_names_add(char names[GEO_NAMES_ROOM], const char *name)
{
    static const char more[] = ", …";
    size_t n = strlen(names), length = strlen(name);
    const char *comma = n ? ", " : "";
    if (n >= sizeof more - 1 && !strcmp(names + n - (sizeof more - 1), more))
        return;
    if (n + strlen(comma) + length + sizeof more <= GEO_NAMES_ROOM)
        snprintf(names + n, GEO_NAMES_ROOM - n, "%s%s", comma, name);
    else
        snprintf(names + n, GEO_NAMES_ROOM - n, "%s", more);
}

enum geo_status geo_fail_column(struct geo_ctx *ctx, const char *input, const char *name, size_t n,
                                const char *names)
{
    return geo_fail(ctx, GEO_EARG, "%s has no column '%.*s'; it has %s", input, (int)n, name,
                    names[0] ? names : "none");
}

void geo_fields_release(struct geo_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        free(fields->field[i].name);
    free(fields->field);
    *fields = (struct geo_fields){0};
}

enum geo_status geo_origin_begin(struct geo_ctx *ctx, struct geo_origin *origin, const char *name,
                                 const struct geo_read_options *options)
{
    origin->name = strdup(name);
    origin->crs_option = strdup(options->crs_option ? options->crs_option : "-s");
    origin->encoding_option =
        strdup(options->encoding_option ? options->encoding_option : "--encoding");
    origin->swap_axes = options->swap_axes;
    origin->trust_prj = options->trust_prj;
    origin->any_crs = options->any_crs;
    origin->fix = options->fix & (GEO_FIX_CRS | GEO_FIX_AXES);
    return origin->name && origin->crs_option && origin->encoding_option ? GEO_OK
                                                                         : geo_no_memory(ctx);
}

void geo_origin_release(struct geo_origin *origin)
{
    free(origin->name);
    free(origin->driver);
    free(origin->layer);
    free(origin->crs);
    free(origin->operation_text);
    free(origin->encoding);
    free(origin->crs_option);
    free(origin->encoding_option);
    free(origin->operation);
    free(origin->stated);
    free(origin->definition);
    free(origin->crs_note);
    free(origin->crs_fault);
    free(origin->text_note);
    free(origin->text_doubt);
    free(origin->text_fault);
    free(origin->text);
    geo_tiles_free(origin->tiles);
    *origin = (struct geo_origin){0};
}

static const char *text_fault(const struct geo_origin *origin)
{
    if (origin->text_fault)
        return origin->text_fault;
    return atomic_load(&origin->has_bad_text) ? "some of its text is not in the encoding stated"
                                              : "";
}

struct geo_origin_info geo_origin_info(const struct geo_origin *origin)
{
    return (struct geo_origin_info){.name = origin->name,
                                    .driver = origin->driver,
                                    .layer = origin->layer,
                                    .crs = origin->crs,
                                    .operation = origin->operation_text,
                                    .accuracy_m = origin->accuracy_m,
                                    .encoding = origin->encoding,
                                    .edges = origin->edges,
                                    .streamed = origin->streamed,
                                    .crs_note = origin->crs_note ? origin->crs_note : "",
                                    .crs_fault = origin->crs_fault ? origin->crs_fault : "",
                                    .text_fault = text_fault(origin),
                                    .text_doubt = origin->text_doubt ? origin->text_doubt : "",
                                    .text_note = origin->text_note ? origin->text_note : ""};
}

size_t geo_text_findings(const struct geo_origin *origin, const struct geo_text_finding **finding)
{
    *finding = origin->text;
    return origin->text_count;
}
