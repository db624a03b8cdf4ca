#include "repair/simple.h"

#include "repair/orient.h"

/* Seen from the middle of its vertices a ring may go round once without ever turning back: then its
 * edges lie in sectors of their own. All convex rings do. */
static bool is_star(const struct geo_lonlat *vertex, size_t n)
{
    struct geo_lonlat middle = {0, 0};
    for (size_t i = 0; i + 1 < n; i++) {
        middle.lon += vertex[i].lon;
        middle.lat += vertex[i].lat;
    }
    middle.lon /= (double)(n - 1);
    middle.lat /= (double)(n - 1);
    int sense = geo_orient(vertex[0], vertex[1], middle), changes = 0;
    bool east = geo_before(middle, vertex[0]);
    for (size_t i = 0; i + 1 < n; i++) {
        bool now = geo_before(middle, vertex[i + 1]);
        if (geo_orient(vertex[i], vertex[i + 1], middle) != sense)
            return false;
        changes += now != east;
        east = now;
    }
    return sense != 0 && changes == 2; /* an edge is less than half a turn */
}

/* Whether two edges with nothing in common have no point in common for certain. */
static bool apart(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c,
                  struct geo_lonlat d)
{
    return geo_orient(a, b, c) * geo_orient(a, b, d) > 0 ||
           geo_orient(c, d, a) * geo_orient(c, d, b) > 0;
}

/* Whether two edges from a over b to c have only b in common for certain. */
static bool bends(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c)
{
    return geo_before(a, b) == geo_before(b, c) || geo_orient(a, b, c) != 0;
}

struct box {
    double west, east, south, north;
};

static bool overlap(struct box a, struct box b)
{
    return (a.west <= b.east) & (b.west <= a.east) & (a.south <= b.north) & (b.south <= a.north);
}

bool geo_ring_is_simple(const struct geo_lonlat *vertex, size_t n)
{
    struct box box[GEO_SIMPLE_MOST];
    size_t edges = n - 1;
    if (is_star(vertex, n))
        return true;
    for (size_t i = 0; i < edges; i++) {
        struct geo_lonlat a = vertex[i], b = vertex[i + 1];
        box[i] = (struct box){a.lon < b.lon ? a.lon : b.lon, a.lon < b.lon ? b.lon : a.lon,
                              a.lat < b.lat ? a.lat : b.lat, a.lat < b.lat ? b.lat : a.lat};
        if (!bends(vertex[i == 0 ? edges - 1 : i - 1], a, b))
            return false;
    }
    for (size_t i = 0; i + 2 < edges; i++)
        for (size_t j = i + 2; j < edges - (i == 0); j++)
            if (overlap(box[i], box[j]) &&
                !apart(vertex[i], vertex[i + 1], vertex[j], vertex[j + 1]))
                return false;
    return true;
}
