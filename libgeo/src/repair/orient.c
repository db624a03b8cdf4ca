#include "repair/orient.h"

/* Products of coordinates below this may lose digits to underflow. */
#define TINY 1e-270

/* Adds b to an expansion of n components, which do not overlap and grow in magnitude (Shewchuk's
 * GROW-EXPANSION). Returns n + 1. */
static int grow(double *e, int n, double b)
{
    for (int i = 0; i < n; i++) {
        double sum = b + e[i], virtual = sum - b;
        e[i] = (b - (sum - virtual)) + (e[i] - virtual);
        b = sum;
    }
    e[n] = b;
    return n + 1;
}

/* Adds a product, exactly. */
static int grow_product(double *e, int n, double a, double b)
{
    double product = a * b;
    n = grow(e, n, fma(a, b, -product));
    return grow(e, n, product);
}

int geo_orient_exactly(struct geo_lonlat a, struct geo_lonlat b, struct geo_lonlat c)
{
    double e[12];
    int n = 0;
    if (geo_same(a, b) || geo_same(b, c) || geo_same(a, c))
        return 0;
    n = grow_product(e, n, a.lon, b.lat);
    n = grow_product(e, n, -a.lat, b.lon);
    n = grow_product(e, n, b.lon, c.lat);
    n = grow_product(e, n, -b.lat, c.lon);
    n = grow_product(e, n, c.lon, a.lat);
    n = grow_product(e, n, -c.lat, a.lon);
    while (n > 0 && e[n - 1] == 0)
        n--;
    if (n == 0 || fabs(e[n - 1]) < TINY)
        return 0;
    return e[n - 1] > 0 ? 1 : -1;
}
