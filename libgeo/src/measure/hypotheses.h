/* What the CRS of a layer may be. */
#ifndef GEO_MEASURE_HYPOTHESES_H
#define GEO_MEASURE_HYPOTHESES_H

#include "geo/crs.h"

/* Lists the hypotheses, likelier ones first; only name, crs, swap_axes and is_stated are set.
 * @param[in] origin  its stated CRS is among them; NULL: none is stated
 * GEO_OK, GEO_ENOMEM */
enum geo_status geo_hypotheses(struct geo_ctx *ctx, const struct geo_origin *origin,
                               struct geo_crs_hypothesis list[GEO_HYPOTHESES_MAX], size_t *n);

#endif
