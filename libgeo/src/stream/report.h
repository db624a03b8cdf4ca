/* What happened to the features of a run, gathered batch by batch. */
#ifndef GEO_STREAM_REPORT_H
#define GEO_STREAM_REPORT_H

#include "geo/stream.h"

/* Counts the features of a batch and groups its notes by fate. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_report_add(struct geo_ctx *ctx, struct geo_report *report,
                               const struct geo_batch *batch);

/* GEO_EREAD, naming the feature, if a feature of the batch was skipped or repaired; else GEO_OK. */
enum geo_status geo_report_strict(struct geo_ctx *ctx, const struct geo_batch *batch);

#endif
