/* An input whose CRS a test sets. */
#ifndef TESTS_ORIGIN_H
#define TESTS_ORIGIN_H

#include "layers.h"

#include "read/input.h"

static const struct geo_read_options plain = {0};

struct fixture {
    struct geo_ctx *ctx;
    struct geo_origin origin;
};

static inline int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return -1;
    fixture->ctx = geo_ctx_new();
    *state = fixture;
    if (!fixture->ctx)
        return -1;
    return geo_origin_begin(fixture->ctx, &fixture->origin, "zones.shp", &plain) == GEO_OK ? 0 : -1;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;
    geo_origin_release(&fixture->origin);
    geo_ctx_free(fixture->ctx);
    free(fixture);
    return 0;
}

#endif
