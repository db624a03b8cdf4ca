/* An operation interpolated at Chebyshev's points of tiles (Trefethen, Approximation Theory and
 * Approximation Practice, 2013, chapters 3 and 8: the error of an analytic function falls
 * geometrically with the degree). */
#include "read/tiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

/* More nodes than terms: the mean of PROJ's rounding, not its worst. */
enum { TERMS = 7, NODES = 12, TILES_MAX = 512 };

/* How far a tile may be from PROJ where it is held against it, degrees: PROJ's own rounding here is
 * 2e-13. */
static const double allowance = 1e-12;

typedef double pair __attribute__((vector_size(16))); /* longitude, latitude */

struct tile {
    pair term[TERMS][TERMS]; /* of u^i v^j, u and v in [-1, 1] over the tile */
    bool is_close;
};

struct geo_tiles {
    double size, west, south;
    int columns, rows;
    struct tile tile[];
};

/* ---- which operations ---- */

/* Projections and shifts that are analytic wherever they are defined: no grids. */
static bool is_smooth_step(const char *name, size_t n)
{
    static const char *const smooth[] = {
        "pipeline", "push",    "pop",   "noop",  "axisswap", "unitconvert", "cart", "helmert",
        "longlat",  "latlong", "tmerc", "utm",   "merc",     "webmerc",     "lcc",  "aea",
        "laea",     "sterea",  "stere", "omerc", "somerc",   "cass",        "eqc",  "krovak",
    };
    for (size_t i = 0; i < sizeof smooth / sizeof *smooth; i++)
        if (strlen(smooth[i]) == n && memcmp(smooth[i], name, n) == 0)
            return true;
    return false;
}

/* Of a PROJ string: "+proj=pipeline +step +inv +proj=tmerc …". */
static bool is_smooth(const char *definition)
{
    size_t steps = 0;
    if (strstr(definition, "grids="))
        return false;
    for (const char *at = definition; (at = strstr(at, "proj=")); steps++) {
        at += strlen("proj=");
        size_t n = strcspn(at, " \t\n");
        if (!is_smooth_step(at, n))
            return false;
    }
    return steps > 0;
}

/* ---- a tile ---- */

static pair transform(PJ *operation, double x, double y)
{
    PJ_COORD to = proj_trans(operation, PJ_FWD, proj_coord(x, y, 0, 0));
    return (pair){to.xy.x, to.xy.y};
}

/* node[i]: Chebyshev's points. term[j][i]: the part of the value there in the factor of u^j. */
struct basis {
    double node[NODES], term[TERMS][NODES];
};

static struct basis chebyshev(void)
{
    /* Factors of u^j in Chebyshev's polynomials of degree 0 to 6. */
    static const double power[TERMS][TERMS] = {
        {1},
        {0, 1},
        {-1, 0, 2},
        {0, -3, 0, 4},
        {1, 0, -8, 0, 8},
        {0, 5, 0, -20, 0, 16},
        {-1, 0, 18, 0, -48, 0, 32},
    };
    struct basis basis = {0};
    for (int i = 0; i < NODES; i++) {
        double angle = M_PI * (2 * i + 1) / (2 * NODES);
        basis.node[i] = cos(angle);
        for (int k = 0; k < TERMS; k++)
            for (int j = 0; j <= k; j++)
                basis.term[j][i] += power[k][j] * cos(k * angle) * (k ? 2.0 : 1.0) / NODES;
    }
    return basis;
}

static pair value(const struct tile *tile, double u, double v)
{
    pair sum = {0, 0};
    for (int i = TERMS - 1; i >= 0; i--) {
        pair row = tile->term[i][TERMS - 1];
        for (int j = TERMS - 2; j >= 0; j--)
            row = row * v + tile->term[i][j];
        sum = sum * u + row;
    }
    return sum;
}

/* Whether a tile is the operation at its corners, where interpolation errs most, at the middle of
 * its sides and in its own. */
