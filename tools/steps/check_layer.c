#include "steps/check_layer.h"

#include <math.h>
#include <stdlib.h>

#include "steps/try.h"

static const char *name_of(const struct check_layer *layer)
{
    return layer->path ? layer->path : "the corridors";
}

static void set_accuracies(struct check_layer *layer, const struct accuracy_options *o,
                           size_t column)
{
    const double all_m = isnan(o->of_corridors_m) && !o->corridor_field ? 0 : o->of_corridors_m;
    size_t known = 0;
    for (size_t i = 0; i < layer->shapes->n; i++) {
        const double m = accuracy_of(layer->shapes, column, i, all_m);
        layer->accuracy_m[i] = m;
        if (isinf(m)) {
            layer->unknown++;
            continue;
        }
        layer->least_m = known ? fmin(layer->least_m, m) : m;
        layer->most_m = fmax(layer->most_m, m);
        known++;
    }
}

static bool know_accuracies(struct job *job, struct check_layer *layer,
                            const struct accuracy_options *o)
{
    size_t column = SIZE_MAX;
    layer->accuracy_m = calloc(layer->shapes->n + 1, sizeof *layer->accuracy_m);
    if (!layer->accuracy_m)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    if (o->corridor_field)
        column = geo_batch_find_column(layer->shapes, o->corridor_field);
    const bool is_missing = o->corridor_field && column == SIZE_MAX && layer->shapes->n;
    if (is_missing && isnan(o->of_corridors_m))
        return job_fail(job, GEO_EARG,
                        "--corridor-accuracy-field: %s: there is no column '%s'; "
                        "--corridor-accuracy LENGTH stands in for it",
                        name_of(layer), o->corridor_field);
    if (is_missing) /* of several layers some may have it */
        say_note(&job->say, "%s: there is no column '%s': --corridor-accuracy stands in for it",
                 name_of(layer), o->corridor_field);
    set_accuracies(layer, o, column);
    if (layer->unknown > 0)
        say_note(&job->say,
                 "%s: the accuracy of %zu feature%s is not known (%s): what hangs on %s is "
                 "uncertain",
                 name_of(layer), layer->unknown, layer->unknown == 1 ? "" : "s", o->corridor_field,
                 layer->unknown == 1 ? "it" : "them");
    return true;
}

bool check_layer_load(struct job *job, const struct corridor_options *from,
                      const struct accuracy_options *accuracy, struct check_layer *layer)
{
    if (!job_load_datum(job, from, &layer->shapes, &layer->datum) ||
        !know_accuracies(job, layer, accuracy))
        return false;
    if (layer->shapes->vertex_count == 0)
        say_note(&job->say, "%s: there is nothing in it: every distance to it is infinite",
                 name_of(layer));
    return job_try(job, geo_index_new(job->ctx, layer->shapes, job->edges, &layer->index));
}

/* ---- land ---- */

static enum geo_status add_polygons(struct geo_ctx *ctx, const struct geo_batch *shapes,
                                    struct geo_batch *land)
{
    for (size_t i = 0; i < shapes->n; i++) {
        for (size_t p = shapes->part_start[i]; p < shapes->part_start[i + 1]; p++)
            if (shapes->part_kind[p] == GEO_KIND_POLYGON)
                TRY(geo_batch_copy_part(ctx, land, shapes, p));
        TRY(geo_batch_end_feature(ctx, land, GEO_SHAPE_MULTIPOLYGON, shapes->fid[i]));
    }
    return GEO_OK;
}

/* All rings of polygons as lines, one feature. */
static enum geo_status add_rings(struct geo_ctx *ctx, const struct geo_batch *land,
                                 struct geo_batch *rims)
{
    for (size_t r = 0; r < land->ring_count; r++) {
        const size_t first = land->vertex_start[r], n = land->vertex_start[r + 1] - first;
        struct geo_lonlat *vertex;
        TRY(geo_batch_add_vertices(ctx, rims, n, &vertex));
        for (size_t v = 0; v < n; v++)
            vertex[v] = land->vertex[first + v];
        TRY(geo_batch_end_ring(ctx, rims));
        TRY(geo_batch_end_part(ctx, rims, GEO_KIND_LINE));
    }
    return geo_batch_end_feature(ctx, rims, GEO_SHAPE_MULTILINE, 0);
}

static enum geo_status outline(struct geo_ctx *ctx, struct check_layer *layer, enum geo_edges edges,
                               struct geo_batch *whole)
{
    TRY(add_polygons(ctx, layer->shapes, layer->land));
    TRY(geo_dissolve(ctx, layer->land, edges, whole));
    TRY(geo_batch_end_feature(ctx, whole, GEO_SHAPE_MULTIPOLYGON, 0));
    TRY(add_rings(ctx, whole, layer->rims));
    TRY(geo_index_new(ctx, layer->land, edges, &layer->land_index));
    return geo_index_new(ctx, layer->rims, edges, &layer->rim_index);
}

bool check_layer_outline(struct job *job, struct check_layer *layer)
{
    struct geo_batch *whole = geo_batch_new();
    layer->land = geo_batch_new();
    layer->rims = geo_batch_new();
    bool done = (whole && layer->land && layer->rims) || job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && job_try(job, outline(job->ctx, layer, job->edges, whole));
    geo_batch_free(whole);
    return done;
}

void check_layer_release(struct check_layer *layer)
{
    geo_index_free(layer->rim_index);
    geo_index_free(layer->land_index);
    geo_index_free(layer->index);
    geo_batch_free(layer->rims);
    geo_batch_free(layer->land);
    geo_batch_free(layer->shapes);
    free(layer->accuracy_m);
    *layer = (struct check_layer){0};
}
