/* Areas and perimeters of the polygons of polygon.h, in quadruple precision (gcc and glibc).
 *
 *     area_quad > table.txt          make the table: one line a polygon, from number 0: area and
 *                                    perimeter with geodesic edges, then with straight ones
 *     area_quad table.txt 300        compare every 300th line of a table with what it would write
 *     area_quad --planimeter         write the rings for Planimeter, latitude first
 *
 * It shares no formula with libgeo: an edge is found by its azimuth, as the root of the longitude
 * difference it leads to, and every integral is taken along it by Gauss-Legendre of 24 nodes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "polygon.h"

typedef _Float128 quad;

#define PI 3.14159265358979323846264338327950288F128
#define A 6378137.0F128
#define F (1 / 298.257223563F128)
#define E2 (F * (2 - F))
#define B (A * (1 - F))
#define NODES 24

static quad node[NODES], weight[NODES];

/* Gauss-Legendre on [0, 1]: the roots of the Legendre polynomial by Newton's method. */
static void make_nodes(void)
{
    for (int i = 0; i < NODES; i++) {
        quad x = cosf128(PI * (i + 0.75F128) / (NODES + 0.5F128)), slope = 1;
        for (int pass = 0; pass < 12; pass++) {
            quad p0 = 1, p1 = x;
            for (int k = 2; k <= NODES; k++) {
                quad p2 = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k;
                p0 = p1;
                p1 = p2;
            }
            slope = NODES * (x * p1 - p0) / (x * x - 1);
            x -= p1 / slope;
        }
        node[i] = (1 - x) / 2;
        weight[i] = 1 / ((1 - x * x) * slope * slope);
    }
}

/* Area between the equator and the latitude, a radian of longitude: Snyder (1987), 3-12. */
static quad zone(quad sine)
{
    quad e = sqrtf128(E2);
    return B * B / 2 * (sine / (1 - E2 * sine * sine) + atanhf128(e * sine) / e);
}

struct size {
    quad area, length;
};

/* The geodesic that leaves the reduced latitude beta1 at an azimuth: its image on the auxiliary
 * sphere (Bessel 1825; Karney 2013, section 2), arc s from the node at the equator. */
struct arc {
    quad sine0, cosine0; /* of the azimuth at the equator */
    quad s1, s2;         /* to both ends */
};

static struct arc make_arc(quad beta1, quad beta2, quad azimuth)
{
    quad c1 = cosf128(azimuth) * cosf128(beta1);
    quad c2 =
        sqrtf128(c1 * c1 + (cosf128(beta2) - cosf128(beta1)) * (cosf128(beta2) + cosf128(beta1)));
    struct arc arc = {.sine0 = sinf128(azimuth) * cosf128(beta1)};

    arc.cosine0 = hypotf128(c1, sinf128(beta1));
    arc.s1 = atan2f128(sinf128(beta1), c1);
    arc.s2 = atan2f128(sinf128(beta2), c2);
    return arc;
}

/* Integrates along the arc: its longitude, and if asked the area under it and its length. */
static quad longitude(const struct arc *arc, struct size *size)
{
    quad k2 = E2 / (1 - E2) * arc->cosine0 * arc->cosine0;
    quad step = arc->s2 - arc->s1, sum = 0, area = 0, length = 0;

    for (int i = 0; i < NODES; i++) {
        quad sine = sinf128(arc->s1 + node[i] * step);
        quad stretch = sqrtf128(1 + k2 * sine * sine);
        quad sine_beta = arc->cosine0 * sine;
        quad cosine2_beta = 1 - sine_beta * sine_beta;
        quad slope = arc->sine0 * (1 / cosine2_beta - F * (2 - F) / (1 + (1 - F) * stretch));
        sum += weight[i] * slope;
        if (!size)
            continue;
        quad sine_lat =
            sine_beta / sqrtf128(sine_beta * sine_beta + (1 - F) * (1 - F) * cosine2_beta);
        area += weight[i] * slope * zone(sine_lat);
        length += weight[i] * stretch;
    }
    if (size)
        *size = (struct size){area * step, B * length * step};
    return sum * step;
}

/* The geodesic from a southern latitude to one not farther from the equator, lon > 0 eastward: the
 * azimuth by Ridders' method, which keeps the root between two bounds. */
static struct size solve(quad beta1, quad beta2, quad lon)
{
    quad low = 0, high = PI, low_off = -lon, high_off = lon;
    struct arc arc = make_arc(beta1, beta2, high);
    struct size size;

