/* Holes outside of their exteriors. */
#ifndef GEO_REPAIR_STRAY_H
#define GEO_REPAIR_STRAY_H

#include "repair/arrangement.h"

/* Finds holes all of whose places lie outside of their exterior, as MakeValid (STRUCTURE) does: one
 * that does not touch it becomes an exterior of its own, in `exterior`, if that has an area; any
 * other is as good as none. *where: a node of one, UINT32_MAX if there are none; *promoted: the
 * arrangement is to be made anew. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_find_strays(struct geo_ctx *ctx, const struct geo_arrangement *arrangement,
                                uint32_t *exterior, size_t rings, uint32_t *where, bool *promoted);

#endif
