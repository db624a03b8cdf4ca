#include "index/region.h"

#include <stdlib.h>

#include "base/fail.h"
#include "index/curve.h"

/* How far a piece of a geodesic may reach beyond the latitudes of its ends: half its length. */
#define REACH_LAT 0.01

struct geo_region geo_region_start(size_t feature, size_t first)
{
    return (struct geo_region){.feature = (uint32_t)feature,
                               .first = first,
                               .lon_lo = INFINITY,
                               .lon_hi = -INFINITY,
                               .lat_lo = INFINITY,
                               .lat_hi = -INFINITY};
}

/* A polygon lies left of its rings. One that goes round eastward has the north pole to its left:
 * an exterior then holds it, a hole keeps it; westward, the hole's own land to the right does. */
void geo_region_add_ring(struct geo_region *region, const struct geo_piece *piece, size_t n,
                         bool is_exterior)
{
    region->n += n;
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        region->lon_lo = geo_min(region->lon_lo, piece[i].from.lon);
        region->lon_hi = geo_max(region->lon_hi, piece[i].from.lon);
        region->lat_lo = geo_min(region->lat_lo, piece[i].from.lat);
        region->lat_hi = geo_max(region->lat_hi, piece[i].from.lat);
    }
    region->lon_lo = geo_min(region->lon_lo, piece[n - 1].to.lon);
    region->lon_hi = geo_max(region->lon_hi, piece[n - 1].to.lon);
    double turns = rint((piece[n - 1].to.lon - piece[0].from.lon) / 360);
    if (turns != 0)
        region->goes_round = true;
    if (turns == (is_exterior ? 1 : -1))
        region->holds_north = !region->holds_north;
}

struct geo_box geo_region_box(const struct geo_region *region)
{
    double lat_lo = region->goes_round ? -90 : region->lat_lo - REACH_LAT;
    double lat_hi = region->goes_round ? 90 : region->lat_hi + REACH_LAT;
    double lon_lo = region->goes_round ? -180 : region->lon_lo;
    double lon_hi = region->goes_round ? 180 : region->lon_hi;
    double turn = 360 * floor((lon_lo + 180) / 360);
    return (struct geo_box){{geo_float_below(lon_lo - turn), geo_float_below(lat_lo), 0},
                            {geo_float_above(lon_hi - turn), geo_float_above(lat_hi), 0}};
}

static struct geo_box lonlat_box(const struct geo_piece *piece, double reach_lat)
{
    struct geo_lonlat p = piece->from, q = piece->to;
    return (struct geo_box){{geo_float_below(geo_min(p.lon, q.lon)),
                             geo_float_below(geo_min(p.lat, q.lat) - reach_lat), 0},
                            {geo_float_above(geo_max(p.lon, q.lon)),
                             geo_float_above(geo_max(p.lat, q.lat) + reach_lat), 0}};
}

/* Consecutive pieces are near each other: their own order serves as well as a sorted one. */
enum geo_status geo_region_tree_build(struct geo_ctx *ctx, const struct geo_region *region,
                                      const struct geo_piece *piece, const uint32_t *at,
                                      enum geo_edges edges, struct geo_region_tree *tree)
{
    const size_t n = region->n;
    struct geo_box *box = reallocarray(NULL, n ? n : 1, sizeof *box);
    if (box == NULL)
        return geo_no_memory(ctx);
    const double reach_lat = edges == GEO_EDGES_GEODESIC ? REACH_LAT : 0;
    for (size_t i = 0; i < n; i++) {
        size_t seq = region->first + i;
        box[i] = lonlat_box(&piece[at ? at[seq] : seq], reach_lat);
    }
    *tree = (struct geo_region_tree){.region = *region, .piece = piece, .at = at};
    enum geo_status status = geo_tree_build(ctx, box, NULL, n, &tree->tree);
    free(box);
    return status;
}

void geo_region_tree_release(struct geo_region_tree *tree)
{
    geo_tree_release(&tree->tree);
}

/* Whether a piece crosses the meridian of p north of it. Ends that lie on the meridian count as
 * west of it, so that the pieces on either side of a vertex agree. */
static bool crosses_north(const struct geo_piece *piece, enum geo_edges edges, struct geo_lonlat p,
                          struct geo_xyz at)
{
    if ((piece->from.lon > p.lon) == (piece->to.lon > p.lon))
        return false;
    const double reach_lat = edges == GEO_EDGES_GEODESIC ? REACH_LAT : 0;
    if (p.lat < geo_min(piece->from.lat, piece->to.lat) - reach_lat)
        return true;
    if (p.lat > geo_max(piece->from.lat, piece->to.lat) + reach_lat)
        return false;
    bool is_left = geo_curve_side(piece, edges, p, at) > 0;
    return is_left != (piece->to.lon > piece->from.lon);
}

bool geo_region_holds(const struct geo_region_tree *tree, enum geo_edges edges, struct geo_lonlat p,
                      struct geo_xyz at)
{
    const struct geo_region *region = &tree->region;
    bool holds = region->holds_north;
    double lon = p.lon + 360 * ceil((region->lon_lo - p.lon) / 360);
    for (; lon <= region->lon_hi; lon += 360) {
        const struct geo_lonlat q = {lon, p.lat};
        const struct geo_box ray = {{geo_float_below(lon), geo_float_below(p.lat), 0},
                                    {geo_float_above(lon), 91, 0}};
        struct geo_walk walk;
        size_t item;
        float reach2;
        geo_walk_start(&walk, &tree->tree, &ray);
        while (geo_walk_next(&walk, 0, &item, &reach2)) {
            size_t seq = region->first + item;
            const struct geo_piece *piece = &tree->piece[tree->at ? tree->at[seq] : seq];
            if (crosses_north(piece, edges, q, at))
                holds = !holds;
        }
    }
    return holds;
}
