/* What geo-info finds wrong with a layer's CRS. */
#ifndef STEPS_INFO_CRS_H
#define STEPS_INFO_CRS_H

#include "steps/info.h"
#include "steps/reference.h"

/* Judges the CRS of an input by its text and by the extent that was gathered; appends to
 * info->findings. *is_unfit: the layer cannot be used as it is. */
enum geo_status info_judge_crs(struct geo_ctx *ctx, struct info *info,
                               const struct reference_options *reference,
                               const struct geo_origin *origin, bool *is_unfit);

#endif
