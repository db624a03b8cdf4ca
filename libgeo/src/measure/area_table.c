#include "measure/area_table.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"

#define TERMS 7
#define RADIAN (0.01745329251994329576923690768488612713L)
#define A2 ((long double)GEO_EARTH_A_M * GEO_EARTH_A_M)
#define E2 ((long double)GEO_EARTH_F * (2 - (long double)GEO_EARTH_F))

/* Largest error of the third-order term, as a multiple of |Δλ| h² (h/p)² for an edge of length h:
 * 0.063 over 1008 geodesics of 100 m to 100 km at latitudes to 85°; z''''/1920 for straight ones. */
static const long double third_order[2] = {
    [GEO_EDGES_GEODESIC] = 0.08L, [GEO_EDGES_LONLAT] = 0.001L};

/* A Taylor series about the latitude of a row, in radians. The functions of the ellipsoid are
 * rational in the sine and cosine of latitude, so that sums, products and quotients make them all. */
struct series {
    long double c[TERMS];
};

static struct series sine(long double lat)
{
    long double derivative[4] = {sinl(lat), cosl(lat), -sinl(lat), -cosl(lat)};
    long double factorial = 1;
    struct series s;

    for (int i = 0; i < TERMS; i++) {
        s.c[i] = derivative[i % 4] / factorial;
        factorial *= i + 1;
    }
    return s;
}

/* ka + lb */
static struct series sum(long double k, struct series a, long double l, struct series b)
{
    for (int i = 0; i < TERMS; i++)
        a.c[i] = k * a.c[i] + l * b.c[i];
    return a;
}

static struct series times(struct series a, struct series b)
{
    struct series product = {{0}};

    for (int i = 0; i < TERMS; i++)
        for (int k = 0; k <= i; k++)
            product.c[i] += a.c[k] * b.c[i - k];
    return product;
}

static struct series over(struct series a, struct series b)
{
    for (int i = 0; i < TERMS; i++) {
        for (int k = 0; k < i; k++)
            a.c[i] -= a.c[k] * b.c[i - k];
        a.c[i] /= b.c[0];
    }
    return a;
}

static struct series derivative(struct series a)
{
    for (int i = 0; i + 1 < TERMS; i++)
        a.c[i] = (i + 1) * a.c[i + 1];
    a.c[TERMS - 1] = 0;
    return a;
}

/* Writes k times the first n terms, which multiply `degrees` differences beside m^i. */
static void put(double *to, int n, long double k, struct series a, int degrees)
{
    long double unit = k * powl(RADIAN, degrees);

    for (int i = 0; i < n; i++) {
        to[i] = (double)(unit * a.c[i]);
        unit *= RADIAN;
    }
}

/* With s = sin φ, w = 1 - e²s², M and N the radii of curvature and p = N cos φ. */
struct ellipsoid {
    struct series s2, c2, w, m2, p2; /* s², cos² φ, w, M², p² */
    struct series s_m2, s_p2;        /* sM², sp² */
    struct series mp;                /* Mp, the area of a unit of longitude and latitude */
};

static struct ellipsoid ellipsoid_at(long double lat)
{
    static const struct series one = {{1}};
    struct series s = sine(lat);
    struct series c = sine(lat + 90 * RADIAN);
    struct ellipsoid e = {.s2 = times(s, s), .c2 = times(c, c)};

    e.w = sum(1, one, -E2, e.s2);
    e.p2 = sum(A2, over(e.c2, e.w), 0, one);
    e.m2 = sum(A2 * (1 - E2) * (1 - E2), over(one, times(e.w, times(e.w, e.w))), 0, one);
    e.s_m2 = times(s, e.m2);
    e.s_p2 = times(s, e.p2);
    e.mp = sum(A2 * (1 - E2), over(c, times(e.w, e.w)), 0, one);
    return e;
}

/* In the authalic plane of longitude λ and y, c² dy = Mp dφ, a geodesic obeys y'' = -(A + B y'²),
 * A = sp² / c², B = 3sc² / p². It leaves its chord by the area x (A x² + B Δy²) c² / 12, which is
 * x (sp² x² / 12 + sM² Δφ² / 4); the chord leaves the zone z of its mid-latitude by x z'' Δφ² / 8,
 * and the edge straight in latitude by x z'' Δφ² / 24. */
