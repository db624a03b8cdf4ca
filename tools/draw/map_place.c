#include "draw/map_place.h"

#include <math.h>
#include <stdlib.h>

#include "steps/try.h"

/* Longitudes that a part covers: from west, in [-180, 180), to the east. */
struct cover {
    double west, east;
};

struct covers {
    size_t n, room;
    struct cover *at;
};

static struct map_box box_none(void)
{
    return (struct map_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

static bool is_none(const struct map_box *box)
{
    return !(box->west <= box->east);
}

static void grow(struct map_box *box, const struct geo_lonlat *vertex, size_t n)
{
    for (size_t v = 0; v < n; v++) {
        box->west = fmin(box->west, vertex[v].lon);
        box->east = fmax(box->east, vertex[v].lon);
        box->south = fmin(box->south, vertex[v].lat);
        box->north = fmax(box->north, vertex[v].lat);
    }
}

/* Vertices of a part lie side by side. */
static struct geo_lonlat *vertices_of(const struct geo_batch *batch, size_t p, size_t *n)
{
    const size_t first = batch->vertex_start[batch->ring_start[p]];
    *n = batch->vertex_start[batch->ring_start[p + 1]] - first;
    return batch->vertex + first;
}

static enum geo_status add_cover(struct covers *covers, const struct map_box *box)
{
    if (covers->n == covers->room) {
        const size_t room = covers->room ? 2 * covers->room : 1024;
        struct cover *grown = reallocarray(covers->at, room, sizeof *grown);
        if (!grown)
            return GEO_ENOMEM;
        covers->at = grown;
        covers->room = room;
    }
    const double turn = 360 * floor((box->west + 180) / 360);
    covers->at[covers->n++] = (struct cover){box->west - turn, box->east - turn};
    return GEO_OK;
}

static enum geo_status cover_layer(struct covers *covers, const struct geo_batch *batch)
{
    for (size_t p = 0; p < batch->part_count; p++) {
        struct map_box box = box_none();
        size_t n;
        const struct geo_lonlat *vertex = vertices_of(batch, p, &n);
        grow(&box, vertex, n);
        if (!is_none(&box))
            TRY(add_cover(covers, &box));
    }
    return GEO_OK;
}

static int by_west(const void *a, const void *b)
{
    const double one = ((const struct cover *)a)->west, other = ((const struct cover *)b)->west;
    return (one > other) - (one < other);
}

/* The longitude at which the map begins: the widest gap ends there. The gap over the antimeridian
 * wins where another is no wider. */
static double find_west(struct covers *covers)
{
    qsort(covers->at, covers->n, sizeof *covers->at, by_west);
    double reach = -INFINITY, widest, west = covers->at[0].west;
    for (size_t c = 0; c < covers->n; c++)
        reach = fmax(reach, covers->at[c].east);
    widest = west + 360 - reach;
    reach = covers->at[0].east;
    for (size_t c = 1; c < covers->n; c++) {
        if (covers->at[c].west - reach > widest) {
            widest = covers->at[c].west - reach;
            west = covers->at[c].west;
        }
        reach = fmax(reach, covers->at[c].east);
    }
    return west;
}

/* Turns parts, each for itself: what was cut at the antimeridian comes together again. `at`: of the
 * way from a part's west to its east; that place comes to lie in the turn that begins at `west`. */
static void turn_layer(struct geo_batch *batch, double west, double at)
{
    for (size_t p = 0; p < batch->part_count; p++) {
        struct map_box box = box_none();
        size_t n;
        struct geo_lonlat *vertex = vertices_of(batch, p, &n);
        grow(&box, vertex, n);
        const double lon = box.west + at * (box.east - box.west);
        const double turn = is_none(&box) ? 0 : 360 * floor((lon - west + 1e-9) / 360);
        for (size_t v = 0; turn != 0 && v < n; v++)
            vertex[v].lon -= turn;
    }
}

static bool is_subject(const struct map_layer *layer)
{
    return layer->looks.role != ROLE_CONTEXT;
}

static void fit(struct map *map, bool subjects)
{
    map->box = box_none();
    for (size_t l = 0; l < map->layers; l++)
        if (!subjects || is_subject(&map->layer[l]))
            grow(&map->box, map->layer[l].drawn->vertex, map->layer[l].drawn->vertex_count);
}

/* What surrounds the map lies on the turn that is nearest to its middle. */
static void turn_context(struct map *map)
{
    const double middle = (map->box.west + map->box.east) / 2;
    for (size_t l = 0; l < map->layers; l++)
        if (!is_subject(&map->layer[l]))
            turn_layer(map->layer[l].drawn, middle - 180, 0.5);
}

enum geo_status map_place(struct map *map)
{
    struct covers covers = {0};
    enum geo_status status = GEO_OK;
    bool subjects = false;
    for (size_t l = 0; l < map->layers; l++)
        subjects =
            subjects || (is_subject(&map->layer[l]) && map->layer[l].drawn->vertex_count > 0);
    for (size_t l = 0; status == GEO_OK && l < map->layers; l++)
        if (!subjects || is_subject(&map->layer[l]))
            status = cover_layer(&covers, map->layer[l].drawn);
    if (status == GEO_OK && covers.n == 0)
        status = GEO_END;
    if (status == GEO_OK) {
        const double west = find_west(&covers);
        for (size_t l = 0; l < map->layers; l++)
            if (!subjects || is_subject(&map->layer[l]))
                turn_layer(map->layer[l].drawn, west, 0);
        fit(map, subjects);
        turn_context(map);
    }
    free(covers.at);
    return status;
}

double map_diagonal(const struct map_box *box)
{
    const double middle = (box->south + box->north) / 2 * (M_PI / 180);
    return hypot((box->east - box->west) * cos(middle), box->north - box->south);
}
