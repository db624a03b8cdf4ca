#include "geo/share.h"

#include <math.h>

#include "base/fail.h"

/* What the rounding of an overlay may take from a whole area. */
#define ROUNDING 1e-12
/* How closely the search ends: far below the error of the edges, so that the last steps of the
 * search, which depend on the rounding of coordinates, do not show. */
#define CLOSE_M 1e-7
/* The first distance that is tried. */
#define FIRST_M 1e3

/* A distance, and the area within it less the one sought. */
struct point {
    double m, over_m2;
};

struct search {
    struct geo_within_query *query;
    const struct geo_batch *batch;
    size_t i;
    double share, max_m, deviation_m, area_m2;
};

static enum geo_status try_distance(struct geo_ctx *ctx, struct search *s, double m,
                                    struct point *point)
{
    double within_m2;
    GEO_TRY(
        geo_within(ctx, s->query, s->batch, s->i, &m, 1, s->deviation_m, &within_m2, &s->area_m2));
    *point = (struct point){m, within_m2 - s->share * s->area_m2 * (1 - ROUNDING)};
    return GEO_OK;
}

/* From a distance that holds less than the share to one that holds it, if there is one. */
static enum geo_status bracket(struct geo_ctx *ctx, struct search *s, struct point *low,
                               struct point *high)
{
    double m = fmin(FIRST_M, s->max_m);
    GEO_TRY(try_distance(ctx, s, m, high));
    while (high->over_m2 < 0 && m < s->max_m) {
        *low = *high;
        m = fmin(4 * m, s->max_m);
        GEO_TRY(try_distance(ctx, s, m, high));
    }
    return GEO_OK;
}

/* A distance between two points: where the line through them is 0, or half-way at each fourth step,
 * since where nothing of the polygon lies for a while lines lead nowhere. */
static double between(const struct point *low, const struct point *high, int step)
{
    const double width_m = high->m - low->m;
    double t = low->over_m2 / (low->over_m2 - high->over_m2);
    if (step % 4 == 3 || !(t > 0 && t < 1))
        t = 0.5;
    /* Beyond the root by half of the close: then the other end moves, too. */
    const double least = fmin(0.5, CLOSE_M / 2 / width_m);
    return low->m + width_m * fmin(fmax(t, least), 1 - least);
}

/* The Illinois method: of an end that stays for a second time half of the excess counts. */
static enum geo_status narrow(struct geo_ctx *ctx, struct search *s, struct point low,
                              struct point high, double *distance_m)
{
    int stays = 0; /* 1: the high end stayed last; -1: the low end */
    for (int step = 0; high.m - low.m > CLOSE_M; step++) {
        const double m = between(&low, &high, step);
        struct point middle;
        if (m <= low.m || m >= high.m || m < GEO_WITHIN_MIN_M)
            break;
        GEO_TRY(try_distance(ctx, s, m, &middle));
        if (middle.over_m2 < 0) {
            low = middle;
            high.over_m2 /= stays == 1 ? 2 : 1;
            stays = 1;
        } else {
            high = middle;
            low.over_m2 /= stays == -1 ? 2 : 1;
            stays = -1;
        }
    }
    *distance_m = high.m;
    return GEO_OK;
}

enum geo_status geo_share_distance(struct geo_ctx *ctx, struct geo_within_query *query,
                                   const struct geo_batch *batch, size_t i, double share,
                                   double max_m, double deviation_m, double *distance_m)
{
    struct search s = {query, batch, i, share, max_m, deviation_m, 0};
    struct point low, high;
    if (!(share >= 0 && share <= 1))
        return geo_fail(ctx, GEO_EARG, "share %g is not from 0 to 1", share);
    if (!(max_m >= GEO_WITHIN_MIN_M && max_m <= GEO_WITHIN_MAX_M))
        return geo_fail(ctx, GEO_EARG, "range %g m is not from %g to %g m", max_m, GEO_WITHIN_MIN_M,
                        GEO_WITHIN_MAX_M);
    GEO_TRY(try_distance(ctx, &s, 0, &low));
    if (!(s.area_m2 > 0)) {
        *distance_m = NAN;
        return GEO_OK;
    }
    if (low.over_m2 >= 0) {
        *distance_m = 0;
        return GEO_OK;
    }
    GEO_TRY(bracket(ctx, &s, &low, &high));
    if (high.over_m2 < 0) {
        *distance_m = INFINITY;
        return GEO_OK;
    }
    return narrow(ctx, &s, low, high, distance_m);
}
