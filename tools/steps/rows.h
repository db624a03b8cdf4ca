/* What steps do alike with the features of a batch and with its rows, one a feature. */
#ifndef STEPS_ROWS_H
#define STEPS_ROWS_H

#include "geo/geo.h"

/* Whether a feature has land: a polygon. */
bool rows_have_land(const struct geo_batch *batch, size_t i);

/* Features in an order in which neighbours follow one another. Zero is empty; freed with
 * rows_release(). */
struct rows_order {
    uint32_t *row;
    size_t room;
};
void rows_release(struct rows_order *order);

/* Measures every feature that is not dropped: as they come, or neighbours first where `order` is not
 * NULL. One that fails by itself (GEO_SCOPE_FEATURE) is dropped, with a note: `what`, and why. */
enum geo_status rows_measure(struct geo_ctx *ctx, struct geo_batch *batch, struct rows_order *order,
                             const char *what,
                             enum geo_status (*measure)(struct geo_ctx *ctx, void *state,
                                                        struct geo_batch *batch, size_t i),
                             void *state);

/* Puts new rows in place of a batch's: fill() adds columns to `out`, which has those of `batch`, and
 * appends rows to it. */
enum geo_status rows_remake(struct geo_ctx *ctx, struct geo_batch *batch,
                            enum geo_status (*fill)(struct geo_ctx *ctx, void *state,
                                                    struct geo_batch *batch, struct geo_batch *out),
                            void *state);

#endif
