/* The files of one output: the target and its sidecars. */
#ifndef GEO_WRITE_MEMBERS_H
#define GEO_WRITE_MEMBERS_H

#include "write/output.h"

/* GEO_OK if nothing stands in the way of output's target and its sidecars, or overwrite is set;
 * GEO_EARG; GEO_EWRITE: the folder cannot be read; GEO_ENOMEM. */
enum geo_status geo_members_check(struct geo_ctx *ctx, const struct geo_output *output);

/* Renames everything in the private directory into place, the target last; old members go. If one
 * cannot be moved the old ones are put back. GEO_OK, GEO_EWRITE, GEO_ENOMEM. */
enum geo_status geo_members_move(struct geo_ctx *ctx, const struct geo_output *output);

#endif
