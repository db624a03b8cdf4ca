#include "repair/simple.h"

#include "repair/orient.h"

/* A ring that turns one way everywhere, and in longitude only twice, is convex. */
static bool is_convex(const struct geo_lonlat *vertex, size_t n)
{
    struct geo_lonlat a = vertex[n - 2];
    bool forth = geo_before(a, vertex[0]);
    int sense = geo_orient(a, vertex[0], vertex[1]), changes = 0;
    if (sense == 0)
        return false;
    for (size_t i = 0; i + 1 < n; i++) {
        bool now = geo_before(vertex[i], vertex[i + 1]);
        if (geo_orient(a, vertex[i], vertex[i + 1]) != sense)
            return false;
        changes += now != forth;
        forth = now;
        a = vertex[i];
    }
    return changes <= 2;
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
    if (is_convex(vertex, n))
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
