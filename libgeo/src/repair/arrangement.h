/* Edges that meet in nothing but their ends, in order, and what lies on either side of each. */
#ifndef GEO_REPAIR_ARRANGEMENT_H
#define GEO_REPAIR_ARRANGEMENT_H

#include "repair/noding.h"
#include "repair/order.h"
#include "repair/states.h"

/* All edges between two nodes. */
struct geo_span {
    uint32_t left, right; /* nodes; the left one comes first in the order of the sweep */
    uint32_t first;       /* its windings: up to the next span's first */
    uint32_t under;       /* the border next below its left end, 0 if there is none, or one that
                             bounds the same connected inside or outside */
    uint32_t state;       /* above it */
    uint32_t next;        /* a border: the border that goes on where this one ends */
    bool low, high;       /* below it and above it is inside */
};

/* Spans are numbered from 1. Borders have the inside on one side only, and run so that it is on
 * their left. Zero at first. */
struct geo_arrangement {
    struct geo_lonlat *node; /* in the order of the sweep */
    struct geo_span *span;   /* by left node, from below to above; spans + 2 of them */
    struct geo_winding *winding;
    uint32_t *out;    /* nodes + 1: the first span that starts at each node */
    uint32_t *in;     /* nodes + 1: the first of `ending` for each node */
    uint32_t *ending; /* spans that end at each node, from below to above once it was passed */
    struct geo_order order;
    struct geo_states states;
    size_t nodes, spans;
};

/* Whether a span has the inside on one side only. */
static inline bool geo_is_border(const struct geo_span *span)
{
    return span->low != span->high;
}

/* Where a border starts. */
static inline uint32_t geo_border_tail(const struct geo_span *span)
{
    return span->high ? span->left : span->right;
}

/* Builds it from edges; exterior as for geo_states. *noded: false if edges do meet elsewhere, or a
 * place lies in too many rings, and nothing else is of use then. O(n log n). GEO_OK, GEO_ENOMEM. */
enum geo_status geo_arrange(struct geo_ctx *ctx, struct geo_arrangement *arrangement,
                            const struct geo_noding *noding, const uint32_t *exterior, size_t rings,
                            bool *noded);

void geo_arrangement_release(struct geo_arrangement *arrangement);

#endif
