/* What a run has to say to people. */
#ifndef KIT_JOB_REPORT_H
#define KIT_JOB_REPORT_H

#include "geo/geo.h"
#include "kit/say.h"

/* One line for each fate of features: how many, which ones, areas before and after. */
void job_report(struct say *say, const struct geo_report *report);

/* --dry-run: one line for each input on standard output: what it is, its CRS, how it is brought to
 * WGS 84 and how accurately, its text encoding, how many features. Returns true. */
bool job_explain(struct say *say, const struct geo_source *source, enum geo_edges edges);

#endif