static bool is_close(const struct tile *tile, PJ *operation, double x, double y, double half)
{
    for (int u = -1; u <= 1; u++)
        for (int v = -1; v <= 1; v++) {
            pair error = value(tile, u, v) - transform(operation, x + u * half, y + v * half);
            if (!(fabs(error[0]) <= allowance && fabs(error[1]) <= allowance))
                return false;
        }
    return true;
}

/* A tile about x, y. */
static void make_tile(struct tile *tile, PJ *operation, const struct basis *basis, double x,
                      double y, double half)
{
    pair row[NODES][TERMS] = {{{0, 0}}};            /* the factor of v^j at node i */
    const pair middle = transform(operation, x, y); /* sums of small numbers round less */
    for (int i = 0; i < NODES; i++)
        for (int k = 0; k < NODES; k++) {
            pair at = transform(operation, x + half * basis->node[i], y + half * basis->node[k]);
            for (int j = 0; j < TERMS; j++)
                row[i][j] += (at - middle) * basis->term[j][k];
        }
    memset(tile, 0, sizeof *tile);
    for (int i = 0; i < TERMS; i++)
        for (int k = 0; k < NODES; k++)
            for (int j = 0; j < TERMS; j++)
                tile->term[i][j] += row[k][j] * basis->term[i][k];
    tile->term[0][0] += middle;
    tile->is_close = is_close(tile, operation, x, y, half);
}

/* ---- all of them ---- */

/* Columns or rows from one number to another; 0 if there are too many. */
static int count(double from, double to, double size)
{
    double n = floor(to / size) - floor(from / size) + 1;
    return n >= 1 && n <= TILES_MAX ? (int)n : 0;
}

static struct geo_tiles *make_tiles(PJ *operation, double size, const double extent[4], int columns,
                                    int rows)
{
    const size_t n = (size_t)columns * (size_t)rows;
    const struct basis basis = chebyshev();
    struct geo_tiles *made = malloc(sizeof *made + n * sizeof *made->tile);
    if (!made)
        return NULL;
    made->size = size;
    made->columns = columns;
    made->rows = rows;
    made->west = floor(extent[0] / size) * size;
    made->south = floor(extent[1] / size) * size;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            make_tile(&made->tile[r * columns + c], operation, &basis,
                      made->west + (c + 0.5) * size, made->south + (r + 0.5) * size, size / 2);
    return made;
}

enum geo_status geo_tiles_new(struct geo_ctx *ctx, PJ *operation, const char *definition,
                              const char *unit, const double extent[4], struct geo_tiles **tiles)
{
    /* Powers of 2, so that the middles of tiles are exact. */
    const double size = unit[0] ? 65536 : 0.5;
    *tiles = NULL;
    if (!is_smooth(definition))
        return GEO_OK;
    int columns = count(extent[0], extent[2], size), rows = count(extent[1], extent[3], size);
    if (columns * rows == 0 || columns * rows > TILES_MAX)
        return GEO_OK;
    *tiles = make_tiles(operation, size, extent, columns, rows);
    if (!*tiles)
        return geo_no_memory(ctx);
    return GEO_OK;
}

void geo_tiles_free(struct geo_tiles *tiles)
{
    free(tiles);
}

bool geo_tiles_transform(const struct geo_tiles *tiles, struct geo_lonlat *vertex)
{
    double x = (vertex->lon - tiles->west) / tiles->size;
    double y = (vertex->lat - tiles->south) / tiles->size;
    if (!(x >= 0 && x < tiles->columns && y >= 0 && y < tiles->rows))
        return false;
    int column = (int)x, row = (int)y;
    const struct tile *tile = &tiles->tile[row * tiles->columns + column];
    if (!tile->is_close)
        return false;
    pair at = value(tile, 2 * (x - column) - 1, 2 * (y - row) - 1);
    *vertex = (struct geo_lonlat){at[0], at[1]};
    return true;
}
