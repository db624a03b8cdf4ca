/* How colours look to people: CIELAB, CIEDE2000, and sight without one kind of cone. */
#ifndef TESTS_SIGHT_H
#define TESTS_SIGHT_H

#include <math.h>
#include <stdint.h>

struct lab {
    double l, a, b;
};

enum sight { SIGHT_FULL, SIGHT_PROTAN, SIGHT_DEUTAN, SIGHT_TRITAN, SIGHTS };

/* G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
 * of Color Vision Deficiency", IEEE TVCG 15(6), 2009, table 1: severity 1.0, on linear RGB. */
static const double sight_matrix[SIGHTS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

/* sRGB (IEC 61966-2-1) of a colour at an opacity over white, linear. */
static inline void sight_linear(uint32_t colour, double alpha, double rgb[3])
{
    for (int c = 0; c < 3; c++) {
        double byte = (double)(colour >> (16 - 8 * c) & 0xFF);
        double v = (alpha * byte + (1 - alpha) * 255) / 255;
        rgb[c] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
}

static inline double sight_cube_root(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIELAB under D65 of linear sRGB. */
static inline struct lab sight_lab(const double rgb[3])
{
    double x = 0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2];
    double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    double z = 0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2];
    double fx = sight_cube_root(x / 0.95047), fy = sight_cube_root(y);
    return (struct lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - sight_cube_root(z / 1.08883))};
}

/* A colour at an opacity over white, as someone with this sight sees it. */
static inline struct lab sight_of(enum sight sight, uint32_t colour, double alpha)
{
    double rgb[3], seen[3];
    sight_linear(colour, alpha, rgb);
    for (int r = 0; r < 3; r++) {
        double v = 0;
        for (int c = 0; c < 3; c++)
            v += sight_matrix[sight][r][c] * rgb[c];
        seen[r] = fmin(1, fmax(0, v));
    }
    return sight_lab(seen);
}

static inline double sight_hue_deg(double a, double b)
{
    double h = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / M_PI;
    return h < 0 ? h + 360 : h;
}

/* CIEDE2000 by G. Sharma, W. Wu, E. N. Dalal, Color Research & Application 30(1), 2005. */
static inline double sight_difference(struct lab p, struct lab q)
{
    const double rad = M_PI / 180, seven = 6103515625.0; /* 25 to the 7 */
    double mean = pow((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, 7);
    double g = 1 + 0.5 * (1 - sqrt(mean / (mean + seven)));
    double c1 = hypot(g * p.a, p.b), c2 = hypot(g * q.a, q.b);
    double h1 = sight_hue_deg(g * p.a, p.b), h2 = sight_hue_deg(g * q.a, q.b), turn = h2 - h1;
    turn = c1 * c2 == 0 ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
    double dl = q.l - p.l, dc = c2 - c1, dh = 2 * sqrt(c1 * c2) * sin(turn / 2 * rad);
    double l = (p.l + q.l) / 2 - 50, c = (c1 + c2) / 2, h = (h1 + h2) / 2;
    if (c1 * c2 == 0)
        h = h1 + h2;
    else if (fabs(h1 - h2) > 180)
        h += h < 180 ? 180 : -180;
    double t = 1 - 0.17 * cos((h - 30) * rad) + 0.24 * cos(2 * h * rad) +
               0.32 * cos((3 * h + 6) * rad) - 0.2 * cos((4 * h - 63) * rad);
    double sl = 1 + 0.015 * l * l / sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double c7 = pow(c, 7), bend = (h - 275) / 25;
    double rt = -2 * sqrt(c7 / (c7 + seven)) * sin(60 * exp(-bend * bend) * rad);
    double x = dl / sl, y = dc / sc, z = dh / sh;
    return sqrt(x * x + y * y + z * z + rt * y * z);
}

#endif
