#include "measure/mosaic.h"

#include "base/fail.h"
#include "base/grow.h"
#include "base/handles.h"
#include "measure/unite.h"

static enum geo_status reserve(struct geo_ctx *ctx, struct geo_mosaic *mosaic, size_t n)
{
    if (n <= mosaic->room)
        return GEO_OK;
    size_t room = n == 1 ? 1 : geo_grown(mosaic->room, n);
    if (!geo_grow(&mosaic->polygon, room, sizeof(GEOSGeometry *)))
        return geo_no_memory(ctx);
    mosaic->room = room;
    return GEO_OK;
}

/* Adds copies of the polygons in a collection. */
static enum geo_status add_members(struct geo_ctx *ctx, struct geo_mosaic *mosaic,
                                   const GEOSGeometry *collection)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    int n = GEOSGetNumGeometries_r(geos, collection);

    GEO_TRY(reserve(ctx, mosaic, mosaic->n + (size_t)n));
    for (int i = 0; i < n; i++) {
        const GEOSGeometry *member = GEOSGetGeometryN_r(geos, collection, i);
        if (GEOSGeomTypeId_r(geos, member) != GEOS_POLYGON)
            continue;
        GEOSGeometry *polygon = GEOSGeom_clone_r(geos, member);
        if (!polygon)
            return geo_no_memory(ctx);
        mosaic->polygon[mosaic->n++] = polygon;
    }
    return GEO_OK;
}

enum geo_status geo_mosaic_add(struct geo_ctx *ctx, struct geo_mosaic *mosaic,
                               GEOSGeometry *geometry)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    enum geo_status status = GEO_OK;

    if (GEOSGeomTypeId_r(geos, geometry) != GEOS_POLYGON)
        status = add_members(ctx, mosaic, geometry);
    else if (!GEOSisEmpty_r(geos, geometry)) {
        status = reserve(ctx, mosaic, mosaic->n + 1);
        if (status == GEO_OK) {
            mosaic->polygon[mosaic->n++] = geometry;
            return GEO_OK;
        }
    }
    GEOSGeom_destroy_r(geos, geometry);
    return status;
}

static void mark_both(void *item, void *data)
{
    uint8_t *one = item, *other = data;
    *one = *other = 1;
}

/* Marks the polygons of two mosaics whose boxes meet. */
static enum geo_status mark_meeting(struct geo_ctx *ctx, const struct geo_mosaic *a,
                                    const struct geo_mosaic *b, uint8_t *in_a, uint8_t *in_b)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSSTRtree *tree = GEOSSTRtree_create_r(geos, 10);

    if (!tree)
        return geo_no_memory(ctx);
    for (size_t i = 0; i < b->n; i++)
        GEOSSTRtree_insert_r(geos, tree, b->polygon[i], &in_b[i]);
    for (size_t i = 0; i < a->n; i++)
        GEOSSTRtree_query_r(geos, tree, a->polygon[i], mark_both, &in_a[i]);
    GEOSSTRtree_destroy_r(geos, tree);
    return GEO_OK;
}

/* Takes the marked polygons out, as one geometry: NULL if none is. */
static enum geo_status take_marked(struct geo_ctx *ctx, struct geo_mosaic *mosaic, uint8_t *marked,
                                   GEOSGeometry **taken)
{
    size_t kept = 0, n = mosaic->n;

    for (size_t i = 0; i < n; i++) {
        if (marked[i])
            continue;
        GEOSGeometry *swap = mosaic->polygon[kept];
        mosaic->polygon[kept] = mosaic->polygon[i];
        mosaic->polygon[i] = swap;
        marked[i] = marked[kept];
        marked[kept++] = 0;
    }
    mosaic->n = kept;
    *taken = NULL;
    if (kept + 1 == n)
        *taken = mosaic->polygon[kept];
    else if (kept < n) /* GEOS takes the polygons, on failure too */
        *taken = GEOSGeom_createCollection_r(geo_ctx_geos(ctx), GEOS_MULTIPOLYGON,
                                             mosaic->polygon + kept, (unsigned)(n - kept));
    return *taken || kept == n ? GEO_OK : geo_geos_failed(ctx);
}

/* Puts the union of what is marked in both into one of them. */
static enum geo_status unite_marked(struct geo_ctx *ctx, struct geo_mosaic *into,
                                    struct geo_mosaic *from, uint8_t *in_into, uint8_t *in_from)
{
    GEOSContextHandle_t geos = geo_ctx_geos(ctx);
    GEOSGeometry *a = NULL, *b = NULL, *both = NULL;