    high_off = longitude(&arc, NULL) + PI - lon; /* over the pole */
    for (int pass = 0; pass < 200 && high - low > 1e-33F128; pass++) {
        quad middle = (low + high) / 2;
        arc = make_arc(beta1, beta2, middle);
        quad off = longitude(&arc, NULL) - lon;
        quad guess = middle - (middle - low) * off / sqrtf128(off * off - low_off * high_off);
        arc = make_arc(beta1, beta2, guess);
        quad guess_off = longitude(&arc, NULL) - lon;
        quad x[4] = {low, middle, guess, high}, y[4] = {low_off, off, guess_off, high_off};
        if (guess_off == 0)
            break;
        for (int i = 0; i < 4; i++) {
            if (y[i] <= 0 && x[i] >= low) {
                low = x[i];
                low_off = y[i];
            }
            if (y[i] >= 0 && x[i] <= high) {
                high = x[i];
                high_off = y[i];
            }
        }
        if (fabsf128(guess_off) < 1e-32F128)
            break;
    }
    longitude(&arc, &size);
    return size;
}

static quad reduced(double lat_deg)
{
    return atanf128((1 - F) * tanf128(lat_deg * (PI / 180)));
}

static struct size geodesic(double lon0, double lat0, double lon1, double lat1)
{
    double south = fabs(lat0) >= fabs(lat1) ? lat0 : lat1; /* the end farther from the equator */
    double other = fabs(lat0) >= fabs(lat1) ? lat1 : lat0;
    double sign = south > 0 ? -1 : 1;
    quad lon = ((quad)lon1 - lon0) * (PI / 180);
    struct size size = solve(sign > 0 ? reduced(south) : -reduced(south),
                             sign > 0 ? reduced(other) : -reduced(other), fabsf128(lon));

    size.area *= lon < 0 ? -sign : sign;
    return size;
}

static struct size straight(double lon0, double lat0, double lon1, double lat1)
{
    quad dlon = ((quad)lon1 - lon0) * (PI / 180), dlat = ((quad)lat1 - lat0) * (PI / 180);
    struct size size = {0, 0};

    for (int i = 0; i < NODES; i++) {
        quad lat = lat0 * (PI / 180) + node[i] * dlat, s = sinf128(lat);
        quad w = 1 - E2 * s * s;
        quad north = A * (1 - E2) / (w * sqrtf128(w)) * dlat;
        quad east = A / sqrtf128(w) * cosf128(lat) * dlon;
        size.area += weight[i] * zone(s) * dlon;
        size.length += weight[i] * hypotf128(north, east);
    }
    return size;
}

typedef struct size edge_size(double lon0, double lat0, double lon1, double lat1);

static struct size polygon_size(const struct polygon *polygon, edge_size *edge)
{
    struct size sum = {0, 0};

    for (int r = 0; r < polygon->rings; r++) {
        const struct ring *ring = &polygon->ring[r];
        quad area = 0;
        for (int i = 0; i + 1 < ring->n; i++) {
            struct size one = edge(ring->lon[i], ring->lat[i], ring->lon[i + 1], ring->lat[i + 1]);
            area += one.area;
            sum.length += one.length;
        }
        sum.area += r ? -fabsf128(area) : fabsf128(area);
    }
    return sum;
}

static void write_line(char line[200], uint64_t seed)
{
    struct polygon polygon = make_polygon(seed);
    struct size g = polygon_size(&polygon, geodesic), s = polygon_size(&polygon, straight);
    quad value[4] = {g.area, g.length, s.area, s.length};
    int n = 0;

    for (int i = 0; i < 4; i++) {
        n += strfromf128(line + n, 60, i % 2 ? "%.8f" : "%.6f", value[i]);
        line[n++] = i < 3 ? ' ' : '\n';
    }
    line[n] = '\0';
}

/* @return lines that differ. */
static int compare(FILE *table, long every)
{
    char line[200], again[200];
    int wrong = 0;

    for (uint64_t seed = 0; seed < POLYGONS; seed++) {
        if (!fgets(line, sizeof line, table))
            return 1;
        if (seed % (uint64_t)every)
            continue;
        write_line(again, seed);
        if (strcmp(line, again)) {
            printf("polygon %d\n%s%s", (int)seed, line, again);
            wrong++;
        }
    }
    return wrong;
}

static void write_rings(void)
{
    for (uint64_t seed = 0; seed < POLYGONS; seed++) {
        struct polygon polygon = make_polygon(seed);
        for (int r = 0; r < polygon.rings; r++) {
            for (int i = 0; i + 1 < polygon.ring[r].n; i++)
                printf("%.17g %.17g\n", polygon.ring[r].lat[i], polygon.ring[r].lon[i]);
            printf("\n");
        }
    }
}

int main(int argc, char **argv)
{
    char line[200];

    make_nodes();
    if (argc == 2 && !strcmp(argv[1], "--planimeter")) {
        write_rings();
        return 0;
    }
    if (argc == 3) {
        FILE *table = fopen(argv[1], "r");
        long every = strtol(argv[2], NULL, 10);
        int wrong = table && every > 0 ? compare(table, every) : 1;
        if (table)
            fclose(table);
        return wrong != 0;
    }
    for (uint64_t seed = 0; seed < POLYGONS; seed++) {
        write_line(line, seed);
        fputs(line, stdout);
    }
    return 0;
}
