/* The member `geo` of GeoJSON: how the output was made, and the types of its columns. */
#ifndef GEO_WRITE_PROVENANCE_H
#define GEO_WRITE_PROVENANCE_H

#include "geo/write.h"

/* "geo":{"version":…,"tool":…,"edges":…,"accuracy_m":…,"operation":… without its end.
 * The caller frees it. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_provenance_head(struct geo_ctx *ctx, const struct geo_provenance *provenance,
                                    char **head);

/* The head, then ,"fields":{"name":"text",…}} for the columns of a batch (NULL: none).
 * The caller frees it. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_provenance_member(struct geo_ctx *ctx, const char *head,
                                      const struct geo_batch *batch, char **member);

#endif