    geo_foreign_clear(ctx);
    enum geo_status status = take_marked(ctx, into, in_into, &a);
    if (status == GEO_OK)
        status = take_marked(ctx, from, in_from, &b);
    if (status == GEO_OK && a && b) {
        both = GEOSUnion_r(geos, a, b);
        status = both ? geo_mosaic_add(ctx, into, both) : geo_geos_failed(ctx);
    }
    GEOSGeom_destroy_r(geos, a);
    GEOSGeom_destroy_r(geos, b);
    return status;
}

static enum geo_status move_all(struct geo_ctx *ctx, struct geo_mosaic *into,
                                struct geo_mosaic *from)
{
    GEO_TRY(reserve(ctx, into, into->n + from->n));
    for (size_t i = 0; i < from->n; i++)
        into->polygon[into->n++] = from->polygon[i];
    from->n = 0;
    return GEO_OK;
}

enum geo_status geo_mosaic_unite(struct geo_ctx *ctx, struct geo_mosaic *into,
                                 struct geo_mosaic *from)
{
    uint8_t few[16] = {0}, *marked = few;

    if (into->n + from->n > sizeof few)
        marked = calloc(into->n + from->n, 1);
    if (!marked)
        return geo_no_memory(ctx);
    enum geo_status status = mark_meeting(ctx, into, from, marked, marked + into->n);
    uint8_t *in_from = marked + into->n;
    if (status == GEO_OK)
        status = unite_marked(ctx, into, from, marked, in_from);
    if (status == GEO_OK)
        status = move_all(ctx, into, from);
    if (marked != few)
        free(marked);
    return status;
}

enum geo_status geo_mosaic_finish(struct geo_ctx *ctx, struct geo_mosaic *mosaic,
                                  GEOSGeometry **multi)
{
    geo_foreign_clear(ctx);
    GEOSGeometry *made = GEOSGeom_createCollection_r(geo_ctx_geos(ctx), GEOS_MULTIPOLYGON,
                                                     mosaic->polygon, (unsigned)mosaic->n);
    mosaic->n = 0; /* the collection has taken them, on failure too */
    if (!made)
        return geo_geos_failed(ctx);
    *multi = made;
    return GEO_OK;
}

void geo_mosaic_release(struct geo_ctx *ctx, struct geo_mosaic *mosaic)
{
    for (size_t i = 0; i < mosaic->n; i++)
        GEOSGeom_destroy_r(geo_ctx_geos(ctx), mosaic->polygon[i]);
    free(mosaic->polygon);
    *mosaic = (struct geo_mosaic){0};
}

/* ---- the tower ---- */

/* A union of 2^rank mosaics. */
struct geo_level {
    struct geo_mosaic mosaic;
    unsigned rank;
};

/* Unites the two uppermost levels. */
static enum geo_status merge_top(struct geo_ctx *ctx, struct geo_tower *tower)
{
    struct geo_level *under = &tower->level[tower->n - 2], *top = under + 1;

    GEO_TRY(geo_mosaic_unite(ctx, &under->mosaic, &top->mosaic));
    geo_mosaic_release(ctx, &top->mosaic);
    under->rank++;
    tower->n--;
    return GEO_OK;
}

enum geo_status geo_tower_add(struct geo_ctx *ctx, struct geo_tower *tower,
                              struct geo_mosaic *mosaic)
{
    if (tower->n == tower->room) {
        size_t room = geo_grown(tower->room, tower->n + 1);
        if (!geo_grow(&tower->level, room, sizeof *tower->level)) {
            geo_mosaic_release(ctx, mosaic);
            return geo_no_memory(ctx);
        }
        tower->room = room;
    }
    tower->level[tower->n++] = (struct geo_level){*mosaic, 0};
    *mosaic = (struct geo_mosaic){0};
    while (tower->n > 1 && tower->level[tower->n - 2].rank == tower->level[tower->n - 1].rank)
        GEO_TRY(merge_top(ctx, tower));
    return GEO_OK;
}

enum geo_status geo_tower_finish(struct geo_ctx *ctx, struct geo_tower *tower,
                                 struct geo_mosaic *mosaic)
{
    while (tower->n > 1)
        GEO_TRY(merge_top(ctx, tower));
    if (tower->n)
        *mosaic = tower->level[0].mosaic;
    tower->n = 0;
    return GEO_OK;
}

void geo_tower_release(struct geo_ctx *ctx, struct geo_tower *tower)
{
    for (size_t i = 0; i < tower->n; i++)
        geo_mosaic_release(ctx, &tower->level[i].mosaic);
    free(tower->level);
    *tower = (struct geo_tower){0};
}
