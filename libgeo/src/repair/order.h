/* The edges that a sweep line meets, from below to above: a splay tree (Sleator and Tarjan, 1985)
 * whose neighbours are linked. */
#ifndef GEO_REPAIR_ORDER_H
#define GEO_REPAIR_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/batch.h"

/* A run of edges of one ring that goes on in the order of the sweep, at its current edge. Chains
 * are numbered from 1; 0 is none. */
struct geo_chain {
    struct geo_lonlat left, right; /* the edge under the sweep line */
    uint32_t below, above;         /* neighbours on the sweep line */
    uint32_t up, low, high;        /* parent and children in the tree */
    uint32_t ring;                 /* whose edge it is */
    bool inside_above;             /* the ring's inside is above it */
};

struct geo_order {
    struct geo_chain *chain;
    uint32_t root;
};

/* Finds the neighbours between which v lies; false if v is on an edge or too near to tell. */
bool geo_order_locate(const struct geo_order *order, struct geo_lonlat v, uint32_t *below,
                      uint32_t *above);

/* Inserts chain c between two neighbours, either of which may be 0. O(log n), amortised. */
void geo_order_insert(struct geo_order *order, uint32_t c, uint32_t below, uint32_t above);

/* Removes chain c. O(log n), amortised. */
void geo_order_remove(struct geo_order *order, uint32_t c);

#endif