static void fill_area(struct geo_area_row *row, const struct ellipsoid *e)
{
    struct series z2 = derivative(e->mp);
    struct series zone;

    for (int i = 0; i < TERMS; i++)
        zone.c[i] = e->mp.c[i] / (i + 1);
    put(row->zone, 6, 1, zone, 2);
    put(row->bow_x[GEO_EDGES_GEODESIC], 3, 1 / 12.0L, e->s_p2, 3);
    put(row->bow_y[GEO_EDGES_GEODESIC], 3, 1 / 8.0L, sum(2, e->s_m2, 1, z2), 3);
    put(row->bow_x[GEO_EDGES_LONLAT], 3, 0, z2, 3);
    put(row->bow_y[GEO_EDGES_LONLAT], 3, 1 / 24.0L, z2, 3);
    for (int edges = 0; edges < 2; edges++)
        row->error[edges] = (double)(third_order[edges] * RADIAN / e->p2.c[0]);
}

/* The geodesic minimises ∫ u̇² + p² λ̇² over its course, u being the length along the meridian. About
 * the middle of u that gives
 *     d² = Δu² + p²x² - (3s² + N cos² φ / M) x²Δu² / 12 - s²p² x⁴ / 12,
 * and about the mid-latitude Δu² = M² y² + M M'' y⁴ / 12, p² -> p² - p s M' y² / 4. */
static void fill_length(struct geo_area_row *row, const struct ellipsoid *e)
{
    struct series sc2 = times(e->s2, e->c2);
    struct series turn = over(sc2, times(e->w, e->w)); /* s² cos² φ / w² */
    struct series xy = times(e->m2, sum(3, e->s2, 1 / (1 - E2), times(e->c2, e->w)));
    struct series psm = sum(3 * E2 * (1 - E2) * A2, over(turn, e->w), 0, turn);
    struct series bend = sum(1, over(sum(1, e->c2, -1, e->s2), e->w), 5 * E2, turn);

    put(row->east, 6, 1, e->p2, 2);
    put(row->north, 4, 1, e->m2, 2);
    put(row->xx, 3, -1 / 12.0L, times(e->s2, e->p2), 4);
    put(row->xy, 3, 1, sum(-1 / 12.0L, xy, -1 / 4.0L, psm), 4);
    put(row->yy, 2, E2 / 4, times(e->m2, bend), 4); /* M'' = 3e² M bend */
}

/* Lagrange's polynomial on the nodes of Gauss that is 1 at node k. */
static double lagrange(int k, double t)
{
    double product = 1;

    for (int i = 0; i < GEO_GAUSS_NODES; i++)
        if (i != k)
            product *= (t - geo_gauss_node[i]) / (geo_gauss_node[k] - geo_gauss_node[i]);
    return product;
}

/* The arch under one bend is (1 - t) ∫₀ᵗ τ b dτ + t ∫ₜ¹ (1 - τ) b dτ (Green's function). */
static void fill_arch(struct geo_area_table *table, int i, int k)
{
    double t = geo_gauss_node[i], before = 0, after = 0;

    for (int g = 0; g < GEO_GAUSS_NODES; g++) {
        double left = t * geo_gauss_node[g];
        double right = t + (1 - t) * geo_gauss_node[g];
        before += t * geo_gauss_weight[g] * left * lagrange(k, left);
        after += (1 - t) * geo_gauss_weight[g] * (1 - right) * lagrange(k, right);
    }
    table->arch[i][k] = (1 - t) * before + t * after;
    table->arch_slope[i][k] = after - before;
}

static void fill(struct geo_area_table *table)
{
    for (int r = 0; r < GEO_ROWS; r++) {
        struct geo_area_row *row = &table->row[r];
        row->lat_deg = r * GEO_ROW_STEP_DEG - GEO_ROW_TOP_DEG;
        struct ellipsoid e = ellipsoid_at((long double)row->lat_deg * RADIAN);
        fill_area(row, &e);
        fill_length(row, &e);
    }
    for (int i = 0; i < GEO_GAUSS_NODES; i++)
        for (int k = 0; k < GEO_GAUSS_NODES; k++)
            fill_arch(table, i, k);
    table->hemisphere_m2 = 2 * M_PI * geo_lonlat_zone_m2(90, 0);
}

enum geo_status geo_area_table(struct geo_ctx *ctx, const struct geo_area_table **table)
{
    void **kept = geo_ctx_area_table(ctx);

    if (!*kept) {
        struct geo_area_table *made = malloc(sizeof *made);
        if (!made)
            return geo_no_memory(ctx);
        fill(made);
        *kept = made;
    }
    *table = *kept;
    return GEO_OK;
}
